"""Postings: who held which position and duties, in which unit, from when to when."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, FilteredRelation, Manager, Q
from django.db.models.functions import Coalesce
from django.dispatch import Signal
from django.utils.translation import gettext_lazy as _

from people.times import Record, RecordQuerySet, covering
from people.units.unit import Unit

# sent with `person_ids` and `now` inside the transaction that changed these people's postings, so that what is derived
# from them never lags
postings_changed = Signal()
# what the rows of a change of many people call a posting
POSTING = "posting"

STARTER_DUTIES = {
    "ho_tro_nan_nhan": "Hỗ trợ nạn nhân",
    "xac_minh": "Xác minh, xác định nạn nhân",
    "tuyen_truyen": "Tuyên truyền",
    "giang_day": "Giảng dạy",
}


class Duty(models.Model):
    """A duty that a posting can carry; the province edits the list."""

    key = models.SlugField(_("khóa"), max_length=60, unique=True)
    name = models.CharField(_("tên"), max_length=120)

    class Meta:
        verbose_name = _("nhiệm vụ")
        verbose_name_plural = _("nhiệm vụ")
        ordering = ["key"]

    def __str__(self):
        return self.name


def seed_duties(duties=Duty.objects) -> None:
    """Creates the starter list where there is none; afterwards the province owns it."""
    if not duties.exists():
        duties.bulk_create(duties.model(key=key, name=name) for key, name in STARTER_DUTIES.items())


class PostingQuerySet(RecordQuerySet):
    def placed_on(self, day: date):
        """Adds `place`, the name of the unit in which each posting counts on `day`: the successor where its own unit
        has ended.
        """
        then = covering(day, "unit__reaches__start", "unit__reaches__end")
        at = FilteredRelation("unit__reaches", condition=Q(unit__reaches__depth=0) & then)
        return self.annotate(at=at).annotate(place=Coalesce("at__ancestor__name", "unit__name"))


class Posting(Record):
    """Identified by (person, unit, position, start). Both days are inclusive."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="postings")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="postings")
    position = models.CharField(_("chức danh"), max_length=150, blank=True)
    duties = models.ManyToManyField(Duty, blank=True, related_name="postings")
    start = models.DateField(_("từ ngày"))
    # NULL: still held
    end = models.DateField(_("đến ngày"), null=True, blank=True)

    objects: ClassVar[Manager] = PostingQuerySet.as_manager()

    class Meta:
        verbose_name = _("vị trí công tác")
        verbose_name_plural = _("vị trí công tác")
        indexes = [
            models.Index(fields=["unit", "start", "end"], name="posting_by_unit"),
            # who is posted on a day, in the order of names or counted, without reading the rows
            models.Index(
                fields=["person", "start", "end", "unit"], condition=Q(superseded_at=None), name="posting_of_person"
            ),
            # which positions there are, and who holds one of them
            models.Index(
                fields=["position", "person", "start", "end", "unit"],
                condition=Q(superseded_at=None),
                name="posting_by_position",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "unit", "position", "start"],
                condition=Q(superseded_at=None),
                name="posting_once",
            ),
            models.CheckConstraint(condition=Q(end=None) | Q(end__gte=F("start")), name="posting_ends_after_start"),
        ]


class RosterConfirmation(Record):
    """The statement on day `on`, by somebody responsible for the unit, that its roster is complete."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="roster_confirmations")
    on = models.DateField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "on"], condition=Q(superseded_at=None), name="roster_confirmed_once_a_day"
            )
        ]
