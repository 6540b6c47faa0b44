"""Days and times as people type them: what is understood, in full or not, and what is refused."""

from contextlib import suppress
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.typed_times import (
    EARLIEST,
    LATEST,
    Looks,
    NotUnderstood,
    day_in_full,
    moment_in_full,
    read_day,
    read_moment,
    read_time,
)
from tabular.cells import read_date

# a Sunday
TODAY = date(2026, 11, 29)
NOW = datetime(2026, 11, 29, 10, 15)


@pytest.mark.parametrize(
    ("typed", "day", "exact"),
    [
        ("12/12/2026", (2026, 12, 12), True),
        ("1/2/2026", (2026, 2, 1), True),
        ("05-12-2026", (2026, 12, 5), True),
        ("2026-12-05", (2026, 12, 5), True),
        ("2026/12/05", (2026, 12, 5), False),
        ("5.12.2026", (2026, 12, 5), False),
        (" 5 / 12 / 2026 ", (2026, 12, 5), False),
        ("5/12/26", (2026, 12, 5), False),
        ("ngày 12/12/2026", (2026, 12, 12), False),
        ("Ngày 5 tháng 12 năm 2026", (2026, 12, 5), False),
        ("NGÀY 5 THÁNG 12, NĂM 2026", (2026, 12, 5), False),
        ("ngay 5 thang 12 nam 2026", (2026, 12, 5), False),
        ("thứ bảy, 5/12/2026", (2026, 12, 5), False),
        ("T7 5/12/2026", (2026, 12, 5), False),
        ("chủ nhật 6/12/2026", (2026, 12, 6), False),
        ("mùng 5 tháng 12 năm 2026", (2026, 12, 5), False),
        ("5–12–2026", (2026, 12, 5), True),
    ],
)
def test_a_day_is_read_as_it_was_typed(typed, day, exact):
    found = read_day(typed, TODAY)
    assert (found.value, found.exact) == (date(*day), exact)


@pytest.mark.parametrize(
    ("typed", "ahead", "back"),
    [
        ("5/12", (2026, 12, 5), (2025, 12, 5)),
        ("ngày 5 tháng 12", (2026, 12, 5), (2025, 12, 5)),
        ("28/11", (2027, 11, 28), (2026, 11, 28)),
        # today is the next and the last one
        ("29/11", (2026, 11, 29), (2026, 11, 29)),
        ("29/2", (2028, 2, 29), (2024, 2, 29)),
        ("1-1", (2027, 1, 1), (2026, 1, 1)),
    ],
)
def test_without_a_year_the_field_decides_where_it_looks(typed, ahead, back):
    assert read_day(typed, TODAY, Looks.AHEAD).value == date(*ahead)
    assert read_day(typed, TODAY, Looks.BACK).value == date(*back)
    assert not read_day(typed, TODAY, Looks.AHEAD).exact
    with pytest.raises(NotUnderstood, match="thiếu năm"):
        read_day(typed, TODAY)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("19 giờ", "ngày nào"),
        ("5", "ngày nào"),
        ("tháng 12", "ngày nào"),
        ("12/2026", "ngày nào"),
        ("5/12/2026 19h", "ngày nào"),
        ("5/12 âm lịch", "ngày nào"),
        ("2026-12/05", "ngày nào"),
        ("5//12/2026", "ngày nào"),
        ("tuần sau", "ngày nào"),
        ("hôm qua", "ngày nào"),
        ("", "ngày nào"),
        ("31/11/2026", "không có trong lịch"),
        ("31/11", "không có trong lịch"),
        ("13/13/2026", "không có trong lịch"),
        ("2026-02-30", "không có trong lịch"),
        ("0/0", "không có trong lịch"),
        ("5/12/0026", "quá xa"),
        ("thứ hai 5/12/2026", "05/12/2026 là thứ Bảy"),
    ],
)
def test_a_day_that_is_not_understood_is_refused_in_words(typed, why):
    with pytest.raises(NotUnderstood, match=why):
        read_day(typed, TODAY, Looks.AHEAD)


