"""The list of 10,000 people as CSV and as XLSX, as the background writes it: processor seconds, and memory above idle.

    python benchmarks/exports.py [--people N] [--database postgres://root@127.0.0.1/la_chan_exports]

PostgreSQL only. Makes its own scratch database and drops it again. Each file is written by a process of its own that
has written a small one before, so that what it holds more at its highest is what the list costs; processor seconds
are those of this process and of its server's, also in loops of `sum(i * i for i in range(20_000_000))`.
"""

import argparse
import json
import multiprocessing
import time
from pathlib import Path

import million
from coverage import COURSE, Scratch, set_up
from start import loop
from trial import processor_seconds

KINDS = ("csv", "xlsx")


def held(name: str) -> int:
    """VmRSS or VmHWM of this process, in bytes."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(name):
            return int(line.split()[1]) * 1024
    raise KeyError(name)


def write(kind: str, code: str, at_least: int) -> dict:
    from datetime import timedelta

    from django.db import connection
    from django.utils import timezone

    from courses.reports.files import export_jobs
    from outbox.draining import drain
    from people.persons.user import User

    manager = User.objects.get(pk=million.NOBODY)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        server = cursor.fetchone()[0]

    def one(unit: str) -> tuple[float, int]:
        work = export_jobs.ask(COURSE, unit, {}, kind, manager)
        before = time.process_time() + processor_seconds(server)
        drain(timezone.now() + timedelta(minutes=1), kinds={export_jobs.EXPORT})
        work.refresh_from_db()
        assert work.state == "done", work.error
        return time.process_time() + processor_seconds(server) - before, work.result["rows"]

    one(code)
    idle = held("VmRSS")
    Path("/proc/self/clear_refs").write_text("5")
    seconds, rows = one("48")
    assert rows >= at_least, rows
    return {"seconds": seconds, "memory": held("VmHWM") - idle}


def apart(database: str, *asked, answer) -> None:
    set_up(database)
    answer.put(write(*asked))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--database", default="postgres://root@127.0.0.1/la_chan_exports")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    set_up(options.database)
    from django.core.management import call_command

    from people.persons.user import User

    a_loop, results = loop(), {}
    with Scratch(options.database):
        call_command("migrate", verbosity=0)
        units, commune = million.make_map(94)
        million.make_people(options.people, units)
        User.objects.create_superuser("BENCH", None, id=million.NOBODY, full_name="Đo tốc độ")
        for kind in KINDS:
            context = multiprocessing.get_context("spawn")
            answer = context.Queue()
            asked = options.database, kind, commune, options.people // 2
            process = context.Process(target=apart, args=asked, kwargs={"answer": answer})
            process.start()
            results[kind] = answer.get(timeout=300)
            process.join()
    if options.json:
        print(json.dumps({"loop": a_loop, **results}, indent=2))
        return
    print(f"{'one loop':30} {a_loop:>8.2f} s")
    for kind, cost in results.items():
        seconds, memory = cost["seconds"], cost["memory"] / 2**20
        print(
            f"{options.people} people as {kind:<14} {seconds:>8.2f} s {seconds / a_loop:>6.2f} loops {memory:>6.1f} MB"
        )


if __name__ == "__main__":
    main()
