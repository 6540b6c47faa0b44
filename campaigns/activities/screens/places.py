"""`/hoat-dong/xa/…`: what a commune keeps of itself (hamlets, languages, whether its log is complete), and kinds."""

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from campaigns.activities.made.complete import LogComplete, SpokenThere, say_complete, say_spoken
from campaigns.activities.made.hamlet import Hamlet, in_order
from campaigns.activities.made.kind import ActivityKind
from campaigns.activities.screens import gate
from campaigns.activities.screens.short_forms import CompleteForm, HamletForm, KindForm, SpokenForm
from letters.numbers import is_number
from people.guarding.wording import writes
from people.units.unit import Unit


@require_http_methods(["GET", "HEAD", "POST"])
@gate.reading
@writes("hamlet", gettext_lazy("Tên thôn"), "name")
def commune(request, pk: int) -> HttpResponse:
    unit = gate.commune_or_404(request.user, pk)
    if request.method == "POST":
        act = request.POST.get("act", "")
        form = {"hamlet": HamletForm, "complete": CompleteForm, "spoken": SpokenForm}.get(act)
        posted = form(request.POST) if form else None
        if posted is not None and not posted.is_valid():
            return _page(request, unit, {act: posted})
        _said(request, unit, act, posted)
        return redirect("activities:commune", unit.pk)
    return _page(request, unit, {})


def _said(request, unit: Unit, act: str, form) -> None:
    now = timezone.now()
    if act == "hamlet":
        _add_hamlet(request, unit, form.cleaned_data["name"])
    elif act == "complete":
        say_complete(request.user, unit, form.cleaned_data["until"], now)
        messages.success(request, _("Đã ghi: sổ đã đủ đến ngày ấy."))
    elif act == "incomplete":
        say_complete(request.user, unit, None, now)
        messages.success(request, _("Đã rút: sổ lại là chưa rõ đủ hay chưa."))
    elif act == "spoken":
        say_spoken(request.user, unit, set(form.cleaned_data["languages"]), now)
        messages.success(request, _("Đã ghi tiếng nói trong xã."))
    elif act in ("end", "again"):
        typed = request.POST.get("which", "")
        which = int(typed) if is_number(typed) else 0
        if Hamlet.objects.filter(pk=which, commune=unit).update(ended=act == "end"):
            messages.success(request, _("Đã lưu danh sách thôn."))


def _add_hamlet(request, unit: Unit, name: str) -> None:
    try:
        with transaction.atomic():
            Hamlet.objects.create(commune=unit, name=name)
    except IntegrityError:
        messages.error(request, _("Thôn này đã có trong danh sách."))
    else:
        messages.success(request, _("Đã thêm thôn."))


def _page(request, unit: Unit, forms: dict) -> HttpResponse:
    spoken = SpokenThere.objects.filter(commune=unit, superseded_at=None).values_list("language", flat=True)
    context = {
        "unit": unit,
        "hamlets": in_order(Hamlet.objects.filter(commune=unit)),
        "complete": LogComplete.objects.filter(commune=unit, superseded_at=None).select_related("by").first(),
        "hamlet_form": forms.get("hamlet") or HamletForm(auto_id="thon_%s"),
        "complete_form": forms.get("complete") or CompleteForm(auto_id="du_%s"),
        "spoken_form": forms.get("spoken") or SpokenForm(initial={"languages": list(spoken)}, auto_id="tieng_%s"),
        "trail": gate.trail(),
    }
    return render(request, "activities/commune.html", context, status=422 if forms else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@gate.naming
@writes("activity_kind", gettext_lazy("Tên loại hoạt động"), "name")
def kinds(request) -> HttpResponse:
    """The province renames a kind or retires it."""
    wrong = None
    if request.method == "POST":
        typed = request.POST.get("which", "")
        found = get_object_or_404(ActivityKind, pk=int(typed) if is_number(typed) else 0)
        form = KindForm(request.POST, instance=found)
        if form.is_valid():
            form.save()
            messages.success(request, _("Đã lưu."))
            return redirect("activities:kinds")
        wrong = form
    rows = [
        wrong if wrong and wrong.instance.pk == kind.pk else KindForm(instance=kind, auto_id=f"loai{kind.pk}_%s")
        for kind in ActivityKind.objects.all()
    ]
    context = {"rows": rows, "trail": gate.trail()}
    return render(request, "activities/kinds.html", context, status=422 if wrong else 200)
