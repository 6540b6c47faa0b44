"""Undoing a change, or some of its rows: shown first, then carried out in batches, both as effects of the outbox.

An undo is a change itself: it is listed, and can be undone. Only rows that nothing changed since go back; a second undo
finds nothing left to do. One that was killed is finished by its next attempt.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from outbox.draining import run_at_once
from outbox.effects import Effect, Job, Refused, effect, enqueue
from people.changes.change import BulkChange, ChangedRow, Deed, Journal, Origin, Stopped, stop
from people.log.audit import Act, record
from people.undoing.kinds import ROW_KINDS, Doing, RowKind, in_order
from people.undoing.rights import changes_of, rows_of
from people.write_lock import in_turns

CHECK, UNDO = "undo_check", "undo"
ROWS_A_BATCH = 300
# more rows are looked through, and undone, in the background
ROWS_AT_ONCE = 300
SHOWN = 100
TRIES = 3


def ask(change: BulkChange, user, rows: Iterable[int] | None = None) -> Effect:
    """Enqueues the look at what undoing these rows (None: all) would do."""
    payload = {"change": change.pk, "rows": None if rows is None else sorted(rows)}
    check = enqueue(CHECK, payload, requested_by=user)
    return run_at_once(check) if change.written <= ROWS_AT_ONCE else check


def confirm(check: Effect) -> Effect:
    """Enqueues the undo that was looked at, once."""
    row = enqueue(UNDO, check.payload, key=f"{UNDO}:{check.pk}", requested_by=check.requested_by)
    return run_at_once(row) if check.result.get("rows", 0) <= ROWS_AT_ONCE else row


def confirmed(check: Effect) -> Effect | None:
    return Effect.objects.filter(key=f"{UNDO}:{check.pk}").first()


@effect(CHECK, label=gettext_lazy("Xem trước hoàn tác"))
def look(job: Job) -> dict:
    _change, chosen = _chosen(job)
    return preview(chosen, job.requested_by, job.progress)


@effect(UNDO, label=gettext_lazy("Hoàn tác"))
def carry_out(job: Job) -> dict:
    change, chosen = _chosen(job)
    try:
        return undo(change, chosen, job.requested_by, job.clock, key=job.key, progress=job.progress)
    except Stopped as stopped:
        raise Refused(str(stopped)) from None


def _chosen(job: Job) -> tuple[BulkChange, QuerySet[ChangedRow]]:
    """By the rights of now. Raises Refused."""
    user = job.requested_by
    change = changes_of(user).filter(pk=job.payload["change"]).first() if user else None
    if change is None or change.is_old:
        raise Refused(_("Lần thay đổi này không có, hoặc ngoài phạm vi phụ trách của anh chị."))
    rows = rows_of(change, user)
    return change, rows if job.payload["rows"] is None else rows.filter(pk__in=job.payload["rows"])


def preview(chosen: QuerySet[ChangedRow], by=None, progress=lambda done, of: None) -> dict:
    """What the undo would do: how many rows go back, by kind and by what is done to them; which stay, and why; what
    else changes. Nothing is written.
    """
    left = chosen.filter(undone_by=None)
    total = left.count()
    going: Counter = Counter()
    stays: dict[int, str] = {}
    others: list[str] = []
    done = 0
    for kind in in_order():
        pks = list(left.filter(kind=kind.key).order_by("pk").values_list("pk", flat=True))
        for place in range(0, len(pks), ROWS_A_BATCH):
            rows = _rows(pks[place : place + ROWS_A_BATCH])
            why = kind.plan(rows, left, by)
            stays |= why
            back = [row for row in rows if row.pk not in why]
            going.update((kind.key, row.what) for row in back)
            others += kind.consequences(back)
            progress(done := done + len(rows), total)
    return {
        "rows": total,
        "going": going.total(),
        "by_kind": [_counted(kind, what, count) for (kind, what), count in going.items()],
        "staying": len(stays),
        "stays": [{"row": pk, "why": why} for pk, why in list(stays.items())[:SHOWN]],
        "others_count": len(others),
        "others": others[:SHOWN],
    }


def _counted(kind: str, what: str, count: int) -> dict:
    return {"kind": kind, "what": what, "count": count}


def _rows(pks: Iterable[int]) -> list[ChangedRow]:
    return list(ChangedRow.objects.select_related("change").filter(pk__in=pks).order_by("pk"))


def undo(
    change: BulkChange,
    chosen: QuerySet[ChangedRow],
    by,
    clock=timezone.now,
    *,
    key: str | None = None,
    progress=lambda done, of: None,
) -> dict:
    """Undoes the rows that nothing changed since; the others keep why they stay. Raises Stopped.

    A change that is still being made is stopped first: its next batch is refused.
    """
    stop(change, clock())
    left = chosen.filter(undone_by=None)
    journal = Journal.begin(change.kind, clock(), Origin(change.name, by, key), undoes=change)
    doing = Doing(clock(), by, reason(change))
    total, done, back, stays = left.count(), 0, 0, 0
    for kind in in_order():
        pks = list(left.filter(kind=kind.key).order_by("pk").values_list("pk", flat=True))
        for batch in in_turns(pks, ROWS_A_BATCH):
            gone, kept = _batch(kind, batch, left, doing, journal)
            back, stays = back + gone, stays + kept
            progress(done := done + len(batch), total)
        if chosen.filter(kind=kind.key).exists():
            kind.finish()
    if back:
        # the same moment as of the change, by which a person finds the undo that concerned them
        record(Act.UNDID, by, count=back, detail=change.kind, at=journal.change.begun_at)
    journal.finish(clock())
    return {"going": back, "staying": stays, "rows": total, "undo": journal.change.pk}


class SomeStay(Exception):
    """Rows that were to go back whole would stay; `why` says of each why, by primary key."""

    def __init__(self, why: dict[int, str]):
        super().__init__()
        self.why = why


@transaction.atomic
def undo_whole(change: BulkChange, chosen: QuerySet[ChangedRow], by, now: datetime, key: str | None = None) -> Counter:
    """Undoes all of these rows in one transaction, or none; returns how many of each kind and deed. Raises SomeStay."""
    stop(change, now)
    left = chosen.filter(undone_by=None)
    counted = Counter(left.order_by().values_list("kind", "what"))
    journal = Journal.begin(change.kind, now, Origin(change.name, by, key), undoes=change)
    doing = Doing(now, by, reason(change))
    for kind in in_order():
        pks = list(left.filter(kind=kind.key).order_by("pk").values_list("pk", flat=True))
        if not pks:
            continue
        if why := kind.plan(_rows(pks), left, by):
            raise SomeStay(why)
        _undo_rows(kind, pks, left, doing, journal)
        kind.finish()
    journal.finish(now)
    return counted


def reason(change: BulkChange) -> str:
    """For the papers and records that end with the undo."""
    day = date_format(timezone.localdate(change.begun_at), "d/m/Y")
    return _("Đã hoàn tác “%(what)s” ngày %(day)s.") % {"what": change.label, "day": day}


def _batch(kind: RowKind, pks, left, doing: Doing, journal: Journal) -> tuple[int, int]:
    """One short transaction; returns how many went back and how many stay. Reads again where others write."""
    for attempt in range(TRIES):
        try:
            with transaction.atomic():
                return _undo_rows(kind, pks, left, doing, journal)
        except IntegrityError:
            if attempt == TRIES - 1:
                raise
    raise AssertionError


def _undo_rows(kind: RowKind, pks, left, doing: Doing, journal: Journal) -> tuple[int, int]:
    held = ChangedRow.objects.select_for_update(of=("self",)).select_related("change")
    rows = list(held.filter(pk__in=pks, undone_by=None).order_by("pk"))
    people = get_user_model().objects.filter(pk__in={row.person_id for row in rows}).order_by("pk")
    # a sign-in or a change of the contact waits, and then sees what became of the account
    list(people.select_for_update(no_key=True).values_list("pk"))
    stays = kind.plan(rows, left, doing.by)
    back = [row for row in rows if row.pk not in stays]
    if back:
        journal.keep(kind.undo(back, doing), doing.now)
    ChangedRow.objects.filter(pk__in=[row.pk for row in back]).update(undone_by=journal.change, stays="")
    # what an undo had undone, and is so again
    ChangedRow.objects.filter(pk__in=[row.undoes_id for row in back if row.undoes_id]).update(undone_by=None)
    staying = [row for row in rows if row.pk in stays]
    for row in staying:
        row.stays = stays[row.pk][:200]
    ChangedRow.objects.bulk_update(staying, ["stays"])
    return len(back), len(staying)


def in_words(rows: list[ChangedRow]) -> list[ChangedRow]:
    """The rows with `title`, `done` and `words` for a page; one query a kind."""
    for key, kind in ROW_KINDS.items():
        of_kind = [row for row in rows if row.kind == key]
        words = kind.words(of_kind) if of_kind else {}
        for row in of_kind:
            row.title, row.words = kind.title, words[row.pk]  # type: ignore[attr-defined]
    return rows


def shown(counts: Iterable[dict]) -> list[dict]:
    """The counts of `preview`, or of a page, with the words for kind and what was done."""
    return [
        {**one, "title": ROW_KINDS[one["kind"]].title, "done": Deed(one["what"]).label}
        for one in counts
        if one["kind"] in ROW_KINDS
    ]
