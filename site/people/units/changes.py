"""Works out what a table of units and a table of successions would change, without a database.

A `Draft` takes all rows at once, since a parent may come later in the table and a later span closes an earlier one.
Rows with errors are removed and the rest drafted again until there are no errors.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from people.units.beliefs import Belief, FileRow, Key, Passing, SuccessionRow, UnitRow
from people.units.reach import DAY, ReachCycle
from tabular.cells import CellError


class Error(NamedTuple):
    row: FileRow
    cell: CellError


class Note(NamedTuple):
    row: FileRow
    reason: str


def written(day: date | None) -> str:
    return f"{day:%d/%m/%Y}"


class Draft:
    """`belief` is the result with all rows; `errors` are the rows that must be removed first."""

    def __init__(self, known: Belief, unit_rows: Iterable[UnitRow], succession_rows: Iterable[SuccessionRow]):
        self.known = known
        self.errors: list[Error] = []
        self.notes: list[Note] = []
        self.belief = Belief(dict(known.units), dict(known.passings))
        self.rows: dict[Key, UnitRow] = {}
        self.passing_rows: dict[SuccessionRow, Passing] = {}
        self._place(unit_rows)
        self._starts: dict[str, list[date]] = defaultdict(list)
        for key in sorted(self.belief.units):
            self._starts[key.code].append(key.start)
        for code in dict.fromkeys(key.code for key in self.rows):
            self._settle(code)
        self._find_parents()
        self._pass_on(succession_rows)
        if not self.errors:
            self._refuse_rings()

    def bearing(self, code: str, day: date) -> Key | None:
        """The drafted unit with `code` on `day`."""
        starts = self._starts.get(code, [])
        place = bisect_right(starts, day) - 1
        if place < 0:
            return None
        key = Key(code, starts[place])
        end = self.belief.units[key].end
        return key if end is None or day <= end else None

    def _refuse(self, row: FileRow, column: str, reason: str) -> None:
        self.errors.append(Error(row, CellError(column, reason)))

    def _end(self, key: Key, end: date) -> None:
        self.belief.units[key] = replace(self.belief.units[key], end=end)

    def _place(self, unit_rows: Iterable[UnitRow]) -> None:
        for row in unit_rows:
            if first := self.rows.get(row.key):
                where = {"code": row.key.code, "day": written(row.key.start), "line": first.line}
                self._refuse(row, "ma", _("Đơn vị mã %(code)s từ ngày %(day)s đã có ở dòng %(line)s.") % where)
                continue
            self.rows[row.key] = row
            before = self.known.units.get(row.key)
            # an empty den_ngay changes nothing: a later span or a succession may have ended the unit
            end = row.facts.end or (before.end if before else None)
            self.belief.units[row.key] = replace(row.facts, end=end)

    def _settle(self, code: str) -> None:
        """Makes a code name one unit on each day: a later span ends an open one the day before; other overlaps are
        errors.
        """
        keys = [Key(code, start) for start in self._starts[code]]
        for key, later in zip(keys, keys[1:], strict=False):
            facts = self.belief.units[key]
            if facts.end is None:
                self._end(key, later.start - DAY)
                params = {"name": facts.name, "code": code, "day": written(later.start - DAY)}
                reason = _("“%(name)s” (mã %(code)s) được ghi kết thúc ngày %(day)s, vì sau đó mã thuộc đơn vị khác.")
                self.notes.append(Note(self.rows.get(later) or self.rows[key], reason % params))
            elif facts.end >= later.start:
                self._refuse_overlap(key, later)

    def _refuse_overlap(self, key: Key, later: Key) -> None:
        if later in self.rows and later not in self.known.units:
            params = {"name": self.belief.units[key].name, "day": written(self.belief.units[key].end)}
            reason = _("Mã này còn thuộc “%(name)s” đến hết ngày %(day)s; hãy sửa tu_ngay hoặc den_ngay.")
            self._refuse(self.rows[later], "tu_ngay", reason % params)
        else:
            params = {"name": self.belief.units[later].name, "day": written(later.start)}
            reason = _("Từ ngày %(day)s mã này thuộc “%(name)s”; hãy ghi den_ngay trước ngày đó.")
            self._refuse(self.rows[key], "den_ngay", reason % params)

    def _find_parents(self) -> None:
        for key, row in self.rows.items():
            if not row.parent_code:
                continue
            parent = self.bearing(row.parent_code, key.start)
            if parent is None:
                params = {"code": row.parent_code, "day": written(key.start)}
                reason = _("Không có đơn vị mã %(code)s vào ngày %(day)s; hãy sửa ma_cha hoặc nhập đơn vị đó trước.")
                self._refuse(row, "ma_cha", reason % params)
            elif parent == key:
                self._refuse(row, "ma_cha", _("Đơn vị không thể là cấp trên của chính nó; hãy sửa ma_cha."))
            else:
                self.belief.units[key] = replace(self.belief.units[key], parent=parent)

    def _pass_on(self, succession_rows: Iterable[SuccessionRow]) -> None:
        """Applies successions by day, since one that ends a unit decides which unit its code names afterwards."""
        by_day: dict[date, list[SuccessionRow]] = defaultdict(list)
        for row in succession_rows:
            by_day[row.on].append(row)
        for day in sorted(by_day):
            groups: dict[Key, dict[Key, SuccessionRow]] = defaultdict(dict)
            for row in by_day[day]:
                self._read(row, groups)
            for old, parts in groups.items():
                self._divide(old, day, parts)

    def _read(self, row: SuccessionRow, groups: dict[Key, dict[Key, SuccessionRow]]) -> None:
        old, new = self.bearing(row.old_code, row.on - DAY), self.bearing(row.new_code, row.on)
        for column, code, key, day in (
            ("ma_cu", row.old_code, old, row.on - DAY),
            ("ma_moi", row.new_code, new, row.on),
        ):
            if key is None:
                params = {"code": code, "day": written(day)}
                self._refuse(
                    row, column, _("Không có đơn vị mã %(code)s vào ngày %(day)s; hãy sửa mã hoặc ngày.") % params
                )
                return
        assert old is not None
        assert new is not None
        if first := groups[old].get(new):
            reason = _("Việc chuyển này đã có ở dòng %(line)s; hãy xóa một dòng.") % {"line": first.line}
            self._refuse(row, "ma_moi", reason)
            return
        groups[old][new] = row

    def _divide(self, old: Key, day: date, parts: dict[Key, SuccessionRow]) -> None:
        """Records who takes over from `old`; it ends the day before unless it is one of its own parts."""
        facts = self.belief.units[old]
        goes_on = old in parts
        first = next(iter(parts.values()), None)
        if first is None:
            return
        if goes_on:
            reason = _("“%(name)s” tiếp tục hoạt động, nên những ai thuộc đơn vị vẫn ở đó.") % {"name": facts.name}
            self.notes.append(Note(parts[old], reason))
        elif facts.end is None:
            self._end(old, day - DAY)
            params = {"name": facts.name, "code": old.code, "day": written(day - DAY)}
            reason = _("“%(name)s” (mã %(code)s) được ghi kết thúc ngày %(day)s, trước ngày chuyển.")
            self.notes.append(Note(first, reason % params))
        elif facts.end >= day:
            params = {"name": facts.name, "day": written(facts.end)}
            reason = _("“%(name)s” được ghi là còn đến hết ngày %(day)s; hãy sửa ngay hoặc den_ngay của đơn vị.")
            for row in parts.values():
                self._refuse(row, "ngay", reason % params)
            return
        self._name_heirs(old, day, parts)

    def _name_heirs(self, old: Key, day: date, parts: dict[Key, SuccessionRow]) -> None:
        recorded = (p for p, terms in self.known.passings.items() if (p.old, p.on) == (old, day) and terms.heir)
        heir = next((p.new for p in recorded if p.new not in parts), old if old in parts else None)
        for new, row in parts.items():
            if row.terms.heir and heir not in (None, new):
                params = {"name": self.belief.units[heir].name}
                reason = _("Đã có “%(name)s” thừa kế; chỉ một đơn vị được thừa kế, hãy bỏ thua_ke ở các dòng khác.")
                self._refuse(row, "thua_ke", reason % params)
                continue
            if row.terms.heir:
                heir = new
            self.passing_rows[row] = Passing(old, new, day)
            if new != old:
                self.belief.passings[Passing(old, new, day)] = row.terms

    def _refuse_rings(self) -> None:
        drafted = self.belief.map()
        keys = list(self.belief.units)
        try:
            for place in range(len(keys)):
                drafted.stretches(place)
        except ReachCycle as ring:
            inside = {keys[span.id] for span in ring.units}
            params = {"codes": ", ".join(span.code for span in ring.units), "day": written(ring.day)}
            reason = (
                _("Vào ngày %(day)s các đơn vị %(codes)s nối nhau thành vòng; hãy sửa để không thành vòng.") % params
            )
            for row, passing in self.passing_rows.items():
                if {passing.old, passing.new} <= inside and row.terms != self.known.passings.get(passing):
                    self._refuse(row, "ma_moi", reason)
            if not self.errors:
                for key in inside & self.rows.keys():
                    if self.belief.units[key] != self.known.units.get(key):
                        self._refuse(self.rows[key], "ma_cha", reason)
            if not self.errors:
                raise
            return
        for place, key in enumerate(keys):
            self._tell_if_going_on(key, drafted.goes_on(place), keys)

    def _tell_if_going_on(self, key: Key, later: int | None, keys: list[Key]) -> None:
        if later is not None and keys[later] in self.rows and keys[later] not in self.known.units:
            params = {"name": self.belief.units[key].name, "day": written(keys[later].start)}
            reason = _("“%(name)s” được hiểu là tiếp tục từ ngày %(day)s, vì mã và tên không đổi.") % params
            self.notes.append(Note(self.rows[keys[later]], reason))


def draft(known: Belief, unit_rows: list[UnitRow], succession_rows: list[SuccessionRow]) -> tuple[Draft, list[Error]]:
    """The draft of all good rows, and the errors of the others. Raises ReachCycle where the known units form a ring."""
    errors: list[Error] = []
    while True:
        drafted = Draft(known, unit_rows, succession_rows)
        if not drafted.errors:
            return drafted, errors
        # the first error of a row is enough
        bad = {id(error.row): error for error in reversed(drafted.errors)}
        errors += bad.values()
        unit_rows = [row for row in unit_rows if id(row) not in bad]
        succession_rows = [row for row in succession_rows if id(row) not in bad]
