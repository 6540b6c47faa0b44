"""Message × language × state, as whoever leads the campaign and every translator see it. What other renderings of a
message are in (voice, prints) joins here by the same keys.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max
from django.utils.translation import gettext as _
from wagtail.models import Page

from campaigns.translating.kinds import sources, title_of
from campaigns.translating.orthography import Orthography
from campaigns.translating.rules import LABELS, MISSING, State, state_of
from campaigns.translating.sentences import SentenceTranslation, SourceSentence


@dataclass(frozen=True)
class Mark:
    """In what another rendering of a message is, where it is worked at, and how many of its sentences ask for it."""

    state: str
    label: Any
    url: str
    to_do: int = 0


@dataclass(frozen=True)
class Beside:
    """Another rendering: `told` gives its marks by (page, language), in a constant number of queries."""

    name: str
    label: Any
    told: Callable[[Iterable[UUID], Iterable[str]], Mapping[tuple[UUID, str], Mark]]
    # (state, label) that the filter offers beside those of the words
    states: tuple[tuple[str, Any], ...] = ()


_BESIDE: dict[str, Beside] = {}


def stands_beside(one: Beside) -> None:
    """Registers a rendering that the board shows beside the words."""
    _BESIDE[one.name] = one


def marks_of(name: str, keys: Iterable[UUID], languages: Iterable[str]) -> Mapping[tuple[UUID, str], Mark]:
    """Of one rendering beside the words; {} where nobody registered it."""
    return _BESIDE[name].told(keys, languages) if name in _BESIDE else {}


def states_beside() -> list[tuple[str, Any]]:
    """(state, label) of the other renderings that the words do not have."""
    return [pair for one in _BESIDE.values() for pair in one.states]


@dataclass(frozen=True)
class Cell:
    """A message in a language: how many of its sentences are in which state."""

    orthography: Orthography
    counts: Counter
    sentences: int
    # when somebody last wrote in it; None: nobody has
    since: datetime | None
    # (name of the rendering, its mark)
    beside: list[tuple[Any, Mark]] = field(default_factory=list)

    @property
    def state(self) -> str:
        return state_of(list(self.counts.elements()), self.sentences)

    @property
    def label(self):
        # of a message in which only some sentences are missing
        return _("còn thiếu") if self.state == MISSING and self.counts else LABELS[self.state]

    @property
    def approved(self) -> int:
        return self.counts[State.APPROVED.value]

    @property
    def to_do(self) -> int:
        """Sentences on which a translator has something to do."""
        done = self.counts[State.APPROVED.value] + self.counts[State.AWAITING.value]
        return self.sentences - done

    @property
    def awaiting(self) -> int:
        return self.counts[State.AWAITING.value]


@dataclass(frozen=True)
class BoardRow:
    page: Page
    cells: list[Cell]

    @property
    def title(self) -> str:
        return title_of(self.page)


@dataclass(frozen=True)
class Progress:
    orthography: Orthography
    approved: int
    sentences: int
    awaiting: int


def board(
    orthographies: Iterable[Orthography], pages: Iterable[Page] | None = None, *, beside: bool = False
) -> list[BoardRow]:
    """Every live page that is translated, or these, in each orthography; two queries, those of the pages, and with
    `beside` those of other renderings.
    """
    columns = list(orthographies)
    shown = list(sources()) if pages is None else list(pages)
    keys = {page.translation_key for page in shown}
    present = SourceSentence.objects.present().filter(page_key__in=keys).order_by()
    numbers = dict(present.values_list("page_key").annotate(n=Count("pk")))
    counts, since = _counts(keys, columns)
    marks = [(one, one.told(keys, [each.language for each in columns])) for one in _BESIDE.values()] if beside else []
    return [
        BoardRow(
            page,
            [
                Cell(
                    one,
                    counts[page.translation_key, one.pk],
                    numbers.get(page.translation_key, 0),
                    since.get((page.translation_key, one.pk)),
                    [
                        (other.label, mark)
                        for other, those in marks
                        if one.is_live and (mark := those.get((page.translation_key, one.language))) is not None
                    ],
                )
                for one in columns
            ],
        )
        for page in shown
    ]


def _counts(keys: set[UUID], columns: list[Orthography]):
    """({(page, orthography): sentences by state}, {the same: when last written}); one query."""
    rows = SentenceTranslation.objects.filter(
        source__page_key__in=keys, source__gone_at=None, orthography__in=columns
    ).exclude(text="", state=State.DRAFT)
    groups = rows.order_by().values_list("source__page_key", "orthography", "state")
    counts: dict[tuple[UUID, int], Counter] = defaultdict(Counter)
    since: dict[tuple[UUID, int], datetime] = {}
    for key, orthography, state, number, at in groups.annotate(n=Count("pk"), last=Max("written_at")):
        counts[key, orthography][state] += number
        if at is not None:
            since[key, orthography] = max(at, since.get((key, orthography), at))
    return counts, since


def approved_translations() -> int:
    """Of pages, in every language that is live: those of which a native speaker approved each sentence."""
    rows = board(Orthography.objects.live())
    return sum(cell.state == State.APPROVED for row in rows for cell in row.cells)


def progress(rows: list[BoardRow]) -> list[Progress]:
    """By language, over the rows shown; no query."""
    found: dict[int, Progress] = {}
    for row in rows:
        for cell in row.cells:
            before = found.get(cell.orthography.pk, Progress(cell.orthography, 0, 0, 0))
            found[cell.orthography.pk] = Progress(
                cell.orthography,
                before.approved + cell.approved,
                before.sentences + cell.sentences,
                before.awaiting + cell.awaiting,
            )
    return list(found.values())


def in_state(rows: list[BoardRow], state: str) -> list[BoardRow]:
    """Rows with a cell or another rendering in this state; "" means all."""
    if state not in dict(states()):
        return rows
    return [
        row
        for row in rows
        if any(state in (cell.state, *(mark.state for _name, mark in cell.beside)) for cell in row.cells)
    ]


def states() -> list[tuple[str, Any]]:
    """(state, label), as the filter offers them."""
    return [(MISSING, LABELS[MISSING]), *State.choices, *states_beside()]
