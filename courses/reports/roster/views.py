"""Uploads a roster: choose a file, preview its changes, confirm. Nothing is written before the last step."""

from io import BytesIO
from pathlib import Path

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from courses.reports.files.downloads import file_response
from courses.reports.files.tables import file_name
from courses.reports.query.gate import reading_people, uploading
from courses.reports.query.works import works_of
from courses.reports.roster import export as roster_export
from courses.reports.roster import jobs as roster_jobs
from courses.reports.roster.selection import Selection
from outbox.effects import Effect, EffectState
from people.log.audit import Act, record
from people.postings.coverage import root_on
from people.postings.posting import Duty
from people.reforms.rights import may_reform
from people.times import today
from people.typed_fields import typed_day
from people.typed_times import Looks
from tabular.writing import XLSX_TYPE, Table, csv_lines, write_xlsx

MOST_BYTES = settings.ROSTER_MAX_UPLOAD_SIZE


class RosterForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Tệp danh sách (CSV hoặc XLSX)"),
        help_text=gettext_lazy("CSV, văn bản Unicode (.txt) hoặc XLSX; nhiều nhất 30 MB."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
        max_length=200,
        error_messages={
            "required": gettext_lazy("Chọn một tệp CSV hoặc XLSX."),
            "empty": gettext_lazy("Tệp không có gì; hãy chọn tệp có danh sách."),
        },
    )
    codes_as_of = typed_day(
        gettext_lazy("Mã đơn vị trong tệp là mã của ngày"),
        looks=Looks.BACK,
        help_text=gettext_lazy("Để trống: mã vào “từ ngày” của từng dòng. Bảng dùng mã hiện nay thì ghi ngày hôm nay."),
        required=False,
    )
    missing = forms.ChoiceField(
        label=gettext_lazy("Công tác đang có mà không thấy trong tệp"),
        choices=[
            ("", gettext_lazy("Giữ nguyên")),
            ("end", gettext_lazy("Ghi là đã kết thúc, trong các đơn vị mà tệp ghi (tệp là toàn bộ danh sách)")),
        ],
        required=False,
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if Path(file.name).suffix.lower() not in (".csv", ".txt", ".xlsx"):
            raise forms.ValidationError(_("Chỉ nhận tệp .csv, .txt hoặc .xlsx; tệp Excel cũ thì lưu lại thành .xlsx."))
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("Tệp quá lớn: nhiều nhất 30 MB. Anh chị chia theo đơn vị rồi nhập từng tệp."))
        return file

    def options(self) -> dict:
        day = self.cleaned_data["codes_as_of"]
        return {
            "codes_as_of": day.isoformat() if day else "",
            "ended_if_missing": self.cleaned_data["missing"] == "end",
        }


@require_http_methods(["GET", "HEAD", "POST"])
@uploading
def upload(request):
    sent = request.method == "POST"
    form = RosterForm(request.POST, request.FILES) if sent else RosterForm()
    if sent and form.is_valid():
        check = roster_jobs.upload(form.cleaned_data["file"], form.options(), request.user)
        if check.state != EffectState.FAILED:
            return redirect("reports:roster_work", check.pk)
        form.add_error("file", check.error)
    page = {
        "form": form,
        "duties": Duty.objects.all(),
        "earlier": works_of(request.user, [roster_jobs.IMPORT])[:5],
        "reforms": may_reform(request.user),
        "trail": [(_("Tiến độ"), reverse("reports:home"))],
    }
    return render(request, "reports/roster.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@uploading
def work(request, pk):
    """The result of a check or an import. A POST on a check starts its import, once, or with `answers` answers the
    questions of the file, which is then checked again. A file that ends a large part of a unit goes in only with `so`,
    the number of what it ends.
    """
    kinds = [roster_jobs.CHECK, roster_jobs.IMPORT]
    row = get_object_or_404(Effect.objects.of(request.user).filter(kind__in=kinds), pk=pk)
    is_import = row.kind == roster_jobs.IMPORT
    imported = None if is_import else roster_jobs.applied(row)
    expired = roster_jobs.is_expired(row, timezone.now())
    not_typed = False
    if request.method == "POST" and not is_import and row.state == EffectState.DONE and (imported or not expired):
        if "answers" in request.POST and not imported:
            return redirect("reports:roster_work", roster_jobs.answered(row, request.POST).pk)
        if imported or roster_jobs.may_apply(row, request.POST.get("so", "")):
            return redirect("reports:roster_work", roster_jobs.apply(row).pk)
        not_typed = True
    page = {
        "work": row,
        "result": row.result,
        "is_import": is_import,
        "applied": reverse("reports:roster_work", args=[imported.pk]) if imported else "",
        "expired": expired,
        "not_typed": not_typed,
        "typed": request.POST.get("so", ""),
        "file_name": row.payload.get("name"),
        "heading": _("Nhập danh sách") if is_import else _("Xem trước khi nhập"),
        "trail": [(_("Tiến độ"), reverse("reports:home")), (_("Danh sách cán bộ"), reverse("reports:find"))],
    }
    return render(request, "reports/roster_work.html", page, status=422 if not_typed else 200)


@require_safe
@uploading
def template(request, kind):
    """An empty roster file with one example row, which the import rejects if it is left in."""
    example = ("QN-0001", _("Dòng ví dụ, xóa trước khi nhập"), "ten@example.vn", "0905 000 000", _("mã xã"))
    rows = [(*example, _("Công chức"), "ho_tro_nan_nhan|tuyen_truyen", "01/07/2025", "")]
    table = Table(_("Danh sách"), [str(heading) for heading in roster_jobs.HEADINGS.values()], rows)
    if kind == "csv":
        response = HttpResponse("".join(csv_lines(table)), content_type="text/csv; charset=utf-8")
    else:
        content = BytesIO()
        write_xlsx(table, content)
        response = HttpResponse(content.getvalue(), content_type=XLSX_TYPE)
    response["Content-Disposition"] = f'attachment; filename="mau-danh-sach.{kind}"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@reading_people
def export(request, kind):
    """The roster as it stands, or what a list is narrowed to, to be mended and uploaded again. A long one shows a page
    with a button; its POST starts the export in the background.
    """
    if problems := Selection(request.user, request.GET).problems:
        sentence = " ".join([*problems.values(), _("Chưa xuất tệp nào.")])
        return HttpResponse(sentence, status=400, content_type="text/plain; charset=utf-8")
    if request.method == "POST":
        roster_export.ask(kind, request.user, request.GET)
        return redirect("reports:works")
    postings = roster_export.rostered(request.user, request.GET)
    total = postings.count()
    if total > roster_export.ROWS_AT_ONCE:
        trail = [(_("Tiến độ"), reverse("reports:home")), (_("Danh sách cán bộ"), reverse("reports:find"))]
        page = {"total": total, "unit": {"name": _("Danh sách cán bộ")}, "trail": trail}
        return render(request, "reports/prepare.html", page)
    table = roster_export.roster_table(request.user, postings)
    record(Act.EXPORTED_PEOPLE, request.user, unit=root_on(today()), on=today(), count=total, detail=kind)
    return file_response(request, table, file_name("danh-sach", today(), kind), kind)
