"""Which parts of a course stand elsewhere than when it was last approved, since a new order needs no new text.

An order is a list of (part, what it hangs under), ids of pages, as learners meet them.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from wagtail.models import Page, PageLogEntry

from courses.approval.approval import Approval
from courses.approving.parts import Part, Ref, pages_of
from courses.content.course import CoursePage

Order = list[tuple[int, int]]
# as Wagtail writes them into a page's history
MOVES = ("wagtail.move", "wagtail.reorder")


@dataclass(frozen=True)
class Place:
    """`under` is the page that it hangs under; `number` counts from 1 among what hangs there."""

    under: int
    number: int


@dataclass(frozen=True)
class Move:
    """`how` is one phrase: from where to where."""

    part: Part
    how: str


@dataclass(frozen=True)
class Moves:
    """`compared`: the last approval kept its order, so places are told; else what the history of the pages says."""

    rows: list[Move]
    compared: bool


def order_of(pages: Collection[Part], going: Collection[Ref] = ()) -> Order:
    """Of what learners see, once `going` is live too: an unpublished module still heads its published lessons."""
    shown = {part.path for part in pages if part.live or part.ref in going}
    heads = {path[:end] for path in shown for end in range(0, len(path), Page.steplen)}
    ids = {part.path: part.pk for part in pages}
    return [
        (part.pk, ids.get(part.path[: -Page.steplen], 0)) for part in pages if part.level and part.path in shown | heads
    ]


def places_of(order: Order) -> dict[int, Place]:
    counted: dict[int, int] = {}
    found = {}
    for part, under in order:
        counted[under] = counted.get(under, 0) + 1
        found[part] = Place(under, counted[under])
    return found


def moved(before: Order, now: Order) -> list[int]:
    """The fewest parts of `now` whose moving makes its order of that before, of those that were there; in order."""
    was = places_of(before)
    same: dict[int, list[int]] = {}
    elsewhere = set()
    for part, under in now:
        if part in was and was[part].under == under:
            same.setdefault(under, []).append(part)
        elif part in was:
            elsewhere.add(part)
    for parts in same.values():
        stayed = _longest_rising([was[part].number for part in parts])
        elsewhere |= {part for part in parts if was[part].number not in stayed}
    return [part for part, _under in now if part in elsewhere]


def _longest_rising(numbers: list[int]) -> set[int]:
    """One of the longest rising subsequences; `numbers` are all different."""
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        at = bisect_left(ends, number)
        before[number] = ends[at - 1] if at else None
        ends[at : at + 1] = [number]
    found, last = set(), ends[-1] if ends else None
    while last is not None:
        found.add(last)
        last = before[last]
    return found


def moves_since(course: CoursePage, approval: Approval | None, going: Collection[Ref] = ()) -> Moves:
    """Of what learners see when `going` is published; two queries."""
    pages = pages_of(course)
    if approval is None or approval.order is None:
        since = approval.recorded_at if approval else None
        return Moves(_of_history([part for part in pages if part.published_before], since), False)
    before: Order = [(part, under) for part, under in approval.order]
    now, by_pk = order_of(pages, going), {part.pk: part for part in pages}
    old, new = places_of(before), places_of(now)
    return Moves([Move(by_pk[pk], _how(old[pk], new[pk], by_pk)) for pk in moved(before, now)], True)


def place_in_words(place: Place, by_pk: dict[int, Part]) -> str:
    return _("vị trí %(number)d trong %(where)s") % {"number": place.number, "where": _where(place.under, by_pk)}


def _how(old: Place, new: Place, by_pk: dict[int, Part]) -> str:
    if old.under != new.under:
        said = {"old": place_in_words(old, by_pk), "new": place_in_words(new, by_pk)}
        return _("chuyển từ %(old)s sang %(new)s") % said
    at: dict[str, str | int] = {"old": old.number, "new": new.number, "where": _where(new.under, by_pk)}
    if new.number < old.number:
        return _("chuyển từ vị trí %(old)d lên %(new)d trong %(where)s") % at
    if new.number > old.number:
        return _("chuyển từ vị trí %(old)d xuống %(new)d trong %(where)s") % at
    return _("vẫn ở vị trí %(new)d trong %(where)s, các phần quanh đó đã đổi") % at


def _where(under: int, by_pk: dict[int, Part]) -> str:
    part = by_pk.get(under)
    if part is None:
        return _("một mô-đun không còn trong khóa")
    return f"“{part.title}”" if part.level else _("khóa học")


def _of_history(parts: Iterable[Part], since: datetime | None) -> list[Move]:
    """From where each came first, to where it went last."""
    by_pk = {part.pk: part for part in parts}
    # what a program moved, as it brought the course, nobody has to look at
    entries = PageLogEntry.objects.filter(page__in=by_pk, action__in=MOVES, user__isnull=False).order_by(
        "timestamp", "pk"
    )
    if since:
        entries = entries.filter(timestamp__gt=since)
    ways: dict[int, tuple[dict, dict]] = {}
    for pk, data in entries.values_list("page_id", "data"):
        source, goal = data.get("source") or {}, data.get("destination") or {}
        ways[pk] = (ways[pk][0] if pk in ways else source, goal)
    return [Move(part, _along(*ways[pk])) for pk, part in by_pk.items() if pk in ways]


def _along(source: dict, goal: dict) -> str:
    said = {"old": source.get("title", ""), "new": goal.get("title", "")}
    if source.get("id") == goal.get("id"):
        return _("đổi chỗ trong “%(new)s”") % said
    return _("chuyển từ “%(old)s” sang “%(new)s”") % said
