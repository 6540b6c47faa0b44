"""A message as a card for the pages of others: the one address that may be framed. No script, no cookie, nothing of the
reader is asked or kept.
"""

from csp.decorators import csp_replace
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from campaigns.messages.message import MessagePage
from campaigns.messages.voices import voice_in

LARGEST = 2**63 - 1


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"], "script-src": ["'none'"], "form-action": ["'none'"]})  # type: ignore[arg-type]
@cache_control(no_cache=True)
def card(request, pk: int) -> HttpResponse:
    """Of a live message in its own language."""
    pages = MessagePage.objects.live().public().filter(pk=min(pk, LARGEST))
    page = pages.select_related("locale").prefetch_related("recordings__recording").first()
    if page is None or not page.url:
        raise Http404
    language = page.locale.language_code
    voice = voice_in(page, language)
    context = {"page": page, "language": language, "voice": voice if voice.language == language else None}
    response = render(request, "campaigns/card.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
