"""An observer's form, and the page on which two observers agree."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from courses.practice.observed.agreeing import decide, propose, receive, say
from courses.practice.observed.filling import LONGEST_EVIDENCE, NO_OCCASION, read
from courses.practice.observed.observation import AlreadySent
from courses.practice.observed.outcome import LEVELS
from courses.practice.observed.planning import Refused
from courses.practice.observed.record import record_of
from courses.practice.observed.rubric import Guide, written_lines
from courses.practice.observed.screens import gate
from courses.practice.observed.screens.leading import trail
from courses.practice.observed.session import Performance
from courses.practice.observed.versions import Behaviour, FrozenRubric
from people.guarding.wording import writes
from people.log.audit import Act, record
from people.times import today


@dataclass(frozen=True)
class FormRow:
    """One behaviour of the form; `level` and `evidence` as they were posted."""

    number: int
    behaviour: Behaviour
    options: list[tuple[str, str, str]]
    level: str
    evidence: str
    error: str


def rows_of(rubric: FrozenRubric, posted, errors) -> list[FormRow]:
    labels = {level.number: level.label for level in rubric.levels}
    return [
        FormRow(
            number,
            behaviour,
            [
                *((str(n), f"{n}. {labels[n]}", behaviour.levels[n]) for n in LEVELS),
                (NO_OCCASION, _("Không có dịp"), _("Không xảy ra trong lượt này; không tính.")),
            ],
            posted.get(f"{number}-level", ""),
            posted.get(f"{number}-evidence", ""),
            errors.get(behaviour.id, ""),
        )
        for number, behaviour in enumerate(rubric.behaviours, 1)
    ]


def wants_json(request) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


@require_http_methods(["GET", "HEAD", "POST"])
@gate.own_page
@writes("observation", gettext_lazy("Bằng chứng trong phiếu quan sát"), "*-evidence")
def form(request, pk: int) -> HttpResponse:
    """The empty form; once sent, one's own answers to read until the other form is in."""
    performance = gate.performance_or_404(pk)
    place = performance.place_of(request.user)
    if place is None:
        raise Http404
    if request.method == "POST":
        return _send(request, performance, place)
    sent = performance.observations.filter(place=place).prefetch_related("levels").first()
    if sent is None:
        return _blank(request, performance, {}, {})
    if performance.observations.count() == 2:
        return redirect("observed:agree", performance.pk)
    own = {row.behaviour: row for row in sent.levels.all()}
    rubric = performance.session.version.frozen
    context = {
        "performance": performance,
        "sent_at": sent.sent_at,
        "rows": [(behaviour, own[behaviour.id]) for behaviour in rubric.behaviours],
        "trail": trail(performance.session),
    }
    return render(request, "observed/sent.html", context)


def _blank(request, performance: Performance, posted, errors) -> HttpResponse:
    rubric, guide = performance.session.version.frozen, Guide.objects.first()
    context = {
        "performance": performance,
        "place": performance.place_of(request.user),
        "rubric": rubric,
        "rows": rows_of(rubric, posted, errors),
        "errors": errors,
        "token": posted.get("token") or uuid4(),
        "is_open": performance.second_id and performance.session.on <= today(),
        "longest": LONGEST_EVIDENCE,
        "observing": written_lines(guide.observing) if guide else [],
        "trail": trail(performance.session),
    }
    return render(request, "observed/form.html", context, status=422 if errors else 200)


def _send(request, performance: Performance, place: int) -> HttpResponse:
    filled = read(performance.session.version.frozen, request.POST)
    try:
        token = UUID(request.POST.get("token", ""))
    except ValueError:
        token = uuid4()
    if filled.errors:
        if wants_json(request):
            return JsonResponse({"error": _("Phiếu còn chỗ chưa ghi đủ.")}, status=422)
        return _blank(request, performance, request.POST, filled.errors)
    address = reverse("observed:form", args=[performance.pk])
    try:
        receive(performance.pk, place, filled.entries, token, timezone.now())
    except (AlreadySent, Refused) as sentence:
        if wants_json(request):
            return JsonResponse({"error": str(sentence)}, status=409)
        messages.warning(request, str(sentence))
        return redirect(address)
    return JsonResponse({"next": address}) if wants_json(request) else redirect(address)


@require_http_methods(["GET", "HEAD", "POST"])
@gate.own_page
@writes("agreeing", gettext_lazy("Lý do và lời gửi người học"), "reason", "keep", "change")
def agree(request, pk: int) -> HttpResponse:
    """Both forms side by side, for the two observers and whoever leads; before both are in, for nobody."""
    performance = gate.performance_or_404(pk)
    place = performance.place_of(request.user)
    if place is None and not gate.leads(request.user, performance.session):
        raise Http404
    if performance.observations.count() < 2:
        return redirect(*(("observed:form", pk) if place else ("observed:session", performance.session_id)))
    if request.method == "POST":
        return _act(request, performance, place)
    if place is None:
        record(Act.SAW_PERSON, request.user, person=performance.person)
    guide = Guide.objects.first()
    context = {
        "performance": performance,
        "record": record_of(performance),
        "place": place,
        "is_leader": performance.session.leader_id == request.user.pk,
        "agreeing": written_lines(guide.agreeing) if guide else [],
        "feedback": written_lines(guide.feedback) if guide else [],
        "trail": trail(performance.session),
    }
    return render(request, "observed/agree.html", context)


def _act(request, performance: Performance, place: int | None) -> HttpResponse:
    """`act` is "propose", "decide" or "say"."""
    posted, now = request.POST, timezone.now()
    act, behaviour, level = posted.get("act", ""), posted.get("behaviour", ""), posted.get("level", "")
    if place is None:
        return gate.refused(_("Chỉ hai người quan sát mới thống nhất được mức."))
    address = reverse("observed:agree", args=[performance.pk])
    try:
        if act == "say":
            say(performance.pk, posted.get("keep", ""), posted.get("change", ""))
            messages.success(request, _("Đã ghi lời gửi người học."))
        elif level not in {NO_OCCASION, *map(str, LEVELS)}:
            raise Refused(_("Chọn một trong hai mức."))
        else:
            wanted = None if level == NO_OCCASION else int(level)
            if act == "decide":
                decide(performance.pk, request.user, behaviour, wanted, posted.get("reason", ""), now)
            else:
                propose(performance.pk, place, behaviour, wanted, posted.get("reason", ""), now)
            address += f"#{behaviour}"
    except Refused as sentence:
        messages.error(request, str(sentence))
    return redirect(address)
