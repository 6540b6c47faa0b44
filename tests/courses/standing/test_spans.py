"""The as-of semantics, sentence by sentence, on the pure function, and against a definition that asks day by day."""

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.requirements.validity import NewLaw
from courses.retests.rules import RetestFact
from courses.standing import spans as rules_of_spans
from courses.standing.spans import (
    CompletionFact,
    ExcuseFact,
    Facts,
    PostingFact,
    Rule,
    Span,
    add_days,
    due_day,
    spans,
    valid_until,
)
from people.times import add_months

HERE, THERE = 1, 2
DUTY, OTHER_DUTY = 10, 20
COURSE = "nhan-dien-nan-nhan"
DAY = timedelta(days=1)
RULE = Rule(duty=DUTY, course=COURSE, deadline=date(2026, 12, 15), validity_months=24)


def posting(start, end=None, unit=HERE, duty=DUTY):
    return PostingFact(unit, duty, start, end)


def states_on(day, rules, facts):
    """{unit: state} of the spans that hold the day."""
    return {s.unit: str(s.state) for s in spans(rules, facts) if s.start <= day and (s.end is None or day <= s.end)}


def state_on(day, *, rule=RULE, postings=None, **facts):
    postings = postings or (posting(date(2025, 7, 1)),)
    return states_on(day, [rule], Facts(postings, **facts)).get(HERE)


def test_a_posting_counts_on_its_first_and_on_its_last_day_and_not_beside_them():
    postings = (posting(date(2026, 3, 1), date(2026, 3, 31)),)
    assert state_on(date(2026, 2, 28), postings=postings) is None
    assert state_on(date(2026, 3, 1), postings=postings) == "not_started"
    assert state_on(date(2026, 3, 31), postings=postings) == "not_started"
    assert state_on(date(2026, 4, 1), postings=postings) is None


def test_a_posting_without_the_duty_does_not_count():
    assert state_on(date(2026, 3, 1), postings=(posting(date(2026, 1, 1), duty=OTHER_DUTY),)) is None


def test_an_excuse_covers_its_first_and_its_last_day():
    excuses = (ExcuseFact(date(2026, 3, 1), date(2026, 3, 31)),)
    days = [date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 1)]
    assert [state_on(day, excuses=excuses) for day in days] == ["not_started", "excused", "excused", "not_started"]


def test_an_excused_person_is_excused_even_with_a_completion():
    completions = (CompletionFact(COURSE, date(2026, 1, 10)),)
    assert state_on(date(2026, 3, 1), completions=completions, excuses=(ExcuseFact(date(2026, 2, 1)),)) == "excused"


def test_a_completion_is_valid_from_its_day_until_the_day_before_the_same_day_months_later():
    completions = (CompletionFact(COURSE, date(2026, 3, 10)),)
    assert state_on(date(2026, 3, 9), completions=completions) == "not_started"
    assert state_on(date(2026, 3, 10), completions=completions) == "completed"
    assert state_on(date(2028, 3, 9), completions=completions) == "completed"
    assert state_on(date(2028, 3, 10), completions=completions) == "expired"


@pytest.mark.parametrize(
    ("completed_on", "months", "lapses"),
    [
        (date(2024, 2, 29), 24, date(2026, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2025, 12, 31), 1, date(2026, 1, 31)),
        (date(2025, 1, 30), 1, date(2025, 2, 28)),
    ],
)
def test_month_ends_are_clamped(completed_on, months, lapses):
    assert add_months(completed_on, months) == lapses
    rule = Rule(DUTY, COURSE, date(2030, 1, 1), months)
    postings = (posting(date(2020, 1, 1)),)
    assert (
        state_on(lapses - DAY, rule=rule, postings=postings, completions=(CompletionFact(COURSE, completed_on),))
        == "completed"
    )
    assert (
        state_on(lapses, rule=rule, postings=postings, completions=(CompletionFact(COURSE, completed_on),)) == "expired"
    )


def test_without_a_validity_a_completion_never_lapses():
    rule = Rule(DUTY, COURSE, date(2026, 12, 15))
    assert state_on(date(2099, 1, 1), rule=rule, completions=(CompletionFact(COURSE, date(2026, 1, 1)),)) == "completed"
    assert valid_until(CompletionFact(COURSE, date(2026, 1, 1)), rule) is None


