"""Rebuilding, and the proof by a second formulation: a planted error is found, and where there is none, none."""

from datetime import date, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone
from factories import OLD_MAP, make_duty, make_person, make_posting, make_relief
from formulations import different_days
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sharing import shared

from courses.completions.completion import Completion, Void
from courses.progress.lessons import LessonSeen
from courses.requirements.relief import ReliefKind
from courses.requirements.requirement import Excuse
from courses.standing.coverage import coverage
from courses.standing.daily_counts import daily_counts
from courses.standing.recount import lapsed_up_to
from courses.standing.rules import change_rule, seed_requirements
from courses.standing.second_formulation import differences
from courses.standing.standing import DailyCount, StaleCount, Standing, rebuild_all, refresh
from people.postings.posting import Posting
from people.times import add_months, covering
from people.units.successions import Reach

COURSE = "nhan-dien-nan-nhan"
LONG_AGO = timezone.make_aware(datetime(2024, 1, 1))
NOW = timezone.make_aware(datetime(2026, 3, 10, 9))


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(NOW, tick=False):
        yield


# what the tests of a morning find was written by then
@shared(on=NOW - timedelta(minutes=1))
def requirement(units):
    return seed_requirements(LONG_AGO)[0]


@shared(on=NOW - timedelta(minutes=1))
def history(requirement, cast):
    """Two years in which everything happens that can: moves, a reform, two units at once, excuses, voids, two rules."""
    units = cast.units
    make_posting(cast.stranger, units.lang, start=date(2024, 6, 1), end=date(2025, 9, 30))
    make_posting(cast.stranger, units.avuong, start=date(2025, 9, 15))
    make_posting(cast.editor, units.bha_le, start=OLD_MAP)
    make_posting(cast.editor, units.da_nang, start=date(2026, 1, 1), end=date(2026, 2, 15))
    for person, on in ((cast.learner, date(2024, 2, 29)), (cast.editor, date(2025, 8, 31)), (cast.stranger, OLD_MAP)):
        Completion.objects.create(person=person, course_key=COURSE, completed_on=on, source="import")
    Void.objects.create(completion=Completion.objects.get(person=cast.editor), on=date(2025, 12, 1), reason="Làm hộ")
    seen = timezone.make_aware(datetime(2026, 1, 3, 0, 10))
    LessonSeen.objects.create(person=cast.other_learner, lesson_key="0" * 32, course_key=COURSE, seen_at=seen)
    Excuse.objects.create(
        person=cast.learner, requirement=requirement, reason="Ốm", start=date(2025, 8, 1), end=date(2025, 8, 31)
    )
    make_relief(cast, cast.learner, requirement, "exclusion", date(2025, 12, 1), date(2026, 1, 31))
    make_relief(cast, cast.other_learner, requirement, "extension", date(2026, 1, 20), date(2026, 4, 15))
    terms = {"duty": make_duty(), "course_key": COURSE, "deadline": date(2026, 1, 31)}
    change_rule(requirement, NOW, effective_from=date(2025, 11, 1), validity_months=6, grace_days=45, **terms)
    rebuild_all()
    daily_counts(NOW)
    return cast


def difference_lines():
    return list(differences())


def test_the_two_formulations_agree_on_a_history_in_which_everything_happens(history, requirement):
    assert {row.state for row in Standing.objects.all()} == {
        "completed",
        "expired",
        "overdue",
        "in_progress",
        "not_started",
        "excused",
    }
    assert DailyCount.objects.filter(requirement=requirement).count() > 1000
    assert difference_lines() == []


def test_a_wrong_state_is_found(history, requirement):
    Standing.objects.filter(person=history.learner, requirement=requirement, state="excused").update(state="completed")
    lines = difference_lines()
    assert lines[0] == (
        "nhan-dien-nan-nhan, 01/08/2025: TG-001 ở đơn vị 20455 đang ghi completed, tính lại là excused."
    )


def test_a_span_one_day_too_long_is_found(history, requirement):
    span = Standing.objects.filter(requirement=requirement, person=history.stranger, unit=history.units.lang).latest(
        "start"
    )
    assert span.end == date(2025, 9, 30)
    Standing.objects.filter(pk=span.pk).update(end=date(2025, 10, 1))
    assert [line.split(":")[0] for line in difference_lines()] == ["nhan-dien-nan-nhan, 01/10/2025"]


def test_a_span_that_is_missing_is_found(history, requirement):
    Standing.objects.filter(requirement=requirement, person=history.other_learner).first().delete()
    assert any("TM-001 ở đơn vị 20695 đang ghi –" in line for line in difference_lines())


def test_a_fact_that_nobody_followed_is_found(history):
    make_posting(history.teacher, history.units.school)
    assert any("VT-teacher" in line for line in difference_lines())


def test_a_wrong_daily_count_is_found_on_its_day(history, requirement):
    wrong = DailyCount.objects.get(requirement=requirement, unit=history.units.da_nang, day=date(2026, 2, 1))
    DailyCount.objects.filter(pk=wrong.pk).update(completed=wrong.completed + 1)
    assert len(difference_lines()) == 1
    assert difference_lines()[0].startswith("nhan-dien-nan-nhan, 01/02/2026: số liệu của đơn vị 48 đang ghi required")


