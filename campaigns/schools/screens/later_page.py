"""The form on which a lesson is written down without a line. It is kept on devices, so it knows nobody."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from campaigns.schools.screens.forms import LaterForm
from pages.serving import cache


@require_safe
def later(request) -> HttpResponse:
    """The same for everybody: its script keeps what is written and sends it once its writer is signed in."""
    response = render(request, "schools/later.html", {"form": LaterForm(initial={"languages": ["vi"]})})
    response.headers["X-Robots-Tag"] = "noindex"
    cache.keep(request, response)
    return response
