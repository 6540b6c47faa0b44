"""Many effects of one kind at once, handed over at a pace: whoever waits for a reset link waits behind few of them."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from outbox.effects import Effect
from outbox.wake_ups import tell_workers

# rows of one statement: SQLite takes 32,766 values
AT_ONCE = 1000


def enqueue_many(
    kind: str, wanted: Iterable[tuple[str, dict]], *, starts: datetime, a_minute: int, before: int = 0
) -> int:
    """Asks for each (key, payload), `a_minute` of them from `starts` on, as if `before` of the same crowd had been
    asked for already; returns how many. A key that is there already asks for nothing. Call it inside a transaction.
    """
    now = timezone.now()
    rows = [
        Effect(
            kind=kind,
            key=key,
            payload=payload,
            created_at=now,
            available_at=starts + timedelta(minutes=(before + place) // a_minute),
        )
        for place, (key, payload) in enumerate(wanted)
    ]
    Effect.objects.bulk_create(rows, batch_size=AT_ONCE, ignore_conflicts=True)
    if rows:
        transaction.on_commit(tell_workers, robust=True)
    return len(rows)
