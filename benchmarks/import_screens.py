"""A roster of 10,000 rows by the screens: previewed row by row with its figures, a page of it read, and brought in.

    python benchmarks/import_screens.py [--rows N] [--database sqlite:////tmp/bench.sqlite3] [--json]

Makes its own scratch database and drops it again. Costs are processor seconds of this process, and loops of
`sum(i * i for i in range(20_000_000))` timed in the same run; then the memory at its highest. On SQLite somebody else
asks for the write lock all the time, in a process of its own, and says how long it ever had to wait: on a machine that
is busy with other things, that is longer than the lock was held.
"""

import argparse
import json
import multiprocessing
import resource
import sqlite3
import sys
import tempfile
import time
from pathlib import Path

from coverage import Scratch, make_units, set_up
from imports import timed, write_files, written_rows
from start import loop

A_LOOP_OF_A_QUICK_MACHINE = 0.7


def wait_for_the_lock(path: str, stopped, longest) -> None:
    """Takes the write lock every 20 ms and lets go of it; keeps the longest wait in `longest`, in seconds."""
    with sqlite3.connect(path, timeout=60, isolation_level=None) as other:
        while not stopped.is_set():
            before = time.monotonic()
            other.execute("BEGIN IMMEDIATE")
            longest.value = max(longest.value, time.monotonic() - before)
            other.execute("ROLLBACK")
            time.sleep(0.02)


def beside(path: str, work) -> float:
    """The longest wait for the lock while `work` runs; 0 where it is no file."""
    stopped, longest = multiprocessing.Event(), multiprocessing.Value("d", 0.0)
    waiter = multiprocessing.get_context("fork").Process(target=wait_for_the_lock, args=(path, stopped, longest))
    waiter.start()
    try:
        work()
    finally:
        stopped.set()
        waiter.join()
    return longest.value


def figures(rows: int, folder: Path, database: str) -> dict:
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.utils import timezone

    from courses.reports.importing import jobs
    from courses.reports.importing.kinds import ROSTER
    from courses.reports.importing.previews import page_of, pages_of
    from courses.standing.rules import seed_requirements
    from outbox.draining import drain
    from people.persons.user import User
    from people.rights.roles import RoleKind, give

    root, places = make_units()
    seed_requirements()
    by = User.objects.create_user("QL-1", full_name="Người Quản Lý")
    give(by, RoleKind.PROVINCE_MANAGER, root)
    path = database.removeprefix("sqlite:///") if database.startswith("sqlite") else ""
    results: dict[str, dict] = {}

    def measured(name: str, work) -> None:
        cost: dict = {}
        waited = beside(path, lambda: cost.update(timed(work))) if path else 0.0
        results[name] = {**cost, "waited": round(waited, 2)}

    def previewed(name: str, lines: list[list[str]]):
        content = write_files(folder, lines)["CSV"].read_bytes()
        check = jobs.upload(ROSTER, SimpleUploadedFile("ds.csv", content), {"unit": root.pk}, by)
        measured(name, lambda: drain(timezone.now(), kinds={jobs.CHECK}))
        check.refresh_from_db()
        assert check.state == "done", check.error
        return check

    lines = written_rows(rows, [place.code for place in places])
    check = previewed(f"{rows} new rows previewed, with figures", lines)
    assert check.result["created"] == rows, check.result["rejected"][:2]
    pages = pages_of(check.result["preview"], "moi")
    measured("the last page of the preview", lambda: page_of(check.result["preview"], "moi", pages))
    work = jobs.apply(check)
    measured(f"{rows} rows brought in", lambda: drain(timezone.now(), kinds={jobs.IMPORT}))
    work.refresh_from_db()
    assert work.state == "done", work.error
    changed = [[*line[:6], "xac_minh" if number % 2 else line[6], *line[7:]] for number, line in enumerate(lines)]
    check = previewed("the same file with half of it changed previewed", changed)
    assert check.result["changed"] > rows / 3, check.result["changed"]
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
        results = figures(options.rows, folder, options.database)
    a_loop = (before + loop()) / 2
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    if options.json:
        json.dump({"loop": a_loop, "memory": memory, **results}, sys.stdout, indent=2)
        return
    print(f"{'one loop':52} {a_loop:>8.2f} s;  {memory} MB at most, of the whole process")
    for name, cost in results.items():
        loops = cost["seconds"] / a_loop
        quick = f"{loops * A_LOOP_OF_A_QUICK_MACHINE:>6.2f} s on a quick machine"
        waits = f"; the write lock was waited for {cost['waited']} s at most" if "waited" in cost else ""
        print(f"{name:52} {cost['seconds']:>8.2f} s {loops:>6.2f} loops {quick}  ({cost['wall']} s on the wall{waits})")


if __name__ == "__main__":
    main()
