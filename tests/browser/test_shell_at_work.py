"""The shell where it needs a browser: the way out, the shown password, large text, paper."""

import re

import pytest
from browser.trial import CHROMIUM, DESK, PHONE, Visitor

ELSEWHERE = re.compile(r"^https://")


@pytest.fixture
def reader(someone):
    """Somebody of the public who came to the home page from another page of the site."""
    visitor = someone(None, DESK)
    visitor.page.route(ELSEWHERE, lambda route: route.fulfill(body="<title>elsewhere</title>"))
    visitor.visit("/tro-nang/")
    visitor.visit("/")
    return visitor


@pytest.mark.parametrize("way", ["button", "escape"])
def test_the_way_out_leaves_at_once_and_the_page_is_not_one_step_back(reader, way):
    page = reader.page
    if way == "button":
        page.click("[data-quick-exit]")
    else:
        for _press in range(3):
            page.keyboard.press("Escape")
    page.wait_for_url(ELSEWHERE)
    page.go_back()
    page.wait_for_url("**/tro-nang/")


def test_one_or_two_escapes_do_nothing(reader):
    for _press in range(2):
        reader.page.keyboard.press("Escape")
    reader.page.wait_for_timeout(300)
    assert reader.page.url.startswith(reader.trial.url)


def test_the_way_out_is_a_plain_link_without_scripts(someone):
    page = someone(None, PHONE, script=False).visit("/")
    assert page.get_attribute("[data-quick-exit]", "href").startswith("https://")
    assert page.is_visible("[data-quick-exit]")


def test_a_password_can_be_shown_and_hidden_again(someone):
    page = someone(None).visit("/tai-khoan/login/")
    page.fill("[name=password]", "mot-mat-khau")
    page.click(".reveal .btn")
    assert page.get_attribute("[name=password]", "type") == "text"
    page.click(".reveal .btn")
    assert page.get_attribute("[name=password]", "type") == "password"
    assert page.input_value("[name=password]") == "mot-mat-khau"


def test_text_twice_as_large_stays_within_a_phone(browser_type, trial):
    arguments = ["--no-sandbox", "--disable-gpu", "--blink-settings=defaultFontSize=32"]
    browser = browser_type.launch(executable_path=CHROMIUM, args=arguments)
    try:
        visitor = Visitor(browser.new_context(viewport=PHONE), trial).sign_in("phuong")
        for path in (
            "/",
            "/hoc-tap/",
            "/khoa-hoc/nhan-dien-nan-nhan/ba-muoi-phut-dau/hoi-an-toan/",
            "/bao-cao/",
            "/tai-khoan/",
        ):
            visitor.visit(path)
            assert visitor.page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") > 35
            visitor.no_sideways_scrolling()
    finally:
        browser.close()


def test_paper_carries_what_is_read_and_no_buttons(someone):
    page = someone(None, DESK).visit("/")
    page.emulate_media(media="print")
    assert not page.is_visible("[data-quick-exit]")
    assert not page.is_visible(".nav")
    assert page.is_visible("h1")
    assert page.is_visible(".hot .n"), "the number to call is on the paper"


@pytest.mark.parametrize("login", ["thao", "phuong", "ha"])
def test_the_menu_of_somebody_signed_in_leaves_111_and_the_way_out_in_its_row(someone, login):
    page = someone(login, DESK).visit("/hoc-tap/")
    name, help_ = (page.locator(f".top {part}").bounding_box() for part in (".brand", ".safe"))
    assert help_["y"] < name["y"] + name["height"]
    assert help_["x"] > name["x"] + name["width"]


def test_a_learners_menu_and_her_ways_out_take_one_row_each_on_a_phone(someone):
    page = someone("ha", PHONE).visit("/hoc-tap/")

    assert len({entry.bounding_box()["y"] for entry in page.locator(".nav a").all()}) == 1
    name, ways = (page.locator(f".top {part}").bounding_box() for part in (".brand", ".safe"))
    assert ways["x"] > name["x"] + name["width"]
    assert [button.inner_text() for button in page.locator(".safe .btn").all()] == [
        "111",
        "Rời trang nhanh",
        "Đăng xuất",
    ]
