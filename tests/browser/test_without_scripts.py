"""Without scripts: the public site and a learner's whole way. Whatever can be pressed there leads somewhere."""

import re
from urllib.parse import urlsplit

from banks import by_question
from browser.lessons_and_quizzes import SINGLE, answer_right, try_everything
from browser.test_every_page import amiss
from browser.test_learner_journey import COURSE, FIRST, answers_shown, figures, open_quiz_part

# what is in sight and does nothing by itself; `type=button` acts by a script only
IDLE = """() => [...document.querySelectorAll("button, a, input[type=button], [role=button], summary")]
    .filter(one => one.offsetParent !== null && getComputedStyle(one).visibility !== "hidden")
    .filter(one => {
        if (one.matches("summary")) return !one.parentElement.matches("details");
        if (one.matches("a")) {
            const to = one.getAttribute("href");
            return !to || to === "#" || (to[0] === "#" && !document.getElementById(to.slice(1)));
        }
        return one.type !== "submit" || !one.form;
    }).map(one => one.outerHTML.slice(0, 160))"""
LINKS = "[...new Set([...document.links].map(one => one.href.split('#')[0]))]"
# doing, not leading
NOT_OPENED = re.compile(r"/logout/|/tai-khoan/|/xuat|\.(?:pdf|png|xlsx|docx|zip)$")


class Walk:
    """Goes from page to page by what is written on it; each page is looked over once."""

    def __init__(self, visitor):
        self.visitor, self.page, self.opened = visitor, visitor.page, set()

    def look(self) -> None:
        assert self.page.evaluate(IDLE) == [], self.page.url
        assert self.page.locator("h1").count() == 1, self.page.url
        self.visitor.no_sideways_scrolling()
        for address in self.page.evaluate(LINKS):
            if not address.startswith(self.visitor.trial.url) or address in self.opened or NOT_OPENED.search(address):
                continue
            self.opened.add(address)
            assert self.visitor.context.request.get(address).status < 400, f"{self.page.url} leads to {address}"

    def follow(self, selector: str, address: str) -> None:
        self.page.locator(selector).first.click()
        self.page.wait_for_url(re.compile(address))
        self.look()


def test_the_public_site_works_without_scripts(someone):
    visitor = someone(None, script=False)
    walk, page = Walk(visitor), visitor.visit("/")
    walk.look()
    walk.follow("main a[href='/ngay-30-7/']", r"/ngay-30-7/$")
    walk.follow("main a[href='/ngay-30-7/di-lam-xa/']", r"/di-lam-xa/$")
    walk.follow("#tieng a:has-text('Cơ Tu')", r"/ktv/ngay-30-7/di-lam-xa/$")
    walk.follow("#tieng a:has-text('Tiếng Việt')", r"[0-9]/ngay-30-7/di-lam-xa/$")
    walk.follow("a[data-share]", r"/chia-se/\d+/$")
    walk.follow("a.address", r"/di-lam-xa/$")
    walk.follow("text=Gọi thì nói gì?", r"/goi-ai/$")
    assert page.locator("main a[href='tel:111']").first.is_visible()

    visitor.visit("/xa-phuong/")
    walk.look()
    page.fill("main [name=tim]", "tay giang")
    walk.follow("main form:has([name=tim]) button", r"/xa-phuong/\?tim=")
    walk.follow("main a:has-text('Tây Giang')", r"/xa-phuong/xa-tay-giang/$")
    walk.follow("main a[href^='/xa-phuong/xa-tay-giang/']", r"/xa-tay-giang/.+/$")

    visitor.visit("/truong-hoc/")
    walk.look()
    walk.follow("main a[href='/truong-hoc/lop-6-9/']", r"/lop-6-9/$")

    visitor.visit("/tim-kiem/?q=mua+ban+nguoi")
    walk.look()
    # by POST from the page itself, so that nothing of it stays in the history
    page.fill("main [name=q]", "di lam xa")
    page.locator("main button:has-text('Tìm')").first.click()
    page.wait_for_load_state()
    walk.look()
    walk.follow("main a[href$='/di-lam-xa/']", r"/di-lam-xa/$")

    visitor.visit("/chung-nhan/")
    page.fill("main input:not([type=hidden])", "LC-KHONG-CO")
    page.click("main button:has-text('Kiểm tra')")
    page.wait_for_url(re.compile(r"/chung-nhan/khong-dung/"))
    assert page.evaluate(IDLE) == []
    for path in ("/xem-an-toan/", "/tro-nang/", "/du-lieu-ca-nhan/", "/tai-khoan/login/"):
        visitor.visit(path)
        walk.look()
    assert page.locator("a.exit").first.get_attribute("href").startswith("https://")
    assert {cookie["name"] for cookie in visitor.context.cookies()} <= {"csrftoken", "__Host-csrftoken"}


