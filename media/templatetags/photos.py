"""`{% photo picture %}`: a picture in the best format that the browser knows. It never creates a rendition."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from media.illustrations import Words, words_of
from media.renditions import WIDTHS, spec_of

register = template.Library()

KINDS = ("avif", "webp")
# as wide as the column, which is never wider than the largest picture
SIZES = f"(max-width: {max(WIDTHS)}px) 100vw, {max(WIDTHS)}px"


@register.simple_tag
def picture_words(page) -> Words:
    """Of a page's picture or scene, in its language or marked as Vietnamese."""
    return words_of(page)


@register.simple_tag
def photo(picture, css_class: str = "", alt: str | None = None, lazy: bool = True, lang: str = "") -> SafeString:
    """One query, none where `renditions` are prefetched. `alt` replaces the library's words, `lang` says in which
    language they are where it is not the page's; `lazy` is False for the first picture of a page only.
    """
    if picture is None or picture.consent_ended:
        return SafeString("")
    renditions = {rendition.filter_spec: rendition for rendition in picture.renditions.all()}
    words = picture.default_alt_text if alt is None else alt
    fallback = _fallback(renditions)
    if fallback is None:
        return format_html('<span class="photo-to-come"{}>{}</span>', _lang(lang), words)
    return format_html(
        '<picture>{}<img src="{}" width="{}" height="{}" alt="{}"{}{}{} decoding="async"></picture>',
        format_html_join("", '<source type="image/{}" srcset="{}" sizes="{}">', _sources(renditions)),
        *(fallback.url, fallback.width, fallback.height, words, _lang(lang) if words else ""),
        format_html(' class="{}"', css_class) if css_class else "",
        SafeString(' loading="lazy"') if lazy else "",
    )


def _lang(lang: str) -> SafeString | str:
    return format_html(' lang="{}"', lang) if lang else ""


def _sources(renditions: dict):
    for kind in KINDS:
        sizes = [renditions[spec] for width in WIDTHS if (spec := spec_of(width, kind)) in renditions]
        # both renditions of a small picture have the same width
        by_width = {size.width: size for size in sizes}
        if by_width:
            yield kind, ", ".join(f"{size.url} {width}w" for width, size in by_width.items()), SIZES


def _fallback(renditions: dict):
    """What every browser shows: JPEG or GIF as made for pages, else the largest that was made for anything."""
    for kind in ("jpeg", "gif"):
        for width in reversed(WIDTHS):
            if rendition := renditions.get(spec_of(width, kind)):
                return rendition
    plain = [one for one in renditions.values() if not one.file.name.endswith((".avif", ".webp"))]
    return max(plain, key=lambda one: one.width, default=None)
