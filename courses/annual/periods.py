"""Which days a report is about: decree 09/2019/NĐ-CP, article 12, closes the figures of a year on 14 December and of
its first half on 14 June; both begin on the day after the year before was closed. The province may set other days.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.postings.coverage import written

FIRST_YEAR, LAST_YEAR = 2012, 2100


class Kind(models.TextChoices):
    ANNUAL = "annual", gettext_lazy("Báo cáo năm")
    MID_YEAR = "mid_year", gettext_lazy("Báo cáo 6 tháng đầu năm")
    AD_HOC = "ad_hoc", gettext_lazy("Báo cáo đột xuất")


LAW = {Kind.ANNUAL: (12, 14), Kind.MID_YEAR: (6, 14)}


class PeriodError(ValueError):
    """The message is one Vietnamese sentence that says what to choose."""


class CutDay(models.Model):
    """The day on which the figures of a kind of report are closed each year, where it is not the law's."""

    kind = models.CharField(max_length=8, choices=Kind.choices, unique=True)
    month = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(12)])
    day = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(31)])

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(month__gte=1, month__lte=12, day__gte=1, kind__in=["annual", "mid_year"])
                & (Q(day__lte=28) | (Q(day__lte=30) & ~Q(month=2)) | Q(day=31, month__in=[1, 3, 5, 7, 8, 10, 12])),
                name="cut_day_in_each_year",
            )
        ]


@dataclass(frozen=True)
class Cuts:
    """(month, day) of each kind that is closed each year."""

    annual: tuple[int, int] = LAW[Kind.ANNUAL]
    mid_year: tuple[int, int] = LAW[Kind.MID_YEAR]

    def of_year(self, year: int) -> date:
        return date(year, *self.annual)

    def of_half(self, year: int) -> date:
        return date(year, *self.mid_year)

    def first_day(self, year: int) -> date:
        return self.of_year(year - 1) + timedelta(days=1)


def cuts() -> Cuts:
    set_by_hand = {kind: (month, day) for kind, month, day in CutDay.objects.values_list("kind", "month", "day")}
    return Cuts(**{kind.value: set_by_hand.get(kind.value, LAW[kind]) for kind in LAW})


@dataclass(frozen=True)
class Period:
    """Figures as of `as_of`, activities from `first` to it, both inclusive. `series` is what versions follow in."""

    year: int
    kind: Kind
    first: date
    as_of: date

    @property
    def series(self) -> str:
        names = {Kind.ANNUAL: "nam", Kind.MID_YEAR: "6-thang"}
        return f"{self.year}-{names[self.kind]}" if self.kind in names else self.as_of.isoformat()


def period(year: int, as_of: date | None, today: date, cuts: Cuts) -> Period:
    """Without `as_of` the annual report: the earlier of `today` and the year's cut. Raises PeriodError.

    On a cut day that has come the report is that of the year or of its half; on another day, or on one to come, it is
    an ad hoc one.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        years = {"first": FIRST_YEAR, "last": LAST_YEAR}
        raise PeriodError(_("Năm báo cáo phải từ %(first)d đến %(last)d.") % years)
    first, cut = cuts.first_day(year), cuts.of_year(year)
    if as_of is None:
        if today < first:
            said = {"year": year, "first": written(first)}
            raise PeriodError(_("Kỳ báo cáo năm %(year)d bắt đầu ngày %(first)s, chưa tới; hãy chọn năm trước.") % said)
        return Period(year, Kind.ANNUAL, first, min(today, cut))
    last = max(date(year, 12, 31), cut)
    if not first <= as_of <= last:
        params = {"year": year, "first": written(first), "last": written(last), "day": written(as_of)}
        raise PeriodError(_("Ngày %(day)s ngoài kỳ báo cáo năm %(year)d; hãy chọn từ %(first)s đến %(last)s.") % params)
    kinds = {cut: Kind.ANNUAL, cuts.of_half(year): Kind.MID_YEAR} if as_of <= today else {}
    return Period(year, kinds.get(as_of, Kind.AD_HOC), first, as_of)


def once_more(year: int, kind: Kind, as_of: date, today: date, cuts: Cuts) -> Period:
    """For a new version: the year's as of the earlier of `today` and its cut, an ad hoc one as it was."""
    days = {Kind.ANNUAL: min(today, cuts.of_year(year)), Kind.MID_YEAR: cuts.of_half(year)}
    return Period(year, kind, cuts.first_day(year), days.get(kind, as_of))
