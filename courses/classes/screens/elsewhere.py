"""`/lop-tap-huan/noi-khac/`: training done elsewhere, entered with its paper, answered by a second person."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from courses.classes.elsewhere.deciding import agree, refuse, visible_to, waiting_for
from courses.classes.elsewhere.entering import enter
from courses.classes.elsewhere.training import EntryState, TrainingElsewhere
from courses.classes.planned.planning import Refused
from courses.classes.screens import gate
from courses.classes.screens.elsewhere_form import EntryForm
from courses.content.taught import titles
from letters.numbers import is_number
from outbox.private_files import file_answer
from people.guarding.wording import writes
from people.log.audit import Act, record
from people.times import today

ON_A_PAGE = 50
# the values of `loc`
FILTERS = {
    "": gettext_lazy("Chờ anh chị trả lời"),
    "cho": gettext_lazy("Đang chờ"),
    "dong-y": gettext_lazy("Đã đồng ý"),
    "khong": gettext_lazy("Không đồng ý"),
}
STATES = {"cho": EntryState.WAITING, "dong-y": EntryState.AGREED, "khong": EntryState.REFUSED}


def answering(view):
    """For whoever answers for people."""

    @wraps(view)
    def gated(request, *args, **kwargs):
        if not gate.may_open(request.user):
            raise PermissionDenied(_("Ghi tập huấn ở nơi khác là việc của người phụ trách đơn vị."))
        return view(request, *args, **kwargs)

    return gate.own_page(gated)


@require_http_methods(["GET", "HEAD", "POST"])
@answering
@writes("elsewhere", gettext_lazy("Tập huấn ở nơi khác"), "held_by", "note")
def entry(request) -> HttpResponse:
    """`?ma=` fills in whose it is."""
    posted = request.method == "POST"
    filled = {"code": request.GET.get("ma", "")[:40]}
    form = EntryForm(request.user, *((request.POST, request.FILES) if posted else ()), initial=filled)
    if form.is_valid():
        try:
            enter(request.user, form.whose, form.said, form.cleaned_data["paper"], timezone.now())
        except Refused as sentence:
            form.add_error(None, str(sentence))
        else:
            messages.success(request, _("Đã ghi. Tính khi người thứ hai phụ trách người ấy đồng ý."))
            return redirect(f"{reverse('classes:elsewhere')}?loc=cho")
    context = {"form": form, "trail": _trail()}
    return render(request, "classes/enter_elsewhere.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@answering
@writes("elsewhere_answer", gettext_lazy("Lý do không đồng ý tập huấn ở nơi khác"), "answer")
def trainings(request) -> HttpResponse:
    if request.method == "POST":
        return _answered(request)
    return _list(request)


def _list(request, refused: TrainingElsewhere | None = None) -> HttpResponse:
    """`refused` is the row whose answer was refused with a sentence."""
    chosen = request.GET.get("loc", "")
    chosen = chosen if chosen in FILTERS else ""
    rows = visible_to(request.user).filter(state=STATES[chosen]) if chosen else waiting_for(request.user)
    named = rows.select_related("person", "entered_by", "decided_by", "completion")
    page = Paginator(named.prefetch_related("completion__voids"), ON_A_PAGE).get_page(request.GET.get("page"))
    names = titles()
    for row in page.object_list:
        row.course = names.get(row.course_key, row.course_key)  # type: ignore[attr-defined]
    if page.object_list:
        record(Act.SAW_PEOPLE, request.user, on=today(), count=len(page.object_list))
    context = {
        "page": page,
        "query": f"loc={chosen}&" if chosen else "",
        "choices": [(value, label, value == chosen) for value, label in FILTERS.items()],
        "deciding": not chosen,
        "refused": refused,
        "trail": gate.trail(),
    }
    return render(request, "classes/elsewhere.html", context, status=422 if refused else 200)


def _answered(request) -> HttpResponse:
    which, act = request.POST.get("which", ""), request.POST.get("act", "")
    if act not in ("agree", "refuse"):
        return redirect("classes:elsewhere")
    row = waiting_for(request.user).filter(pk=min(int(which), gate.LARGEST) if is_number(which) else 0).first()
    if row is None:
        raise Http404
    answer = request.POST.get("answer", "").strip()[:300]
    try:
        if act == "agree":
            agree(request.user, row, timezone.now())
            messages.success(request, _("Đã đồng ý; con số tiến độ đã tính lại."))
        else:
            refuse(request.user, row, answer, timezone.now())
            messages.success(request, _("Đã trả lời người ghi; lần này không tính."))
    except Refused as sentence:
        row.sentence, row.said = str(sentence), answer  # type: ignore[attr-defined]
        return _list(request, row)
    return redirect("classes:elsewhere")


@require_safe
@answering
def paper(request, pk: int) -> FileResponse:
    """A photograph is shown; a PDF, which was not made here, is only handed out."""
    row = visible_to(request.user).filter(pk=min(pk, gate.LARGEST)).exclude(paper="").select_related("person").first()
    if row is None:
        raise Http404
    name = "giay.pdf" if row.is_pdf else ""
    answer = file_answer(row.paper, as_attachment=row.is_pdf, filename=name, content_type=row.content_type)
    record(Act.SAW_PAPER, request.user, person=row.person)
    return answer


def _trail() -> list[tuple[str, str]]:
    return [*gate.trail(), (_("Tập huấn ở nơi khác"), reverse("classes:elsewhere"))]
