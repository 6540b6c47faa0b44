"""What a check or an import found, as JSON for its page: counts, questions, rows, and a file with all wrong ones."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.reports.importing.kinds import FileKind
from courses.reports.importing.previews import Preview
from outbox.private_files import on_disk, private_files
from people.changes.questions import by_kind
from people.imports import Prepared, Report, in_order
from people.persons.phones import local_phone
from people.postings.posting import Duty
from people.roster.importing import RosterPrepared
from people.roster.missing import Missing
from people.units.files import SECOND_FILE, SUCCESSION_COLUMNS
from people.units.unit import Sector, UnitKind
from tabular.cells import clean_text
from tabular.formulas import unguarded
from tabular.readings import Reading
from tabular.tables import TableRow, read_table
from tabular.writing import Table, write_xlsx

SHOWN = 100
ENDINGS_SHOWN = 500


class Words:
    """Values of a row in words: days, duties, telephones, kinds of units."""

    def __init__(self, kind: FileKind):
        self.duties = dict(Duty.objects.values_list("pk", "name")) if kind.effect == "roster" else {}
        self.choices = {"loai": dict(UnitKind.choices), "nganh": dict(Sector.choices)} if kind.second_file else {}

    def __call__(self, column: str, value: Any) -> str:
        if not value:
            return ""
        if isinstance(value, date):
            return f"{value:%d/%m/%Y}"
        if isinstance(value, frozenset):
            return ", ".join(sorted(self.duties[duty] for duty in value))
        if column == "dien_thoai":
            return local_phone(value)
        return str(self.choices.get(column, {}).get(value, value))


def summary(
    kind: FileKind, path: Path, prepared: Prepared, reading: Reading, payload: dict, preview: Preview | None
) -> dict:
    """With a `preview` each row is kept to be looked at."""
    report, rejected = prepared.report.as_dict(), prepared.report.rejected
    wrong_lines = {entry["line"].key for entry in rejected}
    wanted = wrong_lines | (reading.mended.keys() if preview else set())
    read_again = list(_rows(kind, path, payload, reading, wanted)) if wanted else []
    bad = [row for row in read_again if row.line.key in wrong_lines]
    # endings have a list of their own
    notes = [note for note in report["notes"] if note["line"] is not None]
    wrong = in_order(prepared.report.wrong)
    found = {
        **{name: report[name] for name in ("read", "created", "changed", "unchanged")},
        "going_in": report["created"] + report["changed"],
        **_endings(prepared.missing if isinstance(prepared, RosterPrepared) else None),
        "rejected_count": len(wrong),
        "rejected": [{**one, "heading": kind.heading(one["column"])} for one in wrong[:SHOWN]],
        "waiting": len(prepared.report.waiting),
        "questions": by_kind(prepared.report.questions, prepared.report.answers),
        "notes_count": len(notes),
        "notes": notes[:SHOWN],
        "file": _rejected_file(kind, bad, report["rejected"]) if rejected else "",
        "download": f"dong-loi-{timezone.localdate():%Y-%m-%d}.xlsx",
    }
    return found | ({"preview": _preview(preview, prepared.report, read_again, reading)} if preview else {})


def _preview(preview: Preview, report: Report, rows: list[TableRow], reading: Reading) -> dict:
    cells = {row.line.key: {name: _shown(cell) for name, cell in row.cells.items()} for row in rows}
    for waits, entries in ((False, report.wrong), (True, report.waiting)):
        for entry in entries:
            preview.refused(entry, cells.get(entry["line"].key, {}), waits=waits)
    return preview.kept(report, reading.mended, cells)


def _shown(cell) -> str:
    """As one would type it."""
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    return clean_text(cell)


def _rows(kind: FileKind, path: Path, payload: dict, reading: Reading, wanted: set[str]) -> Iterator[TableRow]:
    """The rows as the file has them, with what was mended."""
    yield from (row for row in read_table(path, kind.columns, reading=reading) if row.line.key in wanted)
    if payload.get("second"):
        with on_disk(payload["second"]) as other:
            mended = Reading(mended=reading.mended)
            for row in read_table(other, SUCCESSION_COLUMNS, first_place=SECOND_FILE, reading=mended):
                if row.line.key in wanted:
                    yield row


def _endings(missing: Missing | None) -> dict:
    """What a complete file ends: how many, in which units, whose; `large` where the number has to be typed."""
    if missing is None:
        return {"ending": 0}
    names = {unit.unit: unit.name for unit in missing.units}
    return {
        "ending": len(missing.endings),
        "large": missing.is_large,
        "ending_units": [
            {"name": unit.name, "ending": unit.ending, "open": unit.open, "large": unit.is_large}
            for unit in missing.units
        ],
        "endings": [
            {"code": one.code, "name": one.name, "position": one.position, "unit": names[one.unit]}
            for one in missing.endings[:ENDINGS_SHOWN]
        ],
    }


def _rejected_file(kind: FileKind, bad: list[TableRow], rejected: list[dict]) -> str:
    """The rows as the file has them, each with what to mend: to be corrected there and uploaded again."""
    reasons = {
        one["line"].key: f"{kind.heading(one['column'])}: {one['reason']}" if one["column"] else one["reason"]
        for one in rejected
    }
    # cells below no heading come last, in columns that an import passes over
    beyond = max((len(row.beyond) for row in bad), default=0)
    optional = {column.name for column in kind.columns if column.optional}
    names = list(dict.fromkeys(name for row in bad for name in row.cells))
    names = [name for name in names if name not in optional or any(row.cells.get(name) for row in bad)]
    rows = (
        (
            str(row.line),
            *(_as_written(row.cells.get(name)) for name in names),
            reasons[row.line.key],
            *map(_as_written, row.beyond),
        )
        for row in bad
    )
    columns = [_("Dòng"), *map(kind.heading, names), _("Cần sửa")]
    columns += [_("Ô thừa %(n)d") % {"n": number} for number in range(1, beyond + 1)]
    content = ContentFile(b"")
    write_xlsx(Table(_("Dòng lỗi"), columns, rows), content.file)
    return private_files.save("roster/rejected.xlsx", content)


def _as_written(cell) -> str | date:
    """A formula as its text, which is written so that no program runs it."""
    if isinstance(cell, datetime):
        return cell.date()
    return cell if isinstance(cell, date) else unguarded(clean_text(cell))
