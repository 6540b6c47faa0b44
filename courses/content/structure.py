"""The published structure of a course, without learners: modules and their steps in order; cached by version."""

import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from wagtail.models import Page

from courses.content.concerns import BODY_TEXT, MARKED_BODY, Concerns, concerns_of, duty_names
from courses.content.course import CoursePage
from courses.content.texts import Approved, approval_of
from pages.serving import version


class StepKind(StrEnum):
    """What a step is; its value is the prefix of the columns of its page."""

    LESSON = "lessonpage"
    QUIZ = "quizpage"
    CONVERSATION = "conversationpage"


@dataclass(frozen=True, slots=True)
class Passage:
    """One block of a lesson that concerns some people most."""

    block_id: str
    concerns: Concerns


@dataclass(frozen=True, slots=True)
class Step:
    """`place` counts from 1 within its module, of `places`; `key` is the page's translation_key. `concerns` are those
    whom a lesson concerns most, `passages` the blocks of it that name somebody; a quiz with `after_lessons` opens when
    the required lessons of the course are done. `lang` is told only where the step is not in the course's language.
    """

    page_id: int
    key: UUID
    kind: StepKind
    title: str
    url: str
    minutes: int
    required: bool
    place: int = 0
    places: int = 0
    concerns: Concerns = Concerns()
    passages: tuple[Passage, ...] = ()
    after_lessons: bool = False
    lang: str = ""

    @property
    def is_lesson(self) -> bool:
        return self.kind == StepKind.LESSON

    @property
    def is_quiz(self) -> bool:
        return self.kind == StepKind.QUIZ

    @property
    def is_conversation(self) -> bool:
        return self.kind == StepKind.CONVERSATION

    @property
    def is_extra(self) -> bool:
        """Practice that nobody must do: it stands in the course, but is neither counted nor timed as part of it."""
        return self.is_conversation and not self.required


@dataclass(frozen=True, slots=True)
class Module:
    """`page_id` is None for what hangs directly under the course, such as the final quiz; `key` is then that step's.
    `lang` as of a step.
    """

    page_id: int | None
    title: str
    url: str
    objectives: tuple[str, ...]
    steps: tuple[Step, ...]
    key: UUID | None = None
    lang: str = ""

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
    order_enforced: bool
    note: str
    catalogue: tuple[str, str]
    before: tuple[tuple[str, str, str], ...]
    modules: tuple[Module, ...]
    steps: tuple[Step, ...]

    @property
    def minutes(self) -> int:
        return sum(step.minutes for step in self.steps if not step.is_extra)

    def objective_in_words(self, code: str) -> str:
        """Of "1.4/2" the second objective of the module whose title begins with "1.4."; "" where there is none."""
        module, _slash, number = code.partition("/")
        place = int(number) - 1 if number.isdecimal() else -1
        named = (one.objectives for one in self.modules if one.title.startswith(f"{module}. "))
        return next((found[place] for found in named if 0 <= place < len(found)), "")

    @property
    def approval(self) -> Approved | None:
        """Asked for only where it is shown, since it reads all texts of an approved course."""
        return approval_of(self.key)

    @property
    def approved(self) -> bool:
        return self.approval is not None

    @property
    def has_lessons(self) -> bool:
        return any(step.is_lesson for step in self.steps)


COLUMNS = (
    "pk",
    "depth",
    "path",
    "title",
    "url_path",
    "translation_key",
    "live",
    "modulepage__objectives",
    "lessonpage__sectors",
    "lessonpage__duties",
    "marked_body",
    "quizpage__open_after_lessons",
    *(f"{kind}__{column}" for kind in StepKind for column in ("minutes", "required")),
)


def structure(course: CoursePage, content: str | None = None) -> Course:
    """`content` is the content version of the request. Cached in the process, so that a request needs no query."""
    known = content or version.current()
    return version.kept(known, ("course", course.pk), lambda: _as_asked(read(course), known))


def _as_asked(course: Course, content: str) -> Course:
    """A translation with what the course in its original language asks, by which everybody is completed."""
    pages = [page for page in version.kept(content, "live courses", _live_courses) if page.key == course.key]
    source = min(pages, key=lambda page: page.locale_id, default=None)
    if source is None or source.pk == course.page_id:
        return course
    return with_source(course, structure(source, content))


def structure_around(page: Page, content: str) -> Course | None:
    """The structure of the live course that `page` belongs to; None when that course is not published."""
    for course in version.kept(content, "live courses", _live_courses):
        if page.path.startswith(course.path):
            return structure(course, content)
    return None


def all_structures(content: str, language: str) -> list[Course]:
    """Every live course once, in the order of the catalogue: in `language`, else in its original language."""
    by_key: dict[str, Course] = {}
    for page in version.kept(content, "live courses", _live_courses):
        course = structure(page, content)
        if course.key not in by_key or course.language == language:
            by_key[course.key] = course
    return list(by_key.values())


def course_by_key(content: str, language: str, key: str) -> Course | None:
    """One of `all_structures`; None where no course of that key is published."""
    return next((course for course in all_structures(content, language) if course.key == key), None)


