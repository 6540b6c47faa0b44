"""`phu-trach/ca/`: the cases and contributions that wait for a moderator, and one case with all of its own."""

from functools import partial

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from courses.talk.clinic import moderating
from courses.talk.clinic.case import CaseState, ContributionState
from courses.talk.clinic.queued import waiting_in
from courses.talk.clinic.whose import moderated_by, released_for
from courses.talk.screens.acting import Acts, acted
from courses.talk.screens.answering import answering_page
from courses.talk.screens.case_forms import DecisionForm, SummaryForm
from courses.talk.screens.gate import ON_A_PAGE, found_or_404
from people.guarding.wording import writes
from people.log.audit import Act, record

# by the value of `loc`; the first are those with something that waits
STATES = {
    "": (gettext_lazy("Chờ duyệt"), None),
    "dang-ban": (gettext_lazy("Đang bàn"), CaseState.OPEN),
    "gui-lai": (gettext_lazy("Gửi lại"), CaseState.REFUSED),
    "da-ket": (gettext_lazy("Đã kết lại"), CaseState.CLOSED),
}


@require_safe
@answering_page
def to_moderate(request) -> HttpResponse:
    chosen = request.GET.get("loc", "")
    chosen = chosen if chosen in STATES else ""
    state = STATES[chosen][1]
    rows = moderated_by(request.user).filter(state=state) if state else waiting_in(request.user).order_by("changed_at")
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "query": f"loc={chosen}&" if chosen else "",
        "choices": [(value, label, value == chosen) for value, (label, _state) in STATES.items()],
    }
    return render(request, "talk/to_moderate.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@answering_page
@writes("moderating", gettext_lazy("Lời của người duyệt trong góc bàn ca"), "text")
def moderate(request, pk: int) -> HttpResponse:
    row, user = found_or_404(moderated_by(request.user), pk), request.user
    if request.method != "POST":
        if row.author_id:
            record(Act.SAW_PERSON, user, person=row.author)
        return _shown(request, pk)

    def release(form, now):
        moderating.release(user, row, form.cleaned_data["seen"], now)

    def send_back(form, now):
        moderating.send_back(user, row, form.cleaned_data["text"], form.cleaned_data["seen"], now)

    def close(form, now):
        moderating.close(user, row, form.cleaned_data["text"], now)

    def decide(shown: bool):
        def do(form, now):
            moderating.moderate(user, row, form.cleaned_data["which"] or 0, shown, form.cleaned_data["text"], now)

        return do

    acts: Acts = {
        "release": (DecisionForm, release, _("Đã đăng ca cho đồng nghiệp.")),
        "send_back": (DecisionForm, send_back, _("Đã gửi lại cho người nêu ca.")),
        "show": (DecisionForm, decide(True), _("Đã đăng lời góp.")),
        "hide": (DecisionForm, decide(False), _("Không đăng lời góp; người góp đọc được lý do.")),
        "close": (SummaryForm, close, _("Đã kết lại ca.")),
    }
    return acted(request, acts, lambda act: redirect("talk:moderate", pk), partial(_shown, request, pk))


def _shown(request, pk: int, act: str = "", form=None) -> HttpResponse:
    row = found_or_404(moderated_by(request.user).select_related("author", "unit", "heard_in"), pk)
    unit = released_for(request.user, row)
    said = list(row.contributions.select_related("by"))
    for one in said:
        one.waits = one.state == ContributionState.WAITING and one.by_id != request.user.pk
    forms = {
        "decide": DecisionForm(initial={"seen": row.stamp}, auto_id="decide_%s"),
        "close": SummaryForm(auto_id="close_%s"),
    }
    which = 0
    if form is not None:
        form.data["seen"] = row.stamp
        which = form.cleaned_data.get("which") or 0
        forms["close" if act == "close" else "decide"] = form
    context = {
        "row": row,
        "said": said,
        "forms": forms,
        "opened": act,
        "which": which,
        "sentence": next(iter(form.errors.get("text", [])), "") if form is not None else "",
        "typed": form.data.get("text", "") if form is not None else "",
        "widens": unit is not None and row.state == CaseState.OPEN and moderating.widens(unit, row),
    }
    return render(request, "talk/moderate.html", context, status=422 if form else 200)
