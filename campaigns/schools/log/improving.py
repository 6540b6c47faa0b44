"""What teachers would have improved of a lesson reaches who writes it: without a name, a class or a school."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from wagtail.permission_policies.pages import PagePermissionPolicy

from campaigns.schools.lesson import SchoolLessonPage
from campaigns.schools.log.lesson_log import LessonLog, LessonLogQuerySet


def lessons_of_author(user) -> QuerySet[SchoolLessonPage]:
    """In Vietnamese, which she may change under /cms/; a copy in another language has no author of its own."""
    hers = PagePermissionPolicy().instances_user_has_permission_for(user, "change")
    return SchoolLessonPage.objects.filter(pk__in=hers.values("pk"), locale__language_code="vi", alias_of=None)


def open_notes() -> LessonLogQuerySet:
    """That stand and that nobody answered."""
    return LessonLog.objects.standing().filter(answered_at=None).exclude(improve="")


def notes_for(user) -> LessonLogQuerySet:
    """The oldest first, lesson by lesson."""
    packs = lessons_of_author(user).values("translation_key")
    return open_notes().filter(pack__in=packs).order_by("pack", "recorded_at", "pk")


def answer(user, number: UUID, now: datetime) -> bool:
    """She has read it; False where it is not hers or was answered. The teacher sees that it was read."""
    return bool(notes_for(user).filter(number=number).update(answered_at=now))
