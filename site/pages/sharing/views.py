"""Views for sharing a page: its full URL, a QR code of it, and a page with both that needs no script."""

from functools import lru_cache
from io import BytesIO

import segno
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Page

from pages.base import PublicPage
from pages.sharing.pictures import picture_of


def public_page(pk: int) -> PublicPage:
    """The live page that everybody may read; raises Http404 for anything else."""
    page = Page.objects.live().public().filter(pk=pk).specific().first()
    if not isinstance(page, PublicPage) or not page.url:
        raise Http404
    return page


@lru_cache(maxsize=256)
def code_of(address: str) -> bytes:
    """The QR code as SVG. Level M tolerates 15 % of damage; the quiet zone is the four modules of ISO/IEC 18004."""
    drawn = BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawn, kind="svg", border=4, dark="#000", light="#fff", xmldecl=False, nl=False, omitsize=True
    )
    return drawn.getvalue()


@require_safe
@cache_control(public=True, max_age=86400)
def code(request, pk):
    return HttpResponse(code_of(public_page(pk).address), content_type="image/svg+xml")


@require_safe
def share(request, pk):
    page = public_page(pk)
    context = {"page": page, "picture": picture_of(page), "frame": getattr(page, "frame_address", "")}
    response = render(request, "pages/share.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
