"""The figure over a million people in 10,000 units: as of today, of days that are counted and of one never asked, as
known on a past day, and of one commune. With `--page` also the pages of `/bao-cao/`.

    python benchmarks/million.py [--people N] [--units N] [--database postgres://root@127.0.0.1/la_chan_million]

PostgreSQL only. Makes its own scratch database, whose rows the database makes itself, and drops it again: a province,
94 communes and what stands below them; of twenty people one has a second posting, one an excuse, eleven have a
completion and three have begun. Some people's standings are computed once more as a check of these rows. Each figure
is the median of three warm runs without parallel workers: processor seconds of this process and its server's, which
must be on this machine, in loops of `sum(i * i for i in range(20_000_000))` too, and seconds on the wall.
"""

import argparse
import statistics
import time
from datetime import date, timedelta

from coverage import COURSE, Scratch, recorded, set_up
from start import loop
from trial import processor_seconds

COMMUNES = 94
START = date(2025, 7, 1)
RUNS = 3
# a key that no row of the database has
NOBODY = 2_000_000_000

ROWS = """
INSERT INTO people_user (id, password, is_superuser, staff_code, full_name, is_active, date_joined, access_round,
    named_as_trainer, reads_in, code_spelling, shares_code, search_words, name_order)
SELECT n, '!', false, 'CB-' || n, 'Người số ' || n, true, {then}, 0, false, 'vi', 'cb-' || n, false, ' cb ' || n,
    lpad(((n::bigint * 7919) % 1000003)::text, 8, '1')
FROM generate_series(1, {people}) n;

INSERT INTO people_posting (id, recorded_at, person_id, unit_id, position, start)
SELECT n, {then}, n, {units}[1 + (n::bigint * 7919) % {many}], '', {start} FROM generate_series(1, {people}) n
UNION ALL
SELECT {people} + n / 20, {then}, n, {units}[1 + (n::bigint * 104729) % {many}], 'Kiêm nhiệm', {start}
FROM generate_series(20, {people}, 20) n;

INSERT INTO people_posting_duties (posting_id, duty_id) SELECT id, {duty} FROM people_posting;

INSERT INTO courses_completion
    (id, recorded_at, person_id, course_key, completed_on, source, evidence, reason, approved, text, asked_again)
SELECT n, {then}, n, {course}, {start} + (n::bigint * 15485863 % {days})::int, 'quiz', '', '', n % 2 = 0, '', true
FROM generate_series(1, {people}) n WHERE n % 20 < 11;

INSERT INTO courses_attempt (id, person_id, quiz_key, course_key, number, started_at, rules, scale)
SELECT id, person_id, gen_random_uuid(), {course}, 1, {then}, '{{}}', 100 FROM courses_completion WHERE id % 3 > 0;
INSERT INTO courses_retest (id, completion_id, months, attempt_id, objectives)
SELECT id, id, 1, id, '[]' FROM courses_attempt;
INSERT INTO courses_retestresult (id, recorded_at, retest_id, "on", "right")
SELECT retest.id, {then}, retest.id, (completed_on + interval '1 month')::date, 2 + retest.id % 4
FROM courses_retest retest JOIN courses_completion done ON done.id = completion_id
WHERE completed_on + interval '1 month' <= {today};

INSERT INTO courses_lessonseen (person_id, lesson_key, course_key, seen_at, seen_by_class, done_by_class)
SELECT n, gen_random_uuid(), {course}, {then}, false, false FROM generate_series(1, {people}) n
    WHERE n % 20 BETWEEN 11 AND 13;

INSERT INTO courses_excuse (recorded_at, person_id, requirement_id, reason, start)
SELECT {then}, n, {requirement}, 'Ốm', {start} FROM generate_series(1, {people}) n WHERE n % 20 = 19;
"""

