"""Template tags of every public page: numbers to call, and ways to share the page."""

from django import template

from pages.contacts.contact import Contact
from pages.contacts.page import ContactsPage
from pages.serving.only_pages import address_of
from pages.sharing.head import head_of

register = template.Library()
CONTACTS = address_of(ContactsPage)


@register.inclusion_tag("components/hotlines.html", takes_context=True)
def hotlines(context, other_help: str = ""):
    """The card of the province's public numbers, the first of them large, and what to do abroad, where none of the
    short ones works; one query, sometimes two.
    """
    public = Contact.objects.provincial().public()
    return {
        "contacts": [contact for contact in public if not contact.abroad],
        "abroad": [contact for contact in public if contact.abroad],
        "other_help": other_help,
        "address": CONTACTS(context["request"]),
    }


@register.simple_tag(takes_context=True)
def contacts_address(context) -> str:
    """The address of the page of numbers, "" where there is none."""
    return CONTACTS(context["request"])


@register.inclusion_tag("components/share.html")
def share(page, leaflet: bool = False):
    """Link, QR code and picture of a public page; no query. Set `leaflet` where the page prints as a leaflet."""
    return {"page": page, "leaflet": leaflet}


@register.inclusion_tag("components/head_meta.html")
def head_meta(page):
    """Canonical address, translations, share card and facts of a public page; three queries at most."""
    return {"head": head_of(page), "page": page}
