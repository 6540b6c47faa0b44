"""How long inquiries are kept: two years after the last word, withdrawn ones a month."""

from datetime import datetime

from django.conf import settings

from courses.talk.inquiries.inquiry import Inquiry, InquiryState
from outbox.clock import daily


@daily("courses.talk.inquiries.end_old", at="03:46")
def end_old(now: datetime) -> None:
    """What still waits for an answer stays, however old."""
    withdrawn = Inquiry.objects.filter(state=InquiryState.WITHDRAWN)
    withdrawn.filter(changed_at__lt=now - settings.RETENTION["withdrawn_talk"]).delete()
    old = Inquiry.objects.exclude(state=InquiryState.WAITING)
    old.filter(changed_at__lt=now - settings.RETENTION["inquiries"]).delete()
