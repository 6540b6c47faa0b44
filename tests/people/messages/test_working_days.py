"""Nobody is told what can wait on a Saturday, a Sunday, a day off, or in the evening."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.messages.days_off import DayOff, proposed
from people.messages.working_days import Window, is_working, open_from, window_of, working_from

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
FRIDAY, SATURDAY, MONDAY = date(2026, 11, 27), date(2026, 11, 28), date(2026, 11, 30)
TET = {date(2027, 2, 4) + timedelta(days=n) for n in range(7)}
OPENS = time(8)


def at(day, hour, minute=0):
    return datetime.combine(day, time(hour, minute), tzinfo=ZONE)


def test_weekends_and_days_off_are_no_working_days():
    assert [is_working(day, {MONDAY}) for day in (FRIDAY, SATURDAY, MONDAY)] == [True, False, False]
    assert working_from(SATURDAY, {MONDAY}) == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        (at(FRIDAY, 9), at(FRIDAY, 9)),
        (at(FRIDAY, 7, 59), at(FRIDAY, 8)),
        (at(FRIDAY, 18), at(MONDAY, 8)),
        (at(SATURDAY, 10), at(MONDAY, 8)),
        (at(date(2027, 2, 3), 20), at(date(2027, 2, 11), 8)),
    ],
)
def test_what_waits_goes_out_at_the_set_hour_of_the_next_working_day(moment, opens):
    assert open_from(moment, OPENS, TET) == opens


def test_the_first_day_after_a_weekend_tells_what_fell_on_it():
    window = window_of(MONDAY, FRIDAY, set())
    assert [window.holds(day) for day in (FRIDAY, SATURDAY, MONDAY, date(2026, 12, 1))] == [False, True, True, False]


def test_a_system_that_stood_still_makes_up_for_two_weeks_and_a_new_one_for_a_weekend():
    assert window_of(MONDAY, date(2026, 1, 5), set()).after == MONDAY - timedelta(days=14)
    assert window_of(MONDAY, None, set()) == Window(FRIDAY, MONDAY)


@given(
    st.dates(date(2026, 1, 1), date(2030, 12, 31)), st.sets(st.dates(date(2026, 1, 1), date(2026, 3, 1)), max_size=20)
)
def test_every_day_falls_into_the_window_of_exactly_one_working_day(day, off):
    told, days = None, []
    for n in range(30):
        one = date(2026, 1, 1) + timedelta(days=n)
        if is_working(one, off):
            days.append(window_of(one, told, off))
            told = one
    for before, after in zip(days, days[1:], strict=False):
        assert before.last == after.after or (after.last - before.last).days > 14
    opens = open_from(at(day, 12), OPENS, off)
    assert is_working(opens.date(), off)
    assert opens >= at(day, 12)


@pytest.mark.django_db
def test_a_year_is_proposed_with_tet_by_the_moon_and_without_what_the_list_has():
    days = {one.day: one.name for one in proposed(2027)}
    assert days[date(2027, 2, 6)] == "Tết Nguyên Đán"
    assert {date(2027, 4, 30), date(2027, 9, 2)} <= days.keys()
    DayOff.objects.create(day=date(2027, 9, 2), name="Quốc khánh")
    assert date(2027, 9, 2) not in {one.day for one in proposed(2027)}
