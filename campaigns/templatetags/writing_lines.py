"""Lines to write on in print."""

import re

from django import template
from django.utils.safestring import SafeString, mark_safe
from wagtail.templatetags.wagtailcore_tags import richtext

register = template.Library()

# shorter runs are blanks inside a sentence, as for a date
DOTS = re.compile(r"\.{10,}")


@register.filter
def with_lines(value) -> SafeString:
    """Rich text in which ten or more dots become a line to write on."""
    return mark_safe(DOTS.sub('<span class="fill"></span>', str(richtext(value))))
