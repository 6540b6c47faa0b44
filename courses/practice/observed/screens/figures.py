"""The figures of a rubric, for whoever looks after it."""

from math import floor

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from courses.practice.observed.agreement import LEAST_PAIRS, Agreement
from courses.practice.observed.figures import figures_of
from courses.practice.observed.rubric import Guide, Rubric
from courses.practice.observed.rubric_admin import LOOKS_AFTER
from courses.practice.observed.screens import gate
from courses.practice.observed.versions import content_of, frozen


def in_words(found: Agreement) -> dict:
    """{"pairs", "exact", "within_one", "kappa"} as they are shown; shares rounded down, as all percentages here."""
    kappa = None if found.kappa is None else f"{floor(found.kappa * 100) / 100:.2f}".replace(".", ",")
    return {
        "pairs": found.pairs,
        "exact": share_in_words(found.exact, found.pairs),
        "within_one": share_in_words(found.within_one, found.pairs),
        "kappa": kappa or _("chưa tính được"),
    }


def share_in_words(part: int, whole: int) -> str:
    """ "14/20 (70 %)", with at most one decimal and no line break before %; "–" of nothing."""
    if not whole:
        return "–"
    percent = f"{part * 1000 // whole / 10:.1f}".removesuffix(".0").replace(".", ",")
    return f"{part}/{whole} ({percent}\u00a0%)"


@require_safe
@gate.own_page
def figures(request, pk: int) -> HttpResponse:
    if not LOOKS_AFTER.user_has_permission(request.user, "view"):
        raise PermissionDenied(_("Bộ tiêu chí do người quản lý cấp tỉnh chăm sóc."))
    rubric = get_object_or_404(Rubric, pk=min(pk, gate.LARGEST))
    guide = Guide.objects.first()
    found = figures_of(rubric, frozen(content_of(rubric, guide)))
    context = {
        "rubric": rubric,
        "records": found.records,
        "whole": in_words(found.whole),
        "behaviours": [{"what": b.what, "critical": b.critical, **in_words(b.found)} for b in found.behaviours],
        "least_pairs": LEAST_PAIRS,
        "training": guide.agreement_training if guide else "",
        "trail": [(_("Bộ tiêu chí quan sát"), reverse("rubrics:index"))],
    }
    return render(request, "observed/figures.html", context)
