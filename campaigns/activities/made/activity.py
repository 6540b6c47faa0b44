"""An activity: what was done, for whom, when and where, as a fact with two times.

A row is one wording of one activity (`key`), never edited. The *standing* row is verified and counts; the *open* one is
being written, waits for a second person, or was sent back. A correction is an open row beside the standing one until
it is verified.
"""

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Manager, Q
from django.utils.translation import gettext_lazy as _

from campaigns.activities.made.hamlet import Hamlet
from campaigns.activities.made.kind import ActivityKind
from campaigns.activities.made.rules import FEWEST, Mark, in_words
from people.free_text import FreeLine
from people.times import Record, RecordQuerySet
from people.units.unit import Unit

# đồng, and things of one activity
MOST_DONG, MOST = 10**12, 10**7


class Audience(models.TextChoices):
    """Whom it was made for: the groups of campaign-kit.vi.md, 2.x.9."""

    EVERYBODY = "moi_nguoi", _("Mọi người")
    WOMEN = "phu_nu", _("Phụ nữ và em gái")
    YOUNG_MEN = "thanh_nien", _("Thanh niên tìm việc")
    FAMILIES = "gia_dinh", _("Gia đình có người ở xa")
    ELDERS = "uy_tin", _("Già làng, trưởng thôn, người có uy tín")
    PUPILS = "hoc_sinh", _("Học sinh")
    OFFICIALS = "can_bo", _("Cán bộ")


class ActivityState(models.TextChoices):
    DRAFT = "nhap", _("Nháp")
    SENT = "cho", _("Chờ xác nhận")
    BACK = "lai", _("Gửi lại để sửa")
    VERIFIED = "xong", _("Đã xác nhận")
    WITHDRAWN = "rut", _("Đã rút")


class Source(models.TextChoices):
    TYPED = "ghi", _("ghi tay")
    PLAYS = "loa", _("từ lịch loa")
    PRINTS = "in", _("từ tờ đã in")
    SCHOOL = "truong", _("từ sổ của trường")


# what its own room keeps right is corrected there
CORRECTED_HERE = {Source.TYPED, Source.PRINTS}

WRITTEN_STATES = {ActivityState.DRAFT, ActivityState.BACK}
COUNTS = ("people", "women", "minors", "officials")


STANDING = Q(superseded_at=None) & ~Q(verified_at=None)


class ActivityQuerySet(RecordQuerySet):
    def standing(self):
        return self.filter(STANDING)

    def open(self):
        return self.filter(superseded_at=None, verified_at=None)

    def counted_at(self, at):
        """What counts as known at the moment; None: now."""
        if at is None:
            return self.standing()
        return self.filter(Q(superseded_at=None) | Q(superseded_at__gt=at), verified_at__lte=at)


def _number():
    return models.PositiveIntegerField(null=True)


def _mark():
    return models.CharField(max_length=10, choices=Mark.choices, blank=True)


def _never_small(name: str) -> models.CheckConstraint:
    """A number stands beside TOLD alone, and is none of 1 to 4."""
    told = Q(**{f"{name}_mark": Mark.TOLD})
    large = Q(**{name: 0}) | Q(**{f"{name}__gte": FEWEST})
    condition = (told & large) | (~told & Q(**{name: None}))
    return models.CheckConstraint(condition=condition, name=f"activity_{name}_never_small")


def _no_small_rest(name: str) -> models.CheckConstraint:
    """A part leaves nobody of the whole, or five or more; without a whole there is no part."""
    rest = Q(people=F(name)) | Q(people__gte=F(name) + FEWEST)
    return models.CheckConstraint(condition=Q(**{name: None}) | rest, name=f"activity_{name}_no_small_rest")


class Activity(Record):
    key = models.UUIDField(default=uuid4, editable=False)
    kind = models.ForeignKey(ActivityKind, models.PROTECT, related_name="activities")
    # who answers for the row; `others` organised it too
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="activities")
    others = models.ManyToManyField(Unit, related_name="+")
    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    # NULL: the commune as a whole
    hamlet = models.ForeignKey(Hamlet, models.PROTECT, null=True, related_name="+")
    # day in Asia/Ho_Chi_Minh
    on = models.DateField(_("ngày"))
    audience = models.CharField(_("dành cho"), max_length=12, choices=Audience.choices, default=Audience.EVERYBODY)
    # tags as in `config.languages`, sorted and joined by spaces
    held_in = models.CharField(_("tiếng đã dùng"), max_length=200, blank=True)
    # sessions, plays, posts, places, things; 1 where people are counted
    quantity = models.PositiveIntegerField(default=1)
    # of loudspeakers; NULL: not known
    minutes = _number()
    # of a social page, as its own screen told; NULL: not known
    views = _number()
    # attendances, never people: who came twice counts twice
    people, people_mark = _number(), _mark()
    women, women_mark = _number(), _mark()
    # under 18
    minors, minors_mark = _number(), _mark()
    officials, officials_mark = _number(), _mark()
    # đồng; NULL: not known
    budget = models.PositiveBigIntegerField(null=True)
    other_money = models.PositiveBigIntegerField(null=True)
    # words for pictures, large letters, a way in for wheelchairs; NULL: not said
    accessible = models.BooleanField(null=True)
    note = FreeLine(_("việc cần sửa"), max_length=300, blank=True)
    source = models.CharField(max_length=8, choices=Source.choices, default=Source.TYPED)
    state = models.CharField(max_length=8, choices=ActivityState.choices, default=ActivityState.DRAFT)
    # NULL: a play logged by the code on a bulletin, without an account
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    verified_at = models.DateTimeField(null=True)
    # who verified it, sent it back or withdrew it, with her words
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answer = FreeLine(_("trả lời"), max_length=300, blank=True)

    objects: ClassVar[Manager] = ActivityQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        indexes = [
            models.Index(fields=["commune", "on"], name="activity_by_commune"),
            models.Index(fields=["unit", "on"], name="activity_by_unit"),
            models.Index(fields=["key"], name="activity_by_key"),
            models.Index(fields=["on", "commune"], name="activity_by_day"),
            # coverage reads nothing else
            models.Index(fields=["commune", "on", "held_in"], condition=STANDING, name="activity_counted"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=Q(superseded_at=None, verified_at=None), name="activity_one_open"
            ),
            models.UniqueConstraint(
                fields=["key"],
                condition=STANDING,
                name="activity_one_standing",
            ),
            *(_never_small(name) for name in COUNTS),
            *(_no_small_rest(name) for name in ("women", "minors")),
            models.CheckConstraint(
                condition=(Q(budget=None) | Q(budget__lte=MOST_DONG))
                & (Q(other_money=None) | Q(other_money__lte=MOST_DONG)),
                name="activity_cost_is_money",
            ),
        ]

    def __str__(self):
        return f"{self.kind}, {self.on}"

    @property
    def is_standing(self) -> bool:
        return self.superseded_at is None and self.verified_at is not None

    @property
    def is_written(self) -> bool:
        """Whether it may still be sent."""
        return self.superseded_at is None and self.state in WRITTEN_STATES

    @property
    def waits(self) -> bool:
        return self.superseded_at is None and self.state == ActivityState.SENT

    @property
    def languages(self) -> list[str]:
        return self.held_in.split()

    def told(self, name: str) -> str:
        return in_words(getattr(self, name), getattr(self, f"{name}_mark"))


class HeldApart(models.Model):
    """Somebody looked at two activities of one kind, day and place: they are two. `one` < `other`."""

    one = models.UUIDField()
    other = models.UUIDField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="activities_held_apart_once"),
        ]
