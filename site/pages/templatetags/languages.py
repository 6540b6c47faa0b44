"""Languages in templates: the switch, the notice, and `lang` on untranslated texts."""

from django import template
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext
from wagtail.models import Page

from config.languages import after_tieng
from letters.sentences import Piece, known_among
from pages import languages

register = template.Library()

VIETNAMESE = mark_safe(' lang="vi"')


register.filter(after_tieng)


@register.simple_tag
def vi(page, field: str) -> SafeString | str:
    """` lang="vi"` where this text is still Vietnamese on a page of another language."""
    return VIETNAMESE if _stands_out(page) or field in languages.same_as_source(page)[0] else ""


@register.simple_tag
def vi_block(page, field: str, block) -> SafeString | str:
    """The same for one block of a StreamField."""
    same = languages.same_as_source(page)[1].get(field, ())
    return VIETNAMESE if _stands_out(page) or block.id in same else ""


@register.simple_tag
def said(page, text: str) -> SafeString | str:
    """A text of a page, line by line; in a translated page each sentence that is Vietnamese still says so."""
    if not isinstance(page, Page) or page.locale.language_code == languages.SOURCE:
        return linebreaksbr(text)
    pieces = known_among(text, languages.vietnamese_in(page))
    if all(is_known for _piece, is_known in pieces):
        # as a whole it is marked where it stands, if that is more than this text
        return format_html('<span lang="vi">{}</span>', linebreaksbr(text)) if text else ""
    return format_html_join("", "{}{}", ((_marked(piece, known), _gap(piece.after)) for piece, known in pieces))


def _marked(piece: Piece, is_vietnamese: bool) -> SafeString | str:
    return format_html('<span lang="vi">{}</span>', piece.text) if is_vietnamese else piece.text


def _gap(after: str) -> SafeString | str:
    return mark_safe("<br>" * after.replace("\r\n", "\n").count("\n")) or after


def _stands_out(page) -> bool:
    """Whether a Vietnamese page is mentioned on a page of another language."""
    return page.locale.language_code == languages.SOURCE != get_language()


@register.simple_tag
def interface_language() -> SafeString | str:
    """` lang="vi"` for the interface's own words, where the catalogue of the reader's language lacks them."""
    words = "Đến nội dung chính"
    return VIETNAMESE if get_language() != languages.SOURCE and gettext(words) == words else ""


@register.filter
def translated(text: str) -> SafeString | str:
    """A text of a contact in the reader's language if the catalogue has it, else marked as Vietnamese."""
    if not text or get_language() == languages.SOURCE:
        return text
    text_here = gettext(text)
    return text_here if text_here != text else format_html('<span lang="vi">{}</span>', text)


@register.filter
def one_line(lines: str) -> str:
    """Joins lines: "nguồn một; nguồn hai"."""
    return "; ".join(line.strip() for line in lines.splitlines() if line.strip())


@register.inclusion_tag("components/language_switch.html", takes_context=True)
def language_switch(context, page, heading: str = ""):
    """Every language by its own name, with the state of this page in it, those where it is missing in one line; one
    query.
    """
    heading = heading or gettext("Bài này có bằng tiếng nào?")
    spoken = getattr(page, "spoken_languages", ())
    tongues = languages.tongues_of(page, spoken)
    missing = [tongue for tongue in tongues if tongue.is_missing]
    return {"tongues": tongues, "missing": missing, "heading": heading}


@register.inclusion_tag("components/not_translated.html", takes_context=True)
def not_translated(context):
    """The notice above a Vietnamese page that was requested in another language, and above one that is translated in
    part; nothing elsewhere.
    """
    missing = languages.missing_language(context.get("request"))
    page = context.get("page")
    return {
        "missing": missing,
        "partly": not missing and isinstance(page, Page) and languages.is_partly_translated(page),
    }
