"""Taking a reform back: what was believed before is believed again, as of now, and what followed the units goes back.

A unit that the reform made is believed no more, never deleted, and figures as known between have it. What was written
in it since stays there, and is listed. Where people were posted to such a unit since, nothing goes back: they would
count nowhere.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from outbox.draining import run_at_once
from outbox.effects import Effect, Job, Refused, effect, enqueue
from people.changes.change import ChangedRow
from people.log.audit import Act, record
from people.postings.posting import POSTING
from people.reforms.applying import ROWS_AT_ONCE, CannotReform, rows_of
from people.reforms.moving import made_by, movers
from people.reforms.reform import Reform
from people.reforms.rights import may_reform
from people.undoing import carrying_out
from people.undoing.carrying_out import SomeStay
from people.undoing.kinds import ROW_KINDS
from people.undoing.map_rows import FREE
from people.units.unit import Unit
from people.units.unit_rows import SUCCESSION, UNIT

LOOK, REVERSE = "reform_back_check", "reform_reverse"
MAP = (UNIT, SUCCESSION, POSTING)
SHOWN = 100


@dataclass(frozen=True)
class Look:
    """`going` counts rows by kind and deed. `obstacles` are sentences; with one nothing goes back. `left` stays in
    units that are believed no more.
    """

    going: list[dict]
    obstacles: list[str]
    left: list[str]


def look(reform: Reform, by) -> Look:
    """What taking it back would do. The map is tried out and rolled back, so that nothing is guessed."""
    if why := _refusal(reform):
        return Look([], [why], [])
    counted = carrying_out.preview(_moved(reform), by)
    made = set(made_by(reform))
    try:
        with transaction.atomic():
            done = _take_back_the_map(reform, by, timezone.now())
            transaction.set_rollback(True)
        obstacles = []
    except CannotReform as sentence:
        done, obstacles = [], [str(sentence)]
    return Look([*done, *counted["by_kind"]], obstacles, left_in(made))


def ask(reform: Reform, user) -> Effect:
    row = enqueue(LOOK, {"reform": reform.pk}, requested_by=user)
    return run_at_once(row) if rows_of(reform) <= ROWS_AT_ONCE else row


@effect(LOOK, label=gettext_lazy("Xem trước hoàn tác sắp xếp đơn vị"))
def look_first(job: Job) -> dict:
    seen = look(_reform(job), job.requested_by)
    return {"going": seen.going, "obstacles": seen.obstacles, "left": seen.left[:SHOWN]}


def _reform(job: Job) -> Reform:
    """By the rights of now. Raises Refused."""
    reform = Reform.objects.select_related("change").filter(pk=job.payload["reform"]).first()
    if reform is None or not may_reform(job.requested_by):
        raise Refused(_("Đợt sắp xếp này không còn, hoặc anh chị không còn quyền sắp xếp đơn vị."))
    return reform


def _refusal(reform: Reform) -> str:
    if reform.reversed_at:
        return _("Đợt này đã được hoàn tác.")
    return "" if reform.change_id else _("Đợt này chưa được áp dụng nên không có gì để hoàn tác.")


def confirm(reform: Reform, user) -> Effect:
    row = enqueue(REVERSE, {"reform": reform.pk}, key=f"{REVERSE}:{reform.pk}", requested_by=user)
    return run_at_once(row) if rows_of(reform) <= ROWS_AT_ONCE else row


@effect(REVERSE, label=gettext_lazy("Hoàn tác sắp xếp đơn vị"))
def carry_out(job: Job) -> dict:
    try:
        return reverse(_reform(job), job.requested_by, job.clock, job.key, job.progress)
    except CannotReform as sentence:
        raise Refused(str(sentence)) from None


def reverse(reform: Reform, by, clock=timezone.now, key: str | None = None, progress=lambda done, of: None) -> dict:
    """What followed the units first, at addresses that are theirs again at once, then the map in one transaction. One
    that was killed goes on. Raises CannotReform before anything is changed.
    """
    now = clock()
    made = set(made_by(reform))
    if not reform.reversed_at and reform.change:
        if found := look(reform, by).obstacles:
            raise CannotReform(found[0])
        Reform.objects.filter(pk=reform.pk, reversing_at=None).update(reversing_at=now)
        carrying_out.undo(reform.change, _moved(reform), by, clock, key=key, progress=progress)
        try:
            _finish(reform, by, now, key)
        except CannotReform:
            # somebody wrote in between: what had gone back follows the units once more
            Reform.objects.filter(pk=reform.pk).update(reversing_at=None, carried_at=None)
            raise
    for mover in movers():
        mover.settle(timezone.localdate(now), lambda: progress(0, 1))
    return {"left": left_in(made)[:SHOWN]}


@transaction.atomic
def _finish(reform: Reform, by, now: datetime, key: str | None) -> None:
    _take_back_the_map(reform, by, now, key)
    Reform.objects.filter(pk=reform.pk).update(reversed_at=now, reversed_by=by)
    record(Act.REFORM_BACK, by, at=now)


def _moved(reform: Reform):
    return ChangedRow.objects.filter(change=reform.change_id).exclude(kind__in=MAP)


def _take_back_the_map(reform: Reform, by, now: datetime, key: str | None = None) -> list[dict]:
    """In the caller's transaction; what goes back, counted. Raises CannotReform where a row would stay."""
    rows = ChangedRow.objects.filter(change=reform.change_id, kind__in=MAP)
    assert reform.change is not None
    try:
        counted = carrying_out.undo_whole(reform.change, rows, by, now, key)
    except SomeStay as stay:
        raise CannotReform(_why(stay.why)) from None
    return [{"kind": kind, "what": what, "count": count} for (kind, what), count in sorted(counted.items())]


def _why(stays: dict[int, str]) -> str:
    """Which row stays and why, of the first that does."""
    first = ChangedRow.objects.filter(pk__in=stays).order_by("pk")[0]
    words = ROW_KINDS[first.kind].words([first])[first.pk]
    return _("Chưa hoàn tác được: %(what)s. %(why)s") % {"what": words, "why": stays[first.pk]}


def left_in(units: Collection[int]) -> list[str]:
    """What stays where it is in these units, a line each: what apps list by name, the rest in numbers."""
    if not units:
        return []
    found = [line for mover in movers() for line in mover.left(units)]
    for relation in Unit._meta.related_objects:
        model, name = relation.related_model, relation.field.name
        if model.__name__ in FREE or model.__name__ in LISTED or relation.many_to_many:
            continue
        count = model._base_manager.filter(**{f"{name}__in": units}).count()
        if count:
            found.append(f"{str(model._meta.verbose_name).capitalize()}: {count}")
    return found


# listed by name, or made by the reform itself
LISTED = {"CommuneSpacePage", "Contact", "Posting", "TrainingClass", "UnitCollection"}
