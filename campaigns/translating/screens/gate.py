"""Who may open what under `/dich/`. A language that is not hers is not found; an act that is not hers is refused."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from wagtail.models import Page

from campaigns.translating import whose
from campaigns.translating.kinds import is_source
from campaigns.translating.orthography import Orthography
from letters.numbers import is_number
from people.signing_in.resuming import signed_in_or_kept

# a database's largest whole number: a longer one in an address names nothing
LARGEST = 2**63 - 1


def entering(view):
    """Translators by their role, and who leads the province."""

    @wraps(view)
    def gated(request, *args, **kwargs):
        if not whose.may_enter(request.user):
            raise PermissionDenied(_("Bàn dịch là việc của người dịch và quản lý cấp tỉnh."))
        return view(request, *args, **kwargs)

    return never_cache(signed_in_or_kept(gated))


def leading(view):
    @wraps(view)
    def gated(request, *args, **kwargs):
        if not whose.leads(request.user):
            raise PermissionDenied(_("Việc này do quản lý cấp tỉnh làm."))
        return view(request, *args, **kwargs)

    return entering(gated)


def in_language(view):
    """`language` becomes the orthography: the one named by `?bo=`, else the live one."""

    @wraps(view)
    def gated(request, language: str, *args, **kwargs):
        if not whose.reads(request.user, language):
            raise Http404
        rows = {row.pk: row for row in Orthography.objects.filter(language=language)}
        asked = request.POST.get("bo") or request.GET.get("bo") or ""
        live = next((row for row in rows.values() if row.is_live), next(iter(rows.values()), None))
        orthography = rows.get(int(asked)) if is_number(asked) and len(asked) < 19 else live
        if orthography is None:
            raise Http404
        return view(request, orthography, *args, **kwargs)

    return entering(gated)


def page_or_404(pk: int) -> Page:
    """A live Vietnamese page that is translated here."""
    page = Page.objects.filter(pk=min(pk, LARGEST), live=True).select_related("locale").first()
    found = page.specific if page else None
    if found is None or not is_source(found):
        raise Http404
    return found


def trail(orthography: Orthography | None = None) -> list[tuple[str, str]]:
    steps = [(_("Bàn dịch"), reverse("desk:home"))]
    if orthography is not None:
        steps.append((str(orthography), reverse("desk:queue", args=[orthography.language])))
    return steps


def query_of(orthography: Orthography) -> str:
    """What an address needs beside the language; "" for the live orthography."""
    return "" if orthography.is_live else f"?bo={orthography.pk}"
