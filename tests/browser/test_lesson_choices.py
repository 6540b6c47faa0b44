"""A lesson on a small phone: its first words stand in the first screen; a choice shows what comes of it in place."""

import json

import pytest
from browser.test_conversation import in_order, press
from browser.test_every_page import amiss
from browser.test_without_scripts import IDLE
from browser.trial import NARROW

from courses.starter.edition import modules_of

SMALL_PHONE = {"width": 360, "height": 640}
LESSON = """
from courses.content.course import CoursePage
from courses.content.lesson import LessonPage, ModulePage
from courses.starter.edition import lesson_fields, modules_of
from pages.publishing import add_published
from people.persons.user import User
course = CoursePage.objects.get(key="nhan-dien-nan-nhan", locale__language_code="vi")
module = add_published(course, ModulePage(title="Thử", slug="thu-lua-chon"))
lesson = modules_of("nhan-dien-nan-nhan")[0]["lessons"][1]
page = add_published(module, LessonPage(**lesson_fields(lesson, ("thu", lesson["slug"])), required=False))
for code in ("CB-CHON", "CB-PHIM"):
    User.objects.create_user(code, password="mat-khau-rat-dai", full_name="Người Đang Chọn")
print("JSON" + __import__("json").dumps(page.url))
"""


@pytest.fixture(scope="module")
def lesson(trial) -> str:
    for code in ("CB-CHON", "CB-PHIM"):
        trial.accounts.append({"role": "learner", "login": code, "password": "mat-khau-rat-dai", "unit": ""})
    return json.loads(trial.manage("shell", "-v", "0", "-c", LESSON).partition("JSON")[2])


def test_the_first_words_stand_in_the_first_screen(someone, lesson):
    visitor = someone("CB-CHON", SMALL_PHONE)
    page = visitor.visit(lesson)
    lines = page.evaluate(
        """() => {
            const range = document.createRange();
            range.selectNodeContents(document.querySelector('.block p:not(.eyebrow)'));
            return [...range.getClientRects()].map(line => line.bottom);
        }"""
    )
    assert sum(bottom <= SMALL_PHONE["height"] for bottom in lines) >= 2, lines
    visitor.no_sideways_scrolling()


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without scripts"])
def test_a_choice_shows_what_comes_of_it_and_may_be_changed(someone, lesson, script):
    visitor = someone("CB-CHON", SMALL_PHONE, script=script)
    page = visitor.visit(lesson)
    decision = page.locator(".choosing").nth(0 if script else 1)
    option = decision.locator("button[name=option]").first
    words = option.inner_text()
    option.focus()
    page.keyboard.press("Enter")
    answer = decision.locator("[data-answer]")
    answer.wait_for()
    assert words in answer.inner_text()
    if script:
        assert page.evaluate("document.activeElement.hasAttribute('data-answer')")
        assert page.evaluate("scrollY") > 0
    decision.locator("summary").first.click()
    decision.locator("details button").first.click()
    page.wait_for_load_state()
    decision.locator("[data-answer]", has_not_text=words).wait_for()
    assert words not in answer.inner_text()
    visitor.no_sideways_scrolling()


def test_a_lesson_before_and_after_choosing_is_for_everybody(someone, lesson, looks):
    page = someone("CB-CHON").visit(lesson)
    # another look may have found it open before
    if page.locator(".choosing").last.locator(".options").count():
        page.locator(".choosing").last.locator("button[name=option]").first.click()
    page.locator(".choosing").last.locator("[data-answer]").wait_for()
    assert amiss(page, looks(1)) == []


def blocks_of(kind: str) -> list[dict]:
    (_first, lesson, *_others) = modules_of("nhan-dien-nan-nhan")[0]["lessons"]
    return [block[kind] for block in lesson["blocks"] if kind in block]


def test_a_lesson_is_done_by_keyboard_without_scripts_and_read_in_order(someone, lesson):
    visitor = someone("CB-PHIM", NARROW, script=False)
    page = visitor.visit(lesson)
    assert page.evaluate(IDLE) == []
    first, second = blocks_of("decision")
    (check,) = blocks_of("check")
    in_order(
        page.locator("main").aria_snapshot(),
        "[level=1]",
        blocks_of("scene")[0][:30],
        first["ask"],
        first["options"][0]["text"][:40],
        second["ask"][:40],
        check["ask"][:40],
        blocks_of("takeaway")[0][:40],
    )
    for asked, option in ((first, first["options"][0]), (second, second["options"][1]), (check, check["options"][0])):
        press(page, option["text"])
        # what comes of it, then what to think of it, where the options stood
        after = (option["consequence"], option["remark"]) if "consequence" in option else (option["feedback"],)
        in_order(page.locator("main").aria_snapshot(), asked["ask"][:40], *(words[:30] for words in after))
    visitor.no_sideways_scrolling()
    page.locator("form[data-done] button").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: lesson not in address)
