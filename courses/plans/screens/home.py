"""`/ke-hoach/`: the plans of one's reach in a year; beginning one; the province's template."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import OuterRef, Q, Subquery
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from courses.plans import starter
from courses.plans.made import making, whose
from courses.plans.made.making import Refused
from courses.plans.made.offers import offering, published
from courses.plans.made.plan import FIRST_YEAR, LAST_YEAR, Plan, PlanState, PlanVersion
from courses.plans.screens import gate
from courses.plans.screens.forms import BeginForm, TemplateForm
from people.times import today, year_typed
from people.units.unit import Unit

ON_A_PAGE = 30
# the values of `loc`
FILTERS = {
    "": gettext_lazy("Mọi kế hoạch"),
    "cho": gettext_lazy("Chờ anh chị duyệt"),
    "chua-gui": gettext_lazy("Chưa gửi duyệt"),
    "duyet": gettext_lazy("Đã duyệt"),
}


def asked_year(request) -> int:
    return year_typed(request.GET.get("nam", ""), FIRST_YEAR, LAST_YEAR)


@require_safe
@gate.seeing_figures
def home(request) -> HttpResponse:
    user, year = request.user, asked_year(request)
    chosen = request.GET.get("loc", "")
    chosen = chosen if chosen in FILTERS else ""
    plans = _listed(user, year, chosen)
    templates = _templates(user, year)
    writes = gate.holds(user, whose.WRITING_KINDS)
    context = {
        "page": Paginator(plans, ON_A_PAGE).get_page(request.GET.get("page")),
        "query": f"nam={year}&" + (f"loc={chosen}&" if chosen else ""),
        "choices": [(value, label, value == chosen) for value, label in FILTERS.items()],
        "chosen": chosen,
        "year": year,
        "years": [year - 1, year, year + 1],
        "templates": templates,
        "offered": published([year]),
        "opens": gate.holds(user, whose.READING_KINDS),
        "writes": writes,
        "mine": _missing(user, year) if writes else [],
        "makes_templates": bool(whose.template_units(user)),
    }
    return render(request, "plans/home.html", context)


def _listed(user, year: int, chosen: str):
    """Plans with the state of their newest version; a fixed number of queries."""
    newest = PlanVersion.objects.filter(plan=OuterRef("pk")).order_by("-number")
    mine = whose.written_by(user).values("pk")
    seen = Q(pk__in=mine) | ~Q(newest=PlanState.DRAFT) | Q(number__gt=1)
    plans = whose.read_by(user).filter(is_template=False, year=year).select_related("unit")
    plans = plans.annotate(newest=Subquery(newest.values("state")[:1]), number=Subquery(newest.values("number")[:1]))
    plans = plans.filter(seen).order_by("unit__name_order", "pk")
    if chosen == "cho":
        return plans.filter(pk__in=whose.waiting_for(user).order_by().values("plan"))
    if chosen == "duyet":
        return plans.filter(versions__state=PlanState.APPROVED).distinct()
    return plans.filter(newest=PlanState.DRAFT) if chosen == "chua-gui" else plans


def _templates(user, year: int) -> list[Plan]:
    """Published ones, and for who makes them those that are being written."""
    newest = PlanVersion.objects.filter(plan=OuterRef("pk")).order_by("-number").values("state")
    plans = whose.read_by(user).filter(is_template=True, year=year).select_related("unit")
    return list(plans.annotate(newest=Subquery(newest[:1])))


def _missing(user, year: int) -> list[Unit]:
    """Her own units, at which her roles rest, that have no plan of the year; offered the template or not."""
    roots = whose.roots(user)
    have = Plan.objects.filter(unit__in=roots, year=year, is_template=False).values("unit")
    return list(Unit.objects.on(today()).filter(pk__in=roots).exclude(pk__in=have).by_name())


@require_http_methods(["GET", "HEAD", "POST"])
@gate.writing
def begin(request) -> HttpResponse:
    """`?don-vi=` and `?nam=` fill in whose and which year's."""
    filled = {"unit": request.GET.get("don-vi", "")[:20], "year": asked_year(request)}
    form = BeginForm(request.user, request.POST if request.method == "POST" else None, initial=filled)
    if form.is_valid():
        unit, year = form.cleaned_data["unit"], form.cleaned_data["year"]
        template = offering([unit], year).get(unit.pk)
        try:
            made = making.begin(request.user, unit, year, timezone.now(), template=template)
        except Refused as sentence:
            form.add_error(None, str(sentence))
        else:
            said = _("Đã lập từ mẫu của tỉnh. Xem từng việc, sửa cho đúng đơn vị rồi gửi duyệt.")
            messages.success(request, said if template else _("Đã lập bản trống. Thêm việc rồi gửi duyệt."))
            return redirect("plans:plan", made.plan_id)
    context = {"form": form, "trail": gate.trail(), "heading": _("Lập kế hoạch năm"), "button": _("Lập kế hoạch")}
    return render(request, "plans/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@gate.templating
def begin_template(request) -> HttpResponse:
    form = TemplateForm(request.POST if request.method == "POST" else None, initial={"year": today().year + 1})
    if form.is_valid():
        year, begins = form.cleaned_data["year"], form.cleaned_data["begins"]
        unit = Unit.objects.get(pk=min(whose.template_units(request.user)))
        try:
            made = _made_template(request.user, unit, year, begins)
        except Refused as sentence:
            form.add_error(None, str(sentence))
        else:
            messages.success(request, _("Đã lập mẫu. Sửa từng việc, rồi ban hành để các đơn vị nhận."))
            return redirect("plans:plan", made.plan_id)
    heading = _("Lập mẫu kế hoạch năm")
    context = {"form": form, "trail": gate.trail(), "heading": heading, "button": _("Lập mẫu")}
    return render(request, "plans/form.html", context, status=422 if form.errors else 200)


def _made_template(by, unit: Unit, year: int, begins: str) -> PlanVersion:
    now = timezone.now()
    before = None
    if begins == "before":
        before = next((row for row in published([year - 1]) if row.plan.unit_id == unit.pk), None)
        if before is None:
            raise Refused(_("Năm %d chưa có mẫu đã ban hành; bắt đầu từ bản khác.") % (year - 1))
    made = making.begin_template(by, unit, year, now, of=before)
    if begins == "starter":
        starter.fill(made)
    return made
