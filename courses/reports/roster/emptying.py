"""The page on which all that is open in a unit is ended: what it ends first, then the typed number."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from courses.reports.importing.jobs import is_typed
from courses.reports.query.gate import uploading
from letters.numbers import is_number
from outbox.draining import run_at_once
from outbox.effects import Effect, Job, Refused, effect, enqueue
from people.changes.change import BulkChange, Origin
from people.log.audit import Act, record
from people.rights.scope import import_reach
from people.roster import emptied
from people.times import today
from people.units.unit import Unit
from tabular.tables import TableError

END = "end_unit"
# more are ended in the background
AT_ONCE = 300
SHOWN = 500


@effect(END, label=gettext_lazy("Kết thúc mọi công tác của một đơn vị"))
def end(job: Job) -> dict:
    unit = Unit.objects.filter(pk=job.payload["unit"]).first()
    user = job.requested_by
    within = import_reach(user) if user else set()
    if unit is None or not _reaches(within, unit):
        raise Refused(_("Đơn vị này ngoài phạm vi phụ trách của anh chị."))
    origin = Origin(f"{unit.name} ({unit.code})", user, job.key)
    try:
        return {"ended": emptied.end_all(unit, timezone.now(), within, job.payload["count"], origin)}
    except TableError as error:
        raise Refused(str(error)) from None


def _reaches(within: set[int] | None, unit: Unit) -> bool:
    return within is None or unit.pk in within


def _meant(code: str, within: set[int] | None) -> Unit:
    """Today's unit with this code, else the last that had it: one that was split without an heir has ended."""
    units = Unit.objects.filter(code=code)
    unit = units.on(today()).first() or units.order_by("-valid_from").first()
    if unit is None or not _reaches(within, unit):
        raise Http404
    return unit


@require_http_methods(["GET", "HEAD", "POST"])
@uploading
def empty(request, code):
    """A POST with `so`, the number of what is open, ends it; `viec` is the work that does."""
    within = import_reach(request.user)
    unit = _meant(code, within)
    work = _work(request, unit)
    missing = emptied.open_in(unit, timezone.now(), within)
    count = len(missing.endings)
    not_typed = False
    if request.method == "POST" and count:
        if is_typed(request.POST.get("so", ""), count):
            row = enqueue(END, {"unit": unit.pk, "count": count}, requested_by=request.user)
            row = run_at_once(row) if count <= AT_ONCE else row
            return redirect(f"{reverse('reports:empty_unit', args=[code])}?viec={row.pk}")
        not_typed = True
    record(Act.SAW_PEOPLE, request.user, unit=unit, on=today(), count=min(count, SHOWN))
    context = {
        "unit": unit,
        "work": work,
        "change": BulkChange.objects.filter(key=work.key).first() if work else None,
        "count": count,
        "endings": missing.endings[:SHOWN],
        "last_day": missing.last_day,
        "not_typed": not_typed,
        "typed": request.POST.get("so", ""),
        "trail": [(_("Tiến độ"), reverse("reports:home")), (_("Danh sách cán bộ"), reverse("reports:find"))],
    }
    return render(request, "reports/empty_unit.html", context, status=422 if not_typed else 200)


def _work(request, unit: Unit) -> Effect | None:
    pk = request.GET.get("viec", "")
    if not is_number(pk):
        return None
    return get_object_or_404(Effect.objects.of(request.user), pk=int(pk), kind=END, payload__unit=unit.pk)
