"""A reform's own page: what it consists of, looking at what it would do, applying it, and taking it back."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from outbox.effects import Effect, EffectState, retry
from people.reforms import applying, reversing
from people.reforms.acts import parts_of
from people.reforms.reform import Reform
from people.reforms.screens.gate import reforming, trail_to
from people.reforms.screens.preparing import drop_act
from people.undoing import carrying_out

SHOWN_LINES = 40


@require_http_methods(["GET", "HEAD", "POST"])
@reforming
def reform(request, pk):
    """A POST takes an act out of the draft (`bo`), drops the draft (`xoa`), or asks for the preview."""
    found = get_object_or_404(Reform.objects.select_related("by", "reversed_by", "change"), pk=pk)
    if request.method == "POST" and found.is_draft:
        if "bo" in request.POST:
            drop_act(found, request.POST["bo"])
            return redirect("reform", pk)
        if "xoa" in request.POST:
            found.delete()
            messages.success(request, _("Đã bỏ bản soạn."))
            return redirect("reforms")
        if found.acts:
            return redirect("reform_check", pk, applying.ask(found, request.user).pk)
    context = {
        "reform": found,
        "splits": _splits(found),
        "posted": len(found.posted),
        "check": _last(applying.CHECK, found),
        "work": _last(applying.APPLY, found),
        "trail": trail_to(),
    }
    return render(request, "account/reform.html", context)


def _splits(found: Reform) -> list[dict]:
    """By the acts alone: what is split, and who is named heir so far."""
    names = {row["ma"]: row["ten"] for one in found.acts for row in one["units"]}
    given = {
        row["ma_cu"]: row["ma_moi"] for one in found.acts for row in one["successions"] if row["thua_ke"]
    } | found.heirs
    return [
        {
            "code": old,
            "parts": [names.get(code, code) for code in parts],
            "heir": names.get(given[old], given[old]) if given.get(old) else "",
        }
        for old, parts in sorted(parts_of(found.acts).items())
    ]


def _last(kind: str, found: Reform) -> Effect | None:
    return Effect.objects.filter(kind=kind, payload__reform=found.pk).order_by("-pk").first()


@require_http_methods(["GET", "HEAD", "POST"])
@reforming
def check(request, pk, work):
    """What applying would do; a POST applies it."""
    found = get_object_or_404(Reform, pk=pk)
    looked = get_object_or_404(Effect, pk=work, kind=applying.CHECK, payload__reform=pk)
    is_good = looked.state == EffectState.DONE and bool(looked.result.get("mark"))
    if request.method == "POST" and found.is_draft and is_good and looked.result["changes_something"]:
        looked.requested_by = request.user
        applying.confirm(found, looked)
        return redirect("reform", pk)
    context = {
        "reform": found,
        "work": looked,
        "result": looked.result,
        "figures": [_folded(table) for table in looked.result.get("figures", ())],
        "trail": trail_to(found),
    }
    return render(request, "account/reform_check.html", context)


def _folded(table: dict) -> dict:
    lines = table["lines"]
    return {**table, "first": lines[:SHOWN_LINES], "rest": lines[SHOWN_LINES:]}


@require_http_methods(["GET", "HEAD", "POST"])
@reforming
def back(request, pk):
    """What taking it back would do, asked for by a POST with `xem`; another POST does it; then how far it is."""
    found = get_object_or_404(Reform.objects.select_related("change"), pk=pk)
    work, looked = _last(reversing.REVERSE, found), _last(reversing.LOOK, found)
    seen = looked.result if looked and looked.state == EffectState.DONE else None
    if request.method == "POST" and found.change_id and not found.reversed_at:
        if "xem" in request.POST:
            reversing.ask(found, request.user)
        elif seen is not None and not seen["obstacles"]:
            done = reversing.confirm(found, request.user)
            if done.state == EffectState.FAILED:
                retry(done, timezone.now())
        return redirect("reform_back", pk)
    context = {
        "reform": found,
        "work": work,
        "looked": looked,
        "look": seen,
        "going": carrying_out.shown(seen["going"]) if seen else [],
        "trail": trail_to(found),
    }
    return render(request, "account/reform_back.html", context)
