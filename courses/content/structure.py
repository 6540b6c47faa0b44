"""The published structure of a course, without learners: modules, lessons and quizzes in order; cached by version."""

from dataclasses import dataclass, replace
from uuid import UUID

from wagtail.models import Page

from courses.content.course import CoursePage
from pages.serving import version


@dataclass(frozen=True, slots=True)
class Step:
    """A lesson or a quiz. `place` counts from 1 within its module, of `places`; `key` is the page's translation_key."""

    page_id: int
    key: UUID
    is_quiz: bool
    title: str
    url: str
    minutes: int
    required: bool
    place: int = 0
    places: int = 0


@dataclass(frozen=True, slots=True)
class Module:
    """`page_id` is None for what hangs directly under the course, such as the final quiz."""

    page_id: int | None
    title: str
    url: str
    objectives: tuple[str, ...]
    steps: tuple[Step, ...]

    @property
    def minutes(self) -> int:
        return sum(step.minutes for step in self.steps)


@dataclass(frozen=True, slots=True)
class Course:
    """`before` are the (key, title, address) of the courses to complete first; `catalogue` is (title, address)."""

    page_id: int
    key: str
    language: str
    title: str
    summary: str
    url: str
    approved: bool
    order_enforced: bool
    note: str
    catalogue: tuple[str, str]
    before: tuple[tuple[str, str, str], ...]
    modules: tuple[Module, ...]
    steps: tuple[Step, ...]

    @property
    def minutes(self) -> int:
        return sum(step.minutes for step in self.steps)


COLUMNS = (
    "pk",
    "depth",
    "path",
    "title",
    "url_path",
    "translation_key",
    "live",
    "modulepage__objectives",
    "lessonpage__minutes",
    "lessonpage__required",
    "quizpage__minutes",
    "quizpage__required",
)


def structure(course: CoursePage, content: str | None = None) -> Course:
    """`content` is the content version of the request. Cached in the process, so that a request needs no query."""
    return version.kept(content or version.current(), ("course", course.pk), lambda: read(course))


def structure_around(page: Page, content: str) -> Course | None:
    """The structure of the live course that `page` belongs to; None when that course is not published."""
    for pk, path in version.kept(content, "course paths", _course_paths):
        if page.path.startswith(path):
            return version.kept(content, ("course", pk), lambda pk=pk: read(CoursePage.objects.get(pk=pk)))
    return None


def all_structures(content: str, language: str) -> list[Course]:
    """Every live course once, in the order of the catalogue: in `language`, else in its original language."""
    by_key: dict[str, Course] = {}
    for pk, _path in version.kept(content, "course paths", _course_paths):
        course = version.kept(content, ("course", pk), lambda pk=pk: read(CoursePage.objects.get(pk=pk)))
        if course.key not in by_key or course.language == language:
            by_key[course.key] = course
    return list(by_key.values())


def _course_paths() -> tuple[tuple[int, str], ...]:
    return tuple(CoursePage.objects.live().order_by("path").values_list("pk", "path"))


def lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def read(course: CoursePage, drafts: bool = False) -> Course:
    """With `drafts`, as it would be if everything were published (for previews)."""
    rows = Page.objects.filter(path__startswith=course.path, depth__gt=course.depth).order_by("path")
    url = course.get_url() or ""
    modules: list[list] = []
    for pk, depth, path, title, url_path, key, live, objectives, *minutes_and_required in rows.values_list(*COLUMNS):
        address = url + url_path[len(course.url_path) :]
        if objectives is not None:
            # an unpublished module still heads its published lessons, but leads nowhere
            modules.append([pk, path, title, address if live or drafts else "", lines(objectives), []])
        elif live or drafts:
            if depth == course.depth + 1:
                modules.append([None, path, title, "", (), []])
            modules[-1][-1].append(_step(pk, key, title, address, *minutes_and_required))
    parts = tuple(_module(*module) for module in modules if module[-1])
    above = course.get_parent()
    before = tuple((c.key, c.title, c.get_url() or "") for c in course.prerequisites.all() if c.live)
    return Course(
        course.pk,
        course.key,
        course.locale.language_code,
        course.title,
        course.summary,
        url,
        course.approved,
        course.order_enforced,
        course.note,
        (above.title, above.get_url() or ""),
        before,
        parts,
        tuple(step for part in parts for step in part.steps),
    )


def _step(pk, key, title, address, lesson_minutes, lesson_required, quiz_minutes, quiz_required) -> Step:
    is_quiz = lesson_minutes is None
    minutes, required = (quiz_minutes, quiz_required) if is_quiz else (lesson_minutes, lesson_required)
    return Step(pk, key, is_quiz, title, address, minutes, required)


def _module(pk, _path, title, address, objectives, steps: list[Step]) -> Module:
    placed = tuple(replace(step, place=n, places=len(steps)) for n, step in enumerate(steps, start=1))
    return Module(pk, title, address, objectives, placed)
