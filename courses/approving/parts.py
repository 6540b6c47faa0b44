"""A course with everything below it as its editors have it now: pages in teaching order, then their questions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.urls import reverse
from modelcluster.models import ClusterableModel
from wagtail.models import Page, Revision

from courses.approval.submission import PartKind
from courses.content.course import CoursePage
from courses.content.lesson import LessonPage, ModulePage
from courses.content.quiz import QuizPage, QuizQuestion
from courses.practice.conversations.page import ConversationPage
from courses.questions.bank import Question, below_category
from courses.questions.versions import SOURCE_LANGUAGE

MODELS: dict[str, Any] = {
    PartKind.COURSE: CoursePage,
    PartKind.MODULE: ModulePage,
    PartKind.LESSON: LessonPage,
    PartKind.QUIZ: QuizPage,
    PartKind.CONVERSATION: ConversationPage,
    PartKind.QUESTION: Question,
}
STEPS = (PartKind.LESSON, PartKind.QUIZ, PartKind.CONVERSATION)
Ref = tuple[str, int]


@dataclass(frozen=True)
class Part:
    """`revision` is the latest of its drafts, None where it never had one. `level` is 0 for the course, 1 for what
    hangs directly under it. `changed`: its editor's text differs from the live one, or none is live.
    """

    kind: str
    pk: int
    title: str
    live: bool
    changed: bool
    published_before: bool
    revision: int | None
    live_revision: int | None
    edited_at: datetime | None
    path: str = ""
    level: int = 0
    minutes: int | None = None
    required: bool = True
    submitted: bool = False

    @property
    def ref(self) -> Ref:
        return self.kind, self.pk

    @property
    def name(self) -> str:
        """What a form sends back: the thing and the revision that was looked at."""
        return f"{self.kind}:{self.pk}:{self.revision or 0}"

    @property
    def label(self) -> str:
        return str(PartKind(self.kind).label)

    @property
    def is_question(self) -> bool:
        return self.kind == PartKind.QUESTION

    @property
    def withdrawn(self) -> bool:
        return not self.live and self.published_before

    @property
    def goes_live_by_itself(self) -> bool:
        """What was withdrawn once comes back only when somebody says so."""
        return self.changed and not self.withdrawn

    @property
    def address(self) -> str:
        return address_of(self.kind, self.pk)


def address_of(kind: str, pk: int) -> str:
    """Where it is edited."""
    if kind == PartKind.QUESTION:
        return reverse(Question.snippet_viewset.get_url_name("edit"), args=[pk])
    return reverse("wagtailadmin_pages:edit", args=[pk])


@dataclass(frozen=True)
class CourseParts:
    course: CoursePage
    pages: tuple[Part, ...]
    questions: tuple[Part, ...]

    @property
    def all(self) -> tuple[Part, ...]:
        return (*self.pages, *self.questions)

    @cached_property
    def changed(self) -> list[Part]:
        return [part for part in self.all if part.changed]

    @cached_property
    def minutes(self) -> int:
        return sum(part.minutes or 0 for part in self.pages if part.required)


PAGE_COLUMNS = (
    "pk", "path", "depth", "draft_title", "live", "has_unpublished_changes", "first_published_at", "latest_revision",
    "live_revision", "latest_revision_created_at", "content_type__model",
    *(f"{kind}__{column}" for kind in STEPS for column in ("minutes", "required")),
)  # fmt: skip


def source_page(key: str) -> CoursePage | None:
    """The course in its original language, published or not."""
    return CoursePage.objects.filter(own_key=key).select_related("locale").first()


def parts_of(course: CoursePage) -> CourseParts:
    """Six queries, however many parts there are."""
    pages = pages_of(course)
    return CourseParts(course, pages, tuple(_questions(pages)))


def pages_of(course: CoursePage) -> tuple[Part, ...]:
    """In teaching order, the course's own page first; one query."""
    rows = Page.objects.filter(path__startswith=course.path, alias_of=None).order_by("path").values_list(*PAGE_COLUMNS)
    return tuple(part for row in rows if (part := _page(course, *row)))


