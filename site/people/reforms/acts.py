"""The acts of a reform as rows of the tables of units and successions. Pure: values in, plain rows out.

A row is a dictionary with the columns of `import_units` as text, days as ISO, and `dong`, its line in the file:
`{"ma", "ten", "loai", "nganh", "ma_cha", "tu_ngay", "den_ngay", "dong"}`, `{"ma_cu", "ma_moi", "thua_ke",
"quyet_dinh", "ngay", "dong"}`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.units.beliefs import Facts, Key, SuccessionRow, Terms, UnitRow
from people.units.reach import DAY
from tabular.cells import Line


class ActKind(models.TextChoices):
    TABLES = "bang", gettext_lazy("Bảng đơn vị")
    MERGE = "gop", gettext_lazy("Gộp")
    SPLIT = "tach", gettext_lazy("Chia tách")
    RENAME = "doi_ten", gettext_lazy("Đổi tên")


@dataclass(frozen=True)
class Known:
    """A unit as believed on the day before the reform; `parent` is the code of the one above it on the day."""

    code: str
    name: str
    kind: str
    sector: str
    parent: str


@dataclass(frozen=True)
class Target:
    """A part or result: a unit that goes on (`is_new` false), or a new one."""

    code: str
    name: str
    kind: str
    sector: str
    parent: str
    is_new: bool

    def row(self, on: date) -> list[dict]:
        if not self.is_new:
            return []
        return [
            {
                "ma": self.code,
                "ten": self.name,
                "loai": self.kind,
                "nganh": self.sector,
                "ma_cha": self.parent,
                "tu_ngay": on.isoformat(),
                "den_ngay": "",
            }
        ]


def passing(old: str, new: str, on: date, heir: bool = False) -> dict:
    return {"ma_cu": old, "ma_moi": new, "thua_ke": "1" if heir else "", "quyet_dinh": "", "ngay": on.isoformat()}


def act(kind: ActKind, said: str, units: list[dict], successions: list[dict]) -> dict:
    return {"kind": str(kind), "said": said, "units": units, "successions": successions}


def merging(olds: Sequence[Known], into: Target, on: date) -> dict:
    names = ", ".join(one.name for one in olds)
    said = _("Gộp %(olds)s thành %(new)s") % {"olds": names, "new": into.name}
    passed = [passing(one.code, into.code, on) for one in olds if into.is_new or one.code != into.code]
    return act(ActKind.MERGE, said, into.row(on), passed)


def splitting(old: Known, parts: Sequence[Target], on: date) -> dict:
    said = _("Chia %(old)s thành %(parts)s") % {"old": old.name, "parts": ", ".join(part.name for part in parts)}
    units = [row for part in parts for row in part.row(on)]
    return act(ActKind.SPLIT, said, units, [passing(old.code, part.code, on) for part in parts])


def renaming(old: Known, new: Target, on: date) -> dict:
    said = _("Đổi tên %(old)s thành %(new)s") % {"old": old.name, "new": new.name}
    return act(ActKind.RENAME, said, new.row(on), [passing(old.code, new.code, on)])


def tables(said: str, units: Iterable[UnitRow], successions: Iterable[SuccessionRow], on: date) -> tuple[dict, int]:
    """The rows that are of the reform's day, and how many are of another. What ended its new units later is of another
    reform.
    """
    ours = [row for row in units if row.key.start == on or row.facts.end == on - DAY]
    passed = [row for row in successions if row.on == on]
    others = sum(1 for row in units if row not in ours) + sum(1 for row in successions if row.on != on)
    return act(ActKind.TABLES, said, [_unit(row, on) for row in ours], [_passed(row) for row in passed]), others


def _unit(row: UnitRow, on: date) -> dict:
    end = row.facts.end if row.key.start != on else None
    return {
        "ma": row.key.code,
        "ten": row.facts.name,
        "loai": row.facts.kind,
        "nganh": row.facts.sector,
        "ma_cha": row.parent_code,
        "tu_ngay": row.key.start.isoformat(),
        "den_ngay": end.isoformat() if end else "",
        "dong": int(row.line),
    }


def _passed(row: SuccessionRow) -> dict:
    return {**passing(row.old_code, row.new_code, row.on, row.terms.heir), "quyet_dinh": row.terms.decree,
            "dong": int(row.line)}  # fmt: skip


# --- rows back to what a draft takes


def unit_rows(acts: Sequence[dict]) -> list[UnitRow]:
    return [
        UnitRow(
            Line(row.get("dong", number), "", place),
            Key(row["ma"], date.fromisoformat(row["tu_ngay"])),
            Facts(
                row["ten"],
                row["loai"],
                row["nganh"],
                None,
                date.fromisoformat(row["den_ngay"]) if row["den_ngay"] else None,
            ),
            row["ma_cha"],
        )
        for place, one in enumerate(acts)
        for number, row in enumerate(one["units"], start=1)
    ]


def succession_rows(acts: Sequence[dict], decree: str, heirs: dict[str, str]) -> list[SuccessionRow]:
    """`heirs` go before what the rows say."""
    found = []
    for place, one in enumerate(acts):
        for number, row in enumerate(one["successions"], start=1):
            old, new = row["ma_cu"], row["ma_moi"]
            heir = heirs[old] == new if old in heirs else bool(row["thua_ke"])
            terms = Terms(heir, row["quyet_dinh"] or decree)
            line = Line(row.get("dong", number), "", 1000 + place)
            found.append(SuccessionRow(line, old, new, date.fromisoformat(row["ngay"]), terms))
    return found


def parts_of(acts: Sequence[dict]) -> dict[str, list[str]]:
    """{code of a unit that is split: codes of its parts, itself among them where it goes on}."""
    parts: dict[str, list[str]] = {}
    for one in acts:
        for row in one["successions"]:
            if row["ma_moi"] not in parts.setdefault(row["ma_cu"], []):
                parts[row["ma_cu"]].append(row["ma_moi"])
    return {old: news for old, news in parts.items() if len(news) > 1}
