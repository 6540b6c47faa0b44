"""A roster of 10,000 rows: checked, written, and checked again beside what it wrote; as CSV and as XLSX.

    python benchmarks/imports.py [--rows N] [--database sqlite:////tmp/bench.sqlite3] [--json]

Makes its own scratch database and drops it again. Costs are processor seconds of this process, and loops of
`sum(i * i for i in range(20_000_000))` timed in the same run; a PostgreSQL server works beside it, so the seconds on
the wall stand there too.
"""

import argparse
import csv
import json
import random
import sys
import tempfile
import time
from pathlib import Path

from coverage import Scratch, make_units, set_up
from start import loop

FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi", "Hồ", "Alăng", "Bh'ling", "Zơrâm")
MIDDLE = ("Thị", "Văn", "Thanh", "Hữu", "Ngọc", "Minh", "Thị Thu", "Quốc")
GIVEN = ("An", "Bình", "Hòa", "Hương", "Dũng", "Tuyết", "Thủy", "Phượng", "Khánh", "Lượng", "Quý", "Yến")
POSITIONS = ("Công chức Văn hóa – Xã hội", "Trưởng phòng", "Giáo viên", "Cán bộ trực ban", "Phó Chủ tịch UBND xã")
DUTIES = ("ho_tro_nan_nhan", "giang_day", "ho_tro_nan_nhan|tuyen_truyen", "xac_minh", "")


def written_rows(count: int, codes: list[str]) -> list[list[str]]:
    draw = random.Random(1)

    def row(number: int) -> list[str]:
        name = f"{draw.choice(FAMILY)} {draw.choice(MIDDLE)} {draw.choice(GIVEN)}"
        email = f"can-bo-{number}@example.vn" if number % 3 else ""
        unit, position, duty = draw.choice(codes), draw.choice(POSITIONS), draw.choice(DUTIES)
        day = "01/07/2025" if number % 2 else "2025-07-01"
        return [f"CB-{number:06}", name, email, f"09{number:08}", unit, position, duty, day, ""]

    return [row(number) for number in range(count)]


def write_files(folder: Path, rows: list[list[str]]) -> dict[str, Path]:
    from openpyxl import Workbook

    from people.roster.importing import COLUMNS

    heading = [column.name for column in COLUMNS]
    files = {"CSV": folder / "roster.csv", "XLSX": folder / "roster.xlsx"}
    with files["CSV"].open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([heading, *rows])
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in [heading, *rows]:
        sheet.append(row)
    book.save(files["XLSX"])
    return files


def timed(work) -> dict:
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return {"seconds": round(time.process_time() - processor, 2), "wall": round(time.perf_counter() - wall, 2)}


def figures(rows: int, folder: Path) -> dict:
    from django.utils import timezone

    from courses.standing.rules import seed_requirements
    from people.roster.importing import prepare_roster

    _root, places = make_units()
    seed_requirements()
    files = write_files(folder, written_rows(rows, [place.code for place in places]))
    results, checks = {}, {}

    def check(kind: str):
        checks[kind] = prepare_roster(files[kind], timezone.now())

    def agree(*counts: int) -> None:
        report = next(iter(checks.values())).report
        assert (report.created, report.changed, report.unchanged, len(report.rejected)) == counts, report.wrong[:3]

    for kind in files:
        results[f"{rows} rows of {kind} read and checked"] = timed(lambda kind=kind: check(kind))
    agree(rows, 0, 0, 0)
    results[f"{rows} rows written"] = timed(lambda: checks["CSV"].write(lambda done: None))
    results["the same file checked again"] = timed(lambda: check("CSV"))
    agree(0, 0, rows, 0)
    results["the same file written again"] = timed(lambda: checks["CSV"].write(lambda done: None))
    return results


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=10_000)
    folder = Path(tempfile.mkdtemp(prefix="la-chan-bench-"))
    parser.add_argument("--database", default=f"sqlite:///{folder}/bench.sqlite3")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    set_up(options.database)
    from django.core.management import call_command

    before = loop()
    with Scratch(options.database):
        call_command("migrate", verbosity=0)
        results = figures(options.rows, folder)
    a_loop = (before + loop()) / 2
    if options.json:
        json.dump({"loop": a_loop, **results}, sys.stdout, indent=2)
        return
    print(f"{'one loop':40} {a_loop:>8.2f} s")
    for name, cost in results.items():
        loops = f"{cost['seconds'] / a_loop:>6.2f} loops"
        print(f"{name:40} {cost['seconds']:>8.2f} s {loops}  ({cost['wall']} s on the wall)")


if __name__ == "__main__":
    main()
