"""Approvals of courses: dated facts. A course is approved as a whole, and says by whom and since when."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from people.free_text import FreeLine
from people.times import Record


class Decision(models.TextChoices):
    APPROVED = "approved", _("Duyệt")
    WITHDRAWN = "withdrawn", _("Rút duyệt")


class Approval(Record):
    """From day `on` the course is approved, or no longer. The latest decision up to a day holds on it."""

    course_key = models.SlugField(max_length=80)
    decision = models.CharField(max_length=10, choices=Decision, default=Decision.APPROVED)
    on = models.DateField()
    # NULL: carried over from a version that knew only whether, not by whom
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = FreeLine(max_length=500, blank=True)
    # items that were open when it was decided
    open_items = models.PositiveIntegerField(default=0)
    # {key: [title, digest]} of what was approved (`courses.content.texts`); NULL: carried over, so what was published
    # after `recorded_at` counts as changed
    texts = models.JSONField(null=True, blank=True)
    # one digest of all of them, which completions keep too; "" where `texts` is NULL
    digest = models.CharField(max_length=32, blank=True)
    # [[part, what it hangs under], …] of what learners saw, ids of pages in teaching order; NULL: decided by a version
    # that did not keep it
    order = models.JSONField(null=True, blank=True)

    class Meta:
        verbose_name = _("quyết định duyệt khóa học")
        verbose_name_plural = _("quyết định duyệt khóa học")
        constraints = [
            models.CheckConstraint(
                condition=Q(open_items=0) | ~Q(reason=""), name="approval_of_open_items_needs_a_reason"
            ),
            models.UniqueConstraint(
                fields=["course_key", "on"], condition=Q(superseded_at=None), name="approval_decided_once_a_day"
            ),
        ]

    @property
    def is_approval(self) -> bool:
        return self.decision == Decision.APPROVED


def approvals_on(keys: Iterable[str], day: date) -> dict[str, Approval]:
    """By course: the approval in force on `day`, as known now; one query. A course that is not approved is missing."""
    rows = Approval.objects.current().filter(course_key__in=list(keys), on__lte=day).select_related("by")
    latest = {row.course_key: row for row in rows.order_by("on", "pk")}
    return {key: row for key, row in latest.items() if row.is_approval}


def decisions_of(course_key: str) -> tuple[tuple[date, bool], ...]:
    """(day, whether it is an approval) in order, as known now."""
    rows = Approval.objects.current().filter(course_key=course_key).order_by("on", "pk")
    return tuple((on, decision == Decision.APPROVED) for on, decision in rows.values_list("on", "decision"))


def approval_on(course_key: str, day: date) -> Approval | None:
    return approvals_on([course_key], day).get(course_key)


def paths_approved() -> tuple[str, ...]:
    """The paths of the courses whose latest decision is an approval, from whatever day it counts; one query."""
    own = Approval.objects.current().filter(course_key=OuterRef("coursepage__own_key")).order_by("-on", "-pk")
    courses = Page.objects.filter(coursepage__own_key__isnull=False).annotate(
        decided=Subquery(own.values("decision")[:1])
    )
    return tuple(courses.filter(decided=Decision.APPROVED).values_list("path", flat=True))
