"""What is wrong with published lessons: minutes that do not fit the text, and links that lead nobody to read again."""

from dataclasses import dataclass

from courses.content.course import CoursePage
from courses.content.lesson import LessonPage
from courses.content.lesson_editor import reading
from courses.content.quiz import QuizQuestion
from courses.content.reading import is_off


@dataclass(frozen=True)
class WrongMinutes:
    """`proposed` is what the formula says; `minutes` is off by more than a third of it."""

    course: str
    lesson: str
    page: int
    minutes: int
    proposed: int


@dataclass(frozen=True)
class DeadLink:
    """A published quiz sends to `lesson` to read again, which is not published."""

    quiz: str
    page: int
    question: str
    lesson: str


def wrong_minutes() -> list[WrongMinutes]:
    """In the order of the pages; two queries."""
    courses = list(CoursePage.objects.live().values_list("path", "key"))
    wrong = []
    for lesson in LessonPage.objects.live().order_by("path"):
        course = next((key for path, key in courses if lesson.path.startswith(path)), None)
        proposed = reading(lesson.title, lesson.objective, lesson.body).minutes
        if course is not None and is_off(lesson.minutes, proposed):
            wrong.append(WrongMinutes(course, lesson.title, lesson.pk, lesson.minutes, proposed))
    return wrong


def dead_links() -> list[DeadLink]:
    rows = QuizQuestion.objects.filter(quiz__live=True, lesson__live=False).order_by("quiz__path", "sort_order")
    columns = ("quiz__title", "quiz_id", "question__name", "lesson__title")
    return [DeadLink(*row) for row in rows.values_list(*columns)]
