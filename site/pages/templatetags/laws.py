"""Citations of the law in a text, as links to what else cites the same article."""

import unicodedata

from django import template
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from pages.laws.known import slug_of
from pages.laws.parsing import Citation, citations

register = template.Library()


@register.filter
def law_links(text: str) -> SafeString:
    """The text escaped, each article that it cites as a link; a list of several leads to their document."""
    text = unicodedata.normalize("NFC", str(text or ""))
    spans: dict[tuple[int, int], list[Citation]] = {}
    for one in citations(text):
        if one.document:
            spans.setdefault((one.start, one.end), []).append(one)
    written, last = [], 0
    for (start, end), cited in sorted(spans.items()):
        if start < last:
            continue
        written += [escape(text[last:start]), format_html('<a href="{}">{}</a>', address_of(cited), text[start:end])]
        last = end
    return mark_safe("".join([*written, escape(text[last:])]))


def address_of(cited: list[Citation]) -> str:
    slug, articles = slug_of(cited[0].document), {one.article for one in cited}
    if len(articles) == 1 and (article := articles.pop()):
        return reverse("law_article", args=[slug, article])
    return reverse("law", args=[slug])


@register.filter
def law_address(text: str) -> str:
    """The address of the first article that the text cites, or of the document; "" where it cites none."""
    found = [one for one in citations(str(text or "")) if one.document]
    if not found:
        return ""
    first = [one for one in found if (one.start, one.end) == (found[0].start, found[0].end)]
    return address_of(first)
