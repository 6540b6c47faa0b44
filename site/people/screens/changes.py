"""Imports and bulk acts on people: which there were, what each did row by row, and undoing them."""

from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from letters.numbers import is_number
from outbox.effects import Effect, EffectState
from people.changes.change import BulkChange, ChangedRow, Deed
from people.log.audit import Act, administered_unit, record
from people.signing_in.resuming import signed_in_or_kept
from people.times import today
from people.undoing import carrying_out
from people.undoing.answers import answers_of, mended_in
from people.undoing.kinds import ROW_KINDS
from people.undoing.rights import changes_of, rows_of, undoable_kinds

CHANGES_A_PAGE, ROWS_A_PAGE = 30, 50
# which rows: all, those that are as the change left them, undone ones, those that an undo left
LEFT, UNDONE, STAYS = "con", "roi", "giu"


def undoing(view):
    """Allows those who could make some such change themselves; a change out of reach is 404."""

    @never_cache
    @signed_in_or_kept
    @wraps(view)
    def gate(request, *args, **kwargs):
        if not undoable_kinds(request.user):
            raise PermissionDenied(_("Trang này dành cho người phụ trách tập huấn và người quản lý cấp tỉnh."))
        return view(request, *args, **kwargs)

    return gate


@require_safe
@undoing
def changes(request):
    page = Paginator(changes_of(request.user), CHANGES_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "account/changes.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@undoing
def change(request, pk):
    """The rows of a change. A POST looks at what undoing it would do: the chosen rows, or with `tat-ca` all."""
    found = get_object_or_404(changes_of(request.user), pk=pk)
    rows = rows_of(found, request.user)
    nothing_chosen = False
    if request.method == "POST" and not found.is_old:
        chosen = [int(value) for value in request.POST.getlist("dong") if is_number(value)]
        if "tat-ca" in request.POST:
            return redirect("undo", carrying_out.ask(found, request.user).pk)
        if chosen:
            return redirect("undo", carrying_out.ask(found, request.user, chosen[:ROWS_A_PAGE]).pk)
        nothing_chosen = True
    page = Paginator(_filtered(rows, request.GET), ROWS_A_PAGE).get_page(request.GET.get("page"))
    shown = carrying_out.in_words(list(page.object_list))
    record(Act.SAW_PEOPLE, request.user, unit=administered_unit(request.user), on=today(), count=len(shown))
    context = {
        "change": found,
        "page": page,
        "rows": shown,
        "answers": answers_of(found, request.user),
        "mended": mended_in(found, request.user),
        "nothing_chosen": nothing_chosen,
        **_counts(rows),
        "kind": request.GET.get("loai", ""),
        "what": request.GET.get("viec", ""),
        "state": request.GET.get("tt", ""),
        "states": [(LEFT, _("Chưa hoàn tác")), (UNDONE, _("Đã hoàn tác")), (STAYS, _("Giữ lại khi hoàn tác"))],
        "query": urlencode({name: value for name in ("loai", "viec", "tt") if (value := request.GET.get(name))}),
        "undone_in": found.undone_in.order_by("pk"),
    }
    return render(request, "account/change.html", context, status=422 if nothing_chosen else 200)


def _filtered(rows: QuerySet[ChangedRow], asked) -> QuerySet[ChangedRow]:
    if asked.get("loai") in ROW_KINDS:
        rows = rows.filter(kind=asked["loai"])
    if asked.get("viec") in Deed.values:
        rows = rows.filter(what=asked["viec"])
    if asked.get("tt") == LEFT:
        rows = rows.filter(undone_by=None)
    elif asked.get("tt") == UNDONE:
        rows = rows.exclude(undone_by=None)
    elif asked.get("tt") == STAYS:
        rows = rows.filter(undone_by=None).exclude(stays="")
    return rows.select_related("person", "unit").order_by("pk")


def _counts(rows: QuerySet[ChangedRow]) -> dict:
    """How many rows of each kind and what was done, and how many are left to undo; one query."""
    grouped = rows.order_by("kind", "what").values("kind", "what")
    counts = grouped.annotate(count=Count("pk"), left=Count("pk", filter=Q(undone_by=None)))
    counted: list[dict[str, Any]] = [dict(one) for one in counts]
    kinds, whats = ({one[name] for one in counted} for name in ("kind", "what"))
    return {
        "counts": carrying_out.shown(counted),
        "kinds": [(kind, ROW_KINDS[kind].title) for kind in sorted(kinds & ROW_KINDS.keys())],
        "whats": [(what, Deed(what).label) for what in sorted(whats)],
        "left": sum(one["left"] for one in counted),
        "all_rows": sum(one["count"] for one in counted),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@undoing
def undo(request, pk):
    """What an undo would do, to be confirmed by a POST; then how far it is, and what it did."""
    works = Effect.objects.of(request.user).filter(kind__in=[carrying_out.CHECK, carrying_out.UNDO])
    work = get_object_or_404(works, pk=pk)
    found = get_object_or_404(changes_of(request.user), pk=work.payload["change"])
    is_undo = work.kind == carrying_out.UNDO
    carried_out = None if is_undo else carrying_out.confirmed(work)
    if request.method == "POST" and not is_undo and work.state == EffectState.DONE and work.result["going"]:
        return redirect("undo", carrying_out.confirm(work).pk)
    context = {
        "work": work,
        "result": work.result,
        "change": found,
        "is_undo": is_undo,
        "carried_out": carried_out,
        "chosen": work.payload["rows"],
        "by_kind": carrying_out.shown(work.result.get("by_kind", [])),
        "staying": _staying(found, request.user, work.result.get("stays", [])),
        "made": BulkChange.objects.filter(pk=work.result.get("undo", 0)).first(),
    }
    return render(request, "account/undo.html", context)


def _staying(found: BulkChange, user, stays: list[dict]) -> list[ChangedRow]:
    """The rows that stay as they are, with their words and why."""
    why = {one["row"]: one["why"] for one in stays}
    rows = rows_of(found, user).filter(pk__in=why).select_related("person", "unit").order_by("pk")
    shown = carrying_out.in_words(list(rows))
    for row in shown:
        row.stays = why[row.pk]
    return shown
