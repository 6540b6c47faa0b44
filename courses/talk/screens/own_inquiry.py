"""One inquiry for who asked, and for the unit that may read it."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from courses.talk.inquiries import asking
from courses.talk.inquiries.inquiry import REWORDED, Inquiry, InquiryState, SaidKind
from courses.talk.inquiries.whose import for_the_unit, own, read_in_unit
from courses.talk.screens.acting import Acts, acted
from courses.talk.screens.asking import with_lessons
from courses.talk.screens.forms import ReasonForm, SayForm
from courses.talk.screens.gate import found_or_404, own_page
from people.guarding.wording import writes


@require_http_methods(["GET", "HEAD", "POST"])
@own_page
@writes("inquiry_said", gettext_lazy("Lời trong câu hỏi của mình"), "text")
def inquiry(request, pk: int) -> HttpResponse:
    row = _found(request.user, pk)
    if request.method != "POST":
        return _shown(request, pk)
    if not row.mine:  # type: ignore[attr-defined]
        raise PermissionDenied(_("Chỉ người hỏi sửa, hỏi thêm hoặc rút câu hỏi này."))
    user = request.user

    def reword(form, now):
        asking.reword(user, row, form.cleaned_data["text"], now)

    def ask_on(form, now):
        asking.ask_on(user, row, form.cleaned_data["text"], form.sent_key, now)

    acts: Acts = {
        "read": (ReasonForm, lambda form, now: asking.have_read(row, now), _("Đã ghi là anh chị đã đọc.")),
        "reword": (SayForm, reword, _("Đã lưu câu hỏi; người phụ trách sẽ đọc lời mới.")),
        "ask_on": (SayForm, ask_on, _("Đã gửi câu hỏi thêm.")),
        "withdraw": (
            ReasonForm,
            lambda form, now: asking.withdraw(user, row, now),
            _("Đã rút câu hỏi. Từ nay không ai khác đọc được."),
        ),
    }

    def onward(act: str) -> HttpResponse:
        return redirect("talk:mine") if act in ("withdraw", "read") else redirect("talk:inquiry", pk)

    return acted(request, acts, onward, partial(_shown, request, pk))


def _found(user, pk: int) -> Inquiry:
    """With `mine`: whether she asked it."""
    rows = Inquiry.objects.filter(Q(pk__in=own(user).values("pk")) | read_in_unit(user))
    row = found_or_404(rows.select_related("asked_by"), pk)
    row.mine = own(user).filter(pk=row.pk).exists()
    return row


def _shown(request, pk: int, act: str = "", form=None) -> HttpResponse:
    """As it is now; `form` is that of an act that was refused, with what was typed."""
    row = _found(request.user, pk)
    with_lessons([row], request)
    said = list(row.said.select_related("by")) if row.mine else for_the_unit(row)  # type: ignore[attr-defined]
    forms = _forms(row, said)
    if form is not None:
        forms[act] = form
    context = {"row": row, "said": said, "forms": forms, "opened": act}
    return render(request, "talk/inquiry.html", context, status=422 if form else 200)


def _forms(row: Inquiry, said: list) -> dict:
    """Those with words, by act."""
    if row.mine and row.state in REWORDED:  # type: ignore[attr-defined]
        last = next((one.text for one in reversed(said) if one.kind == SaidKind.QUESTION), "")
        return {"reword": SayForm(initial={"text": last}, auto_id="reword_%s")}
    if row.mine and row.state == InquiryState.ANSWERED:  # type: ignore[attr-defined]
        return {"ask_on": SayForm(auto_id="ask_on_%s")}
    return {}
