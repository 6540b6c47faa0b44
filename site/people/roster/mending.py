"""Mending one posting that was written wrongly: unit, position, duties or days, as if it had been so from the start.

It is an act like others: a change with its reason, which can be undone. What was believed before stays known.
"""

from dataclasses import replace

from django.utils.translation import gettext as _

from people.postings.posting import Posting
from people.roster.acting import Plan
from people.roster.listing import Roster
from people.roster.steps import MEND, CannotAct, Held, Order, Step


def mended_by(by, pk: int) -> Posting | None:
    """A posting in her reach of somebody else for whom she answers today; None where it is not."""
    roster = Roster(by)
    rows = Posting.objects.current().filter(roster.seen, pk=pk).exclude(person=by.pk)
    posting = rows.select_related("person", "unit").prefetch_related("duties").first()
    return posting if posting and roster.answered([posting.person_id]) else None


def held(posting: Posting) -> Held:
    duties = frozenset(duty.pk for duty in posting.duties.all())
    facts = (posting.person_id, posting.unit_id, posting.position, posting.start, posting.end, duties)
    return Held(*facts, posting.pk)


def plan_mending(posting: Posting, wanted: Held) -> Plan:
    """`wanted` is what it should be. Raises CannotAct. One query."""
    before = held(posting)
    if replace(wanted, pk=before.pk) == before:
        raise CannotAct(_("Chưa sửa gì."))
    others = Posting.objects.current().filter(person=posting.person_id, unit=wanted.unit, position=wanted.position)
    others = others.exclude(pk=posting.pk).exclude(end__lt=wanted.start)
    if wanted.end:
        others = others.exclude(start__gt=wanted.end)
    if others.exists():
        raise CannotAct(_("Người này đã có công tác ấy, ở đúng đơn vị và chức danh ấy, trong những ngày này."))
    step = Step(before, replace(wanted, pk=None))
    order = Order(MEND, wanted.start, wanted.unit, wanted.position)
    return Plan(order, {posting.person_id: posting.person}, {posting.person_id: [step]})
