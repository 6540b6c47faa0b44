"""Finds the units behind the codes of a file without a query for each row."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from letters.folding import spelled
from people.units.unit import Unit
from tabular.cells import CellError


class Spellings:
    """The codes that units bear, by their spelling."""

    def __init__(self, codes: Iterable[str]):
        self._alike: dict[str, set[str]] = defaultdict(set)
        for code in codes:
            self.add(code)

    def add(self, code: str) -> None:
        self._alike[spelled(code)].add(code)

    def exact(self, code: str) -> str:
        """The code itself; where no unit ever had it, the one code that is spelled like it."""
        alike = self._alike.get(spelled(code), set())
        return next(iter(alike)) if code not in alike and len(alike) == 1 else code


class UnitCodes:
    """The same answers as `Unit.objects.bearing`, from one query."""

    @cached_property
    def _spans(self) -> dict[str, list[tuple[date, date | None, int]]]:
        spans = defaultdict(list)
        rows = Unit.objects.order_by("valid_from").values_list("code", "valid_from", "valid_to", "pk")
        for code, start, end, pk in rows:
            spans[code].append((start, end, pk))
        return spans

    @cached_property
    def _spellings(self) -> "Spellings":
        return Spellings(self._spans)

    def bearing(self, code: str, day: date) -> int | None:
        spans = self._spans.get(self._spellings.exact(code), [])
        for start, end, pk in spans:
            if start <= day and (end is None or day <= end):
                return pk
        return spans[0][2] if spans and day < spans[0][0] else None

    def is_known(self, code: str) -> bool:
        """Whether some unit has or had it."""
        return self._spellings.exact(code) in self._spans

    def meant(self, column: str, code: str, day: date) -> int:
        """Returns the unit's id. Raises CellError where no unit has the code on that day."""
        if unit := self.bearing(code, day):
            return unit
        if not self.is_known(code):
            raise CellError(column, _("Không có đơn vị nào mang mã “%(code)s”.") % {"code": code})
        raise CellError(
            column,
            _("Mã “%(code)s” không còn dùng vào ngày %(day)s; nếu tệp ghi mã hiện nay, hãy thêm --codes-as-of.")
            % {"code": code, "day": f"{day:%d/%m/%Y}"},
        )
