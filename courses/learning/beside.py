"""What other rooms put at the end of a lesson: each registers, so nothing here imports those that come later.

    @beside(10)
    def kept_answers(request, page: LessonPage, step: LearnerStep) -> str: ...

gives safe HTML, or "" where there is nothing.
"""

from collections.abc import Callable

from courses.content.lesson import LessonPage
from courses.learning.outline import LearnerStep

Source = Callable[[object, LessonPage, LearnerStep], str]
_SOURCES: list[tuple[int, Source]] = []


def beside(order: int) -> Callable[[Source], Source]:
    def register(source: Source) -> Source:
        _SOURCES.append((order, source))
        return source

    return register


def drawn_beside(request, page: LessonPage, step: LearnerStep) -> list[str]:
    sources = [source for _order, source in sorted(_SOURCES, key=lambda one: one[0])]
    return [drawn for source in sources if (drawn := source(request, page, step))]
