"""The job-aid cards of a course: rows of its modules' pages, shown on the phone and printed A6."""

from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from courses.content.blocks.keeping import numbered
from courses.content.course import CoursePage
from courses.content.lesson import ModulePage
from courses.content.structure import Course
from pages.serving import version
from printing import render

DESIGN = Path(__file__).parent / "designs" / "cards.typ"


@dataclass(frozen=True)
class Card:
    """`id` is that of its block, the same in every language."""

    id: str
    title: str
    audience: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class ModuleCards:
    title: str
    cards: tuple[Card, ...]


def cards_of(course: Course, content: str) -> tuple[ModuleCards, ...]:
    """Of the published modules, also of one whose lessons are not; two queries, none until something is published."""
    return version.kept(content, ("cards", course.page_id), lambda: read_cards(course.page_id))


def read_cards(course_id: int) -> tuple[ModuleCards, ...]:
    course = CoursePage.objects.get(pk=course_id)
    modules = ModulePage.objects.child_of(course).live().order_by("path")
    return tuple(ModuleCards(module.title, cards) for module in modules if (cards := _cards(module)))


def _cards(module: ModulePage) -> tuple[Card, ...]:
    return tuple(
        Card(bound.id or "", bound.value["title"], bound.value["audience"], tuple(bound.value["lines"]))
        for bound in module.cards
    )


def printed(card: Card) -> dict:
    """What the designs set of a card."""
    lines = [{"number": number, "words": words} for number, words in map(numbered, card.lines)]
    return {"title": card.title, "audience": card.audience, "lines": lines}


def sheets_pdf(course: Course, cards: list[Card]) -> bytes:
    """Four cards to an A4 sheet, with lines to cut along. Raises MissingLetter."""
    data = {
        "title": _("Thẻ việc: %s") % course.title,
        "course": course.title,
        "approved": course.approved,
        "cards": [printed(card) for card in cards],
    }
    return render(DESIGN, data)
