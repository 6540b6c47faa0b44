"""Imports of files in which every row is one fact about a person, identified by some fields."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.changes.change import ChangedRow, Deed, Journal, Origin
from people.imports import Outcome, Prepared, Progress, Report
from people.persons.addressed import Addressed, addresses_of
from people.persons.merges import Merge, hold_against_merging, one_person
from people.persons.staff_codes import StaffCodes
from people.times import Record
from people.write_lock import in_turns
from tabular.cells import CellError, Line
from tabular.readings import AS_IT_IS, Reading
from tabular.tables import Column, Table, TableError, TableRow

# whom a row is about; where it stands, the line is a row
STAFF_CODE = Column(
    "ma_can_bo",
    required=True,
    is_code=True,
    anchors=True,
    max_length=40,
    aliases=("ma_so_can_bo", "ma_nhan_vien", "ma_cbccvc"),
)

# by what else an office may say whom a row is about
PERSON_COLUMNS = [
    replace(STAFF_CODE, required=False),
    Column("ho_ten", is_name=True, anchors=True, max_length=150, optional=True, aliases=("ho_va_ten",)),
    Column("email", max_length=254, optional=True, aliases=("e_mail", "thu_dien_tu")),
    Column("dien_thoai", max_length=200, optional=True, aliases=("so_dien_thoai", "sdt", "di_dong")),
]
ROWS_A_BATCH = 500
TRIES = 3


@dataclass(frozen=True)
class Fact:
    line: Line
    item: str
    key: tuple
    values: tuple


@dataclass(frozen=True)
class FactKind:
    """`known_by` starts with "person_id"; `columns` are those of the file by what it `says`. `kept(record)` says why a
    record must stay as it is, or None. `change` is the kind of change that an import of them is, `row` what its rows
    are called.
    """

    change: str
    row: str
    model: type[Record]
    known_by: tuple[str, ...]
    says: tuple[str, ...]
    columns: tuple[str, ...]
    always: dict = field(default_factory=dict)
    kept: Callable[[Any], str | None] = lambda record: None
    # called inside the transaction with the ids of the people concerned
    after: Callable[[set[int], datetime], object] = lambda people, now: None

    def current(self, facts: Iterable[Fact]) -> dict[tuple, Record]:
        people = {fact.key[0] for fact in facts}
        return {self.key_of(record): record for record in self.model.objects.current().filter(person__in=people)}

    def key_of(self, record: Record) -> tuple:
        return tuple(getattr(record, name) for name in self.known_by)

    def values_of(self, record: Record) -> tuple:
        return tuple(getattr(record, name) for name in self.says)

    def new(self, fact: Fact, now: datetime) -> Record:
        fields = dict(zip((*self.known_by, *self.says), (*fact.key, *fact.values), strict=True))
        return self.model(**fields, **self.always, recorded_at=now)


@dataclass(frozen=True)
class Sheet:
    """How a file is read whose rows somebody looks at one by one: what its sender said of it, and who hears of each
    good row.
    """

    reading: Reading = AS_IT_IS
    shows: Callable[[Outcome], None] | None = None


@dataclass
class FactsPrepared(Prepared):
    """With the facts that it writes, each with the record that it supersedes, or None."""

    wanted: list[tuple[Fact, Record | None]] = field(default_factory=list)


class Whose:
    """Whom a row of facts is about: by the code, or in an office's file by name and address, which is asked."""

    def __init__(self, report: Report):
        self.report, self.staff, self.addressed = report, StaffCodes(), Addressed()

    def meant(self, raw: TableRow) -> int:
        """Returns the person's id. Raises CellError."""
        code, name = raw["ma_can_bo"], raw.values.get("ho_ten")
        self._tell_other_name(raw, code, str(name or ""))
        addresses = addresses_of(raw.values.get("email") or "", raw.values.get("dien_thoai") or "") if name else []
        if not (addresses and name):
            if not code:
                raise CellError("ma_can_bo", _("Mã cán bộ đang trống; hãy ghi mã, hoặc họ tên với email, điện thoại."))
            return self.staff.meant(self.report, raw.line, "ma_can_bo", code)
        return self.staff.meant(
            *(self.report, raw.line, "ma_can_bo", code),
            lambda: self.addressed.meant(self.report, raw.line, code, str(name), addresses),
        )

    def _tell_other_name(self, raw: TableRow, code: str, name: str) -> None:
        """A code decides who is meant; that the file names somebody else is told."""
        people = self.staff.may_be(code) if code and name else []
        if len(people) == 1 and not people[0].is_named(name):
            words = _("Mã này là của %(person)s, trong tệp tên là %(name)s; hãy xem lại.")
            self.report.note(code, raw.line, words % {"person": people[0], "name": name})


