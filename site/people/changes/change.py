"""Changes of many people at once, an import or a bulk act, and the rows that each of them wrote.

A change is kept so that it can be undone (`people.undoing`). Its rows are written in the transaction that writes what
they tell of, so a change that was killed can be undone for all that it wrote.

    journal = Journal.begin("roster", now, Origin("danh-sach.xlsx", by=request.user))
    with transaction.atomic():
        ...
        journal.keep([ChangedRow(kind="posting", what=Deed.CREATED, new=posting.pk, person_id=...)], now)
    journal.finish(now)
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.statements.plain_rows import insert_models
from tabular.tables import TableError


class Deed(models.TextChoices):
    """What was done to a record."""

    CREATED = "created", gettext_lazy("Ghi mới")
    CHANGED = "changed", gettext_lazy("Sửa")
    ENDED = "ended", gettext_lazy("Kết thúc")
    REMOVED = "removed", gettext_lazy("Bỏ")


class ChangeState(models.TextChoices):
    DONE = "done", gettext_lazy("Đã xong")
    OPEN = "open", gettext_lazy("Đang làm, hoặc bị ngắt")
    STOPPED = "stopped", gettext_lazy("Bị dừng để hoàn tác")
    OLD = "old", gettext_lazy("Có từ trước, không hoàn tác được")


@dataclass(frozen=True)
class ChangeKind:
    """`may` are the kinds of roles that, held for the whole province, could make such a change themselves."""

    label: str | Promise
    may: frozenset[str]


KINDS: dict[str, ChangeKind] = {}


def change_kind(kind: str, label: str | Promise, may: Iterable[str]) -> str:
    """Registers a kind of change and returns its name."""
    KINDS[kind] = ChangeKind(label, frozenset(may))
    return kind


class BulkChange(models.Model):
    kind = models.CharField(max_length=20)
    # the background work that makes it, so that a second attempt goes on with it; NULL: none
    key = models.CharField(max_length=120, unique=True, null=True)
    # NULL: by a command on the server
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # the file, or what the act was about
    name = models.CharField(max_length=120, blank=True)
    begun_at = models.DateTimeField(default=timezone.now, db_index=True)
    # when its last batch was written
    last_at = models.DateTimeField(null=True)
    # NULL: it is being made, or was killed
    ended_at = models.DateTimeField(null=True)
    # rows that it wrote
    written = models.PositiveIntegerField(default=0)
    # an undo began meanwhile, so no further batch is written
    stopped_at = models.DateTimeField(null=True)
    # from before rows were kept: nothing is known of it but that it was made
    is_old = models.BooleanField(default=False)
    # answers to the questions of the file, {kind: {"*" or row: choice}}
    answers = models.JSONField(default=dict)
    # which cells of the file were mended on screen, {row: [columns]}; what they hold now stands in the rows
    mended = models.JSONField(default=dict)
    # what it undoes, as a change of the same kind; NULL: it is no undo
    undoes = models.ForeignKey("self", models.CASCADE, null=True, related_name="undone_in")

    class Meta:
        verbose_name = gettext_lazy("lần thay đổi")
        verbose_name_plural = gettext_lazy("các lần thay đổi")
        ordering = ["-begun_at", "-pk"]

    def __str__(self):
        return f"{self.label}: {self.name}" if self.name else self.label

    @property
    def label(self) -> str:
        label = str(KINDS[self.kind].label) if self.kind in KINDS else self.kind
        return _("Hoàn tác: %(what)s") % {"what": label} if self.undoes_id else label

    @property
    def state(self) -> ChangeState:
        if self.is_old:
            return ChangeState.OLD
        if self.ended_at:
            return ChangeState.DONE
        return ChangeState.STOPPED if self.stopped_at else ChangeState.OPEN


class ChangedRow(models.Model):
    """What a change did to one record. `new` is the record that it wrote and `old` the one that was believed before, by
    primary key, each NULL where there is none. Where a table keeps no earlier values, they are in `before`, and what
    was written in their place in `after`.
    """

    change = models.ForeignKey(BulkChange, models.CASCADE, related_name="rows")
    # which records: a key of `people.undoing.kinds`
    kind = models.CharField(max_length=20)
    what = models.CharField(max_length=8, choices=Deed.choices)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="changed_rows")
    unit = models.ForeignKey("people.Unit", models.CASCADE, null=True, related_name="+", db_index=False)
    # the row of the file, as `Line.key`
    line = models.CharField(max_length=16, blank=True)
    new = models.BigIntegerField(null=True)
    old = models.BigIntegerField(null=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    undone_by = models.ForeignKey(BulkChange, models.SET_NULL, null=True, related_name="+", db_index=False)
    # the row that this row of an undo undoes
    undoes = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+", db_index=False)
    # why the last undo left it as it is
    stays = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = gettext_lazy("dòng thay đổi")
        verbose_name_plural = gettext_lazy("dòng thay đổi")
        ordering = ["pk"]


@dataclass(frozen=True)
class Origin:
    """Whence a change comes: a file's name or what it is about, by whom (None: the server), for which work."""

    name: str = ""
    by: Any = None
    key: str | None = None


class Stopped(TableError):
    """An undo of this change began; nothing more of it is written."""

    def __init__(self):
        super().__init__(_("Lần nhập này đang được hoàn tác nên dừng lại; phần đã ghi sẽ được hoàn tác."))


class Journal:
    """Keeps the rows of one change."""

    def __init__(self, change: BulkChange):
        self.change = change

    @classmethod
    def begin(
        cls, kind: str, now: datetime, origin: Origin, answers: dict | None = None, undoes: BulkChange | None = None
    ) -> Self:
        """A second attempt of the same work goes on with its change."""
        values = {
            "kind": kind,
            "by": origin.by,
            "name": origin.name[:120],
            "begun_at": now,
            "answers": answers or {},
            "undoes": undoes,
        }
        if origin.key is None:
            return cls(BulkChange.objects.create(**values))
        return cls(BulkChange.objects.get_or_create(key=origin.key, defaults=values)[0])

    def keep(self, rows: Iterable[ChangedRow], now: datetime) -> None:
        """Call it last in the transaction that writes what the rows tell of. Raises Stopped.

        By the lock on its row an undo waits for this batch, and the next batch sees the undo.
        """
        rows = list(rows)
        for row in rows:
            row.change = self.change
        kept = insert_models(rows)
        going_on = BulkChange.objects.filter(pk=self.change.pk, stopped_at=None)
        if not going_on.update(last_at=now, written=F("written") + kept):
            raise Stopped

    def finish(self, now: datetime) -> None:
        """A change that changed nothing is none."""
        if not self.change.rows.exists():
            self.change.delete()
            return
        BulkChange.objects.filter(pk=self.change.pk).update(ended_at=now)


def stop(change: BulkChange, now: datetime) -> None:
    """Ends it where it is still being made: its next batch is refused."""
    BulkChange.objects.filter(pk=change.pk, ended_at=None, stopped_at=None).update(stopped_at=now)
