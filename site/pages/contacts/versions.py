"""What is said of a number to call, and every form of it that somebody wrote.

A form waits until a second person who called the number confirms it, gives it back with a reason, or somebody writes a
later one. No row is deleted, nor changed after its answer: who wrote what and who vouched for it stays on record.
"""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.languages import NAMES
from pages.contacts.dialling import bare
from people.free_text import FreeLine

# what the public sees of a number, or what decides where it sees it
SAID = (
    *("number", "name", "when", "hours", "cost", "abroad", "country", "order"),
    *("languages", "valid_from", "valid_to"),
)


class Said(models.Model):
    number = models.CharField(
        _("số"),
        max_length=20,
        validators=[RegexValidator(r"^\+?[0-9](?:[0-9 ]{1,17}[0-9])$", _("Chỉ ghi chữ số và dấu cách, ví dụ 111."))],
    )
    name = models.CharField(_("nơi nghe máy"), max_length=120)
    when = models.CharField(_("khi nào gọi"), max_length=200)
    hours = models.CharField(_("giờ"), max_length=80, blank=True)
    cost = models.CharField(_("giá cước"), max_length=80, blank=True)
    abroad = models.BooleanField(_("để gọi từ nước ngoài"), default=False)
    # "": from any country
    country = models.CharField(_("gọi từ nước"), max_length=60, blank=True)
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=100)
    # tags of config.languages, joined by commas; "": Vietnamese, as everywhere
    languages = models.CharField(_("tiếng nói được"), max_length=60, blank=True, default="")
    # both days included; NULL: without a bound
    valid_from = models.DateField(_("dùng từ ngày"), null=True, blank=True)
    valid_to = models.DateField(_("dùng đến hết ngày"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_from__lte=F("valid_to")),
                name="%(class)s_from_before_to",
                violation_error_message=_("Ngày cuối đứng trước ngày đầu."),
            )
        ]

    def __str__(self):
        return f"{self.number} – {self.name}"

    @property
    def dial(self) -> str:
        return bare(self.number)

    @property
    def spoken(self) -> str:
        """The languages in their own names; "" where only Vietnamese is."""
        return ", ".join(NAMES[tag][1] for tag in self.languages.split(",") if tag in NAMES)

    def holds_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)

    def said(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in SAID}


class VersionState(models.TextChoices):
    WAITING = "waiting", _("Chờ gọi lần hai")
    CONFIRMED = "confirmed", _("Đã gọi lần hai")
    RETURNED = "returned", _("Trả lại để sửa")
    SUPERSEDED = "superseded", _("Đã có bản khác thay")


class ContactVersion(Said):
    contact = models.ForeignKey("pages.Contact", models.CASCADE, related_name="versions")
    # NULL: the starter content, or an account that was erased since
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=VersionState.choices, default=VersionState.WAITING)
    # NULL beside a time: superseded, or the account was erased since
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    # why it was given back, or what the second person noted
    why = FreeLine(max_length=300, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            *Said.Meta.constraints,
            models.UniqueConstraint(
                fields=["contact"], condition=Q(state="waiting"), name="contact_version_waits_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed")
                | Q(decided_by=None)
                | Q(written_by=None)
                | ~Q(decided_by=F("written_by")),
                name="contact_version_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at=None) | (~Q(state="waiting") & Q(decided_at__isnull=False)),
                name="contact_version_decided_at_a_time",
            ),
        ]


class ContactTakenOff(models.Model):
    """Somebody took the number off every page; never changed."""

    contact = models.ForeignKey("pages.Contact", models.CASCADE, related_name="times_taken_off")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    why = FreeLine(_("vì sao gỡ"), max_length=250)

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.contact} {timezone.localtime(self.at):%d/%m/%Y}"
