"""Imports of files in which every row is one fact about a person, identified by some fields."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.changes.change import ChangedRow, Deed, Journal, Origin
from people.imports import Prepared, Progress, Report
from people.persons.merges import Merge, hold_against_merging
from people.times import Record
from people.write_lock import in_turns
from tabular.cells import CellError, Line
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
    """`known_by` starts with "person_id". `kept(record)` says why a record must stay as it is, or None. `change` is the
    kind of change that an import of them is, `row` what its rows are called.
    """

    change: str
    row: str
    model: type[Record]
    known_by: tuple[str, ...]
    says: tuple[str, ...]
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


def prepare_facts(
    table: Table,
    kind: FactKind,
    read: Callable[[TableRow], Fact],
    report: Report,
    now: datetime,
    progress: Progress,
    *,
    origin: Origin,
) -> Prepared:
    """`read` turns a row into a Fact or raises CellError; a repeated fact in one file is an error."""
    facts: dict[tuple, Fact] = {}
    for number, raw in enumerate(table, start=1):
        progress(number)
        try:
            if raw.errors:
                raise raw.errors[0]
            fact = read(raw)
            if fact.key in facts:
                raise CellError("", _("Dòng này đã có ở dòng %(line)s.") % {"line": facts[fact.key].line})
        except CellError as error:
            report.reject(raw.item, raw.line, error)
            continue
        facts[fact.key] = fact
    good = list(facts.values())
    batches = [good[place : place + ROWS_A_BATCH] for place in range(0, len(good), ROWS_A_BATCH)]
    for batch in batches:
        _compare(batch, kind, report)

    def write(progress: Progress) -> None:
        done = 0
        journal = Journal.begin(kind.change, now, origin, report.answers.kept)
        for batch in in_turns(good, ROWS_A_BATCH):
            _write(list(batch), kind, now, journal)
            done += len(batch)
            progress(done)
        journal.finish(timezone.now())

    return Prepared(report, write)


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
