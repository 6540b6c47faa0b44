"""Lessons and conversations as citing kinds: what a learner reads of them, and whether it is open to her yet."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from courses.content.lesson import LessonPage
from courses.content.structure import all_structures
from courses.learning.outline import outlines
from courses.practice.conversations.page import ConversationPage
from pages.laws.kinds import CitingKind, Passage, Reading, Shown, Where, cites
from pages.laws.of_pages import drafts, key_of, passages_of, sources, strings_in, texts_of


def _texts_of_lesson(page: Page) -> Iterator[tuple[str, str]]:
    return texts_of(page, ("objective", "body", "sources"))


def _texts_of_conversation(page: Page) -> Iterable[tuple[str, str]]:
    """Its sources alone, as learners read them: the rest is told while it is played, or to reviewers."""
    return [("", "\n".join(strings_in([block["value"].get("cite", "") for block in page.sources.get_prep_value()])))]


def _read_lessons(targets: Collection[str] | None) -> Iterator[Passage]:
    return passages_of(sources(LessonPage, targets), _texts_of_lesson)


def _read_conversations(targets: Collection[str] | None) -> Iterator[Passage]:
    return passages_of(sources(ConversationPage, targets), _texts_of_conversation)


def _steps(reading: Reading, rows: Collection[Where]) -> dict[Where, Shown]:
    """Of published courses, in the reader's language where there is one; a step that is shut leads nowhere yet."""
    courses = all_structures(reading.content, reading.language)
    found: dict[str, Shown] = {}
    for outline in outlines(courses, reading.user):
        for step in outline.steps:
            note = _("%s, chưa mở") % outline.course.title if step.shut else outline.course.title
            found[str(step.key)] = Shown(step.title, "" if step.shut else step.url, note)
    return {row: _at(found[row[0]], row[1]) for row in rows if not row[2] and row[0] in found}


def _at(shown: Shown, place: str) -> Shown:
    address = f"{shown.address}#b-{place}" if shown.address and place else shown.address
    return Shown(shown.title, address, shown.note)


def _show_lessons(reading: Reading, rows: Collection[Where]) -> Mapping[Where, Shown]:
    return {**_steps(reading, rows), **drafts(LessonPage, reading, rows)}


def _show_conversations(reading: Reading, rows: Collection[Where]) -> Mapping[Where, Shown]:
    return {**_steps(reading, rows), **drafts(ConversationPage, reading, rows)}


LESSONS, CONVERSATIONS = "lessons", "conversations"
cites(CitingKind(LESSONS, gettext_lazy("Mục học"), 10, LessonPage, _read_lessons, _show_lessons, key_of))
cites(
    CitingKind(
        CONVERSATIONS,
        gettext_lazy("Tập hỏi chuyện, tình huống"),
        20,
        ConversationPage,
        _read_conversations,
        _show_conversations,
        key_of,
    )
)
