"""What a reviewer sees of a submission: each part beside what is live, what became of it since, what must be known."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from courses.approval.submission import Submission, SubmissionState, SubmittedPart
from courses.approving.moved import order_of, place_in_words, places_of
from courses.approving.parts import Ref, address_of, pages_of, source_page
from courses.approving.publishing import (
    coming_of,
    edited_since,
    keys_changed,
    obstacles,
    progress_of,
    work_of,
)
from courses.approving.readiness import Fault, faults_of
from courses.content.course import CoursePage
from courses.questions.bank import Question
from outbox.effects import Effect


@dataclass(frozen=True)
class Row:
    """`compare` leads to what changed against what is live, "" where nothing is; `look` to it as it would be."""

    part: SubmittedPart
    what: str
    look: str
    compare: str
    edit: str
    edited: bool
    obstacle: str


@dataclass(frozen=True)
class Review:
    submission: Submission
    rows: list[Row]
    # parts that stay as they are
    unchanged: int
    faults: list[Fault]
    obstacles: list[str]
    # questions with another key, and how many attempts were marked by the one in force
    keys: list[tuple[str, int]]
    # what publishes it, or could not
    work: Effect | None
    done: int
    total: int

    @property
    def marked(self) -> int:
        return sum(count for _question, count in self.keys)

    @property
    def edited(self) -> list[Row]:
        return [row for row in self.rows if row.edited]

    @property
    def failed(self) -> bool:
        return self.work is not None and self.work.is_finished

    @property
    def may_go(self) -> bool:
        return not self.faults and not self.obstacles


def review_of(submission: Submission) -> Review:
    """Some twenty queries, however many parts there are."""
    parts = list(submission.parts.select_related("revision"))
    course, coming = source_page(submission.course_key), coming_of(parts)
    hindered = {one.part.pk: one.what for one in obstacles(submission, course, parts)}
    edited, live, places = edited_since(parts), _live(parts), _new_places(course, parts)
    rows = [_row(part, live, places, edited, hindered.get(part.pk, "")) for part in parts if part.publishes]
    publishing = submission.state == SubmissionState.PUBLISHING
    done, total = progress_of(submission) if publishing else (0, 0)
    return Review(
        submission,
        rows,
        len(parts) - len(rows),
        faults_of(course, coming) if course else [],
        [f"“{part.title}” {hindered[part.pk]}" for part in parts if part.pk in hindered],
        keys_changed(coming),
        work_of(submission),
        done,
        total,
    )


def _live(parts: list[SubmittedPart]) -> set[tuple[bool, int]]:
    ids = [part.object_id for part in parts]
    pages = Page.objects.filter(pk__in=ids, live=True).values_list("pk", flat=True)
    questions = Question.objects.filter(pk__in=ids, live=True).values_list("pk", flat=True)
    return {(False, pk) for pk in pages} | {(True, pk) for pk in questions}


def refs_of(parts: Iterable[SubmittedPart]) -> set[Ref]:
    """What goes live with the submission."""
    return {(part.kind, part.object_id) for part in parts if part.publishes}


def _new_places(course: CoursePage | None, parts: list[SubmittedPart]) -> dict[int, str]:
    """{id of a page: where learners will meet it, in words}."""
    if course is None:
        return {}
    pages = pages_of(course)
    by_pk = {page.pk: page for page in pages}
    found = places_of(order_of(pages, refs_of(parts)))
    return {pk: place_in_words(place, by_pk) for pk, place in found.items()}


def _row(part: SubmittedPart, live: set, places: dict[int, str], edited: set, obstacle: str) -> Row:
    is_live = (part.is_question, part.object_id) in live
    place = "" if part.is_question or is_live else places.get(part.object_id, "")
    look = compare = ""
    if part.revision_id:
        names = Question.snippet_viewset.get_url_name if part.is_question else "wagtailadmin_pages:{}".format
        look = reverse(names("revisions_view"), args=[part.object_id, part.revision_id])
        if is_live:
            compare = reverse(names("revisions_compare"), args=[part.object_id, "live", part.revision_id])
    return Row(
        part,
        _("đổi so với bản đang đăng") if is_live else "; ".join(filter(None, (_("chưa đăng"), place))),
        look,
        compare,
        address_of(part.kind, part.object_id),
        (part.kind, part.object_id) in edited,
        obstacle,
    )
