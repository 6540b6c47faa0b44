"""“Miễn, hoãn, gia hạn”: what waits, what holds and what was; asking, deciding, withdrawing."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.reliefs import deciding
from courses.reliefs.asking import ask
from courses.reports.query.gate import reading_people
from courses.reports.reliefs.forms import MOST_PEOPLE, AskForm, WithdrawForm
from courses.requirements.relief import Relief, ReliefRequest, RequestState
from letters.numbers import is_number
from people.guarding.wording import writes
from people.log.audit import Act, record
from people.times import today

PAGE = 50
GRANTED = Q(state=RequestState.GRANTED)
# the values of `loc`
FILTERS = {
    "": (gettext_lazy("Chờ anh chị quyết định"), lambda user: Q(state=RequestState.ASKED) & deciding.decided_by(user)),
    "cho": (gettext_lazy("Đang chờ"), lambda user: Q(state=RequestState.ASKED)),
    "dang": (gettext_lazy("Đang có hiệu lực"), lambda user: GRANTED & Q(pk__in=_holding().values("request"))),
    "het": (gettext_lazy("Đã hết"), lambda user: GRANTED & ~Q(pk__in=_holding().values("request"))),
    "khong": (
        gettext_lazy("Không đồng ý, đã rút"),
        lambda user: Q(state__in=[RequestState.REFUSED, RequestState.WITHDRAWN]),
    ),
    "toi": (gettext_lazy("Anh chị đã đề nghị"), lambda user: Q(asked_by=user)),
}


def _holding() -> QuerySet:
    """Those that hold today or will."""
    return Relief.objects.current().filter(end__gte=today())


def _requests(user) -> QuerySet:
    """Those that `user` may see; one query, and one for what came of them."""
    rows = ReliefRequest.objects.filter(deciding.visible_to(user))
    held = Prefetch("reliefs", Relief.objects.current(), to_attr="held")
    return rows.select_related("person", "unit", "requirement", "asked_by", "decided_by").prefetch_related(held)


def _trail() -> list[tuple[str, str]]:
    return [(_("Tiến độ"), reverse("reports:home"))]


@require_safe
@reading_people
def reliefs(request):
    chosen = request.GET.get("loc", "")
    chosen = chosen if chosen in FILTERS else ""
    rows = _requests(request.user).filter(FILTERS[chosen][1](request.user))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    found = list(page.object_list)
    if found:
        record(Act.SAW_PEOPLE, request.user, on=today(), count=len(found))
    context = {
        "rows": found,
        "page": page,
        "page_query": f"{urlencode({'loc': chosen})}&" if chosen else "",
        "choices": [(value, label, value == chosen) for value, (label, _which) in FILTERS.items()],
        "deciding": not chosen,
        "trail": _trail(),
    }
    return render(request, "reports/reliefs.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@reading_people
@writes("relief", gettext_lazy("Lý do miễn, hoãn, gia hạn"), "reason")
def ask_relief(request):
    """`?ma=` (several) and `?yeu_cau=` fill the form in."""
    codes = request.GET.getlist("ma")[:MOST_PEOPLE]
    filled = {"codes": "\n".join(codes), "requirement": request.GET.get("yeu_cau", "")}
    form = AskForm(request.user, request.POST if request.method == "POST" else None, initial=filled)
    if form.is_valid():
        asked = ask(form.wish, form.units, request.user, timezone.now())
        waiting = len(form.units) - asked
        said = _("Đã gửi đề nghị cho %d người. Người ở cấp trên của đơn vị sẽ quyết định.") % asked
        if waiting:
            said += " " + _("%d người đã có đề nghị như vậy đang chờ.") % waiting
        messages.success(request, said)
        return redirect(f"{reverse('reports:reliefs')}?loc=toi")
    context = {"form": form, "trail": [*_trail(), (_("Miễn, hoãn, gia hạn"), reverse("reports:reliefs"))]}
    return render(request, "reports/ask_relief.html", context, status=422 if form.errors else 200)


@require_POST
@reading_people
@writes("relief_answer", gettext_lazy("Lý do không đồng ý miễn, hoãn, gia hạn"), "answer")
def decide_reliefs(request):
    """`chon` are the ids; what is not hers to decide, or was decided meanwhile, stays as it is and is counted."""
    chosen = {int(pk) for pk in request.POST.getlist("chon") if is_number(pk)}
    answer, now = request.POST.get("answer", "").strip()[:300], timezone.now()
    if not chosen:
        messages.error(request, _("Hãy chọn ít nhất một đề nghị."))
    elif "dong_y" in request.POST:
        _say(
            request,
            _("Đã đồng ý %d đề nghị; con số tiến độ đã tính lại."),
            chosen,
            deciding.grant(chosen, request.user, now),
        )
    elif not answer:
        messages.error(request, _("Hãy ghi vì sao không đồng ý trong một câu; người đề nghị sẽ đọc câu này."))
    else:
        _say(request, _("Đã trả lời %d đề nghị."), chosen, deciding.refuse(chosen, request.user, answer, now))
    return redirect("reports:reliefs")


def _say(request, sentence: str, chosen: set[int], decided: int) -> None:
    if decided:
        messages.success(request, sentence % decided)
    if left := len(chosen) - decided:
        messages.warning(request, _("%d đề nghị không còn chờ hoặc không do anh chị quyết định.") % left)


@require_http_methods(["GET", "HEAD", "POST"])
@reading_people
@writes("relief_withdrawal", gettext_lazy("Lý do rút miễn, hoãn, gia hạn"), "answer")
def relief(request, pk):
    """One request; a POST withdraws it."""
    row = get_object_or_404(_requests(request.user), pk=pk)
    mine = ReliefRequest.objects.filter(pk=pk)
    may_withdraw = mine.filter(deciding.withdrawn_by(request.user)).exists()
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_bound and not may_withdraw:
        raise PermissionDenied(_("Chỉ người đã đề nghị hoặc người có quyền quyết định mới rút được."))
    if form.is_valid():
        data = form.cleaned_data
        if deciding.withdraw(row, request.user, data["answer"], timezone.now(), data["last"]):
            messages.success(request, _("Đã ghi; con số tiến độ đã tính lại."))
            return redirect("reports:relief", pk)
        form.add_error(
            "last", _("Ngày này không rút ngắn được; hãy tải lại trang rồi chọn ngày trong thời gian miễn, hoãn.")
        )
    record(Act.SAW_PERSON, request.user, person=row.person)
    context = {
        "row": row,
        "form": form,
        "decides": row.state == RequestState.ASKED and mine.filter(deciding.decided_by(request.user)).exists(),
        "withdraws": may_withdraw and (row.state == RequestState.ASKED or row.held),
        "trail": [*_trail(), (_("Miễn, hoãn, gia hạn"), reverse("reports:reliefs"))],
    }
    return render(request, "reports/relief.html", context, status=422 if form.errors else 200)
