"""An editor mends what came back, sees it as a phone would, submits; the head approves; the village reads it."""

from browser.trial import DESK, PHONE

TALK = "Tối nói chuyện của thôn"
# Wagtail draws the preview in a second frame and then puts it in the place of the first
PREVIEWED = """title => [...document.querySelectorAll("iframe")].some(
    frame => frame.contentDocument?.querySelector("h1")?.textContent.includes(title))"""


def test_from_a_reason_to_a_page_that_the_village_reads(someone):
    mai, son, village = someone("mai", DESK), someone("son", DESK), someone(None, PHONE, script=False)
    village.visit("/xa-phuong/xa-tay-giang/toi-noi-chuyen-cua-thon/", 404)
    page = mai.visit("/cms/")
    assert "Xin ghi thêm giờ bắt đầu" in page.inner_text("main")
    page.click(f"a:has-text('{TALK}')")
    page.fill("[name=at]", "19:00")
    page.click("[data-side-panel-toggle=preview]")
    page.wait_for_function(PREVIEWED, arg=TALK)
    assert page.locator("[data-device-width='360']").first.is_checked()
    page.click("footer button[name=action-submit]")
    page.wait_for_url("**/cms/pages/**")
    assert "Chờ duyệt" in mai.visit("/cms/").inner_text("main")

    page = son.visit("/cms/")
    assert "1 trang của xã chờ anh chị duyệt" in page.inner_text("main")
    page.click(f"a:has-text('{TALK}')")
    page.click("footer button:has-text('Duyệt và đăng')")
    page.wait_for_url(son.trial.url + "/cms/")
    assert "chờ anh chị duyệt" not in page.inner_text("main")

    page = village.visit("/xa-phuong/?tim=tay giang")
    page.click("main a:has-text('Xã Tây Giang')")
    page.click(f"main a:has-text('{TALK}')")
    assert "19:00" in page.inner_text("main")
    assert page.locator("main a[href='tel:111']").first.is_visible()
    village.no_sideways_scrolling()


def test_an_editor_takes_a_message_and_cannot_look_into_the_next_commune(someone):
    hoa = someone("hoa", DESK)
    page = hoa.visit("/cms/")
    page.click("button[aria-label*='Khi kẹt tiền']")
    page.wait_for_url("**/edit/")
    assert "do tỉnh viết" in page.inner_text("main")
    own = page.url
    other = someone("mai", DESK)
    assert other.page.goto(own).status == 200
    assert other.page.url == other.trial.url + "/cms/"
    assert "Xã Avương" not in other.page.inner_text("main")


def test_a_public_commune_page_needs_no_script_fits_a_phone_and_offers_111(someone):
    for scheme in ("light", "dark"):
        visitor = someone(None, PHONE, script=False, color_scheme=scheme)
        for path in ("/xa-phuong/", "/xa-phuong/xa-avuong/", "/xa-phuong/xa-avuong/ban-hoi-dap-o-cho-phien/"):
            page = visitor.visit(path)
            visitor.no_sideways_scrolling()
            assert page.locator("a[href='tel:111']").first.is_visible()
            assert page.locator("a.exit").is_visible()


def test_the_calendar_writes_nothing_over_what_was_typed_and_what_was_understood_is_shown_in_full(someone):
    page = someone("mai", DESK).visit("/cms/")
    page.click(f"a:has-text('{TALK}')")
    for name, typed, shown, words in [
        ("at", "19 giờ", "19:00", "19 giờ 00"),
        ("at", "lúc nào cũng được", "lúc nào cũng được", "Không hiểu"),
        ("at", "7h30 tối", "19:30", "19 giờ 30"),
        ("on", "ngày 12/12/2026", "12/12/2026", "thứ Bảy, ngày 12 tháng 12 năm 2026"),
        ("on", "thứ Hai 12/12/2026", "thứ Hai 12/12/2026", "là thứ Bảy"),
    ]:
        field = page.locator(f"[name={name}]")
        field.click()
        field.fill(typed)
        field.press("Tab")
        page.wait_for_selector(f"#{field.get_attribute('id')}-typed:has-text('{words}')")
        assert field.input_value() == shown
