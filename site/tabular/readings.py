"""How a person says that a file is to be read: which of its columns is which of ours, and the cells she mended.

Where an office has headings of its own, `columns` names for each of ours the key of the file's heading; `always` is
what a column that the file lacks holds in every row, and `absent` are those that it lacks. `mended` cells take the
place of those of the file, by the key of their row (`Line.key`). A reading without `columns` finds our own headings.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from tabular.cells import Line
from tabular.columns import Column


@dataclass(frozen=True)
class Reading:
    columns: Mapping[str, str] = field(default_factory=dict)
    always: Mapping[str, str] = field(default_factory=dict)
    absent: frozenset[str] = field(default_factory=frozenset)
    mended: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @classmethod
    def kept(cls, payload: Mapping) -> Self:
        """As `as_kept` wrote it into JSON; what is missing there is empty."""
        mapping = payload.get("mapping") or {}
        return cls(
            mapping.get("columns", {}),
            mapping.get("always", {}),
            frozenset(mapping.get("absent", ())),
            payload.get("mended") or {},
        )

    def mapping(self) -> dict:
        """Without the mended cells, for JSON."""
        return {"columns": dict(self.columns), "always": dict(self.always), "absent": sorted(self.absent)}

    def lacks(self, column: Column) -> bool:
        """Whether the file need not have a heading for it."""
        return column.name in self.always or column.name in self.absent

    def mends(self, line: Line) -> Mapping[str, str]:
        return self.mended.get(line.key) or {}


AS_IT_IS = Reading()
