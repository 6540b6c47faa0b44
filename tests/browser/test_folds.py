"""The reports' page folds: an address opens the fold it points into, the keyboard works them, paper has them all."""

import re

from browser.trial import DESK, PHONE

FOLDS = "main .folds > details"


def heights(page) -> int:
    return page.evaluate("document.documentElement.scrollHeight")


def test_a_phone_s_first_screen_has_the_figure_and_what_is_next(someone):
    for login in ("binh", "son"):
        page = someone(login, {"width": 360, "height": 640}).visit("/bao-cao/")
        for words in ("đã hoàn thành", "Việc cần làm"):
            box = page.locator(f".first >> text={words}").first.bounding_box()
            assert box["y"] + box["height"] <= 640, words
        first = page.locator(".first .rows > li").first.bounding_box()
        assert first["y"] + 30 <= 640
        # 18,800 before the page folded
        assert heights(page) < 3000


def test_an_address_opens_the_fold_it_points_into(someone):
    page = someone("binh", DESK).visit("/bao-cao/nhan-dien-nan-nhan/48/#dv")
    assert page.locator("#dv table").is_visible()
    assert not page.locator("#o .tiles").is_visible()
    page.locator("a[href='#danh-sach']").first.click()
    assert page.locator("#danh-sach > p").first.is_visible()


def test_the_keyboard_opens_a_fold_and_what_is_inside_is_reached(someone):
    page = someone("binh", DESK).visit("/bao-cao/")
    page.locator("#thieu-h").locator("xpath=..").focus()
    page.keyboard.press("Enter")
    assert page.locator("#thieu table").is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#thieu') !== null")


def test_without_scripts_every_fold_opens_and_an_order_of_tiles_is_a_link(someone):
    page = someone("binh", PHONE, script=False).visit("/bao-cao/?o=cham#o")
    assert page.locator("#o .tiles").is_visible()
    page.locator("#o a:has-text('Theo tên')").click()
    page.wait_for_load_state()
    assert page.locator("#o .tiles").is_visible()


def test_paper_has_all_that_folds(someone):
    page = someone("binh", DESK).visit("/bao-cao/")
    page.emulate_media(media="print")
    printed = page.locator(f"{FOLDS}:not(.noprint) > div")
    assert all(printed.nth(n).bounding_box()["height"] for n in range(printed.count()))
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert re.search(r"Xã Tây Giang", page.inner_text("main"))
    assert page.locator(f"{FOLDS}:not([open])").count() == 0
