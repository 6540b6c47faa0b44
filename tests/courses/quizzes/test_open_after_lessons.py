"""A quiz that opens when the required lessons of its course are done, apart from the course's order."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import uuid4

import pytest
from django.utils import timezone
from factories import make_course, make_page
from sharing import shared

from courses.attempts.attempt import Attempt
from courses.completions.completion import Completion, lessons_that_shut, void
from courses.content.course import CoursePage
from courses.content.lesson import LessonPage
from courses.content.quiz import QuizPage
from courses.content.structure import Course, Module, Step, StepKind
from courses.learning.learner_facts import LearnerFacts
from courses.learning.outline import Outline, outline, outline_for
from courses.progress.lessons import mark_seen
from courses.quizzes.admission import Refused, start

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
KEY = "nhan-dien-nan-nhan"


@shared
def gated_course():
    return make_course(lessons=2, open_after_lessons=True)


def read(person, *lessons):
    for lesson in lessons:
        mark_seen(person, KEY, lesson.translation_key, NOW)


def completed(person, on=date(2025, 3, 2), key=KEY):
    return Completion.objects.create(person=person, course_key=key, completed_on=on, source=Completion.Source.IMPORT)


def test_it_stays_shut_until_the_last_required_lesson_is_done(cast, gated_course):
    first, second = gated_course.lessons
    for left in (2, 1):
        with pytest.raises(Refused, match=f"Còn {left} mục chưa học xong"):
            start(cast.learner, gated_course.quiz, NOW)
        read(cast.learner, [first, second][2 - left])
    assert start(cast.learner, gated_course.quiz, NOW).number == 1


def test_a_lesson_that_is_not_required_keeps_nothing_shut(cast, gated_course):
    LessonPage.objects.filter(pk=gated_course.lessons[1].pk).update(required=False)
    read(cast.learner, gated_course.lessons[0])
    assert lessons_that_shut(cast.learner, gated_course.course, gated_course.quiz) == 0


def test_lessons_after_the_quiz_count_too(cast, gated_course):
    make_page(gated_course.module, LessonPage, "Mục 3")
    make_page(gated_course.module, QuizPage, "Bài giữa khóa", open_after_lessons=True)
    early = QuizPage.objects.get(title="Bài giữa khóa")
    read(cast.learner, *gated_course.lessons)
    assert lessons_that_shut(cast.learner, gated_course.course, early) == 1


def test_without_the_switch_it_is_open_and_in_order_only_what_stands_before_counts(cast, gated_course):
    gated_course.quiz.open_after_lessons = False
    assert lessons_that_shut(cast.learner, gated_course.course, gated_course.quiz) == 0
    course = CoursePage.objects.get(pk=gated_course.course.pk)
    course.order_enforced = True
    assert lessons_that_shut(cast.learner, course, gated_course.quiz) == 2


def test_a_renewal_finds_it_open_as_long_as_a_completion_counts(cast, gated_course):
    earlier = completed(cast.learner)
    completed(cast.other_learner, key="khoa-khac")
    assert start(cast.learner, gated_course.quiz, NOW).number == 1
    assert lessons_that_shut(cast.other_learner, gated_course.course, gated_course.quiz) == 2
    void(earlier, date(2026, 1, 1), "Nhầm người", cast.manager, timezone.now())
    assert lessons_that_shut(cast.learner, gated_course.course, gated_course.quiz) == 2


def test_an_attempt_that_was_begun_before_the_switch_is_finished(cast, gated_course):
    gated_course.quiz.open_after_lessons = False
    begun = start(cast.learner, gated_course.quiz, NOW)
    gated_course.quiz.open_after_lessons = True
    assert start(cast.learner, gated_course.quiz, LATER) == begun


def test_the_quiz_page_says_what_is_left_and_offers_no_start(client_of, cast, gated_course):
    html = client_of(cast.learner).get(gated_course.quiz.url).content.decode()
    assert "Còn 2 mục chưa học xong trước bài này" in html
    assert "Bắt đầu làm bài" not in html
    client_of(cast.learner).post(
        f"/hoc-tap/bai-kiem-tra/{gated_course.quiz.translation_key}/bat-dau/", {"quiz": gated_course.quiz.pk}
    )
    assert not Attempt.objects.exists()


def test_the_outline_of_the_course_shows_it_shut_then_open(cast, gated_course):
    first, second = gated_course.lessons
    shown = outline(gated_course.course, cast.learner)
    quiz = shown.at(gated_course.quiz.pk)
    assert (quiz.shut, shown.opener_of(quiz).title) == (True, "Mục 1")
    read(cast.learner, first, second)
    assert not outline(gated_course.course, cast.learner).at(gated_course.quiz.pk).shut


# --- the rule alone

LESSON, EXTRA, QUIZ, LAST = [
    Step(n, uuid4(), StepKind.QUIZ if is_quiz else StepKind.LESSON, title, "", 5, required, after_lessons=after)
    for n, (title, is_quiz, required, after) in enumerate(
        [
            ("Mục", False, True, False),
            ("Thêm", False, False, False),
            ("Bài", True, True, True),
            ("Cuối", False, True, False),
        ]
    )
]
STEPS = (LESSON, EXTRA, QUIZ, LAST)


def outline_with(done=(), completed_on=None, order=False) -> Outline:
    module = Module(9, "Mô-đun", "", (), STEPS)
    course = Course(1, KEY, "vi", "Khóa", "", "", order, "", ("", ""), (), (module,), STEPS)
    keys = {step.key for step in done}
    days = {KEY: completed_on} if completed_on else {}
    return outline_for(course, LearnerFacts(keys, set(), days, {}))


@pytest.mark.parametrize(
    ("done", "completed_on", "shut"),
    [
        ((), None, True),
        ((LESSON,), None, True),
        ((LESSON, EXTRA), None, True),
        ((LESSON, LAST), None, False),
        ((QUIZ,), None, False),  # what is done never shuts again
        ((), date(2025, 1, 1), False),
    ],
)
def test_a_quiz_is_shut_while_a_required_lesson_anywhere_is_open(done, completed_on, shut):
    shown = outline_with(done, completed_on)
    assert shown.steps[2].shut is shut
    assert not any(step.shut for step in (shown.steps[0], shown.steps[1], shown.steps[3]))


def test_the_step_that_opens_it_is_the_first_lesson_that_is_left():
    assert outline_with().opener_of(outline_with().steps[2]).title == "Mục"
    shown = outline_with((LESSON,))
    assert shown.opener_of(shown.steps[2]).title == "Cuối"


def test_a_random_order_of_reading_opens_it_only_at_the_end():
    for seed in range(10):
        lessons = Random(seed).sample([LESSON, EXTRA, LAST], 3)
        states = [outline_with(lessons[:n]).steps[2].shut for n in range(4)]
        required_at = max(lessons.index(LESSON), lessons.index(LAST)) + 1
        assert states == [n < required_at for n in range(4)]
