"""Pages that exist whatever editors do, such as the one on safe viewing, each in the languages it is written in."""

from collections.abc import Callable, Collection

from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from pages import languages


def reading(template: str, written_in: Collection[str] = (languages.SOURCE,)) -> Callable:
    """A view of a page written in these languages; in any other language it shows the Vietnamese page with a notice."""

    @require_safe
    def read(request):
        language = get_language() or languages.SOURCE
        if language not in written_in:
            languages.show_vietnamese(request, language)
        response = render(request, template)
        if hasattr(request, "requested_language"):
            response.headers["X-Robots-Tag"] = "noindex"
        return response

    return read
