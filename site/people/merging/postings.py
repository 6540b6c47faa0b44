"""Records the postings of who goes again under who stays; undone like any other change of postings."""

from collections.abc import Iterable
from datetime import datetime

from people.changes.change import ChangedRow, Deed
from people.merging.joining import Held, joined
from people.persons.user import User
from people.postings.posting import POSTING, Posting, postings_changed


def held_by(people: Iterable[User]) -> dict[int, list[Held]]:
    """{person: current postings}; two queries."""
    found: dict[int, list[Held]] = {person.pk: [] for person in people}
    for one in Posting.objects.current().filter(person__in=found).prefetch_related("duties").order_by("pk"):
        duties = frozenset(duty.pk for duty in one.duties.all())
        found[one.person_id].append(Held((one.pk,), one.unit_id, one.position, one.start, one.end, duties))
    return found


def move(gone: User, stays: User, now: datetime) -> list[ChangedRow]:
    """Within the caller's transaction; what it did to each posting, for the undo."""
    held = held_by([gone, stays])
    ours = {one.parts[0]: one for one in held[stays.pk]}
    theirs = {one.parts[0]: one for one in held[gone.pk]}
    rows, written = [], []
    for whole in joined(ours.values(), theirs.values()):
        replaced = _replaced(whole, ours)
        if replaced in ours and ours[replaced].says_the_same(whole):
            # nothing new: what is ours stays, also where it overlaps itself
            left = [part for part in whole.parts if part in theirs]
        else:
            left = [part for part in whole.parts if part != replaced]
            written.append((whole, replaced))
        rows += [_row(Deed.REMOVED, gone if part in theirs else stays, whole, part) for part in left]
    going = [row.old for row in rows if row.old] + [replaced for _whole, replaced in written if replaced]
    Posting.objects.filter(pk__in=going).supersede(now)
    new = Posting.objects.bulk_create(_posting(stays, whole, now) for whole, _replaced in written)
    through = Posting.duties.through
    through.objects.bulk_create(
        through(posting_id=posting.pk, duty_id=duty)
        for posting, (whole, _part) in zip(new, written, strict=True)
        for duty in whole.duties
    )
    for posting, (whole, replaced) in zip(new, written, strict=True):
        what = Deed.CHANGED if replaced else Deed.CREATED
        rows.append(_row(what, gone if replaced in theirs else stays, whole, replaced, posting.pk))
    if rows:
        postings_changed.send(sender=Posting, person_ids={gone.pk, stays.pk}, now=now)
    return rows


def _replaced(whole: Held, ours: dict[int, Held]) -> int | None:
    """The posting in whose place the whole stands: of who stays, from the same day if there is one. None of what is
    left of a longer one.
    """
    parts = [part for part in whole.parts if part in ours] or [*whole.parts]
    same_day = (part for part in parts if part in ours and ours[part].start == whole.start)
    return next(same_day, parts[0] if parts else None)


def _row(what: Deed, person: User, whole: Held, old: int | None, new: int | None = None) -> ChangedRow:
    return ChangedRow(kind=POSTING, what=what, person_id=person.pk, unit_id=whole.unit, old=old, new=new)


def _posting(person: User, whole: Held, now: datetime) -> Posting:
    return Posting(
        person=person,
        unit_id=whole.unit,
        position=whole.position,
        start=whole.start,
        end=whole.end,
        recorded_at=now,
    )
