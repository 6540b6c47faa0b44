"""The figure over 100,000 people in 94 units: how long, and how many queries; against 100 people, and one refresh.

    python benchmarks/coverage.py [--people N] [--database postgres://root@127.0.0.1/la_chan_bench] [--json]

Makes its own scratch database, fills it in bulk and drops it again. Every figure is printed with the ratio to the floor
measured in the same run: two queries by primary key over the same connection.
"""

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PLACES = 94
RUNS = 7
COURSE = "nhan-dien-nan-nhan"


def set_up(database: str) -> None:
    os.environ.update(DATABASE_URL=database, INSECURE_HTTP="1", LOG_LEVEL="WARNING")
    os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="la-chan-bench-"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    import django

    django.setup()


class Scratch:
    """A database that exists only during the measurement; an SQLite file is created on connection."""

    def __init__(self, address: str):
        self.address = address
        self.is_postgres = address.startswith(("postgres", "psql"))
        self.server, _slash, self.name = address.rpartition("/")

    def __enter__(self):
        self._tell(f'DROP DATABASE IF EXISTS "{self.name}"', f'CREATE DATABASE "{self.name}"')
        return self

    def __exit__(self, *_error):
        if self.is_postgres:
            from django.db import connection

            connection.close()
        self._tell(f'DROP DATABASE IF EXISTS "{self.name}"')

    def _tell(self, *statements: str) -> None:
        if not self.is_postgres:
            Path(self.address.removeprefix("sqlite:///")).unlink(missing_ok=True)
            return
        import psycopg

        server = self.server.replace("postgis://", "postgres://").replace("psql://", "postgres://")
        with psycopg.connect(f"{server}/postgres", autocommit=True) as maintenance:
            for statement in statements:
                maintenance.execute(statement)


def recorded():
    """The time at which all facts were recorded: long enough ago to be known yesterday."""
    from django.utils import timezone

    return timezone.now() - timedelta(days=30)


def make_units():
    from people.units.successions import rebuild_reach
    from people.units.unit import Sector, Unit, UnitKind, UnitVersion

    then = recorded()
    start = date(2025, 7, 1)
    root = Unit.objects.create(code="48", name="Thành phố Đà Nẵng", kind=UnitKind.CITY, valid_from=start)
    places = Unit.objects.bulk_create(
        Unit(code=f"2{n:04}", name=f"Xã {n}", kind=UnitKind.COMMUNE, parent=root, valid_from=start)
        for n in range(PLACES)
    )
    UnitVersion.objects.bulk_create(
        UnitVersion(unit=u, name=u.name, kind=u.kind, sector=Sector.GOVERNMENT, parent=u.parent, recorded_at=then)
        for u in [root, *places]
    )
    rebuild_reach()
    return root, places


def make_people(number: int, places, first: int) -> None:
    """Of twenty people one has a second posting, one an excuse, eleven a completion and three a lesson seen; half
    of the completions are by content that was not approved, and two of three were asked about a month after.
    """
    from uuid import uuid4

    from django.utils import timezone

    from courses.completions.completion import Completion
    from courses.progress.lessons import LessonSeen
    from courses.requirements.requirement import Excuse
    from courses.standing.rules import seed_requirements
    from people.persons.user import User
    from people.postings.posting import Posting

    then = recorded()
    requirement = seed_requirements(then)[0]
    duty = requirement.rules.current().get().duty
    draw = random.Random(first)
    size: dict[str, Any] = {"batch_size": 2000}
    people = User.objects.bulk_create(
        (User(staff_code=f"CB-{first + n:06}", full_name=f"Người số {first + n}") for n in range(number)), **size
    )
    start = date(2025, 7, 1)
    posting_rows = [Posting(person=p, unit=draw.choice(places), start=start, recorded_at=then) for p in people]
    second = {"start": start, "position": "Kiêm nhiệm", "recorded_at": then}
    posting_rows += [Posting(person=p, unit=draw.choice(places), **second) for p in people[::20]]
    postings = Posting.objects.bulk_create(posting_rows, **size)
    through = Posting.duties.through
    through.objects.bulk_create((through(posting_id=p.pk, duty_id=duty.pk) for p in postings), **size)
    days = [start + timedelta(days=n) for n in range((timezone.localdate() - start).days)]
    done = [p for n, p in enumerate(people) if n % 20 < 11]
    completion_fields = {"course_key": COURSE, "source": "import", "recorded_at": then}
    completions = Completion.objects.bulk_create(
        (
            Completion(person=p, completed_on=draw.choice(days), approved=bool(n % 2), **completion_fields)
            for n, p in enumerate(done)
        ),
        **size,
    )
    make_retests([one for n, one in enumerate(completions) if n % 3], draw, then)
    seen = [p for n, p in enumerate(people) if 11 <= n % 20 < 14]
    LessonSeen.objects.bulk_create((LessonSeen(person=p, lesson_key=uuid4(), course_key=COURSE) for p in seen), **size)
    Excuse.objects.bulk_create(
        (Excuse(person=p, requirement=requirement, reason="Ốm", start=start, recorded_at=then) for p in people[19::20]),
        **size,
    )