def test_a_completion_made_before_the_posting_counts():
    completions = (CompletionFact(COURSE, date(2025, 1, 5)),)
    assert state_on(date(2026, 1, 1), postings=(posting(date(2026, 1, 1)),), completions=completions) == "completed"


def test_a_completion_of_another_course_does_not_count():
    assert (
        state_on(date(2026, 3, 1), completions=(CompletionFact("ho-tro-tam-ly-ban-dau", date(2026, 1, 1)),))
        == "not_started"
    )


def test_a_later_completion_renews_a_lapsed_one():
    completions = (CompletionFact(COURSE, date(2024, 1, 1)), CompletionFact(COURSE, date(2026, 6, 1)))
    postings = (posting(date(2024, 1, 1)),)
    assert state_on(date(2026, 5, 31), postings=postings, completions=completions) == "expired"
    assert state_on(date(2026, 6, 1), postings=postings, completions=completions) == "completed"


def test_the_deadline_itself_is_not_yet_late():
    assert state_on(date(2026, 12, 15)) == "not_started"
    assert state_on(date(2026, 12, 16)) == "overdue"


def test_expired_goes_before_overdue_and_overdue_before_in_progress():
    seen = {COURSE: date(2026, 1, 1)}
    late = date(2026, 12, 16)
    assert state_on(late, first_seen=seen) == "overdue"
    assert state_on(late, first_seen=seen, completions=(CompletionFact(COURSE, date(2024, 1, 1)),)) == "expired"
    assert state_on(late, first_seen=seen, completions=(CompletionFact(COURSE, date(2026, 1, 1)),)) == "completed"


def test_in_progress_from_the_day_of_the_first_lesson():
    seen = {COURSE: date(2026, 3, 10)}
    assert state_on(date(2026, 3, 9), first_seen=seen) == "not_started"
    assert state_on(date(2026, 3, 10), first_seen=seen) == "in_progress"
    assert state_on(date(2026, 3, 10), first_seen={"ho-tro-tam-ly-ban-dau": date(2026, 1, 1)}) == "not_started"


def test_a_voided_completion_counts_until_the_day_before_the_void_and_then_not_even_as_lapsed():
    completions = (CompletionFact(COURSE, date(2026, 3, 1), void_from=date(2026, 4, 1)),)
    assert state_on(date(2026, 3, 31), completions=completions) == "completed"
    assert state_on(date(2026, 4, 1), completions=completions) == "not_started"
    assert state_on(date(2029, 1, 1), completions=completions) == "overdue"


def test_grace_runs_from_the_start_of_the_posting_and_never_before_the_deadline():
    rule = Rule(DUTY, COURSE, date(2026, 12, 15), grace_days=60)
    newcomer = (posting(date(2026, 12, 1)),)
    assert state_on(date(2027, 1, 30), rule=rule, postings=newcomer) == "not_started"
    assert state_on(date(2027, 1, 31), rule=rule, postings=newcomer) == "overdue"
    old_hand = (posting(date(2025, 1, 1)),)
    assert state_on(date(2026, 12, 15), rule=rule, postings=old_hand) == "not_started"
    assert state_on(date(2026, 12, 16), rule=rule, postings=old_hand) == "overdue"


def test_a_second_posting_gives_no_new_grace_to_who_holds_the_duty_already():
    rule = Rule(DUTY, COURSE, date(2026, 12, 15), grace_days=60)
    postings = (posting(date(2025, 1, 1)), posting(date(2026, 12, 10), unit=THERE))
    assert states_on(date(2026, 12, 20), [rule], Facts(postings)) == {HERE: "overdue", THERE: "overdue"}


def test_a_rule_holds_from_its_day_until_the_next():
    first = Rule(DUTY, COURSE, date(2026, 6, 30))
    second = Rule(DUTY, "khoa-moi", date(2027, 6, 30), effective_from=date(2026, 9, 1))
    facts = Facts((posting(date(2026, 1, 1)),), completions=(CompletionFact(COURSE, date(2026, 2, 1)),))
    assert states_on(date(2026, 8, 31), [second, first], facts) == {HERE: "completed"}
    assert states_on(date(2026, 9, 1), [second, first], facts) == {HERE: "not_started"}


