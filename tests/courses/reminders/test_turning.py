"""When somebody falls due, told from the spans of her standing alone."""

from datetime import date, timedelta

import pytest

from courses.reminders.turning import Stretch, Turn, turn_of
from courses.standing.spans import State

DUE = date(2026, 12, 15)
START = date(2025, 7, 1)
FIRST_LATE = DUE + timedelta(days=1)


def stretch(start, end, state):
    return Stretch(start, end, state)


LEARNING = stretch(START, DUE, State.NOT_STARTED)
LATE = stretch(FIRST_LATE, None, State.OVERDUE)


@pytest.mark.parametrize("today", [START, DUE, FIRST_LATE, FIRST_LATE + timedelta(days=90)])
def test_the_due_day_is_the_last_before_she_is_late_whichever_day_asks(today):
    assert turn_of([LATE, LEARNING], today) == Turn(DUE, State.OVERDUE, False)


def test_a_completion_that_lapses_is_to_be_renewed():
    spans = [stretch(START, DUE, State.COMPLETED), stretch(FIRST_LATE, None, State.EXPIRED)]
    assert turn_of(spans, START) == Turn(DUE, State.EXPIRED, True)


def test_who_was_late_and_completed_falls_due_at_the_end_of_what_she_completed():
    done, lapsed = date(2027, 1, 10), date(2029, 1, 10)
    spans = [
        LEARNING,
        stretch(FIRST_LATE, done - timedelta(days=1), State.OVERDUE),
        stretch(done, lapsed - timedelta(days=1), State.COMPLETED),
        stretch(lapsed, None, State.EXPIRED),
    ]
    assert turn_of(spans, done) == Turn(lapsed - timedelta(days=1), State.EXPIRED, True)


def test_a_move_to_another_unit_while_late_makes_nobody_late_anew():
    moved = FIRST_LATE + timedelta(days=10)
    spans = [
        LEARNING,
        stretch(FIRST_LATE, moved - timedelta(days=1), State.OVERDUE),
        stretch(moved, None, State.OVERDUE),
    ]
    assert turn_of(spans, moved).day == DUE


def test_two_units_at_once_are_one_due_day():
    assert turn_of([LEARNING, LEARNING, LATE, stretch(FIRST_LATE, date(2027, 1, 1), State.OVERDUE)], DUE).day == DUE


@pytest.mark.parametrize(
    "spans",
    [
        [],
        [stretch(START, None, State.COMPLETED)],
        [stretch(START, DUE, State.EXCUSED), LATE],
        # who leaves before the day is never late
        [stretch(START, date(2026, 11, 1), State.NOT_STARTED)],
    ],
)
def test_who_is_excused_gone_or_done_for_ever_falls_due_never(spans):
    assert turn_of(spans, date(2026, 11, 24)) is None
