"""The groups of one figure of several requirements, as rows of a page and of a file."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from courses.reports.files.tables import UNHELD
from courses.reports.query.wording import Segment, percent_words, unheld_words
from courses.reports.together.asked import Several
from courses.standing.coverage import Rosters
from courses.standing.spans import State
from courses.standing.unheld import WITHOUT_COMMUNES, by_child, communes_without
from courses.together.counting import Counts, Outcome, counted
from courses.together.dimensions import OWN, Dimension
from letters.order import text_order
from people.times import today
from tabular.writing import Table

BAR = 600


def labels() -> dict[Outcome, str]:
    return {
        Outcome.ALL: _("Hoàn thành mọi yêu cầu"),
        Outcome.SOME: _("Mới hoàn thành một phần"),
        Outcome.NONE: _("Chưa hoàn thành yêu cầu nào"),
        Outcome.EXCUSED: _("Được miễn"),
    }


@dataclass(frozen=True)
class Group:
    key: str
    name: str
    counts: Counts
    percent: str

    @property
    def numbers(self) -> list[tuple[Outcome, int]]:
        counts = self.counts
        told = (counts.all, counts.some, counts.none, counts.excused)
        return list(zip(Outcome, told, strict=True))


SORTS = {
    "xong": lambda group: (not group.counts.required, group.counts.percent or 0, -group.counts.required),
    "so": lambda group: (-group.counts.required,),
    "ten": lambda group: (),
}


def groups(several: Several, sort: str) -> list[Group]:
    """The least complete first, unless asked otherwise; those at the unit itself are last where units are listed."""
    told = several.together
    counts = {str(key): counted(inside.values()) for key, inside in told.groups.items()}
    rosters, nobody = _rosters(several, counts), _nobody(several, counts)
    rows = [
        Group(
            key,
            str(told.names.get(key, key)),
            one,
            words(one, *rosters.get(key, rosters[None]), nobody.get(key, 0) if key in rosters else nobody[None]),
        )
        for key, one in counts.items()
    ]
    rows.sort(key=lambda row: (text_order(row.name), row.key))
    rows.sort(key=SORTS.get(sort, SORTS["xong"]))
    return sorted(rows, key=lambda row: several.by == Dimension.UNIT and row.key == OWN)


def words(counts: Counts, unconfirmed: int, changed: int, unheld: int) -> str:
    """The percentage; a bare 100 % only where every unit confirmed its roster as it is, and named somebody."""
    figures = {"percent": counts.percent, "required": counts.required, "completed": counts.all}
    return percent_words(
        {**figures, "excused": counts.excused, "unconfirmed_units": unconfirmed}, changed, unheld_words(unheld)
    )


def _rosters(several: Several, counts: dict[str, Counts]) -> dict[str | None, tuple[int, int]]:
    """By unit below: rosters that are not confirmed, and those that changed since. None: of the whole unit, and so of
    any group that is no unit. What changed is looked up only where a bare 100 % would stand.
    """
    answer = several.answer
    children = {child.code: child for child in answer.children}
    if several.by != Dimension.UNIT:
        children = {}
    whole = [key for key, one in counts.items() if one.required and one.all == one.required]
    total = several.together.counts
    open_ones = {child.code or OWN: child.unconfirmed_units for child in children.values()}
    changed: dict = {}
    if whole or (total.required and total.all == total.required):
        past = answer.known_on if answer.is_recount else None
        changed = changed_units(several, children, Rosters(answer.places, answer.as_of, past))
    found: dict[str | None, tuple[int, int]] = {key: (number, changed.get(key, 0)) for key, number in open_ones.items()}
    found[None] = (answer.total.unconfirmed_units, sum(changed.values()))
    return found


def changed_units(several: Several, children: Collection, rosters: Rosters) -> dict[str, int]:
    below = {child.pk: child.code for child in several.answer.places.children}
    told = rosters.changed(below)
    return {below[pk] if pk else OWN: number for pk, number in told.items()}


def _nobody(several: Several, counts: dict[str, Counts]) -> Counter[str | None]:
    """By unit below the communes where nobody holds one of the duties; None: of the whole unit. No query but where a
    bare 100 % would stand; one a duty.
    """
    answer, total = several.answer, several.together.counts
    kinds = {child.code: child.kind for child in answer.places.children} if several.by == Dimension.UNIT else {}
    full = [key for key, one in counts.items() if one.is_full and kinds.get(key, "") not in WITHOUT_COMMUNES]
    if not (full or total.is_full):
        return Counter()
    past = answer.known_on if answer.is_recount else None
    duties = {several.rules[one.pk].duty_id for one in several.chosen}
    found = {pk for duty in duties for pk in communes_without(answer.places, duty, answer.as_of, past)}
    codes = {child.pk: child.code for child in answer.places.children}
    told: Counter[str | None] = Counter()
    for pk, number in by_child(answer.places, found).items():
        told[codes[pk] if pk else None] = number
    told[None] = told.total()
    return told


def total_words(several: Several) -> str:
    return words(several.together.counts, *_rosters(several, {})[None], _nobody(several, {})[None])


def parts(several: Several) -> list[dict]:
    """The bar's segments in words: each outcome of the required, with its people."""
    told = several.together.counts
    css = {Outcome.ALL: "s1", Outcome.SOME: "s2", Outcome.NONE: "s3"}
    numbers = {Outcome.ALL: told.all, Outcome.SOME: told.some, Outcome.NONE: told.none}
    return [
        {
            "label": labels()[outcome],
            "count": number,
            "css": css[outcome],
            "address": several.address("together_people", muc=outcome.value) if number else "",
        }
        for outcome, number in numbers.items()
    ]