@pytest.mark.parametrize(
    ("typed", "at", "exact"),
    [
        ("19:30", (19, 30), True),
        ("7:05", (7, 5), True),
        ("19:30:00", (19, 30), True),
        ("19h30", (19, 30), False),
        ("19 h 30", (19, 30), False),
        ("19H30", (19, 30), False),
        ("19g30", (19, 30), False),
        ("19.30", (19, 30), False),
        ("19h", (19, 0), False),
        ("19 giờ", (19, 0), False),
        ("19 giờ 30", (19, 30), False),
        ("19 giờ 30 phút", (19, 30), False),
        ("lúc 19h30'", (19, 30), False),
        ("7h30 tối", (19, 30), False),
        ("7 giờ tối", (19, 0), False),
        ("7 giờ rưỡi tối", (19, 30), False),
        ("7 rưỡi tối", None, None),
        ("7h30 sáng", (7, 30), False),
        ("2 giờ chiều", (14, 0), False),
        ("14h chiều", (14, 0), False),
        ("12h trưa", (12, 0), False),
        ("1h trưa", (13, 0), False),
        ("10h đêm", (22, 0), False),
        ("2h đêm", (2, 0), False),
        ("7:30 PM", (19, 30), False),
        ("7:30 CH", (19, 30), False),
        ("7:30 SA", (7, 30), False),
        ("7 tối", (19, 0), False),
        ("0h", (0, 0), False),
        ("19h sáng", None, None),
        ("12h đêm", None, None),
        ("12 giờ chiều", (12, 0), False),
        ("24h", None, None),
        ("19h60", None, None),
        ("25:00", None, None),
        ("19", None, None),
        ("1930", None, None),
        ("tối", None, None),
        ("5/12", None, None),
        ("", None, None),
    ],
)
def test_a_time_is_read_as_it_was_typed_or_refused(typed, at, exact):
    if at is None:
        with pytest.raises(NotUnderstood, match=r"19:30\.$"):
            read_time(typed)
    else:
        found = read_time(typed)
        assert (found.value, found.exact) == (time(*at), exact)


@pytest.mark.parametrize(
    ("typed", "moment", "exact"),
    [
        ("05/12/2026 19:30", (2026, 12, 5, 19, 30), True),
        ("2026-12-05 19:30", (2026, 12, 5, 19, 30), True),
        ("2026-12-05T19:30:00", (2026, 12, 5, 19, 30), True),
        ("19h30 ngày 5/12", (2026, 12, 5, 19, 30), False),
        ("5/12 19h30", (2026, 12, 5, 19, 30), False),
        ("5/12/2026 lúc 7 giờ 30 tối", (2026, 12, 5, 19, 30), False),
        ("7h30 tối, ngày 5 tháng 12 năm 2026", (2026, 12, 5, 19, 30), False),
        ("19 giờ, thứ bảy, 5/12/2026", (2026, 12, 5, 19, 0), False),
        ("8h sáng mùng 1 tháng 12", (2026, 12, 1, 8, 0), False),
        ("5/12/2026", (2026, 12, 5, 0, 0), False),
        ("19h30", None, None),
        ("ngày 19 giờ", None, None),
        ("5/13/2026 19:30", None, None),
        ("sớm nhất", None, None),
    ],
)
def test_a_moment_is_a_day_with_a_time(typed, moment, exact):
    if moment is None:
        with pytest.raises(NotUnderstood):
            read_moment(typed, NOW)
    else:
        found = read_moment(typed, NOW)
        assert (found.value, found.exact) == (datetime(*moment), exact)


@given(st.dates(EARLIEST, LATEST))
def test_what_is_shown_in_full_reads_as_the_same_day(day):
    for typed in (f"{day:%d/%m}/{day.year}", day.isoformat(), day_in_full(day)):
        assert read_day(typed, TODAY).value == day


@given(st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31)))
def test_what_is_shown_in_full_reads_as_the_same_moment(at):
    at = at.replace(second=0, microsecond=0)
    assert read_moment(moment_in_full(at), NOW).value == at


@given(st.text(max_size=20))
def test_whatever_is_typed_is_read_or_refused(typed):
    for read in (
        lambda: read_day(typed, TODAY, Looks.AHEAD),
        lambda: read_time(typed),
        lambda: read_moment(typed, NOW),
    ):
        with suppress(NotUnderstood):
            read()


@pytest.mark.parametrize("cell", ["5/12", "ngày 5 tháng 12", "05-12"])
def test_a_file_wants_the_year(cell):
    with pytest.raises(ValueError, match=r"^"):
        read_date(cell)
