"""`/lop-tap-huan/`: the classes of one's reach, planning one, and the page of a class."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from courses.classes import listing
from courses.classes.elsewhere import deciding
from courses.classes.feedback.results import answers_of
from courses.classes.held.walk_ins import waiting_for
from courses.classes.planned import planning, whose
from courses.classes.planned.participant import Participant, SeatState
from courses.classes.planned.planning import Refused
from courses.classes.planned.seating import leave
from courses.classes.planned.training_class import ClassState, TrainingClass, is_over
from courses.classes.screens import gate
from courses.classes.screens.forms import ChangeForm, ClassForm, MeetingForms
from courses.content.taught import titles
from letters.numbers import is_number
from people.guarding.wording import writes

ON_A_PAGE = 20


@require_safe
@gate.own_page
def home(request) -> HttpResponse:
    """One's own classes; then those of one's reach, by pages, the latest first."""
    person, now, state = request.user, timezone.now(), request.GET.get("tinh-trang", "")
    context = {
        "mine": listing.of_person(person),
        "may_lead": gate.may_lead(person),
        "may_open": gate.may_open(person),
        "states": ClassState.choices,
        "state": state,
    }
    if context["may_open"]:
        rows = listing.in_state(listing.with_counts(whose.opened_to(person)), state, now)
        page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
        names = titles()
        for row in page.object_list:
            row.state, row.course = listing.state_of(row, now), names.get(row.course_key, row.course_key)  # type: ignore[attr-defined]
        context |= {
            "waiting": waiting_for(person).count(),
            "elsewhere": deciding.waiting_for(person).count(),
            "page": page,
            "query": f"tinh-trang={state}&" if state in ClassState.values else "",
        }
    return render(request, "classes/home.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@gate.planning
@writes("training_class", gettext_lazy("Tên lớp, nơi học"), "title", "*-room")
def plan(request) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    form, meetings = ClassForm(request.user, posted), MeetingForms(posted)
    # both, so that all that is wrong is said at once
    if posted is not None and form.is_valid() & meetings.is_valid():
        made = planning.plan(request.user, form.cleaned_data, meetings.times(), timezone.now())
        messages.success(request, _("Đã mở lớp. Bây giờ mời người dự."))
        return redirect("classes:invite", made.pk)
    context = {"form": form, "meetings": meetings, "trail": gate.trail(), "heading": _("Mở lớp tập huấn")}
    return render(request, "classes/plan.html", context, status=422 if posted is not None else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@gate.leading
@writes("training_class", gettext_lazy("Tên lớp, nơi học"), "title", "*-room")
def change(request, row: TrainingClass) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    form = ChangeForm(request.user, posted, initial={name: getattr(row, name) for name in ChangeForm.NAMES})
    meetings = MeetingForms(posted, initial=_meetings_of(row))
    if posted is not None and form.is_valid() & meetings.is_valid():
        try:
            planning.change(row, form.cleaned_data, meetings.times(), timezone.now())
        except Refused as sentence:
            form.add_error(None, str(sentence))
        else:
            messages.success(request, _("Đã lưu. Ai có email đã được báo nếu giờ hoặc nơi học đổi."))
            return redirect("classes:class", row.pk)
    context = {"form": form, "meetings": meetings, "trail": gate.trail(row), "heading": _("Sửa lớp")}
    return render(request, "classes/plan.html", context, status=422 if posted is not None else 200)


def _meetings_of(row: TrainingClass) -> list[dict]:
    local = timezone.localtime
    return [
        {"on": one.on, "begins": local(one.starts_at).time(), "ends": local(one.ends_at).time(), "room": one.room}
        for one in row.meetings.all()
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@gate.own_page
def training_class(request, pk: int) -> HttpResponse:
    """The page of a class for who may open it; its POSTs are for who leads."""
    row = gate.class_or_404(request.user, pk)
    if request.method == "POST":
        return _act(request, gate.led_or_refused(request.user, pk))
    now = timezone.now()
    people = list(row.participants.select_related("person").order_by("person__name_order", "pk"))
    waiting = sorted((p for p in people if p.state == SeatState.WAITING), key=lambda p: (p.waits_since, p.pk))
    context = {
        "row": row,
        "state": listing.state_of(listing.with_counts(TrainingClass.objects.filter(pk=row.pk)).get(), now),
        "course": titles().get(row.course_key, row.course_key),
        "meetings": list(row.meetings.all()),
        # thousands by dots, as written here
        "cost": f"{row.cost:,}".replace(",", ".") if row.cost is not None else "",
        "confirmed": row.confirmations.filter(superseded_at=None).select_related("by").first(),
        "is_over": is_over(row, now),
        "feedback": answers_of(row),
        "seated": [p for p in people if p.state == SeatState.SEATED],
        "waiting": waiting,
        "gone": [p for p in people if p.state in (SeatState.DECLINED, SeatState.OFF)],
        "trainers": list(planning.trainers_of(row)),
        "possible": list(planning.possible_trainers(row.unit)) if row.leads else [],  # type: ignore[attr-defined]
        "trail": gate.trail(),
    }
    return render(request, "classes/class.html", context)


def _act(request, row: TrainingClass) -> HttpResponse:
    """One button of the page: `act` says which, `who` names a participant or the trainers."""
    act, now = request.POST.get("act", ""), timezone.now()
    chosen = [int(who) for who in request.POST.getlist("who") if is_number(who)]
    try:
        if act == "off":
            for one in Participant.objects.filter(training_class=row, pk__in=chosen):
                leave(one, SeatState.OFF, now)
        elif act == "trainers":
            planning.name_trainers(row, chosen)
        elif act == "cancel":
            planning.cancel(row, now)
    except Refused as sentence:
        messages.error(request, str(sentence))
    return redirect("classes:class", row.pk)
