"""{% sent_by %}: the user of the form, so that it can be kept after the session has ended
(people.signing_in.kept_forms).
"""

import json

from django import template
from django.utils.html import format_html

from people.signing_in.kept_forms import FIELD, mark_of

register = template.Library()


@register.simple_tag(takes_context=True)
def sent_by(context):
    # in an include with `only` the request is not among the variables
    request = context.get("request") or getattr(context, "request", None)
    if request is None or not request.user.is_authenticated:
        return ""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, mark_of(request.user))


@register.filter
def as_json(value) -> str:
    """JSON for a data attribute, since the policy allows no inline script, not even one that only holds data."""
    return json.dumps(value)
