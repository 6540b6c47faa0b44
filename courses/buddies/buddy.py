"""Who accompanies whom in learning: a colleague who was asked and agreed. A fact with two times."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.times import Record, RecordQuerySet


class BuddyState(models.TextChoices):
    ASKED = "asked", _("Chờ trả lời")
    AGREED = "agreed", _("Đã nhận lời")
    DECLINED = "declined", _("Không nhận")


# as long as one of these stands, nobody else is asked for the same person
HOLDING = [BuddyState.ASKED, BuddyState.AGREED]


class Buddy(Record):
    """Each answer, and the end, supersedes what was believed before."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("học viên"))
    buddy = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("người kèm"))
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=BuddyState.choices, default=BuddyState.ASKED)
    start = models.DateField(_("từ ngày"))
    # the last day; NULL: it goes on
    end = models.DateField(_("đến hết ngày"), null=True, blank=True)
    # one of the two, or who answers for the person
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("người kèm")
        verbose_name_plural = _("người kèm")
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(superseded_at=None, end=None, state__in=["asked", "agreed"]),
                name="one_buddy_at_a_time",
            ),
            models.CheckConstraint(condition=~Q(buddy=F("person")), name="buddy_is_another"),
            models.CheckConstraint(condition=~Q(named_by=F("person")), name="buddy_named_by_another"),
            models.CheckConstraint(condition=Q(end=None) | Q(end__gte=F("start")), name="buddy_ends_after_start"),
            models.CheckConstraint(condition=Q(end=None) | Q(ended_by__isnull=False), name="buddy_ended_by_one"),
        ]
        indexes = [models.Index(fields=["buddy", "state"], name="buddy_of_whom")]


def going() -> RecordQuerySet:
    """Asked or agreed, and not ended."""
    return Buddy.objects.current().filter(end=None, state__in=HOLDING)