STANDINGS = """
INSERT INTO courses_standing
    (person_id, requirement_id, unit_id, start, "end", state, shared, unapproved, knowledge)
WITH facts AS (
    SELECT person_id AS person, unit_id AS unit, person_id % 20 AS kind, done.completed_on AS done,
        NOT done.approved AS bad,
        result."on" AS told, CASE WHEN result."right" >= 4 THEN 'still_knows' ELSE 'to_review' END AS knows,
        (done.completed_on + interval '24 months')::date AS lapse,
        count(*) OVER (PARTITION BY person_id) > 1 AS shared
    FROM (SELECT DISTINCT person_id, unit_id FROM people_posting) held
    LEFT JOIN courses_completion done USING (person_id) LEFT JOIN courses_retestresult result ON result.id = done.id
), spans AS (
    SELECT person, unit, shared, {start} AS first, done - 1 AS last, 'not_started' AS state, false AS bad, '' AS knows
    FROM facts WHERE done > {start}
    UNION ALL SELECT person, unit, shared, done, coalesce(told, lapse) - 1, 'completed', bad, '' FROM facts
    WHERE done IS NOT NULL
    UNION ALL SELECT person, unit, shared, told, lapse - 1, 'completed', bad, knows FROM facts WHERE told IS NOT NULL
    UNION ALL SELECT person, unit, shared, lapse, NULL, 'expired', false, '' FROM facts WHERE done IS NOT NULL
    UNION ALL SELECT person, unit, shared, {start}, NULL, 'excused', false, '' FROM facts WHERE kind = 19
    UNION ALL SELECT person, unit, shared, {deadline} + 1, NULL, 'overdue', false, '' FROM facts
    WHERE kind BETWEEN 11 AND 18
    UNION ALL SELECT person, unit, shared, {start}, {deadline}, 'not_started', false, '' FROM facts
    WHERE kind BETWEEN 14 AND 18
    UNION ALL SELECT person, unit, shared, {start}, {seen} - 1, 'not_started', false, '' FROM facts
    WHERE kind BETWEEN 11 AND 13
    UNION ALL SELECT person, unit, shared, {seen}, {deadline}, 'in_progress', false, '' FROM facts
    WHERE kind BETWEEN 11 AND 13
)
SELECT person, {requirement}, unit, first, last, state, shared, bad, knows FROM spans;
"""


def make_map(number: int) -> tuple[list[int], str]:
    """The units at which people are posted, and the code of one commune."""
    from people.units.successions import rebuild_reach
    from people.units.unit import Sector, Unit, UnitKind, UnitVersion

    root = Unit.objects.create(code="48", name="Thành phố Đà Nẵng", kind=UnitKind.CITY, valid_from=START)
    communes = Unit.objects.bulk_create(
        Unit(code=f"2{n:04}", name=f"Xã {n}", kind=UnitKind.COMMUNE, parent=root, valid_from=START)
        for n in range(min(COMMUNES, number))
    )
    below = Unit.objects.bulk_create(
        Unit(code=f"T{n:05}", name=f"Trường {n}", kind=UnitKind.SCHOOL, parent=communes[n % COMMUNES], valid_from=START)
        for n in range(number - len(communes))
    )
    UnitVersion.objects.bulk_create(
        UnitVersion(
            unit=unit,
            name=unit.name,
            kind=unit.kind,
            sector=Sector.GOVERNMENT,
            parent_id=unit.parent_id,
            recorded_at=recorded(),
        )
        for unit in (root, *communes, *below)
    )
    rebuild_reach()
    return [unit.pk for unit in (*communes, *below)], communes[0].code


