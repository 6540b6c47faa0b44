"""A reader on a cheap phone: reads, hears, calls, changes language, hands a page on, prints it, leaves fast."""

import io

import pytest
from browser.test_every_page import amiss
from browser.trial import DESK, PHONE
from pypdf import PdfReader

SLUGS = ["di-lam-xa", "viec-tren-mang", "cuoi-xa", "kho-nuoi-con", "khi-ket-tien", "nam-cau-dan-nhau"]
MESSAGE = "/ngay-30-7/di-lam-xa/"
PAGES = ["/", "/ngay-30-7/", MESSAGE, "/goi-ai/", f"/ktv{MESSAGE}", "/xem-an-toan/"]
A4 = {"format": "A4", "print_background": False}

# two seconds of silence with its words, as the press of a button in the library would store it
RECORD = """
import io, wave
from django.core.files.base import ContentFile
from campaigns.messages.message import MessagePage, MessageRecording
from media.models import Recording
sound = io.BytesIO()
with wave.open(sound, "wb") as out:
    out.setparams((1, 1, 8000, 0, "NONE", ""))
    out.writeframes(bytes([128]) * 16000)
message = MessagePage.objects.get(slug="cuoi-xa", locale__language_code="vi")
recording = Recording(title="Cưới xa", type="audio", duration=2, transcript="Lời đọc thử.", language="vi")
recording.file.save("cuoi-xa.wav", ContentFile(sound.getvalue()))
message.recordings.set([MessageRecording(language="vi", recording=recording)])
message.save_revision().publish()
"""
# resolves once something was heard
PLAYS = """sound => new Promise((heard) => {
    if (sound.currentTime > 0 || sound.ended) heard(true);
    sound.addEventListener("timeupdate", () => heard(true));
})"""


@pytest.mark.parametrize("script", [True, False], ids=["scripts", "no scripts"])
def test_a_reader_finds_a_message_whom_to_call_and_the_way_out(someone, script):
    visitor = someone(None, script=script)
    page = visitor.visit("/")
    page.click("text=Việc nhẹ, lương cao? Hỏi cho rõ đã.")
    page.wait_for_url(f"**{MESSAGE}")
    assert page.title() == "Trước khi đi làm xa – Lá Chắn"
    assert page.locator("h2:has-text('Họ hay nói')").bounding_box()["y"] < 740, (
        "what to know stands on the first screen"
    )
    # help and the way out stay in sight wherever the reader is
    page.locator("text=Bài này có bằng tiếng nào?").scroll_into_view_if_needed()
    for button in ("a.btn.call[href='tel:111']", "a.exit"):
        assert page.locator(f".safe {button}").is_visible()
    page.click("text=Gọi thì nói gì?")
    page.wait_for_url("**/goi-ai/")
    assert page.locator("main a[href='tel:113']").first.is_visible()
    visitor.no_sideways_scrolling()
    assert not visitor.context.cookies()


def test_without_scripts_a_page_is_handed_on_by_address_code_and_picture(someone):
    page = someone(None, script=False).visit(MESSAGE)
    assert page.locator("button[data-print]").is_hidden()
    page.click("text=Gửi cho người khác")
    page.wait_for_url("**/chia-se/*/")
    assert page.locator("a.address").inner_text().endswith(MESSAGE)
    drawn = "image => image.complete && image.naturalWidth > 0"
    assert page.locator("aside.share img").evaluate(drawn)
    # made in the background after the trial was seeded, behind all else that its seed asked for
    for _second in range(60):
        if page.locator("img.card").count():
            break
        page.wait_for_timeout(1000)
        page.reload()
    assert page.locator("img.card").evaluate(drawn)


def test_with_scripts_the_address_is_copied_and_the_reader_told(someone):
    visitor = someone(None, DESK)
    visitor.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visitor.visit(MESSAGE)
    page.evaluate("delete Navigator.prototype.share")
    page.click("[data-share]")
    page.wait_for_selector("text=Đã chép địa chỉ trang")
    assert page.evaluate("navigator.clipboard.readText()").endswith(MESSAGE)


