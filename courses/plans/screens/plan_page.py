"""`/ke-hoach/ban/…`: one plan or template with its tasks, and what is done with it as a whole."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from courses.plans.made import deciding, making, whose
from courses.plans.made.following import follow
from courses.plans.made.making import Refused, approved_version, carried, with_lines
from courses.plans.made.plan import Plan, PlanState, PlanVersion
from courses.plans.made.rules import LABELS, TaskState
from courses.plans.made.task import Money, Task, TaskKind
from courses.plans.screens import gate
from courses.plans.screens.beside_plan import suggestions_of, template_news
from courses.plans.screens.forms import HeadForm, TemplateHeadForm
from courses.plans.told.standing import Told, results_of, sums, tell
from people.guarding.wording import writes
from people.times import today
from people.units.unit import UnitKind


@require_http_methods(["GET", "HEAD", "POST"])
@gate.reading
@writes("plan", gettext_lazy("Lý do và trả lời về kế hoạch năm"), "reason", "answer")
def plan(request, row: Plan) -> HttpResponse:
    version = gate.shown_version(row)
    if request.method == "POST":
        return _act(request, row, version)
    return _shown(request, row, version)


@require_safe
@gate.reading
def old_version(request, row: Plan, number: int) -> HttpResponse:
    """What was approved stays to be read. Of what is being written only who writes it."""
    versions = row.versions.filter(number=min(number, 32_767))
    if not row.writes:  # type: ignore[attr-defined]
        versions = versions.exclude(state=PlanState.DRAFT)
    version = versions.first()
    if version is None:
        raise Http404
    version.plan = row
    return _shown(request, row, version, newest=False)


def _shown(request, row: Plan, version: PlanVersion, newest: bool = True) -> HttpResponse:
    listed = tell(version, today())
    total = sums(listed)
    writing = newest and row.writes and version.is_written  # type: ignore[attr-defined]
    suggestions = suggestions_of(row, version, listed) if newest else {}
    context = {
        "row": row,
        "name": gate.named(row),
        "version": version,
        "groups": [(label, [(told, suggestions.get(told.task.key)) for told in of]) for label, of in _groups(listed)],
        "suggested": len(suggestions),
        "total": total,
        "counts": [(LABELS[state], total.by_state[state]) for state in TaskState if total.by_state[state]],
        "sources": [(Money(source).label, amount) for source, amount in total.by_source.items()],
        "versions": _readable_versions(row, version),
        "newest": newest,
        "writing": writing,
        "template_news": template_news(row, version) if newest and row.writes else None,  # type: ignore[attr-defined]
        "undone": _undone(row, version) if writing else [],
        "decides": newest and whose.waiting_for(request.user).filter(pk=version.pk).exists(),
        "offered_to": [UnitKind(kind).label for kind in version.offered_to],
        "trail": gate.trail() if newest else gate.trail(row),
    }
    return render(request, "plans/plan.html", context)


def _groups(listed: list[Told]) -> list[tuple[str, list[Told]]]:
    """The tasks under the heading of their kind; kinds without one are not shown."""
    by_kind = {kind: [told for told in listed if told.task.kind == kind] for kind in TaskKind}
    return [(str(kind.label), of) for kind, of in by_kind.items() if of]


def _readable_versions(row: Plan, shown: PlanVersion) -> list[PlanVersion]:
    versions = row.versions.select_related("decided_by").order_by("-number").exclude(pk=shown.pk)
    return list(versions if row.writes else versions.exclude(state=PlanState.DRAFT))  # type: ignore[attr-defined]


def _undone(row: Plan, version: PlanVersion) -> list[Task]:
    """What the plan of the year before took on and did not do, and this one does not have yet."""
    before = Plan.objects.filter(unit=row.unit_id, year=row.year - 1, is_template=False).first()
    approved = approved_version(before) if before and not row.is_template else None
    if approved is None:
        return []
    results, there = results_of(approved), carried(version)
    open_tasks = [task for task in with_lines(approved) if not task.left_out and task.key not in there]
    return [task for task in open_tasks if not (results.get(task.key) and results[task.key].done_on)]


# --- acts


def _act(request, row: Plan, version: PlanVersion) -> HttpResponse:
    """One button of the page; `act` says which."""
    act, now = request.POST.get("act", ""), timezone.now()
    deed = DECISIONS.get(act) or WRITING.get(act)
    if deed is None:
        return redirect("plans:plan", row.pk)
    if act in DECISIONS and not whose.waiting_for(request.user).filter(pk=version.pk).exists():
        raise PermissionDenied(_("Duyệt kế hoạch là việc của thủ trưởng đơn vị cấp trên, không phải người gửi."))
    if act in WRITING and not row.writes:  # type: ignore[attr-defined]
        raise PermissionDenied(_("Sửa và gửi kế hoạch là việc của thủ trưởng đơn vị ấy."))
    try:
        messages.success(request, deed(request, row, version, now))
    except Refused as sentence:
        messages.error(request, str(sentence))
    return redirect("plans:plan", row.pk)


def _submit(request, row: Plan, version: PlanVersion, now) -> str:
    if row.is_template:
        deciding.publish(request.user, version, now)
        return _("Đã ban hành. Các đơn vị thấy mẫu này khi lập kế hoạch.")
    deciding.submit(request.user, version, now)
    return _("Đã gửi. Thủ trưởng đơn vị cấp trên duyệt; người gửi không tự duyệt.")


def _take_back(request, row: Plan, version: PlanVersion, now) -> str:
    deciding.take_back(request.user, version, now)
    return _("Đã lấy lại để sửa tiếp.")


def _change(request, row: Plan, version: PlanVersion, now) -> str:
    deciding.change(request.user, row, request.POST.get("reason", "")[:300], now)
    return _("Đã mở bản sửa. Bản đã duyệt vẫn có hiệu lực đến khi bản sửa được duyệt.")


@transaction.atomic
def _follow(request, row: Plan, version: PlanVersion, now) -> str:
    """Of what is approved a change is opened first, whose reason is the template's."""
    news = template_news(row, version)
    if news is None:
        raise Refused(_("Kế hoạch này đã theo mẫu hiện nay của tỉnh."))
    if version.state == PlanState.APPROVED:
        reason = _("Theo mẫu của tỉnh, phiên bản %(n)d: %(why)s")
        params = {"n": news.template.number, "why": news.template.reason or _("mẫu mới ban hành")}
        version = deciding.change(request.user, row, (reason % params)[:300], now)
        version.plan = row
    count = follow(version, news.template, row.unit.kind)
    return _("Đã theo mẫu: %d việc thêm hoặc đổi. Đọc lại, rồi gửi duyệt.") % count


