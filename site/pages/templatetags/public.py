"""What every public page offers: whom to call, and how to hand the page on."""

from django import template

from pages.contacts import Contact

register = template.Library()


@register.inclusion_tag("components/hotlines.html")
def hotlines(other_help: str = ""):
    """The card of the province's public numbers, the first of them large; one query."""
    return {"contacts": Contact.objects.provincial().public(), "other_help": other_help}


@register.inclusion_tag("components/share.html")
def share(page, leaflet: bool = False):
    """Link, QR code and picture of a public page; no query. `leaflet` where its print is one."""
    return {"page": page, "leaflet": leaflet}
