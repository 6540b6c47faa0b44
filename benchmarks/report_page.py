"""`/bao-cao/` over 10,000 people in 94 communes, as a trainer of the province and one of a commune read it.

    python benchmarks/report_page.py [--people N] [--rounds N] [--profile]

On SQLite, or where DATABASE_URL says (a scratch database of a PostgreSQL on this machine, which is dropped again). One
gunicorn worker serves the floor and the page in turns; processor time is that of the worker and of its PostgreSQL
server. `--profile` prints where the page of the province spends its time, measured in this process.
"""

import argparse
import os
import statistics
import tempfile

import coverage
import trial
from coverage import Scratch
from trial import Visitor

BATCH, FLOORS = 10, 60


def server_environment() -> dict[str, str]:
    return {
        **os.environ,
        "PORT": str(trial.free_port()),
        "PYTHONPATH": os.pathsep.join(map(str, (trial.ROOT / "benchmarks", trial.ROOT / "site", trial.ROOT))),
        "DJANGO_SETTINGS_MODULE": "floor_settings",
    }


def make_data(people: int) -> dict[str, dict[str, str]]:
    """The cookies of each reader, by whose page it is."""
    from django.core.management import call_command
    from django.test import Client

    from courses.standing.daily_counts import daily_counts
    from courses.standing.standing import rebuild_all
    from people.persons.user import User
    from people.rights.roles import Role, RoleKind

    call_command("migrate", verbosity=0)
    root, places = coverage.make_units()
    coverage.make_people(people, places, 0)
    rebuild_all()
    daily_counts()
    coverage.settle()
    cookies = {}
    for name, unit in (("the province", root), ("a commune", places[0])):
        reader = User.objects.create_user(f"BENCH-{unit.code}", full_name=f"Đo tốc độ {name}")
        Role.objects.create(user=reader, kind=RoleKind.TRAINER, unit=unit)
        client = Client()
        client.force_login(reader)
        cookies[name] = {key: morsel.value for key, morsel in client.cookies.items()}
    return cookies


def server_seconds() -> float:
    """Processor seconds of all servers of this database, 0 on SQLite."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return sum(trial.processor_seconds(pid) for (pid,) in cursor.fetchall())


def measured(port: int, pid: int, cookies: dict[str, str], rounds: int) -> tuple[float, float]:
    """(milliseconds of processor of the page, of the floor), medians of rounds in turns."""
    visitor = Visitor(port)
    visitor.cookies = cookies

    def cost(path: str, times: int) -> float:
        before = trial.processor_seconds(pid) + server_seconds()
        for _request in range(times):
            assert visitor.ask("GET", path) == 200, path
        return (trial.processor_seconds(pid) + server_seconds() - before) / times * 1000

    cost("/floor/", 2), cost("/bao-cao/", 2)
    pairs = [(cost("/bao-cao/", BATCH), cost("/floor/", FLOORS)) for _round in range(rounds)]
    return statistics.median(pair[0] for pair in pairs), statistics.median(pair[1] for pair in pairs)


def profile(cookies: dict[str, str]) -> None:
    import cProfile
    import pstats

    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    client.cookies.load(cookies)
    client.get("/bao-cao/"), client.get("/bao-cao/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/bao-cao/")
    print(f"{len(queries)} queries, {sum(float(one['time']) for one in queries) * 1000:.0f} ms in them")
    for one in sorted(queries, key=lambda one: -float(one["time"])):
        print(f"  {one['time']} {one['sql'][:160]}")
    profiler = cProfile.Profile()
    profiler.enable()
    for _request in range(BATCH):
        client.get("/bao-cao/")
    profiler.disable()
    for order in ("cumulative", "tottime"):
        pstats.Stats(profiler).sort_stats(order).print_stats(90)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    folder, database = tempfile.mkdtemp(prefix="la-chan-bench-"), os.environ.get("DATABASE_URL", "")
    os.environ["DATA_DIR"] = folder
    coverage.set_up(
        f"{database.rpartition('/')[0]}/la_chan_report_page" if database else f"sqlite:///{folder}/db.sqlite3"
    )
    from django.conf import settings

    settings.ALLOWED_HOSTS += ["testserver"]
    with Scratch(os.environ["DATABASE_URL"]):
        readers = make_data(options.people)
        if options.profile:
            return profile(readers["the province"])
        environment = server_environment()
        with trial.server(environment) as pid:
            for name, cookies in readers.items():
                page, floor = measured(int(environment["PORT"]), pid, cookies, options.rounds)
                print(
                    f"/bao-cao/ of {name:24} {page:>8.1f} ms CPU {page / floor:>6.1f} × floor ({floor:.2f} ms)",
                    flush=True,
                )


if __name__ == "__main__":
    main()
