"""Money and numbers as they are written here: 12.500.000; a dash where nothing is known."""

from django import template

from letters.numbers import thousands

register = template.Library()


@register.filter
def dong(value: int | None) -> str:
    return "–" if value is None else thousands(value)
