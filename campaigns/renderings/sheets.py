"""Numbered sheets. A sheet is one message in one format of one commune (or of the province) in one language; a version
is what stood on it when it was printed. Number and version stand on paper with an address, so neither is reused.
"""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.messages.message import MessagePage
from campaigns.renderings.formats import FORMATS
from config.languages import LANGUAGES
from pages.contacts.contact import Contact
from people.free_text import FreeLine
from people.units.unit import Unit


class Sheet(models.Model):
    """Its key is the number on paper."""

    # NULL: the message was deleted; the address of what was printed says so
    message = models.ForeignKey(MessagePage, models.SET_NULL, null=True, related_name="sheets")
    # NULL: the province's own
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    format = models.CharField(max_length=10)
    audience = models.CharField(max_length=10, blank=True)
    language = models.CharField(max_length=10, choices=LANGUAGES, default="vi")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["message", "unit", "format", "audience", "language"], name="sheet_once_a_unit"
            ),
            models.UniqueConstraint(
                fields=["message", "format", "audience", "language"],
                condition=Q(unit=None),
                name="sheet_once_a_province",
            ),
        ]

    def __str__(self):
        return str(self.pk)


class Withdrawal(models.Model):
    """That the province took back what was printed of a message: all of it or one format."""

    message = models.ForeignKey(MessagePage, models.SET_NULL, null=True, related_name="+")
    format = models.CharField(max_length=10, blank=True)
    # shown to whoever scans the code on a withdrawn sheet
    why = FreeLine(_("vì sao rút"), max_length=200)
    # NULL: a newer version of the same sheet, once there is one
    replaced_by = models.ForeignKey(MessagePage, models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.message_id} {timezone.localtime(self.at):%d/%m/%Y}"


class SheetVersionQuerySet(models.QuerySet):
    def newest(self):
        """Of each sheet the version that was issued last."""
        later = SheetVersion.objects.filter(sheet=OuterRef("sheet"), number__gt=OuterRef("number"))
        return self.filter(~Exists(later))

    def to_take_down(self):
        return self.filter(withdrawal__isnull=False, taken_down_at=None)


class SheetVersion(models.Model):
    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    # `Composed.mark`: what a reader sees
    made_of = models.CharField(max_length=40)
    # NULL: dots for a pen
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, related_name="+")
    # as printed, since the contact may change later
    contact_number = models.CharField(max_length=20, blank=True)
    # NULL: printed before this was kept
    contact_name = models.CharField(max_length=120, null=True)
    contact_hours = models.CharField(max_length=80, null=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    issued_at = models.DateTimeField()
    withdrawal = models.ForeignKey(Withdrawal, models.PROTECT, null=True, related_name="versions")
    # that its commune took it off the walls
    taken_down_at = models.DateTimeField(null=True)
    taken_down_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = SheetVersionQuerySet.as_manager()

    class Meta:
        ordering = ["sheet", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "number"], name="sheet_version_once"),
            models.CheckConstraint(
                condition=Q(taken_down_at=None) | Q(withdrawal__isnull=False), name="sheet_taken_down_when_withdrawn"
            ),
        ]

    def __str__(self):
        return f"{self.sheet_id}/{self.number}"

    @property
    def label(self) -> str:
        """Of its format, as people say it."""
        one = FORMATS.get(self.sheet.format)
        return str(one.label) if one else self.sheet.format
