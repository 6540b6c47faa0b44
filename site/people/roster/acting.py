"""Acts on people of the roster by hand: moving, ending, duties; many alike, each superseding what was believed.

An act is a change (`people.changes`), kept with its rows and its reason, so it is listed, logged and can be undone.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.changes.change import BulkChange, ChangedRow, Deed, Journal, Origin, change_kind
from people.free_text import FreeLine
from people.log.audit import Act, record
from people.persons.user import User
from people.postings.posting import POSTING, Posting, postings_changed
from people.rights.scope import ROSTER_KINDS
from people.roster.listing import Roster
from people.roster.steps import MEND, CannotAct, Held, Kind, Order, Step, steps_of
from people.statements.plain_rows import insert_keyed, insert_rows
from people.times import today
from people.write_lock import in_turns

BY_HAND = change_kind("roster_act", gettext_lazy("Sửa danh sách cán bộ trên màn hình"), ROSTER_KINDS)
PEOPLE_A_BATCH = 100
# more are written in the background: these are while their sender waits
MOST_PEOPLE = 300


class ActReason(models.Model):
    """Why a change was made by hand, in the words of who made it."""

    change = models.OneToOneField(BulkChange, models.CASCADE, related_name="reason_by_hand")
    reason = FreeLine(max_length=300, blank=True)

    class Meta:
        verbose_name = gettext_lazy("lý do sửa danh sách")
        verbose_name_plural = gettext_lazy("lý do sửa danh sách")


class ChangedMeanwhile(Exception):
    def __str__(self):
        return _("Danh sách vừa được người khác sửa nên chưa ghi hết; hãy xem lại những người còn lại.")


@dataclass
class Plan:
    """`steps` by person; `skipped` says why somebody is left as she is. Both in the order of names."""

    order: Order
    people: Mapping[int, User] = field(default_factory=dict)
    steps: dict[int, list[Step]] = field(default_factory=dict)
    skipped: dict[int, str] = field(default_factory=dict)


def plan(by, order: Order, people: Iterable[int], posting: int | None = None) -> Plan:
    """What the act does to these people, or to one of the postings of one. Whom `by` does not answer for is not in it
    at all. Four queries, and those of the reach, for any number of people.
    """
    roster = Roster(by)
    answered = roster.answered(people)
    found = {one.pk: one for one in User.objects.filter(pk__in=answered).by_name()}
    held = _held(roster, found, posting)
    made = Plan(order, found)
    for pk in found:
        try:
            made.steps[pk] = _steps(order, pk == by.pk, held.get(pk, []))
        except CannotAct as reason:
            made.skipped[pk] = str(reason)
    _refuse_twice(made)
    return made


def _held(roster: Roster, people: Iterable[int], posting: int | None) -> dict[int, list[Held]]:
    """By person, what she holds in reach today or will."""
    rows = Posting.objects.current().filter(roster.seen, models.Q(end=None) | models.Q(end__gte=today()))
    rows = rows.filter(person__in=list(people)).order_by("start", "pk").prefetch_related("duties")
    held: dict[int, list[Held]] = defaultdict(list)
    for one in rows if posting is None else rows.filter(pk=posting):
        duties = frozenset(duty.pk for duty in one.duties.all())
        held[one.person_id].append(Held(one.person_id, one.unit_id, one.position, one.start, one.end, duties, one.pk))
    return held


def _steps(order: Order, is_oneself: bool, held: Sequence[Held]) -> list[Step]:
    if is_oneself:
        raise CannotAct(_("Không ai tự sửa công tác của mình; người khác phụ trách đơn vị ghi thay."))
    if order.kind == Kind.END:
        # what is to come stays, unless nothing else is there to be told of
        held = [one for one in held if one.start <= order.on] or held
    elif order.kind == Kind.TAKE:
        held = [one for one in held if order.duty in one.duties]
    elif len(held) > 1:
        raise CannotAct(_("Có nhiều công tác; hãy mở hồ sơ và chọn một."))
    if not held:
        raise CannotAct(
            _("Không có nhiệm vụ này.") if order.kind == Kind.TAKE else _("Không có công tác nào trong phạm vi.")
        )
    return [step for one in held for step in steps_of(order, one)]


def _refuse_twice(made: Plan) -> None:
    """Whoever already has such a posting from that day on stays; one query."""
    wanted = {
        (one.person, one.unit, one.position, one.start): one.person
        for steps in made.steps.values()
        for old, one in ((step.old, step.new) for step in steps)
        if one and old is None
    }
    rows = Posting.objects.current().filter(person__in=set(wanted.values()), start=made.order.on)
    for key in rows.values_list("person", "unit", "position", "start"):
        if key in wanted and key[0] in made.steps:
            del made.steps[key[0]]
            made.skipped[key[0]] = _("Đã có công tác ấy từ đúng ngày này.")


def carry_out(
    made: Plan, by, now: datetime, reason: str, progress: Callable[[int, int], None] = lambda done, total: None
) -> BulkChange | None:
    """Writes the plan; returns the change, or None where nothing was to be done. Raises ChangedMeanwhile: what was
    written until then is a change that can be undone. `progress` is told how many people of how many are written.
    """
    if not made.steps:
        return None
    journal = Journal.begin(BY_HAND, now, Origin(_named(made), by))
    ActReason.objects.create(change=journal.change, reason=reason)
    done = 0
    try:
        for batch in in_turns(list(made.steps.values()), PEOPLE_A_BATCH):
            write([step for steps in batch for step in steps], now, journal)
            done += len(batch)
            progress(done, len(made.steps))
    finally:
        record(Act.CHANGED_ROSTER, by, count=len(made.steps), detail=made.order.kind, at=now)
        journal.finish(timezone.now())
    return journal.change


def _named(made: Plan) -> str:
    label = _("Sửa một công tác") if made.order.kind == MEND else Kind(made.order.kind).label
    return f"{label}, {made.order.on:%d/%m/%Y}"


def write(steps: Sequence[Step], now: datetime, journal: Journal | None = None) -> None:
    """One short transaction. Raises ChangedMeanwhile where one of the postings is believed no more."""
    old = [step.old for step in steps if step.old]
    written = [one.pk for one in old if one.pk is not None]
    try:
        with transaction.atomic():
            if Posting.objects.filter(pk__in=written).supersede(now) != len(old):
                raise ChangedMeanwhile
            rows = _rows(steps, now)
            people = {row.person_id for row in rows}
            postings_changed.send(sender=Posting, person_ids=people, now=now)
            if journal:
                journal.keep(rows, now)
    except IntegrityError:
        raise ChangedMeanwhile from None


def _rows(steps: Sequence[Step], now: datetime) -> list[ChangedRow]:
    made = [step.new for step in steps if step.new]
    postings = [
        Posting(
            person_id=one.person,
            unit_id=one.unit,
            position=one.position,
            start=one.start,
            end=one.end,
            recorded_at=now,
        )
        for one in made
    ]
    insert_keyed(postings)
    duties = ((posting.pk, duty) for posting, one in zip(postings, made, strict=True) for duty in one.duties)
    insert_rows(Posting.duties.through, ("posting_id", "duty_id"), duties)
    written = iter(postings)
    return [_row(step, next(written).pk if step.new else None) for step in steps]


def _row(step: Step, new: int | None) -> ChangedRow:
    one = step.new or step.old
    assert one is not None
    if step.old is None:
        what = Deed.CREATED
    elif step.new is None:
        what = Deed.REMOVED
    else:
        only_ends = replace(step.old, end=step.new.end, pk=None) == replace(step.new, pk=None)
        what = Deed.ENDED if only_ends else Deed.CHANGED
    return ChangedRow(
        kind=POSTING,
        what=what,
        person_id=one.person,
        unit_id=one.unit,
        new=new,
        old=step.old.pk if step.old else None,
    )
