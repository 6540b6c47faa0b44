"""The recording of a message in the reader's language."""

from django import template

from campaigns.messages import voices

register = template.Library()


@register.simple_tag(takes_context=True)
def voice_of(context, message) -> voices.Voice:
    """In the requested language, else in Vietnamese; no query if recordings were prefetched."""
    language = getattr(context.get("request"), "requested_language", "") or message.locale.language_code
    return voices.voice_in(message, language)
