"""`/hoat-dong/do-phu/`: who was reached, as table and tile map, and the list of localities that matter most."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from campaigns.activities.made import focus, whose
from campaigns.activities.screens import gate
from campaigns.activities.screens.asked import Question, campaign_window, question
from campaigns.activities.screens.files import table_response
from campaigns.activities.told.coverage import NONE, REACHED, UNKNOWN, Coverage, coverage
from campaigns.activities.told.coverage_table import coverage_table, language_rows, lines_of, tiles_of
from people.log.audit import Act, record
from people.rights import scope
from people.rights.roles import FIGURE_KINDS
from people.times import today
from people.units.unit import Unit


def shown(user, asked: Question) -> tuple[Coverage, bool]:
    """What she may see, and whether by name. Who may not read the list by name sees the province in numbers, if her
    role is for all of it, and nothing that would tell a commune.
    """
    named = focus.named_to(user)
    if named is None or named:
        return coverage(asked.window, named), True
    if scope.kinds_at_the_top(user) & FIGURE_KINDS:
        return coverage(asked.window), False
    return coverage(asked.window, ()), False


@require_safe
@gate.seeing_figures
def page(request) -> HttpResponse:
    asked = question(request)
    found, by_name = shown(request.user, asked)
    window = campaign_window(asked.window.last.year)
    lines = lines_of(found) if by_name else []
    context = {
        "asked": asked,
        "found": found,
        "counts": {"reached": found.count(REACHED), "none": found.count(NONE), "unknown": found.count(UNKNOWN)},
        "by_name": by_name,
        "lines": lines,
        "chased": [line for line in lines if line.row.focus and line.row.state != REACHED],
        "tiles": tiles_of(found) if by_name else [],
        "languages": language_rows(found),
        "campaign": window if window and window[0] <= today() else None,
        "campaign_end": min(window[1], today()) if window else None,
        "assesses": whose.names_kinds(request.user),
        "opens": gate.holds(request.user, whose.READING_KINDS),
        "trail": gate.trail() if gate.holds(request.user, whose.READING_KINDS) else [],
    }
    return render(request, "activities/coverage.html", context)


@require_safe
@gate.seeing_figures
def table(request, kind: str) -> HttpResponse:
    """A file is carried away, so it is never about other days than were asked."""
    asked = question(request)
    if asked.notes:
        return HttpResponse(" ".join(asked.notes), status=400, content_type="text/plain; charset=utf-8")
    found, by_name = shown(request.user, asked)
    record(Act.EXPORTED_ACTIVITIES, request.user, on=asked.window.last, detail=f"do phu {kind}")
    name = f"do-phu-{asked.window.last:%Y-%m-%d}"
    return table_response(coverage_table(found, by_name, timezone.now()), name, kind)


@require_http_methods(["GET", "HEAD", "POST"])
@gate.assessing
def assessed(request) -> HttpResponse:
    """Which communes somebody looked at: one without a flag is off the list only once it was assessed."""
    rows = [row for row in coverage(question(request).window).rows if not row.focus]
    if request.method == "POST":
        known = {row.commune.pk for row in rows}
        chosen = {int(one) for one in request.POST.getlist("xa") if one.isascii() and one.isdecimal()} & known
        if not chosen:
            messages.error(request, _("Chưa chọn xã nào."))
        else:
            focus.say_assessed(request.user, list(Unit.objects.filter(pk__in=chosen)), today(), timezone.now())
            messages.success(request, _("Đã ghi: %d xã đã rà soát, không thuộc địa bàn trọng điểm.") % len(chosen))
        return redirect("activities:assessed")
    context = {"rows": rows, "trail": gate.trail()}
    return render(request, "activities/assessed.html", context)
