"""A USB stick opens from file:// in Chromium and in Firefox: every page, link and picture, and the run mode."""

import io
import time
import urllib.request
import zipfile
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest
from browser.stick_firefox import FIREFOX, Firefox
from browser.trial import DESK

MOST_SECONDS = 240
PAGE_DOWN = "\ue00f"
# what a page draws is drawn, what it links to among the files is there; "" where all is well
FAULTS = """
const broken = [...document.images].filter((one) => one.complete && !one.naturalWidth).map((one) => one.src);
const sheets = [...document.styleSheets].length ? [] : ["no stylesheet"];
return [...broken, ...sheets].join(" ");
"""
LINKS = """
const all = [...document.querySelectorAll("a[href]")].map((one) => one.href.split("#")[0]);
return all.filter((one) => one.startsWith("file:"));
"""
STEP = "return (document.querySelector('[data-at]:not([hidden])') || { dataset: {} }).dataset.at"
CLOCK = "return document.querySelector('[data-clock=lesson]').textContent"


@pytest.fixture(scope="module")
def stick(trial, tmp_path_factory) -> str:
    """Address of the folder."""
    folder = tmp_path_factory.mktemp("usb")
    address = trial.url + "/truong-hoc/usb.zip"
    urllib.request.urlopen(urllib.request.Request(trial.url + "/truong-hoc/usb/", b"")).close()
    for _second in range(MOST_SECONDS):
        # until it is made this leads to the page that asks for it
        with urllib.request.urlopen(address) as answer:
            if answer.headers.get_content_type() == "application/zip":
                break
        time.sleep(1)
    with urllib.request.urlopen(address) as answer:
        zipfile.ZipFile(io.BytesIO(answer.read())).extractall(folder)
    return (folder / "la-chan").as_uri()


class Chromium:
    """The same acts as Firefox has."""

    def __init__(self, visitor):
        self.context, self.page = visitor.context, visitor.page

    def visit(self, address: str) -> None:
        self.page.goto(address)

    def reload(self) -> None:
        self.page.reload()

    def run(self, body: str):
        return self.page.evaluate(f"() => {{ {body} }}")

    def press(self, key: str) -> None:
        self.page.keyboard.press("PageDown" if key == PAGE_DOWN else key)

    def click(self, selector: str) -> None:
        self.page.click(selector)

    def windows(self) -> list:
        return self.context.pages

    def turn_to(self, window) -> None:
        self.page = window
        window.bring_to_front()


@pytest.fixture(params=["chromium", "firefox"])
def opened(request, tmp_path):
    if request.param == "chromium":
        yield Chromium(request.getfixturevalue("someone")(None, DESK))
        return
    assert FIREFOX, "Firefox is not installed"
    firefox = Firefox(tmp_path / "profile")
    try:
        yield firefox
    finally:
        firefox.close()


def soon(ask, wanted) -> None:
    found = None
    for _try in range(100):
        found = ask()
        if found == wanted:
            return
        time.sleep(0.1)
    assert found == wanted


def test_every_page_of_a_lesson_opens_and_its_links_lead_somewhere(opened, stick):
    """All that can be reached within one lesson; the others are made alike (tests/campaigns/schools/test_stick.py)."""
    left, seen = [f"{stick}/index.html"], set()
    while left:
        address = left.pop()
        if address in seen or not address.endswith(".html"):
            continue
        seen.add(address)
        opened.visit(address)
        assert opened.run(FAULTS) == "", address
        others = [one for one in opened.run(LINKS) if "/lop-4-5/" in one]
        left += others
    folder = Path(url2pathname(urlsplit(stick).path)) / "truong-hoc/lop-4-5"
    assert len(seen) == 1 + len(list(folder.rglob("*.html")))


def test_the_run_mode_works_from_a_file_with_its_window_for_the_class(opened, stick):
    opened.visit(f"{stick}/truong-hoc/lop-4-5/day/index.html")
    opened.press(PAGE_DOWN)
    opened.press(PAGE_DOWN)
    soon(lambda: opened.run(STEP), "2")
    opened.run("document.querySelector('[data-at]:not([hidden]) [data-go=e]').click()")
    assert opened.run("return document.querySelector('[data-danger]').hidden") is False
    opened.run("document.querySelector('[data-go=back]').click()")
    assert opened.run(STEP) == "2"
    # nothing of the clock is lost
    opened.run(
        "history.replaceState({ run: { ...history.state.run, began: Date.now() - 65e3, told: Date.now() + 1 } }, '')"
    )
    opened.reload()
    # while it loads there is no clock yet
    soon(lambda: (opened.run(CLOCK) or "")[:2], "1:")
    assert opened.run(STEP) == "2"
    teacher = opened.windows()[0]
    opened.click("[data-class]")
    soon(lambda: len(opened.windows()), 2)
    shown = next(one for one in opened.windows() if one != teacher)
    opened.turn_to(shown)
    soon(
        lambda: opened.run(
            "const one = document.querySelector('[data-at]:not([hidden])'); return one && one.dataset.at"
        ),
        "2",
    )
    assert "Thầy/cô nói" not in opened.run("return document.body.textContent")
    opened.turn_to(teacher)
    opened.press(PAGE_DOWN)
    opened.turn_to(shown)
    soon(lambda: opened.run(STEP), "3")
