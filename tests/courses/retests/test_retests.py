"""Re-tests as rows: who is asked when, what is asked, and that nothing else changes by it."""

from datetime import date, timedelta
from random import Random

import pytest
from factories import make_course
from retests import COURSE, answer, answer_retest, at, complete, make_drawn_course
from sharing import shared

from courses.attempts.answering import AlreadySubmitted, Closed, save_answer
from courses.attempts.attempt import Answer, Attempt
from courses.certificates.certificate import Certificate
from courses.completions.completion import Completion, complete_if_done, void
from courses.completions.filed import prepare_completions
from courses.progress.lessons import mark_seen
from courses.questions.bank import Question
from courses.quizzes.admission import admission
from courses.quizzes.submitting import submit, submit_own
from courses.retests.opening import NotAsked, begin, open_retests
from courses.retests.retest import Retest, RetestAnswer, RetestResult

DONE = date(2026, 3, 2)
OPENS, CLOSES = date(2026, 4, 2), date(2026, 4, 15)


@shared
def course():
    return make_drawn_course()


@pytest.fixture
def completion(course, cast):
    return complete(cast.learner, course, DONE)


def open_on(person, day):
    return [(one.course_key, one.window.months) for one in open_retests(person, day)]


def test_it_opens_a_month_three_and_six_months_after(completion, cast):
    days = [(date(2026, 4, 1), 0), (OPENS, 1), (CLOSES, 1), (date(2026, 4, 16), 0), (date(2026, 6, 2), 3)]
    days += [(date(2026, 9, 15), 6), (date(2026, 9, 16), 0), (date(2027, 3, 2), 0)]
    for day, months in days:
        assert open_on(cast.learner, day) == ([(COURSE, months)] if months else []), day


