"""Job-aid cards as a citing kind; a card is a row of its module's page."""

from collections.abc import Collection, Iterator, Mapping

from django.urls import reverse
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from courses.content.lesson import ModulePage
from courses.content.structure import all_structures
from courses.keeping.cards import cards_of
from pages.laws.kinds import CitingKind, Passage, Reading, Shown, Where, cites
from pages.laws.of_pages import drafts, key_of, passages_of, sources, texts_of


def _texts(page: Page) -> Iterator[tuple[str, str]]:
    return texts_of(page, ("cards",))


def _read(targets: Collection[str] | None) -> Iterator[Passage]:
    return passages_of(sources(ModulePage, targets), _texts)


def _show(reading: Reading, rows: Collection[Where]) -> Mapping[Where, Shown]:
    found = {
        card.id: Shown(card.title, reverse("card", args=[course.key, card.id]), course.title)
        for course in all_structures(reading.content, reading.language)
        for module in cards_of(course, reading.content)
        for card in module.cards
    }
    known = {row: found[row[1]] for row in rows if not row[2] and row[1] in found}
    return {**known, **drafts(ModulePage, reading, rows)}


cites(CitingKind("cards", gettext_lazy("Thẻ việc"), 30, ModulePage, _read, _show, key_of))
