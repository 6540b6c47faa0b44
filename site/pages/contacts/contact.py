"""Numbers to call, as data: who answers, when, at what cost, and who checked the number by a call on which day.

National numbers are always public. Any other is public only while the last call to it was answered, and a changed
number has to be called anew. Calls are rows that nobody edits, so the record of who vouched for a number and when
remains.

A short number cannot be dialled from another country. What can is a row of its own, in the form +84…, for one country
or for all, and is called on trial like any other.
"""

from datetime import date, datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import Q, Value
from django.db.models.functions import Left
from django.db.models.lookups import Exact
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.times import today
from people.units.unit import Unit

# emergency and help numbers of the whole country, which need no trial call
NATIONAL_NUMBERS = ("111", "113", "114", "115")
# editors are asked to repeat a call older than this, about once a campaign
STALE_DAYS = 365


def bare(number: str) -> str:
    """The digits that a telephone dials: "1800 1581" is "18001581", "+84 (0)236…" is "+84236…"."""
    dialled = number.replace("(0)", "") if "+" in number else number
    return "".join(sign for sign in dialled if sign.isdigit() or sign == "+")


class ContactQuerySet(models.QuerySet):
    def public(self):
        return self.filter(Q(number__in=NATIONAL_NUMBERS) | Q(confirmed_on__isnull=False))

    def provincial(self):
        return self.filter(unit=None)

    def of(self, unit):
        return self.filter(unit=unit)

    def within_the_country(self):
        return self.filter(abroad=False)

    def from_abroad(self):
        return self.filter(abroad=True)


class Contact(models.Model):
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
    # NULL: for the whole province
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="contacts", verbose_name=_("của đơn vị")
    )
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=100)
    # the last call to this number, if it was answered; NULL: nobody vouches for it
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
        ]

    def __str__(self):
        return f"{self.number} – {self.name}"

    @property
    def dial(self) -> str:
        return bare(self.number)

    @property
    def is_national(self) -> bool:
        return self.number in NATIONAL_NUMBERS

    @property
    def is_public(self) -> bool:
        return self.is_national or self.confirmed_on is not None

    def is_stale_on(self, day: date) -> bool:
        return self.confirmed_on is not None and (day - self.confirmed_on).days > STALE_DAYS


class ContactCall(models.Model):
    """One trial call; never changed."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="calls")
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


@transaction.atomic
def record_call(contact: Contact, by, called_on: date, answered: bool, now: datetime) -> ContactCall:
    """Records a trial call; the latest decides whether the number is public. A future day raises ValidationError."""
    if called_on > today():
        raise ValidationError({"called_on": gettext("Ngày gọi thử không thể ở sau hôm nay.")})
    call = ContactCall.objects.create(
        contact=contact, number=contact.number, called_on=called_on, answered=answered, called_by=by, recorded_at=now
    )
    settle(contact)
    return call


def settle(contact: Contact) -> None:
    """Sets the confirmation of the contact from the latest call to its present number."""
    last = ContactCall.objects.filter(contact=contact, number=contact.number).select_related("called_by").first()
    stands = last is not None and last.answered
    contact.confirmed_on = last.called_on if last and stands else None
    contact.confirmed_by = last.called_by if last and stands else None
    contact.save(update_fields=["confirmed_on", "confirmed_by"])
