"""Words of Wagtail by which English is told on the screens of the staff, and what a screen says."""

import re
from html.parser import HTMLParser

# none of them is a Vietnamese syllable, nor a name of something that has no other
ENGLISH = """
about accept account action actions add added address alias aliases all and any apply approve approved are available
body bulk cancel change changed changes choose choosing clear click close collection collections comment comments
compare convert copy create created custom current date day default delete deleted description details dialog
disable disabled document documents draft edit edited editing editor email enable enabled ended error errors
expiry explorer export field file files filter filters first for form from group groups help hide history home
image images include items keyboard label last latest leave link listing live loading locale locales lock
locked login manage media menu message messages missing moderation more move name navigate never new news next
none not object objects open options order owner page pages parent permission permissions preview previous
privacy private publish published publishing recent redirect redirects reject remove report reports required
reset results review revision revisions root save saved schedule scheduled search select selected settings
show shortcuts sidebar site size slug snippet snippets sort start status subject submit submitted summary switch sync
synced tag tags task tasks text the them this time timestamp title toggle translate translated translation
translations type types unlock unpublish update updated upload uploaded usage use used user users version view
was welcome when with workflow workflows you your
""".split()
WORD = re.compile(rf"(?<![\w./_-])(?:{'|'.join(ENGLISH)})(?![\w./_=-])", re.IGNORECASE)
SPOKEN = {"aria-label", "title", "placeholder", "alt", "data-title", "data-w-tooltip-content-value"}
SILENT = {"script", "style", "code", "kbd"}
# what a browser, an office or the province calls so itself
NAMES = re.compile(r"Lá Chắn|English|Ctrl \+ \w|[Ee]mail|test\.png|a\.mp3|tep\.txt|VT-\w+|Atom|Media|[Oo]nline|Slug")


class Heard(HTMLParser):
    """What a screen says to the eye and to the ear."""

    def __init__(self):
        super().__init__()
        self.texts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag, attrs):
        # a counter that is drawn once there is something to count
        self.silent += tag in SILENT or (tag == "div" and self.silent > 0)
        self.silent += tag == "div" and "hidden" in dict(attrs) and not self.silent
        self.texts += [value for name, value in attrs if name in SPOKEN and value]
        given = dict(attrs)
        if tag == "input" and given.get("type") in {"submit", "button"}:
            self.texts.append(given.get("value") or "")

    def handle_endtag(self, tag):
        self.silent -= tag in SILENT or (tag == "div" and self.silent > 0)

    def handle_data(self, data):
        if not self.silent:
            self.texts.append(data)


def english_in(html: str) -> set[str]:
    heard = Heard()
    heard.feed(html)
    said = (" ".join(NAMES.sub(" ", text).split()) for text in heard.texts)
    return {text for text in said if WORD.search(text)}
