"""The PDFs: cards and the empty form. The learner has her own card only."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from courses.practice.observed import sheets
from courses.practice.observed.rubric import Guide, Rubric
from courses.practice.observed.rubric_admin import LOOKS_AFTER
from courses.practice.observed.screens import gate
from courses.practice.observed.versions import RubricVersion, content_hash, content_of, frozen
from printing import MissingLetter


@require_safe
@gate.own_page
def card(request, pk: int, name: str) -> HttpResponse:
    """Any card of a session, for who leads or observes it."""
    return _card(gate.session_or_404(request.user, pk).version, name)


@require_safe
@gate.own_page
def my_card(request, pk: int) -> HttpResponse:
    return _card(gate.performance_or_404(pk, person=request.user.pk).session.version, "learner")


def _card(version: RubricVersion, name: str) -> HttpResponse:
    if name not in version.frozen.cards:
        raise Http404
    guide = Guide.objects.first()
    return _pdf(lambda: sheets.card_pdf(version.frozen, name, guide, version.is_approved), f"the-{name}")


@require_safe
@gate.own_page
def form(request, pk: int) -> HttpResponse:
    """The empty form in the words that the session froze."""
    version = gate.session_or_404(request.user, pk).version
    return _pdf(lambda: sheets.form_pdf(version.frozen, version.is_approved), "phieu-quan-sat")


@require_safe
@gate.own_page
def rubric_form(request, pk: int) -> HttpResponse:
    """The empty form in the words of now, for whoever looks after the rubric."""
    if not LOOKS_AFTER.user_has_permission(request.user, "view"):
        raise PermissionDenied(_("Bộ tiêu chí do người quản lý cấp tỉnh chăm sóc."))
    rubric = get_object_or_404(Rubric, pk=min(pk, gate.LARGEST))
    content = content_of(rubric, Guide.objects.first())
    approved = content_hash(content) == rubric.approved_hash
    return _pdf(lambda: sheets.form_pdf(frozen(content), approved), "phieu-quan-sat")


def _pdf(make, name: str) -> HttpResponse:
    try:
        content = make()
    except MissingLetter as missing:
        return HttpResponse(str(missing), status=503, content_type="text/plain; charset=utf-8")
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
