"""Which column of a file is which of ours, where its headings are not: what stands in it, and what is proposed."""

from collections import Counter
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from django.http import QueryDict
from django.utils.translation import gettext as _

from courses.reports.importing.kinds import FileKind
from letters.numbers import is_number
from tabular.cells import CellError, clean_text, plain_key, read_date
from tabular.columns import Column, checked
from tabular.headings import NUMBERS, REMARK, SENSITIVE
from tabular.readings import Reading
from tabular.sheets import RawRow, Sheet
from tabular.spreadsheets import sheets_of
from tabular.tables import ROWS_ABOVE, filled_down

# fewer headings make no table
FEWEST = 3
MOST_COLUMNS = 60
SAMPLES = 3
COLUMN, ALWAYS = "cot", "luon"
# what the page shows to choose the heading from
MOST_SHEETS, MOST_ROWS, SHOWN_CELLS = 5, 60, 8


class Found(NamedTuple):
    """The row that looks like a heading, and a few that stand below it."""

    sheet: str
    heading: RawRow
    samples: list[RawRow]


def columns_of(path: Path, kind: FileKind, heading: Sequence | None = None) -> dict | None:
    """What the page asks about, as JSON; None where nothing in the file looks like a table. `heading` is the row that
    somebody said is one: (sheet, line).
    """
    found = _said(path, *heading) if heading else None
    if found is None:
        found = max(filter(None, map(_heading, filter(_is_visible, sheets_of(path)))), key=_width, default=None)
    if found is None:
        return None
    names = [clean_text(cell) for cell in found.heading.cells[:MOST_COLUMNS]]
    keys = [plain_key(name) for name in names]
    bare = {key: plain_key(REMARK.sub(" ", name)) for key, name in zip(keys, names, strict=True)}
    once = {key: keys.index(key) for key in keys if key and key not in NUMBERS | SENSITIVE}
    return {
        "sheet": found.sheet,
        "line": found.heading.line,
        "headings": [
            {"key": key, "name": names[place], "samples": _samples(found.samples, place)} for key, place in once.items()
        ],
        "proposed": _proposed({key: bare[key] for key in once}, kind),
    }


def _said(path: Path, sheet: str, line: int) -> Found | None:
    for one in filter(_is_visible, sheets_of(path)):
        if one.name == sheet:
            rows = _first_rows(one)
            places = [place for place, row in enumerate(rows) if row.line == line]
            return Found(sheet, rows[places[0]], rows[places[0] + 1 :][:SAMPLES]) if places else None
    return None


def rows_of(path: Path) -> list[dict]:
    """The first rows of each visible sheet, to choose the heading from, as JSON: those with two words or more."""
    found = []
    for sheet in islice(filter(_is_visible, sheets_of(path)), MOST_SHEETS):
        for row in _first_rows(sheet):
            texts = [text[:40] for text in map(clean_text, row.cells[:MOST_COLUMNS]) if text]
            if len(texts) > 1 and any(sign.isalpha() for text in texts for sign in text):
                found.append({"sheet": sheet.name, "line": row.line, "texts": texts[:SHOWN_CELLS]})
    return found[:MOST_ROWS]


def heading_said(typed: str, rows: list[dict]) -> tuple[str, int] | None:
    """The row that was chosen on the page, by its place among `rows`; None for anything else."""
    row = rows[int(typed)] if is_number(typed) and int(typed) < len(rows) else None
    return (row["sheet"], row["line"]) if row else None


def signature(asked: dict) -> str:
    """What a file's heading is known by."""
    return "|".join(sorted(heading["key"] for heading in asked["headings"]))


def _is_visible(sheet: Sheet) -> bool:
    return sheet.visible


def _width(found: Found) -> int:
    return len(found.heading.cells)


def _first_rows(sheet: Sheet) -> list[RawRow]:
    return list(islice(filled_down(sheet, dict.fromkeys(range(200), ""), Counter()), ROWS_ABOVE))


