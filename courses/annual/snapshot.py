"""The snapshot of a unit at a moment: figures, annexes and the filled wording, as canonical data.

Nothing in it names a person: they stand by numbers drawn for this report, in the order of the numbers.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from courses.annual import wording
from courses.annual.patterns import ReportPattern
from courses.annual.periods import Kind, Period
from people.annual_sections import Annex, Asked, Counted, FigureTable, Section, Share, Summed, sections, values_of
from people.postings.coverage import Places, written
from tabular.writing import Table, csv_lines

FORMAT = 1
NUMBERS = 9_000_000
LANGUAGE = "vi"


@dataclass
class Numbers:
    """Gives each person a number of her own, drawn at random: from 1000000 on, seven digits."""

    of: dict[int, int] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)

    def __call__(self, person: int) -> str:
        if person not in self.of:
            number = secrets.randbelow(NUMBERS) + 1_000_000
            while number in self.taken:
                number = secrets.randbelow(NUMBERS) + 1_000_000
            self.taken.add(number)
            self.of[person] = number
        return str(self.of[person])


@dataclass(frozen=True)
class Snapshot:
    """`data` is all that the files are made of beside the annexes' rows."""

    data: dict[str, Any]
    annexes: tuple[Annex, ...]
    # the annexes as files, by name
    csvs: Mapping[str, bytes]
    numbers: Mapping[int, int]

    @property
    def canonical(self) -> str:
        return canonical(self.data)


def canonical(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(content: str | bytes) -> str:
    """SHA-256, hexadecimal."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def csv_of(annex: Annex) -> bytes:
    return "".join(csv_lines(Table(annex.title, list(annex.columns), annex.rows))).encode()


def take(period: Period, places: Places, pattern: ReportPattern, at: datetime) -> Snapshot:
    """Counts everything as known at `at`. Says it in Vietnamese, whoever asks."""
    with override(LANGUAGE):
        numbers = Numbers()
        asked = Asked(places, period.first, period.as_of, at, numbers)
        made = [(one, one.make(asked)) for one in sections()]
        annexes = tuple(annex for _offered, section in made for annex in section.annexes)
        csvs = {f"{annex.name}.csv": csv_of(annex) for annex in annexes}
        figures = [figure for _offered, section in made for figure in section.figures]
        values = values_of(figures, annexes)
        starred = {key for _offered, section in made for key in section.starred}
        data = {
            "format": FORMAT,
            "unit": {"code": places.unit.code, "name": places.unit.name},
            "year": period.year,
            "kind": period.kind.value,
            "as_of": period.as_of.isoformat(),
            "activities_from": period.first.isoformat(),
            "taken_at": timezone.localtime(at).isoformat(),
            "figures": [_figure(figure, values) for figure in figures],
            "starred": sorted(starred),
            "tables": [_table(table) for _o, section in made for group in section.groups for table in group.tables],
            "annexes": {
                name: {"title": annex.title, "rows": len(annex.rows), "sha256": digest(csvs[name])}
                for name, annex in zip(csvs, annexes, strict=True)
            },
            **_in_words(period, places, pattern, made, values, starred),
        }
    return Snapshot(data, annexes, csvs, dict(numbers.of))


def _figure(figure: Counted | Share, values: Mapping[str, Any]) -> dict[str, Any]:
    told = {"key": figure.key, "label": figure.label, "value": values[figure.key]}
    if isinstance(figure, Share):
        return {**told, "part": figure.part, "whole": figure.whole}
    summed = {"sum": True} if isinstance(figure, Summed) else {}
    return {**told, "annex": f"{figure.annex}.csv", "of": figure.of, "where": dict(figure.where), **summed}


def _table(table: FigureTable) -> dict[str, Any]:
    return {
        "title": table.title,
        "columns": list(table.columns),
        "lines": [{"words": list(line.words), "figures": list(line.figures)} for line in table.lines],
        "note": table.note,
    }


def _in_words(
    period: Period,
    places: Places,
    pattern: ReportPattern,
    made: list[tuple[Any, Section]],
    values: Mapping[str, Any],
    starred: set[str],
) -> dict[str, Any]:
    general = {
        "nam": str(period.year),
        "ky": period_in_words(period.kind, period.year, period.as_of),
        "don_vi": f"{places.unit.name[0].lower()}{places.unit.name[1:]}",
        "co_quan": pattern.organisation,
        "tu_ngay": written(period.first),
        "den_ngay": written(period.as_of),
    }
    shares = {figure.key for _o, section in made for figure in section.figures if isinstance(figure, Share)}

    def told(key: str) -> str:
        return wording.shown(values[key], key in starred, " %" if key in shares and values[key] is not None else "")

    groups = {
        section.key: [
            ({**group.texts, **{name: told(key) for name, key in group.figures.items()}}, group.notes)
            for group in section.groups
        ]
        for _o, section in made
    }
    filled = wording.said(f"{pattern.subject}\n{pattern.wording}", general, groups)
    subject, *blocks = filled
    head = ("superior", "organisation", "mark", "place", "addressees", "recipients", "signing", "signer")
    return {
        "head": {name: getattr(pattern, name).replace("\r\n", "\n") for name in head},
        "subject": subject.text,
        # as the office wrote it, to tell a rewording from a changed figure
        "wording": f"{pattern.subject}\n{pattern.wording}".replace("\r\n", "\n"),
        "blocks": [block.as_list() for block in blocks],
    }


def period_in_words(kind: str, year: int, as_of: date) -> str:
    if kind == Kind.ANNUAL:
        return _("năm %d") % year
    if kind == Kind.MID_YEAR:
        return _("6 tháng đầu năm %d") % year
    return _("năm %(year)d, đến ngày %(day)s") % {"year": year, "day": written(as_of)}
