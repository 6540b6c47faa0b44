"""Printing for all communes at once, and taking back what was printed."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from campaigns.renderings import plan
from campaigns.renderings.batch import BATCH, ask_for_all
from campaigns.renderings.formats import FORMATS
from campaigns.renderings.pictures import ask_for
from campaigns.renderings.screens import gate
from campaigns.renderings.screens.forms import ForAllForm, StepForm, WithdrawalForm
from campaigns.renderings.sheets import Withdrawal
from campaigns.renderings.texts.approving import Refused
from campaigns.renderings.withdrawing import withdraw
from outbox.effects import Effect, EffectState
from outbox.private_files import file_answer
from people.guarding.wording import writes


@require_http_methods(["GET", "HEAD", "POST"])
@gate.leading
def for_all(request) -> HttpResponse:
    form = ForAllForm(request.POST or None)
    if form.is_valid():
        work = ask_for_all(
            form.cleaned_data["message"], form.cleaned_data["formats"], request.user, form.cleaned_data["language"]
        )
        return redirect("prints:work", work.pk)
    works = Effect.objects.of(request.user).filter(kind=BATCH)[:10]
    context = {"form": form, "works": works, "trail": gate.trail()}
    return render(request, "prints/for_all.html", context, status=422 if form.errors else 200)


def _work_or_404(user, pk: int) -> Effect:
    found = Effect.objects.of(user).filter(kind=BATCH, pk=min(pk, gate.LARGEST)).first()
    if found is None:
        raise Http404
    return found


@require_safe
@gate.leading
def work(request, pk: int) -> HttpResponse:
    return render(request, "prints/work.html", {"work": _work_or_404(request.user, pk), "trail": gate.trail()})


@require_safe
@gate.leading
def work_file(request, pk: int) -> FileResponse:
    row = _work_or_404(request.user, pk)
    if row.state != EffectState.DONE:
        raise Http404
    return file_answer(row.result["file"], as_attachment=True, filename=row.result["download"])


@require_http_methods(["GET", "HEAD", "POST"])
@gate.leading
@writes("sheet_withdrawal", gettext_lazy("vì sao rút tờ in"), "why")
def withdrawals(request) -> HttpResponse:
    form = WithdrawalForm(request.POST or None, initial={name: request.GET.get(name) for name in ("message", "format")})
    if form.is_valid():
        given = form.cleaned_data
        try:
            _row, count = withdraw(
                given["message"], given["format"], given["why"], given["replaced_by"], request.user, timezone.now()
            )
        except Refused as why:
            form.add_error(None, str(why))
        else:
            ask_for(given["message"].pk)
            messages.success(
                request, _("Đã rút %d tờ. Từ giờ mã trên tờ nói là đã rút; các xã có danh sách để gỡ.") % count
            )
            return redirect("prints:withdrawals")
    rows = Withdrawal.objects.select_related("message", "replaced_by")
    rows = rows.annotate(
        sheets=Count("versions"), down=Count("versions", filter=Q(versions__taken_down_at__isnull=False))
    )
    context = {"form": form, "rows": rows[:50], "formats": FORMATS, "trail": gate.trail()}
    return render(request, "prints/withdrawals.html", context, status=422 if form.errors else 200)


# --- the plan of the thirty days


@require_safe
@gate.leading
def plan_steps(request) -> HttpResponse:
    rows = plan.PlanStep.objects.standing()
    gone = plan.PlanStep.objects.exclude(taken_off_at=None).order_by("days", "order")
    return render(request, "prints/plan.html", {"rows": rows, "gone": gone, "trail": gate.trail()})


@require_http_methods(["GET", "HEAD", "POST"])
@gate.leading
@writes("print_plan", gettext_lazy("việc của kế hoạch 30/7"), "what", "who")
def plan_step(request, pk: int = 0) -> HttpResponse:
    """0: a new one. `bo=1` takes it off, `bo=0` brings it back; what communes ticked stays."""
    row = plan.PlanStep.objects.filter(pk=min(pk, gate.LARGEST)).first() if pk else plan.PlanStep()
    if row is None:
        raise Http404
    if pk and (off := request.POST.get("bo")) in ("0", "1"):
        plan.take_off(row, off == "1", timezone.now())
        messages.success(request, _("Đã bỏ việc này khỏi kế hoạch.") if off == "1" else _("Việc này trở lại kế hoạch."))
        return redirect("prints:plan")
    form = StepForm(request.POST or None, instance=row)
    if form.is_valid():
        plan.keep(form.save(commit=False))
        messages.success(request, _("Đã lưu. Mọi xã thấy kế hoạch mới."))
        return redirect("prints:plan")
    context = {
        "form": form,
        "heading": _("Sửa việc") if pk else _("Thêm việc"),
        "button": _("Lưu"),
        "trail": gate.trail(None, (_("Kế hoạch ngày 30/7"), reverse("prints:plan"))),
    }
    return render(request, "prints/form.html", context, status=422 if form.errors else 200)
