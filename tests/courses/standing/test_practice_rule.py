"""A rule that names rubrics: completed from the later of the completion and the last first *đạt*, until then not."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone
from factories import make_duty, make_person, make_posting
from formulations import different_days
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.completions.completion import Completion
from courses.practice.observed import planning
from courses.practice.observed.agreeing import receive
from courses.practice.observed.filling import Entry
from courses.practice.observed.rubric import Rubric
from courses.practice.observed.session import Performance, PracticeSession
from courses.practice.observed.versions import record
from courses.progress.lessons import LessonSeen
from courses.standing.coverage import coverage
from courses.standing.daily_counts import recount_all
from courses.standing.rules import change_rule, seed_requirements
from courses.standing.second_formulation import differences
from courses.standing.spans import CompletionFact, Facts, PostingFact, Rule, spans
from courses.standing.standing import Standing, rebuild_all, refresh
from courses.starter.rubrics import load_rubrics
from people.times import add_months, covering

COURSE = "nhan-dien-nan-nhan"
MEETING, HELP = "buoi-gap-dau", "so-cuu-tam-ly"
NOW = timezone.make_aware(datetime(2026, 3, 10, 9))
LONG_AGO = timezone.make_aware(datetime(2024, 1, 1))
DEADLINE = date(2026, 6, 30)
POSTING = PostingFact(unit=1, duty=7, start=date(2026, 1, 1))


# --- the rule itself


def changes(rule, **facts):
    """[(first day, state), …] of somebody posted since 1/1/2026."""
    return [(span.start, str(span.state)) for span in spans([rule], Facts((POSTING,), **facts))]


def rule(*rubrics, months=24, deadline=DEADLINE):
    return Rule(7, COURSE, deadline, months, rubrics=rubrics)


def done(day):
    return (CompletionFact(COURSE, day),)


def test_without_rubrics_practice_changes_nothing():
    assert changes(rule(), completions=done(date(2026, 2, 1)), first_passed={MEETING: date(2026, 5, 1)})[:2] == [
        (date(2026, 1, 1), "not_started"),
        (date(2026, 2, 1), "completed"),
    ]


def test_a_completion_counts_from_the_first_pass_on_and_lapses_by_its_own_day():
    """Completed on 1/2/2026, passed on 1/5/2026: in progress between, and valid until 31/1/2028, not 30/4/2028."""
    assert changes(rule(MEETING), completions=done(date(2026, 2, 1)), first_passed={MEETING: date(2026, 5, 1)}) == [
        (date(2026, 1, 1), "not_started"),
        (date(2026, 2, 1), "in_progress"),
        (date(2026, 5, 1), "completed"),
        (date(2028, 2, 1), "expired"),
    ]


def test_who_passed_before_completing_is_completed_on_the_day_of_the_completion():
    assert changes(rule(MEETING), completions=done(date(2026, 2, 1)), first_passed={MEETING: date(2026, 1, 10)})[
        :2
    ] == [
        (date(2026, 1, 1), "not_started"),
        (date(2026, 2, 1), "completed"),
    ]


def test_of_several_rubrics_the_last_first_pass_decides():
    passed = {MEETING: date(2026, 3, 1), HELP: date(2026, 4, 1)}
    found = changes(rule(MEETING, HELP), completions=done(date(2026, 2, 1)), first_passed=passed)
    assert found[1:3] == [(date(2026, 2, 1), "in_progress"), (date(2026, 4, 1), "completed")]
    assert "completed" not in dict(changes(rule(MEETING, HELP), completions=done(date(2026, 2, 1)))).values()


def test_without_the_practice_the_deadline_passes():
    assert changes(rule(MEETING), completions=done(date(2026, 2, 1)), first_passed={MEETING: date(2026, 8, 1)}) == [
        (date(2026, 1, 1), "not_started"),
        (date(2026, 2, 1), "in_progress"),
        (date(2026, 7, 1), "overdue"),
        (date(2026, 8, 1), "completed"),
        (date(2028, 2, 1), "expired"),
    ]


def test_a_completion_that_lapsed_before_the_practice_was_never_one():
    """Two months valid: over on 1/4. Until the pass in June it is work under way, then lapsed."""
    found = changes(
        rule(MEETING, months=2), completions=done(date(2026, 2, 1)), first_passed={MEETING: date(2026, 6, 1)}
    )
    assert found[1:] == [(date(2026, 2, 1), "in_progress"), (date(2026, 6, 1), "expired")]


# --- in the database


@pytest.fixture
def morning():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def requirement(db, morning, cast):
    load_rubrics()
    requirement = seed_requirements(LONG_AGO)[0]
    change_rule(requirement, LONG_AGO + timedelta(days=1), deadline=DEADLINE, rubric_keys=[MEETING])
    return requirement


def passed(cast, person, on, *, key=MEETING, outcome="passed", settled=None):
    """A settled performance, written as the agreeing writes it, but for its forms."""
    rubric = Rubric.objects.get(key=key)
    session = PracticeSession.objects.create(
        rubric=rubric,
        version=record(rubric),
        unit=cast.units.tay_giang,
        on=on,
        leader=cast.trainer,
        second=cast.manager,
    )
    settled = settled or timezone.make_aware(datetime(on.year, on.month, on.day, 17))
    return Performance.objects.create(
        session=session, person=person, first=cast.trainer, second=cast.manager, outcome=outcome, settled_at=settled
    )


def completed(person, on):
    at = timezone.make_aware(datetime(on.year, on.month, on.day, 10))
    Completion.objects.create(person=person, course_key=COURSE, completed_on=on, source="quiz", recorded_at=at)


def state(requirement, person, day):
    return Standing.objects.get(covering(day), requirement=requirement, person=person).state


def test_both_formulations_and_the_daily_counts_know_it(requirement, cast):
    completed(cast.learner, date(2026, 2, 1))
    completed(cast.other_learner, date(2026, 2, 1))
    passed(cast, cast.learner, date(2026, 2, 20), outcome="again")
    passed(cast, cast.learner, date(2026, 3, 1))
    passed(cast, cast.learner, date(2026, 3, 5))
    rebuild_all(now=NOW)
    recount_all(NOW)
    days = [date(2026, 2, 28), date(2026, 3, 1)]
    assert [state(requirement, cast.learner, day) for day in days] == ["in_progress", "completed"]
    assert state(requirement, cast.other_learner, date(2026, 7, 1)) == "overdue"
    assert list(differences()) == []
    figures = [coverage(requirement, as_of=day).total for day in days]
    assert [(one.completed, one.in_progress) for one in figures] == [(0, 2), (1, 1)]


def test_a_planted_pass_is_found_by_the_check(requirement, cast):
    completed(cast.learner, date(2026, 2, 1))
    rebuild_all(now=NOW)
    recount_all(NOW)
    passed(cast, cast.learner, date(2026, 3, 1))
    assert any(cast.learner.staff_code in sentence for sentence in differences())


def test_as_known_before_it_was_agreed_the_practice_does_not_count(requirement, cast):
    """Played on 20/2, agreed on 5/3: the figure of 1/3 has it today, and had it not as known on 1/3."""
    completed(cast.learner, date(2026, 2, 1))
    passed(cast, cast.learner, date(2026, 2, 20), settled=timezone.make_aware(datetime(2026, 3, 5, 9)))
    rebuild_all(now=NOW)
    first_of_march = date(2026, 3, 1)
    counted = [
        coverage(requirement, as_of=first_of_march, known_on=known).total.completed
        for known in (None, first_of_march, date(2026, 3, 4), date(2026, 3, 5))
    ]
    assert counted == [1, 0, 0, 1]


def test_a_past_rule_without_rubrics_keeps_its_figures(requirement, cast):
    """The rubric is demanded from 1/3/2026 on."""
    change_rule(requirement, LONG_AGO + timedelta(days=2), rubric_keys=[])
    change_rule(
        requirement,
        LONG_AGO + timedelta(days=2),
        effective_from=date(2026, 3, 1),
        duty=make_duty(),
        course_key=COURSE,
        deadline=DEADLINE,
        validity_months=24,
        rubric_keys=[MEETING],
    )
    completed(cast.learner, date(2026, 2, 1))
    rebuild_all(now=NOW)
    days = [date(2026, 2, 28), date(2026, 3, 1)]
    assert [state(requirement, cast.learner, day) for day in days] == ["completed", "in_progress"]
    assert list(differences()) == []


def test_agreeing_updates_the_standing_at_once(requirement, cast):
    completed(cast.learner, date(2026, 2, 1))
    refresh([cast.learner.pk], NOW)
    second = make_person("Quan Sát")
    make_posting(second, cast.units.tay_giang)
    session = planning.plan(cast.trainer, Rubric.objects.get(key=MEETING), cast.units.tay_giang, NOW.date(), NOW)
    planning.name_second(cast.trainer, session, second.pk)
    performance = planning.add(cast.trainer, session, cast.learner.pk)
    entries = [Entry(behaviour.id, 3, "") for behaviour in session.version.frozen.behaviours]
    receive(performance.pk, 1, entries, uuid4(), NOW)
    assert state(requirement, cast.learner, NOW.date()) == "in_progress"
    receive(performance.pk, 2, entries, uuid4(), NOW)
    assert state(requirement, cast.learner, NOW.date()) == "completed"


def test_a_manager_names_rubrics_in_the_requirement_and_none_is_the_default(requirement, cast, client_of):
    client, address = client_of(cast.manager), f"/cms/yeu-cau/edit/{requirement.pk}/"
    assert "Và đã thực hành có quan sát" in client.get(address).text
    terms = {"name": requirement.name, "duty": make_duty().pk, "course_key": COURSE, "deadline": "2026-06-30"}
    terms |= {"validity_months": 24, "grace_days": 0, "effective_from": ""}
    named = {**terms, "rubric_keys": [HELP, MEETING]}
    seen = client.post(address, named).context["seen"]
    assert client.post(address, {**named, "da-xem": seen}).status_code == 302
    assert set(requirement.rules.current().get().rubric_keys) == {HELP, MEETING}
    client.post(address, {**terms, "da-xem": client.post(address, terms).context["seen"]})
    assert requirement.rules.current().get().rubric_keys == []
    assert client.post(address, {**terms, "rubric_keys": ["khong-co"]}).status_code == 200


def test_pages_say_that_the_practice_is_missing(requirement, cast, client_of):
    completed(cast.learner, date(2026, 2, 1))
    rebuild_all(now=NOW)
    page = client_of(cast.trainer).get(f"/bao-cao/can-bo/{cast.learner.staff_code}/").text
    assert "chưa đạt đủ thực hành có quan sát" in page


FIRST = date(2026, 1, 1)
moments = st.dates(FIRST, date(2026, 5, 1))


@given(
    completions=st.lists(moments, max_size=2, unique=True),
    passes=st.lists(st.tuples(st.sampled_from([MEETING, HELP]), moments, st.booleans()), max_size=4),
    seen=st.none() | moments,
    named=st.sampled_from([[], [MEETING], [HELP, MEETING]]),
    deadline=moments,
    months=st.none() | st.integers(1, 3),
)
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_two_formulations_agree_on_any_facts(requirement, cast, completions, passes, seen, named, deadline, months):
    person = make_person()
    make_posting(person, cast.units.tay_giang, start=FIRST)
    for on in completions:
        Completion.objects.create(person=person, course_key=COURSE, completed_on=on, source="import")
    for key, on, good in passes:
        passed(cast, person, on, key=key, outcome="passed" if good else "again")
    if seen:
        at = timezone.make_aware(datetime(seen.year, seen.month, seen.day, 0, 5))
        LessonSeen.objects.create(person=person, lesson_key="0" * 32, course_key=COURSE, seen_at=at)
    change_rule(requirement, NOW, deadline=deadline, validity_months=months, rubric_keys=named)
    refresh([person.pk])
    # where anything may turn, the days beside, and now and then a day where nothing should
    events = {FIRST, deadline, *completions, *(on for _key, on, _good in passes), *([seen] if seen else [])}
    events |= {add_months(on, months) for on in [*completions, *(on for _key, on, _good in passes)] if months}
    turning = {on + timedelta(days=more) for on in events for more in (-1, 0, 1)}
    quiet = {FIRST + timedelta(days=23 * n) for n in range(10)}
    assert different_days(requirement, person, sorted(turning | quiet)) == []
