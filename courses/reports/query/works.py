"""Exports and imports in the background, in words, for the lists of their requesters.

Each listed kind of effect is registered beside its handler:

    lists_works(EXPORT)
    lists_works(CHECK, page="reports:roster_work")    # a page of its own, by the effect's id
    lists_works(CALLS, kept="call_lists")             # how long its file is kept
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from outbox.effects import Effect, EffectState

SHOWN = 30
ROWS = gettext_lazy("dòng")
TONES: dict[str, str] = {
    EffectState.DONE: "ok",
    EffectState.FAILED: "bad",
    EffectState.RUNNING: "info",
    EffectState.WAITING: "info",
}


@dataclass(frozen=True)
class Work:
    """An effect in words, for the list."""

    row: Effect

    def __getattr__(self, name):
        return getattr(self.row, name)

    @property
    def title(self) -> str:
        name = self.row.payload.get("name") or self.row.result.get("download", "")
        return f"{self.row.label}: {name}" if name else self.row.label

    @property
    def state(self) -> str:
        return str(EffectState(self.row.state).label)

    @property
    def tone(self) -> str:
        return TONES[self.row.state]

    @property
    def counted(self) -> str:
        """What `done` and `total` count."""
        return str(_KINDS[self.row.kind].counted)

    @property
    def note(self) -> str:
        """Why it failed, or until when its file is kept."""
        if not self._file_ends:
            return self.row.error
        if self._is_ended:
            return _("Tệp đã hết hạn, đã xóa.")
        return _("Tệp được giữ đến %(time)s.") % {"time": f"{timezone.localtime(self._file_ends):%H:%M %d/%m/%Y}"}

    @property
    def _file_ends(self) -> datetime | None:
        """None of what has no file to be fetched from the list."""
        row, kind = self.row, _KINDS[self.row.kind]
        if row.state != EffectState.DONE or kind.page or not row.result.get("file") or not row.finished_at:
            return None
        return row.finished_at + settings.RETENTION[kind.kept]

    @property
    def _is_ended(self) -> bool:
        return self._file_ends is not None and self._file_ends <= timezone.now()

    @property
    def address(self) -> str:
        if change := self.row.result.get("change"):
            return reverse("change", args=[change])
        if page := _KINDS[self.row.kind].page:
            return reverse(page, args=[self.row.pk])
        if self.row.state == EffectState.DONE and not self._is_ended:
            return reverse("reports:work_file", args=[self.row.pk])
        return reverse("reports:works")


@dataclass(frozen=True)
class WorkKind:
    """`counted` is what its progress counts; `page` is the URL name of its own page, "" if none; `kept` names the
    period for which its file is kept.
    """

    counted: str | Promise
    page: str
    kept: str


_KINDS: dict[str, WorkKind] = {}


def lists_works(kind: str, *, counted: str | Promise = ROWS, page: str = "", kept: str = "private_files") -> None:
    _KINDS[kind] = WorkKind(counted, page, kept)


def listed_kinds() -> Collection[str]:
    return _KINDS.keys()


def works_of(user, kinds: Collection[str] | None = None) -> list[Work]:
    """The user's latest works of these kinds, by default of all listed kinds."""
    wanted = listed_kinds() if kinds is None else kinds
    return [Work(row) for row in Effect.objects.of(user).filter(kind__in=wanted)[:SHOWN]]
