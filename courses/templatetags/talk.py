"""How pages of the talk call an inquiry, and what stands above it."""

from django import template
from django.utils.text import Truncator

register = template.Library()


@register.filter
def first_words(row) -> str:
    """The beginning of the first question; its `said` are read before."""
    said = row.said.all()
    return Truncator(said[0].text if said else "").chars(90)


@register.inclusion_tag("components/crumbs.html")
def one_above(title: str, address: str, here: str) -> dict:
    return {"trail": [(title, address)], "title": here}
