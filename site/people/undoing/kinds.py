"""How the rows of a change are undone, by the kind of record; each app registers its kinds.

    undoes(RecordRows("excuse", _("Miễn"), order=10, model=Excuse, known_by=..., says=..., after=...))

What was believed before is recorded again, as of the undo; nothing is deleted, so figures as known on an earlier day
stay as they were. A row stays as it is where what is believed now is not what the change wrote.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from people.changes.change import ChangedRow, Deed
from people.persons.merges import MERGED, Merge
from people.times import Record

# what undoing a row does to its record
OPPOSITE = {
    Deed.CREATED: Deed.REMOVED,
    Deed.CHANGED: Deed.CHANGED,
    Deed.ENDED: Deed.CHANGED,
    Deed.REMOVED: Deed.CREATED,
}


@dataclass(frozen=True)
class Doing:
    """The undo that is being made: when, by whom (None: the server), and why, in a sentence for whom it concerns."""

    now: datetime
    by: Any
    reason: str


class RowKind:
    """`key` is kept with rows. Kinds of a lower `order` are undone first."""

    key: str
    title: str | Promise
    order: int

    def plan(self, rows: Sequence[ChangedRow], chosen: models.QuerySet, by: Any = None) -> dict[int, str]:
        """{row: why it stays}; a row that goes back is missing. `chosen` are all rows of the undo, of every kind; `by`
        is who undoes (None: the server).
        """
        raise NotImplementedError

    def undo(self, rows: Sequence[ChangedRow], doing: Doing) -> list[ChangedRow]:
        """Undoes rows that nothing keeps, in the caller's transaction; returns what it did, as rows of the undo."""
        raise NotImplementedError

    def words(self, rows: Sequence[ChangedRow]) -> dict[int, str]:
        """{row: what its record says, in a few words}."""
        raise NotImplementedError

    def finish(self) -> None:
        """Called when all rows of the kind were undone, also by an attempt that finds nothing left to do."""

    def consequences(self, rows: Sequence[ChangedRow]) -> list[str]:
        """What else changes when these rows are undone, a short sentence each: certificates that are revoked."""
        return []


ROW_KINDS: dict[str, RowKind] = {}


def undoes(kind: RowKind) -> RowKind:
    ROW_KINDS[kind.key] = kind
    return kind


def in_order() -> list[RowKind]:
    return sorted(ROW_KINDS.values(), key=lambda kind: kind.order)


def opposite(row: ChangedRow, **fields) -> ChangedRow:
    """The row of an undo that undoes `row`."""
    return ChangedRow(
        kind=row.kind,
        what=OPPOSITE[Deed(row.what)],
        person_id=row.person_id,
        unit_id=row.unit_id,
        line=row.line,
        undoes=row,
        **fields,
    )


def people_of(done: Iterable[tuple[ChangedRow, Any, Any]]) -> set[int]:
    """Whom undone rows concern: who had the record, and who has it again where it had been merged into another's."""
    return {record.person_id for _row, *records in done for record in records if record}


