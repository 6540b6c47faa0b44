"""Lines to write on in print."""

from django import template
from django.utils.safestring import SafeString, mark_safe
from wagtail.templatetags.wagtailcore_tags import richtext

from campaigns.schools import lines

register = template.Library()


@register.filter
def with_lines(value) -> SafeString:
    """Rich text in which ten or more dots become a line to write on, and each box to tick begins a line."""
    return mark_safe(lines.with_lines(str(richtext(value))))
