"""{% sent_by %}: whose form this is, so that it is kept when their session has ended (people.signing_in.kept_forms)."""

import json

from django import template
from django.utils.html import format_html

from people.signing_in.kept_forms import FIELD, mark_of

register = template.Library()


@register.simple_tag(takes_context=True)
def sent_by(context):
    # in an include with `only` the request is beside the variables
    request = context.get("request") or getattr(context, "request", None)
    if request is None or not request.user.is_authenticated:
        return ""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, mark_of(request.user))


@register.filter
def as_json(value) -> str:
    """For a data attribute: the policy allows no script in the page, not even one that only holds data."""
    return json.dumps(value)