def _heading(sheet: Sheet) -> Found | None:
    """The first of the widest rows of nothing but short, different words."""
    rows = _first_rows(sheet)
    worded = [(sum(map(bool, map(clean_text, row.cells))), -place) for place, row in enumerate(rows) if _is_worded(row)]
    if not worded:
        return None
    _filled, place = max(worded)
    return Found(sheet.name, rows[-place], rows[-place + 1 : -place + 1 + SAMPLES])


def _is_worded(row: RawRow) -> bool:
    texts = [text for text in map(clean_text, row.cells) if text]
    keys = {plain_key(text) for text in texts}
    return len(keys) >= FEWEST and len(keys) == len(texts) and not any(_is_value(text) for text in texts)


def _is_value(text: str) -> bool:
    if len(text) > 60 or not any(sign.isalpha() for sign in text) or "@" in text:
        return True
    try:
        return bool(read_date(text))
    except ValueError:
        return False


def _samples(rows: list[RawRow], place: int) -> list[str]:
    texts = (clean_text(row.cells[place])[:40] for row in rows if place < len(row.cells))
    return [text for text in texts if text]


def _proposed(bare: dict[str, str], kind: FileKind) -> dict[str, str]:
    """By our column the file's that is called like it, or else begins like it, each of these once; `bare` are headings
    without remarks.
    """
    proposed: dict[str, str] = {}
    for fits in (_is_ours, _is_theirs, _begins):
        for column in kind.columns:
            words = (column.name, *column.aliases), kind.other_words.get(column.name, ())
            free = (key for key in bare if key not in proposed.values() and fits(bare[key], *words))
            if column.name not in proposed and (key := next(free, "")):
                proposed[column.name] = key
    return proposed


def _is_ours(heading: str, ours: Sequence[str], _theirs: Sequence[str]) -> bool:
    return heading in ours


def _is_theirs(heading: str, _ours: Sequence[str], theirs: Sequence[str]) -> bool:
    return heading in theirs


def _begins(heading: str, ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """With a word of at least two: "ho_va_ten_cbcc"."""
    return any(heading.startswith(f"{word}_") for word in (*ours, *theirs) if "_" in word)


def chosen(form: QueryDict, asked: dict, kind: FileKind) -> tuple[Reading, dict[str, str]]:
    """What was chosen on the page, and what is wrong with it, a sentence by our column."""
    known = {heading["key"] for heading in asked["headings"]}
    typed = {column.name: form.get(f"{COLUMN}:{column.name}", "") for column in kind.columns}
    columns = {name: key for name, key in typed.items() if key in known}
    always = {
        name: text
        for name in kind.constants
        if name not in columns and (text := clean_text(form.get(f"{ALWAYS}:{name}", ""))[:200])
    }
    absent = frozenset(column.name for column in kind.columns if column.name not in columns | always)
    return Reading(columns, always, absent), _problems(columns, always, kind)


def _problems(columns: dict[str, str], always: dict[str, str], kind: FileKind) -> dict[str, str]:
    problems, taken = {}, Counter(columns.values())
    for column in kind.columns:
        if column.name in columns and taken[columns[column.name]] > 1:
            problems[column.name] = _("Một cột của tệp chỉ chọn được cho một mục.")
        elif why := _why_not(column, always.get(column.name, "")):
            problems[column.name] = why
        elif column.required and column.name not in columns | always:
            problems[column.name] = _("Hãy chọn cột, vì mục này phải có ở mọi dòng.")
        elif column.instead and not {column.name, column.instead} & (columns | always).keys():
            problems[column.name] = _("Hãy chọn cột mã hoặc cột tên đơn vị, hoặc ghi đơn vị cho mọi dòng.")
    return problems


def _why_not(column: Column, text: str) -> str:
    try:
        checked(column, text) if text else None
    except CellError as error:
        return error.reason
    return ""