def test_which_are_open_is_one_query(completion, cast, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert open_retests(cast.learner, OPENS)


def test_nobody_else_is_asked(completion, cast):
    assert open_retests(cast.other_learner, OPENS) == []
    with pytest.raises(Completion.DoesNotExist):
        begin(cast.other_learner, completion.pk, at(OPENS))


def test_five_questions_are_asked_and_those_not_met_before_first(completion, cast):
    met = set(Attempt.objects.get(submitted_at__isnull=False).items.values_list("version__question_key", flat=True))
    attempt = begin(cast.learner, completion.pk, at(OPENS), Random(3))
    asked = set(attempt.items.values_list("version__question_key", flat=True))
    assert (len(asked), asked & met) == (5, set())
    answer(attempt, at(OPENS), 5)
    submit(attempt, at(OPENS))
    later = begin(cast.learner, completion.pk, at(date(2026, 6, 2)), Random(3))
    assert not set(later.items.values_list("version__question_key", flat=True)) & (asked | met)


def test_it_is_frozen_and_begun_once(completion, cast):
    attempt = begin(cast.learner, completion.pk, at(OPENS))
    assert begin(cast.learner, completion.pk, at(CLOSES)) == attempt
    assert Retest.objects.get().objectives == sorted(Retest.objects.get().objectives)
    assert attempt.rules["title"] == "Hỏi lại sau 1 tháng: Nhận diện nạn nhân bị mua bán"


def test_the_result_is_a_fact_with_two_times(completion):
    answer_retest(completion, date(2026, 4, 5), right=4)
    result = RetestResult.objects.get()
    assert (result.on, result.right, result.recorded_at) == (date(2026, 4, 5), 4, at(date(2026, 4, 5)))
    rows = RetestAnswer.objects.order_by("position").values_list("right", flat=True)
    assert list(rows) == [True] * 4 + [False]
    assert set(RetestAnswer.objects.values_list("objective", flat=True)) <= {f"1.1/{n}" for n in range(1, 7)}


def test_a_blank_one_handed_in_is_answered_with_nothing_right(completion, cast):
    attempt = begin(cast.learner, completion.pk, at(OPENS))
    submit(attempt, at(OPENS))
    assert RetestResult.objects.get().right == 0


def test_handing_in_twice_is_one_result(completion, cast):
    attempt = answer_retest(completion, OPENS, right=5)
    submit_own(cast.learner, attempt.pk, at(CLOSES))
    assert RetestResult.objects.count() == 1
    assert open_on(cast.learner, CLOSES) == []
    with pytest.raises(NotAsked):
        begin(cast.learner, completion.pk, at(CLOSES))


def test_after_its_last_day_it_takes_no_answer_and_is_not_handed_in(completion, cast):
    attempt = begin(cast.learner, completion.pk, at(CLOSES, hour=23))
    answer(attempt, at(CLOSES, hour=23), 5)
    midnight = at(CLOSES + timedelta(days=1), hour=0)
    with pytest.raises(Closed, match="đã đóng"):
        save_answer(cast.learner, attempt.pk, 1, {}, based_on=1, token=attempt.quiz_key, now=midnight)
    with pytest.raises(Closed):
        submit_own(cast.learner, attempt.pk, midnight)
    assert (RetestResult.objects.count(), Answer.objects.filter(item__attempt=attempt).count()) == (0, 5)


def test_an_answer_after_handing_in_is_refused(completion, cast):
    attempt = answer_retest(completion, OPENS, right=5)
    with pytest.raises(AlreadySubmitted):
        save_answer(cast.learner, attempt.pk, 1, {}, based_on=1, token=attempt.quiz_key, now=at(OPENS))


@pytest.mark.parametrize("right", [0, 5])
def test_it_uses_up_no_attempt_takes_nothing_away_and_renews_nothing(course, completion, cast, right):
    before = (admission(cast.learner, course.quiz, at(OPENS)), list(Completion.objects.values()))
    answer_retest(completion, OPENS, right)
    assert (admission(cast.learner, course.quiz, at(OPENS)), list(Completion.objects.values())) == before
    assert Attempt.objects.at_quizzes().filter(person=cast.learner).count() == 1
    assert Certificate.objects.filter(person=cast.learner).count() <= 1


def test_a_voided_completion_is_not_asked_about(completion, cast):
    void(completion, date(2026, 4, 3), "Thi hộ", cast.trainer, at(date(2026, 4, 3)))
    assert [open_on(cast.learner, day) for day in (OPENS, date(2026, 4, 3))] == [[(COURSE, 1)], []]


def test_a_renewal_starts_anew(course, completion, cast):
    answer_retest(completion, OPENS, 5)
    renewed = complete(cast.learner, course, date(2026, 5, 20))
    assert renewed != completion
    assert open_on(cast.learner, date(2026, 6, 2)) == []
    assert open_on(cast.learner, date(2026, 6, 20)) == [(COURSE, 1)]


def test_nobody_is_asked_about_a_completion_from_a_file(course, cast, tmp_path):
    table = tmp_path / "hoan-thanh.csv"
    table.write_text(f"ma_can_bo,khoa_hoc,ngay_hoan_thanh,minh_chung\n{cast.learner.staff_code},{COURSE},2026-03-02,\n")
    prepare_completions(table, at(DONE)).write(lambda done: None)
    assert Completion.objects.filter(asked_again=False).count() == 1
    assert open_on(cast.learner, OPENS) == []


def test_a_renewal_from_a_file_ends_the_questions_of_the_one_before(completion, cast):
    Completion.objects.create(person=cast.learner, course_key=COURSE, completed_on=date(2026, 3, 20), source="import")
    assert open_on(cast.learner, OPENS) == []


def test_nobody_is_asked_about_a_completion_from_before_this_version(completion, cast):
    Completion.objects.update(asked_again=False)
    assert open_on(cast.learner, OPENS) == []


def test_nor_of_a_course_without_a_bank_as_in_the_first_edition(cast):
    place = make_course(lessons=1, questions=2, required=False)
    mark_seen(cast.learner, COURSE, place.lessons[0].translation_key, at(DONE))
    assert complete_if_done(cast.learner, place.course, at(DONE)).asked_again is False


def test_a_bank_that_became_too_small_says_so(course, completion, cast):
    Question.objects.exclude(objective="1.1/1").update(live=False)
    with pytest.raises(NotAsked, match="không có đủ câu"):
        begin(cast.learner, completion.pk, at(OPENS))
    assert not Retest.objects.exists()
