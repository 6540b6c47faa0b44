"""`/buoi-tap/`: one's own forms and results, and the sessions that one leads; planning one, and its page."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Value, When
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from courses.practice.observed import planning
from courses.practice.observed.observation import Observation
from courses.practice.observed.planning import Refused
from courses.practice.observed.rubric import Guide, Rubric, written_lines
from courses.practice.observed.screens import gate
from courses.practice.observed.session import Performance, PracticeSession
from letters.numbers import is_number
from people.persons.merges import one_person
from people.times import today
from people.typed_fields import typed_day
from people.typed_times import Looks
from people.units.unit import Unit

ON_A_PAGE = 20
# a form may be written down the week after, a session planned for next year
FARTHEST_DAYS = 400


class PlanForm(forms.Form):
    rubric = forms.ModelChoiceField(Rubric.objects.filter(active=True), label=gettext_lazy("Bài thực hành"))
    on = typed_day(gettext_lazy("Ngày tập"), looks=Looks.AHEAD)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Đơn vị"))

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = planning.units_to_plan_in(user, today())  # type: ignore[attr-defined]
        self.fields["on"].initial = today()

    def clean_on(self):
        on = self.cleaned_data["on"]
        if abs((on - today()).days) > FARTHEST_DAYS:
            raise forms.ValidationError(_("Chọn một ngày trong khoảng một năm trước hoặc sau hôm nay."))
        return on


def with_forms(rows: QuerySet[Performance], user) -> QuerySet[Performance]:
    """Adds `forms`, how many of the two are in, and `sent`, whether the user's own is."""
    own_place = Case(When(first=user.pk, then=Value(1)), default=Value(2))
    mine = Observation.objects.filter(performance=OuterRef("pk"), place=OuterRef("own_place"))
    observes = Q(first=user.pk) | Q(second=user.pk)
    return rows.annotate(own_place=own_place, forms=Count("observations"), sent=Exists(mine) & observes)


@require_safe
@gate.own_page
def home(request) -> HttpResponse:
    """What waits for the person first; the sessions of their reach, if they lead any, by pages."""
    person = request.user
    unsettled = Performance.objects.filter(Q(first=person) | Q(second=person), settled_at=None)
    to_do = with_forms(unsettled, person).select_related("session__version", "session__unit", "person")
    mine = Performance.objects.filter(person__in=one_person(person)).select_related("session__version", "session__unit")
    context = {
        "to_do": to_do.order_by("session__on", "pk"),
        "mine": mine.order_by("-session__on", "-pk"),
        "may_plan": gate.may_plan(person),
        "today": today(),
    }
    if context["may_plan"]:
        led = PracticeSession.objects.led_by(person).select_related("version", "unit", "leader", "second")
        counted = led.annotate(
            people=Count("performances"), settled=Count("performances", filter=~Q(performances__outcome=""))
        ).order_by("-on", "-pk")
        context["led"] = Paginator(counted, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "observed/home.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@gate.planning
def plan(request) -> HttpResponse:
    form = PlanForm(request.user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        data = form.cleaned_data
        session = planning.plan(request.user, data["rubric"], data["unit"], data["on"], timezone.now())
        return redirect("observed:session", session.pk)
    context = {"form": form, "trail": trail()}
    return render(request, "observed/plan.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@gate.own_page
def session(request, pk: int) -> HttpResponse:
    """The page of a session for who leads or observes it; its POSTs are for who leads."""
    session = gate.session_or_404(request.user, pk)
    leads = gate.leads(request.user, session)
    if request.method == "POST":
        return _act(request, session) if leads else gate.refused(_("Chỉ người phụ trách mới đổi buổi tập."))
    words = request.GET.get("tim", "").strip()
    guide = Guide.objects.first()
    context = {
        "session": session,
        "rubric": session.version.frozen,
        "rows": with_forms(session.performances.select_related("person"), request.user).order_by(
            "person__name_order", "pk"
        ),
        "leads": leads,
        "own_place": session.place_of(request.user),
        "is_open": session.second_id and session.on <= today(),
        "found": planning.found_for(request.user, session, words) if leads else [],
        "words": words,
        "before": written_lines(guide.before) if guide else [],
        "trail": trail(),
    }
    return render(request, "observed/session.html", context)


def _act(request, session: PracticeSession) -> HttpResponse:
    """One button of the page: `act` says which, `who` is the id of a person or of a performance."""
    act, who = request.POST.get("act", ""), request.POST.get("who", "")
    number = int(who) if is_number(who) else 0
    try:
        if act == "second":
            planning.name_second(request.user, session, number)
        elif act == "add":
            planning.add(request.user, session, number)
        elif act == "take_out":
            planning.take_out(session, number)
        elif act == "drop":
            planning.drop(session)
            messages.success(request, _("Đã bỏ buổi tập."))
            return redirect("observed:home")
    except Refused as sentence:
        messages.error(request, str(sentence))
    return redirect("observed:session", session.pk)


def trail(session: PracticeSession | None = None) -> list[tuple[str, str]]:
    steps = [(_("Buổi tập"), reverse("observed:home"))]
    if session is not None:
        steps.append(
            (f"{session.version.frozen.title}, {session.on:%d/%m}", reverse("observed:session", args=[session.pk]))
        )
    return steps
