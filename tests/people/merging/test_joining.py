"""Which postings somebody holds when two records become one; pure."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from people.merging.joining import Held, joined

A, B = frozenset({1}), frozenset({2})


def held(part, start, end=None, duties=A, unit=1, position="Công chức"):
    return Held((part,), unit, position, date(2025, start, 1), date(2025, end, 1) if end else None, duties)


def told(stays, gone):
    return [(sorted(one.parts), one.start.month, one.end and one.end.month, one.duties) for one in joined(stays, gone)]


def test_a_posting_that_the_other_does_not_know_is_moved_as_it_is():
    assert told([held(1, 1)], [held(2, 3, position="Chuyên viên")]) == [([2], 3, None, A)]
    assert told([held(1, 1)], [held(2, 3, unit=2)]) == [([2], 3, None, A)]
    assert told([held(1, 1, 2)], [held(2, 3)]) == [([2], 3, None, A)]


def test_of_one_unit_and_position_days_that_overlap_are_one_posting():
    assert told([held(1, 3)], [held(2, 1, 5)]) == [([1, 2], 1, None, A)]
    assert told([held(1, 1, 3), held(3, 5, 8)], [held(2, 2, 6)]) == [([1, 2, 3], 1, 8, A)]
    assert told([held(1, 1)], [held(2, 1, position="CÔNG CHỨC")]) == [([1, 2], 1, None, A)]


def test_other_duties_stay_a_posting_of_their_own_unless_both_begin_on_one_day():
    assert told([held(1, 1)], [held(2, 3, duties=B)]) == [([2], 3, None, B)]
    assert told([held(1, 1)], [held(2, 1, duties=B)]) == [([1, 2], 1, None, A | B)]


def test_of_two_from_one_day_what_is_left_of_the_longer_one_keeps_its_own_duties():
    # day 1 of a month is the last one here
    assert told([held(1, 1, 4)], [held(2, 1, duties=B)]) == [([1, 2], 1, 4, A | B), ([], 4, None, B)]
    assert told([held(1, 1)], [held(2, 1, 4, duties=B)]) == [([1, 2], 1, 4, A | B), ([], 4, None, A)]
    left = list(joined([held(1, 1, 4)], [held(2, 1, duties=B)]))[1]
    assert left.start == date(2025, 4, 2)
    # it joins what is held from then on
    assert told([held(1, 1, 4), held(3, 4, duties=B)], [held(2, 1, duties=B)]) == [([1, 2], 1, 4, A | B)]


days = st.dates(date(2025, 1, 1), date(2025, 3, 1))
postings = st.lists(
    st.tuples(days, st.none() | st.integers(0, 40), st.sampled_from([A, B]), st.integers(1, 2)),
    max_size=4,
    unique_by=lambda row: (row[0], row[3]),
)


def made(rows, first):
    return [
        Held((first + number,), unit, "", start, None if days is None else start + timedelta(days=days), duties)
        for number, (start, days, duties, unit) in enumerate(rows)
    ]


def covered(rows, day):
    return {
        (one.unit, duty)
        for one in rows
        for duty in one.duties
        if one.start <= day and (one.end is None or day <= one.end)
    }


@given(postings, postings)
def test_no_day_with_a_duty_is_lost_or_added_and_none_begins_twice(ours, theirs):
    stays, gone = made(ours, 1), made(theirs, 100)
    wholes = list(joined(stays, gone))
    used = [part for one in wholes for part in one.parts]
    assert len(used) == len(set(used))
    assert {part for part in used if part >= 100} == {one.parts[0] for one in gone}
    after = [one for one in stays if one.parts[0] not in used] + wholes
    assert all(one.start <= (one.end or date.max) for one in after)
    starts = [(one.unit, one.start) for one in after]
    assert len(starts) == len(set(starts))
    for offset in range(0, 110, 3):
        day = date(2025, 1, 1) + timedelta(days=offset)
        assert covered(after, day) == covered(stays + gone, day)
