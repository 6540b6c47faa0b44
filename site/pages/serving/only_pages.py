"""Addresses of pages of which a site has one, such as the numbers to call: the menu and other pages lead there."""

from collections.abc import Callable

from django.utils.translation import get_language
from wagtail.models import Page

from pages.languages import SOURCE
from pages.serving import version


def address_of(model: type[Page]) -> Callable:
    """A function of the request: the address of the live page of this class in the language of the request, else in
    Vietnamese; "" where there is none. One query for each content version.
    """
    return kept_address(model.__name__, lambda language: _address(model, language))


def kept_address(name: str, find: Callable[[str], str]) -> Callable:
    """The same for a page that `find(language)` chooses."""

    def address(request) -> str:
        language = get_language() or SOURCE
        return version.kept(version.of(request), ("only page", name, language), lambda: find(language))

    return address


def _address(model: type[Page], language: str) -> str:
    live = model.objects.live().filter(alias_of=None).select_related("locale").order_by("path")  # type: ignore[attr-defined]
    pages = {page.locale.language_code: page for page in reversed(live)}
    page = pages.get(language) or pages.get(SOURCE)
    return (page.url or "") if page else ""
