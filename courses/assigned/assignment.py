"""A course that somebody was given to learn beyond what is required: a fact with two times that moves no figure."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.times import Record


class Assignment(Record):
    """Given back, set aside or ended, it is superseded by a row with an end; ended on its first day, by none."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    course_key = models.SlugField(max_length=80)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    start = models.DateField(_("từ ngày"))
    # the last day; NULL: it stands
    end = models.DateField(_("đến hết ngày"), null=True, blank=True)
    # herself, where she set it aside
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("khóa học giao thêm")
        verbose_name_plural = _("khóa học giao thêm")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "course_key"], condition=Q(superseded_at=None, end=None), name="assigned_once"
            ),
            models.CheckConstraint(condition=~Q(given_by=F("person")), name="assigned_by_another"),
            models.CheckConstraint(condition=Q(end=None) | Q(end__gte=F("start")), name="assigned_ends_in_order"),
            models.CheckConstraint(condition=Q(end=None) | Q(ended_by__isnull=False), name="assigned_ended_by_one"),
        ]


def standing_on(day: date) -> models.QuerySet[Assignment]:
    """Those believed now that stand on the day; whether she completed the course since is another question."""
    return Assignment.objects.current().filter(Q(end=None) | Q(end__gte=day), start__lte=day)
