"""Records with a key to a unit that follow it when a reform hands it over, and go back when it is taken back.

CONTACTS = undoes(MovedRows("contact_unit", _("Số liên hệ"), 70, Contact, fits=…))
CONTACTS.move(Contact.objects.filter(…), handed, now)
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from people.changes.change import ChangedRow, Deed
from people.reforms.moving import Handed
from people.undoing.kinds import Doing, RowKind, opposite

BATCH = 100


@dataclass(frozen=True)
class MovedRows(RowKind):
    """`fits(records, to)` are those of the records that may stand at another unit, {record: unit}."""

    key: str
    title: str | Promise
    order: int
    model: type[models.Model]
    fits: Callable[[Sequence[Any], dict[int, int]], set[int]] = lambda records, to: {one.pk for one in records}

    def move(self, found: models.QuerySet, handed: Handed, now: datetime) -> int:
        """Of these records, those whose units were handed over; returns how many moved."""
        ids = list(found.filter(unit__in=list(handed.to)).order_by("pk").values_list("pk", flat=True))
        return sum(self._batch(ids[first : first + BATCH], handed, now) for first in range(0, len(ids), BATCH))

    @transaction.atomic
    def _batch(self, ids: list[int], handed: Handed, now: datetime) -> int:
        records = [one for one in self._held(ids) if one.unit_id in handed.to]
        to = {one.pk: handed.to[one.unit_id] for one in records}
        fitting = self.fits(records, to)
        rows = [self._row(one.pk, one.unit_id, to[one.pk]) for one in records if one.pk in fitting]
        self._write(rows)
        if rows:
            handed.journal.keep(rows, now)
        return len(rows)

    def _held(self, ids: Iterable[int | None]) -> list[Any]:
        return list(self.model._default_manager.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk"))

    def _row(self, pk: int, old: int, new: int) -> ChangedRow:
        return ChangedRow(
            kind=self.key, what=Deed.CHANGED, unit_id=old, new=pk, before={"unit": old}, after={"unit": new}
        )

    def _write(self, rows: Sequence[ChangedRow]) -> None:
        """Each saved as itself, so that whoever listens hears of it: what the public reads is drawn anew."""
        records = {one.pk: one for one in self._held([row.new for row in rows])}
        for row in rows:
            assert row.after is not None
            assert row.new is not None
            records[row.new].unit_id = row.after["unit"]
            records[row.new].save(update_fields=["unit"])

    def plan(self, rows, chosen, by=None):
        records = {one.pk: one for one in self._held([row.new for row in rows])}
        stays, back = {}, {}
        for row in rows:
            record = records.get(row.new)
            if record is None:
                stays[row.pk] = _("Nay không còn nên không có gì để hoàn tác.")
            elif record.unit_id != row.after["unit"]:
                stays[row.pk] = _("Sau đó đã chuyển đi nơi khác nên giữ như hiện nay.")
            else:
                back[row.new] = row.before["unit"]
        fitting = self.fits([records[pk] for pk in back], back)
        no_room = _("Ở đơn vị cũ đã có một mục như vậy nên giữ như hiện nay.")
        return stays | {row.pk: no_room for row in rows if row.new in back and row.new not in fitting}

    def undo(self, rows: Sequence[ChangedRow], doing: Doing) -> list[ChangedRow]:
        written = [opposite(row, new=row.new, before=row.after, after=row.before) for row in rows]
        self._write(written)
        return written

    def words(self, rows):
        records = {one.pk: str(one) for one in self.model._default_manager.filter(pk__in=[row.new for row in rows])}
        return {row.pk: records.get(row.new, "") for row in rows}

    def at(self, units: Collection[int]) -> models.QuerySet:
        """Of records at these units, those that no reform brought there."""
        brought = ChangedRow.objects.filter(kind=self.key, undone_by=None).values("new")
        return self.model._default_manager.filter(unit__in=units).exclude(pk__in=brought)
