"""`/ke-hoach/ban/…/viec/…`: a task, while it is written and when its results are recorded."""

from dataclasses import asdict, replace
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from courses.classes.elsewhere.training import PDF, TYPES
from courses.plans.filled.suggesting import Suggestion, happened_in, suggest
from courses.plans.made import recording, writing
from courses.plans.made.making import Refused, approved_version
from courses.plans.made.plan import Plan, PlanVersion
from courses.plans.made.result import Result
from courses.plans.made.task import Task
from courses.plans.screens import gate
from courses.plans.screens.forms import LineForms, ResultForm, TaskForm, TemplateTaskForm
from courses.plans.told.standing import told
from outbox.private_files import file_answer
from people.guarding.wording import writes
from people.log.audit import Act, record
from people.times import today

TEXTS = ("title", "expected", "who", "*-words", "why")


@require_http_methods(["GET", "HEAD", "POST"])
@gate.reading
@writes("plan_result", gettext_lazy("Minh chứng của việc trong kế hoạch"), "note")
def task(request, row: Plan, key: UUID) -> HttpResponse:
    """A task of the plan in force with what became of it; who writes for the unit records."""
    version = approved_version(row) or gate.shown_version(row)
    version.plan = row
    found = gate.task_or_404(version, key)
    records = bool(row.writes and not row.is_template and version.state == "approved" and not found.left_out)  # type: ignore[attr-defined]
    if request.method == "POST":
        if not row.writes:  # type: ignore[attr-defined]
            raise PermissionDenied(_("Ghi kết quả là việc của thủ trưởng đơn vị ấy."))
        return _recorded(request, row, found, version)
    return _task_page(request, row, found, version, records)


def _suggested(row: Plan, found: Task) -> list[Suggestion]:
    return suggest(found, happened_in(row, [found]), today())


def _task_page(request, row, found: Task, version: PlanVersion, records: bool, form: ResultForm | None = None):
    """`?tu=` fills the form with what a source suggests; nothing is recorded before it is sent."""
    suggestions = _suggested(row, found) if records else []
    chosen = next((one for one in suggestions if one.source.key == request.GET.get("tu")), None)
    history = list(Result.objects.filter(plan=row, task_key=found.key).select_related("recorded_by"))
    current = next((one for one in history if one.superseded_at is None), None)
    filled = {name: getattr(current, name) for name in ("done_on", "number", "cost", "note")} if current else {}
    if chosen:
        filled = {**asdict(chosen.said), "drawn_from": chosen.source.key}
    context = {
        "row": row,
        "version": version,
        "told": told([found], {found.key: current} if current else {}, today())[0],
        "task": found,
        "current": current,
        "history": [one for one in history if one is not current],
        "records": records,
        "suggestions": suggestions,
        "chosen": chosen,
        "form": form or ResultForm(initial=filled),
        "trail": gate.trail(row),
    }
    return render(request, "plans/task.html", context, status=422 if form else 200)


def _recorded(request, row: Plan, found: Task, version: PlanVersion) -> HttpResponse:
    now = timezone.now()
    try:
        if request.POST.get("act") == "take-back":
            recording.take_back(request.user, row, found.key, now)
            messages.success(request, _("Đã rút kết quả; việc này lại là chưa ghi."))
            return redirect("plans:task", row.pk, found.key)
        form = ResultForm(request.POST, request.FILES)
        if not form.is_valid():
            return _task_page(request, row, found, version, True, form)
        said = replace(form.said, drawn_from=_drawn_from(row, found, form))
        recording.say(request.user, row, found.key, said, form.cleaned_data["paper"], now)
        messages.success(request, _("Đã ghi kết quả."))
    except Refused as sentence:
        messages.error(request, str(sentence))
    return redirect("plans:plan", row.pk)


def _drawn_from(row: Plan, found: Task, form: ResultForm) -> str:
    """The source whose number it still is; "" where somebody wrote another one, or the source says another one now."""
    key, number = form.cleaned_data["drawn_from"], form.cleaned_data["number"]
    if not key:
        return ""
    same = (one for one in _suggested(row, found) if one.source.key == key and one.said.number == number)
    return key if next(same, None) else ""


