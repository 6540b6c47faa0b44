"""What everybody who takes a quiz needs of it and of its course: the same for all, so kept in the process.

It is kept under the content version that was read first (`pages.serving.version`): a published page or question raises
it. Nobody may change what is kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from courses.content.course import CoursePage
from courses.content.lesson import LessonPage, ModulePage
from courses.content.quiz import QuizPage
from courses.questions.versions import QuestionVersion
from courses.quizzes.drawing import QuizQuestions, asks_anything
from pages.serving import version


@dataclass(frozen=True)
class KnownQuiz:
    """`prerequisites` are {key: title} of the courses to complete first, live or not."""

    course: CoursePage
    prerequisites: dict[str, str]
    questions: QuizQuestions
    asks_anything: bool


def known(quiz: QuizPage, content: str) -> KnownQuiz:
    return version.kept(content, ("quiz", quiz.pk), lambda: _read(quiz))


def _read(quiz: QuizPage) -> KnownQuiz:
    course = course_of(quiz)
    prerequisites = dict(course.prerequisites.values_list("key", "title"))
    return KnownQuiz(course, prerequisites, QuizQuestions.of(quiz), asks_anything(quiz))


def course_of(quiz: QuizPage) -> CoursePage:
    return CoursePage.objects.ancestor_of(quiz).get()


def live_quizzes(key: UUID, content: str) -> tuple[QuizPage, ...]:
    """The quiz in every language in which it is published."""
    pages = QuizPage.objects.live().filter(translation_key=key).select_related("locale")
    return version.kept(content, ("live quizzes", key), lambda: tuple(pages))


def lessons_in(language: str, content: str) -> dict[UUID, LessonPage]:
    """Live lessons by key, in the order of their courses, without their bodies."""
    pages = LessonPage.objects.live().filter(locale__language_code=language)
    made = version.kept(
        content,
        ("live lessons", language),
        lambda: {page.translation_key: page for page in pages.defer("body", "sources").order_by("path")},
    )
    return made


def modules_by_path(content: str) -> dict[str, ModulePage]:
    return version.kept(content, "modules", lambda: {page.path: page for page in ModulePage.objects.order_by("path")})


def versions_of(ids: Iterable[int], content: str) -> dict[int, QuestionVersion]:
    """The question versions of these ids; one query for those that this process has not met."""
    met = {pk: version.kept(content, ("question version", pk), lambda: None) for pk in ids}
    missing = [pk for pk, one in met.items() if one is None]
    for pk, found in QuestionVersion.objects.in_bulk(missing).items():
        met[pk] = version.kept(content, ("question version", pk), partial(_same, found))
    return met


def _same(value):
    return value
