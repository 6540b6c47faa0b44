"""Merging two records that are one person, and taking it back. Who stays keeps her own sign-in, addresses and roles;
those of the other end. What was believed before stays known; the undo records it again (`people.undoing`).
"""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.dispatch import Signal
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.changes.change import ChangedRow, Deed, Journal, Origin, change_kind
from people.free_text import refusals
from people.guarding import role_requests
from people.guarding.role_requests import RoleRequest
from people.guarding.withdrawal import withdraw
from people.log.audit import Act, record_each
from people.merging import postings
from people.merging.rights import refusal, refusal_of_undo
from people.persons.contacts import FIELDS as ADDRESSES
from people.persons.contacts import ContactChange, contacts_changed
from people.persons.merges import MERGED, Chained, Merge, NotSame, chained
from people.persons.user import PERSON, User, is_erased
from people.rights.roles import Role
from people.rights.roles import end as end_role
from people.signing_in.sessions import DeviceSession
from people.signing_in.sessions import end as end_session
from people.undoing import carrying_out
from people.undoing.kinds import Doing, RecordRows, undoes

# nobody undoes it like an import: it goes back whole, by who may merge
MERGE = change_kind("merge", gettext_lazy("Gộp hồ sơ"), frozenset())
# sent with `gone`, `stays`, `merged` (false: taken back) and `now` at the end of the transaction that did it
merges_changed = Signal()
Mover = Callable[[User, User, datetime], list[ChangedRow]]
MOVERS: list[Mover] = [postings.move]


class CannotMerge(Exception):
    """The message is one sentence that says why, and what to do."""


def moves(mover: Mover) -> Mover:
    """Registers what records facts of who goes again under who stays: called with both and `now` in the transaction,
    it returns the rows by which that is undone.
    """
    MOVERS.append(mover)
    return mover


@transaction.atomic
def merge(gone: User, stays: User, by, reason: str, now: datetime) -> Merge:
    """`by` None: the server. Raises CannotMerge."""
    gone, stays = _held(gone, stays)
    if why := obstacle(gone, stays) or (by is not None and refusal(by, [gone, stays])):
        raise CannotMerge(why)
    if not reason.strip():
        raise CannotMerge(_("Hãy ghi lý do: vì sao biết hai hồ sơ là một người."))
    if wrong := refusals(reason):
        raise CannotMerge(wrong[0])
    journal = Journal.begin(MERGE, now, Origin(by=by))
    NotSame.objects.filter(one__in=[gone, stays], other__in=[gone, stays]).supersede(now)
    rows = [row for mover in MOVERS for row in mover(gone, stays, now)]
    rows += _close(gone, by, now)
    said = Merge.objects.create(
        gone=gone, stays=stays, by=by, reason=reason.strip()[:300], recorded_at=now, change=journal.change
    )
    rows.append(ChangedRow(kind=MERGED, what=Deed.CREATED, person_id=gone.pk, new=said.pk))
    journal.keep(rows, now)
    journal.finish(now)
    record_each(Act.MERGED, by, [gone, stays], now)
    merges_changed.send(sender=Merge, gone=gone, stays=stays, merged=True, now=now)
    return said


def _held(*people: User) -> list[User]:
    """Locked in one order, so that two merges with a person in common are made one after the other."""
    locked = User.objects.filter(pk__in=[person.pk for person in people]).order_by("pk").select_for_update(no_key=True)
    by_key = {person.pk: person for person in locked}
    return [by_key[person.pk] for person in people]


def obstacle(gone: User, stays: User) -> str:
    """Why these two cannot be merged by anybody; "" if they can."""
    if gone.pk == stays.pk:
        return _("Một hồ sơ không gộp với chính nó; hãy chọn hai hồ sơ.")
    if chained(gone.pk, stays.pk):
        return str(Chained())
    if any(is_erased(person) for person in (gone, stays)):
        return _("Thông tin của một trong hai hồ sơ đã được xóa nên không gộp được.")
    # what she asked for would be carried out on one record alone
    if any(person.erasure_requests.filter(state="asked").exists() for person in (gone, stays)):
        return _("Một trong hai hồ sơ đang chờ trả lời đề nghị xóa thông tin; hãy trả lời đề nghị ấy trước.")
    return ""