def test_nobody_is_required_before_the_first_rule():
    rule = Rule(DUTY, COURSE, date(2026, 12, 15), effective_from=date(2026, 9, 1))
    facts = Facts((posting(date(2026, 1, 1)),))
    assert states_on(date(2026, 8, 31), [rule], facts) == {}
    assert states_on(date(2026, 9, 1), [rule], facts) == {HERE: "not_started"}


def test_a_rule_for_another_duty_moves_the_requirement_to_its_holders():
    rules = [
        Rule(DUTY, COURSE, date(2026, 12, 15)),
        Rule(OTHER_DUTY, COURSE, date(2026, 12, 15), effective_from=date(2026, 9, 1)),
    ]
    facts = Facts((posting(date(2026, 1, 1)), posting(date(2026, 1, 1), unit=THERE, duty=OTHER_DUTY)))
    assert states_on(date(2026, 8, 31), rules, facts) == {HERE: "not_started"}
    assert states_on(date(2026, 9, 1), rules, facts) == {THERE: "not_started"}


def test_several_postings_in_one_unit_are_one_span():
    postings = (posting(date(2026, 1, 1), date(2026, 3, 31)), posting(date(2026, 3, 1), date(2026, 5, 31)))
    merged = [Span(HERE, date(2026, 1, 1), date(2026, 5, 31), "not_started")]
    assert spans([RULE], Facts(postings)) == merged
    touching = (posting(date(2026, 1, 1), date(2026, 2, 28)), posting(date(2026, 3, 1), date(2026, 5, 31)))
    assert spans([RULE], Facts(touching)) == merged


def test_postings_in_two_units_at_once_are_marked_as_shared():
    postings = (posting(date(2026, 1, 1), date(2026, 3, 31)), posting(date(2026, 3, 31), date(2026, 5, 31), unit=THERE))
    assert [(s.unit, s.shared) for s in spans([RULE], Facts(postings))] == [(HERE, True), (THERE, True)]
    moved = (posting(date(2026, 1, 1), date(2026, 3, 31)), posting(date(2026, 4, 1), date(2026, 5, 31), unit=THERE))
    assert [(s.unit, s.shared) for s in spans([RULE], Facts(moved))] == [(HERE, False), (THERE, False)]


def test_who_comes_back_to_a_unit_did_not_stand_there_meanwhile():
    first, again = posting(date(2026, 1, 1), date(2026, 1, 31)), posting(date(2026, 3, 1))
    assert [(s.start, s.end) for s in spans([RULE], Facts((first, again))) if s.start < date(2026, 12, 1)] == [
        (date(2026, 1, 1), date(2026, 1, 31)),
        (date(2026, 3, 1), date(2026, 12, 15)),
    ]


def test_an_end_written_as_the_last_day_there_is_does_not_overflow():
    assert state_on(date(2026, 3, 1), postings=(posting(date(2026, 1, 1), date.max),)) == "not_started"
    assert state_on(date(2026, 3, 1), excuses=(ExcuseFact(date(2026, 1, 1), date.max),)) == "excused"


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2024, 2, 28), "not_started"),
        (date(2024, 2, 29), "completed"),
        (date(2026, 2, 27), "completed"),
        (date(2026, 2, 28), "expired"),
    ],
)
def test_a_completion_counts_on_its_first_and_on_its_last_day_and_not_beside_them(day, state):
    facts = Facts((posting(date(2020, 1, 1)),), completions=(CompletionFact(COURSE, date(2024, 2, 29)),))
    assert valid_until(facts.completions[0], RULE) == date(2026, 2, 27)
    assert rules_of_spans.state_on(day, RULE, facts, date(2020, 1, 1)) == state


def test_what_turns_on_the_last_day_of_a_completion_does_not_end_it_early():
    """Another fact begins a new span on that very day."""
    postings = (posting(date(2020, 1, 1)), posting(date(2026, 2, 27), unit=THERE))
    facts = Facts(postings, completions=(CompletionFact(COURSE, date(2024, 2, 29)),))
    assert states_on(date(2026, 2, 27), [RULE], facts) == {HERE: "completed", THERE: "completed"}
    assert states_on(date(2026, 2, 28), [RULE], facts) == {HERE: "expired", THERE: "expired"}


@pytest.mark.parametrize(("day", "state"), [(date(2026, 3, 9), "completed"), (date(2026, 3, 10), "not_started")])
def test_a_void_takes_a_completion_away_from_its_day_on(day, state):
    facts = Facts(
        (posting(date(2020, 1, 1)),), completions=(CompletionFact(COURSE, date(2026, 3, 1), date(2026, 3, 10)),)
    )
    assert rules_of_spans.state_on(day, RULE, facts, date(2020, 1, 1)) == state


