"""Template tags of every public page: numbers to call, and ways to share the page."""

from django import template
from django.utils.translation import get_language

from pages.contacts.contact import Contact
from pages.contacts.page import ContactsPage
from pages.languages import SOURCE
from pages.serving import version
from pages.sharing.head import head_of

register = template.Library()


@register.inclusion_tag("components/hotlines.html", takes_context=True)
def hotlines(context, other_help: str = ""):
    """The card of the province's public numbers, the first of them large; one query, sometimes two."""
    language = get_language()
    key = ("contacts page", language)
    address = version.kept(version.of(context["request"]), key, lambda: _contacts_address(language))
    return {"contacts": Contact.objects.provincial().public(), "other_help": other_help, "address": address}


def _contacts_address(language: str) -> str:
    """The address of the page with all numbers, in this language or in Vietnamese; "" where there is none."""
    pages = {page.locale.language_code: page for page in ContactsPage.objects.live().select_related("locale")}
    page = pages.get(language) or pages.get(SOURCE)
    return page.url if page else ""


@register.inclusion_tag("components/share.html")
def share(page, leaflet: bool = False):
    """Link, QR code and picture of a public page; no query. Set `leaflet` where the page prints as a leaflet."""
    return {"page": page, "leaflet": leaflet}


@register.inclusion_tag("components/head_meta.html")
def head_meta(page):
    """Canonical address, translations, share card and facts of a public page; three queries at most."""
    return {"head": head_of(page), "page": page}
