"""Writing, sending, verifying, sending back and withdrawing activities: every wording is a row of its own."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.activities.made import whose
from campaigns.activities.made.activity import CORRECTED_HERE, Activity, ActivityState, Source
from campaigns.activities.made.doubles import doubles_of
from campaigns.activities.made.hamlet import Hamlet
from campaigns.activities.made.kind import ActivityKind
from campaigns.activities.made.rules import People, kept
from people.log.audit import Act, record
from people.units.unit import Unit


class Refused(Exception):
    """str() is one Vietnamese sentence."""


@dataclass(frozen=True)
class Said:
    """`counts` are the numbers of people as typed, by name; `details` the other columns of the row."""

    kind: ActivityKind
    unit: Unit
    commune: Unit
    hamlet: Hamlet | None
    on: date
    counts: Mapping[str, int | People | None]
    details: Mapping[str, Any]
    languages: Collection[str]
    others: Collection[Unit] = ()


@transaction.atomic
def write(by, key: UUID, said: Said, now: datetime, *, send: bool, source: str = Source.TYPED) -> Activity:
    """The wording that is open from now on. What counts stays until this one is verified. Raises Refused."""
    _locked(said.unit)
    before = Activity.objects.filter(key=key)
    if before.exclude(unit=said.unit).exists():
        raise Refused(_("Hoạt động này thuộc đơn vị khác; hãy ghi một hoạt động mới."))
    if before.exists() and not before.current().exists():
        raise Refused(_("Hoạt động này đã được rút; hãy ghi một hoạt động mới."))
    before.open().update(superseded_at=now)
    made = Activity.objects.create(
        key=key,
        kind=said.kind,
        unit=said.unit,
        commune=said.commune,
        hamlet=said.hamlet,
        on=said.on,
        source=source,
        state=ActivityState.SENT if send else ActivityState.DRAFT,
        written_by=by,
        recorded_at=now,
        held_in=" ".join(sorted(set(said.languages))),
        **said.details,
        **_columns(said),
    )
    made.others.set(said.others)
    record(Act.WROTE_ACTIVITY, by, unit=said.unit, detail=said.kind.key, at=now)
    return made


def _columns(said: Said) -> dict[str, Any]:
    typed = said.counts if said.kind.counts_people else {"officials": said.counts.get("officials")}
    columns: dict[str, Any] = {}
    for name, people in kept(typed).items():
        columns |= {name: people.number, f"{name}_mark": people.mark}
    return columns


@transaction.atomic
def count_from_elsewhere(
    by, key: UUID, said: Said, written_by, now: datetime, source: str = Source.PLAYS
) -> Activity | None:
    """What another room logged (`source`) and `by`, a second person, confirmed counts at once, and once: None where it
    is there already. `key` is made of that room's own row (uuid5), so that a row sent again is the same activity.
    """
    _locked(said.unit)
    if Activity.objects.filter(key=key).exists():
        return None
    made = Activity.objects.create(
        key=key,
        kind=said.kind,
        unit=said.unit,
        commune=said.commune,
        hamlet=said.hamlet,
        on=said.on,
        held_in=" ".join(sorted(set(said.languages))),
        source=source,
        state=ActivityState.VERIFIED,
        written_by=written_by,
        recorded_at=now,
        verified_at=now,
        decided_by=by,
        **said.details,
        **_columns(said),
    )
    record(Act.VERIFIED_ACTIVITY, by, unit=said.unit, detail=said.kind.key, at=now)
    return made


@transaction.atomic
def take_back_from_elsewhere(by, key: UUID, now: datetime) -> None:
    """The room that logged it takes it back; nothing where it does not count."""
    rows = Activity.objects.current().filter(key=key).exclude(source__in=CORRECTED_HERE)
    for row in rows.select_for_update(of=("self",)):
        row.superseded_at, row.state, row.decided_by = now, ActivityState.WITHDRAWN, by
        row.save(update_fields=["superseded_at", "state", "decided_by"])
        record(Act.WITHDREW_ACTIVITY, by, unit=row.unit_id, detail=row.kind.key, at=now)


@transaction.atomic
def send(by, key: UUID, now: datetime) -> Activity:
    """Hands what is being written to a second person. Raises Refused."""
    row = _open(key)
    if not row.is_written:
        raise Refused(_("Hoạt động này đã gửi rồi."))
    row.state = ActivityState.SENT
    row.save(update_fields=["state"])
    record(Act.WROTE_ACTIVITY, by, unit=row.unit_id, detail=row.kind.key, at=now)
    return row


@transaction.atomic
def verify(by, key: UUID, pk: int, now: datetime) -> Activity:
    """`pk` is the wording she saw: another one since is not verified unseen. From now on it counts. Raises Refused."""
    row = _decided(by, key, pk)
    if doubles_of(row):
        raise Refused(_("Có thể trùng với hoạt động khác; hãy trả lời ở phần “Có thể trùng” trước."))
    Activity.objects.filter(key=key).standing().update(superseded_at=now)
    row.state, row.verified_at, row.decided_by = ActivityState.VERIFIED, now, by
    row.save(update_fields=["state", "verified_at", "decided_by"])
    record(Act.VERIFIED_ACTIVITY, by, unit=row.unit_id, detail=row.kind.key, at=now)
    return row


@transaction.atomic
def send_back(by, key: UUID, pk: int, answer: str, now: datetime) -> Activity:
    if not answer.strip():
        raise Refused(_("Ghi một câu: cần sửa gì."))
    row = _decided(by, key, pk)
    row.state, row.answer, row.decided_by = ActivityState.BACK, answer.strip(), by
    row.save(update_fields=["state", "answer", "decided_by"])
    record(Act.RETURNED_ACTIVITY, by, unit=row.unit_id, detail=row.kind.key, at=now)
    return row


@transaction.atomic
def withdraw(by, key: UUID, reason: str, now: datetime) -> None:
    """It counts no more; a recount as known on a day before still has it. A draft needs no reason."""
    rows = list(_lock_rows(key))
    if not rows:
        raise Refused(_("Hoạt động này đã được rút rồi."))
    if not reason.strip() and any(row.state != ActivityState.DRAFT for row in rows):
        raise Refused(_("Ghi một câu: vì sao rút."))
    Activity.objects.filter(pk__in=[row.pk for row in rows]).update(
        superseded_at=now, state=ActivityState.WITHDRAWN, decided_by=by, answer=reason.strip()
    )
    record(Act.WITHDREW_ACTIVITY, by, unit=rows[0].unit_id, detail=rows[0].kind.key, at=now)


def _locked(unit: Unit) -> None:
    # of two who write one activity at once, the second supersedes the first
    Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)


def _lock_rows(key: UUID):
    rows = Activity.objects.current().filter(key=key).select_related("kind", "unit", "commune")
    return rows.select_for_update(of=("self",)).order_by("pk")


def _open(key: UUID) -> Activity:
    row = next((one for one in _lock_rows(key) if one.verified_at is None), None)
    if row is None:
        raise Refused(_("Không có gì đang chờ ở hoạt động này; tải lại trang."))
    return row


def _decided(by, key: UUID, pk: int) -> Activity:
    row = _open(key)
    if row.pk != pk:
        raise Refused(_("Người ghi vừa sửa hoạt động này; xem lại rồi xác nhận."))
    if not row.waits:
        raise Refused(_("Hoạt động này chưa gửi để xác nhận."))
    if not whose.decides(by, row):
        raise Refused(_("Người xác nhận phải là người thứ hai, không phải người đã ghi."))
    return row
