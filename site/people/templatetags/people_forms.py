"""{% sent_by %}: the user of the form, so that it can be kept after the session has ended
(people.signing_in.kept_forms).
"""

import json

from django import template

from people.rights import trainers
from people.signing_in.kept_forms import sender_field
from people.times import today

register = template.Library()


@register.simple_tag(takes_context=True)
def sent_by(context):
    # in an include with `only` the request is not among the variables
    request = context.get("request") or getattr(context, "request", None)
    return sender_field(request) if request is not None else ""


@register.inclusion_tag("components/whom_to_ask.html", takes_context=True)
def whom_to_ask(context):
    """The trainers above the person, with telephone; three queries, so only where a page sends her to them."""
    return {"asked": trainers.whom_to_ask(context["request"].user, today())}


@register.filter
def as_json(value) -> str:
    """JSON for a data attribute, since the policy allows no inline script, not even one that only holds data."""
    return json.dumps(value)
