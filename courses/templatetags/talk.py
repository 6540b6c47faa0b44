"""How pages of the talk call an inquiry."""

from django import template
from django.utils.text import Truncator

register = template.Library()


@register.filter
def first_words(row) -> str:
    """The beginning of the first question; its `said` are read before."""
    said = row.said.all()
    return Truncator(said[0].text if said else "").chars(90)