def test_a_language_is_chosen_by_its_own_name_and_its_absence_told(someone):
    page = someone(None, script=False).visit(MESSAGE)
    page.click("#tieng a:has-text('Cơ Tu')")
    page.wait_for_url(f"**/ktv{MESSAGE}")
    assert page.locator("[role=note]:has-text('Trang này chưa có bằng tiếng Cơ Tu')").is_visible()
    assert page.locator("html").get_attribute("lang") == "vi"
    page.click("#tieng a:has-text('Tiếng Việt')")
    page.wait_for_url(lambda url: "/ktv/" not in url)
    assert not page.locator("[role=note]").count()


def test_escape_three_times_leaves_and_back_does_not_return(someone):
    visitor = someone()
    page = visitor.visit("/xem-an-toan/")
    target = page.get_attribute("a.exit", "href")
    page.route(lambda url: url.startswith(target), lambda route: route.fulfill(body="<title>x</title>"))
    page.goto(visitor.trial.url + MESSAGE)
    for _press in range(3):
        page.keyboard.press("Escape")
    page.wait_for_url(target)
    page.go_back()
    assert MESSAGE not in page.url


def test_escape_pressed_now_and_then_stays(someone):
    page = someone().visit(MESSAGE)
    for _press in range(2):
        page.keyboard.press("Escape")
    page.wait_for_timeout(1700)
    page.keyboard.press("Escape")
    assert page.url.endswith(MESSAGE)


def test_a_recording_plays_in_place_and_is_a_plain_link_without_scripts(someone):
    visitor = someone()
    visitor.trial.manage("shell", "-c", RECORD)
    page = visitor.visit("/ngay-30-7/cuoi-xa/")
    link = page.locator(".voice a.play")
    assert "2 giây" in link.inner_text()
    link.click()
    assert page.locator("audio").evaluate(PLAYS)
    assert page.url.endswith("/cuoi-xa/")
    plain = someone(None, script=False).visit("/ngay-30-7/cuoi-xa/")
    address = plain.get_attribute(".voice a.play", "href")
    answer = visitor.context.request.get(visitor.trial.url + address)
    assert (answer.status, answer.headers["content-type"].split("/")[0]) == (200, "audio")
    assert plain.locator("text=Đọc lời của bài nghe").is_visible()


def test_a_message_prints_as_a_leaflet_of_one_page_with_number_code_and_address(someone):
    visitor = someone(None, DESK)
    for slug in SLUGS:
        page = visitor.visit(f"/ngay-30-7/{slug}/")
        page.wait_for_load_state("networkidle")
        sheets = PdfReader(io.BytesIO(page.pdf(**A4))).pages
        words = " ".join(sheets[0].extract_text().split())
        assert len(sheets) == 1, slug
        assert "111" in words
        assert "Đang nguy hiểm: 113" in words
        assert "Số trực" in words
        assert len(sheets[0].images) or "/XObject" in sheets[0]["/Resources"] or slug in words.replace(" ", "")
        assert "Thoát" not in words
        assert "Bài này có bằng tiếng nào" not in words


def test_axe_finds_nothing(someone, looks):
    visitor, problems = someone(None, PHONE), []
    shared = visitor.visit(MESSAGE).get_attribute("[data-share]", "href")
    for number, path in enumerate([*PAGES, shared]):
        problems += amiss(visitor.visit(path), looks(number))
    assert not problems, "\n".join(problems)


def test_text_at_twice_its_size_stays_within_the_phone(someone):
    visitor = someone(None, PHONE)
    for path in PAGES:
        page = visitor.visit(path)
        page.evaluate("document.documentElement.style.fontSize = '225%'")
        visitor.no_sideways_scrolling()


def test_nothing_moves_for_who_asked_for_stillness(someone):
    page = someone(None, PHONE, reduced_motion="reduce").visit(MESSAGE)
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    moving = "[...document.querySelectorAll('*')].filter(e => getComputedStyle(e).animationName !== 'none').length"
    assert page.evaluate(moving) == 0
