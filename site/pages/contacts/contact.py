"""Numbers to call, as data: who answers, when, at what cost, and who checked the number by a call on which day.

A row holds the form that the public sees, as it was last confirmed; what somebody wrote since stands beside it
(`pages.contacts.versions`) and becomes the row only when a second person confirmed it (`pages.contacts.confirming`).
While a number is not public, the row holds what was written last. Numbers of the whole country are the province's, and
public from the start where they come with the starter content. Calls are rows that nobody edits.

A short number cannot be dialled from another country. What can is a row of its own, in the form +84…, for one country
or for all.
"""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Left
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from pages.contacts.dialling import is_national
from pages.contacts.versions import SAID, ContactVersion, Said, VersionState
from people.times import today
from people.units.unit import Unit

# editors are asked to repeat a call older than this, about once a campaign
STALE_DAYS = 365


class Unconfirmed(ValueError):
    """Something is about to be shown to the public that no second person confirmed."""


class ContactQuerySet(models.QuerySet):
    def vouched(self):
        """A second person vouches for the number; whether it is in use today is not asked."""
        return self.filter(public_since__isnull=False)

    def public(self):
        """Of `vouched`, those in use today: what the public sees."""
        day = today()
        begun, not_over = Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day)
        return self.vouched().filter(begun, not_over)

    def provincial(self):
        return self.filter(unit=None)

    def of(self, unit):
        return self.filter(unit=unit)

    def within_the_country(self):
        return self.filter(abroad=False)

    def from_abroad(self):
        return self.filter(abroad=True)


class Contact(Said):
    # NULL: for the whole province
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="contacts", verbose_name=_("của đơn vị")
    )
    # when this form became public; NULL: it is not
    public_since = models.DateTimeField(_("hiện ra ngoài từ"), null=True, blank=True, editable=False)
    # the last call to this number that was answered; NULL: none since it became public
    confirmed_on = models.DateField(_("gọi thử ngày"), null=True, blank=True, editable=False)
    # NULL beside a date: the account was erased since
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("người gọi thử"),
    )
    source = models.CharField(_("căn cứ"), max_length=250, blank=True)
    note = models.TextField(_("ghi chú nội bộ"), blank=True, help_text=_("Không hiện ra ngoài."))

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("số liên hệ")
        verbose_name_plural = _("số liên hệ")
        ordering = ["order", "pk"]
        constraints = [
            *Said.Meta.constraints,
            models.CheckConstraint(
                condition=Q(abroad=False, country="") | Q(Exact(Left("number", 1), Value("+")), abroad=True),
                name="contact_abroad_in_international_form",
                violation_error_message=_("Số để gọi từ nước ngoài bắt đầu bằng dấu + và mã nước."),
            ),
            # SQLite treats every NULL as a different value, so the province's numbers have their own constraint
            models.UniqueConstraint(
                fields=["number", "unit"],
                name="contact_once_a_unit",
                violation_error_message=_("Số này đã có trong danh sách."),
            ),
            models.UniqueConstraint(
                fields=["number"],
                condition=Q(unit=None),
                name="contact_once_a_province",
                violation_error_message=_("Số này đã có trong danh sách."),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | Q(confirmed_on__isnull=False), name="contact_confirmed_on_a_day"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_on=None) | Q(public_since__isnull=False), name="contact_called_while_public"
            ),
        ]

    @property
    def is_national(self) -> bool:
        """Whether it is the province's row of a number of the whole country."""
        return self.unit_id is None and is_national(self.number)

    @property
    def is_public(self) -> bool:
        return self.public_since is not None

    @property
    def is_shown(self) -> bool:
        """Whether the public sees it today."""
        return self.is_public and self.holds_on(today())

    def is_stale_on(self, day: date) -> bool:
        return self.confirmed_on is not None and (day - self.confirmed_on).days > STALE_DAYS

    def waiting(self) -> ContactVersion | None:
        """The form that waits for its second call; no query where `versions` are prefetched."""
        return next((version for version in self.versions.all() if version.state == VersionState.WAITING), None)

    def save(self, *args, **kwargs):
        """Raises Unconfirmed where the public would see what no second person confirmed."""
        if self.public_since is not None and self._would_show_something_new(kwargs.get("update_fields")):
            confirmed = self.pk and self.versions.filter(state=VersionState.CONFIRMED, **self.said()).exists()
            # the starter content brings the numbers of the whole country
            if not confirmed and (self.pk or not self.is_national):
                raise Unconfirmed(str(self))
        super().save(*args, **kwargs)

    def _would_show_something_new(self, update_fields) -> bool:
        if update_fields is not None and not {*SAID, "public_since"} & {*update_fields}:
            return False
        before = Contact.objects.filter(pk=self.pk, public_since__isnull=False).values(*SAID).first()
        return before != self.said()


class ContactCall(models.Model):
    """One call; never changed. With a `version` it was the second call, or the try of one."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="calls")
    version = models.ForeignKey(ContactVersion, models.CASCADE, null=True, related_name="calls")
    # the number as dialled, since the contact's number may change later
    number = models.CharField(_("số"), max_length=20)
    called_on = models.DateField(_("ngày gọi"))
    answered = models.BooleanField(_("có người nghe, đúng nơi"))
    called_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-called_on", "-pk"]

    def __str__(self):
        return f"{self.number} {self.called_on:%d/%m/%Y}"