def _close(gone: User, by, now: datetime) -> list[ChangedRow]:
    """Nothing opens the account that goes; its addresses are free, and come back with the undo if nobody took them."""
    for role in Role.objects.current().filter(user=gone).select_related("unit"):
        end_role(role, now, by)
    for request in RoleRequest.objects.open().filter(person=gone).select_related("person", "unit", "asked_by"):
        role_requests.withdraw(request, by, now)
    old = {name: getattr(gone, name) for name in ADDRESSES if getattr(gone, name)}
    values = {**old, **({"is_active": True} if gone.is_active else {})}
    gone.email = gone.phone = None
    gone.is_active = False
    gone.set_unusable_password()
    gone.save(update_fields=[*ADDRESSES, "is_active", "password"])
    for session in DeviceSession.objects.filter(person=gone):
        end_session(session)
    withdraw([gone.pk], now)
    if old:
        contacts_changed.send(sender=User, changes=[ContactChange(gone.pk, old)], by=by)
    # each by itself: an address that somebody else bears by then keeps nothing else from going back
    return [
        ChangedRow(
            kind=PERSON,
            what=Deed.CHANGED,
            person_id=gone.pk,
            before={name: value},
            after={name: getattr(gone, name)},
        )
        for name, value in values.items()
    ]


# --- two people after all


@transaction.atomic
def hold_apart(one: User, other: User, by, now: datetime) -> NotSame:
    """Says that these are two people. Raises CannotMerge."""
    people = _held(*sorted((one, other), key=lambda person: person.pk))
    if why := obstacle(*people) or (by is not None and refusal(by, people)):
        raise CannotMerge(why)
    said = NotSame.objects.current().filter(one=people[0], other=people[1]).first()
    return said or NotSame.objects.create(one=people[0], other=people[1], by=by, recorded_at=now)


@transaction.atomic
def look_again(said: NotSame, by, now: datetime) -> None:
    """Raises CannotMerge."""
    if why := refusal(by, [said.one, said.other]):
        raise CannotMerge(why)
    NotSame.objects.filter(pk=said.pk).supersede(now)


# --- taking it back


def rows_of(merge: Merge) -> QuerySet[ChangedRow]:
    return ChangedRow.objects.filter(change=merge.change_id)


def preview(merge: Merge, by) -> dict:
    """What taking it back would do, as `people.undoing.carrying_out.preview` says it."""
    return carrying_out.preview(rows_of(merge), by)


@transaction.atomic
def take_back(merge: Merge, by, now: datetime) -> dict:
    """Whole: what changed since stays as it is, and is listed. Roles and the password do not come back. Raises
    CannotMerge.
    """
    gone, stays = _held(merge.gone, merge.stays)
    merge = Merge.objects.select_related("change", "gone", "stays").get(pk=merge.pk)
    if merge.superseded_at or merge.change is None:
        raise CannotMerge(_("Lần gộp này đã được hoàn tác."))
    if why := by is not None and refusal_of_undo(by, merge):
        raise CannotMerge(why)
    done = carrying_out.undo(merge.change, rows_of(merge), by, lambda: now)
    record_each(Act.UNMERGED, by, [gone, stays], now)
    merges_changed.send(sender=Merge, gone=gone, stays=stays, merged=False, now=now)
    return done


def _written(merge: Merge) -> str:
    day = date_format(timezone.localtime(merge.recorded_at), "d/m/Y")
    return f"{merge.gone.staff_code} → {merge.stays.staff_code}, {day}"


def _nothing_more(done, doing: Doing) -> None:
    """`take_back` tells who listens when all rows have gone back."""


undoes(
    RecordRows(
        MERGED,
        gettext_lazy("Gộp hồ sơ"),
        order=5,
        model=Merge,
        known_by=("gone_id",),
        says=("stays_id",),
        written=_written,
        after=_nothing_more,
        related=("gone", "stays"),
    )
)
