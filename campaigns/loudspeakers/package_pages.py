"""`/loa-xa/goi/`: a package of a week is asked for, made in the background, fetched by who plans the loudspeakers."""

from datetime import date, timedelta

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from campaigns.activities.screens import gate
from campaigns.loudspeakers.package import WEEK, Package, ask, deleted, week_of, withdrawn, work_of
from campaigns.messages.message import MessageRecording
from config.languages import NAMES
from outbox.effects import EffectState
from outbox.private_files import file_answer
from people.times import today

WEEKS_AHEAD = 6


class PackageForm(forms.Form):
    """Languages in which some message has a voice, Vietnamese first."""

    week = forms.ChoiceField(label=gettext_lazy("Tuần"))
    language = forms.ChoiceField(label=gettext_lazy("Tiếng"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        monday = week_of(today())
        weeks = [monday + n * WEEK for n in range(WEEKS_AHEAD)]
        names = [(f"{one:%Y-%m-%d}", f"{one:%d/%m} – {one + timedelta(days=6):%d/%m/%Y}") for one in weeks]
        spoken = set(MessageRecording.objects.values_list("language", flat=True).distinct()) | {"vi"}
        self.fields["week"].choices = names  # type: ignore[attr-defined]
        tongues = [(tag, said) for tag, (said, _own) in NAMES.items() if tag in spoken]
        self.fields["language"].choices = tongues  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
@gate.reading
def packages(request, pk: int) -> HttpResponse:
    unit = gate.commune_or_404(request.user, pk)
    form = PackageForm(request.POST or None)
    if form.is_valid():
        monday = date.fromisoformat(form.cleaned_data["week"])
        row, _work = ask(unit, monday, form.cleaned_data["language"], request.user, timezone.now())
        return redirect("loudspeakers:package", row.pk)
    rows = list(Package.objects.filter(commune=unit, made=True)[:20])
    gone = withdrawn(rows)
    context = {
        "unit": unit,
        "form": form,
        "rows": [(row, gone.get(row.pk, "")) for row in rows],
        "today": today(),
        "trail": _trail(unit),
    }
    return render(request, "loudspeakers/packages.html", context, status=422 if form.errors else 200)


def _package_or_404(request, pk: int) -> Package:
    row = Package.objects.filter(pk=min(pk, gate.LARGEST)).select_related("commune").first()
    if row is None:
        raise Http404
    gate.commune_or_404(request.user, row.commune_id)
    return row


@require_http_methods(["GET", "HEAD", "POST"])
@gate.reading
def package(request, pk: int) -> HttpResponse:
    """A POST ticks that what was withdrawn is deleted from sticks and cards."""
    row = _package_or_404(request, pk)
    if request.method == "POST":
        if deleted(row, request.user, timezone.now()):
            messages.success(request, _("Đã ghi là xã đã xóa gói này."))
        return redirect("loudspeakers:package", row.pk)
    context = {
        "row": row,
        "work": work_of(row),
        "ended": withdrawn([row]).get(row.pk, ""),
        "trail": _trail(row.commune),
    }
    return render(request, "loudspeakers/package.html", context)


@require_safe
@gate.reading
def package_file(request, pk: int) -> HttpResponseBase:
    """Not after its last day, nor once a voice or a message in it was withdrawn."""
    row = _package_or_404(request, pk)
    work = work_of(row)
    if work is None or work.state != EffectState.DONE:
        messages.error(request, _("Gói này không có tệp; làm gói mới."))
        return redirect("loudspeakers:package", row.pk)
    if withdrawn([row]) or row.use_until < today():
        messages.error(request, _("Gói này không phát nữa; làm gói mới."))
        return redirect("loudspeakers:package", row.pk)
    return file_answer(work.result["file"], as_attachment=True, filename=work.result["download"])


def _trail(unit) -> list[tuple[str, str]]:
    return [*gate.trail(), (unit.name, f"/loa-xa/{unit.pk}/")]
