"""`/mo-hinh-hay/phu-trach/`: writing exemplars for one's unit, reviewing those of others, copying what is listed."""

from functools import partial, wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.talk import news
from courses.talk.exemplars import reviewing, writing
from courses.talk.exemplars.exemplar import WRITTEN, Exemplar, ExemplarState
from courses.talk.exemplars.whose import (
    listed,
    may_write,
    opened_to,
    reviewed_by,
    units_of,
    waiting_for,
    written_by,
)
from courses.talk.news import NewsKind
from courses.talk.refusing import Refused
from courses.talk.screens.acting import Acts, acted
from courses.talk.screens.case_forms import DecisionForm
from courses.talk.screens.exemplar_forms import ExemplarForm
from courses.talk.screens.gate import LARGEST, ON_A_PAGE, found_or_404, own_page
from letters.numbers import is_number
from people.guarding.wording import writes

TEXTS = ("title", "what", "how", "results", "cost_note", "ask_whom", "label_*")
FILTERS = {"": gettext_lazy("Của đơn vị tôi"), "cho-duyet": gettext_lazy("Chờ tôi duyệt")}


def working(view):
    @wraps(view)
    def gated(request, *args, **kwargs):
        if not may_write(request.user):
            raise PermissionDenied(_("Viết và duyệt mô hình là việc của người phụ trách đơn vị."))
        return view(request, *args, **kwargs)

    return own_page(gated)


@require_safe
@working
def work(request) -> HttpResponse:
    chosen = request.GET.get("loc", "")
    chosen = chosen if chosen in FILTERS else ""
    rows = waiting_for(request.user) if chosen else written_by(request.user).order_by("-changed_at", "-pk")
    page = Paginator(rows.select_related("unit"), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "query": f"loc={chosen}&" if chosen else "",
        "choices": [(value, label, value == chosen) for value, label in FILTERS.items()],
        "chosen": chosen,
    }
    return render(request, "exemplars/work.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@working
@writes("exemplar", gettext_lazy("Mô hình hay"), *TEXTS)
def write(request, pk: int | None = None) -> HttpResponse:
    """A new one, or `pk` in other words; kept as a draft or handed over for review."""
    row = found_or_404(written_by(request.user).filter(state__in=WRITTEN), pk) if pk is not None else None
    data = (request.POST,) if request.method == "POST" else ()
    form = ExemplarForm(request.user, *data, **_filled(row))
    if form.is_valid():
        submitted, unit = request.POST.get("act") != "draft", form.cleaned_data["unit"]
        try:
            if row is None:
                row = writing.write(request.user, unit, form.words, form.sent_key, submitted, timezone.now())
            else:
                writing.rewrite(request.user, row, unit, form.words, submitted, timezone.now())
        except Refused as sentence:
            form.add_error(None, str(sentence))
        else:
            messages.success(request, _("Đã gửi duyệt.") if submitted else _("Đã lưu bản nháp."))
            return redirect("exemplars:open", row.pk)
    return render(request, "exemplars/write.html", {"form": form, "row": row}, status=422 if form.errors else 200)


def _filled(row: Exemplar | None) -> dict:
    if row is None:
        return {}
    names = ExemplarForm.base_fields.keys() - {"key"}
    return {
        "initial": {name: getattr(row, name) for name in names},
        "numbers": list(row.numbers.values_list("label", "number")),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@working
@writes("exemplar_word", gettext_lazy("Lý do về một mô hình hay"), "text")
def opened(request, pk: int) -> HttpResponse:
    """One in any state, with what she may do with it."""
    row, user = found_or_404(opened_to(request.user), pk), request.user
    if request.method != "POST":
        news.opened(user, [NewsKind.EXEMPLAR], pk)
        return _shown(request, pk)
    reviews = Exemplar.objects.filter(reviewed_by(user), pk=row.pk).exists()

    def allowed(right: bool) -> None:
        if not right:
            raise PermissionDenied(_("Một người khác phụ trách cấp trên duyệt mô hình này."))

    def list_it(form, now):
        allowed(reviews)
        reviewing.put_on_the_list(user, row, form.cleaned_data["seen"], now)

    def send_back(form, now):
        allowed(reviews)
        reviewing.send_back(user, row, form.cleaned_data["text"], form.cleaned_data["seen"], now)

    def take_off(form, now):
        allowed(reviews or written_by(user).filter(pk=row.pk).exists())
        writing.take_off(user, row, form.cleaned_data["text"], now)

    acts: Acts = {
        "list": (DecisionForm, list_it, _("Đã đăng mô hình.")),
        "send_back": (DecisionForm, send_back, _("Đã gửi lại cho người viết.")),
        "take_off": (DecisionForm, take_off, _("Đã rút mô hình.")),
    }
    return acted(request, acts, lambda act: redirect("exemplars:work"), partial(_shown, request, pk))


def _shown(request, pk: int, act: str = "", form=None) -> HttpResponse:
    row = found_or_404(opened_to(request.user).select_related("unit", "written_by", "decided_by"), pk)
    reviews = Exemplar.objects.filter(reviewed_by(request.user), pk=row.pk).exists()
    writes_it = written_by(request.user).filter(pk=row.pk).exists()
    context = {
        "row": row,
        "reviews": reviews and row.state == ExemplarState.WAITING,
        "rewrites": writes_it and row.state in WRITTEN,
        "ends": (writes_it or reviews) and row.state != ExemplarState.WITHDRAWN,
        "sentence": next(iter(form.errors.get("text", [])), "") if form is not None else "",
        "typed": form.data.get("text", "") if form is not None else "",
        "opened": act,
    }
    return render(request, "exemplars/opened.html", context, status=422 if form else 200)


@require_POST
@working
def copy(request, pk: int) -> HttpResponse:
    """A unit of hers begins or ends to copy what is listed."""
    row, which = found_or_404(listed(), pk), request.POST.get("unit", "")
    unit = units_of(request.user).filter(pk=min(int(which), LARGEST) if is_number(which) else 0).first()
    if unit is None:
        raise Http404
    try:
        if request.POST.get("act") == "end":
            reviewing.give_up(row, unit, timezone.now())
        else:
            reviewing.adopt(request.user, row, unit, timezone.now())
            messages.success(request, _("Đã ghi: %s làm theo mô hình này.") % unit.name)
    except Refused as sentence:
        messages.warning(request, str(sentence))
    return redirect("exemplars:one", pk)
