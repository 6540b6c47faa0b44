"""`/tra-luat/`: documents of law, their articles, and what of the site cites them; for whoever is signed in.

Lessons and cards, to which most of it leads, are for the signed in; what the public reads of the law stands on the
public pages themselves. Each reader is told of what she may open alone.
"""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pages.laws import finding
from pages.laws.kinds import Reading
from pages.laws.known import title_of
from pages.serving import version
from people.signing_in.resuming import signed_in_or_kept

# letters of a search: no citation is longer
LONGEST = 200


def reading_of(request) -> Reading:
    user = request.user
    return Reading(user, getattr(user, "reads_in", "") or "vi", version.of(request))


@require_safe
@never_cache
@signed_in_or_kept
def laws(request) -> HttpResponse:
    typed = request.GET.get("q", "").strip()[:LONGEST]
    found = finding.search(reading_of(request), typed) if typed else finding.documents(reading_of(request))
    return render(request, "laws/home.html", {"typed": typed, "documents": found})


@require_safe
@never_cache
@signed_in_or_kept
def document(request, slug: str) -> HttpResponse:
    reading = reading_of(request)
    rows = finding.documents(reading, finding.of_slug(slug))
    if not rows:
        raise Http404
    whole = finding.of_article(reading, slug, "")
    context = {
        "one": rows[0],
        "articles": [article for article in rows[0].articles if article.number],
        "groups": whole[1] if whole else [],
        "led": whole[2] if whole else finding.led_to(reading, rows[0].number),
        "trail": _trail(),
    }
    return render(request, "laws/document.html", context)


@require_safe
@never_cache
@signed_in_or_kept
def article(request, slug: str, number: str) -> HttpResponse:
    found = finding.of_article(reading_of(request), slug, number)
    if found is None:
        raise Http404
    document_number, groups, led = found
    trail = [*_trail(), (title_of(document_number), reverse("law", args=[slug]))]
    context = {
        "number": number,
        "document": document_number,
        "title": title_of(document_number),
        "groups": groups,
        "led": led,
        "trail": trail,
    }
    return render(request, "laws/article.html", context)


def _trail() -> list[tuple[str, str]]:
    return [(_("Việc của tôi"), reverse("my_learning")), (_("Tra điều luật"), reverse("laws"))]
