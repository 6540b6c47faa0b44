"""A conversation on the narrowest phone: by keyboard, without scripts, read in order, and clean for axe."""

import re

from browser.test_every_page import amiss
from browser.test_without_scripts import IDLE
from browser.trial import NARROW
from conversations import starter

from courses.practice.conversations.rules.graph import read
from courses.practice.conversations.rules.style import best_choice, walk

PLACE = "/khoa-hoc/ho-tro-tam-ly-ban-dau/tap-hoi-chuyen/ve-tu-ben-kia-bien-gioi/"
BEST = [said.choice.say for said in walk(read(starter(1)), best_choice).said]
FOCUSED = r"(document.activeElement?.innerText || '').trim().replace(/\s+/g, ' ')"
MOST_TABS = 60


def press(page, name: str) -> None:
    """Tab until the control of that name has the focus, then Enter."""
    for _tab in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED) == name:
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"{page.url}: the keyboard does not come to “{name}”")


def in_order(text: str, *parts: str) -> None:
    places = [text.find(part) for part in parts]
    assert -1 not in places, f"{parts[places.index(-1)]} is missing in\n{text}"
    assert places == sorted(places), text


def test_a_conversation_is_played_to_its_good_end_by_keyboard_without_scripts(someone):
    visitor = someone("nam", NARROW, script=False)
    page = visitor.visit(PLACE)
    assert page.evaluate(IDLE) == []
    press(page, "Bắt đầu")
    press(page, BEST[0])
    in_order(
        page.locator("main").aria_snapshot(),
        'heading "Người về từ bên kia biên giới" [level=1]',
        'heading "Anh chị vừa nói" [level=2]',
        BEST[0],
        "Em Lành:",
        "Lòng tin tăng rõ.",
        "Nhận xét:",
        'heading "Lượt 2" [level=2]',
        "Điện thoại trong túi em rung liên tục.",
        'group "Anh chị nói gì?"',
        f'button "{BEST[1]}"',
    )
    for number, utterance in enumerate(BEST[1:], 2):
        assert page.evaluate(IDLE) == []
        visitor.no_sideways_scrolling()
        if number == 5:
            # left and taken up again
            visitor.visit(PLACE)
            press(page, "Tập tiếp")
        press(page, utterance)
    in_order(
        page.locator("main").aria_snapshot(),
        'heading "Kết thúc tốt"',
        'heading "Điều anh chị chưa thấy lúc đầu"',
        'heading "Cách hỏi"',
        'heading "Lời làm người ấy đau hoặc khép lại"',
        "Không có lời nào như vậy.",
        "Anh chị đã biết mọi điều cần biết.",
        'heading "Điều không bao giờ cần hỏi"',
        'heading "Câu nên giữ"',
    )
    visitor.no_sideways_scrolling()
    page.locator("summary:has-text('lượt đã qua')").press("Enter")
    press(page, "Làm lại từ lượt này (1)")
    assert page.locator("h2").first.inner_text() == "Lượt 1"


def test_axe_finds_nothing_before_in_and_after_a_conversation(someone, looks):
    page = someone("lan", NARROW).visit(PLACE)
    problems = amiss(page, looks(0))
    # “Bắt đầu”, or “Tập lại từ đầu” where it was played before
    page.get_by_role("button", name=re.compile("đầu")).first.click()
    page.wait_for_url(re.compile("/lan-tap/"))
    page.locator(".says button").first.click()
    page.wait_for_load_state()
    problems += amiss(page, looks(1))
    while page.locator(".says button").count():
        page.locator(".says button").first.click()
        page.wait_for_load_state()
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    problems += amiss(page, looks(2))
    assert not problems, "\n".join(problems)
