"""When re-tests are open and what they say, by examples worked by hand and against a definition told day by day."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.questions.draws import Candidate
from courses.retests.asking import asked
from courses.retests.rules import Knowledge, RetestFact, following, knowledge_on, window_on, windows
from courses.standing.spans import CompletionFact


def days(completed_on):
    return [(window.months, window.first, window.last) for window in windows(completed_on)]


def test_three_windows_of_fourteen_days():
    assert days(date(2026, 3, 2)) == [
        (1, date(2026, 4, 2), date(2026, 4, 15)),
        (3, date(2026, 6, 2), date(2026, 6, 15)),
        (6, date(2026, 9, 2), date(2026, 9, 15)),
    ]


def test_month_ends_are_clamped_each_from_the_day_of_completion():
    assert days(date(2026, 8, 31)) == [
        (1, date(2026, 9, 30), date(2026, 10, 13)),
        (3, date(2026, 11, 30), date(2026, 12, 13)),
        (6, date(2027, 2, 28), date(2027, 3, 13)),
    ]
    assert [first for _months, first, _last in days(date(2027, 8, 30))] == [
        date(2027, 9, 30),
        date(2027, 11, 30),
        date(2028, 2, 29),
    ]


@pytest.mark.parametrize(
    ("day", "months"),
    [(date(2026, 4, 1), None), (date(2026, 4, 2), 1), (date(2026, 4, 15), 1), (date(2026, 4, 16), None)],
)
def test_it_is_open_from_its_first_to_its_last_day(day, months):
    window = window_on(date(2026, 3, 2), day)
    assert (window and window.months) == months


def test_the_next_one_is_known_and_after_six_months_there_is_none():
    assert following(date(2026, 3, 2), date(2026, 4, 16)).first == date(2026, 6, 2)
    assert following(date(2026, 3, 2), date(2026, 9, 2)) is None


def test_at_the_end_of_time_nothing_breaks():
    assert days(date(9999, 12, 31))[-1][1:] == (date.max, date.max)


# --- what the answers say
def done(on, *retests):
    return CompletionFact("khoa", on, retests=tuple(RetestFact(*one) for one in retests))


def test_without_an_answer_it_is_not_known():
    assert knowledge_on(date(2027, 1, 1), [done(date(2026, 3, 2))]) == Knowledge.NOT_KNOWN
    assert knowledge_on(date(2026, 4, 4), [done(date(2026, 3, 2), (date(2026, 4, 5), 5))]) == Knowledge.NOT_KNOWN


@pytest.mark.parametrize(
    ("right", "says"), [(5, "still_knows"), (4, "still_knows"), (3, "to_review"), (0, "to_review")]
)
def test_four_of_five_is_still_known(right, says):
    assert knowledge_on(date(2026, 4, 5), [done(date(2026, 3, 2), (date(2026, 4, 5), right))]) == says


def test_the_latest_answered_by_the_day_counts_whatever_the_order():
    fact = done(date(2026, 3, 2), (date(2026, 6, 5), 2), (date(2026, 4, 5), 5))
    assert knowledge_on(date(2026, 6, 4), [fact]) == Knowledge.STILL_KNOWS
    assert knowledge_on(date(2026, 6, 5), [fact]) == Knowledge.TO_REVIEW


def test_a_renewal_starts_anew():
    earlier = done(date(2026, 3, 2), (date(2026, 4, 5), 5))
    assert knowledge_on(date(2026, 8, 1), [earlier, done(date(2026, 8, 1))]) == Knowledge.NOT_KNOWN


@dataclass
class Life:
    """One person, told day by day."""

    says: str = "not_known"
    completed: bool = False

    def live(self, day, completions, answers):
        if day in completions:
            self.completed, self.says = True, "not_known"
        if day in answers and self.completed:
            self.says = "still_knows" if answers[day] >= 4 else "to_review"


FIRST = date(2026, 1, 1)
offsets = st.integers(0, 400)


@given(st.lists(offsets, min_size=1, max_size=4, unique=True), st.dictionaries(offsets, st.integers(0, 5), max_size=6))
def test_it_agrees_with_a_life_told_day_by_day(completed, answers):
    """An answer belongs to the completion that is the latest on its day."""
    completed = sorted(completed)
    facts = [
        done(
            FIRST + timedelta(days=on),
            *((FIRST + timedelta(days=at), right) for at, right in answers.items() if on <= at < until),
        )
        for on, until in zip(completed, [*completed[1:], 10_000], strict=True)
    ]
    life = Life()
    for offset in range(402):
        life.live(offset, completed, answers)
        if life.completed:
            day = FIRST + timedelta(days=offset)
            assert knowledge_on(day, [fact for fact in facts if fact.on <= day]) == life.says


# --- what is asked
def bank(objectives, each):
    return [Candidate((o, n), f"1.1/{o}", 2) for o in range(1, objectives + 1) for n in range(each)]


def test_five_questions_of_five_objectives_in_order():
    chosen = asked(bank(8, 3), {}, 5, Random(1))
    assert len({one.objective for one in chosen}) == 5
    assert [one.objective for one in chosen] == sorted(one.objective for one in chosen)


def test_what_was_not_met_comes_before_the_mix_of_objectives():
    met = {(o, n): 1 for o in range(2, 9) for n in range(3)}
    chosen = asked(bank(8, 3), met, 5, Random(1))
    assert sum(one.objective == "1.1/1" for one in chosen) == 3


def test_when_all_were_met_the_least_met_come_first():
    met = {(o, n): 2 for o in range(1, 9) for n in range(3)} | {(1, 0): 1, (2, 0): 1}
    assert {(1, 0), (2, 0)} <= {one.key for one in asked(bank(8, 3), met, 5, Random(1))}


def test_a_small_bank_gives_all_it_has():
    assert len(asked(bank(1, 3), {}, 5, Random(1))) == 3