@pytest.mark.parametrize(("day", "state"), [(date(2026, 12, 15), "in_progress"), (date(2026, 12, 16), "overdue")])
def test_on_the_day_of_the_deadline_nobody_is_overdue_yet(day, state):
    """Whatever else turns on that day."""
    postings = (posting(date(2020, 1, 1)), posting(date(2026, 12, 15), unit=THERE))
    facts = Facts(postings, first_seen={COURSE: date(2026, 12, 15)})
    assert rules_of_spans.state_on(day, RULE, facts, date(2020, 1, 1)) == state
    assert set(states_on(day, [RULE], facts).values()) == {state}


def test_days_and_months_end_with_the_last_day_that_there_is():
    assert add_months(date(9997, 1, 31), 24) == date(9999, 1, 31)
    assert add_months(date(9998, 1, 31), 24) == date.max
    assert add_days(date(9999, 12, 30), 1) == add_days(date(9999, 12, 30), 9) == date.max
    assert add_days(date(2026, 3, 1), -1) == date(2026, 2, 28)


def test_days_of_grace_count_from_the_posting_and_never_shorten_the_deadline():
    rule = Rule(DUTY, COURSE, date(2026, 12, 15), grace_days=30)
    assert due_day(rule, date(2026, 11, 15)) == date(2026, 12, 15)
    assert due_day(rule, date(2026, 11, 16)) == date(2026, 12, 16)
    assert due_day(RULE, date(2027, 1, 1)) == date(2026, 12, 15)


JANUARY = Rule(DUTY, COURSE, date(2030, 12, 15), each_january=True)


@pytest.mark.parametrize("made", [date(2026, 1, 1), date(2026, 1, 31), date(2026, 2, 28), date(2026, 12, 31)])
def test_renewed_each_january_a_completion_is_valid_to_31_january_of_the_next_year(made):
    facts = {"completions": (CompletionFact(COURSE, made),), "postings": (posting(date(2020, 1, 1)),)}
    assert valid_until(facts["completions"][0], JANUARY) == date(2027, 1, 31)
    assert state_on(date(2027, 1, 31), rule=JANUARY, **facts) == "completed"
    assert state_on(date(2027, 2, 1), rule=JANUARY, **facts) == "expired"


OTHER = "ho-tro-tam-ly-ban-dau"
PROGRAMME = Rule(DUTY, COURSE, date(2026, 12, 15), validity_months=24, more_courses=(OTHER,))


def test_a_programme_is_completed_when_each_course_is_valid_and_expired_when_each_was_made_and_one_lapsed():
    made = (CompletionFact(COURSE, date(2024, 6, 1)), CompletionFact(OTHER, date(2025, 6, 1)))
    facts = {"rule": PROGRAMME, "postings": (posting(date(2020, 1, 1)),), "completions": made}
    days = [date(2024, 5, 31), date(2024, 6, 1), date(2025, 6, 1), date(2026, 5, 31), date(2026, 6, 1)]
    states = ["not_started", "in_progress", "completed", "completed", "expired"]
    assert [state_on(day, **facts) for day in days] == states


def test_a_programme_of_which_one_course_is_missing_is_overdue_after_its_day():
    facts = {"rule": PROGRAMME, "completions": (CompletionFact(OTHER, date(2026, 6, 1)),)}
    assert state_on(date(2026, 12, 15), **facts) == "in_progress"
    assert state_on(date(2026, 12, 16), **facts) == "overdue"


def test_a_lesson_of_any_course_of_a_programme_is_work_begun():
    assert state_on(date(2026, 3, 1), rule=PROGRAMME, first_seen={OTHER: date(2026, 3, 1)}) == "in_progress"


def test_a_programme_rests_on_unapproved_content_if_one_of_its_courses_does():
    made = (CompletionFact(COURSE, date(2026, 1, 1)), CompletionFact(OTHER, date(2026, 1, 1), unapproved=True))
    (span,) = [s for s in spans([PROGRAMME], Facts((posting(date(2026, 1, 1)),), (), made)) if s.state == "completed"]
    assert span.unapproved


