"""Applying a reform: looked at first, then its units are written in one short transaction, then what belongs to them
follows. All are effects of the outbox, so that one that was killed goes on where it was.

The units of a reform to come are written at once, since they have days; what belongs to them follows on that day.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from outbox.clock import daily
from outbox.draining import run_at_once
from outbox.effects import Effect, Job, Refused, effect, enqueue
from people.changes.change import Journal, Origin
from people.log.audit import Act, record
from people.reforms import posting_people
from people.reforms.drafting import Drafted, drafted
from people.reforms.figures import shift_of, told
from people.reforms.moving import handed_over, movers
from people.reforms.reform import REFORM, Reform
from people.reforms.rights import may_reform
from people.roster.acting import ChangedMeanwhile, write
from people.roster.steps import CannotAct
from people.units.files import known_units
from people.units.successions import rebuild_reach
from people.units.unit import Unit
from people.units.unit_rows import record as record_units
from tabular.tables import TableError

CHECK, APPLY = "reform_check", "reform_apply"
# a reform of more rows is looked at and carried out in the background
ROWS_AT_ONCE = 20
SHOWN = 200
CHANGED = gettext_lazy("Đơn vị đã thay đổi sau khi xem trước nên chưa ghi gì; hãy xem trước lại.")


class CannotReform(Exception):
    """str() is one Vietnamese sentence."""


def rows_of(reform: Reform) -> int:
    return sum(len(one["units"]) + len(one["successions"]) for one in reform.acts)


def ask(reform: Reform, user) -> Effect:
    row = enqueue(CHECK, {"reform": reform.pk}, requested_by=user)
    return run_at_once(row) if rows_of(reform) <= ROWS_AT_ONCE else row


def confirm(reform: Reform, check: Effect) -> Effect:
    """Once for a check."""
    payload = {"reform": reform.pk, "mark": check.result["mark"]}
    row = enqueue(APPLY, payload, key=f"{APPLY}:{check.pk}", requested_by=check.requested_by)
    return run_at_once(row) if rows_of(reform) <= ROWS_AT_ONCE else row


@effect(CHECK, label=gettext_lazy("Xem trước sắp xếp đơn vị"))
def look(job: Job) -> dict:
    return preview(_reform(job))


@effect(APPLY, label=gettext_lazy("Sắp xếp đơn vị"))
def carry_out(job: Job) -> dict:
    reform = _reform(job)
    try:
        if "mark" in job.payload:
            apply(reform.pk, job.requested_by, job.clock(), mark=job.payload["mark"], key=job.key)
            reform.refresh_from_db()
        return carry(reform, job.clock(), job.progress)
    except (CannotReform, CannotAct, ChangedMeanwhile, TableError) as error:
        raise Refused(str(error)) from None


def _reform(job: Job) -> Reform:
    """By the rights of now; what the clock asks is asked by nobody. Raises Refused."""
    reform = Reform.objects.select_related("change").filter(pk=job.payload["reform"]).first()
    if reform is None or (job.requested_by is not None and not may_reform(job.requested_by)):
        raise Refused(_("Đợt sắp xếp này không còn, hoặc anh chị không còn quyền sắp xếp đơn vị."))
    return reform


# --- looking


def preview(reform: Reform) -> dict:
    """What applying it would do, as plain values; `mark` is of the units that it was worked out from."""
    try:
        made = drafted(reform)
    except TableError as error:
        return {"wrong": [{"item": "", "line": None, "reason": str(error)}], "mark": ""}
    if not made.is_good:
        return {"wrong": _plain(made.report.rejected), "notes": _plain(made.report.notes), "mark": ""}
    posted = posting_people.chosen(made, reform.posted)
    shift = shift_of(made, {(one.posting.person_id, one.posting.unit_id): one.part for one in posted})
    return {
        "mark": made.mark,
        "wrong": [],
        "made": _named(made, made.made),
        "ended": [
            {**one, "at": made.names[at][1]}
            for one, at in zip(_named(made, made.ended), made.ended.values(), strict=True)
        ],
        "undivided": [split.name for split in made.splits if split.heir is None],
        "posted": [{"name": one.posting.person.full_name, "part": made.names[one.part][1]} for one in posted[:SHOWN]],
        "posted_count": len(posted),
        "moves": moved_by(made),
        "figures": told(made, shift),
        "notes": _plain(made.report.notes),
        "changes_something": made.changes_something,
    }


def moved_by(made: Drafted) -> list[dict]:
    handing = set(made.ended) | {split.unit for split in made.splits}
    divided = {split.unit for split in made.splits if split.heir is None}
    found = [one for mover in movers() for one in mover.foresee(handing - divided)]
    return [{"title": str(one.title), "count": one.count, "named": list(one.named)} for one in found if one.count]


def _ended(made: Drafted) -> list[dict]:
    places = made.ended.values()
    return [{**one, "at": made.names[at][1]} for one, at in zip(_named(made, made.ended), places, strict=True)]


def _named(made: Drafted, units) -> list[dict]:
    return [{"code": made.names[unit][0], "name": made.names[unit][1]} for unit in units]


def _plain(entries: list[dict]) -> list[dict]:
    return [
        {"item": one["item"], "line": int(one["line"]) if one["line"] is not None else None, "reason": one["reason"]}
        for one in entries[:SHOWN]
    ]


# --- applying


def apply(pk: int, by, now: datetime, *, mark: str | None = None, key: str | None = None) -> Reform:
    """Writes units, successions and the postings of chosen people: all of it or nothing. Done before, it does nothing.

    `mark` is that of the preview: if the units changed since, nothing is written. Raises CannotReform, CannotAct,
    ChangedMeanwhile, TableError.
    """
    reform = Reform.objects.get(pk=pk)
    if reform.applied_at:
        return reform
    # worked out before anything is locked
    made = drafted(reform)
    if not made.is_good:
        raise CannotReform(_("Còn dòng sai nên chưa ghi gì; hãy xem trước lại."))
    if mark is not None and made.mark != mark:
        raise CannotReform(str(CHANGED))
    if not made.changes_something:
        raise CannotReform(_("Đợt này không làm thay đổi đơn vị nào."))
    return _write(made, pk, by, now, key)


@transaction.atomic
def _write(made: Drafted, pk: int, by, now: datetime, key: str | None) -> Reform:
    reform = Reform.objects.select_for_update().get(pk=pk)
    if reform.applied_at:
        return reform
    if known_units()[0] != made.draft.known or reform.posted != made.posted:
        raise CannotReform(str(CHANGED))
    posted = posting_people.chosen(made, reform.posted)
    journal = Journal.begin(REFORM, now, Origin(str(reform), by, key))
    record_units(made.draft, dict(made.numbers), now, lambda done: None, journal)
    rebuild_reach()
    if posted:
        write(posting_people.steps(posted, reform.on, _numbers(made)), now, journal)
    reform.change, reform.applied_at = journal.change, now
    reform.save(update_fields=["change", "applied_at"])
    record(Act.REFORMED, by, count=journal.change.rows.count(), at=now)
    return reform


def _numbers(made: Drafted) -> dict[int, int]:
    """{number of a new unit in the draft: its primary key}."""
    new = {key: made.ids[key] for key in made.draft.belief.units if made.ids[key] < 0}
    found = Unit.objects.filter(code__in={key.code for key in new}).values_list("code", "valid_from", "pk")
    written = {(code, start): pk for code, start, pk in found}
    return {number: written[tuple(key)] for key, number in new.items()}


def carry(reform: Reform, now: datetime, progress=lambda done, of: None) -> dict:
    """Lets everything follow its unit, once the day has come; a second time it finds nothing left to do."""
    if reform.on > timezone.localdate(now) or reform.carried_at or reform.reversing_at:
        return {"carried": bool(reform.carried_at)}
    steps = movers()
    place = 0
    handed = handed_over(reform, lambda: progress(place, len(steps)))
    for place, mover in enumerate(steps):  # noqa: B007, the beat tells how far it is
        handed.beat()
        mover.move(handed, now)
    handed.journal.finish(now)
    Reform.objects.filter(pk=reform.pk).update(carried_at=now)
    progress(len(steps), len(steps))
    return {"carried": True}


def bring_about(day: date) -> int:
    """Lets the reforms follow whose day has come, or whose work was interrupted; returns how many."""
    due = list(Reform.objects.to_carry(day))
    for reform in due:
        enqueue(APPLY, {"reform": reform.pk}, key=f"{APPLY}:carry:{reform.pk}:{day}")
    return len(due)


@daily("people.reforms.applying.follow_the_day", at="00:01")
def follow_the_day(now: datetime) -> None:
    bring_about(timezone.localdate(now))
