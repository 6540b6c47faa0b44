"""10,000 certificates: issued, and printed in the background with progress; one, warm, as a learner fetches it.

    python benchmarks/certificates.py [--count N] [--database sqlite:////tmp/bench.sqlite3] [--json]

Makes its own scratch database and drops it again. Ratios are to the floor measured in the same run: two queries by
primary key over the same connection.
"""

import argparse
import json
import resource
import statistics
import sys
import tempfile
import time
from datetime import timedelta

from coverage import COURSE, Scratch, make_people, make_units, measured, set_up


def figures(count: int) -> dict:
    from django.utils import timezone

    from courses.certificates import batches, sheets
    from courses.certificates.certificate import Certificate
    from courses.certificates.issuing import issue
    from courses.completions.completion import Completion
    from courses.standing.rules import seed_requirements
    from outbox.draining import drain
    from outbox.effects import Effect
    from people.persons.user import User
    from people.units.unit import Unit

    root, places = make_units()
    seed_requirements()
    # of twenty people eleven have completed the course
    make_people(count * 20 // 11 + 20, places, 0)
    now = timezone.now()
    completions = list(Completion.objects.filter(course_key=COURSE).select_related("person").order_by("pk")[:count])
    one, results = User.objects.order_by("pk")[0].pk, {}

    def floor():
        Unit.objects.get(pk=root.pk)
        User.objects.get(pk=one)

    results["floor: two queries by key"] = measured(floor)
    before = time.perf_counter()
    for place in range(0, len(completions), 500):
        issue(completions[place : place + 500], now)
    results[f"issuing {len(completions)}"] = {"seconds": round(time.perf_counter() - before, 2)}

    first = Certificate.objects.select_related("person").first()
    assert first is not None
    before = time.perf_counter()
    sheets.pdf_of(first)
    results["one PDF, cold"] = {"seconds": round(time.perf_counter() - before, 4)}
    times = []
    for certificate in Certificate.objects.select_related("person")[1:41]:
        before = time.perf_counter()
        sheets.pdf_of(certificate)
        times.append(time.perf_counter() - before)
    results["one PDF, warm (median of 40)"] = {"seconds": round(statistics.median(times), 4)}

    manager = User.objects.create_superuser("BENCH", None, full_name="Đo tốc độ")
    batches.ask(Unit.objects.get(pk=root.pk), "", None, None, manager)
    before = time.perf_counter()
    drain(now + timedelta(minutes=1), kinds={batches.BATCH})
    work = Effect.objects.get(kind=batches.BATCH)
    assert (work.state, work.done) == ("done", len(completions)), work.error
    results[f"{len(completions)} in the background"] = {"seconds": round(time.perf_counter() - before, 1)}
    results["memory at most, MB"] = {"seconds": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}
    return results


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--database", default=f"sqlite:///{tempfile.mkdtemp(prefix='la-chan-bench-')}/bench.sqlite3")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    set_up(options.database)
    from django.core.management import call_command

    with Scratch(options.database):
        call_command("migrate", verbosity=0)
        results = figures(options.count)
    if options.json:
        json.dump(results, sys.stdout, indent=2)
        return
    floor = results["floor: two queries by key"]["seconds"]
    for name, figure in results.items():
        ratio = "" if name.startswith("memory") else f"s {figure['seconds'] / floor:>10.1f} × floor"
        print(f"{name:40} {figure['seconds']:>9} {ratio}")


if __name__ == "__main__":
    main()
