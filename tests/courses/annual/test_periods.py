"""The days of a report: decree 09/2019/NĐ-CP, article 12, or what the province set."""

from datetime import date

import pytest

from courses.annual.periods import CutDay, Cuts, Kind, PeriodError, cuts, period

TODAY = date(2026, 11, 30)


def test_a_year_is_from_15_december_to_14_december():
    made = period(2025, None, TODAY, Cuts())
    assert (made.kind, made.first, made.as_of) == (Kind.ANNUAL, date(2024, 12, 15), date(2025, 12, 14))


def test_before_the_cut_it_is_as_of_today():
    assert period(2026, None, TODAY, Cuts()).as_of == TODAY
    assert period(2026, None, date(2026, 12, 20), Cuts()).as_of == date(2026, 12, 14)


def test_the_half_year_is_closed_on_14_june():
    made = period(2026, date(2026, 6, 14), TODAY, Cuts())
    assert (made.kind, made.first, made.series) == (Kind.MID_YEAR, date(2025, 12, 15), "2026-6-thang")


@pytest.mark.parametrize("day", [date(2026, 9, 1), date(2026, 12, 14), date(2026, 12, 31)])
def test_another_day_or_one_to_come_is_ad_hoc_and_a_series_of_its_own(day):
    made = period(2026, day, TODAY, Cuts())
    assert (made.kind, made.series) == (Kind.AD_HOC, day.isoformat())


def test_versions_of_a_year_follow_each_other_whatever_day_it_was_frozen_on():
    assert period(2026, None, TODAY, Cuts()).series == period(2026, None, date(2026, 12, 20), Cuts()).series


@pytest.mark.parametrize(
    ("year", "day", "says"),
    [
        (2011, None, "2012"),
        (2030, None, "15/12/2029"),
        (2026, date(2025, 12, 14), "15/12/2025"),
        (2026, date(2027, 1, 1), "31/12/2026"),
    ],
)
def test_what_is_no_period_says_which_days_are(year, day, says):
    with pytest.raises(PeriodError, match=says):
        period(year, day, TODAY, Cuts())


@pytest.mark.django_db
def test_the_province_sets_other_cut_days():
    CutDay.objects.create(kind=Kind.ANNUAL, month=11, day=30)
    assert cuts() == Cuts(annual=(11, 30))
    made = period(2026, None, TODAY, cuts())
    assert (made.first, made.as_of) == (date(2025, 12, 1), date(2026, 11, 30))