def test_a_daily_count_of_nobody_is_found(history, requirement):
    DailyCount.objects.create(requirement=requirement, unit=history.units.school, day=date(2026, 2, 1), required=1)
    assert [line.split(":")[0] for line in difference_lines()] == ["nhan-dien-nan-nhan, 01/02/2026"]


def test_a_wrong_place_on_the_map_is_found(history):
    Reach.objects.filter(unit=history.units.lang, depth=0, ancestor=history.units.tay_giang).update(
        ancestor=history.units.avuong
    )
    assert any(line.startswith("Đơn vị 20449 (từ 01/01/2024)") for line in difference_lines())


def test_days_that_are_still_to_be_counted_again_are_not_held_against_anybody(history, requirement):
    Completion.objects.create(
        person=history.other_learner, course_key=COURSE, completed_on="2026-02-20", source="import"
    )
    refresh([history.other_learner.pk])
    assert StaleCount.objects.exists()
    assert difference_lines() == []


# --- the command


def run(*arguments):
    out = StringIO()
    call_command("recompute", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_the_check_says_that_both_agree(history):
    assert "Hai cách tính cho cùng kết quả." in run("--check")


def test_the_check_fails_on_a_planted_error_and_changes_nothing(history, requirement):
    Standing.objects.filter(person=history.learner).update(state="expired")
    with pytest.raises(CommandError, match="chỗ khác nhau"):
        run("--check")
    assert not Standing.objects.filter(person=history.learner).exclude(state="expired").exists()


def test_rebuilding_puts_everything_right(history, requirement):
    Standing.objects.filter(person=history.learner).update(state="expired")
    DailyCount.objects.filter(requirement=requirement).update(completed=7)
    DailyCount.objects.filter(requirement=requirement, day="2026-01-05").delete()
    assert "Trạng thái:" in run()
    assert difference_lines() == []
    assert DailyCount.objects.filter(requirement=requirement, day="2026-01-05").exists()


# --- rules renewed each January, and programmes

OTHER = "ho-tro-tam-ly-ban-dau"
LATER = st.dates(date(2025, 10, 1), date(2027, 3, 31))


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    completions=st.lists(
        st.tuples(st.sampled_from([COURSE, OTHER]), LATER, st.none() | LATER), max_size=5, unique=True
    ),
    seen=st.none() | st.tuples(st.sampled_from([COURSE, OTHER]), LATER),
    rule=st.tuples(LATER, st.sampled_from([None, 2, "january"]), st.booleans()),
)
def test_the_two_formulations_agree_on_programmes_and_on_januaries(requirement, units, completions, seen, rule):
    person = make_person()
    make_posting(person, units.tay_giang, start=date(2025, 10, 1))
    once = {(key, on): void for key, on, void in completions}
    for (key, on), void in once.items():
        completion = Completion.objects.create(person=person, course_key=key, completed_on=on, source="import")
        if void:
            Void.objects.create(completion=completion, on=void, reason="Làm hộ")
    if seen:
        at = timezone.make_aware(datetime(seen[1].year, seen[1].month, seen[1].day, 0, 5))
        LessonSeen.objects.create(person=person, lesson_key="0" * 32, course_key=seen[0], seen_at=at)
    deadline, renewed, programme = rule
    january = renewed == "january"
    months = None if january else renewed
    more = [OTHER] if programme else []
    change_rule(
        requirement, NOW, deadline=deadline, validity_months=months, each_january=january, more_course_keys=more
    )
    refresh([person.pk])
    turning = {on + timedelta(days=days) for _key, on in once for days in (-1, 0)}
    turning |= {date(year, month, day) for year in (2026, 2027, 2028) for month, day in ((1, 31), (2, 1))}
    turning |= {add_months(on, 2) + timedelta(days=days) for _key, on in once for days in (-1, 0)}
    turning |= {deadline, deadline + timedelta(days=1)}
    assert different_days(requirement, person, sorted(turning)) == []
    Posting.objects.filter(person=person).supersede(NOW)
    refresh([person.pk])


def test_the_check_follows_a_programme_that_is_due_each_january(history, requirement):
    terms = {"validity_months": None, "each_january": True, "more_course_keys": [OTHER]}
    for person, key, on in ((history.learner, OTHER, date(2025, 3, 1)), (history.stranger, OTHER, date(2026, 2, 1))):
        Completion.objects.create(person=person, course_key=key, completed_on=on, source="import")
    Completion.objects.create(
        person=history.stranger, course_key=COURSE, completed_on=date(2026, 2, 3), source="import"
    )
    change_rule(requirement, NOW, effective_from=date(2025, 12, 1), duty=make_duty(), course_key=COURSE,
                deadline=date(2026, 1, 31), **terms)  # fmt: skip
    rebuild_all()
    assert difference_lines() == []
    assert {row.state for row in Standing.objects.filter(covering(date(2026, 2, 3)), requirement=requirement)} >= {
        "completed",
        "overdue",
    }


