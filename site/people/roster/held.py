"""The postings of the people of some rows: which one a row means, and what becomes of it."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from letters.folding import spelled
from people.changes.change import ChangedRow, Deed
from people.imports import Report
from people.persons.user import User
from people.postings.posting import POSTING, Posting
from people.roster.rows import RosterRow, already_there
from people.statements.plain_rows import insert_keyed, insert_rows
from people.times import covering, today
from people.units.successions import Reach
from people.units.unit import Unit
from tabular.cells import CellError, Line
from tabular.questions import LEAVE_OUT, Choice, QuestionKind

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


@dataclass
class PostingState:
    """The state of a posting; `pk` is None for one that is new in this file."""

    pk: int | None
    end: date | None
    duties: frozenset[int]


@dataclass
class HeldPostings:
    # by person_key, unit, position, start
    states: dict[tuple, PostingState]
    # key of each posting that the rows name → the line of the row
    named: dict[tuple, Line]
    # the units that the file may touch; None: all
    within: set[int] | None
    # unit → name and code
    unit_names: dict[int, str]
    # unit → the unit where it counts today
    counts_at: dict[int, int]
    # person_key → keys of her postings in `states`
    of_person: dict[str, list[tuple]] = field(default_factory=lambda: defaultdict(list))
    # person_key, unit, start → keys that the rows name there
    named_there: dict[tuple, list[tuple]] = field(default_factory=lambda: defaultdict(list))
    # posting key → the posting it supersedes, or None
    placed: dict[tuple, PostingState | None] = field(default_factory=dict)
    # keys of the postings that the placed rows turned out to be, or that they ended
    meant: set[tuple] = field(default_factory=set)
    # posting key → the row of the file by which it was placed
    lines: dict[tuple, str] = field(default_factory=dict)

    def __post_init__(self):
        for key in self.states:
            self.of_person[key[0]].append(key)
        for person, unit, position, start in self.named:
            self.named_there[person, unit, start].append((person, unit, position, start))

    @classmethod
    def of(cls, rows: list[RosterRow], people: dict[str, User], within: set[int] | None) -> Self:
        """Four queries."""
        states = _current(people)
        units = {row.unit for row in rows} | {unit for _person, unit, *_rest in states}
        at = Reach.objects.filter(covering(today()), depth=0, undivided=False, unit__in=units)
        names = Unit.objects.filter(pk__in=units).values_list("pk", "code", "name")
        return cls(
            states,
            {row.key: row.line for row in rows},
            within,
            {pk: f"{name} ({code})" for pk, code, name in names},
            dict(at.values_list("unit", "ancestor")),
        )

    def key_of(self, row: RosterRow, report: Report) -> tuple:
        """The key of the posting that the row is about: the one with its key; or one of the unit's successor or
        predecessor from the same day; or the one whose days it overlaps, but none that the file names itself. A
        position is known by its exact words, else by *same spelling*. Raises CellError.
        """
        if row.key in self.states:
            return row.key
        self._refuse_twice(row)
        unnamed = self._of_position(row)
        if key := self._from_the_same_day(unnamed, row):
            self.named[key] = row.line
            return key
        for key in unnamed:
            _person, unit, _position, start = key
            if start == row.start and self._one_after_the_other(unit, row.unit):
                self.named[key] = row.line
                reason = _("Vị trí này đã có ở đơn vị cùng dòng kế thừa, ghi trước đây; không thêm lần nữa.")
                report.note(row.staff_code, row.line, reason)
                return key
        overlapping = sorted(key for key in unnamed if key[1] == row.unit and self._overlaps(key, row))
        key = self._chosen(overlapping, row, report)
        if key != row.key:
            self.named[key] = row.line
            reason = _("Là công tác đã có từ ngày %(ours)s; giữ ngày ấy, không lấy từ ngày %(theirs)s của tệp.")
            params = {"ours": f"{key[3]:%d/%m/%Y}", "theirs": f"{row.start:%d/%m/%Y}"}
            report.note(row.staff_code, row.line, reason % params)
        return key

    def _refuse_twice(self, row: RosterRow) -> None:
        """Where another row names the same posting with the position in another spelling."""
        there = self.named_there[row.person_key, row.unit, row.start]
        for key in there:
            if key != row.key and spelled(key[2]) == spelled(row.position):
                there.remove(row.key)
                raise CellError("tu_ngay", already_there(self.named[key]))

    def _of_position(self, row: RosterRow) -> list[tuple]:
        """Keys of her postings of this position that the file does not name itself."""
        unnamed = [key for key in self.of_person[row.person_key] if key not in self.named]
        exact = [key for key in unnamed if key[2] == row.position]
        return exact or [key for key in unnamed if spelled(key[2]) == spelled(row.position)]

    def _from_the_same_day(self, unnamed: list[tuple], row: RosterRow) -> tuple | None:
        there = [key for key in unnamed if (key[1], key[3]) == (row.unit, row.start)]
        if len(there) > 1:
            raise _written_alike(there)
        return there[0] if there else None

    def _overlaps(self, key: tuple, row: RosterRow) -> bool:
        end = self.states[key].end
        return (row.end is None or key[3] <= row.end) and (end is None or row.start <= end)

    def _chosen(self, overlapping: list[tuple], row: RosterRow, report: Report) -> tuple:
        """Asks where there are several. Raises CellError."""
        if len(overlapping) < 2:
            return overlapping[0] if overlapping else row.key
        if len({start for *_key, start in overlapping}) < len(overlapping):
            raise _written_alike(overlapping)
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

    def moved_from(self, row: RosterRow, report: Report) -> tuple | None:
        """Her one posting elsewhere that the file does not name, if the sender says that she moved from there."""
        elsewhere = [
            key
            for key in self.of_person[row.person_key]
            if key not in self.named
            and key[1] != row.unit
            and (self.within is None or key[1] in self.within)
            and key[3] < row.start
            and ((end := self.states[key].end) is None or end >= row.start)
        ]
        if len(elsewhere) != 1:
            return None
        [key] = elsewhere
        words = _("Đang công tác ở %(old)s từ ngày %(day)s; có phải đã chuyển sang %(new)s không?")
        params = {"old": self.unit_names[key[1]], "day": f"{key[3]:%d/%m/%Y}", "new": self.unit_names[row.unit]}
        chosen = report.ask(HAS_MOVED, row.staff_code, row.line, "ma_don_vi", words % params)
        return key if chosen == MOVED.key else None

    def _end_of_move(self, key: tuple, row: RosterRow, report: Report) -> None:
        known, last = self.states[key], row.start - timedelta(days=1)
        self.placed[key] = known
        self.lines[key] = row.line.key
        self.states[key] = replace(known, end=last)
        self.named[key] = row.line
        self.meant.add(key)
        reason = _("Đã chuyển: công tác ở %(old)s kết thúc ngày %(day)s.")
        params = {"old": self.unit_names[key[1]], "day": f"{last:%d/%m/%Y}"}
        report.note(row.staff_code, row.line, reason % params)

    def _one_after_the_other(self, one: int, other: int) -> bool:
        return self.counts_at.get(one) == other or self.counts_at.get(other) == one

    def place(self, row: RosterRow, key: tuple, moved_from: tuple | None, report: Report) -> tuple[bool, bool]:
        """Returns whether the posting is new, and whether it changed."""
        self.meant.add(key)
        if moved_from:
            self._end_of_move(moved_from, row, report)
        known = self.states.get(key)
        wanted = PostingState(known.pk if known else None, self._end_of(row, known, report), row.duties)
        if known != wanted:
            self.placed[key] = known
            self.lines[key] = row.line.key
            self.states[key] = wanted
            if known is None:
                self.of_person[row.person_key].append(key)
        return known is None, known is not None and known != wanted

    def _end_of(self, row: RosterRow, known: PostingState | None, report: Report) -> date | None:
        """Only a filled `den_ngay` changes a posting: an older file must not open again what has ended since."""
        if known is None or row.end or not known.end:
            return row.end
        reason = _("Vị trí đã kết thúc ngày %(day)s và giữ như vậy; muốn mở lại thì điền den_ngay về sau.")
        report.note(row.staff_code, row.line, reason % {"day": f"{known.end:%d/%m/%Y}"})
        return known.end

    def save(self, people: dict[str, User], now: datetime) -> list[ChangedRow]:
        """Writes the changes within the caller's transaction; returns what it did to each posting."""
        Posting.objects.filter(pk__in=[old.pk for old in self.placed.values() if old and old.pk]).supersede(now)
        postings = [self._posting(key, people, now) for key in self.placed]
        insert_keyed(postings)
        duties = (
            (posting.pk, duty)
            for posting, key in zip(postings, self.placed, strict=True)
            for duty in self.states[key].duties
        )
        insert_rows(Posting.duties.through, ("posting_id", "duty_id"), duties)
        return [
            ChangedRow(
                kind=POSTING,
                what=self._what(key),
                person_id=posting.person_id,
                unit_id=posting.unit_id,
                line=self.lines[key],
                new=posting.pk,
                old=known.pk if known else None,
            )
            for posting, (key, known) in zip(postings, self.placed.items(), strict=True)
        ]

    def _what(self, key: tuple) -> Deed:
        before, after = self.placed[key], self.states[key]
        if before is None:
            return Deed.CREATED
        return Deed.ENDED if after.end and replace(before, end=after.end) == after else Deed.CHANGED

    def _posting(self, key: tuple, people: dict[str, User], now: datetime) -> Posting:
        person, unit, position, start = key
        return Posting(
            person_id=people[person].pk,
            unit_id=unit,
            position=position,
            start=start,
            end=self.states[key].end,
            recorded_at=now,
        )


def _written_alike(keys: list[tuple]) -> CellError:
    words = ", ".join(f"“{position}”" for _person, _unit, position, _start in keys)
    reason = _("Các chức danh đã có %(words)s viết gần như nhau; hãy ghi đúng từng chữ của một chức danh.")
    return CellError("chuc_danh", reason % {"words": words})


def _current(people: dict[str, User]) -> dict[tuple, PostingState]:
    names = {user.pk: name for name, user in people.items()}
    current = Posting.objects.current().filter(person__in=names)
    duties: dict[int, set[int]] = {}
    through = Posting.duties.through.objects.filter(posting__in=current)
    for posting, duty in through.values_list("posting_id", "duty_id"):
        duties.setdefault(posting, set()).add(duty)
    return {
        (names[one.person_id], one.unit_id, one.position, one.start): PostingState(
            one.pk, one.end, frozenset(duties.get(one.pk, ()))
        )
        for one in current
    }
