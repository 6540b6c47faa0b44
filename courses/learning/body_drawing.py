"""The body of a lesson as one learner sees it: text, checklists with her ticks, decisions and checks with her choice.

A decision looks the same to everybody who chose the same, but for the hidden fields that say who sends its form. So the
process keeps the drawing under the content version, with a gap where each request puts these fields.
"""

from collections.abc import Collection, Iterator

from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from courses.content.bodies import Body, Checklist, Choice
from pages.serving import version
from people.signing_in.kept_forms import sender_field

# no text of an editor holds it: `<` is escaped
GAP = "<!--sender-->"


def draw_body(request, body: Body, page_id: int, ticked: Collection[str]) -> list[SafeString]:
    """Its pieces in order; in a preview nothing can be sent."""
    preview = getattr(request, "is_preview", False)
    ticks_to = "" if preview else reverse("lesson_ticks", args=[page_id])
    tries_to = "" if preview else reverse("lesson_try", args=[page_id])
    return list(_pieces(request, body, ticks_to, tries_to, ticked))


def _pieces(request, body: Body, ticks_to: str, tries_to: str, ticked: Collection[str]) -> Iterator[SafeString]:
    sender = _sender(request) if body.choices and tries_to else ""
    for piece in body.pieces:
        if isinstance(piece, Choice):
            yield _in_block(piece, _choice(request, piece, tries_to, sender))
        elif isinstance(piece, Checklist):
            values = {"value": piece.value, "entries": piece.entries, "post_to": ticks_to, "ticked": ticked}
            yield _in_block(piece, render_to_string("blocks/checklist.html", values, request))
        else:
            yield mark_safe(piece)


def draw_choice(request, choice: Choice, post_to: str) -> SafeString:
    return _choice(request, choice, post_to, _sender(request))


def _choice(request, choice: Choice, post_to: str, sender: str) -> SafeString:
    def draw() -> str:
        return render_to_string(choice.template, {"choice": choice, "post_to": post_to, "sender": mark_safe(GAP)})

    if not post_to:
        return mark_safe(draw())
    key = ("choice", post_to, choice.block_id, choice.chosen, get_language())
    return mark_safe(version.kept(version.of(request), key, draw).replace(GAP, sender))


def _sender(request) -> SafeString:
    token = format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request))
    return token + sender_field(request)


def _in_block(piece: Checklist | Choice, drawn: SafeString) -> SafeString:
    label = render_to_string("blocks/_concerns.html", {"names": piece.concerns}) if piece.concerns else ""
    return format_html('<div class="block" id="b-{}">{}{}</div>', piece.block_id, label, drawn)
