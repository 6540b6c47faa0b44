"""An alert, its wordings, and which communes' staff opened it.

A wording is written by one person of the province and approved by another; the approved one stands, never changed,
until the next is approved. The number of an alert stays through its wordings; the version counts those.
"""

import uuid
from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.alerts.words import FIELDS, NEW_DAYS, Words
from campaigns.messages.message import MessagePage
from people.free_text import FreeLine, FreeText
from people.units.unit import Unit


class State(models.TextChoices):
    DRAFT = "draft", _("bản nháp")
    AWAITING = "awaiting", _("chờ duyệt")
    APPROVED = "approved", _("đã duyệt")


OPEN_STATES = frozenset({State.DRAFT, State.AWAITING})


class Ended(models.TextChoices):
    EXPIRED = "expired", _("hết hạn")
    WITHDRAWN = "withdrawn", _("đã rút")


class AlertQuerySet(models.QuerySet):
    def standing(self, day: date):
        """Approved, not over and not past its last day, the latest first; with their pages."""
        rows = self.filter(ended_at=None, ends_on__gte=day, message__live=True)
        return rows.select_related("message__locale").order_by("-approved_at", "-pk")


class Alert(models.Model):
    """Its key is its number in public. `ends_on`, `approved_at` and `version` are of the wording that stands, NULL and
    0 before there is one.
    """

    # the translation key of its page
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    message = models.OneToOneField(MessagePage, models.SET_NULL, null=True, related_name="alert")
    version = models.PositiveSmallIntegerField(default=0)
    ends_on = models.DateField(_("có giá trị đến hết ngày"), null=True)
    approved_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended = models.CharField(max_length=10, choices=Ended.choices, blank=True)
    # NULL of one that expired
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # read by whoever scans what was printed
    why = FreeLine(_("vì sao rút"), max_length=200, blank=True)
    replaced_by = models.ForeignKey("self", models.SET_NULL, null=True, related_name="replaces")

    objects = AlertQuerySet.as_manager()

    class Meta:
        verbose_name = _("cảnh báo")
        verbose_name_plural = _("cảnh báo")
        indexes = [models.Index(fields=["ends_on"], name="alert_standing", condition=Q(ended_at=None))]
        constraints = [
            models.CheckConstraint(
                condition=(Q(ended_at=None) & Q(ended="")) | (Q(ended_at__isnull=False) & ~Q(ended="")),
                name="alert_ended_somehow",
            ),
            models.CheckConstraint(
                condition=Q(version=0) | (Q(ends_on__isnull=False) & Q(approved_at__isnull=False)),
                name="alert_approved_with_its_end",
            ),
            models.CheckConstraint(
                condition=Q(replaced_by=None) | ~Q(replaced_by=F("id")), name="alert_replaced_by_another"
            ),
        ]

    def __str__(self):
        return str(self.pk)

    def is_standing_on(self, day: date) -> bool:
        return self.version > 0 and self.ended_at is None and self.ends_on is not None and day <= self.ends_on

    def is_new_on(self, day: date) -> bool:
        if self.approved_at is None:
            return False
        return day < timezone.localdate(self.approved_at) + timedelta(days=NEW_DAYS)


class AlertWording(models.Model):
    alert = models.ForeignKey(Alert, models.CASCADE, related_name="wordings")
    version = models.PositiveSmallIntegerField()
    title = FreeLine(_("tên cảnh báo"), max_length=70)
    how = FreeText(_("chúng làm thế nào"))
    signs = FreeText(_("dấu hiệu"))
    act = FreeText(_("nên làm"))
    # "": what is made of the rest
    spoken = FreeText(_("bài đọc trên loa"), blank=True)
    ends_on = models.DateField(_("có giá trị đến hết ngày"))
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    # NULL: the account was erased since
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    # why it was sent back, for who wrote it; "" otherwise
    word = FreeLine(max_length=300, blank=True)
    # raised with each change, so that nobody approves something else than she read
    stamp = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("lời cảnh báo")
        verbose_name_plural = _("lời cảnh báo")
        ordering = ["alert", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["alert", "version"], name="alert_version_once"),
            models.UniqueConstraint(
                fields=["alert"], condition=Q(state__in=["draft", "awaiting"]), name="alert_one_open_wording"
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | Q(written_by=None) | ~Q(approved_by=F("written_by")),
                name="alert_approved_by_another",
            ),
            models.CheckConstraint(
                condition=(Q(state="approved") & Q(approved_at__isnull=False))
                | (~Q(state="approved") & Q(approved_at=None) & Q(approved_by=None)),
                name="alert_approved_at_a_time",
            ),
        ]

    def __str__(self):
        return f"{self.alert_id}/{self.version}"

    @property
    def words(self) -> Words:
        return Words(**{name: getattr(self, name) for name in FIELDS})

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES


class AlertOpened(models.Model):
    """That somebody signed in for this commune opened it; never who, and never the public."""

    alert = models.ForeignKey(Alert, models.CASCADE, related_name="opened")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("xã đã mở cảnh báo")
        verbose_name_plural = _("xã đã mở cảnh báo")
        constraints = [models.UniqueConstraint(fields=["alert", "unit", "version"], name="alert_opened_once_a_unit")]

    def __str__(self):
        return f"{self.alert_id} {self.unit_id}"
