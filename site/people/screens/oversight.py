"""Screens for administrators about personal data: read and export the audit log, decide on erasures."""

from functools import wraps

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from people.guarding.wording import writes
from people.log import audit
from people.log.audit import Act, record
from people.persons.user import User
from people.postings.posting import Posting
from people.privacy import erasure
from people.privacy.erasure import CannotErase, ErasureRequest, ErasureState
from people.screens.role_admin import may_edit
from people.signing_in.resuming import signed_in_or_kept
from people.times import covering, today
from people.typed_fields import typed_day
from people.typed_times import Looks
from tabular.writing import Table, csv_lines

PAGE = 100


def overseeing(view):
    """Allows administrators only; the 403 page says for whom the screen is."""

    @never_cache
    @signed_in_or_kept
    @wraps(view)
    def gate(request, *args, **kwargs):
        if not audit.oversees(request.user):
            raise PermissionDenied(_("Trang này dành cho quản trị viên."))
        return view(request, *args, **kwargs)

    return gate


def day_field(label):
    return typed_day(label, looks=Looks.BACK, required=False, asks=False)


class FilterForm(forms.Form):
    tu = day_field(gettext_lazy("Từ ngày"))
    den = day_field(gettext_lazy("Đến hết ngày"))
    ma = forms.CharField(label=gettext_lazy("Mã cán bộ (người làm hoặc người được xem)"), max_length=40, required=False)

    def entries(self, user):
        cleaned = self.cleaned_data if self.is_valid() else {}
        return audit.between(
            audit.entries_visible_to(user), cleaned.get("tu"), cleaned.get("den"), (cleaned.get("ma") or "").strip()
        )


@require_safe
@overseeing
def log(request):
    form = FilterForm(request.GET)
    page = Paginator(form.entries(request.user), PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    record(Act.SAW_AUDIT, request.user, count=len(rows))
    query = urlencode({name: value for name in form.fields if (value := request.GET.get(name))})
    return render(request, "account/log.html", {"form": form, "page": page, "rows": rows, "query": query})


@require_safe
@overseeing
def log_file(request):
    """All entries that match the filter; an invalid date gives no file, rather than one with other entries."""
    form = FilterForm(request.GET)
    if not form.is_valid():
        return render(request, "account/log.html", {"form": form, "page": None, "rows": [], "query": ""}, status=400)
    entries = form.entries(request.user)
    record(Act.EXPORTED_AUDIT, request.user, count=entries.count())
    columns = [_("Lúc"), _("Việc"), _("Mã người làm"), _("Người làm"), _("Mã người được xem"), _("Người được xem"),
               _("Mã đơn vị"), _("Đơn vị"), _("Tính đến ngày"), _("Số dòng"), _("Chi tiết")]  # fmt: skip
    table = Table(_("Nhật ký"), columns, (_cells(entry) for entry in entries.iterator(chunk_size=2000)))
    response = StreamingHttpResponse(csv_lines(table), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="nhat-ky-{today():%Y-%m-%d}.csv"'
    return response


def _cells(entry: audit.Entry) -> tuple:
    by, person, unit = entry.by, entry.person, entry.unit
    return (
        f"{timezone.localtime(entry.at):%Y-%m-%d %H:%M:%S}",
        entry.get_act_display(),
        by.staff_code if by else "",
        by.full_name if by else _("Máy chủ"),
        person.staff_code if person else "",
        person.full_name if person else "",
        unit.code if unit else "",
        unit.name if unit else "",
        entry.on.isoformat() if entry.on else "",
        entry.count,
        entry.detail_text,
    )


# --- erasure


class DecisionForm(forms.Form):
    answer = forms.CharField(
        label=gettext_lazy("Nếu không xóa: lý do, một câu cho người đề nghị"), max_length=300, required=False
    )

    def clean(self):
        if "khong" in self.data and not self.cleaned_data.get("answer", "").strip():
            self.add_error("answer", _("Hãy ghi lý do trong một câu; người đề nghị sẽ đọc câu này."))


@require_safe
@overseeing
def erasures(request):
    requests = ErasureRequest.objects.select_related("person", "decided_by")
    seen = [row for row in requests.filter(state=ErasureState.ASKED) if _decides(request.user, row.person)]
    decided = requests.exclude(state=ErasureState.ASKED)
    if not request.user.is_superuser:
        decided = decided.filter(decided_by=request.user)
    return render(request, "account/erasures.html", {"waiting": seen, "decided": decided[:PAGE]})


def _decides(user, person: User) -> bool:
    return user.pk != person.pk and may_edit(user, person)


@require_http_methods(["GET", "HEAD", "POST"])
@overseeing
@writes("erasure_answer", gettext_lazy("Lý do không xóa thông tin"), "answer")
def erasure_decision(request, pk):
    waiting = ErasureRequest.objects.filter(state=ErasureState.ASKED).select_related("person")
    asked = get_object_or_404(waiting, pk=pk)
    person = asked.person
    if person == request.user:
        raise PermissionDenied(_("Không ai tự quyết định xóa cho chính mình; một quản trị viên khác sẽ quyết định."))
    if not _decides(request.user, person):
        raise Http404
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            return _decided(request, asked, form.cleaned_data["answer"])
        except CannotErase as refusal:
            form.add_error(None, str(refusal))
    postings = Posting.objects.current().filter(covering(today()), person=person).select_related("unit")
    context = {"person": person, "form": form, "postings": postings}
    return render(request, "account/erasure.html", context, status=422 if form.errors else 200)


def _decided(request, asked: ErasureRequest, answer: str):
    person = asked.person
    if "khong" in request.POST:
        if not erasure.refuse(person, request.user, answer, timezone.now()):
            messages.error(request, _("Đề nghị này vừa được người khác trả lời hoặc đã rút."))
            return redirect("erasures")
        messages.info(request, _("Đã trả lời: không xóa. Người đề nghị đọc lý do ở trang “Dữ liệu của tôi”."))
    else:
        code = erasure.erase(person, request.user, timezone.now(), asked)
        messages.success(request, _("Đã xóa. Từ nay người này chỉ còn là mã %s; mọi con số giữ nguyên.") % code)
    return redirect("erasures")
