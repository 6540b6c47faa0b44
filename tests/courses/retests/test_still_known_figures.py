"""How many of the completed still know it: as of a day, as known on one, by unit, by both formulations."""

from datetime import date, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import make_person, make_posting
from retests import COURSE, answer_retest, at, complete, make_drawn_course
from sharing import shared

from courses.completions.completion import Completion, void
from courses.retests.retest import RetestResult
from courses.standing.coverage import coverage
from courses.standing.rules import seed_requirements
from courses.standing.second_formulation import differences
from courses.standing.spans import CompletionFact, Facts, PostingFact, RetestFact, Rule, State, spans
from courses.standing.standing import refresh

NOW = timezone.make_aware(datetime(2026, 11, 24, 9))
DONE = date(2026, 3, 2)
RULE = Rule(duty=1, course=COURSE, deadline=date(2026, 12, 15), validity_months=24)
POSTED = PostingFact(unit=7, duty=1, start=date(2026, 1, 1))


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(NOW, tick=False):
        yield


def told(*completions):
    """(start, end, knowledge) of the completed spans."""
    found = spans([RULE], Facts(postings=(POSTED,), completions=completions))
    return [(s.start, s.end, s.knowledge) for s in found if s.state == State.COMPLETED]


def test_each_answer_begins_a_span_and_the_same_again_does_not():
    answers = (RetestFact(date(2026, 4, 5), 5), RetestFact(date(2026, 6, 5), 4), RetestFact(date(2026, 9, 5), 3))
    assert told(CompletionFact(COURSE, DONE, retests=answers)) == [
        (date(2026, 3, 2), date(2026, 4, 4), ""),
        (date(2026, 4, 5), date(2026, 9, 4), "still_knows"),
        (date(2026, 9, 5), date(2028, 3, 1), "to_review"),
    ]


def test_a_void_of_the_renewal_brings_back_what_was_told_before():
    first = CompletionFact(COURSE, DONE, retests=(RetestFact(date(2026, 4, 5), 5),))
    assert told(first, CompletionFact(COURSE, date(2026, 7, 1), void_from=date(2026, 8, 1))) == [
        (date(2026, 3, 2), date(2026, 4, 4), ""),
        (date(2026, 4, 5), date(2026, 6, 30), "still_knows"),
        (date(2026, 7, 1), date(2026, 7, 31), ""),
        (date(2026, 8, 1), date(2028, 3, 1), "still_knows"),
    ]


# --- the figure
@shared
def course():
    return make_drawn_course()


@pytest.fixture
def requirement(cast):
    return seed_requirements(timezone.make_aware(datetime(2024, 1, 1)))[0]


@pytest.fixture
def completion(course, requirement, cast):
    return complete(cast.learner, course, DONE)


def figure(**days):
    total = coverage(COURSE, **days).as_dict()
    return tuple(total[key] for key in ("completed", "still_knows", "to_review", "not_known"))


def test_the_three_add_up_to_the_completed_at_each_level(course, completion, cast):
    """One knows, one has to review, one came from a file; the one without a completion is none of the three."""
    answer_retest(completion, date(2026, 4, 5), right=4)
    answer_retest(complete(cast.other_learner, course, DONE), date(2026, 4, 6), right=3)
    people = [make_person(name) for name in ("Người ba", "Người tư")]
    for person in people:
        make_posting(person, cast.units.tay_giang)
    Completion.objects.create(person=people[0], course_key=COURSE, completed_on=DONE, source="import")
    refresh([person.pk for person in people], NOW)
    answer = coverage(COURSE).as_dict()
    assert (answer["required"], answer["completed"]) == (4, 3)
    assert figure() == (3, 1, 1, 1)
    for child in answer["children"]:
        assert child["still_knows"] + child["to_review"] + child["not_known"] == child["completed"]
    by_unit = {child["unit"]["code"]: child for child in answer["children"]}
    assert [by_unit["20455"][key] for key in ("still_knows", "to_review", "not_known")] == [1, 0, 1]
    assert [by_unit["20695"][key] for key in ("still_knows", "to_review", "not_known")] == [0, 1, 0]
    assert list(differences()) == []


def test_a_past_day_has_its_own_answer(completion):
    answer_retest(completion, date(2026, 4, 5), right=5)
    answer_retest(completion, date(2026, 6, 5), right=2)
    days = [date(2026, 4, 4), date(2026, 4, 5), date(2026, 6, 4), date(2026, 6, 5), NOW.date()]
    assert [figure(as_of=day)[1:] for day in days] == [(0, 0, 1), (1, 0, 0), (1, 0, 0), (0, 1, 0), (0, 1, 0)]
    assert list(differences()) == []


