"""The words of HTML, and what is not words: named, never dropped silently."""

import re

from bs4 import BeautifulSoup, NavigableString, Tag
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# what begins a new line
BLOCKS = {"p", "div", "li", "tr", "ul", "ol", "table", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "pre"}
NEVER = {"script", "style", "iframe", "object", "embed", "form"}
PICTURES = {"img", "svg", "audio", "video", "source", "canvas", "picture"}
# drawn otherwise, and read the same
LOST = {
    "sub": gettext_lazy("chỉ số dưới"),
    "sup": gettext_lazy("chỉ số trên"),
    "table": gettext_lazy("bảng"),
    "math": gettext_lazy("công thức"),
}


def plain(html: str, notes: list[str]) -> str:
    """`notes` gets a sentence for each kind of thing that is left out."""
    soup = BeautifulSoup(html, "html.parser")
    for tag in soup.find_all(NEVER):
        notes.append(_("Phần <%(tag)s> bị bỏ: không chữ nào trong đó được giữ.") % {"tag": tag.name})
        tag.decompose()
    for tag in soup.find_all(PICTURES):
        name = tag.get("alt") or tag.get("src") or ""
        notes.append(_("Hình hoặc bản ghi “%(name)s” không được giữ.") % {"name": str(name)[-80:]})
    for name, words in LOST.items():
        if soup.find(name):
            notes.append(_("Cách trình bày không giữ được: %(words)s.") % {"words": words})
    for tag in soup.find_all("a", href=True):
        notes.append(_("Liên kết %(address)s chỉ còn chữ.") % {"address": str(tag["href"])[:120]})
    text = "".join(_pieces(soup))
    text = re.sub(r"[ \t\r\f\v\u00a0]+", " ", text)
    return re.sub(r" ?\n ?", "\n", re.sub(r"\n{3,}", "\n\n", text)).strip()


def _pieces(tag: Tag):
    for child in tag.children:
        if isinstance(child, Tag):
            if child.name == "br":
                yield "\n"
                continue
            if child.name in BLOCKS:
                yield "\n"
            yield from _pieces(child)
            if child.name in BLOCKS:
                yield "\n"
        elif type(child) is NavigableString:  # no comment, no declaration
            yield re.sub(r"\s+", " ", str(child))
