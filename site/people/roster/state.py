"""The current people and postings, and the changes that the rows of a roster make to them.

`place` runs twice: once for the report, on data read outside any transaction, and once inside the short transaction
that writes a batch, on the data of that moment.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Self

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from letters.folding import spelled
from people.changes.change import ChangedRow, Deed, Journal
from people.imports import Outcome, Report
from people.log.audit import record_contacts
from people.persons.contacts import FIELDS as ADDRESSES
from people.persons.contacts import ContactChange, contacts_changed
from people.persons.merges import Merge, hold_against_merging
from people.persons.user import PERSON, User, no_password
from people.postings.posting import POSTING, Posting, postings_changed
from people.roster.fact_files import changed_meanwhile
from people.roster.held import HeldPostings
from people.roster.rows import RosterRow
from people.statements.plain_rows import insert_keyed
from tabular.cells import CellError
from tabular.questions import Answers

TRIES = 3
# what an import may write about a person
FIELDS = ("full_name", "email", "phone", "is_active")


@dataclass(frozen=True, slots=True)
class PersonAfter:
    """`pk` is None of who is new; each posting as (unit id, duty ids, first day, last day or None)."""

    pk: int | None
    postings: tuple[tuple[int, frozenset[int], date, date | None], ...]
    # where she was posted before
    units_before: frozenset[int]


@dataclass
class RosterState:
    people: dict[str, User]
    held: HeldPostings
    rows: list[RosterRow]
    # owners of addresses: value → person_key
    emails: dict[str, str] = field(default_factory=dict)
    phones: dict[str, str] = field(default_factory=dict)
    new_people: list[User] = field(default_factory=list)
    changed_people: dict[str, User] = field(default_factory=dict)
    # person_key → what the changed fields were
    earlier: dict[str, dict] = field(default_factory=dict)
    # person_key → the first row about somebody new or changed, and its unit
    first: dict[str, RosterRow] = field(default_factory=dict)
    # people whose addresses this file may not change
    guarded: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, rows: list[RosterRow], within: set[int] | None = None) -> Self:
        """Reads the people of these rows and the owners of their addresses in six queries. With `within`, one more
        query finds the people whose addresses must stay: with an administrator's address one can have a new password
        sent, and those who import a roster need not be administrators.
        """
        keys = {row.person: row.person_key for row in rows if row.person}
        new = {row.person_key for row in rows if not row.person}
        emails = {row.email for row in rows if row.email}
        phones = {row.phone for row in rows if row.phone}
        # who was new when the file was read may have come since
        found = User.objects.filter(Q(pk__in=keys) | Q(code_spelling__in=new))
        people = {keys.get(user.pk, user.code_spelling): user for user in found}
        owners = User.objects.annotate(lower=Lower("email")).filter(Q(lower__in=emails) | Q(phone__in=phones))
        state = cls(people, HeldPostings.of(rows, people, within), rows)
        came = {user.pk: key for key, user in people.items()}
        for pk, code, email, phone in owners.values_list("pk", "staff_code", "lower", "phone"):
            state.emails[email] = state.phones[phone] = came.get(pk, code)
        if within is not None:
            trusted = User.objects.filter(Q(is_superuser=True) | Q(roles__isnull=False, roles__ended_at=None))
            known = [user.pk for user in people.values()]
            state.guarded = set(trusted.filter(pk__in=known).values_list("pk", flat=True))
        return state

    def place(self, row: RosterRow, report: Report) -> None:
        """Counts and notes the row. Raises CellError before anything is changed where it may not go in."""
        # what asks comes first
        key = self.held.key_of(row, report)
        moved_from = None if key in self.held.states else self.held.moved_from(row, report)
        before = self._believed(row, key) if report.shows else {}
        person_changed = self._place_person(row, report)
        is_new, is_changed = self.held.place(row, key, moved_from, report)
        report.created += is_new
        report.changed += not is_new and (is_changed or person_changed)
        report.unchanged += not (is_new or is_changed or person_changed)
        if report.shows:
            after = self._believed(row, key)
            report.shows(Outcome(row.line, row.staff_code, before, after, is_new, is_changed or person_changed))

    def _believed(self, row: RosterRow, key: tuple) -> dict:
        """What is known by now of the person and the posting of a row, by column."""
        known: dict = {}
        if person := self.people.get(row.person_key):
            known |= {"ma_can_bo": person.staff_code, "ho_ten": person.full_name}
            known |= {"email": person.email or "", "dien_thoai": person.phone or ""}
        if posting := self.held.states.get(key):
            _person, unit, position, start = key
            known |= {"ma_don_vi": self.held.unit_names[unit], "chuc_danh": position, "nhiem_vu": posting.duties}
            known |= {"tu_ngay": start, "den_ngay": posting.end}
        return known

    def after(self) -> dict[str, PersonAfter]:
        """By person_key, of whom the placed rows change a posting."""
        changed = {key[0] for key in self.held.placed}
        return {
            person: PersonAfter(
                self.people[person].pk,
                tuple(
                    (key[1], state.duties, key[3], state.end)
                    for key in self.held.of_person[person]
                    if (state := self.held.states[key])
                ),
                frozenset(key[1] for key in self.held.of_person[person] if self.held.placed.get(key, 0) is not None),
            )
            for person in changed
        }

    def _place_person(self, row: RosterRow, report: Report) -> bool:
        """Returns True where an existing person changed."""
        person = self.people.get(row.person_key)
        is_new = person is None
        if person is None:
            person = User(staff_code=row.staff_code, full_name=row.full_name)
            self.people[row.person_key] = person
            self.new_people.append(person)
            self.first[row.person_key] = row
        changed = False
        if spelled(person.full_name) != spelled(row.full_name):
            report.note(
                row.staff_code,
                row.line,
                _("Tên đổi từ “%(old)s” thành “%(new)s”.") % {"old": person.full_name, "new": row.full_name},
            )
            self._keep_earlier(person, row, "full_name")
            person.full_name, changed = row.full_name, True
        changed |= self._place_contact(person, row, "email", self.emails, report)
        changed |= self._place_contact(person, row, "phone", self.phones, report)
        if changed and person.pk:
            self.changed_people[row.person_key] = person
        return changed and not is_new

    def _place_contact(self, person: User, row: RosterRow, name: str, owners: dict, report: Report) -> bool:
        value, present = getattr(row, name), getattr(person, name)
        if not value or (present or "").lower() == value:
            return False
        column = {"email": "email", "phone": "dien_thoai"}[name]
        if person.pk in self.guarded:
            reason = _("%(column)s của người có vai trò không đổi bằng tệp; quản trị viên sửa ở mục Cán bộ.")
            report.note(row.staff_code, row.line, reason % {"column": column})
            return False
        if owners.get(value, row.person_key) != row.person_key:
            report.note(
                row.staff_code, row.line, _("%(column)s đã thuộc về người khác nên không nhập.") % {"column": column}
            )
            return False
        owners[value] = row.person_key
        self._keep_earlier(person, row, name)
        setattr(person, name, value)
        return True

    def _keep_earlier(self, person: User, row: RosterRow, name: str) -> None:
        if person.pk:
            self.earlier.setdefault(row.person_key, {}).setdefault(name, getattr(person, name))
            self.first.setdefault(row.person_key, row)

    def save(self, now: datetime) -> list[ChangedRow]:
        """Writes the changes within the caller's transaction; returns what it did to each posting and person."""
        self._open_again()
        for person in self.new_people:
            # a usable one is set at activation
            person.password = no_password()
        insert_keyed(self.new_people)
        User.objects.bulk_update(self.changed_people.values(), [*FIELDS])
        self._tell_addresses(now)
        rows = self.held.save(self.people, now)
        names = {id(person): key for key, person in self.people.items()}
        rows += [self._row(names[id(person)], Deed.CREATED, FIELDS) for person in self.new_people]
        return rows + [self._row(key, Deed.CHANGED, self.earlier[key]) for key in self.changed_people]

    def _tell_addresses(self, now: datetime) -> None:
        told = []
        for key, earlier in self.earlier.items():
            if old := {name: earlier[name] for name in ADDRESSES if name in earlier}:
                told.append(ContactChange(self.people[key].pk, old))
        if told:
            record_contacts(((change.person_id, change.old) for change in told), now)
            contacts_changed.send(sender=User, changes=told, by=None)

    def _open_again(self) -> None:
        """Whose account was closed because the import that brought them was undone, and who now comes back."""
        posted = {key[0] for key, known in self.held.placed.items() if known is None}
        closed = {key: self.people[key] for key in posted if self.people[key].pk and not self.people[key].is_active}
        if not closed:
            return
        undone = ChangedRow.objects.filter(kind=PERSON, what=Deed.CREATED, person__in=closed.values())
        back = set(undone.exclude(undone_by=None).values_list("person", flat=True))
        for key, person in closed.items():
            if person.pk in back:
                self.earlier.setdefault(key, {})["is_active"] = False
                self.first.setdefault(key, next(row for row in self.rows if row.person_key == key))
                self.changed_people[key] = person
                person.is_active = True

    def _row(self, key: str, what: Deed, fields: Iterable[str]) -> ChangedRow:
        person, row = self.people[key], self.first[key]
        return ChangedRow(
            kind=PERSON,
            what=what,
            person_id=person.pk,
            unit_id=row.unit,
            line=row.line.key,
            before=self.earlier.get(key),
            after={name: getattr(person, name) for name in fields},
        )


def write_rows(
    rows: list[RosterRow],
    now: datetime,
    within: set[int] | None = None,
    answers: Answers | None = None,
    *,
    journal: Journal,
) -> None:
    """Writes the rows in one short transaction. If somebody else writes in between, it reads again and repeats.

    Raises TableError where others do not stop writing, or what they wrote makes a row ask what nobody was asked.
    """
    report = Report(answers=answers or Answers())
    for attempt in range(TRIES):
        try:
            with transaction.atomic():
                known = {row.person for row in rows if row.person}
                hold_against_merging(known)
                if Merge.objects.current().into(known):
                    raise changed_meanwhile()
                state = RosterState.of(rows, within)
                for row in rows:
                    state.place(row, report)
                written = state.save(now)
                if people := {one.person_id for one in written if one.kind == POSTING}:
                    postings_changed.send(sender=Posting, person_ids=people, now=now)
                if written:
                    journal.keep(written, now)
            return
        except CellError:
            raise changed_meanwhile() from None
        except IntegrityError:
            if attempt == TRIES - 1:
                raise changed_meanwhile() from None
