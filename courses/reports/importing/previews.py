"""The rows of a checked file, each with what becomes of it, as a private file that is read by the page.

A row is a line: a letter for its state, another for whether there is a note about it, and JSON. What begins a page of
each filter is kept beside it, so a page is read from there and not from the beginning.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from tempfile import SpooledTemporaryFile
from typing import Any, NamedTuple

from django.core.files.base import File
from django.utils.translation import gettext_lazy

from outbox.private_files import private_files
from people.imports import Outcome, Report
from tabular.cells import Line

NEW, CHANGED, SAME, WRONG, WAITING = "moi", "doi", "giu", "loi", "cho"
ALL, NOTED = "tat-ca", "ghi-chu"
FILTERS = {
    ALL: gettext_lazy("Tất cả"),
    NEW: gettext_lazy("Mới"),
    CHANGED: gettext_lazy("Thay đổi"),
    SAME: gettext_lazy("Giữ nguyên"),
    WRONG: gettext_lazy("Có lỗi"),
    WAITING: gettext_lazy("Chờ trả lời"),
    NOTED: gettext_lazy("Có ghi chú"),
}
LETTERS = {NEW: b"N", CHANGED: b"C", SAME: b"S", WRONG: b"W", WAITING: b"Q"}
ROWS_A_PAGE = 25
# of each filter at most so many places are kept
MOST_PLACES = 200
IN_MEMORY = 4 * 1024 * 1024


class Place(NamedTuple):
    """Where a row stands in the spool."""

    sheet: int
    line: int
    state: str
    offset: int
    length: int


class Preview:
    """Hears of the rows of a check. `words` puts a value of a column into words."""

    def __init__(self, words: Callable[[str, Any], str]):
        self.words = words
        self.spool = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (`kept` closes it)
        self.places: list[Place] = []

    def hears(self, outcome: Outcome) -> None:
        state = NEW if outcome.is_new else CHANGED if outcome.is_changed else SAME
        row = {"item": outcome.item, "name": outcome.after.get("ho_ten") or outcome.after.get("ten") or ""}
        if state == CHANGED:
            differing = [name for name, value in outcome.after.items() if outcome.before.get(name) != value]
            row |= {"before": self._said(outcome.before, differing), "after": self._said(outcome.after, differing)}
        else:
            row["after"] = self._said(outcome.after, outcome.after)
        self._keep(outcome.line, state, row)

    def refused(self, entry: dict, cells: dict, *, waits: bool) -> None:
        """`entry` as of a report, `cells` as the file has them, or as they were mended."""
        row = {"item": entry["item"], "name": cells.get("ho_ten") or cells.get("ten") or ""}
        row |= {"column": entry["column"], "reason": entry["reason"]}
        self._keep(entry["line"], WAITING if waits else WRONG, row)

    def _said(self, values: dict, names) -> dict[str, str]:
        said = {name: self.words(name, values[name]) for name in names if name in values}
        return {name: text for name, text in said.items() if text}

    def _keep(self, line: Line, state: str, row: dict) -> None:
        text = json.dumps({"key": line.key, "line": str(line), "state": state, **row}, ensure_ascii=False).encode()
        self.places.append(Place(line.place, int(line), state, self.spool.tell(), len(text)))
        self.spool.write(text)

    def kept(self, report: Report, mended: Mapping[str, Mapping], cells: dict[str, dict]) -> dict:
        """Writes the file; returns its name, how many rows each filter has and where pages begin. `cells` are those of
        the rows that may be mended, again too.
        """
        notes: dict[str, list[str]] = defaultdict(list)
        for note in report.notes:
            if note["line"] is not None:
                notes[note["line"].key].append(note["reason"])
        counts: Counter[str] = Counter()
        places: dict[str, list[int]] = defaultdict(list)
        every = ROWS_A_PAGE * max(1, -(-len(self.places) // (ROWS_A_PAGE * MOST_PLACES)))
        with SpooledTemporaryFile(max_size=IN_MEMORY) as out:
            for place in sorted(self.places):
                self.spool.seek(place.offset)
                text, key = (
                    self.spool.read(place.length),
                    f"{place.sheet}.{place.line}" if place.sheet else str(place.line),
                )
                beside = {"notes": notes.get(key), "mended": sorted(mended.get(key, ())), "cells": cells.get(key)}
                text = _with(text, {name: value for name, value in beside.items() if value})
                for name in (ALL, place.state, *([NOTED] if notes.get(key) else [])):
                    if counts[name] % every == 0:
                        places[name].append(out.tell())
                    counts[name] += 1
                out.write(LETTERS[place.state] + (b"1" if notes.get(key) else b"0") + text + b"\n")
            out.seek(0)
            name = private_files.save("roster/preview.jsonl", File(out))
        self.spool.close()
        return {"file": name, "counts": dict(counts), "places": dict(places), "every": every}


def _with(text: bytes, more: dict) -> bytes:
    return text[:-1] + b", " + json.dumps(more, ensure_ascii=False).encode()[1:] if more else text


def page_of(kept: dict, name: str, number: int) -> list[dict]:
    """The rows of the page, the first being 1; empty where there is none, or where the file is not kept any more."""
    wanted, first = kept.get("places", {}).get(name, []), (number - 1) * ROWS_A_PAGE
    if first >= kept.get("counts", {}).get(name, 0) or not private_files.exists(kept["file"]):
        return []
    skipped = first % kept["every"]
    with private_files.open(kept["file"]) as handle:
        handle.seek(wanted[first // kept["every"]])
        rows = []
        for number_of_row, text in enumerate(_matching(handle, name)):
            if number_of_row >= skipped:
                rows.append(json.loads(text))
            if len(rows) == ROWS_A_PAGE:
                break
    return rows


def _matching(handle, name: str) -> Iterator[bytes]:
    letter = LETTERS.get(name)
    # a Django file iterates from its beginning, wherever it stands
    for text in iter(handle.readline, b""):
        if name == ALL or text[:1] == letter or (name == NOTED and text[1:2] == b"1"):
            yield text[2:]


def pages_of(kept: dict, name: str) -> int:
    return max(1, -(-kept.get("counts", {}).get(name, 0) // ROWS_A_PAGE))