@pytest.mark.parametrize(
    ("right", "told"), [((5, 5), "still_knows"), ((5, 1), "to_review"), ((5, None), ""), ((None, 1), "to_review")]
)
def test_of_a_programme_one_still_knows_each_course_or_has_to_review_one(right, told):
    made = tuple(
        CompletionFact(key, date(2026, 1, 1), retests=() if n is None else (RetestFact(date(2026, 2, 1), n),))
        for key, n in zip((COURSE, OTHER), right, strict=True)
    )
    facts = Facts((posting(date(2026, 1, 1)),), (), made)
    assert rules_of_spans.told_by_retests(date(2026, 2, 1), PROGRAMME, facts) == told


LAW = NewLaw(begins=date(2025, 7, 1), since=date(2026, 1, 1))


def lawful(law):
    """The rule before, and from 1/1/2026 its version that the law changed."""
    return [RULE, replace(RULE, effective_from=date(2026, 1, 1), law=law)]


def states_under(law, day, *made):
    return states_on(day, lawful(law), Facts((posting(date(2020, 1, 1)),), (), made)).get(HERE)


def test_from_the_day_of_the_new_rule_a_completion_of_the_law_before_is_expired_and_one_of_the_new_law_is_not():
    old, new = CompletionFact(COURSE, date(2025, 6, 30)), CompletionFact(COURSE, date(2025, 7, 1))
    assert states_under(LAW, date(2025, 12, 31), old) == "completed"
    assert states_under(LAW, date(2026, 1, 1), old) == "expired"
    assert states_under(LAW, date(2026, 1, 1), new) == "completed"


def test_a_completion_of_the_law_before_holds_until_the_day_that_is_set_and_no_longer_than_its_months():
    law = replace(LAW, old_until=date(2026, 6, 30))
    old, older = CompletionFact(COURSE, date(2025, 6, 30)), CompletionFact(COURSE, date(2024, 3, 1))
    assert states_under(law, date(2026, 6, 30), old) == "completed"
    assert states_under(law, date(2026, 7, 1), old) == "expired"
    assert states_under(law, date(2026, 2, 28), older) == "completed"
    assert states_under(law, date(2026, 3, 1), older) == "expired"


def test_with_the_refresher_it_holds_as_if_the_law_had_not_changed_until_the_refresher_is_void():
    law = replace(LAW, refresher=OTHER)
    old = CompletionFact(COURSE, date(2025, 6, 30))
    refresher = CompletionFact(OTHER, date(2026, 3, 1), void_from=date(2026, 5, 1))
    days = [date(2026, 2, 28), date(2026, 3, 1), date(2026, 4, 30), date(2026, 5, 1)]
    assert [states_under(law, day, old, refresher) for day in days] == ["expired", "completed", "completed", "expired"]
    kept = CompletionFact(OTHER, date(2026, 3, 1))
    assert states_under(law, date(2027, 6, 29), old, kept) == "completed"
    assert states_under(law, date(2027, 6, 30), old, kept) == "expired"


def test_the_refresher_alone_is_no_completion():
    assert states_under(replace(LAW, refresher=OTHER), date(2026, 3, 1), CompletionFact(OTHER, date(2026, 3, 1))) == (
        "not_started"
    )


def test_an_extension_moves_the_due_day_of_that_person_and_never_makes_it_earlier():
    extended, useless = (date(2027, 3, 15), date(2027, 1, 31)), (date(2026, 6, 1),)
    assert state_on(date(2027, 3, 15), extensions=extended) == "not_started"
    assert state_on(date(2027, 3, 16), extensions=extended) == "overdue"
    assert state_on(date(2026, 12, 15), extensions=useless) == "not_started"
    assert state_on(date(2026, 12, 16), extensions=useless) == "overdue"


def test_an_extension_does_not_make_a_lapsed_completion_valid():
    completions = (CompletionFact(COURSE, date(2024, 1, 1)),)
    postings = (posting(date(2024, 1, 1)),)
    facts = {"completions": completions, "extensions": (date(2027, 3, 15),)}
    assert state_on(date(2026, 1, 1), postings=postings, **facts) == "expired"


# --- against the definition


