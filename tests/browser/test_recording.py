"""A voice is recorded on a telephone: the line is cut, the browser is killed, the same is sent twice; it goes once."""

import json
import os
import re
import signal
from pathlib import Path

import pytest
from browser.conftest import FLAGS
from browser.trial import CHROMIUM, PHONE, Visitor

TAKES = """
import json
from campaigns.speaking.takes import Sound, Take
print("JSON" + json.dumps([Sound.objects.count(), list(Take.objects.order_by("pk").values_list("source", flat=True))]))
"""


class Telephone:
    """A browser with a profile of its own, whose processes can be killed; the microphone is Chromium's, which beeps."""

    def __init__(self, browser_type, trial, folder: Path):
        self.browser_type, self.trial, self.folder = browser_type, trial, folder

    def on(self) -> Visitor:
        context = self.browser_type.launch_persistent_context(
            str(self.folder),
            executable_path=CHROMIUM,
            args=FLAGS,
            viewport=PHONE,
            locale="vi-VN",
            permissions=["microphone"],
            base_url=self.trial.url,
        )
        self.visitor = Visitor(context, self.trial)
        return self.visitor

    def kill(self) -> None:
        """Every process that holds the profile, at once, as when the battery is taken out."""
        for entry in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                line = entry.read_bytes()
            except OSError:
                continue
            if str(self.folder).encode() in line:
                try:
                    os.kill(int(entry.parent.name), signal.SIGKILL)
                except ProcessLookupError:
                    continue


@pytest.fixture
def telephone(browser_type, trial, tmp_path):
    one = Telephone(browser_type, trial, tmp_path / "profile")
    yield one
    one.kill()


def stored(trial) -> tuple[int, list[int]]:
    sounds, sources = json.loads(trial.manage("shell", "-v", "0", "-c", TAKES).partition("JSON")[2])
    return sounds, sources


def to_the_recorder(visitor: Visitor):
    """She agrees to be recorded herself."""
    visitor.sign_in("dung")
    page = visitor.visit("/tieng-noi/ktv/")
    page.click("a:has-text('Thu tiếng') >> nth=0")
    page.check("[name=how][value=self]")
    page.click("text=Người đọc đã đồng ý")
    page.wait_for_url(re.compile(r"/thu/\d+/\?giong="))
    page.locator("[data-line] [data-acts] button").first.wait_for()
    return page


def record(page, number: int):
    """One sentence, until it can be heard."""
    line = page.locator("[data-line]").nth(number)
    line.get_by_role("button", name="Thu câu này", exact=True).click()
    page.wait_for_function("() => document.querySelector('[data-level]').value > 0.02")
    # a beep comes each second
    begun = page.evaluate("performance.now()")
    page.wait_for_function("begun => performance.now() - begun > 1500", arg=begun)
    page.get_by_role("button", name="Dừng").click()
    line.get_by_role("button", name="Nghe lại").wait_for()
    return line


def test_it_waits_on_the_device_and_goes_once(telephone, trial):
    visitor = telephone.on()
    page = to_the_recorder(visitor)
    address = page.url
    visitor.no_sideways_scrolling()
    first = record(page, 0)
    visitor.no_sideways_scrolling()
    # the line is cut as it is sent, and the browser killed while it waits
    visitor.context.set_offline(True)
    first.get_by_role("button", name="Gửi câu này").click()
    page.get_by_text("Đang giữ trên máy này").wait_for()
    record(page, 1)
    before = stored(trial)
    telephone.kill()
    visitor = telephone.on()
    visitor.sign_in("dung")
    with visitor.page.expect_response(lambda answer: "/tieng-noi/gui/" in answer.url) as sent:
        visitor.visit("/tieng-noi/ktv/")
    assert sent.value.json()["ok"]
    sounds, sources = stored(trial)
    assert (sounds, len(sources)) == (before[0] + 1, len(before[1]) + 1)
    # what was recorded and not sent is still there to be heard
    page = visitor.page
    page.goto(address)
    second = page.locator("[data-line]").nth(1)
    second.get_by_text("Đã thu, chưa gửi").wait_for()
    # the answer is lost on its way: it is sent again, and is one
    answers = []

    def lose_the_first(route):
        answer = route.fetch()
        answers.append(answer.json())
        route.abort() if len(answers) == 1 else route.fulfill(response=answer)

    page.route("**/tieng-noi/gui/**", lose_the_first)
    second.get_by_role("button", name="Gửi câu này").click()
    second.get_by_text("Đang giữ trên máy này").wait_for()
    page.evaluate("dispatchEvent(new Event('online'))")
    second.get_by_text("Bản thu này đã có ở đây").wait_for()
    assert [one["ok"] for one in answers] == [True, True]
    sounds, sources = stored(trial)
    new = sources[len(before[1]) :]
    assert (sounds, len(new), len(set(new))) == (before[0] + 2, 2, 2)
    visitor.context.close()


def test_the_whole_message_in_one_go_is_sentence_by_sentence_afterwards(telephone, trial):
    visitor = telephone.on()
    page = to_the_recorder(visitor)
    before = stored(trial)
    # the title is recorded by itself
    sentences = page.locator("[data-line]:not([data-apart])").count()
    page.get_by_role("button", name="Đọc liền cả bài").click()
    for _sentence in range(sentences - 1):
        page.wait_for_timeout(450)
        page.get_by_role("button", name="Câu tiếp").click()
    page.wait_for_timeout(450)
    # it follows the sentence that is read, and what it covers is not read through it
    over = page.evaluate("getComputedStyle(document.querySelector('[data-bar]')).backgroundColor")
    assert over.startswith("rgb("), over
    page.get_by_role("button", name="Dừng").click()
    with page.expect_response(lambda answer: "/tieng-noi/gui/" in answer.url) as sent:
        page.get_by_role("button", name="Gửi cả bài").click()
    assert sent.value.json()["ok"]
    page.get_by_text(f"Đã nhận {sentences} câu").wait_for()
    states = page.locator("[data-line]:not([data-apart]) [data-state]").all_inner_texts()
    assert states == ["chờ duyệt"] * sentences, "each says what became of it"
    record(page, page.locator("[data-line]").count() - 1)
    assert page.locator("[data-line].now").count() == 0, "the title too is put out when it is recorded"
    sounds, sources = stored(trial)
    assert (sounds, len(sources)) == (before[0] + 1, len(before[1]) + sentences)
    visitor.context.close()