def _page(course, pk, path, depth, title, live, changed, first, latest, live_revision, at, model, *own) -> Part | None:
    if model not in MODELS:
        return None
    pairs = zip(own[::2], own[1::2], strict=True)
    minutes, required = next((pair for pair in pairs if pair[0] is not None), (None, True))
    state = {"live": live, "changed": changed or not live, "published_before": first is not None}
    place = {"path": path, "level": depth - course.depth, "minutes": minutes, "required": bool(required)}
    return Part(model, pk, title, revision=latest, live_revision=live_revision, edited_at=at, **state, **place)


def _questions(pages: Iterable[Part]) -> Iterator[Part]:
    """Those that the quizzes ask or may draw, as the editors have the quizzes now."""
    fixed, categories = asked_by({page.pk: page.revision for page in pages if page.kind == PartKind.QUIZ})
    wanted = Q(pk__in=fixed)
    for category in categories:
        wanted |= below_category(category)
    rows = Question.objects.filter(wanted, locale__language_code=SOURCE_LANGUAGE).written().order_by("category", "name")
    for row in rows.select_related("latest_revision").defer("body", "folded", "latest_revision__content"):
        yield Part(
            PartKind.QUESTION,
            row.pk,
            str(row)[:255],
            row.live,
            row.has_unpublished_changes or not row.live,
            row.first_published_at is not None,
            row.latest_revision_id,
            row.live_revision_id,
            row.latest_revision.created_at if row.latest_revision else None,
        )


def asked_by(quizzes: dict[int, int | None]) -> tuple[set[int], list[str]]:
    """(ids of fixed questions, categories that are drawn from) of {quiz page: revision}; three queries."""
    contents = dict(Revision.objects.filter(pk__in=quizzes.values()).values_list("object_id", "content"))
    drafts = {int(pk): content for pk, content in contents.items()}
    unwritten = [pk for pk in quizzes if pk not in drafts]
    rows = QuizQuestion.objects.filter(quiz__in=unwritten)
    fixed = set(rows.values_list("question", flat=True)) if unwritten else set()
    live = QuizPage.objects.filter(pk__in=unwritten).values_list("draw_from", flat=True) if unwritten else []
    fixed |= {row["question"] for content in drafts.values() for row in content.get("questions", ())}
    drawn = [*live, *(content.get("draw_from", "") for content in drafts.values())]
    return fixed - {None}, sorted({category for category in drawn if category})


def with_submitted(parts: CourseParts, submitted: Iterable[Ref]) -> CourseParts:
    known = set(submitted)
    pages, questions = (
        tuple(replace(part, submitted=part.ref in known) for part in some) for some in (parts.pages, parts.questions)
    )
    return CourseParts(parts.course, pages, questions)


def restored(wanted: dict[Ref, int | None]) -> dict[Ref, ClusterableModel]:
    """The things of {(kind, id): revision} as these revisions have them, not as Wagtail would make them, which asks
    the database some ten times for each: only to be looked at, never to be saved. What has no revision is taken from
    its row. A query, and one for each kind without.
    """
    contents = Revision.objects.filter(pk__in=[pk for pk in wanted.values() if pk]).values_list("pk", "content")
    known = dict(contents)
    found: dict[Ref, ClusterableModel] = {
        ref: MODELS[ref[0]].from_serializable_data(known[revision], check_fks=False)
        for ref, revision in wanted.items()
        if revision in known
    }
    for kind in {kind for kind, _pk in wanted.keys() - found.keys()}:
        missing = [pk for one, pk in wanted.keys() - found.keys() if one == kind]
        found |= {(kind, row.pk): row for row in MODELS[kind].objects.filter(pk__in=missing)}
    return found
