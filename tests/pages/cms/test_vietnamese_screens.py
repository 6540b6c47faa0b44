"""No screen of the staff speaks English: every address under /cms/ against a list of words that Wagtail uses."""

import re

import addresses
import pytest
from english import english_in
from files_of_rows import put_back
from table import TABLE

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
# the same screen once more, or a list of what people typed
SKIPPED = re.compile(r"results/|/copy/|history|api/|sprite|jsi18n|preview|view_draft|/revisions/")


def test_the_list_knows_english_and_no_vietnamese():
    assert english_in('<p>More actions</p><button title="Sync translated pages">…</button>') == {
        "More actions",
        "Sync translated pages",
    }
    assert english_in("<p>Xem thêm hai trang nữa, hỏi tỉnh</p><script>var add = 1</script>") == set()


def shown(answer) -> str:
    """A screen, or the part of one that a script puts into a dialog; "" for others."""
    if "json" in answer.headers["Content-Type"]:
        said = answer.json()
        return said.get("html", "") if isinstance(said, dict) else ""
    return answer.content.decode() if "html" in answer.headers["Content-Type"] else ""


def test_a_link_in_a_text_is_asked_for_in_vietnamese(tree):
    client = addresses.signed_in(tree.cast.editor)
    asked = {kind: shown(client.get(f"/cms/choose-{kind}-link/")) for kind in ("external", "email", "anchor")}
    assert all("Chữ của liên kết" in html for html in asked.values())
    assert all(label in asked["email"] for label in ("Địa chỉ email", "Tiêu đề thư", "Lời thư"))


@pytest.mark.parametrize("who", ["administrator", "editor"])
def test_every_screen_speaks_vietnamese(tree, who):
    put_back(tree.files)
    client, found, screens = addresses.signed_in(getattr(tree.cast, who)), {}, 0
    for pattern in TABLE:
        if not pattern.startswith("cms/") or SKIPPED.search(pattern):
            continue
        answer = client.get(addresses.filled(pattern, tree, "own"))
        if answer.status_code != 200 or answer.streaming or not (html := shown(answer)):
            continue
        screens += 1
        for text in english_in(html):
            found.setdefault(text[:120], pattern)
    assert found == {}
    assert screens > (100 if who == "administrator" else 20)
