"""What cites the law: each app registers its kinds, so nothing here imports those that come later.

    cites(CitingKind("lessons", _("Mục học"), 10, LessonPage, read, show))

A kind reads its texts for the index, and says of rows of the index what a reader may open.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Model
from django.utils.functional import Promise

from people.persons.user import User


@dataclass(frozen=True)
class Passage:
    """A text that may cite. `target` is what was changed when it changes, `place` where in it (a block's id, or "").
    Drafts are what is not published, or not published yet.
    """

    target: str
    place: str
    text: str
    is_draft: bool = False


# (target, place, is_draft) of a row of the index
Where = tuple[str, str, bool]


@dataclass(frozen=True)
class Shown:
    """`address` is "" for what stands there and cannot be opened yet; `note` says where it belongs."""

    title: str
    address: str = ""
    note: str = ""


@dataclass(frozen=True)
class Reading:
    """Who reads, in which language, at which content version."""

    user: User
    language: str
    content: str


@dataclass(frozen=True)
class CitingKind:
    """`read` gives the passages of some targets (None: of all); `show` leaves out what the reader may not know of.
    Both ask a fixed number of queries.
    """

    key: str
    label: str | Promise
    order: int
    model: type[Model]
    read: Callable[[Collection[str] | None], Iterable[Passage]]
    show: Callable[[Reading, Collection[Where]], Mapping[Where, Shown]]
    target_of: Callable[[Model], str]


_KINDS: dict[str, CitingKind] = {}


def cites(kind: CitingKind) -> None:
    _KINDS[kind.key] = kind


def kinds() -> list[CitingKind]:
    return sorted(_KINDS.values(), key=lambda kind: kind.order)


@dataclass(frozen=True)
class Led:
    """What an article or a document leads to beside what cites it, such as one's own certificates."""

    label: str | Promise
    shown: tuple[Shown, ...]


# of a document, an article ("" of the document as a whole) and the rows that cite it: (kind, target, place, is_draft)
Leads = Callable[[Reading, str, str, Collection[tuple[str, str, str, bool]]], Led | None]
_LEADS: list[Leads] = []


def leads(found: Leads) -> Leads:
    _LEADS.append(found)
    return found


def all_leads() -> list[Leads]:
    return list(_LEADS)
