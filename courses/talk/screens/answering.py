"""The side of who leads training: the inquiries that wait, and one of them with all that was said."""

from functools import partial, wraps

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from courses.talk.inquiries import answering
from courses.talk.inquiries.inquiry import Inquiry, InquiryState, SaidKind
from courses.talk.inquiries.whose import answered_by, may_answer
from courses.talk.screens.acting import Acts, acted
from courses.talk.screens.asking import with_lessons
from courses.talk.screens.forms import ReasonForm, SayForm
from courses.talk.screens.gate import ON_A_PAGE, found_or_404, own_page
from people.guarding.wording import writes
from people.log.audit import Act, record
from people.times import today

# by the value of `loc`
STATES = {
    "": (gettext_lazy("Chờ trả lời"), InquiryState.WAITING),
    "gui-lai": (gettext_lazy("Chờ người hỏi viết lại"), InquiryState.SENT_BACK),
    "da-tra-loi": (gettext_lazy("Đã trả lời"), InquiryState.ANSWERED),
    "da-dong": (gettext_lazy("Đã đóng"), InquiryState.CLOSED),
}


def answering_page(view):
    """For whoever answers inquiries at all."""

    @wraps(view)
    def gated(request, *args, **kwargs):
        if not may_answer(request.user):
            raise PermissionDenied(_("Trả lời câu hỏi là việc của người phụ trách tập huấn."))
        return view(request, *args, **kwargs)

    return own_page(gated)


@require_safe
@answering_page
def to_answer(request) -> HttpResponse:
    """Who waits longest first; of the others the latest."""
    chosen = request.GET.get("loc", "")
    chosen = chosen if chosen in STATES else ""
    rows = answered_by(request.user).filter(state=STATES[chosen][1]).select_related("asked_by", "unit")
    rows = rows.order_by(*(["-changed_at", "-pk"] if chosen else ["waits_since", "pk"])).prefetch_related("said")
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    with_lessons(page.object_list, request)
    if page.object_list:
        record(Act.SAW_PEOPLE, request.user, on=today(), count=len(page.object_list))
    context = {
        "page": page,
        "query": f"loc={chosen}&" if chosen else "",
        "choices": [(value, label, value == chosen) for value, (label, _state) in STATES.items()],
        "waiting": not chosen,
    }
    return render(request, "talk/to_answer.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@answering_page
@writes("inquiry_reply", gettext_lazy("Trả lời câu hỏi của người học"), "text")
def one_to_answer(request, pk: int) -> HttpResponse:
    row = _found(request.user, pk)
    if request.method != "POST":
        record(Act.READ_INQUIRY, request.user, person=row.asked_by)
        return _shown(request, pk)
    user = request.user

    def answer(form, now):
        said = form.cleaned_data
        answering.answer(user, row, said["text"], form.sent_key, said["seen"], now)

    def send_back(form, now):
        answering.send_back(user, row, form.cleaned_data["text"], form.cleaned_data["seen"], now)

    def close(form, now):
        answering.close(user, row, form.cleaned_data["text"], now)

    acts: Acts = {
        "answer": (SayForm, answer, _("Đã trả lời; người hỏi được báo.")),
        "send_back": (ReasonForm, send_back, _("Đã gửi lại để người hỏi viết lại.")),
        "close": (ReasonForm, close, _("Đã đóng câu hỏi.")),
    }
    return acted(request, acts, lambda act: redirect("talk:to_answer"), partial(_shown, request, pk))


def _found(user, pk: int) -> Inquiry:
    return found_or_404(answered_by(user).select_related("asked_by", "unit"), pk)


def _shown(request, pk: int, act: str = "", form=None) -> HttpResponse:
    """As it is now; `form` is that of an act that was refused, with what was typed."""
    row = _found(request.user, pk)
    with_lessons([row], request)
    said = list(row.said.select_related("by"))
    stamp = next((one.stamp for one in reversed(said) if one.kind == SaidKind.QUESTION), "")
    forms = {name: _form(name, stamp) for name in _offered(row)}
    if form is not None:
        # the words that stand on the page now are those that she answers next
        form.data["seen"] = stamp
        forms[act] = form
    context = {"row": row, "said": said, "forms": forms, "opened": act}
    context["answered"] = any(one.kind == SaidKind.ANSWER for one in said)
    return render(request, "talk/one_to_answer.html", context, status=422 if form else 200)


def _offered(row: Inquiry) -> list[str]:
    if row.state == InquiryState.WAITING:
        return ["answer", "send_back", "close"]
    return ["close"] if row.is_open else []


def _form(name: str, stamp: str):
    kind = SayForm if name == "answer" else ReasonForm
    return kind(initial={"seen": stamp}, auto_id=f"{name}_%s")
