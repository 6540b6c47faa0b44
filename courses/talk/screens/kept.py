"""`phu-trach/ghi-lai/`: answers proposed for the end of their lesson, and what was decided on them."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from config.languages import LANGUAGES
from courses.talk.inquiries.inquiry import SaidKind
from courses.talk.inquiries.whose import answered_by
from courses.talk.kept import keeping
from courses.talk.kept.keeping import Wording, kept_of, may_decide, stamp_of, visible_to
from courses.talk.kept.kept_answer import ANSWER_LETTERS, QUESTION_LETTERS, WORD_LETTERS, KeptAnswer, KeptState
from courses.talk.refusing import Refused
from courses.talk.screens.answering import answering_page
from courses.talk.screens.asking import with_lessons
from courses.talk.screens.forms import long_text
from courses.talk.screens.gate import LARGEST, ON_A_PAGE, found_or_404
from letters.numbers import is_number
from people.guarding.wording import writes

STATES = {
    "": (gettext_lazy("Chờ duyệt lời"), KeptState.PROPOSED),
    "o-bai": (gettext_lazy("Đang ở cuối bài"), KeptState.SHOWN),
    "gui-lai": (gettext_lazy("Gửi lại"), KeptState.REFUSED),
    "da-rut": (gettext_lazy("Đã rút"), KeptState.WITHDRAWN),
}


class KeepForm(forms.Form):
    language = forms.ChoiceField(label=gettext_lazy("Viết bằng"), choices=LANGUAGES, initial="vi")
    question = long_text(
        gettext_lazy("Câu hỏi, viết lại cho mọi người"),
        QUESTION_LETTERS,
        gettext_lazy("Không nêu người hỏi, đơn vị, hay chi tiết của một vụ việc."),
        required=gettext_lazy("Hãy viết câu hỏi."),
        rows=3,
    )
    answer = long_text(gettext_lazy("Trả lời"), ANSWER_LETTERS, required=gettext_lazy("Hãy viết câu trả lời."), rows=6)


@require_http_methods(["GET", "HEAD", "POST"])
@answering_page
@writes("kept_answer", gettext_lazy("Câu trả lời ghi vào bài"), "question", "answer")
def keep(request, pk: int) -> HttpResponse:
    """Proposes what was answered in inquiry `pk`; filled in with its words, or with those that came back."""
    row = found_or_404(answered_by(request.user).select_related("asked_by"), pk)
    there = kept_of(row)
    form = KeepForm(request.POST) if request.method == "POST" else KeepForm(initial=_words(row, there))
    if form.is_valid():
        try:
            keeping.propose(request.user, row, Wording(**form.cleaned_data), timezone.now())
        except Refused as sentence:
            form.add_error(None, str(sentence))
        else:
            messages.success(request, _("Đã đề nghị. Một người khác duyệt lời rồi câu trả lời mới hiện ở cuối bài."))
            return redirect("talk:kept")
    with_lessons([row], request)
    context = {"row": row, "form": form, "there": there}
    return render(request, "talk/keep.html", context, status=422 if form.errors else 200)


def _words(row, there: KeptAnswer | None) -> dict:
    if there is not None:
        return {"language": there.language, "question": there.question, "answer": there.answer}
    said = list(row.said.all())
    asked = next((one.text for one in said if one.kind == SaidKind.QUESTION), "")
    answered = next((one.text for one in reversed(said) if one.kind == SaidKind.ANSWER), "")
    return {"question": asked[:QUESTION_LETTERS], "answer": answered}


@require_http_methods(["GET", "HEAD", "POST"])
@answering_page
@writes("kept_word", gettext_lazy("Lý do về câu trả lời ghi vào bài"), "word")
def kept(request) -> HttpResponse:
    return _decided(request) if request.method == "POST" else _list(request)


def _list(request, refused: KeptAnswer | None = None) -> HttpResponse:
    """`refused` is the row on which an act was refused with a sentence."""
    chosen = request.GET.get("loc", "")
    chosen = chosen if chosen in STATES else ""
    rows = visible_to(request.user).filter(state=STATES[chosen][1]).select_related("proposed_by", "decided_by")
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    with_lessons(page.object_list, request)
    decides = may_decide(request.user) and not chosen
    for row in page.object_list:
        row.hers = row.proposed_by_id == request.user.pk  # type: ignore[attr-defined]
        row.decides = decides and row.proposed_by_id != request.user.pk  # type: ignore[attr-defined]
        row.stamp = stamp_of(row)  # type: ignore[attr-defined]
    context = {
        "page": page,
        "query": f"loc={chosen}&" if chosen else "",
        "choices": [(value, label, value == chosen) for value, (label, _state) in STATES.items()],
        "refused": refused,
        "most": WORD_LETTERS,
    }
    return render(request, "talk/kept.html", context, status=422 if refused else 200)


def _decided(request) -> HttpResponse:
    which, act = request.POST.get("which", ""), request.POST.get("act", "")
    pk = min(int(which), LARGEST) if is_number(which) else 0
    row = visible_to(request.user).filter(pk=pk).first()
    if row is None or act not in ("approve", "refuse", "take_off"):
        raise Http404
    if act != "take_off" and (not may_decide(request.user) or row.proposed_by_id == request.user.pk):
        raise PermissionDenied(_("Một người khác ở cấp tỉnh duyệt lời này."))
    word, seen, now = request.POST.get("word", "").strip()[:WORD_LETTERS], request.POST.get("seen", ""), timezone.now()
    try:
        if act == "approve":
            keeping.approve(request.user, row, seen, now)
            messages.success(request, _("Đã duyệt. Câu trả lời hiện ở cuối bài, trong mọi ngôn ngữ."))
        elif act == "refuse":
            keeping.refuse(request.user, row, word, seen, now)
            messages.success(request, _("Đã gửi lại cho người đề nghị."))
        else:
            keeping.take_off(request.user, row, word, now)
            messages.success(request, _("Đã rút. Câu trả lời không còn ở cuối bài."))
    except Refused as sentence:
        row.sentence, row.said = str(sentence), word  # type: ignore[attr-defined]
        return _list(request, row)
    return redirect("talk:kept")
