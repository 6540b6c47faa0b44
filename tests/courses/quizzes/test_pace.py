"""An attempt handed in sooner than it can be read: a note for the trainer, judged once, from start to submission."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from factories import make_course
from sharing import shared

from courses.attempts.answering import save_answer
from courses.attempts.attempt import Attempt
from courses.attempts.pace import is_too_fast
from courses.quizzes.admission import start
from courses.quizzes.submitting import submit

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("syllables", "seconds", "too_fast"),
    [
        # 540 syllables are three minutes at 180 a minute, a third of them one
        (540, 59.999, True),
        (540, 60, False),
        (540, 600, False),
        (9, 0.9, True),
        (9, 1, False),
        (0, 0, False),
    ],
)
def test_less_than_a_third_of_the_reading_time_is_too_fast(syllables, seconds, too_fast):
    assert is_too_fast(syllables, timedelta(seconds=seconds)) is too_fast


@shared
def small_course():
    # each question: "Câu hỏi 1?", "Đúng", "Sai 1", "Sai 2": 3 + 1 + 2 + 2 syllables; four of them 32, a third 3.6 s
    return make_course()


@pytest.mark.parametrize(("milliseconds", "too_fast"), [(3_500, True), (3_600, False)])
def test_all_questions_of_the_attempt_count_answered_or_not(cast, small_course, milliseconds, too_fast):
    attempt = start(cast.learner, small_course.quiz, NOW)
    assert attempt.too_fast is None
    submit(attempt, NOW + timedelta(milliseconds=milliseconds))
    attempt.refresh_from_db()
    assert attempt.too_fast is too_fast


def test_answers_that_arrive_all_at_once_say_nothing(cast, small_course):
    attempt = start(cast.learner, small_course.quiz, NOW)
    later = NOW + timedelta(minutes=10)
    for item in attempt.items.select_related("version"):
        right = {"choice": item.version.key["right"]}
        save_answer(cast.learner, attempt.pk, item.position, right, based_on=0, token=uuid4(), now=later)
    assert submit(attempt, later).too_fast is False


def test_it_changes_neither_the_mark_nor_the_pass(cast, small_course):
    attempt = start(cast.learner, small_course.quiz, NOW)
    for item in attempt.items.select_related("version"):
        right = {"choice": item.version.key["right"]}
        save_answer(cast.learner, attempt.pk, item.position, right, based_on=0, token=uuid4(), now=NOW)
    attempt = submit(attempt, NOW)
    assert (attempt.passed, attempt.percent, attempt.too_fast) == (True, 100, True)


def test_an_open_attempt_is_not_judged_and_one_from_before_is_unknown(cast, small_course):
    attempt = start(cast.learner, small_course.quiz, NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attempt.objects.filter(pk=attempt.pk).update(too_fast=True)
    submit(attempt, NOW)
    Attempt.objects.filter(pk=attempt.pk).update(too_fast=None)


def test_the_trainer_sees_it_as_a_note_and_the_learner_in_her_own_data_only(client_of, cast, small_course):
    attempt = start(cast.learner, small_course.quiz, NOW)
    submit(attempt, NOW + timedelta(seconds=1))
    address = f"/bao-cao/can-bo/{cast.learner.staff_code}/"
    html = client_of(cast.trainer).get(address).content.decode()
    assert '<span class="tag warn">quá nhanh</span>' in html
    assert "Đó là một ghi chú để hỏi thăm, không phải kết luận." in html
    assert "quá nhanh" not in client_of(cast.learner).get(f"/hoc-tap/bai-lam/{attempt.pk}/ket-qua/").content.decode()
    Attempt.objects.filter(pk=attempt.pk).update(too_fast=False)
    assert "uá nhanh" not in client_of(cast.trainer).get(address).content.decode()
