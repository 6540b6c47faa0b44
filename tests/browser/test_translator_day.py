"""A translator's whole day, and her approver's, without a mouse: from the first page to the sentence that readers see.

They work in English, which the demo's translator does too: no text in a language of the mountains is made up here.
"""

import pytest
from browser.trial import DESK

APPROVER = """
from django.utils import timezone
from people.persons.user import User
from people.rights.languages import Does, give_works
from people.times import today
from people.units.unit import Unit
row, _made = User.objects.get_or_create(staff_code="TM-DUYET", defaults={"full_name": "Người Duyệt Thử"})
row.set_password("ban-phim-7f3a91")
row.welcomed_at = timezone.now()
row.save()
give_works(row, Unit.objects.bearing("48", today()), [("en", Does.APPROVES.value)])
"""
# where the keyboard is, as a reader of the screen would be told
HERE = """() => {
    const at = document.activeElement;
    const label = at.labels && at.labels.length ? at.labels[0].innerText : "";
    return [at.tagName, at.name || "", (at.getAttribute("aria-label") || label || at.innerText || "").trim()].join("|");
}"""
MOST = 250


class Keyboard:
    def __init__(self, page):
        self.page = page

    def to(self, tag: str, words: str = "", name: str = "") -> str:
        """Tab until what is focused is of this kind; what was meant by `words` stands in its name."""
        seen = []
        for _press in range(MOST):
            self.page.keyboard.press("Tab")
            here = self.page.evaluate(HERE)
            seen.append(here)
            kind, called, said = here.split("|", 2)
            if kind == tag.upper() and words in said and called.startswith(name):
                return said
        raise AssertionError(f"{tag} {words!r} {name!r} is not reached: {seen[-8:]}")

    def press(self, tag: str, words: str = "", name: str = "") -> None:
        """Follows a link or presses a button, and waits for the page that comes."""
        self.to(tag, words, name)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def is_seen(self) -> bool:
        """What has the focus shows it."""
        return self.page.evaluate(
            """() => { const s = getComputedStyle(document.activeElement);
            return s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0 || s.boxShadow !== "none" }"""
        )


@pytest.fixture
def approver(trial):
    trial.manage("shell", "-v", "0", "-c", APPROVER)
    account = {"role": "translator", "login": "TM-DUYET", "password": "ban-phim-7f3a91", "unit": "48"}
    if account not in trial.accounts:
        trial.accounts.append(account)
    return account["login"]


def test_a_translators_day_by_keyboard(someone, approver):
    visitor = someone("dung", DESK)
    page, keys = visitor.visit("/dich/"), Keyboard(visitor.page)
    keys.press("a", "Tiếng Anh")
    keys.press("a", "Trước khi đi làm xa")
    address = page.url

    # the first sentence that waits is one key away, and the next Tab stands in its field
    keys.to("a", "Đến câu cần làm đầu tiên")
    page.keyboard.press("Enter")
    said = keys.to("textarea", name="text-")
    assert keys.is_seen()
    vietnamese = said.removeprefix("Bản dịch của: ")
    page.keyboard.type("Câu dịch thử của buổi này.")
    source = page.evaluate("document.activeElement.name").removeprefix("text-")
    keys.press("button", "Lưu và gửi duyệt")
    assert "Đã gửi duyệt 1 câu" in page.inner_text("body")

    # a remark on the next one: it cannot be said like this
    keys.to("a", "Bàn về câu này")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    keys.to("textarea")
    page.keyboard.type("Cau nay hai nghia.")
    keys.to("input", "không dịch được")
    page.keyboard.press("Space")
    keys.to("textarea")
    page.keyboard.type("Hỏi tên công ty trước khi đi.")
    keys.press("button", "Ghi lời bàn")
    assert "chờ tác giả" in page.inner_text("body")
    keys.press("a", "Về bài")

    # the file for a tool of hers
    keys.to("a", "Tải tệp PO")
    with page.expect_download() as file:
        page.keyboard.press("Enter")
    assert 'msgid "' in open(file.value.path(), encoding="utf-8").read()  # noqa: SIM115
    keys.to("input", "Tệp PO đã dịch")

    # hard letters, in the language that has some: Alt and a figure writes one where the cursor is
    visitor.visit(address.replace("/dich/en/", "/dich/ktv/")[len(visitor.trial.url) :])
    keys.to("textarea", name="text-")
    page.keyboard.press("Alt+Digit1")
    assert page.evaluate("document.activeElement.value").endswith("’")

    # her approver reads and approves
    other = someone(approver, DESK)
    page, keys = other.visit(address[len(other.trial.url) :]), Keyboard(other.page)
    keys.to("input", vietnamese, name=f"pick-{source}")
    page.keyboard.press("Space")
    keys.press("button", "Gửi các quyết định")
    assert "Đã duyệt 1 câu" in page.inner_text("body")
    reader = someone(None, DESK)
    shown = reader.visit("/en/ngay-30-7/di-lam-xa/")
    assert "Câu dịch thử của buổi này." in shown.inner_text("body")
