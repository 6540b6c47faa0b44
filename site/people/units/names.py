"""Finds the unit that a file means by its name, and asks where several bear it.

Only the same spelling is taken by itself. What differs in marks, by the word for a People's Committee in front, or by
the word for the kind of unit, is a question too: "Xa Tay Giang", "UBND xã Tây Giang", "X. Tây Giang", "Tây Giang".
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from letters.folding import searched, spelled
from people.units.unit import Unit
from tabular.cells import CellError
from tabular.questions import LEAVE_OUT, Choice, Listener, QuestionKind
from tabular.tables import TableRow

WHICH_UNIT = QuestionKind("don_vi_nao", gettext_lazy("Tên đơn vị chưa rõ là đơn vị nào"), (LEAVE_OUT,))
# more choices than one can look through
MOST_CHOICES = 12
COMMITTEES = ("ubnd ", "uy ban nhan dan ")
# as people write the kind of a unit before its name, folded; longer ones first
KINDS = ("thanh pho ", "thi tran ", "dac khu ", "phuong ", "huyen ", "thi xa ", "quan ", "tinh ", "xa ")
SHORT_KINDS = ("tp ", "tt ", "tx ", "dk ", "p ", "h ", "q ", "x ")


@dataclass(frozen=True, slots=True)
class Named:
    """A span of a unit with the name of the unit above it."""

    pk: int
    code: str
    name: str
    start: date
    end: date | None
    above: str


class UnitNames:
    """From one query. `near` are the units of the office that sent the file: one of theirs goes before others."""

    def __init__(self, near: Collection[int] = ()):
        self.near = near

    @cached_property
    def _units(self) -> list[Named]:
        columns = ("pk", "code", "name", "valid_from", "valid_to", "parent__name")
        rows = Unit.objects.order_by("code", "valid_from").values_list(*columns)
        return [Named(pk, code, name, start, end, above or "") for pk, code, name, start, end, above in rows]

    @cached_property
    def _spelled(self) -> dict[str, list[Named]]:
        units = defaultdict(list)
        for unit in self._units:
            units[spelled(unit.name)].append(unit)
        return units

    @cached_property
    def _searched(self) -> dict[str, list[Named]]:
        units = defaultdict(list)
        for unit in self._units:
            units[_plain(unit.name)].append(unit)
        return units

    @cached_property
    def _bare(self) -> dict[str, list[Named]]:
        units = defaultdict(list)
        for unit in self._units:
            units[_without(KINDS, _plain(unit.name))].append(unit)
        return units

    def _of_any_kind(self, name: str) -> list[Named]:
        return self._bare.get(_without((*KINDS, *SHORT_KINDS), _plain(name)), [])

    def meant(self, asked: Listener, row: TableRow, column: str, name: str, day: date) -> int:
        """Returns the unit's id. Raises CellError where none bears the name that day, or where it must be asked."""
        alike = self._spelled.get(spelled(name), [])
        found = self._on(alike, day)
        if len(found) == 1:
            return found[0].pk
        nearly = found or self._on(self._searched.get(_plain(name), []), day) or self._on(self._of_any_kind(name), day)
        if not nearly:
            reason = _("Không có đơn vị nào mang mã hay tên “%(name)s” vào ngày %(day)s; hãy ghi mã của đơn vị.")
            raise CellError(column, reason % {"name": name[:60], "day": f"{day:%d/%m/%Y}"})
        if len(nearly) > MOST_CHOICES:
            reason = _("Có %(count)d đơn vị tên “%(name)s”; hãy ghi mã của đơn vị.")
            raise CellError(column, reason % {"count": len(nearly), "name": name[:60]})
        return self._asked(asked, row, column, name, nearly)

    def _asked(self, asked: Listener, row: TableRow, column: str, name: str, units: list[Named]) -> int:
        words = _("“%(name)s” là đơn vị nào?") % {"name": name[:60]}
        more = tuple(Choice(unit.code, _label(unit)) for unit in units)
        chosen = asked.ask(WHICH_UNIT, row.item, row.line, column, words, more, group=spelled(name))
        return next(unit.pk for unit in units if unit.code == chosen)

    def _on(self, units: list[Named], day: date) -> list[Named]:
        """Those that exist on the day, or of a code that came later its first one; those of the office alone if any."""
        found = {unit.code: unit for unit in units if unit.start <= day and (unit.end is None or day <= unit.end)}
        if not found:
            for unit in units:
                if day < unit.start:
                    found.setdefault(unit.code, unit)
        near = [unit for unit in found.values() if unit.pk in self.near]
        return near or list(found.values())


def _label(unit: Named) -> str:
    above = f", {unit.above}" if unit.above else ""
    return f"{unit.name} ({unit.code}{above})"


def _plain(name: str) -> str:
    return _without(COMMITTEES, searched(name))


def _without(words: Iterable[str], name: str) -> str:
    return next((name.removeprefix(word) for word in words if name.startswith(word)), name)
