"""What communes print: a poster, warm; one message for 94 communes in three formats in the background.

    python benchmarks/prints.py [--database sqlite:////tmp/bench.sqlite3] [--json]

Makes its own scratch database and drops it again. Ratios are to the floor measured in the same run: two queries by
primary key over the same connection.
"""

import statistics
import time
from datetime import date, timedelta

from coverage import measured
from seeded import FLOOR, main

FORMATS = ["a4", "to-gap", "the"]


def figures() -> dict:
    from django.utils import timezone

    from campaigns.communes.commune import CommuneSpacePage
    from campaigns.renderings import batch, drawing, reading
    from campaigns.renderings.composing import composed, numbered
    from campaigns.renderings.formats import FORMATS as ALL
    from campaigns.renderings.texts.passages import Passage
    from outbox.draining import drain
    from outbox.effects import Effect
    from people.persons.user import User
    from people.units.unit import Unit

    results: dict = {}
    Passage.objects.update(approved_at=timezone.now())
    root, one = Unit.objects.filter(parent=None).first(), User.objects.create_superuser("BENCH", None, full_name="Đo")
    assert root is not None

    def floor():
        Unit.objects.get(pk=root.pk)
        User.objects.get(pk=one.pk)

    results[FLOOR] = measured(floor)
    # a message without anything open
    message = reading.printed_messages().get(kit__scene="hands-four")
    space = CommuneSpacePage.objects.filter(closed_on=None, locale__language_code="vi").first()
    for key, design in ALL.items():
        whole, times = composed(reading.order(message, design, space)), []
        for number in range(11):
            # another number each time, so that nothing of it is kept
            data = numbered(whole, number + 1, 1, date(2026, 7, 1))
            before = time.perf_counter()
            drawing.pdf(design, data)
            times.append(time.perf_counter() - before)
        results[f"PDF {key}, warm (median of 10)"] = {"seconds": round(statistics.median(times[1:]), 4)}
    batch.ask_for_all(message, FORMATS, one)
    before = time.perf_counter()
    drain(timezone.now() + timedelta(minutes=1), kinds={batch.BATCH})
    work = Effect.objects.get(kind=batch.BATCH)
    assert work.state == "done", work.error
    assert not work.result["notes"], work.result["notes"]
    name = f"{work.done} sheets of {work.done // len(FORMATS)} communes"
    results[name] = {"seconds": round(time.perf_counter() - before, 1)}
    return results


if __name__ == "__main__":
    main(__doc__, figures)
