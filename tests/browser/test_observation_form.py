"""An observer's form is kept in the page, waits on a dropped line, and is sent once."""

import re


def open_form(someone):
    """Plans a session as the trainer, who is its first observer, and opens the form about the official."""
    visitor = someone("binh")
    page = visitor.visit("/buoi-tap/moi/")
    page.select_option("[name=rubric]", label="Buổi gặp đầu tiên")
    page.select_option("[name=unit]", label="Xã Tây Giang")
    page.click("main button:has-text('Tiếp')")
    for button in ("Là người quan sát thứ hai", "Thêm vào người tập"):
        page.locator("[name=who][type=radio]").first.check()
        page.click(f"button:has-text('{button}')")
    page.click("section[aria-labelledby=tap] h3 a")
    page.wait_for_url("**/buoi-tap/phieu/**")
    return visitor


def test_a_form_survives_the_page_and_a_dropped_line_and_goes_once(someone):
    visitor = open_form(someone)
    page, sent = visitor.page, []
    visitor.no_sideways_scrolling()
    page.check("[name='1-level'][value='3']")
    page.fill("[name='1-evidence']", "phút 1: “mời anh ngồi”")
    token = page.input_value("[name=token]")
    page.reload()
    assert page.is_checked("[name='1-level'][value='3']")
    assert page.input_value("[name='1-evidence']") == "phút 1: “mời anh ngồi”"
    assert page.input_value("[name=token]") == token
    for radio in page.locator("[type=radio][value='3']").all():
        radio.check()
    page.on("response", lambda reply: sent.append(reply.status) if reply.request.method == "POST" else None)
    visitor.context.set_offline(True)
    page.click("button:has-text('Nộp phiếu')")
    page.wait_for_function("document.querySelector('[data-status]').textContent.includes('sẽ tự nộp khi có mạng')")
    visitor.context.set_offline(False)
    page.get_by_text(re.compile("đã nộp lúc")).wait_for()
    assert sent == [200]
    assert page.evaluate("Object.keys(localStorage).filter(name => name.startsWith('bai-'))") == []
    assert page.get_by_text("phút 1: “mời anh ngồi”").is_visible()