def _drop(request, row: Plan, version: PlanVersion, now) -> str:
    deciding.drop(version)
    return _("Đã bỏ bản sửa.")


def _carry(request, row: Plan, version: PlanVersion, now) -> str:
    if not version.is_written:
        raise Refused(_("Bản này không còn là bản đang soạn; tải lại trang."))
    wanted = set(request.POST.getlist("key"))
    chosen = [task for task in _undone(row, version) if str(task.key) in wanted]
    if not chosen:
        raise Refused(_("Chọn ít nhất một việc để mang sang."))
    making.carry(version, chosen)
    return _("Đã mang sang %d việc.") % len(chosen)


def _approve(request, row: Plan, version: PlanVersion, now) -> str:
    deciding.approve(request.user, version, now)
    return _("Đã duyệt. Đơn vị ghi kết quả từng việc từ bây giờ.")


def _give_back(request, row: Plan, version: PlanVersion, now) -> str:
    deciding.give_back(request.user, version, request.POST.get("answer", "")[:300], now)
    return _("Đã gửi lại đơn vị để sửa.")


Deed = Callable[..., str]
DECISIONS: dict[str, Deed] = {"approve": _approve, "return": _give_back}
WRITING: dict[str, Deed] = {
    "submit": _submit,
    "take-back": _take_back,
    "change": _change,
    "drop": _drop,
    "follow": _follow,
    "carry": _carry,
}


@require_http_methods(["GET", "HEAD", "POST"])
@gate.changing
@writes("plan_head", gettext_lazy("Căn cứ của kế hoạch năm"), "basis")
def head(request, row: Plan) -> HttpResponse:
    """What stands above the tasks of the version that is being written."""
    version = gate.shown_version(row)
    if not version.is_written:
        messages.error(request, _("Bản này đã gửi hoặc đã duyệt. Muốn sửa, mở bản sửa với lý do."))
        return redirect("plans:plan", row.pk)
    made = TemplateHeadForm if row.is_template else HeadForm
    filled = {name: getattr(version, name) for name in made.base_fields}
    form = made(request.POST if request.method == "POST" else None, initial=filled)
    if form.is_valid():
        PlanVersion.objects.filter(pk=version.pk, state=PlanState.DRAFT).update(**form.cleaned_data)
        messages.success(request, _("Đã lưu."))
        return redirect("plans:plan", row.pk)
    context = {"form": form, "trail": gate.trail(row), "heading": _("Căn cứ và phạm vi"), "button": _("Lưu")}
    return render(request, "plans/form.html", context, status=422 if form.errors else 200)
