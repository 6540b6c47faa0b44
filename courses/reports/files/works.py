"""The list of one's own exports and imports in the background, and their files."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from courses.certificates import batches
from courses.reports.query.gate import reading_figures
from courses.reports.query.works import listed_kinds, lists_works, works_of
from outbox.effects import Effect, EffectState
from outbox.private_files import file_answer
from people.rights.roles import PEOPLE_KINDS

lists_works(batches.BATCH, counted=gettext_lazy("chứng nhận"))


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
    """The file of a finished work, for the requester while they may see people."""
    row = Effect.objects.of(request.user).filter(kind__in=listed_kinds(), pk=pk, state=EffectState.DONE).first()
    name = row.result.get("file") if row else ""
    if not name or not request.reader.holds(PEOPLE_KINDS):
        raise Http404
    return file_answer(name, as_attachment=True, filename=row.result.get("download") or name)
