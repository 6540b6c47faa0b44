"""A certificate as it was issued, and its revocations: dated facts that are never edited."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from courses.certificates.codes import new_code, written
from courses.certificates.issuers import Design
from courses.completions.completion import Completion, Void
from people.free_text import FreeLine
from people.times import Record
from people.units.unit import Unit

CERTIFICATE, TRIAL = _("Giấy chứng nhận"), _("Giấy xác nhận học thử")


class CertificateState(models.TextChoices):
    VALID = "valid", _("Còn giá trị")
    EXPIRED = "expired", _("Đã hết hạn")
    REVOKED = "revoked", _("Đã thu hồi")


class CertificateQuerySet(models.QuerySet):
    def with_ending(self):
        """Adds what may have ended it early, for `state_on`: `revoked_on`, `revoked_because` and `voided_on`."""
        standing = Revocation.objects.current().filter(certificate=OuterRef("pk"))
        # by the completion's natural key: an import may have superseded the row since
        void = Void.objects.current().filter(
            completion__superseded_at=None,
            completion__person=OuterRef("person"),
            completion__course_key=OuterRef("course_key"),
            completion__completed_on=OuterRef("completed_on"),
        )
        return self.annotate(
            revoked_on=Subquery(standing.values("on")[:1]),
            revoked_because=Subquery(standing.values("reason")[:1]),
            voided_on=Subquery(void.order_by("on").values("on")[:1]),
        )

    def not_replaced(self):
        """Those that were not issued again."""
        return self.filter(replaced_by=None)

    def usable_on(self, day: date):
        """Neither revoked nor voided by `day`, and not issued again; lapsed or not."""
        revoked = Revocation.objects.current().filter(certificate=OuterRef("pk"), on__lte=day)
        unstopped = Q(voided_on=None) | Q(voided_on__gt=day)
        return self.with_ending().not_replaced().filter(unstopped).exclude(Exists(revoked))


class Certificate(models.Model):
    """Its text is frozen: a later name, course title, rule or signer does not change it (erasure does)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="certificates", verbose_name=_("đơn vị cấp"))
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="certificates")
    completion = models.ForeignKey(Completion, models.PROTECT, related_name="certificates")
    course_key = models.SlugField(max_length=80)
    completed_on = models.DateField()
    issued_on = models.DateField()
    # the last day on which it is valid; NULL: it does not lapse
    valid_until = models.DateField(null=True, blank=True)
    # as printed
    person_name = models.CharField(max_length=150)
    person_unit = models.CharField(max_length=300, blank=True)
    course_title = models.CharField(max_length=255)
    result = models.CharField(max_length=300, blank=True)
    superior = models.CharField(max_length=120, blank=True)
    organisation = models.CharField(max_length=120)
    mark = models.CharField(max_length=12)
    # “Giấy xác nhận học thử”: the course was not approved on the day of the completion
    trial = models.BooleanField(default=False)
    place = models.CharField(max_length=60)
    signer_title = models.CharField(max_length=80, blank=True)
    signer_name = models.CharField(max_length=80, blank=True)
    design = models.CharField(max_length=12, choices=Design)
    recorded_at = models.DateTimeField(editable=False)
    # the certificate that it replaces, and why; NULL for a first issue
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    reissued_because = FreeLine(max_length=300, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("chứng nhận")
        verbose_name_plural = _("chứng nhận")
        constraints = [
            models.UniqueConstraint(fields=["unit", "trial", "year", "number"], name="certificate_number_once"),
            models.UniqueConstraint(
                fields=["person", "course_key", "completed_on"],
                condition=Q(replaces=None),
                name="certificate_once_a_completion",
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("completed_on")),
                name="certificate_valid_from_its_completion",
            ),
        ]
        indexes = [models.Index(fields=["issued_on", "course_key"], name="certificate_by_day")]

    def __str__(self):
        return self.full_number

    @property
    def full_number(self) -> str:
        return f"{self.number}/{self.year}/{'XN' if self.trial else 'CN'}-{self.mark}"

    @property
    def paper(self) -> str:
        """What it is called, also as the heading of the paper."""
        return str(TRIAL if self.trial else CERTIFICATE)

    @property
    def written_code(self) -> str:
        return written(self.code)

    @property
    def path(self) -> str:
        return f"/chung-nhan/{self.written_code}/"

    @property
    def address(self) -> str:
        """The public address at which anybody may check it."""
        return settings.BASE_URL + self.path

    def stopped_on(self) -> date | None:
        """The first day on which it no longer counts; for a row of `with_ending()`."""
        return min((day for day in (self.revoked_on, self.voided_on) if day), default=None)  # type: ignore[attr-defined]

    def state_on(self, day: date) -> CertificateState:
        """For a row of `with_ending()`. A revocation takes precedence over a lapse."""
        stopped = self.stopped_on()
        if stopped and stopped <= day:
            return CertificateState.REVOKED
        lapsed = self.valid_until is not None and self.valid_until < day
        return CertificateState.EXPIRED if lapsed else CertificateState.VALID


class Revocation(Record):
    """From day `on`, the certificate is not valid."""

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="revocations")
    on = models.DateField()
    reason = FreeLine(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["certificate"], condition=Q(superseded_at=None), name="revocation_once")
        ]


class Series(models.Model):
    """The last number that a unit gave in a year, of certificates and of trial papers apart; its row is the lock that
    keeps numbers without gaps.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    trial = models.BooleanField(default=False)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "year", "trial"], name="series_once_a_year")]


def take_numbers(unit_id: int, year: int, count: int, *, trial: bool = False) -> range:
    """Takes the next `count` numbers; other takers wait until this transaction ends."""
    own = Series.objects.filter(unit_id=unit_id, year=year, trial=trial)
    if not own.update(last=F("last") + count):
        Series.objects.bulk_create([Series(unit_id=unit_id, year=year, trial=trial)], ignore_conflicts=True)
        own.update(last=F("last") + count)
    last = own.values_list("last", flat=True).get()
    return range(last - count + 1, last + 1)