@require_safe
@gate.own_page
def paper(request, pk: int) -> FileResponse:
    """What proves a result: a photograph is shown; a PDF, which was not made here, is only handed out."""
    found = Result.objects.filter(pk=min(pk, gate.LARGEST)).exclude(paper="").select_related("plan").first()
    if found is None:
        raise Http404
    gate.plan_or_404(request.user, found.plan_id)
    suffix = "." + found.paper.rpartition(".")[2]
    kind = {**TYPES, PDF: "application/pdf"}.get(suffix, "application/octet-stream")
    name = "minh-chung.pdf" if found.is_pdf else ""
    answer = file_answer(found.paper, as_attachment=found.is_pdf, filename=name, content_type=kind)
    record(Act.SAW_PLAN_PAPER, request.user, unit=found.plan.unit_id, detail=str(found.plan.year))
    return answer


# --- writing


@require_http_methods(["GET", "HEAD", "POST"])
@gate.changing
@writes("plan_task", gettext_lazy("Việc trong kế hoạch"), *TEXTS)
def add(request, row: Plan) -> HttpResponse:
    version = gate.shown_version(row)
    return _edited(request, row, version, None)


@require_http_methods(["GET", "HEAD", "POST"])
@gate.changing
@writes("plan_task", gettext_lazy("Việc trong kế hoạch"), *TEXTS)
def edit(request, row: Plan, key: UUID) -> HttpResponse:
    """Changes a task; its buttons leave it out with a reason, put it back, remove it."""
    version = gate.shown_version(row)
    found = gate.task_or_404(version, key)
    act = request.POST.get("act", "")
    if request.method == "POST" and act in ("leave-out", "put-back", "remove"):
        return _answered(request, row, version, found, act)
    return _edited(request, row, version, found)


def _answered(request, row: Plan, version: PlanVersion, found: Task, act: str) -> HttpResponse:
    try:
        if act == "leave-out":
            writing.leave_out(version, found, request.POST.get("why", "")[:300])
            messages.success(request, _("Đã ghi là đơn vị không làm việc này, kèm lý do."))
        elif act == "put-back":
            writing.put_back(version, found)
            messages.success(request, _("Việc này lại thuộc kế hoạch."))
        else:
            writing.remove(version, found)
            messages.success(request, _("Đã xóa việc."))
    except Refused as sentence:
        messages.error(request, str(sentence))
        return redirect("plans:edit_task", row.pk, found.key)
    return redirect("plans:plan", row.pk)


def _edited(request, row: Plan, version: PlanVersion, found: Task | None) -> HttpResponse:
    if not version.is_written:
        messages.error(request, _("Bản này đã gửi hoặc đã duyệt. Muốn sửa, mở bản sửa với lý do."))
        return redirect("plans:plan", row.pk)
    posted = request.POST if request.method == "POST" else None
    made = TemplateTaskForm if row.is_template else TaskForm
    form = made(row.year, posted, instance=found)
    lines = LineForms(posted, initial=_lines_of(found))
    # both, so that all that is wrong is said at once
    if posted is not None and form.is_valid() & lines.is_valid():
        try:
            writing.write_task(version, form.save(commit=False), lines.lines())
        except Refused as sentence:
            form.add_error(None, str(sentence))
        else:
            messages.success(request, _("Đã lưu việc."))
            return redirect("plans:plan", row.pk)
    heading = _("Sửa việc") if found else _("Thêm việc")
    context = {"row": row, "form": form, "lines": lines, "task": found, "trail": gate.trail(row), "heading": heading}
    return render(request, "plans/edit_task.html", context, status=422 if posted is not None else 200)


def _lines_of(found: Task | None) -> list[dict]:
    if found is None:
        return []
    return [{"words": line.words, "amount": line.amount, "source": line.source} for line in found.lines.all()]