def _later(day, months):
    """The definition of months later: the same number, or the last day of a shorter month."""
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def defined_on(day, rules, facts):
    """{unit: state}, as the design words it, for one day."""
    begun = sorted(
        (r for r in rules if (r.effective_from or date.min) <= day), key=lambda r: r.effective_from or date.min
    )
    if not begun:
        return {}
    rule = begun[-1]
    postings = [p for p in facts.postings if p.duty == rule.duty and p.start <= day <= (p.end or date.max)]
    if not postings:
        return {}
    counted = [c for c in facts.completions if c.course in rule.courses and c.on <= day < (c.void_from or date.max)]
    valid = [c for c in counted if not rule.validity_months or day < _later(c.on, rule.validity_months)]
    valid = [c for c in valid if not rule.each_january or day <= date(c.on.year + 1, 1, 31)]
    if rule.law and not any(
        c.course == rule.law.refresher and c.on <= day < (c.void_from or date.max) for c in facts.completions
    ):
        holds = rule.law.old_until and day <= rule.law.old_until
        valid = [c for c in valid if holds or c.on >= rule.law.begins]
    asked = set(rule.courses)
    due = max(rule.deadline, min(p.start for p in postings) + rule.grace_days * DAY if rule.grace_days else date.min)
    due = max([due, *facts.extensions])
    if any(e.start <= day <= (e.end or date.max) for e in facts.excuses):
        state = "excused"
    elif {c.course for c in valid} == asked:
        state = "completed"
    elif {c.course for c in counted} == asked:
        state = "expired"
    elif day > due:
        state = "overdue"
    elif counted or any(facts.first_seen.get(key, date.max) <= day for key in asked):
        state = "in_progress"
    else:
        state = "not_started"
    return {p.unit: state for p in postings}


FIRST, LAST = date(2024, 1, 25), date(2024, 6, 5)
days = st.dates(FIRST, LAST)
lengths = st.none() | st.integers(0, 50)
courses = st.sampled_from(["a", "b"])


@st.composite
def periods(draw):
    start, length = draw(days), draw(lengths)
    return start, None if length is None else start + length * DAY


some_facts = st.builds(
    Facts,
    postings=st.lists(
        st.tuples(st.integers(1, 3), st.sampled_from([DUTY, OTHER_DUTY]), periods()).map(
            lambda t: PostingFact(t[0], t[1], *t[2])
        ),
        max_size=4,
    ).map(tuple),
    excuses=st.lists(periods().map(lambda p: ExcuseFact(*p)), max_size=2).map(tuple),
    completions=st.lists(st.builds(CompletionFact, courses, days, st.none() | days), max_size=3).map(tuple),
    first_seen=st.dictionaries(courses, days),
    extensions=st.lists(days, max_size=2).map(tuple),
)
some_rules = st.lists(
    st.builds(
        Rule,
        duty=st.sampled_from([DUTY, DUTY, OTHER_DUTY]),
        course=courses,
        deadline=days,
        validity_months=st.none() | st.integers(1, 3),
        grace_days=st.sampled_from([0, 0, 10]),
        effective_from=st.none() | days,
    ).flatmap(
        lambda rule: st.sampled_from(
            [
                rule,
                rule,
                replace(rule, validity_months=None, each_january=True),
                replace(rule, course="a", more_courses=("b",)),
                replace(rule, law=NewLaw(date(2024, 3, 10), FIRST, date(2024, 4, 10), "b"))
                if rule.effective_from
                else rule,
                replace(rule, law=NewLaw(date(2024, 3, 10), FIRST)) if rule.effective_from else rule,
            ]
        )
    ),
    max_size=3,
    unique_by=lambda r: r.effective_from,
)


@given(some_rules, some_facts)
def test_spans_say_on_every_day_what_the_definition_says(rules, facts):
    spans_found = spans(rules, facts)
    day = FIRST - DAY
    while day <= LAST + 130 * DAY:
        here = [s for s in spans_found if s.start <= day and (s.end is None or day <= s.end)]
        assert len({s.unit for s in here}) == len(here)
        assert {s.unit: str(s.state) for s in here} == defined_on(day, rules, facts)
        assert len(here) < 2 or all(s.shared for s in here)
        day += DAY


@given(some_rules, some_facts)
def test_spans_are_as_long_as_they_can_be(rules, facts):
    spans_found = spans(rules, facts)
    for one in spans_found:
        for other in spans_found:
            follows = one.end is not None and other.start == one.end + DAY
            assert not (follows and other.unit == one.unit and other.state == one.state)