def segments(several: Several) -> list[Segment]:
    told, start, drawn = several.together.counts, 0, []
    for css, number in (("s1", told.all), ("s2", told.some), ("s3", told.none)):
        if number:
            x, end = (BAR * n // told.required for n in (start, start + number))
            drawn.append(Segment(css, x, max(end - x, 3)))
            start += number
    return drawn


def each_alone(several: Several) -> list[dict]:
    """The chosen requirements one by one, from the same rows: their own figures."""
    asked: dict[int, set[int]] = {one.pk: set() for one in several.chosen}
    done: dict[int, set[int]] = {one.pk: set() for one in several.chosen}
    excused, completed = State.EXCUSED.value, State.COMPLETED.value
    for requirement, person, _unit, state in several.together.rows:
        if state != excused:
            asked[requirement].add(person)
        if state == completed:
            done[requirement].add(person)
    return [
        {
            "name": one.name,
            "completed": len(done[one.pk]),
            "required": len(asked[one.pk]),
            "address": several.query.about(one),
        }
        for one in several.chosen
    ]


def groups_table(several: Several, rows: list[Group]) -> Table:
    named = labels()
    columns = [
        *(_("Nhóm"), _("Phải hoàn thành"), *(named[outcome] for outcome in Outcome), _("Tỷ lệ (%)")),
        *(_("Tính đến ngày"), _("Địa giới ngày"), _("Biết đến ngày")),
    ]
    days = several.answer.as_of, several.answer.geography, several.answer.known_on

    def row(name: str, counts: Counts) -> tuple:
        return (name, counts.required, counts.all, counts.some, counts.none, counts.excused, counts.percent, *days)

    lines = [row(_("Tổng"), several.together.counts), *(row(one.name, one.counts) for one in rows)]
    return Table(_("Gộp các yêu cầu"), columns, lines, about(several))


def about(several: Several) -> list[tuple[str, object]]:
    query, counts = several.query, several.together.counts
    nobody = _nobody(several, {})[None]
    return [
        (_("Các yêu cầu"), "; ".join(one.name for one in several.chosen)),
        (_("Đơn vị"), f"{query.unit.name} ({query.unit.code})"),
        (_("Chia theo"), str(several.by.label)),
        (_("Tính đến hết ngày"), several.answer.as_of),
        (_("Địa giới ngày"), several.answer.geography),
        (_("Theo điều biết đến ngày"), several.answer.known_on),
        (_("Tử số: hoàn thành mọi yêu cầu hỏi đến họ"), counts.all),
        (_("Mẫu số: có yêu cầu hỏi đến, mỗi người một lần"), counts.required),
        (_("Được miễn khỏi mọi yêu cầu, ngoài mẫu số"), counts.excused),
        (_("Đơn vị chưa xác nhận danh sách"), several.answer.total.unconfirmed_units),
        *([(str(UNHELD), nobody)] if nobody else []),
        (_("Xuất ngày"), today()),
    ]
