"""Finds lessons of the courses that somebody may open, by title or phrase."""

from collections.abc import Collection
from dataclasses import dataclass

from courses.content.lesson import LessonPage
from courses.keeping.excerpts import excerpt, readable
from courses.learning.outline import LearnerStep, Outline
from pages.search.finding import A_PAGE, SearchQuery, find_among


@dataclass(frozen=True)
class FoundLesson:
    """`excerpt` is "" for a lesson that is still shut."""

    step: LearnerStep
    course_title: str
    excerpt: str


@dataclass(frozen=True)
class FoundLessons:
    """`total` counts all that fit; `lessons` are those of page `number` of `pages`."""

    total: int
    lessons: list[FoundLesson]
    number: int
    pages: int


def find_lessons(query: SearchQuery, outlines: Collection[Outline], number: int = 1) -> FoundLessons:
    """Two queries for any number of results: what fits, and the lessons shown."""
    steps = {step.page_id: (step, one.course.title) for one in outlines for step in one.steps if step.is_lesson}
    fitting = find_among(query, steps)
    pages = max(1, -(-len(fitting) // A_PAGE))
    number = min(max(number, 1), pages)
    shown = fitting[(number - 1) * A_PAGE : number * A_PAGE]
    read = LessonPage.objects.in_bulk([pk for pk in shown if not steps[pk][0].shut])
    lessons = [FoundLesson(*steps[pk], excerpt(readable(read[pk]), query.words) if pk in read else "") for pk in shown]
    return FoundLessons(len(fitting), lessons, number, pages)
