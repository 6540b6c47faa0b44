"""`ca/`: the cases that are open to one, one's own, and telling a new one."""

from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from courses.talk import news
from courses.talk.clinic import telling
from courses.talk.clinic.case import HEARD, REWORDED, CaseState, ContributionState, Matter
from courses.talk.clinic.whose import heard_by, own, readable
from courses.talk.inquiries.whose import may_answer
from courses.talk.news import NewsKind
from courses.talk.refusing import Refused
from courses.talk.screens.acting import Acts, acted
from courses.talk.screens.case_forms import CaseForm, ContributionForm
from courses.talk.screens.forms import ReasonForm
from courses.talk.screens.gate import ON_A_PAGE, found_or_404, own_page
from people.guarding.wording import writes

FILTERS = {
    "": gettext_lazy("Đang bàn"),
    "da-ket": gettext_lazy("Đã kết lại"),
    "cua-toi": gettext_lazy("Ca tôi nêu"),
}


@require_safe
@own_page
def cases(request) -> HttpResponse:
    chosen, matter = request.GET.get("loc", ""), request.GET.get("chuyen", "")
    chosen, matter = chosen if chosen in FILTERS else "", matter if matter in Matter.values else ""
    rows = own(request.user) if chosen == "cua-toi" else readable(request.user).filter(heard_by(request.user))
    if chosen != "cua-toi":
        rows = rows.filter(state=CaseState.CLOSED if chosen else CaseState.OPEN)
    if matter:
        rows = rows.filter(matter=matter)
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "query": f"loc={chosen}&chuyen={matter}&",
        "choices": [(value, label, value == chosen) for value, label in FILTERS.items()],
        "chosen": chosen,
        "matters": [(value, label, value == matter) for value, label in Matter.choices],
        "moderates": may_answer(request.user),
    }
    return render(request, "talk/cases.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@own_page
@writes("clinic_case", gettext_lazy("Ca trong góc bàn ca"), "asked", "happened", "done")
def tell(request, pk: int | None = None) -> HttpResponse:
    """A new case, or `pk`, one's own that nobody has released, in other words."""
    case = found_or_404(own(request.user), pk) if pk is not None else None
    if case is not None and case.state not in REWORDED:
        raise Http404
    names = CaseForm.base_fields.keys() - {"key"}
    filled = {name: getattr(case, name) for name in names} if case else {}
    form = CaseForm(request.POST) if request.method == "POST" else CaseForm(initial=filled)
    if form.is_valid():
        try:
            if case is None:
                case = telling.tell(request.user, form.told, form.sent_key, timezone.now())
            else:
                telling.reword(case, form.told, timezone.now())
        except Refused as sentence:
            form.add_error(None, str(sentence))
        else:
            messages.success(request, _("Đã gửi. Người phụ trách duyệt rồi đồng nghiệp mới đọc được."))
            return redirect("talk:case", case.pk)
    return render(request, "talk/tell.html", {"form": form, "case": case}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@own_page
@writes("contribution", gettext_lazy("Lời góp trong góc bàn ca"), "text")
def case(request, pk: int) -> HttpResponse:
    row = found_or_404(readable(request.user), pk)
    if request.method != "POST":
        news.opened(request.user, [NewsKind.CASE, NewsKind.CONTRIBUTION], pk)
        return _shown(request, pk)

    def contribute(form, now):
        telling.contribute(request.user, row, form.cleaned_data["text"], form.sent_key, now)

    acts: Acts = {"contribute": (ContributionForm, contribute, _("Đã gửi lời góp; chờ duyệt."))}
    if own(request.user).filter(pk=pk).exists():
        acts["withdraw"] = (
            ReasonForm,
            lambda form, now: telling.withdraw(row, now),
            _("Đã rút ca. Từ nay không ai khác đọc được."),
        )

    def onward(act: str) -> HttpResponse:
        return redirect("talk:cases") if act == "withdraw" else redirect("talk:case", pk)

    return acted(request, acts, onward, partial(_shown, request, pk))


def _shown(request, pk: int, act: str = "", form=None) -> HttpResponse:
    row = found_or_404(readable(request.user), pk)
    mine = own(request.user).filter(pk=row.pk).exists()
    said = row.contributions.filter(Q(state=ContributionState.SHOWN) | Q(by=request.user.pk))
    context = {
        "row": row,
        "mine": mine,
        "said": said,
        "form": form or ContributionForm(auto_id="contribute_%s"),
        "opened": act,
        "rewordable": mine and row.state in REWORDED,
        "heard": row.state in HEARD,
    }
    return render(request, "talk/case.html", context, status=422 if form else 200)
