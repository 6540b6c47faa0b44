"""The item analysis of a quiz that 100,000 people did, twenty questions each, drawn from the starter's bank.

    python benchmarks/item_analysis.py [--database postgres://root@127.0.0.1/la_chan_items] [--json]

Makes its own scratch database and drops it again. The rows are written by PostgreSQL itself, so it runs there alone.
Ratios are to the floor measured in the same run: two queries by primary key over the same connection. The memory is
what the process holds more at its most than before.
"""

import resource
import sys
import time
from typing import Any

from coverage import measured
from seeded import FLOOR, main

PEOPLE, ASKED = 100_000, 20
# what each attempt has of the questions, who knows more earning more, and what was picked
ROWS = [
    """INSERT INTO courses_attempt (person_id, quiz_key, course_key, number, started_at, submitted_at, rules, score,
       max_score, scale, passed)
       SELECT id, %(quiz)s, 'bench', 1, '2026-09-01T08:00+07:00'::timestamptz + (id %% 60) * interval '1 day',
       '2026-09-01T08:20+07:00'::timestamptz + (id %% 60) * interval '1 day', '{}', 0, %(asked)s * 100, 1, false
       FROM people_user WHERE staff_code LIKE 'BENCH-%%'""",
    """INSERT INTO courses_attemptitem (attempt_id, position, version_id, choice_order, points, flagged)
       SELECT a.id, p, (%(versions)s)[(a.id * 13 + p * 4) %% %(count)s + 1], '[]', 100, false
       FROM courses_attempt a, generate_series(1, %(asked)s) p""",
    """INSERT INTO courses_mark (item_id, by_version_id, points, scale, made_at)
       SELECT i.id, i.version_id, CASE WHEN random() < 0.35 + (i.attempt_id %% 60) / 100.0 THEN 100 ELSE 0 END, 1, now()
       FROM courses_attemptitem i""",
    """INSERT INTO courses_answer (item_id, sequence, response, saved_at)
       SELECT i.id, 1, CASE WHEN m.points = 100 THEN b.picked[1] ELSE b.picked[2 + (i.id %% b.wrong)] END,
       a.started_at + i.position * interval '40 seconds'
       FROM courses_attemptitem i JOIN courses_mark m ON m.item_id = i.id JOIN courses_attempt a ON a.id = i.attempt_id
       JOIN bench_picked b ON b.version = i.version_id""",
    """UPDATE courses_attempt a SET score = s.points, passed = s.points >= 80 * %(asked)s FROM (SELECT i.attempt_id,
       sum(m.points) AS points FROM courses_mark m JOIN courses_attemptitem i ON i.id = m.item_id GROUP BY 1) s
       WHERE s.attempt_id = a.id""",
    "ANALYZE",
]


def fill():
    """The key of the quiz."""
    import json
    from uuid import uuid4

    from django.db import connection

    from courses.questions.versions import QuestionVersion
    from people.persons.user import User

    User.objects.bulk_create(
        [User(staff_code=f"BENCH-{n}", full_name=f"Người {n}", password="!") for n in range(PEOPLE)], batch_size=5000
    )
    kinds = ("single_choice", "true_false")
    versions = list(QuestionVersion.objects.filter(kind__in=kinds).order_by("pk")[:96])
    quiz = uuid4()
    keys = [one.pk for one in versions]
    values: dict[str, Any] = {"quiz": quiz, "asked": ASKED, "versions": keys, "count": len(versions)}
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE bench_picked (version bigint, picked jsonb[], wrong int)")
        for one in versions:
            right = set(one.key["right"])
            ids = sorted((choice["id"] for choice in one.structure["choices"]), key=lambda id: id not in right)
            picked = [json.dumps({"choices": [id]}) for id in ids]
            cursor.execute("INSERT INTO bench_picked VALUES (%s, %s::jsonb[], %s)", [one.pk, picked, len(ids) - 1])
        for statement in ROWS:
            cursor.execute(statement, values)
    return quiz


def figures() -> dict:
    from django.db import connection

    from courses.analysis.quiz_analysis import analyse
    from people.persons.user import User

    if connection.vendor != "postgresql":
        sys.exit("It is measured on PostgreSQL: name one by --database.")
    quiz = fill()
    who = User.objects.values_list("pk", flat=True)[:1][0]
    results = {FLOOR: measured(lambda: [User.objects.get(pk=who) for _twice in range(2)])}
    before, started, used = _megabytes(), time.perf_counter(), time.process_time()
    found = analyse(quiz)
    results[f"{found['people']} attempts of {ASKED} questions"] = {
        "seconds": round(time.perf_counter() - started, 2),
        "s of our own processor": round(time.process_time() - used, 2),
        "MB more": round(_megabytes() - before, 1),
        "questions": len(found["questions"]),
        "alpha": round(found["alpha"], 3),
    }
    return results


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(__doc__, figures, "postgres://root@127.0.0.1/la_chan_items")
