"""{% scene name alt %}: a shipped scene, drawn into the page the first time and shown as <img> when it comes again."""

from django import template
from django.utils.html import format_html

from media import scenes

register = template.Library()


@register.simple_tag(takes_context=True)
def scene(context, name: str, alt: str | None = None, inline: bool = True, lang: str = "") -> str:
    """`alt` "" says that the text beside it says the same; without it the words are the scene's own. `lang` says in
    which language they are where it is not the page's. Draws nothing for a name that is not in the list (any more). Not
    `inline` on a page that has no kilobyte left for it.
    """
    if name not in scenes.SCENES:
        return ""
    alt = str(scenes.SCENES[name]) if alt is None else alt
    drawn = _drawn(context)
    said = format_html(' lang="{}"', lang) if lang and alt else ""
    if name in drawn or not inline:
        return format_html(
            '<div class="scene"><img src="{}" width="{}" height="{}" alt="{}"{} loading="lazy"></div>',
            scenes.address(name),
            scenes.WIDTH,
            scenes.HEIGHT,
            alt,
            said,
        )
    drawn.add(name)
    if not alt:
        return format_html('<div class="scene" aria-hidden="true">{}</div>', scenes.svg(name))
    return format_html('<div class="scene" role="img" aria-label="{}"{}>{}</div>', alt, said, scenes.svg(name))


def _drawn(context) -> set[str]:
    """The scenes that this page has drawn: of a body that is kept its own set, else one of the request."""
    if (drawn := context.get("scenes_drawn")) is not None:
        return drawn
    request = context.get("request")
    return set() if request is None else request.__dict__.setdefault("scenes_drawn", set())