def _live_courses() -> tuple[CoursePage, ...]:
    rest_on_others = Exists(CoursePage.prerequisites.through.objects.filter(from_coursepage=OuterRef("pk")))
    live = CoursePage.objects.live().select_related("locale").annotate(rests_on_others=rest_on_others)
    return tuple(live.order_by("path"))


def with_source(course: Course, source: Course) -> Course:
    """A translation in the order of its source, with the steps that it lacks as the source's; what is required and when
    a quiz opens is the source's too. What stands in the translation alone is an addition. A pure function.
    """
    own = {step.key: step for step in course.steps}
    modules = {module.key: module for module in course.modules}
    parts = []
    for theirs in source.modules:
        steps = [_in_language(step, own.pop(step.key, None), source.language) for step in theirs.steps]
        ours = modules.pop(theirs.key, None)
        if ours is None:
            # a step directly under the course names its module
            translated = theirs.page_id is None and not steps[0].lang
            title = steps[0].title if translated else theirs.title
            ours = replace(theirs, title=title, lang="" if translated else source.language)
        parts.append((ours, steps))
    parts += [(module, []) for module in modules.values()]
    for module, steps in parts:
        steps += [replace(own[step.key], required=False) for step in module.steps if step.key in own]
    done = tuple(replace(module, steps=placed(steps)) for module, steps in parts if steps)
    return replace(course, modules=done, steps=tuple(step for part in done for step in part.steps))


def _in_language(theirs: Step, ours: Step | None, language: str) -> Step:
    if ours is None:
        return replace(theirs, lang=language)
    return replace(ours, required=theirs.required, after_lessons=theirs.after_lessons)


def lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def read(course: CoursePage, drafts: bool = False) -> Course:
    """With `drafts`, as it would be if everything were published (for previews)."""
    # the catalogue, the course itself, and what is below it
    tree = Page.objects.filter(Q(path__startswith=course.path) | Q(path=course.path[: -Page.steplen])).order_by("path")
    above, *found = tree.annotate(body_text=BODY_TEXT).annotate(marked_body=MARKED_BODY).values_list(*COLUMNS)
    # the course itself, in a preview of a new one, is not stored yet
    rows = [row for row in found if row[COLUMNS.index("depth")] > course.depth]
    url, names = course.get_url() or "", _names_for(rows)
    modules: list[list] = []
    for pk, depth, _path, title, url_path, key, live, objectives, sectors, duties, body, *own in rows:
        address = url + url_path[len(course.url_path) :]
        if objectives is not None:
            # an unpublished module still heads its published lessons, but leads nowhere
            modules.append([pk, key, title, address if live or drafts else "", lines(objectives), []])
        elif live or drafts:
            if depth == course.depth + 1:
                modules.append([None, key, title, "", (), []])
            step = _step(pk, key, title, address, *own)
            concerns = concerns_of({"sectors": sectors, "duties": duties}, names)
            modules[-1][-1].append(replace(step, concerns=concerns, passages=_passages(body, names)))
    parts = tuple(_module(*module) for module in modules if module[-1])
    others = course.prerequisites.all() if getattr(course, "rests_on_others", True) else ()
    before = tuple((other.key, other.title, other.get_url() or "") for other in others if other.live)
    return Course(
        course.pk,
        course.key,
        course.locale.language_code,
        course.title,
        course.summary,
        url,
        course.order_enforced,
        course.note,
        (above[COLUMNS.index("title")], _above(url, course.url_path, above[COLUMNS.index("url_path")])),
        before,
        parts,
        tuple(step for part in parts for step in part.steps),
    )


def _above(url: str, url_path: str, above: str) -> str:
    """The address of the page at the tree path `above`, from that of one below it; "" outside every site."""
    return url[: len(url) - len(url_path) + len(above)] if url else ""


def _names_for(rows: list[tuple]) -> dict[str, str]:
    """The names of duties, asked for only where a lesson or a block may name one."""
    duties, body = COLUMNS.index("lessonpage__duties"), COLUMNS.index("marked_body")
    return duty_names() if any(row[duties] or row[body] for row in rows) else {}


def _passages(body: str | None, names: dict[str, str]) -> tuple[Passage, ...]:
    """`body` is the JSON of a lesson's body; None where no block of it names anybody."""
    found = (
        Passage(block["id"], concerns_of(block["value"], names))
        for block in json.loads(body or "[]")
        if isinstance(block["value"], dict)
    )
    return tuple(passage for passage in found if passage.concerns)


def _step(pk, key, title, address, after, *minutes_and_required) -> Step:
    """The columns of the page's own kind are filled, those of the others are NULL."""
    pairs = zip(StepKind, minutes_and_required[::2], minutes_and_required[1::2], strict=True)
    kind, minutes, required = next(pair for pair in pairs if pair[1] is not None)
    return Step(pk, key, kind, title, address, minutes, required, after_lessons=bool(after))


def _module(pk, key, title, address, objectives, steps: list[Step]) -> Module:
    return Module(pk, title, address, objectives, placed(steps), key)


def placed(steps: Collection[Step]) -> tuple[Step, ...]:
    return tuple(replace(step, place=n, places=len(steps)) for n, step in enumerate(steps, start=1))
