"""Freezes a report: the first call takes the snapshot and writes its files, later ones find them. Only a new version,
with its reason, counts again; it says figure by figure what changed.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from courses.annual.differences import changes
from courses.annual.paper.files import files_of
from courses.annual.patterns import pattern_of
from courses.annual.periods import Period
from courses.annual.report import AnnualReport, ReportedPerson, ReportFile
from courses.annual.snapshot import Snapshot, digest, take
from outbox.effects import OPEN_STATES, Effect
from people.changes.change import BulkChange
from people.postings.coverage import places, unit_on
from people.statements.plain_rows import insert_models
from people.units.unit import Unit

# a command that was killed leaves its change open for ever: nobody goes on with it after so long
KILLED_AFTER = timedelta(hours=1)


class ImportOpen(Exception):
    """An import is being written; the message is one Vietnamese sentence that says to wait."""


@dataclass(frozen=True)
class Wanted:
    """`by` is None for the server; `reason` is "" where the frozen report will do. With `after`, the version that the
    asker has seen, a later one will do as well: a second attempt of the same work makes no further one.
    """

    unit: Unit
    period: Period
    by: Any = None
    reason: str = ""
    after: int | None = None


def unit_of(code: str | None, period: Period) -> Unit:
    """The unit on the map of the report's day; None is its root. Raises CoverageError."""
    return unit_on(places(code, period.as_of).unit.code, period.as_of)


def frozen(wanted: Wanted) -> AnnualReport | None:
    rows = AnnualReport.objects.filter(unit=wanted.unit, series=wanted.period.series)
    return rows.order_by("-version").first()


# what is done of a report: counted, files made, written
STEPS = 3


def freeze(
    wanted: Wanted, now: datetime, progress: Callable[[int, int], None] = lambda done, total: None
) -> AnnualReport:
    """The frozen report, or a new one. Of two that ask at once both get the same. Raises ImportOpen, CoverageError and
    `courses.annual.paper.files.CannotBeMade`.
    """
    before = frozen(wanted)
    if before and (not wanted.reason or (wanted.after is not None and before.version > wanted.after)):
        return before
    progress(0, STEPS)
    refuse_while_importing(now)
    snapshot = _taken(wanted, now)
    progress(1, STEPS)
    version = before.version + 1 if before else 1
    reason = wanted.reason if before else ""
    told = changes(json.loads(before.data), snapshot.data) if before else {}
    snapshot.data.update({"version": version, "reason": reason, "changes": told})
    snapshot.data["replaces"] = before.digest if before else ""
    files = files_of(snapshot)
    progress(2, STEPS)
    try:
        return _written(wanted, snapshot, now, files)
    except IntegrityError:
        # somebody else was quicker; what she froze is what stands
        if (other := frozen(wanted)) is None or other == before:
            raise
        return other


def _taken(wanted: Wanted, now: datetime) -> Snapshot:
    with one_state():
        refuse_while_importing(now)
        where = places(wanted.unit.code, wanted.period.as_of, now)
        return take(wanted.period, where, pattern_of(wanted.unit, wanted.period.as_of), now)


@contextmanager
def one_state() -> Iterator[None]:
    """All that is read inside is of one state of the database; nothing is written. Inside a transaction it is that
    one's. Django's own would take SQLite's only write lock, and nobody could answer meanwhile.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield


@transaction.atomic
def _written(wanted: Wanted, snapshot: Snapshot, now: datetime, files: dict[str, bytes]) -> AnnualReport:
    report = AnnualReport.objects.create(
        unit=wanted.unit,
        year=wanted.period.year,
        kind=wanted.period.kind,
        series=wanted.period.series,
        version=snapshot.data["version"],
        as_of=wanted.period.as_of,
        taken_at=now,
        made_by=wanted.by,
        reason=snapshot.data["reason"],
        data=snapshot.canonical,
        digest=digest(snapshot.canonical),
    )
    ReportFile.objects.bulk_create(
        ReportFile(report=report, name=name, content=content, size=len(content), digest=digest(content))
        for name, content in files.items()
    )
    insert_models(
        [ReportedPerson(report=report, number=number, person_id=pk) for pk, number in snapshot.numbers.items()]
    )
    return report


def refuse_while_importing(now: datetime) -> None:
    if (change := being_written(now).first()) is not None:
        params = {"what": change.label, "name": change.name or "–"}
        reason = _("Đang có việc “%(what)s” (%(name)s) ghi dữ liệu nên chưa chốt được; hãy lập lại khi việc đó xong.")
        raise ImportOpen(reason % params)


def being_written(now: datetime) -> QuerySet[BulkChange]:
    """Imports, acts on many people and their undoing that somebody still goes on with."""
    working = Effect.objects.filter(key=OuterRef("key"), state__in=OPEN_STATES)
    recent = now - KILLED_AFTER
    lately = Q(last_at__gt=recent) | Q(last_at=None, begun_at__gt=recent)
    rows = BulkChange.objects.filter(ended_at=None, stopped_at=None, is_old=False)
    return rows.filter(Exists(working) | (Q(key=None) & lately)).order_by("pk")
