"""Simulates a learner in a course through the real code: lessons, answers, submission."""

from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.db import transaction

from courses.attempts.answering import save_answer
from courses.models import Attempt, AttemptItem, CoursePage, LessonPage, QuizPage
from courses.progress.lessons import keep_place, mark_seen
from courses.quizzes.admission import start
from courses.quizzes.submitting import submit


class Course:
    """The lessons and the quiz of a course, read once."""

    def __init__(self, key: str):
        self.page = CoursePage.objects.get(key=key, locale__language_code="vi")
        self.key = key
        lessons = LessonPage.objects.descendant_of(self.page).live().order_by("path")
        self.lessons: list[UUID] = list(lessons.values_list("translation_key", flat=True))
        self.quiz = QuizPage.objects.descendant_of(self.page).live().get()


def read(person, course: Course, count: int, at: datetime, random: Random) -> datetime:
    """Reads the first `count` lessons, some a day, beginning at `at`; the time of the last one."""
    with transaction.atomic():
        for lesson in course.lessons[:count]:
            mark_seen(person, course.key, lesson, at)
            at += timedelta(minutes=random.randrange(2, 9))
            if random.random() < 0.15:
                at += timedelta(days=random.randrange(1, 4))
        keep_place(person, course.key, course.lessons[min(count, len(course.lessons) - 1)], "", at)
    return at


def take_quiz(person, course: Course, knows: float, at: datetime, random: Random, *, hand_in=True) -> Attempt:
    """Answers each question correctly with probability `knows`; without `hand_in` the last third stays unanswered."""
    with transaction.atomic():
        attempt = start(person, course.quiz, at, random)
        items = list(AttemptItem.objects.filter(attempt=attempt).select_related("version"))
        for item in items if hand_in else items[: len(items) * 2 // 3]:
            at += timedelta(seconds=random.randrange(20, 120))
            save_answer(
                person,
                attempt.pk,
                item.position,
                {"choice": [_choice(item, knows, random)]},
                based_on=0,
                token=UUID(int=random.getrandbits(128), version=4),
                now=at,
            )
        return submit(attempt, at + timedelta(minutes=1)) if hand_in else attempt


def _choice(item: AttemptItem, knows: float, random: Random) -> str:
    right = item.version.key["right"]
    wrong = [choice["id"] for choice in item.version.structure["choices"] if choice["id"] not in right]
    return right[0] if random.random() < knows else random.choice(wrong)
