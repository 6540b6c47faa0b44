"""Adding one posting by hand, of somebody new or known: the rules of an imported row, and no second person in silence.

Whoever acts by a role adds to nobody for whom she does not answer today: a posting would make her answer, and open
that person's account to her.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from letters.folding import spelled, visible
from people.changes.change import Journal, Origin
from people.imports import Report
from people.log.audit import Act, record
from people.persons.user import User, owner
from people.postings.posting import Posting
from people.rights.scope import import_reach, under
from people.roster.acting import BY_HAND, ActReason
from people.roster.listing import Roster
from people.roster.rows import RosterRow
from people.roster.state import RosterState, write_rows
from people.times import today
from tabular.cells import CellError, Line

NAMED = 3


class CannotAdd(Exception):
    """str() is one Vietnamese sentence, beside `field` of the form; `resembles`: it asks about another person."""

    def __init__(self, field: str, reason: str, *, resembles: bool = False):
        super().__init__(reason)
        self.field, self.resembles = field, resembles


@dataclass(frozen=True)
class Added:
    """As typed. `is_other`: whoever resembles her was looked at, and is another person."""

    staff_code: str
    full_name: str
    unit: int
    position: str
    duties: frozenset[int]
    start: date
    end: date | None
    email: str | None
    phone: str | None
    is_other: bool = False


def look(by, added: Added) -> list[str]:
    """What will be left out, a sentence each. Raises CannotAdd."""
    row = _row(by, added)
    report = Report()
    try:
        RosterState.of([row], import_reach(by)).place(row, report)
    except CellError as error:
        raise CannotAdd("start", str(error)) from None
    if not report.created:
        raise CannotAdd("start", _("Người này đã có công tác ấy vào những ngày này; hãy sửa từ hồ sơ của người ấy."))
    return [note["reason"] for note in report.notes]


def add_by_hand(by, added: Added, now: datetime, reason: str) -> User:
    """Returns the person. Raises TableError where others do not stop writing."""
    row = _row(by, added)
    journal = Journal.begin(BY_HAND, now, Origin(_("Thêm một công tác"), by))
    ActReason.objects.create(change=journal.change, reason=reason)
    write_rows([row], now, import_reach(by), journal=journal)
    record(Act.CHANGED_ROSTER, by, unit=added.unit, count=1, detail="them", at=now)
    journal.finish(timezone.now())
    person = User.objects.by_code(row.staff_code)
    assert person is not None
    return person


def _row(by, added: Added) -> RosterRow:
    """Raises CannotAdd where it is not certain who is meant."""
    person = _meant(by, added)
    code = person.staff_code if person else visible(added.staff_code)
    return RosterRow(
        line=Line(1),
        staff_code=code,
        person=person.pk if person else None,
        person_key=code if person else spelled(code),
        full_name=person.full_name if person else added.full_name,
        written_name=added.full_name,
        email=added.email,
        phone=added.phone,
        unit=added.unit,
        position=added.position,
        duties=added.duties,
        start=added.start,
        end=added.end,
    )


def _meant(by, added: Added) -> User | None:
    """Whoever bears the code; None for nobody yet."""
    alike = list(User.objects.spelled_like(added.staff_code))
    person = owner(added.staff_code, alike)
    if alike and person is None:
        raise CannotAdd("staff_code", _("Nhiều người có mã viết như vậy; hãy ghi đúng từng chữ của mã."))
    roster = Roster(by)
    if person is None:
        _refuse_resembling(roster, added)
        return None
    if person.pk == by.pk:
        raise CannotAdd("staff_code", _("Không ai tự ghi công tác cho mình; người khác phụ trách đơn vị ghi thay."))
    if person.pk not in roster.answered([person.pk]):
        reason = _("Mã này đã có người mang, ngoài phạm vi của anh chị; cấp tỉnh hoặc đơn vị của người ấy chuyển sang.")
        raise CannotAdd("staff_code", reason)
    if spelled(person.full_name) != spelled(added.full_name):
        reason = _("Mã này là của %s. Nếu là người ấy thì ghi đúng tên; nếu là người khác thì dùng mã khác.")
        raise CannotAdd("full_name", reason % person.full_name)
    return person


def _refuse_resembling(roster: Roster, added: Added) -> None:
    """A code that differs by zeros in front, or the same name in the unit or behind the address, is asked about. Only
    those for whom the user answers are named.
    """
    if added.is_other:
        return
    resembling = {one.pk: one for one in _resembling(added)}
    answered = roster.answered(resembling)
    named = [f"{one.full_name} ({one.staff_code})" for pk, one in resembling.items() if pk in answered][:NAMED]
    if named:
        reason = _("Có phải là %s không? Nếu phải, hãy ghi mã của người ấy; nếu không, đánh dấu ô dưới cùng.")
        raise CannotAdd("staff_code", reason % ", ".join(named), resembles=True)


def _resembling(added: Added) -> list[User]:
    spelling = spelled(added.staff_code)
    found: list[User] = []
    if spelling.isdecimal():
        number = spelling.lstrip("0")
        ends = User.objects.filter(code_spelling__endswith=number)
        found += [one for one in ends if one.code_spelling.isdecimal() and one.code_spelling.lstrip("0") == number]
    posted = Posting.objects.current().filter(Q(end=None) | Q(end__gte=today()), unit__in=under([added.unit]))
    addressed = Q(email__iexact=added.email) if added.email else Q(pk__in=[])
    addressed |= Q(phone=added.phone) if added.phone else Q(pk__in=[])
    same = User.objects.filter(Q(pk__in=posted.values("person")) | addressed)
    return found + [one for one in same if spelled(one.full_name) == spelled(added.full_name)]