# --- a change of the law


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    completions=st.lists(st.tuples(st.sampled_from([COURSE, OTHER]), LATER, st.none() | LATER), max_size=5),
    since=LATER,
    law=st.tuples(LATER, st.none() | LATER, st.sampled_from(["", OTHER])),
)
def test_the_two_formulations_agree_on_a_change_of_the_law(requirement, units, completions, since, law):
    person = make_person()
    make_posting(person, units.tay_giang, start=date(2025, 10, 1))
    for (key, on), void in {(key, on): void for key, on, void in completions}.items():
        completion = Completion.objects.create(person=person, course_key=key, completed_on=on, source="import")
        if void:
            Void.objects.create(completion=completion, on=void, reason="Làm hộ")
    begins, until, refresher = law
    requirement.rules.exclude(effective_from=None).supersede(NOW)
    terms = {"duty": make_duty(), "course_key": COURSE, "deadline": date(2030, 1, 1), "validity_months": 14}
    terms |= {"law": "Luật mới", "law_begins": begins, "old_until": until, "refresher_key": refresher}
    change_rule(requirement, NOW, effective_from=since, **terms)
    refresh([person.pk])
    assert [line for line in difference_lines() if person.staff_code in line] == []
    days = {since, begins, *(on for _key, on, _void in completions), *(void for *_c, void in completions if void)}
    days |= {until} if until else set()
    turning = {day + timedelta(days=more) for day in days for more in (-1, 0, 1)}
    assert different_days(requirement, person, sorted(turning)) == []
    Posting.objects.filter(person=person).supersede(NOW)
    Completion.objects.filter(person=person).supersede(NOW)
    refresh([person.pk])


def test_a_new_law_leaves_figures_as_known_before_it_was_recorded(history, requirement):
    before = coverage(COURSE, as_of=date(2026, 3, 10)).total
    terms = {"duty": make_duty(), "course_key": COURSE, "deadline": date(2026, 1, 31), "validity_months": 24}
    law = {"law": "Luật mới", "law_begins": date(2026, 3, 1)}
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        change_rule(requirement, timezone.now(), effective_from=date(2026, 3, 1), **terms, **law)
        assert coverage(COURSE, as_of=date(2026, 3, 10)).total.completed == 0
        assert coverage(COURSE, as_of=date(2026, 3, 10), known_on=date(2026, 3, 10)).total == before
        assert difference_lines() == []


# --- the second formulation by itself


@given(st.dates(date(2020, 1, 1), date(2029, 12, 31)), st.integers(1, 60), st.integers(-5, 5))
def test_lapsed_up_to_turns_adding_months_round(completed_on, months, near):
    day = add_months(completed_on, months) + timedelta(days=near)
    assert (completed_on <= lapsed_up_to(day, months)) == (add_months(completed_on, months) <= day)


DAYS = st.dates(date(2024, 2, 20), date(2024, 5, 10))
LENGTHS = st.none() | st.integers(0, 40)
PLACES = st.sampled_from(["lang", "bha_le", "quang_nam"])


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    postings=st.lists(st.tuples(PLACES, DAYS, LENGTHS), max_size=3, unique=True),
    excuses=st.lists(st.tuples(DAYS, LENGTHS), max_size=2, unique_by=lambda e: e[0]),
    reliefs=st.lists(st.tuples(st.sampled_from(ReliefKind), DAYS, st.integers(0, 40)), max_size=2),
    completions=st.lists(st.tuples(DAYS, st.none() | DAYS), max_size=3, unique_by=lambda c: c[0]),
    seen=st.none() | DAYS,
    rule=st.tuples(DAYS, st.none() | st.integers(1, 2), st.sampled_from([0, 10])),
)
def test_the_two_formulations_agree_on_any_facts(
    requirement, cast, units, postings, excuses, reliefs, completions, seen, rule
):
    person = make_person()
    for place, start, length in postings:
        end = None if length is None else start + timedelta(days=length)
        make_posting(person, getattr(units, place), start=start, end=end, position=f"{start}{length}")
    for start, length in excuses:
        end = None if length is None else start + timedelta(days=length)
        Excuse.objects.create(person=person, requirement=requirement, reason="Ốm", start=start, end=end)
    for kind, start, length in reliefs:
        make_relief(cast, person, requirement, kind, start, start + timedelta(days=length))
    for on, void in completions:
        completion = Completion.objects.create(person=person, course_key=COURSE, completed_on=on, source="import")
        if void:
            Void.objects.create(completion=completion, on=void, reason="Làm hộ")
    if seen:
        at = timezone.make_aware(datetime(seen.year, seen.month, seen.day, 0, 5))
        LessonSeen.objects.create(person=person, lesson_key="0" * 32, course_key=COURSE, seen_at=at)
    deadline, months, grace = rule
    change_rule(requirement, NOW, deadline=deadline, validity_months=months, grace_days=grace)
    refresh([person.pk])
    assert different_days(requirement, person, [date(2024, 2, 19) + timedelta(days=4 * n) for n in range(38)]) == []
    Posting.objects.filter(person=person).supersede(NOW)
    refresh([person.pk])
