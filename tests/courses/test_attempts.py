"""Attempts: started, answered, submitted. An answer that the server acknowledged is never lost."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from factories import make_course
from sharing import shared

from courses.attempts.answering import AlreadySubmitted, Conflict, SavedAnswer, flag, save_answer
from courses.attempts.attempt import Answer, Attempt, AttemptItem, Mark
from courses.content.course import CoursePage
from courses.progress.lessons import LessonSeen
from courses.questions.kinds.kind import BadAnswer
from courses.questions.versions import QuestionVersion
from courses.questions.writing import create_or_update_question
from courses.quizzes import admission
from courses.quizzes.admission import Refused, grant, start
from courses.quizzes.reviewing import review
from courses.quizzes.submitting import submit

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)


@shared
def small_course():
    return make_course()


def right_of(item) -> list[str]:
    return item.version.key["right"]


def wrong_of(item) -> list[str]:
    return [choice["id"] for choice in item.version.structure["choices"] if choice["id"] not in right_of(item)][:1]


def save(attempt, position, choice, *, based_on=0, token=None, now=NOW, person=None):
    chosen = [choice] if isinstance(choice, str) else choice
    return save_answer(
        person or attempt.person,
        attempt.pk,
        position,
        {"choice": chosen},
        based_on=based_on,
        token=token or uuid4(),
        now=now,
    )


def answer_all(attempt, right=True):
    for item in attempt.items.select_related("version"):
        save(attempt, item.position, (right_of if right else wrong_of)(item))


def fail_one(person, quiz, now):
    attempt = start(person, quiz, now)
    return submit(attempt, now)


# --- starting


def test_an_attempt_freezes_versions_order_and_rules(cast, small_course):
    attempt = start(cast.learner, small_course.quiz, NOW)
    small_course.quiz.pass_percent = 10
    small_course.quiz.save()
    create_or_update_question(
        category="nhan-dien-nan-nhan",
        name="Câu 1",
        kind="single_choice",
        text="Câu hỏi khác hẳn?",
        choices=[{"text": "Đúng"}, {"text": "Sai 1", "right": True}],
    )
    attempt.refresh_from_db()
    first = attempt.items.select_related("version").get(position=1)
    assert attempt.rules["pass_percent"] == 80
    assert first.version.frozen().text("text") == "Câu hỏi 1?"
    assert sorted(first.choice_order) == sorted(choice["id"] for choice in first.version.structure["choices"])


def test_starting_again_resumes_the_open_attempt(cast, small_course):
    assert start(cast.learner, small_course.quiz, NOW) == start(cast.learner, small_course.quiz, LATER)


def test_choices_keep_their_order_where_the_quiz_says_so(cast, small_course):
    small_course.quiz.shuffle_choices = False
    attempt = start(cast.learner, small_course.quiz, NOW)
    item = attempt.items.select_related("version").first()
    assert item.choice_order == [choice["id"] for choice in item.version.structure["choices"]]


def test_a_question_taken_offline_is_asked_no_more(cast, small_course):
    small_course.questions[0].unpublish()
    assert start(cast.learner, small_course.quiz, NOW).items.count() == 3


def test_after_the_last_allowed_attempt_the_trainer_can_give_one_more(cast, small_course):
    small_course.quiz.attempt_limit = 1
    fail_one(cast.learner, small_course.quiz, NOW)
    with pytest.raises(Refused, match="hết số lần làm"):
        start(cast.learner, small_course.quiz, LATER)
    grant(cast.learner, small_course.quiz, cast.trainer, "Mất điện", LATER)
    assert start(cast.learner, small_course.quiz, LATER).number == 2


def test_after_a_failed_attempt_one_waits_and_is_told_until_when(cast, small_course):
    small_course.quiz.wait_minutes = 10
    fail_one(cast.learner, small_course.quiz, NOW)
    with pytest.raises(Refused, match="mở lúc 08:10"):
        start(cast.learner, small_course.quiz, LATER)
    assert admission(cast.learner, small_course.quiz, LATER).opens_at == NOW + timedelta(minutes=10)
    assert start(cast.learner, small_course.quiz, NOW + timedelta(minutes=10)).number == 2


def test_after_a_pass_nobody_waits_and_the_limit_counts_anew(cast, small_course):
    small_course.quiz.wait_minutes, small_course.quiz.attempt_limit = 10, 1
    attempt = start(cast.learner, small_course.quiz, NOW)
    answer_all(attempt)
    submit(attempt, NOW)
    assert start(cast.learner, small_course.quiz, LATER).number == 2


def test_a_course_that_must_come_first_is_named(cast, small_course):
    first = make_course("hoc-truoc", title="Khóa học trước", questions=1)
    course = CoursePage.objects.get(pk=small_course.course.pk)
    course.prerequisites.add(first.course)
    course.save()
    with pytest.raises(Refused, match="Khóa học trước"):
        start(cast.learner, small_course.quiz, NOW)


def test_where_the_order_is_enforced_the_lessons_come_first(cast, small_course):
    CoursePage.objects.filter(pk=small_course.course.pk).update(order_enforced=True)
    with pytest.raises(Refused, match="Còn 2 mục chưa đọc"):
        start(cast.learner, small_course.quiz, NOW)
    for lesson in small_course.lessons:
        LessonSeen.objects.create(
            person=cast.learner, lesson_key=lesson.translation_key, course_key=small_course.course.key, seen_at=NOW
        )
    assert start(cast.learner, small_course.quiz, NOW)


def test_a_quiz_without_questions_cannot_be_started(cast, db):
    with pytest.raises(Refused, match="chưa có câu hỏi"):
        start(cast.learner, make_course(questions=0).quiz, NOW)


# --- saving


@pytest.fixture
def attempt(cast, small_course):
    return start(cast.learner, small_course.quiz, NOW)


@pytest.fixture
def item(attempt):
    return attempt.items.select_related("version").get(position=1)


def test_each_save_is_a_row_and_the_last_one_is_the_answer(attempt, item):
    first, second = item.choice_order[:2]
    assert save(attempt, 1, first) == SavedAnswer(1, {"choices": [first]}, NOW)
    assert save(attempt, 1, second, based_on=1, now=LATER) == SavedAnswer(2, {"choices": [second]}, LATER)
    assert list(Answer.objects.filter(item=item).order_by("sequence").values_list("sequence", flat=True)) == [1, 2]


def test_a_repeated_request_is_one_save(attempt, item):
    token = uuid4()
    first = save(attempt, 1, item.choice_order[0], token=token)
    save(attempt, 1, item.choice_order[1], based_on=1)
    assert save(attempt, 1, item.choice_order[0], token=token, now=LATER) == first
    assert Answer.objects.filter(item=item).count() == 2


def test_saving_what_is_already_kept_writes_nothing(attempt, item):
    save(attempt, 1, item.choice_order[0])
    assert save(attempt, 1, item.choice_order[0], based_on=0, now=LATER) == SavedAnswer(
        1, {"choices": [item.choice_order[0]]}, NOW
    )
    assert Answer.objects.count() == 1


def test_an_untouched_question_leaves_no_row(attempt):
    assert save(attempt, 1, []) == SavedAnswer(0, {"choices": []}, None)
    assert not Answer.objects.exists()


def test_a_stale_tab_is_refused_and_given_both_answers(attempt, item):
    save(attempt, 1, item.choice_order[0])
    outcome = save(attempt, 1, item.choice_order[1], based_on=0, now=LATER)
    assert outcome == Conflict(1, {"choices": [item.choice_order[0]]}, NOW, {"choices": [item.choice_order[1]]})
    assert Answer.objects.count() == 1


def test_a_page_that_claims_an_answer_that_never_was_is_refused(attempt, item):
    save(attempt, 1, item.choice_order[0])
    assert isinstance(save(attempt, 1, item.choice_order[1], based_on=7), Conflict)


def test_a_choice_of_another_question_is_refused(attempt, item):
    with pytest.raises(BadAnswer, match="không có trong câu này"):
        save(attempt, 1, "not-a-choice")
    with pytest.raises(BadAnswer, match="chỉ được chọn một"):
        save(attempt, 1, item.choice_order[:2])
    assert not Answer.objects.exists()


def test_somebody_elses_attempt_does_not_exist(cast, attempt, item):
    for act in (
        lambda: save(attempt, 1, item.choice_order[0], person=cast.other_learner),
        lambda: flag(cast.other_learner, attempt.pk, 1, True),
        lambda: save(attempt, 99, item.choice_order[0]),
    ):
        with pytest.raises(AttemptItem.DoesNotExist):
            act()


def test_a_submitted_attempt_takes_no_answer_but_still_knows_a_repeated_one(attempt, item):
    token = uuid4()
    saved = save(attempt, 1, item.choice_order[0], token=token)
    submit(attempt, LATER)
    with pytest.raises(AlreadySubmitted, match="đã nộp"):
        save(attempt, 2, "x")
    assert save(attempt, 1, item.choice_order[0], token=token) == saved


def test_the_number_of_an_answer_is_taken_once_even_where_both_looked_first(attempt, item):
    from courses.attempts.answering import _insert

    assert _insert(attempt.pk, item.pk, 1, {"choices": []}, uuid4(), NOW)
    assert not _insert(attempt.pk, item.pk, 1, {"choices": []}, uuid4(), NOW)


def test_an_answer_that_comes_between_looking_and_writing_is_not_overwritten(attempt, item, monkeypatch):
    from courses.attempts import answering

    write = answering._insert

    def late(*arguments):
        monkeypatch.setattr(answering, "_insert", write)
        save(attempt, 1, item.choice_order[0])
        return write(*arguments)

    monkeypatch.setattr(answering, "_insert", late)
    assert isinstance(save(attempt, 1, item.choice_order[1]), Conflict)


def test_a_submission_that_comes_between_reading_and_writing_is_reported(attempt, item, monkeypatch):
    from courses.attempts import answering

    write = answering._insert

    def late(*arguments):
        submit(attempt, NOW)
        return write(*arguments)

    monkeypatch.setattr(answering, "_insert", late)
    with pytest.raises(AlreadySubmitted):
        save(attempt, 1, item.choice_order[1])
    assert not Answer.objects.exists()


# --- submitting


def test_an_attempt_is_judged_by_its_frozen_rules(attempt):
    answer_all(attempt)
    judged = submit(attempt, LATER)
    assert (judged.score, judged.max_score, judged.passed, judged.percent) == (400, 400, True, 100)


def test_an_unanswered_question_earns_nothing(attempt, item):
    save(attempt, 1, right_of(item))
    judged = submit(attempt, LATER)
    assert (judged.score, judged.passed, judged.percent) == (100, False, 25)
    assert Mark.objects.count() == 4


def test_submitting_again_changes_nothing(attempt, item):
    answer_all(attempt)
    first = submit(attempt, LATER)
    again = submit(attempt, LATER + timedelta(hours=1))
    assert (again.submitted_at, again.score) == (first.submitted_at, first.score)
    assert Mark.objects.count() == 4


def test_a_corrected_key_later_leaves_the_answers_and_marks_as_they_were(attempt):
    answer_all(attempt)
    submit(attempt, LATER)
    create_or_update_question(
        category="nhan-dien-nan-nhan",
        name="Câu 1",
        kind="single_choice",
        text="Câu hỏi 1?",
        choices=[{"text": "Đúng"}, {"text": "Sai 1", "right": True}, {"text": "Sai 2"}],
    )
    assert [item.right for item in review(attempt).items] == [True] * 4
    assert QuestionVersion.objects.filter(question_key=attempt.items.first().version.question_key).count() == 2


def test_a_review_says_per_question_what_was_right_and_what_to_read(attempt, small_course):
    answer_all(attempt, right=False)
    item = attempt.items.select_related("version").get(position=2)
    save(attempt, 2, right_of(item), based_on=1)
    submit(attempt, LATER)
    result = review(Attempt.objects.get(pk=attempt.pk))
    assert [item.slot.position for item in result.right] == [2]
    assert [lesson.title for lesson in result.lessons_to_read] == ["Mục 1", "Mục 2"]
    assert [(bar.module.title, bar.right, bar.total) for bar in result.bars] == [("Mô-đun 1", 1, 4)]
    assert result.items[0].question["explanation"] == "Lý do 1."
    assert result.items[0].question["source"] == "Nguồn 1."
