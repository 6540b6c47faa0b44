"""Reforms as tests make them: from the tables of the province, whole or a few of its districts, or from a few acts."""

import csv
from datetime import date, timedelta
from pathlib import Path

from django.utils import timezone

from people.imports import Report
from people.reforms import acts
from people.reforms.applying import apply, carry
from people.reforms.reform import Reform
from people.units.files import prepare, read_successions, read_units
from people.units.starter import DATA

FIRST, SECOND = date(2025, 1, 1), date(2025, 7, 1)
# Nông Sơn went into Quế Sơn on 1/1/2025; both ended on 1/7/2025, and their communes became six
FEW = {"519", "509"}


def tables(districts: set[str] | None = None) -> tuple[list[dict], list[dict]]:
    """The rows of units and of successions; of these old districts alone, and what became of them, if given."""
    units, passed = (
        list(csv.DictReader((DATA / name).open(encoding="utf-8"))) for name in ("units.csv", "successions.csv")
    )
    if districts is None:
        return units, passed
    kept = {"48", "49", *districts}
    kept |= {row["ma"] for row in units if row["ma_cha"] in districts}
    old = {row["ma"] for row in units if row["ma_cha"] in districts or row["ma"] in districts} | {"49"}
    passed = [row for row in passed if row["ma_cu"] in old]
    kept |= {row["ma_moi"] for row in passed}
    return [row for row in units if row["ma"] in kept], passed


def _write(path: Path, rows: list[dict]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, rows[0].keys())
        out.writeheader()
        out.writerows(rows)
    return path


def before_the_reforms(folder: Path, units: list[dict]) -> None:
    """Imports the map of 2020, of which nobody knew yet that it would end."""
    rows = [{**row, "den_ngay": ""} for row in units if row["tu_ngay"] == "2020-01-01"]
    prepared = prepare(_write(folder / "truoc.csv", rows), None, timezone.now())
    assert prepared.report.rejected == []
    prepared.carry_out()


def reform_of(on: date, folder: Path, units: list[dict], passed: list[dict]) -> Reform:
    """A draft with the rows of the day, as the wizard takes them from both tables."""
    report = Report()
    unit_rows = read_units(_write(folder / "don-vi.csv", units), report)
    succession_rows = read_successions(_write(folder / "chuyen.csv", passed), report)
    assert report.rejected == []
    act, others = acts.tables("bảng", unit_rows, succession_rows, on)
    assert others
    return Reform.objects.create(decree=f"NQ {on:%m/%Y}", on=on, acts=[act])


def draft(on: date, *of_acts: dict, **fields) -> Reform:
    return Reform.objects.create(decree="NQ thử", on=on, acts=list(of_acts), **fields)


def carried_out(reform: Reform, by=None) -> Reform:
    """Applied and carried out, as of now."""
    apply(reform.pk, by, timezone.now())
    reform = Reform.objects.select_related("change").get(pk=reform.pk)
    carry(reform, timezone.now())
    return Reform.objects.select_related("change").get(pk=reform.pk)


def day_before(day: date) -> date:
    return day - timedelta(days=1)
