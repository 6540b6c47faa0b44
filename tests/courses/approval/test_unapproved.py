"""How many of the completed rest on content that was not approved: as of a day, as known on one, by both ways."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone
from factories import approve, make_course, make_person, make_posting
from sharing import shared

from courses.completions.completion import Completion, complete_if_done, void
from courses.completions.unapproved import Recognition
from courses.progress.lessons import mark_seen
from courses.standing.coverage import coverage
from courses.standing.rules import seed_requirements
from courses.standing.second_formulation import differences
from courses.standing.spans import CompletionFact, Facts, PostingFact, Rule, Span, State, spans
from courses.standing.standing import refresh

COURSE = "nhan-dien-nan-nhan"
NOW = timezone.make_aware(datetime(2026, 11, 24, 9))
RULE = Rule(duty=1, course=COURSE, deadline=date(2026, 12, 15), validity_months=24)
POSTED = PostingFact(unit=7, duty=1, start=date(2026, 1, 1))


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(NOW, tick=False):
        yield


def completed(*completions):
    """(start, end, unapproved) of the completed spans."""
    found = spans([RULE], Facts(postings=(POSTED,), completions=completions))
    return [(s.start, s.end, s.unapproved) for s in found if s.state == State.COMPLETED]


def test_a_completion_by_unapproved_content_stays_so_until_it_lapses():
    assert completed(CompletionFact(COURSE, date(2026, 3, 2), unapproved=True)) == [
        (date(2026, 3, 2), date(2028, 3, 1), True)
    ]


def test_recognised_on_a_day_it_leaves_from_that_day_on():
    done = CompletionFact(COURSE, date(2026, 3, 2), unapproved=True, recognised_from=date(2026, 11, 1))
    assert completed(done) == [
        (date(2026, 3, 2), date(2026, 10, 31), True),
        (date(2026, 11, 1), date(2028, 3, 1), False),
    ]


def test_one_valid_completion_by_approved_content_is_enough():
    """By approved content from 2/3/2026 to 1/3/2028, by other content from 5/5/2026 to 4/5/2028."""
    approved = CompletionFact(COURSE, date(2026, 3, 2))
    assert completed(approved, CompletionFact(COURSE, date(2026, 5, 5), unapproved=True)) == [
        (date(2026, 3, 2), date(2028, 3, 1), False),
        (date(2028, 3, 2), date(2028, 5, 4), True),
    ]


def test_a_void_of_the_approved_one_leaves_the_other():
    approved = CompletionFact(COURSE, date(2026, 3, 2), void_from=date(2026, 9, 1))
    assert completed(approved, CompletionFact(COURSE, date(2026, 5, 5), unapproved=True)) == [
        (date(2026, 3, 2), date(2026, 8, 31), False),
        (date(2026, 9, 1), date(2028, 5, 4), True),
    ]


def test_no_other_state_rests_on_content():
    lapsed = CompletionFact(COURSE, date(2024, 1, 5), unapproved=True)
    facts = Facts(postings=(POSTED,), completions=(lapsed,))
    assert Span(7, date(2026, 1, 5), None, State.EXPIRED) in spans([RULE], facts)


# --- the figure


@shared(on=NOW - timedelta(minutes=5))
def requirement(cast):
    return seed_requirements(timezone.make_aware(datetime(2024, 1, 1)))[0]


def done(person, on, *, at=None, **fields):
    at = at or timezone.make_aware(datetime(on.year, on.month, on.day, 10))
    completion = Completion.objects.create(
        person=person, course_key=COURSE, completed_on=on, recorded_at=at, **{"source": "quiz", **fields}
    )
    refresh([person.pk], NOW)
    return completion


def recognise(completion, on, at=NOW):
    Recognition.objects.create(completion=completion, on=on, reason="Đã duyệt", recorded_at=at)
    refresh([completion.person_id], NOW)


def m(**days):
    figure = coverage(COURSE, **days)
    return figure.total.completed, figure.total.unapproved


def test_m_stays_inside_the_completed_and_leaves_files_out(requirement, cast):
    done(cast.learner, date(2026, 3, 2))
    done(cast.other_learner, date(2026, 4, 2), source="import")
    third = make_person("Người ba")
    make_posting(third, cast.units.tay_giang)
    done(third, date(2026, 5, 2), approved=True)
    figure = coverage(COURSE).as_dict()
    assert (figure["required"], figure["completed"], figure["unapproved"], figure["percent"]) == (3, 3, 1, 100)
    by_unit = {child["unit"]["code"]: (child["completed"], child["unapproved"]) for child in figure["children"]}
    assert by_unit["20455"] == (2, 1)
    assert by_unit["20695"] == (1, 0)
    assert list(differences()) == []


def test_a_past_day_has_its_own_m(requirement, cast):
    recognise(done(cast.learner, date(2026, 3, 2)), on=date(2026, 11, 1))
    assert m(as_of=date(2026, 3, 1)) == (0, 0)
    assert m(as_of=date(2026, 10, 31)) == (1, 1)
    assert m(as_of=date(2026, 11, 1)) == (1, 0)
    assert list(differences()) == []


def test_what_was_known_on_a_past_day_is_told_as_it_was_known(requirement, cast):
    """Recognised from 1/11 on, which was recorded on 20/11."""
    completion = done(cast.learner, date(2026, 3, 2))
    recognise(completion, on=date(2026, 11, 1), at=timezone.make_aware(datetime(2026, 11, 20, 9)))
    assert m(as_of=date(2026, 11, 10), known_on=date(2026, 11, 19)) == (1, 1)
    assert m(as_of=date(2026, 11, 10), known_on=date(2026, 11, 20)) == (1, 0)
    assert m(as_of=date(2026, 10, 31), known_on=date(2026, 11, 20)) == (1, 1)


def test_somebody_in_two_units_counts_once_above(requirement, cast):
    make_posting(cast.learner, cast.units.avuong, start=date(2026, 1, 1))
    done(cast.learner, date(2026, 3, 2))
    figure = coverage(COURSE).as_dict()
    assert figure["unapproved"] == 1
    assert [child["unapproved"] for child in figure["children"]] == [1, 1, 0, 0]


def test_the_check_finds_a_wrong_mark(requirement, cast):
    done(cast.learner, date(2026, 3, 2))
    cast.learner.standings.update(unapproved=False)
    lines = list(differences())
    assert lines
    assert all("completed (unapproved)" in line for line in lines)


def test_a_voided_one_is_in_no_m(requirement, cast):
    void(done(cast.learner, date(2026, 3, 2)), date(2026, 9, 1), "Thi hộ", cast.trainer, NOW)
    assert m(as_of=date(2026, 8, 31)) == (1, 1)
    assert m() == (0, 0)
    assert list(differences()) == []


def test_the_figure_costs_as_many_queries_with_m_as_without(requirement, cast, django_assert_num_queries):
    done(cast.learner, date(2026, 3, 2))
    # two of them ask for counted days and for what changed since (courses/standing/tallies.py)
    with django_assert_num_queries(7):
        coverage(COURSE)


# --- what a completion keeps


@pytest.fixture
def course(cast):
    made = make_course(lessons=1, questions=1, required=False)
    mark_seen(cast.learner, COURSE, made.lessons[0].translation_key, NOW)
    return made.course


def test_a_completion_keeps_that_its_course_was_not_approved(course, cast):
    completion = complete_if_done(cast.learner, course, NOW)
    assert completion.approved is False
    assert completion.text
    approve(by=cast.manager)
    assert Completion.objects.get().approved is False


def test_a_completion_keeps_that_its_course_was_approved_that_day(course, cast):
    approve(on=NOW.date(), by=cast.manager)
    assert complete_if_done(cast.learner, course, NOW).approved is True


def test_an_approval_of_a_later_day_is_none_yet(course, cast):
    approve(on=date(2026, 11, 25), by=cast.manager)
    assert complete_if_done(cast.learner, course, NOW).approved is False
