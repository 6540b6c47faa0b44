"""Relief: what one person is granted towards one requirement, asked by her unit and granted by somebody above it.

An *excuse* and an *exclusion* leave her out of the denominator between two days; an *extension* moves only her own due
day. A request is what was asked and answered; a `Relief` is the fact that came of it, with two times. What
`import_excuses` brings is another table (`Excuse`): it was decided elsewhere.
"""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from courses.requirements.requirement import Requirement
from people.free_text import FreeLine
from people.times import Record
from people.units.unit import Unit

# the last day is at most twelve months after the first: in a leap year so many days
MOST_DAYS = 366


class DaysBetween(models.Func):
    """How many days the second day is after the first, in each database's own words: SQLite keeps functions of Django's
    in a table's check, and then no other tool could write to that table.
    """

    arity = 2
    output_field = models.FloatField()
    template = "(%(expressions)s)"

    def as_sqlite(self, compiler, connection, **context):
        first, last = self.get_source_expressions()
        days = [models.Func(day, function="julianday", output_field=models.FloatField()) for day in (last, first)]
        return compiler.compile(models.ExpressionWrapper(days[0] - days[1], models.FloatField()))

    def as_postgresql(self, compiler, connection, **context):
        first, last = (compiler.compile(day) for day in self.get_source_expressions())
        return f"({last[0]} - {first[0]})", (*last[1], *first[1])


class ReliefKind(models.TextChoices):
    EXCUSE = "excuse", _("Miễn")
    EXCLUSION = "exclusion", _("Hoãn")
    EXTENSION = "extension", _("Gia hạn")


# who has one of these is not required on its days
LEAVING_OUT = [ReliefKind.EXCUSE, ReliefKind.EXCLUSION]


class RequestState(models.TextChoices):
    ASKED = "asked", _("Đang chờ")
    GRANTED = "granted", _("Đã đồng ý")
    REFUSED = "refused", _("Không đồng ý")
    WITHDRAWN = "withdrawn", _("Đã rút")


class Asked(models.Model):
    """What a request and a fact share. Of an extension `start` is the day of asking, `end` the new due day."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requirement = models.ForeignKey(Requirement, models.PROTECT, related_name="+")
    kind = models.CharField(_("loại"), max_length=9, choices=ReliefKind.choices)
    start = models.DateField(_("từ ngày"))
    end = models.DateField(_("đến hết ngày"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        abstract = True


def _lasts(name: str) -> models.CheckConstraint:
    within = LessThanOrEqual(DaysBetween("start", "end"), MOST_DAYS)
    return models.CheckConstraint(condition=Q(end__gte=F("start")) & Q(within), name=name)


class ReliefRequestQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state=RequestState.ASKED)


class ReliefRequest(Asked):
    # where the person is posted, so who stands above it decides
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("đơn vị"))
    reason = FreeLine(_("lý do"), max_length=300)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=RequestState.choices, default=RequestState.ASKED)
    # NULL: not decided
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    # one sentence for who asked: why it was refused or withdrawn
    answer = FreeLine(max_length=300, blank=True)
    # when the state last changed
    changed_at = models.DateTimeField()

    objects = ReliefRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "requirement", "kind", "start", "end"],
                condition=Q(state="asked"),
                name="relief_asked_once",
            ),
            models.CheckConstraint(condition=~Q(asked_by=F("person")), name="relief_asked_for_another"),
            models.CheckConstraint(
                condition=Q(decided_by=None) | (~Q(decided_by=F("asked_by")) & ~Q(decided_by=F("person"))),
                name="relief_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "withdrawn"]) | Q(decided_by__isnull=False),
                name="relief_decided_by_one",
            ),
            _lasts("relief_asked_for_a_year"),
        ]
        indexes = [
            models.Index(fields=["unit", "state"], name="relief_request_of_unit"),
        ]


class Relief(Asked, Record):
    """Believed from the moment at which it was granted; withdrawn, it is superseded, by a shorter one or none."""

    request = models.ForeignKey(ReliefRequest, models.PROTECT, related_name="reliefs")
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request"], condition=Q(superseded_at=None), name="relief_once"),
            models.CheckConstraint(
                condition=~Q(asked_by=F("person")) & ~Q(granted_by=F("person")) & ~Q(granted_by=F("asked_by")),
                name="relief_granted_by_another",
            ),
            _lasts("relief_for_a_year"),
        ]


def leaving_out(known_on: date | None = None) -> models.QuerySet:
    """The excuses and exclusions believed then (None: now)."""
    return Relief.objects.known_on(known_on).filter(kind__in=LEAVING_OUT)


def extensions(known_on: date | None = None) -> models.QuerySet:
    """The extensions believed then (None: now); `end` is the person's due day."""
    return Relief.objects.known_on(known_on).filter(kind=ReliefKind.EXTENSION)
