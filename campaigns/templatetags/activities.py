"""Words about activities."""

from django import template

from campaigns.activities.told import words

register = template.Library()


@register.filter
def in_short(row) -> str:
    """What an activity counts, on one line."""
    return words.short(row)
