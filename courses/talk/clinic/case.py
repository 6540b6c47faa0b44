"""A case of the clinic, told in fields that leave no room for who or where; and what colleagues contribute.

Where is a kind of area, never a place; how old is a band, never a day. Who told it is known to moderators only, since
a name leads to the place.
"""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.free_text import FreeLine, FreeText
from people.units.unit import Sector, Unit

ASKED_LETTERS, TOLD_LETTERS, WORD_LETTERS = 300, 1500, 300


class CaseState(models.TextChoices):
    WAITING = "waiting", _("Chờ duyệt")
    REFUSED = "refused", _("Gửi lại để viết lại")
    OPEN = "open", _("Đang bàn")
    CLOSED = "closed", _("Đã kết lại")
    WITHDRAWN = "withdrawn", _("Đã rút")


# what others than the author and moderators read
HEARD = [CaseState.OPEN, CaseState.CLOSED]
# in these the author may still change her words
REWORDED = [CaseState.WAITING, CaseState.REFUSED]


class Whom(models.TextChoices):
    RETURNED = "returned", _("Người đã trở về, nghi là nạn nhân")
    VICTIM = "victim", _("Người đã được xác định là nạn nhân")
    AT_RISK = "at_risk", _("Người có nguy cơ, chưa đi")
    AWAY = "away", _("Người đang ở xa, gia đình lo")
    KIN = "kin", _("Người thân của nạn nhân")
    SUSPECT = "suspect", _("Người nghi là môi giới, lôi kéo")


class Age(models.TextChoices):
    CHILD = "child", _("Dưới 16 tuổi")
    TEEN = "teen", _("16 đến dưới 18 tuổi")
    YOUNG = "young", _("18 đến dưới 30 tuổi")
    ADULT = "adult", _("30 tuổi trở lên")
    UNKNOWN = "unknown", _("Không rõ")


class Area(models.TextChoices):
    BORDER = "border", _("Vùng biên giới")
    MOUNTAIN = "mountain", _("Miền núi")
    PLAIN = "plain", _("Đồng bằng, ven biển")
    TOWN = "town", _("Đô thị")
    ABROAD = "abroad", _("Ở nước ngoài")


class Matter(models.TextChoices):
    WORK = "work", _("Việc làm, lao động")
    MARRIAGE = "marriage", _("Hôn nhân")
    ONLINE = "online", _("Lừa qua mạng")
    SEXUAL = "sexual", _("Bóc lột tình dục")
    CHILDREN = "children", _("Trẻ em, nhận con nuôi")
    OTHER = "other", _("Khác, hoặc chưa rõ")


class ClinicCase(models.Model):
    key = models.UUIDField(default=uuid4, unique=True)
    # NULL after the erasure of who told it
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    # where the author was posted then; moderators alone know it
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    sector = models.CharField(max_length=20, choices=Sector.choices)
    whom = models.CharField(max_length=10, choices=Whom.choices)
    age = models.CharField(max_length=10, choices=Age.choices)
    area = models.CharField(max_length=10, choices=Area.choices)
    matter = models.CharField(max_length=10, choices=Matter.choices)
    asked = FreeText()
    happened = FreeText()
    done = FreeText(blank=True)
    state = models.CharField(max_length=9, choices=CaseState.choices, default=CaseState.WAITING)
    told_at = models.DateTimeField()
    # when the author last changed her words
    worded_at = models.DateTimeField()
    # for whom it was released: who is posted or leads training at this unit or below
    heard_in = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    moderated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    # why it was sent back
    word = FreeLine(max_length=WORD_LETTERS, blank=True)
    summary = FreeText(blank=True)
    changed_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["open", "closed"]) | Q(heard_in__isnull=False, moderated_by__isnull=False),
                name="case_heard_once_released",
            ),
            models.CheckConstraint(
                condition=Q(moderated_by=None) | Q(author=None) | ~Q(moderated_by=F("author")),
                name="case_moderated_by_another",
            ),
            models.CheckConstraint(condition=~Q(state="closed") | ~Q(summary=""), name="case_closed_with_a_summary"),
            models.CheckConstraint(condition=~Q(asked="") & ~Q(happened=""), name="case_says_something"),
        ]
        indexes = [models.Index(fields=["state", "changed_at"], name="case_by_state")]

    @property
    def stamp(self) -> str:
        """What a moderator's form brings back, to tell whether the words are still those that it showed."""
        return str(self.worded_at.timestamp())


class ContributionState(models.TextChoices):
    WAITING = "waiting", _("Chờ duyệt")
    SHOWN = "shown", _("Đã đăng")
    REFUSED = "refused", _("Không đăng")


class Contribution(models.Model):
    case = models.ForeignKey(ClinicCase, models.CASCADE, related_name="contributions")
    key = models.UUIDField(default=uuid4, unique=True)
    # NULL after the erasure of who wrote it
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    text = FreeText()
    state = models.CharField(max_length=8, choices=ContributionState.choices, default=ContributionState.WAITING)
    moderated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    word = FreeLine(max_length=WORD_LETTERS, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", moderated_by=None) | (~Q(state="waiting") & Q(moderated_by__isnull=False)),
                name="contribution_shown_once_moderated",
            ),
            models.CheckConstraint(
                condition=Q(moderated_by=None) | Q(by=None) | ~Q(moderated_by=F("by")),
                name="contribution_moderated_by_another",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="contribution_says_something"),
        ]
