"""Imports tables of units and of successions.

Columns (DESIGN.md, "Tables"): units `ma, ten, loai, nganh, ma_cha, tu_ngay, den_ngay`, `ma_cha` read on `tu_ngay`, and
of schools, if one likes, `cap_hoc`, several joined by `|`;
successions `ma_cu, ma_moi, thua_ke, quyet_dinh, ngay`, `ma_cu` read on the day before `ngay` and `ma_moi` on it.
A unit is identified by (`ma`, `tu_ngay`), a succession by its two units and its day.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from people.changes.change import Journal, Origin
from people.imports import Outcome, Prepared, Progress, Report
from people.units.beliefs import Belief, Facts, FileRow, Key, Passing, SuccessionRow, Terms, UnitRow
from people.units.changes import Draft, draft, written
from people.units.codes import Spellings
from people.units.levels import levels_of, read_levels, write_levels
from people.units.reach import DAY, ReachCycle
from people.units.successions import Succession, rebuild_reach
from people.units.unit import Sector, Unit, UnitKind
from people.units.unit_rows import BATCH, UNITS, record
from tabular.cells import CellError, plain_key
from tabular.questions import Answers
from tabular.readings import AS_IT_IS, Reading
from tabular.tables import Column, TableError, TableRow, read_table

UNIT_COLUMNS = [
    Column("ma", required=True, is_code=True, max_length=20),
    Column("ten", required=True, is_name=True, anchors=True, max_length=200),
    Column("loai", required=True, beside=True),
    Column("nganh"),
    Column("ma_cha", is_code=True, max_length=20),
    Column("tu_ngay", required=True, is_date=True),
    Column("den_ngay", is_date=True),
    Column("cap_hoc", optional=True),
]
SUCCESSION_COLUMNS = [
    Column("ma_cu", required=True, is_code=True, anchors=True, max_length=20),
    Column("ma_moi", required=True, is_code=True, beside=True, max_length=20),
    Column("thua_ke"),
    Column("quyet_dinh", max_length=200),
    Column("ngay", required=True, is_date=True),
]
# the rows of a second file, beyond the sheets of any first
SECOND_FILE = 1000
HEIR_WORDS = {"1": True, "x": True, "co": True, "": False, "0": False, "khong": False}


@dataclass
class UnitsPrepared(Prepared):
    """`numbers` are the primary keys of the known units."""

    drafted: Draft
    numbers: dict[Key, int]


def prepare(
    units: Path | str | None,
    successions: Path | str | None,
    now: datetime,
    answers: Answers | None = None,
    origin: Origin | None = None,
    reading: Reading = AS_IT_IS,
    shows: Callable[[Outcome], None] | None = None,
) -> UnitsPrepared:
    """Reads one or both tables and compares them with the known units; writes nothing.

    The report counts the rows of both. `reading` is what the sender said of the columns of the first and of the cells
    of both; `shows` hears of each good row. Raises TableError.
    """
    report = Report(answers=answers or Answers(), shows=shows)
    unit_rows = read_units(units, report, reading)
    succession_rows = read_successions(successions, report, Reading(mended=reading.mended))
    drafted, numbers = compare(unit_rows, succession_rows, report)

    def write(progress: Progress) -> None:
        names = ", ".join(Path(path).name for path in (units, successions) if path)
        journal = Journal.begin(UNITS, now, origin or Origin(names), report.answers.kept)
        record(drafted, numbers, now, progress, journal)
        told = {row.key: row.levels for row in drafted.rows.values() if row.levels is not None}
        if told:
            known = known_units()[1]
            write_levels({known[key]: levels for key, levels in told.items()}, now)
        # even if nothing changed: an import may have been killed just before this line
        rebuild_reach()
        journal.finish(timezone.now())

    return UnitsPrepared(report, write, drafted, numbers)


def compare(
    unit_rows: list[UnitRow], succession_rows: list[SuccessionRow], report: Report
) -> tuple[Draft, dict[Key, int]]:
    """What these rows would change of the known units, and the primary key of each known one; tells `report`.

    Raises TableError where the known units form a ring.
    """
    known, numbers = known_units()
    unit_rows, succession_rows = _in_our_spelling(known, unit_rows, succession_rows)
    try:
        drafted, errors = draft(known, unit_rows, succession_rows)
    except ReachCycle as ring:
        params = {"codes": ", ".join(span.code for span in ring.units), "day": written(ring.day)}
        raise TableError(_("Vào ngày %(day)s các đơn vị %(codes)s nối nhau thành vòng.") % params) from None
    for error in errors:
        report.reject(error.row.item, error.row.line, error.cell)
    _count(drafted, report)
    _count_levels(drafted, numbers, report)
    for note in drafted.notes:
        report.note(note.row.item, note.row.line, note.reason)
    _tell_who_stays_behind(drafted, numbers, report)
    return drafted, numbers


def known_units() -> tuple[Belief, dict[Key, int]]:
    """The units as believed now, and the primary key of each."""
    keys, units = {}, {}
    columns = ("pk", "code", "valid_from", "name", "kind", "sector", "parent_id", "valid_to")
    rows = list(Unit.objects.order_by("pk").values_list(*columns))
    for pk, code, start, *_rest in rows:
        keys[pk] = Key(code, start)
    for pk, _code, _start, name, kind, sector, parent, end in rows:
        units[keys[pk]] = Facts(name, kind, sector, keys.get(parent), end)
    passings = {
        Passing(keys[old], keys[new], on): Terms(heir, decree)
        for old, new, on, heir, decree in Succession.objects.current()
        .order_by("pk")
        .values_list("old_id", "new_id", "on", "heir", "decree")
    }
    return Belief(units, passings), {key: pk for pk, key in keys.items()}


def read_units(path: Path | str | None, report: Report, reading: Reading = AS_IT_IS) -> list[UnitRow]:
    """The good rows of a table of units; others are rejected in `report`. Raises TableError."""
    return _good_rows(path, UNIT_COLUMNS, _unit_row, report, reading)


def read_successions(path: Path | str | None, report: Report, reading: Reading = AS_IT_IS) -> list[SuccessionRow]:
    return _good_rows(path, SUCCESSION_COLUMNS, _succession_row, report, reading)


def _good_rows(path, columns: list[Column], read, report: Report, reading: Reading) -> list:
    if path is None:
        return []
    first_place = 0 if columns is UNIT_COLUMNS else SECOND_FILE
    table = read_table(path, columns, report, first_place=first_place, reading=reading)
    rows = []
    for row in table:
        try:
            if row.errors:
                raise row.errors[0]
            rows.append(read(row))
        except CellError as error:
            report.reject(row.item, row.line, error)
    return rows


def _in_our_spelling(
    known: Belief, unit_rows: list[UnitRow], succession_rows: list[SuccessionRow]
) -> tuple[list[UnitRow], list[SuccessionRow]]:
    """The rows with every code as we know it, or as the file wrote it first."""
    codes, units = Spellings(key.code for key in known.units), []
    for row in unit_rows:
        units.append(replace(row, key=Key(codes.exact(row.key.code), row.key.start)))
        codes.add(units[-1].key.code)
    return (
        [replace(row, parent_code=codes.exact(row.parent_code)) for row in units],
        [
            replace(row, old_code=codes.exact(row.old_code), new_code=codes.exact(row.new_code))
            for row in succession_rows
        ],
    )


def _choice(row: TableRow, column: str, choices, default: str = "") -> str:
    value = plain_key(row[column]) or default
    if value not in choices.values:
        params = {"text": row[column], "choices": ", ".join(choices.values)}
        raise CellError(column, _("“%(text)s” không có trong danh mục; hãy ghi một trong: %(choices)s.") % params)
    return value


def _unit_row(row: TableRow) -> UnitRow:
    start, end = row["tu_ngay"], row["den_ngay"]
    kind = _choice(row, "loai", UnitKind)
    sector = _choice(row, "nganh", Sector, default=Sector.GOVERNMENT)
    if end and end < start:
        params = {"start": written(start), "end": written(end)}
        raise CellError("den_ngay", _("Ngày kết thúc %(end)s trước ngày bắt đầu %(start)s; hãy sửa lại.") % params)
    facts = Facts(row["ten"], kind, sector, None, end)
    return UnitRow(row.line, Key(row["ma"], start), facts, row["ma_cha"], read_levels(row["cap_hoc"], kind))


def _succession_row(row: TableRow) -> SuccessionRow:
    heir = HEIR_WORDS.get(plain_key(row["thua_ke"]))
    if heir is None:
        raise CellError("thua_ke", _("Không hiểu “%(text)s”; hãy ghi 1, hoặc để trống.") % {"text": row["thua_ke"]})
    return SuccessionRow(row.line, row["ma_cu"], row["ma_moi"], row["ngay"], Terms(heir, row["quyet_dinh"]))


def _tell_who_stays_behind(drafted: Draft, numbers: dict[Key, int], report: Report) -> None:
    """Notes how many people are posted beyond the end of a unit that nothing takes over, and where they count then."""
    before, units = drafted.known.units, drafted.belief.units
    ended = {key: end for key in before if (end := units[key].end) and end != before[key].end}
    ended = {key: end for key, end in ended.items() if not any(p.old == key for p in drafted.belief.passings)}
    if not ended:
        return
    places = {key: place for place, key in enumerate(units)}
    keys, later = list(units), drafted.belief.map()
    people = people_in([numbers[key] for key in ended])
    for key, end in ended.items():
        staying = {person for person, last in people.get(numbers[key], ()) if last is None or last > end}
        if not staying or later.goes_on(places[key]) is not None:
            continue
        above = later.path(places[key], end + DAY).path
        params = {
            "name": units[key].name,
            "day": written(end),
            "count": len(staying),
            "above": units[keys[above[0]]].name if above else "–",
        }
        reason = _(
            "“%(name)s” kết thúc ngày %(day)s mà không có đơn vị kế thừa; %(count)d người ở đó được tính ở “%(above)s”."
        )
        row = drafted.rows.get(key)
        report.note(key.code, row.line if row else None, reason % params)


def people_in(units: list[int]) -> dict[int, list[tuple[int, date | None]]]:
    """{unit: [(person, last day or None)]} of the current postings."""
    found: dict[int, list[tuple[int, date | None]]] = {}
    for place in range(0, len(units), BATCH):
        held = {"postings__isnull": False, "postings__superseded_at": None}
        posted = Unit.objects.filter(pk__in=units[place : place + BATCH], **held)
        for unit, person, last in posted.values_list("pk", "postings__person", "postings__end"):
            found.setdefault(unit, []).append((person, last))
    return found


def _count(drafted: Draft, report: Report) -> None:
    """And shows each row with what is believed before and after it."""
    known, belief = drafted.known, drafted.belief
    for key, row in drafted.rows.items():
        _told(report, row, known.units.get(key), belief.units[key], partial(_unit_cells, key))
    # an old unit that is one of its own parts continues, so there is nothing to record
    for passing_row, passing in drafted.passing_rows.items():
        terms = known.passings.get(passing), belief.passings.get(passing)
        _told(report, passing_row, *terms, partial(_passing_cells, passing))


def _count_levels(drafted: Draft, numbers: dict[Key, int], report: Report) -> None:
    """A row that changes nothing but the levels of its school changes something too."""
    rows = [row for key, row in drafted.rows.items() if row.levels is not None and key in drafted.known.units]
    known = levels_of(numbers[row.key] for row in rows)
    same = [row for row in rows if drafted.known.units[row.key] == drafted.belief.units[row.key]]
    changed = sum(known.get(numbers[row.key]) != row.levels for row in same)
    report.changed += changed
    report.unchanged -= changed


def _told(report: Report, row: FileRow, before, after, cells: Callable[..., dict]) -> None:
    is_new, is_changed = before is None and after is not None, before is not None and before != after
    report.created += is_new
    report.changed += is_changed
    report.unchanged += not (is_new or is_changed)
    if report.shows:
        then, now = (cells(facts) if facts else {} for facts in (before, after))
        report.shows(Outcome(row.line, row.item, then, now, is_new, is_changed))


def _unit_cells(key: Key, facts: Facts) -> dict:
    return {
        "ma": key.code,
        "ten": facts.name,
        "loai": facts.kind,
        "nganh": facts.sector,
        "ma_cha": facts.parent.code if facts.parent else "",
        "tu_ngay": key.start,
        "den_ngay": facts.end,
    }


def _passing_cells(passing: Passing, terms: Terms) -> dict:
    named = {"ma_cu": passing.old.code, "ma_moi": passing.new.code}
    return named | {"thua_ke": "1" if terms.heir else "", "quyet_dinh": terms.decree, "ngay": passing.on}
