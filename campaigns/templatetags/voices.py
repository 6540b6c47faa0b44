"""The recording of a message for whoever reads the page."""

from django import template

from campaigns.messages import voices

register = template.Library()


@register.simple_tag(takes_context=True)
def voice_of(context, message) -> voices.Voice:
    """In the language that the reader asked for, else in Vietnamese; no query where recordings were fetched."""
    asked = getattr(context.get("request"), "requested_language", "") or message.locale.language_code
    return voices.voice_in(message, asked)
