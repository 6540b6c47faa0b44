"""Quizzes that draw their questions from the bank: what an attempt asks, and what it costs."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import uuid4

import pytest
from django.urls import reverse
from factories import make_course
from sharing import shared

from courses.attempts.answering import save_answer
from courses.attempts.attempt import AttemptItem
from courses.content.quiz import QuizQuestion
from courses.content.quiz_bank import bank_state
from courses.questions.bank import Question
from courses.questions.writing import create_or_update_question
from courses.quizzes.admission import Refused, start
from courses.quizzes.drawing import met_before
from courses.quizzes.reviewing import review
from courses.quizzes.submitting import submit

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
THREE = [{"text": "Đúng", "right": True}, {"text": "Sai 1"}, {"text": "Sai 2"}]


def bank_question(objective, n, lesson=None, difficulty=2, category="ngan-hang/1.1"):
    return create_or_update_question(
        category=category,
        name=f"{objective} câu {n}",
        kind="single_choice",
        text=f"Hỏi {objective}, câu {n}?",
        choices=THREE,
        objective=objective,
        difficulty=difficulty,
        lesson=lesson,
    )


@shared
def drawn_course():
    """Three objectives of six questions each, of which a quiz draws one each."""
    place = make_course(lessons=3, questions=0, draw_from="ngan-hang")
    for objective in range(1, 4):
        for n in range(1, 7):
            bank_question(f"1.1/{objective}", n, place.lessons[objective - 1], difficulty=(n - 1) % 3 + 1)
    return place


def asked(attempt) -> list[Question]:
    keys = list(attempt.items.values_list("version__question_key", flat=True))
    found = {question.translation_key: question for question in Question.objects.filter(translation_key__in=keys)}
    return [found[key] for key in keys]


def attempts_of(person, quiz, count, now=NOW):
    for n in range(count):
        attempt = start(person, quiz, now + timedelta(hours=n), Random(n))
        yield attempt
        submit(attempt, now + timedelta(hours=n, minutes=5))


def test_an_attempt_asks_one_question_of_each_objective_and_freezes_them(cast, drawn_course):
    attempt = start(cast.learner, drawn_course.quiz, NOW)
    before = asked(attempt)
    assert sorted(question.objective for question in before) == ["1.1/1", "1.1/2", "1.1/3"]
    Question.objects.update(objective="")
    assert asked(start(cast.learner, drawn_course.quiz, NOW)) == before


def test_the_next_attempt_shares_at_most_a_third_with_any_before(cast, drawn_course):
    seen = [set(asked(attempt)) for attempt in attempts_of(cast.learner, drawn_course.quiz, 5)]
    assert max(len(one & other) for n, one in enumerate(seen) for other in seen[:n]) <= 1
    assert {len(one) for one in seen} == {3}


def test_what_somebody_else_was_asked_is_of_no_account(cast, drawn_course):
    for _attempt in attempts_of(cast.learner, drawn_course.quiz, 2):
        pass
    assert len(met_before(cast.learner, drawn_course.quiz.translation_key)) == 2
    assert met_before(cast.other_learner, drawn_course.quiz.translation_key) == []
    assert met_before(cast.learner, uuid4()) == []


def test_an_attempt_leads_back_to_the_lesson_of_the_question(cast, drawn_course):
    attempt = submit(start(cast.learner, drawn_course.quiz, NOW), NOW)
    lessons = {item.lesson.title for item in review(attempt).items}
    assert lessons == {"Mục 1", "Mục 2", "Mục 3"}
    for item, question in zip(attempt.items.all(), asked(attempt), strict=True):
        assert item.lesson_key == question.lesson.translation_key


def test_in_a_quiz_of_fixed_questions_the_questions_own_lesson_goes_before_the_lists(cast):
    place = make_course("co-dinh", lessons=2, questions=2)
    first, second = place.questions
    QuizQuestion.objects.filter(question=first).update(lesson=place.lessons[1])
    Question.objects.filter(pk=first.pk).update(lesson=place.lessons[0])
    QuizQuestion.objects.filter(question=second).update(lesson=place.lessons[1])
    keys = list(start(cast.learner, place.quiz, NOW).items.values_list("lesson_key", flat=True))
    assert keys == [place.lessons[0].translation_key, place.lessons[1].translation_key]


def test_fixed_questions_are_always_asked_with_their_weight_and_never_drawn_besides(cast, drawn_course):
    fixed = Question.objects.get(name="1.1/1 câu 1")
    QuizQuestion.objects.create(quiz=drawn_course.quiz, question=fixed, points=250)
    assert bank_state(drawn_course.quiz).asked == 4
    for attempt in attempts_of(cast.learner, drawn_course.quiz, 4):
        questions = asked(attempt)
        assert questions[0] == fixed
        assert len(set(questions)) == 4
        assert list(attempt.items.values_list("points", flat=True)) == [250, 100, 100, 100]


@pytest.mark.parametrize(("each", "total", "counts"), [(2, 0, [2, 2, 2]), (1, 5, [1, 2, 2]), (2, 2, [1, 1])])
def test_a_quiz_may_draw_more_or_fewer(cast, drawn_course, each, total, counts):
    quiz = drawn_course.quiz
    quiz.draw_each, quiz.draw_total = each, total
    attempt = start(cast.learner, quiz, NOW)
    assert sorted(Counter(question.objective for question in asked(attempt)).values()) == counts
    assert bank_state(quiz).asked == sum(counts)


def test_a_bank_is_thin_below_three_times_the_draw(drawn_course):
    quiz = drawn_course.quiz
    assert bank_state(quiz).warning == ""  # 18 of 3
    quiz.draw_each = 2
    assert bank_state(quiz).warning == ""  # 18 of 6
    quiz.draw_total = 7
    assert "18 câu cho 7 câu rút" in bank_state(quiz).warning


def test_the_editors_screen_says_what_is_drawn_and_warns_of_a_thin_bank(client_of, cast, drawn_course):
    manager, screen = client_of(cast.manager), reverse("wagtailadmin_pages:edit", args=[drawn_course.quiz.pk])
    html = manager.get(screen).content.decode()
    assert "Mỗi lần làm rút 3 trong 18 câu, của 3 mục tiêu." in html
    assert "ít hơn ba lần" not in html
    drawn_course.quiz.draw_total = 7
    drawn_course.quiz.save_revision().publish()
    assert "18 câu cho 7 câu rút: ít hơn ba lần" in manager.get(screen).content.decode()


def test_a_quiz_without_a_question_to_draw_is_not_begun(cast, drawn_course):
    drawn_course.quiz.draw_from = "khac"
    with pytest.raises(Refused, match="chưa có câu hỏi"):
        start(cast.learner, drawn_course.quiz, NOW)


def test_the_pages_say_how_many_are_asked(cast, client_of, drawn_course):
    html = client_of(cast.learner).get(drawn_course.quiz.url).content.decode()
    assert "<dt>Số câu</dt><dd>3</dd>" in html
    draft = client_of(cast.manager).get(reverse("wagtailadmin_pages:view_draft", args=[drawn_course.quiz.pk]))
    assert "Mỗi lần làm rút 3 trong 18 câu của nhóm “ngan-hang”" in draft.content.decode()


@pytest.mark.parametrize("earlier", [1, 4])
def test_starting_costs_the_same_however_large_the_bank_and_however_many_attempts(
    cast, drawn_course, django_assert_num_queries, earlier
):
    for n in range(earlier * 6):
        bank_question("1.1/1", 100 + n)
    for _attempt in attempts_of(cast.learner, drawn_course.quiz, earlier):
        pass
    # the savepoint and its end, the person locked, her attempts, the questions of earlier ones; the attempt and its
    # items. What the quiz asks and where it stands is the same for everybody, and known since the first attempt
    with django_assert_num_queries(7):
        start(cast.learner, drawn_course.quiz, NOW + timedelta(days=1))


def test_a_drawn_attempt_is_answered_and_judged_like_any_other(cast, drawn_course):
    attempt = start(cast.learner, drawn_course.quiz, NOW)
    for item in AttemptItem.objects.filter(attempt=attempt).select_related("version"):
        right = {"choice": item.version.key["right"]}
        save_answer(cast.learner, attempt.pk, item.position, right, based_on=0, token=uuid4(), now=NOW)
    assert submit(attempt, NOW).passed