def test_an_official_goes_the_whole_way_and_the_commune_s_figure_moves(someone, trial):
    """Every lesson, a quiz of 20 left and taken up again, the result, the review, the certificate, the way out."""
    before = figures(trial)
    visitor = someone("lan", script=False)
    walk, page = Walk(visitor), visitor.visit("/hoc-tap/")
    walk.look()
    visitor.visit(COURSE)
    walk.look()
    read_every_lesson(visitor, walk)

    visitor.visit(COURSE + "bai-kiem-tra/")
    open_quiz_part(page)
    walk.look()
    kept = change_an_answer(page)
    visitor.visit("/hoc-tap/")
    visitor.visit(COURSE + "bai-kiem-tra/")
    page.click("main .btn:has-text('làm')")
    assert kept.items() <= answers_shown(page).items()
    with_scripts = someone("lan")
    assert amiss(with_scripts.visit(path_of(page))) == []
    answer_everything_right(page, walk)
    page.click("main button:has-text('Nộp')")
    page.wait_for_load_state()
    assert "đã hoàn thành" in page.inner_text("main h1").lower()
    walk.look()
    assert amiss(with_scripts.visit(path_of(page))) == []
    walk.follow("main a:has-text('Xem lại bài làm')", r"/ket-qua/")
    assert "đạt" in page.inner_text("main h1").lower()
    assert "20" in page.inner_text("main")
    # each question with what was right and why
    assert page.locator("main section.q[id^=cau-]").count() == 20
    walk.look()
    # axe itself is a script
    assert amiss(with_scripts.visit(path_of(page))) == []

    after = figures(trial)
    assert after["completed"] == before["completed"] + 1
    assert after["required"] == before["required"]
    visitor.visit("/hoc-tap/")
    assert "Đã hoàn thành" in page.inner_text("main")
    visitor.visit("/hoc-tap/chung-nhan/")
    walk.look()
    walk.follow("main a[href^='/chung-nhan/']", r"/chung-nhan/LC-")
    sign_out(visitor)


def path_of(page) -> str:
    return urlsplit(page.url).path


def read_every_lesson(visitor, walk) -> None:
    page = visitor.visit("/hoc-tap/")
    page.click("main .due .btn")
    page.wait_for_load_state()
    read = 0
    while page.locator("main form[action$='/xong/'] button").count():
        walk.look()
        try_everything(page)
        page.click("main form[action$='/xong/'] button")
        page.wait_for_load_state()
        read += 1
    assert read >= 10


def change_an_answer(page) -> dict[str, list[str]]:
    """The first question answered, then otherwise, coming back by address each time; what the page shows at last."""
    here = page.url
    for choice in (0, 1):
        first = page.locator(SINGLE).first
        first.locator("[data-choice]").nth(choice).check()
        page.locator("main button:has-text('Lưu và sang')").first.click()
        page.wait_for_load_state()
        page.goto(here)
        first = page.locator(SINGLE).first
        assert first.locator("[data-choice]").nth(choice).is_checked()
        assert first.locator("[data-choice]:checked").get_attribute("data-saved") is not None
    question = first.get_attribute("data-question")
    return {question: answers_shown(page)[question]}


def answer_everything_right(page, walk) -> None:
    items = by_question(FIRST)
    while page.locator("fieldset[data-question]").count():
        for key in [one.get_attribute("data-question") for one in page.locator("fieldset[data-question]").all()]:
            answer_right(page, key, items)
        onward = page.locator("main button:has-text('Lưu và sang'), main button:has-text('xem lại trước khi nộp')")
        onward.first.click()
        page.wait_for_load_state()
    walk.look()


def sign_out(visitor) -> None:
    page = visitor.visit("/tai-khoan/")
    page.click("form[data-sign-out] button")
    page.wait_for_load_state()
    visitor.visit("/hoc-tap/")
    assert "/tai-khoan/login/" in page.url


def test_an_editor_writes_a_notice_without_scripts(someone):
    """The form stands open, and no day is lost or guessed on the way."""
    visitor = someone("mai", script=False)
    page = visitor.visit("/cms/")
    page.click("main a:has-text('Viết thông báo')")
    page.wait_for_url("**/pages/add/**")
    form = page.url
    visitor.no_sideways_scrolling()
    page.fill("[name=title]", "Họp thôn không JS")
    save = "button.action-save:has-text('Lưu bản nháp')"
    for on, at, said in (("31/2/2027", "25h", "không có trong lịch"), ("5/12", "19h30", "được hiểu là")):
        page.fill("[name=on]", on)
        page.fill("[name=at]", at)
        page.click(save)
        page.wait_for_selector(f".w-field__errors:has-text('{said}')")
        assert page.url == form
    assert page.input_value("[name=at]") == "19:30"
    day = page.input_value("[name=on]")
    assert day.startswith("05/12/")
    page.click(save)
    page.wait_for_url("**/edit/")
    assert page.input_value("[name=slug]") == "hop-thon-khong-js"
    assert (page.input_value("[name=on]"), page.input_value("[name=at]")) == (day, "19:30")