def make_retests(completions: list, draw: random.Random, then) -> None:
    """Each handed in within its first window, with so many right that about half still know."""
    from uuid import uuid4

    from courses.attempts.attempt import Attempt
    from courses.retests.retest import Retest, RetestResult
    from courses.retests.rules import windows

    size: dict[str, Any] = {"batch_size": 2000}
    result = {"number": 1, "rules": {}, "submitted_at": then, "score": 400, "max_score": 500, "passed": True}
    attempts = Attempt.objects.bulk_create(
        (
            Attempt(
                person_id=one.person_id, quiz_key=uuid4(), course_key=COURSE, started_at=then, closes_at=then, **result
            )
            for one in completions
        ),
        **size,
    )
    retests = Retest.objects.bulk_create(
        (
            Retest(completion=one, months=1, attempt=attempt, objectives=[])
            for one, attempt in zip(completions, attempts, strict=True)
        ),
        **size,
    )
    RetestResult.objects.bulk_create(
        (
            RetestResult(
                retest=retest,
                on=windows(retest.completion.completed_on)[0].first,
                right=draw.choice([2, 3, 4, 5]),
                recorded_at=then,
            )
            for retest in retests
        ),
        **size,
    )


def measured(work) -> dict:
    """Median seconds of several runs, and the queries of one."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        work()
    times = []
    for _run in range(RUNS):
        before = time.perf_counter()
        work()
        times.append(time.perf_counter() - before)
    return {"seconds": round(statistics.median(times), 4), "queries": len(queries)}


def settle() -> None:
    """Does what autovacuum would have done in production."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def figures(people: int) -> dict:
    from django.utils import timezone

    from courses.month_ends.publishing import publish
    from courses.standing.coverage import coverage
    from courses.standing.daily_counts import count_days, daily_counts, trend
    from courses.standing.people_standing import people_standing
    from courses.standing.rules import seed_requirements
    from courses.standing.standing import rebuild_all, refresh
    from people.persons.user import User
    from people.units.unit import Unit

    root, places = make_units()
    make_people(100, places, 0)
    rebuild_all()
    requirement = seed_requirements()[0]
    today, yesterday = timezone.localdate(), timezone.localdate() - timedelta(days=1)
    one = User.objects.order_by("pk")[0].pk

    def floor():
        Unit.objects.get(pk=root.pk)
        User.objects.get(pk=one)

    def page():
        return people_standing(requirement, "20000", today)[:50]

    results = {"coverage over 100 people": measured(lambda: coverage(COURSE))}
    make_people(people - 100, places, 100)
    before = time.perf_counter()
    rebuild_all(lambda done, of: None if done % 10_000 else print(f"  {done}/{of}", file=sys.stderr))
    results["rebuild_all"] = {"seconds": round(time.perf_counter() - before, 1)}
    settle()
    before = time.perf_counter()
    daily_counts()
    results["daily_counts, first time (400 days)"] = {"seconds": round(time.perf_counter() - before, 1)}
    settle()
    results["floor: two queries by key"] = measured(floor)
    results[f"coverage over {people} people"] = measured(lambda: coverage(COURSE))
    results["coverage of one unit"] = measured(lambda: coverage(COURSE, unit="20000"))
    results["coverage of a future day"] = measured(lambda: coverage(COURSE, as_of=date(2027, 6, 1)))
    results["coverage as known yesterday"] = measured(lambda: coverage(COURSE, known_on=yesterday))
    results["a page of 50 people"] = measured(page)
    results["trend of 90 days"] = measured(lambda: trend(requirement, root.pk, 90))
    results["count of one day"] = measured(lambda: count_days(yesterday, yesterday))
    results["refresh of one person"] = measured(lambda: refresh([one]))
    before = time.perf_counter()
    published = publish()
    results[f"{published} month ends published, first time"] = {"seconds": round(time.perf_counter() - before, 1)}
    results |= joined(requirement, root, people)
    return results


def joined(requirement, root, people: int) -> dict[str, dict]:
    """A year's two days: worked out as the worker does, then what a request costs that reads the kept answer."""
    from django.test import Client
    from django.utils import timezone

    from courses.movements.ends import Asked
    from courses.reports.movements import kept
    from outbox.draining import drain
    from people.persons.user import User
    from people.postings.coverage import Named

    today = timezone.localdate()
    asked = Asked(requirement, Named(root.pk, root.code, root.name), today - timedelta(days=365), today)
    row = kept.ask(asked)
    before = time.perf_counter()
    drain(kinds={kept.MOVEMENT})
    worked_out = {"seconds": round(time.perf_counter() - before, 2)}
    row.refresh_from_db()
    client = Client(headers={"host": "localhost"})
    client.force_login(User.objects.create(staff_code="SEP", full_name="Sếp", is_superuser=True))
    address = f"/bao-cao/{requirement.key}/{root.code}/bien-dong/"
    asked_for = {"tu": asked.first.isoformat()}

    def page(rest: str = ""):
        response = client.get(address + rest, asked_for)
        assert response.status_code == 200, response.status_code
        assert b"http-equiv" not in response.content

    page()
    return {
        f"two days of {people} people joined, worker": worked_out,
        "  is it large?": measured(lambda: kept.is_large(asked)),
        "  the kept answer read": measured(lambda: kept.read_kept(row, asked)),
        "  the page of it": measured(page),
        "  the people behind it, a page": measured(lambda: page("can-bo/")),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--database", default="postgres://root@127.0.0.1/la_chan_bench")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    set_up(options.database)
    from django.core.management import call_command

    with Scratch(options.database):
        call_command("migrate", verbosity=0)
        results = figures(options.people)
    if options.json:
        print(json.dumps(results, indent=2))
        return
    floor = results["floor: two queries by key"]["seconds"]
    for name, figure in results.items():
        queries = f"{figure['queries']} queries" if "queries" in figure else ""
        print(f"{name:40} {figure['seconds']:>9.4f} s {figure['seconds'] / floor:>9.1f} × floor  {queries}")


if __name__ == "__main__":
    main()