@dataclass(frozen=True)
class RecordRows(RowKind):
    """Rows about records with two times. A record is known by `known_by` among those that are believed; `says` are the
    fields in which it may differ.
    """

    key: str
    title: str | Promise
    order: int
    model: type[Record]
    known_by: tuple[str, ...]
    says: tuple[str, ...]
    # what a record says, in a few words
    written: Callable[[Any], str]
    # called inside the transaction with what was undone: (row, record that was believed, record that is now) …
    after: Callable[[list[tuple[ChangedRow, Any, Any]], Doing], Iterable[ChangedRow] | None]
    # why a record may not go back although the row is as it was written, by primary key
    kept: Callable[[Iterable[Any]], dict[int, str]] = lambda records: {}
    related: tuple[str, ...] = ()
    # what else `written` reads, of many
    listed: tuple[str, ...] = ()
    # by record, what it says beyond its own fields
    more: Callable[[Iterable[int]], dict[int, frozenset]] = lambda records: {}
    # writes that for copies: (copy, the record it is a copy of)
    copy_more: Callable[[list[tuple[Any, Any]]], None] = lambda pairs: None
    also_changes: Callable[[Sequence[ChangedRow]], list[str]] = field(default=lambda rows: [])

    def plan(self, rows, chosen, by=None):
        then, now = self._read(rows)
        kept = self.kept([record for record in now.values() if record])
        gone = self._of_who_is_gone(rows, then, chosen)
        stays = {}
        for row in rows:
            record, meant = now[row.pk], then.get(row.new)
            if (record is None) != (meant is None) or self._differ(record, meant):
                stays[row.pk] = self._changed(record)
            elif record and (why := kept.get(record.pk)):
                stays[row.pk] = why
            elif record is None and row.old in gone:
                stays[row.pk] = _("Hồ sơ này đã gộp vào hồ sơ khác nên giữ như hiện nay.")
        return stays

    def leaving(self, rows, chosen) -> set[int]:
        """Which records that are believed now would be no more, and nothing in their place, once these are undone."""
        stays = self.plan(rows, chosen)
        _then, now = self._read(rows)
        going = [now[row.pk] for row in rows if row.pk not in stays and not row.old]
        return {record.pk for record in going if record}

    def _of_who_is_gone(self, rows, then, chosen) -> set[int | None]:
        """Which of the old records would come back to somebody who was merged into another, unless it is that merge
        which is undone.
        """
        whose = {row.old: getattr(then.get(row.old), "person_id", None) for row in rows if row.old and not row.new}
        into = Merge.objects.current().into(filter(None, whose.values())) if any(whose.values()) else {}
        if into and not chosen.filter(kind=MERGED).exists():
            return {pk for pk, person in whose.items() if person in into}
        return set()

    def undo(self, rows, doing):
        then, now = self._read(rows)
        believed = {row.pk: now[row.pk] for row in rows}
        self.model.objects.filter(pk__in=[one.pk for one in believed.values() if one]).supersede(doing.now)
        again = {row.pk: self._copy(then[row.old], doing.now) for row in rows if row.old in then}
        self.model.objects.bulk_create(again.values())
        self.copy_more([(again[row.pk], then[row.old]) for row in rows if row.pk in again])
        done = [(row, believed[row.pk], again.get(row.pk)) for row in rows]
        written = [opposite(row, new=new.pk if new else None, old=old.pk if old else None) for row, old, new in done]
        return written + list(self.after(done, doing) or ())

    def words(self, rows):
        """Of a record that was changed, as it was before and as it is since."""
        ids = {pk for row in rows for pk in (row.old, row.new) if pk}
        found = self.model.objects.filter(pk__in=ids).select_related(*self.related).prefetch_related(*self.listed)
        records = {record.pk: self.written(record) for record in found}
        said = {row.pk: [records[pk] for pk in (row.old, row.new) if pk in records] for row in rows}
        return {pk: " → ".join(dict.fromkeys(words)) for pk, words in said.items()}

    def consequences(self, rows):
        return self.also_changes(rows)

    def _read(self, rows) -> tuple[dict[int | None, Any], dict[int, Any]]:
        """The records that the rows name, and for each row the one believed now; four queries at most."""
        ids = {pk for row in rows for pk in (row.new, row.old) if pk}
        then: dict[int | None, Any] = {record.pk: record for record in self.model.objects.filter(pk__in=ids)}
        first = self.known_by[0]
        whose = {getattr(record, first) for record in then.values()}
        current = {self._known(one): one for one in self.model.objects.current().filter(**{f"{first}__in": whose})}
        now = {row.pk: current.get(self._known(then[row.new or row.old])) for row in rows}
        more = self.more(ids | {one.pk for one in now.values() if one})
        for record in [*then.values(), *now.values()]:
            if record:
                record.says_more = more.get(record.pk, frozenset())
        return then, now

    def _known(self, record) -> tuple:
        return tuple(getattr(record, name) for name in self.known_by)

    def _differ(self, record, meant) -> bool:
        return record is not None and (
            record.says_more != meant.says_more
            or any(getattr(record, name) != getattr(meant, name) for name in self.says)
        )

    def _changed(self, record) -> str:
        if record is None:
            return _("Sau đó đã được rút lại nên giữ như hiện nay.")
        return _("Sau đó đã được ghi khác nên giữ như hiện nay.")

    def _copy(self, record, now: datetime):
        skipped = {"id", "recorded_at", "superseded_at"}
        fields = {one.attname: getattr(record, one.attname) for one in self.model._meta.concrete_fields}
        return self.model(**{name: value for name, value in fields.items() if name not in skipped}, recorded_at=now)