def make_people(people: int, units: list[int]) -> None:
    from django.db import connection
    from django.utils import timezone

    from courses.standing.rules import STARTER_DEADLINE, seed_requirements

    [requirement, *_others] = seed_requirements(recorded())
    then, today = recorded(), timezone.localdate()
    words = {
        "people": people,
        "then": f"'{then.isoformat()}'::timestamptz",
        "seen": f"'{timezone.localdate(then)}'::date",
        "start": f"'{START}'::date",
        "today": f"'{today}'::date",
        "deadline": f"'{STARTER_DEADLINE}'::date",
        "days": (today - START).days,
        "units": f"(ARRAY{units})",
        "many": len(units),
        "course": f"'{COURSE}'",
        "duty": requirement.rules.get().duty_id,
        "requirement": requirement.pk,
    }
    with connection.cursor() as cursor:
        # one process, whose seconds can be read
        cursor.execute("SET max_parallel_workers_per_gather = 0")
        for statement in (ROWS + STANDINGS).split(";"):
            if statement.strip():
                cursor.execute(statement.format(**words))
        cursor.execute("VACUUM ANALYZE")


def check(people: int) -> None:
    """The standings of some people are those that the platform computes."""
    from courses.requirements.requirement import Requirement
    from courses.standing.standing import refresh

    changed = refresh(range(1, people, max(1, people // 400)), requirement=Requirement.objects.get(key=COURSE))
    assert not changed, f"{changed} standings of the sample are others"


def timed(work) -> tuple[float, float, int]:
    """Median seconds of warm runs, on the wall and of the processor, here and in the database; the queries of one."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        work()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        server = cursor.fetchone()[0]

    def processor() -> float:
        return time.process_time() + processor_seconds(server)

    walls, costs = [], []
    for _run in range(RUNS):
        wall, before = time.perf_counter(), processor()
        work()
        walls.append(time.perf_counter() - wall)
        costs.append(processor() - before)
    return statistics.median(walls), statistics.median(costs), len(queries)


def figures(commune: str, page: bool):
    """(what is asked, work) in turn; a figure is made only where it is asked for."""
    from django.utils import timezone

    from courses.standing.coverage import coverage
    from courses.standing.daily_counts import count_days

    today = timezone.localdate()
    yesterday, before = today - timedelta(days=1), today - timedelta(days=100)
    yield "of a day that is not counted", lambda: coverage(COURSE, as_of=before)
    yield "of today, nothing counted", lambda: coverage(COURSE)
    started = time.perf_counter()
    count_days(yesterday, yesterday)
    count_days(before, before)
    print(f"{'counting two days':34} {time.perf_counter() - started:>8.2f} s", flush=True)
    yield "of today", lambda: coverage(COURSE)
    yield "of a counted day", lambda: coverage(COURSE, as_of=before)
    yield "of one commune", lambda: coverage(COURSE, unit=commune)
    yield "as known yesterday", lambda: coverage(COURSE, known_on=yesterday)
    if page:
        from django.test import Client

        from people.persons.user import User

        client = Client()
        client.force_login(User.objects.create_superuser("BENCH", None, id=NOBODY, full_name="Đo tốc độ"))
        yield "the page of the province", lambda: read(client, "/bao-cao/")
        yield "the page of a commune", lambda: read(client, f"/bao-cao/{COURSE}/{commune}/")


def read(client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200, (response.status_code, response.headers.get("Location"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--units", type=int, default=10_000)
    parser.add_argument("--database", default="postgres://root@127.0.0.1/la_chan_million")
    parser.add_argument("--page", action="store_true", help="the pages of /bao-cao/ too")
    options = parser.parse_args()
    set_up(options.database)
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS += ["testserver"]
    a_loop = loop()
    print(f"{'one loop':34} {a_loop:>8.2f} s")
    with Scratch(options.database):
        call_command("migrate", verbosity=0)
        units, commune = make_map(options.units)
        before = time.perf_counter()
        make_people(options.people, units)
        print(f"{'making the people':34} {time.perf_counter() - before:>8.2f} s", flush=True)
        check(options.people)
        for name, work in figures(commune, options.page):
            wall, seconds, queries = timed(work)
            costs = f"{seconds:>8.3f} s {seconds / a_loop:>7.3f} loops of the processor"
            print(f"{name:34} {costs}, {wall:>8.3f} s on the wall {queries:>4} queries", flush=True)


if __name__ == "__main__":
    main()
