"""The current people and postings, and the changes that the rows of a roster make to them.

`place` runs twice: once for the report, on data read outside any transaction, and once inside the short transaction
that writes a batch, on the data of that moment.
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Self

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from letters.folding import spelled
from people.imports import Report
from people.persons.user import User
from people.postings.posting import Posting, postings_changed
from people.times import covering, today
from people.units.successions import Reach
from people.units.unit import Unit
from tabular.cells import CellError, Line
from tabular.questions import LEAVE_OUT, Answers, Choice, QuestionKind
from tabular.tables import TableError

TRIES = 3
OTHER_POSTING = Choice("khac", gettext_lazy("Là công tác khác, ghi thêm"))
WHICH_POSTING = QuestionKind(
    "cong_tac_nao", gettext_lazy("Dòng trùng ngày với nhiều công tác đã có"), (OTHER_POSTING, LEAVE_OUT)
)
MOVED = Choice("da_chuyen", gettext_lazy("Đã chuyển: kết thúc công tác cũ"))
BOTH = Choice("ca_hai", gettext_lazy("Giữ cả hai công tác"))
# nobody need answer: a row in another unit by itself ends nothing
HAS_MOVED = QuestionKind(
    "chuyen_don_vi", gettext_lazy("Cán bộ đang có công tác ở đơn vị khác mà tệp không ghi"), (BOTH, MOVED), BOTH
)


@dataclass(frozen=True, slots=True)
class RosterRow:
    line: Line
    staff_code: str
    # None: nobody bears the code yet
    person: int | None
    # the same for all rows of the file about this person
    person_key: str
    full_name: str
    # as the file has it; `full_name` is what was answered
    written_name: str
    # None: the file says nothing
    email: str | None
    phone: str | None
    unit: int
    position: str
    duties: frozenset[int]
    start: date
    end: date | None

    @property
    def key(self) -> tuple:
        return self.person_key, self.unit, self.position, self.start


@dataclass
class PostingState:
    """The state of a posting; `pk` is None for one that is new in this file."""

    pk: int | None
    end: date | None
    duties: frozenset[int]


@dataclass
class RosterState:
    people: dict[str, User]
    posting_states: dict[tuple, PostingState]
    # owners of addresses: value → person_key
    emails: dict[str, str]
    phones: dict[str, str]
    new_people: list[User] = field(default_factory=list)
    changed_people: dict[str, User] = field(default_factory=dict)
    # posting key → the posting it supersedes, or None
    placed: dict[tuple, PostingState | None] = field(default_factory=dict)
    # keys of all postings that these rows name
    named: set[tuple] = field(default_factory=set)
    # keys of the postings that the placed rows turned out to be, or that they ended
    meant: set[tuple] = field(default_factory=set)
    # unit → code and name
    unit_names: dict[int, str] = field(default_factory=dict)
    # unit → the unit where it counts today
    counts_at: dict[int, int] = field(default_factory=dict)
    # people whose addresses this file may not change
    guarded: set[int] = field(default_factory=set)
    # the units that the file may touch; None: all
    within: set[int] | None = None

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
        state = cls(people, {}, {}, {}, within=within)
        came = {user.pk: key for key, user in people.items()}
        for pk, code, email, phone in owners.values_list("pk", "staff_code", "lower", "phone"):
            state.emails[email] = state.phones[phone] = came.get(pk, code)
        state._load_postings()
        state.named = {row.key for row in rows}
        units = {row.unit for row in rows} | {unit for _person, unit, *_rest in state.posting_states}
        at = Reach.objects.filter(covering(today()), depth=0, undivided=False, unit__in=units)
        state.counts_at = dict(at.values_list("unit", "ancestor"))
        names = Unit.objects.filter(pk__in=units).values_list("pk", "code", "name")
        state.unit_names = {pk: f"{name} ({code})" for pk, code, name in names}
        if within is not None:
            trusted = User.objects.filter(Q(is_superuser=True) | Q(roles__isnull=False, roles__ended_at=None))
            known = [user.pk for user in people.values()]
            state.guarded = set(trusted.filter(pk__in=known).values_list("pk", flat=True))
        return state

    def _load_postings(self) -> None:
        names = {user.pk: name for name, user in self.people.items()}
        current = Posting.objects.current().filter(person__in=names)
        duties: dict[int, set[int]] = {}
        for posting, duty in Posting.duties.through.objects.filter(posting__in=current).values_list(
            "posting_id", "duty_id"
        ):
            duties.setdefault(posting, set()).add(duty)
        for posting in current:
            key = names[posting.person_id], posting.unit_id, posting.position, posting.start
            self.posting_states[key] = PostingState(posting.pk, posting.end, frozenset(duties.get(posting.pk, ())))

    def place(self, row: RosterRow, report: Report) -> None:
        """Counts and notes the row. Raises CellError before anything is changed where it may not go in."""
        # what asks comes first
        key = self._key_of(row, report)
        moved_from = None if key in self.posting_states else self._moved_from(row, report)
        person_changed = self._place_person(row, report)
        self.meant.add(key)
        known = self.posting_states.get(key)
        if moved_from:
            self._end_of_move(moved_from, row, report)
        wanted = PostingState(known.pk if known else None, self._end_of(row, known, report), row.duties)
        if known is None:
            report.created += 1
        elif known != wanted:
            report.changed += 1
        else:
            report.changed += person_changed
            report.unchanged += not person_changed
            return
        self.placed[key] = known
        self.posting_states[key] = wanted

    def _end_of(self, row: RosterRow, known: PostingState | None, report: Report) -> date | None:
        """Only a filled `den_ngay` changes a posting: an older file must not open again what has ended since."""
        if known is None or row.end or not known.end:
            return row.end
        reason = _("Vị trí đã kết thúc ngày %(day)s và giữ như vậy; muốn mở lại thì điền den_ngay về sau.")
        report.note(row.staff_code, row.line, reason % {"day": f"{known.end:%d/%m/%Y}"})
        return known.end

    def _key_of(self, row: RosterRow, report: Report) -> tuple:
        """The key of the posting that the row is about: the one with its key; or one of the unit's successor or
        predecessor from the same day; or the one whose days it overlaps, but none that the file names itself.
        """
        if row.key in self.posting_states:
            return row.key
        unnamed = [
            key
            for key in self.posting_states
            if key not in self.named and (key[0], key[2]) == (row.person_key, row.position)
        ]
        for key in unnamed:
            _person, unit, _position, start = key
            if start == row.start and self._one_after_the_other(unit, row.unit):
                self.named.add(key)
                reason = _("Vị trí này đã có ở đơn vị cùng dòng kế thừa, ghi trước đây; không thêm lần nữa.")
                report.note(row.staff_code, row.line, reason)
                return key
        overlapping = sorted(key for key in unnamed if key[1] == row.unit and self._overlaps(key, row))
        key = self._chosen(overlapping, row, report)
        if key != row.key:
            self.named.add(key)
            reason = _("Là công tác đã có từ ngày %(ours)s; giữ ngày ấy, không lấy từ ngày %(theirs)s của tệp.")
            params = {"ours": f"{key[3]:%d/%m/%Y}", "theirs": f"{row.start:%d/%m/%Y}"}
            report.note(row.staff_code, row.line, reason % params)
        return key

    def _overlaps(self, key: tuple, row: RosterRow) -> bool:
        end = self.posting_states[key].end
        return (row.end is None or key[3] <= row.end) and (end is None or row.start <= end)

    def _chosen(self, overlapping: list[tuple], row: RosterRow, report: Report) -> tuple:
        """Asks where there are several. Raises CellError."""
        if len(overlapping) < 2:
            return overlapping[0] if overlapping else row.key
        days = [f"{start:%d/%m/%Y}" for *_key, start in overlapping]
        words = _("Từ ngày %(theirs)s trùng với các công tác đã có từ ngày %(ours)s; là công tác nào?")
        params = {"theirs": f"{row.start:%d/%m/%Y}", "ours": ", ".join(days)}
        choices = {key[3].isoformat(): key for key in overlapping}
        more = tuple(
            Choice(start, _("Là công tác từ ngày %(day)s") % {"day": day})
            for start, day in zip(choices, days, strict=True)
        )
        chosen = report.ask(WHICH_POSTING, row.staff_code, row.line, "tu_ngay", words % params, more)
        return choices.get(chosen, row.key)

    def _moved_from(self, row: RosterRow, report: Report) -> tuple | None:
        """Her one posting elsewhere that the file does not name, if the sender says that she moved from there."""
        elsewhere = [
            key
            for key, posting in self.posting_states.items()
            if key not in self.named
            and key[0] == row.person_key
            and key[1] != row.unit
            and (self.within is None or key[1] in self.within)
            and key[3] < row.start
            and (posting.end is None or posting.end >= row.start)
        ]
        if len(elsewhere) != 1:
            return None
        [key] = elsewhere
        words = _("Đang công tác ở %(old)s từ ngày %(day)s; có phải đã chuyển sang %(new)s không?")
        params = {"old": self.unit_names[key[1]], "day": f"{key[3]:%d/%m/%Y}", "new": self.unit_names[row.unit]}
        chosen = report.ask(HAS_MOVED, row.staff_code, row.line, "ma_don_vi", words % params)
        return key if chosen == MOVED.key else None

    def _end_of_move(self, key: tuple, row: RosterRow, report: Report) -> None:
        known, last = self.posting_states[key], row.start - timedelta(days=1)
        self.placed[key] = known
        self.posting_states[key] = replace(known, end=last)
        self.named.add(key)
        self.meant.add(key)
        reason = _("Đã chuyển: công tác ở %(old)s kết thúc ngày %(day)s.")
        params = {"old": self.unit_names[key[1]], "day": f"{last:%d/%m/%Y}"}
        report.note(row.staff_code, row.line, reason % params)

    def _one_after_the_other(self, one: int, other: int) -> bool:
        return self.counts_at.get(one) == other or self.counts_at.get(other) == one

    def _place_person(self, row: RosterRow, report: Report) -> bool:
        """Returns True where an existing person changed."""
        person = self.people.get(row.person_key)
        is_new = person is None
        if person is None:
            # an unusable password costs no hashing; a usable one is set at activation
            person = User(staff_code=row.staff_code, full_name=row.full_name, password=make_password(None))
            self.people[row.person_key] = person
            self.new_people.append(person)
        changed = False
        if spelled(person.full_name) != spelled(row.full_name):
            report.note(
                row.staff_code,
                row.line,
                _("Tên đổi từ “%(old)s” thành “%(new)s”.") % {"old": person.full_name, "new": row.full_name},
            )
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
        setattr(person, name, value)
        return True

    def save(self, now: datetime) -> set[int]:
        """Writes the changes within the caller's transaction; returns the ids of people whose postings changed."""
        User.objects.bulk_create(self.new_people)
        User.objects.bulk_update(self.changed_people.values(), ["full_name", "email", "phone"])
        Posting.objects.filter(pk__in=[old.pk for old in self.placed.values() if old and old.pk]).supersede(now)
        postings = [self._posting(key, now) for key in self.placed]
        Posting.objects.bulk_create(postings)
        through = Posting.duties.through
        through.objects.bulk_create(
            through(posting_id=posting.pk, duty_id=duty)
            for posting, key in zip(postings, self.placed, strict=True)
            for duty in self.posting_states[key].duties
        )
        return {posting.person_id for posting in postings}

    def _posting(self, key: tuple, now: datetime) -> Posting:
        person, unit, position, start = key
        return Posting(
            person=self.people[person],
            unit_id=unit,
            position=position,
            start=start,
            end=self.posting_states[key].end,
            recorded_at=now,
        )


def write_rows(
    rows: list[RosterRow], now: datetime, within: set[int] | None = None, answers: Answers | None = None
) -> None:
    """Writes the rows in one short transaction. If somebody else writes in between, it reads again and repeats.

    Raises TableError where others do not stop writing, or what they wrote makes a row ask what nobody was asked.
    """
    report = Report(answers=answers or Answers())
    for attempt in range(TRIES):
        try:
            with transaction.atomic():
                state = RosterState.of(rows, within)
                for row in rows:
                    state.place(row, report)
                if people := state.save(now):
                    postings_changed.send(sender=Posting, person_ids=people, now=now)
            return
        except CellError:
            raise changed_meanwhile() from None
        except IntegrityError:
            if attempt == TRIES - 1:
                raise changed_meanwhile() from None


def changed_meanwhile() -> TableError:
    return TableError(_("Dữ liệu đang được người khác sửa; hãy nhập lại tệp."))