def test_what_was_known_on_a_past_day_is_told_as_it_was_known(completion):
    """Answered on 5/4, which was recorded on 20/4 only."""
    answer_retest(completion, date(2026, 4, 5), right=5)
    RetestResult.objects.update(recorded_at=at(date(2026, 4, 20)))
    assert figure(as_of=date(2026, 4, 10), known_on=date(2026, 4, 19)) == (1, 0, 0, 1)
    assert figure(as_of=date(2026, 4, 10), known_on=date(2026, 4, 20)) == (1, 1, 0, 0)
    assert figure(as_of=date(2026, 4, 4), known_on=date(2026, 4, 20)) == (1, 0, 0, 1)


def test_a_renewal_starts_anew_and_its_void_brings_back(course, completion, cast):
    answer_retest(completion, date(2026, 4, 5), right=5)
    renewed = complete(cast.learner, course, date(2026, 7, 1))
    assert figure() == (1, 0, 0, 1)
    void(renewed, date(2026, 8, 1), "Thi hộ", cast.trainer, NOW)
    assert [figure(as_of=day)[1] for day in (date(2026, 7, 31), date(2026, 8, 1))] == [0, 1]
    assert list(differences()) == []


def test_somebody_in_two_units_counts_once_above(completion, cast):
    make_posting(cast.learner, cast.units.avuong, start=date(2026, 1, 1))
    refresh([cast.learner.pk], NOW)
    answer_retest(completion, date(2026, 4, 5), right=5)
    answer = coverage(COURSE).as_dict()
    assert answer["still_knows"] == 1
    assert [child["still_knows"] for child in answer["children"]] == [1, 1, 0, 0]
    assert figure(known_on=date(2026, 11, 23)) == (1, 1, 0, 0)


def test_the_check_finds_a_wrong_one(completion, cast):
    answer_retest(completion, date(2026, 4, 5), right=5)
    assert list(differences()) == []
    cast.learner.standings.update(knowledge="to_review")
    assert any("completed (unapproved) (still_knows)" in line for line in differences())


def test_the_queries_do_not_grow_with_people(course, completion, cast, django_assert_num_queries):
    # below 100 %, where units in which nobody holds the duty are asked for too (courses/standing/unheld.py)
    idle = make_person("Bh Nướch Chưa Học", "CH-1")
    make_posting(idle, cast.units.avuong, start=date(2026, 1, 1))
    refresh([idle.pk], NOW)
    answer_retest(completion, date(2026, 4, 5), right=5)
    # two of them ask for counted days and for what changed since (courses/standing/tallies.py)
    with django_assert_num_queries(7):
        coverage(COURSE)
    answer_retest(complete(cast.other_learner, course, DONE), date(2026, 4, 6), right=3)
    with django_assert_num_queries(7):
        coverage(COURSE)


def test_each_number_opens_to_its_rows(completion, cast, client_of):
    answer_retest(completion, date(2026, 4, 5), right=5)
    client = client_of(cast.manager)
    page = client.get(f"/bao-cao/{COURSE}/48/").content.decode()
    assert "còn nắm vững 1" in page
    people = f"/bao-cao/{COURSE}/48/can-bo/"
    names = {
        state: cast.learner.full_name in client.get(people, {"trang_thai": state}).content.decode()
        for state in ("con-nam-vung", "can-on", "chua-biet")
    }
    assert names == {"con-nam-vung": True, "can-on": False, "chua-biet": False}


def test_what_is_most_forgotten_is_shown_from_ten_answers_on_with_its_lesson(course, completion, cast, client_of):
    address, client = f"/bao-cao/{COURSE}/48/hoi-lai/", client_of(cast.manager)
    answer_retest(completion, date(2026, 4, 5), right=2)
    assert "Chưa mục tiêu nào có đủ 10 câu" in client.get(address).content.decode()
    result = RetestResult.objects.get()
    result.answers.update(objective="1.1/1", lesson_key=course.lessons[0].translation_key)
    second = answer_retest(complete(cast.other_learner, course, DONE), date(2026, 4, 6), right=4)
    second.retest.results.get().answers.update(objective="1.1/1")
    page = client.get(address).content.decode()
    assert ">6/10</b>" in page
    assert "Mục tiêu 1.1/1" in page
    assert course.lessons[0].title in page
    assert cast.learner.full_name in page
    assert client_of(cast.observer).get(address).status_code == 403


def test_what_is_most_forgotten_costs_the_same_for_more_people(course, completion, cast, client_of):
    address, client, counts = f"/bao-cao/{COURSE}/48/hoi-lai/", client_of(cast.manager), []
    answer_retest(completion, date(2026, 4, 5), right=2)
    for number in range(2):
        somebody = make_person(f"Zơrâm Văn {number}", f"HL-{number}")
        make_posting(somebody, cast.units.tay_giang)
        answer_retest(complete(somebody, course, DONE), date(2026, 4, 6), right=number)
        if number == 0:
            client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20


def test_the_list_of_people_says_what_a_re_test_told(completion, cast, client_of):
    answer_retest(completion, date(2026, 4, 5), right=3)
    page = client_of(cast.manager).get(f"/bao-cao/{COURSE}/48/can-bo/?trang_thai=completed").content.decode()
    assert '<span class="tag">cần ôn</span>' in page
