"""The list of the roster of a whole province, searched and filtered: `/bao-cao/can-bo/` over 100,000 people.

    python benchmarks/roster_list.py [--people N] [--database postgres://root@127.0.0.1/la_chan_roster]

On SQLite unless a PostgreSQL on this machine is named, of which a scratch database is made and dropped again. For each
filter: how many people it finds, queries, and milliseconds of processor of this process and its server, the median of
three, also in times of the floor (two queries by key through the same client). The deadline is set so that 60 days
hold everybody and 7 days nobody, as on most days.
"""

import argparse
import os
import re
import statistics
import tempfile
import time
from functools import partial

import coverage
from coverage import Scratch
from trial import processor_seconds

RUNS = 3
FILTERS = {
    "everybody": "",
    "a word that all have": "tim=nguoi",
    "a code": "tim=cb-000777",
    "a unit": "don_vi=20001",
    "a duty": "nhiem_vu=ho_tro_nan_nhan",
    "a sector": "nganh=chinh_quyen",
    "a position of some": "chuc_danh=kiem+nhiem",
    "a position of nobody": "chuc_danh=khong+ai",
    "due in 7 days": "trang_thai=7",
    "due in 30 days": "trang_thai=30",
    "due in 60 days": "trang_thai=60",
    "late": "trang_thai=can-lam",
    "completed": "trang_thai=completed",
    "not required": "trang_thai=khong",
    "a position, due in 60 days": "chuc_danh=kiem+nhiem&trang_thai=60",
    "cannot be reached": "lien_he=khong",
    "never signed in": "dang_nhap=chua",
    "a late page": "page=900",
}


def processor(server: int | None) -> float:
    return time.thread_time() + (processor_seconds(server) if server else 0.0)


def make_data(people: int) -> None:
    """A few thousand people have a position of their own, one of ten was reached and has signed in."""
    from django.utils import timezone

    from courses.standing.standing import rebuild_all
    from people.persons.user import User
    from people.rights.roles import Role, RoleKind

    root, places = coverage.make_units()
    coverage.make_people(people, places, 0)
    User.objects.filter(pk__in=User.objects.order_by("pk").values("pk")[: people // 10]).update(
        last_login=timezone.now()
    )
    rebuild_all()
    coverage.settle()
    reader = User.objects.create_user("BENCH", full_name="Đo tốc độ")
    Role.objects.create(user=reader, kind=RoleKind.TRAINER, unit=root)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--database", default="")
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="la-chan-bench-")
    os.environ["DATA_DIR"] = folder
    coverage.set_up(options.database or f"sqlite:///{folder}/db.sqlite3")
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS += ["testserver"]
    with Scratch(os.environ["DATABASE_URL"]):
        call_command("migrate", verbosity=0)
        make_data(options.people)
        print_filters()


def counted(asked: list[str], execute, sql, params, many, context):
    asked.append(sql)
    return execute(sql, params, many, context)


def print_filters() -> None:
    from django.db import connection
    from django.test import Client

    from people.persons.user import User
    from people.units.unit import Unit

    client, server = Client(), None
    reader = User.objects.get(staff_code="BENCH")
    client.force_login(reader)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET max_parallel_workers_per_gather = 0")
            cursor.execute("SELECT pg_backend_pid()")
            server = cursor.fetchone()[0]

    def cost(work, times: int) -> float:
        before = processor(server)
        for _time in range(times):
            work()
        return (processor(server) - before) / times * 1000

    def floor() -> None:
        client.get("/healthz")
        Unit.objects.get(code="48"), User.objects.get(pk=reader.pk)

    floor()
    floors = statistics.median(cost(floor, 100) for _run in range(RUNS))
    for name, query in FILTERS.items():
        address = f"/bao-cao/can-bo/?{query}"
        client.get(address)
        asked: list[str] = []
        with connection.execute_wrapper(partial(counted, asked)):
            page = client.get(address)
        milliseconds = statistics.median(cost(lambda address=address: client.get(address), 1) for _run in range(RUNS))
        costs = f"{milliseconds:>7.0f} ms CPU {milliseconds / floors:>6.1f} × floor ({floors:.2f} ms)"
        found = re.search(r'id="so"[^>]*>([^<]*)<|(\d+) người', page.content.decode())
        print(f"{name:28} {len(asked):>3} queries {costs}  {found[0] if found else ''}", flush=True)


if __name__ == "__main__":
    main()
