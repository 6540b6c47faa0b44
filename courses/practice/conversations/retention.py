"""What was said in a run is dropped after a while, though nobody begins a new one."""

from datetime import datetime

from django.conf import settings

from courses.practice.conversations.runs import ConversationRun
from courses.practice.conversations.speaking import forget_earlier
from outbox.clock import daily


@daily("courses.practice.forget_what_was_said", at="03:50")
def forget_what_was_said(now: datetime) -> None:
    forget_earlier(ConversationRun.objects.filter(moved_at__lt=now - settings.RETENTION["interview_choices"]))
