"""Granting, refusing and withdrawing what was asked: by somebody above the person's unit, who did not ask for it."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from courses.requirements.relief import LEAVING_OUT, Relief, ReliefRequest, RequestState
from courses.standing.standing import refresh
from outbox.mail import enqueue_mail
from people.log.audit import Act, record_each
from people.persons.merges import one_person
from people.persons.user import User
from people.rights.scope import EVERYTHING, NOTHING, ROSTER_KINDS, at_the_top, reaches_everything, role_units, under
from people.times import covering, today
from people.units.successions import Reach


def visible_to(user) -> Q:
    """The requests that `user` may see: about people of the units for which she answers, and those that she made."""
    if reaches_everything(user):
        return EVERYTHING
    units = role_units(user, ROSTER_KINDS)
    return Q(unit__in=under(units)) | Q(asked_by=user) if units else NOTHING


def decided_by(user) -> Q:
    """The requests on which `user` may decide: her role stands above the unit, or is the province's; she did not ask,
    and it is not about her.
    """
    units = role_units(user, ROSTER_KINDS)
    below = Reach.objects.filter(covering(today()), ancestor__in=units, depth__gt=0).values("unit")
    hers = Q(unit__in=below)
    if top := at_the_top(units):
        hers |= Q(unit__in=under(top))
    if reaches_everything(user):
        hers = EVERYTHING
    return hers & ~Q(asked_by=user) & ~Q(person__in=one_person(user))


@transaction.atomic
def grant(requests: Collection[int], by: User, now: datetime) -> int:
    """Grants those of these requests (ids) on which `by` may decide and nobody did yet; returns how many.

    Their standings follow in the same transaction. A constant number of queries for up to a thousand.
    """
    rows = _decided(requests, by, now, state=RequestState.GRANTED)
    Relief.objects.bulk_create(
        Relief(
            request=row,
            person_id=row.person_id,
            requirement_id=row.requirement_id,
            kind=row.kind,
            start=row.start,
            end=row.end,
            asked_by_id=row.asked_by_id,
            granted_by=by,
            recorded_at=now,
        )
        for row in rows
    )
    refresh({row.person_id for row in rows}, now)
    record_each(Act.GRANTED_RELIEF, by, [row.person for row in rows], now)
    return len(rows)


@transaction.atomic
def refuse(requests: Collection[int], by: User, answer: str, now: datetime) -> int:
    """Refuses with a sentence for who asked; returns how many."""
    rows = _decided(requests, by, now, state=RequestState.REFUSED, answer=answer)
    record_each(Act.REFUSED_RELIEF, by, [row.person for row in rows], now)
    return len(rows)


def _decided(requests: Collection[int], by: User, now: datetime, **more) -> list[ReliefRequest]:
    """The requests that are decided by this call, locked and with their new state; who asked is told."""
    waiting = ReliefRequest.objects.open().filter(decided_by(by), pk__in=list(requests))
    rows = list(waiting.select_related("person", "asked_by").select_for_update(of=("self",)).order_by("pk"))
    ReliefRequest.objects.filter(pk__in=[row.pk for row in rows]).update(decided_by=by, changed_at=now, **more)
    _tell(rows, by, now)
    return rows


@transaction.atomic
def withdraw(request: ReliefRequest, by: User, answer: str, now: datetime, last: date | None = None) -> bool:
    """Withdraws what waits or was granted; with `last`, an excuse or exclusion ends after that day instead.

    False where it was withdrawn meanwhile, or `last` is not before its end. May be done by who asked and by who decides
    (`withdrawn_by`); the caller checks.
    """
    row = ReliefRequest.objects.select_for_update().get(pk=request.pk)
    if row.state == RequestState.ASKED:
        _close(row, RequestState.WITHDRAWN, answer, by, now)
        return True
    relief = row.reliefs.current().first()
    if row.state != RequestState.GRANTED or relief is None or (last and not _shortens(relief, last)):
        return False
    row.reliefs.supersede(now)
    if last:
        kept = ("request_id", "person_id", "requirement_id", "kind", "start", "asked_by_id", "granted_by_id")
        Relief.objects.create(end=last, recorded_at=now, **{name: getattr(relief, name) for name in kept})
    _close(row, RequestState.GRANTED if last else RequestState.WITHDRAWN, answer, by, now)
    refresh([row.person_id], now)
    return True


def _shortens(relief: Relief, last: date) -> bool:
    return relief.kind in LEAVING_OUT and relief.start <= last < relief.end


def _close(row: ReliefRequest, state: str, answer: str, by: User, now: datetime) -> None:
    ReliefRequest.objects.filter(pk=row.pk).update(state=state, answer=answer, changed_at=now)
    record_each(Act.WITHDREW_RELIEF, by, [row.person], now)
    _tell([row], by, now)


def withdrawn_by(user) -> Q:
    """The requests that `user` may withdraw: her own, and those on which she decides."""
    return Q(asked_by=user) | decided_by(user)


def _tell(rows: Iterable[ReliefRequest], by: User, now: datetime) -> None:
    """One mail for each who asked and is not `by`. It names nobody: the list stands behind the link."""
    asked: dict[User, list[ReliefRequest]] = defaultdict(list)
    for row in rows:
        if row.asked_by_id != by.pk and row.asked_by.email:
            asked[row.asked_by].append(row)
    for person, theirs in asked.items():
        said = _("%(n)d đề nghị miễn, hoãn hoặc gia hạn của anh chị có thay đổi. Xem ở:") % {"n": len(theirs)}
        enqueue_mail(
            to=person.email or "",
            subject=_("Trả lời đề nghị miễn, hoãn, gia hạn"),
            body=f"{said}\n\n{settings.BASE_URL}{reverse('reports:reliefs')}?loc=toi",
            key=f"relief:{theirs[0].pk}:{now:%Y%m%d%H%M%S%f}",
        )
