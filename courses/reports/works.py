"""What somebody's exports and imports are doing in the background, and the files that came of them."""

from dataclasses import dataclass

from django.http import FileResponse, Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from courses.certificates import batches
from courses.reports.files import export_jobs
from courses.reports.query.gate import reading_figures
from courses.reports.roster import jobs as roster_jobs
from outbox.effects import Effect, EffectState
from outbox.private_files import private_files
from people.rights.roles import PEOPLE_KINDS

KINDS = [roster_jobs.CHECK, roster_jobs.IMPORT, export_jobs.EXPORT, batches.BATCH]
SHOWN = 30
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
        return _("chứng nhận") if self.row.kind == batches.BATCH else _("dòng")

    @property
    def note(self) -> str:
        return self.row.error

    @property
    def address(self) -> str:
        if self.row.kind in (roster_jobs.CHECK, roster_jobs.IMPORT):
            return reverse("reports:roster_work", args=[self.row.pk])
        if self.row.state == EffectState.DONE:
            return reverse("reports:work_file", args=[self.row.pk])
        return reverse("reports:works")


def works_of(user, kinds=KINDS) -> list[Work]:
    return [Work(row) for row in Effect.objects.of(user).filter(kind__in=kinds)[:SHOWN]]


@require_safe
@reading_figures
def works(request):
    mine = works_of(request.user)
    trail = [(_("Tiến độ"), reverse("reports:home"))]
    running = any(not work.is_finished for work in mine)
    return render(request, "reports/works.html", {"works": mine, "running": running, "trail": trail})


@require_safe
@reading_figures
def work_file(request, pk):
    """The file of a finished work, for who asked for it and may still see people."""
    row = Effect.objects.of(request.user).filter(kind__in=KINDS, pk=pk, state=EffectState.DONE).first()
    name = row.result.get("file") if row else ""
    if not name or not request.reader.holds(PEOPLE_KINDS) or not private_files.exists(name):
        raise Http404
    return FileResponse(private_files.open(name), as_attachment=True, filename=row.result.get("download") or name)