def prepare_facts(
    table: Table,
    kind: FactKind,
    read: Callable[[TableRow], Fact],
    report: Report,
    now: datetime,
    progress: Progress,
    *,
    origin: Origin,
) -> FactsPrepared:
    """`read` turns a row into a Fact or raises CellError; a repeated fact in one file is an error, and so is one about
    who brings the file in on screen: what counts at once is not her own.
    """
    own = set(one_person(origin.by).values_list("pk", flat=True)) if origin.by else set()
    facts: dict[tuple, Fact] = {}
    cells: dict[tuple, dict] = {}
    for number, raw in enumerate(table, start=1):
        progress(number)
        try:
            if raw.errors:
                raise raw.errors[0]
            fact = read(raw)
            if fact.key[0] in own:
                raise CellError(STAFF_CODE.name, _("Dòng này nói về chính anh chị; người khác nộp thay."))
            if fact.key in facts:
                raise CellError("", _("Dòng này đã có ở dòng %(line)s.") % {"line": facts[fact.key].line})
        except CellError as error:
            report.reject(raw.item, raw.line, error)
            continue
        facts[fact.key] = fact
        if report.shows:
            cells[fact.key] = raw.values
    good = list(facts.values())
    batches = [good[place : place + ROWS_A_BATCH] for place in range(0, len(good), ROWS_A_BATCH)]
    wanted: list[tuple[Fact, Record | None]] = []
    for batch in batches:
        compared = _compare(batch, kind, report)
        wanted += compared
        if report.shows:
            changing = {fact.key: record for fact, record in compared}
            for fact in batch:
                report.shows(_outcome(fact, kind, cells[fact.key], changing))

    def write(progress: Progress) -> None:
        done = 0
        journal = Journal.begin(kind.change, now, origin, report.answers.kept)
        for batch in in_turns(good, ROWS_A_BATCH):
            _write(list(batch), kind, now, journal)
            done += len(batch)
            progress(done)
        journal.finish(timezone.now())

    return FactsPrepared(report, write, wanted)


def _outcome(fact: Fact, kind: FactKind, cells: dict, changing: dict[tuple, Record | None]) -> Outcome:
    """`changing` has the record that each fact to be written supersedes, None for a new one."""
    record = changing.get(fact.key)
    is_new = fact.key in changing and record is None
    written = cells | dict(zip(kind.columns, fact.values, strict=True))
    before = {} if is_new else dict(written)
    if record is not None:
        before |= dict(zip(kind.columns, kind.values_of(record), strict=True))
    return Outcome(fact.line, fact.item, before, written, is_new, record is not None)


def write_fact(fact: Fact, kind: FactKind, now: datetime, origin: Origin) -> Record | None:
    """One that no file brought, in the caller's transaction, as a change that can be undone; None where what is
    believed already says it or stays. Raises TableError where the person's record changes meanwhile.
    """
    journal = Journal.begin(kind.change, now, origin)
    new = _write([fact], kind, now, journal)
    journal.finish(now)
    return new[0] if new else None


def _compare(facts: list[Fact], kind: FactKind, report: Report) -> list[tuple[Fact, Record | None]]:
    """The facts to be written, each with the record that it supersedes, or None."""
    current = kind.current(facts)
    wanted = []
    for fact in facts:
        record = current.get(fact.key)
        if record is None:
            report.created += 1
        elif kind.values_of(record) == fact.values:
            report.unchanged += 1
            continue
        elif why := kind.kept(record):
            report.unchanged += 1
            report.note(fact.item, fact.line, why)
            continue
        else:
            report.changed += 1
        wanted.append((fact, record))
    return wanted


def _write(facts: list[Fact], kind: FactKind, now: datetime, journal: Journal) -> list[Record]:
    """What is new. Raises TableError."""
    for attempt in range(TRIES):
        try:
            with transaction.atomic():
                people = {fact.key[0] for fact in facts}
                hold_against_merging(people)
                if Merge.objects.current().into(people):
                    raise changed_meanwhile()
                wanted = _compare(facts, kind, Report())
                old = [record.pk for _fact, record in wanted if record]
                kind.model.objects.filter(pk__in=old).supersede(now)
                new = kind.model.objects.bulk_create(kind.new(fact, now) for fact, _record in wanted)
                if wanted:
                    kind.after({fact.key[0] for fact, _record in wanted}, now)
                    journal.keep(_rows(kind, wanted, new), now)
            return new
        except IntegrityError:
            if attempt == TRIES - 1:
                raise changed_meanwhile() from None
    return []


def _rows(kind: FactKind, wanted: list[tuple[Fact, Record | None]], new: list[Record]) -> Iterator[ChangedRow]:
    for (fact, record), written in zip(wanted, new, strict=True):
        yield ChangedRow(
            kind=kind.row,
            what=Deed.CHANGED if record else Deed.CREATED,
            person_id=fact.key[0],
            line=fact.line.key,
            new=written.pk,
            old=record.pk if record else None,
        )


def changed_meanwhile() -> TableError:
    return TableError(_("Dữ liệu đang được người khác sửa; hãy nhập lại tệp."))
