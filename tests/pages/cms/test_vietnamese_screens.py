"""No screen of the staff speaks English: every address under /cms/ against a list of words that Wagtail uses."""

import re
from html.parser import HTMLParser

import addresses
import pytest
from rows import create_rows
from table import TABLE

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
# none of them is a Vietnamese syllable, nor a name of something that has no other
ENGLISH = """
about accept account action actions add added alias aliases all and any apply approve approved are available
bulk cancel change changed changes choose choosing clear click close collection collections comment comments
compare convert copy create created custom current date day default delete deleted description details dialog
disable disabled document documents draft edit edited editing editor email enable enabled ended error errors
expiry explorer export field file files filter filters first for form from group groups help hide history home
image images include items keyboard label last latest leave link listing live loading locale locales lock
locked login manage media menu message messages missing moderation more move name navigate never new news next
none not object objects open options order owner page pages parent permission permissions preview previous
privacy private publish published publishing recent redirect redirects reject remove report reports required
reset results review revision revisions root save saved schedule scheduled search select selected settings
show shortcuts sidebar site size slug snippet snippets sort start status submit submitted summary switch sync
synced tag tags task tasks text the them this time timestamp title toggle translate translated translation
translations type types unlock unpublish update updated upload uploaded usage use used user users version view
was welcome when with workflow workflows you your
""".split()
WORD = re.compile(rf"(?<![\w./_-])(?:{'|'.join(ENGLISH)})(?![\w./_=-])", re.IGNORECASE)
SPOKEN = {"aria-label", "title", "placeholder", "alt", "data-title", "data-w-tooltip-content-value"}
SILENT = {"script", "style", "code", "kbd"}
# the same screen once more, or a list of what people typed
SKIPPED = re.compile(r"results/|/copy/|history|api/|sprite|jsi18n|preview|view_draft|/revisions/")
# what a browser, an office or the province calls so itself
NAMES = re.compile(r"Lá Chắn|English|Ctrl \+ \w|Email|test\.png|a\.mp3|tep\.txt|VT-\w+|Atom|Media|[Oo]nline|Slug")


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


def test_the_list_knows_english_and_no_vietnamese():
    assert english_in('<p>More actions</p><button title="Sync translated pages">…</button>') == {
        "More actions",
        "Sync translated pages",
    }
    assert english_in("<p>Xem thêm hai trang nữa, hỏi tỉnh</p><script>var add = 1</script>") == set()


@pytest.mark.parametrize("who", ["administrator", "editor"])
def test_every_screen_speaks_vietnamese(cast, who):
    it = create_rows(cast)
    client, found, screens = addresses.signed_in(getattr(cast, who)), {}, 0
    for pattern in TABLE:
        if not pattern.startswith("cms/") or SKIPPED.search(pattern):
            continue
        answer = client.get(addresses.filled(pattern, it, "own"))
        if answer.status_code != 200 or answer.streaming or "html" not in answer.headers["Content-Type"]:
            continue
        screens += 1
        for text in english_in(answer.content.decode()):
            found.setdefault(text[:120], pattern)
    assert found == {}
    assert screens > (100 if who == "administrator" else 20)
