"""Questions that are answered by typing: saved as one leaves the box, back after a reload, by keyboard, on a phone."""

import json

import pytest
from browser.trial import PHONE

QUIZ = """
from courses.content.course import CoursePage
from courses.content.quiz import QuizPage, QuizQuestion
from courses.questions.writing import create_or_update_question
from pages.publishing import add_published
course = CoursePage.objects.get(key="nhan-dien-nan-nhan", locale__language_code="vi")
asked = [
    {"kind": "short_answer", "text": "Gọi số nào?", "choices": [{"text": "111"}]},
    {"kind": "numeric", "text": "Bao lâu?", "choices": [{"value": "3"}], "own": {"unit": "tháng"}},
    {"kind": "missing_words", "text": "Điền số.", "choices": [{"right": ["111"]}, {"right": ["113"], "wrong": ["115"]}],
     "own": {"passage": "Cần tư vấn thì gọi [1], đang nguy hiểm thì gọi [2]."}},
]
questions = [create_or_update_question(category="thu", name=f"Gõ {n}", **one) for n, one in enumerate(asked)]
quiz = QuizPage(title="Thử gõ", slug="thu-go", required=False, shuffle_questions=False)
quiz.questions = [QuizQuestion(question=question) for question in questions]
print("JSON" + __import__("json").dumps(add_published(course, quiz).url))
"""
KEPT = "() => [...document.querySelectorAll('[data-choice]')].every(one => 'saved' in one.dataset)"


@pytest.fixture(scope="module")
def quiz(trial) -> str:
    return json.loads(trial.manage("shell", "-v", "0", "-c", QUIZ).partition("JSON")[2])


@pytest.mark.parametrize("scripts", [True, False])
def test_what_is_typed_is_kept_and_comes_back(someone, quiz, scripts):
    visitor = someone("lan" if scripts else "ha", PHONE, script=scripts)
    page = visitor.visit(quiz)
    page.click("main .btn:has-text('làm')")
    page.wait_for_url("**/hoc-tap/bai-lam/**")
    typed = page.locator("input[type=text][data-choice]")
    typed.nth(0).fill("111")
    typed.nth(0).press("Enter")  # saves and stays
    page.wait_for_load_state()
    typed.nth(1).fill("3")
    typed.nth(2).fill("111")
    page.locator("select[data-choice]").select_option(label="113")
    if scripts:
        typed.nth(2).blur()
        page.wait_for_function(KEPT)
        page.reload()
    else:
        page.click("button:has-text('xem lại trước khi nộp')")
        page.wait_for_url("**/nop/")
        page.go_back()
        page.reload()
    assert [box.input_value() for box in typed.all()] == ["111", "3", "111"]
    assert page.locator("[data-choice][data-saved]").count() == 4
    if scripts:
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.click("button:has-text('xem lại trước khi nộp')")
    page.click("main button:has-text('Nộp')")
    assert "3/3" in page.inner_text("main") or "100" in page.inner_text("main")


def test_what_was_typed_while_the_line_was_down_waits_and_is_shown(someone, quiz):
    visitor = someone("nam", PHONE)
    page = visitor.visit(quiz)
    page.click("main .btn:has-text('làm')")
    page.wait_for_url("**/hoc-tap/bai-lam/**")
    # the page comes, what it sends does not arrive
    page.route("**/cau/**", lambda route: route.abort())
    page.locator("input[type=text][data-choice]").first.fill("một một một")
    page.locator("input[type=text][data-choice]").first.blur()
    page.locator("[data-state].unsaved").first.wait_for()
    page.reload()
    assert page.locator("input[type=text][data-choice]").first.input_value() == "một một một"
    page.unroute("**/cau/**")
    page.locator("input[data-choice][data-saved]").first.wait_for()
    # of what did not arrive
    visitor.complaints.clear()
