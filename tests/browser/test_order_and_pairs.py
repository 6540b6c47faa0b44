"""Steps put in order, rows matched on a small phone: by keyboard, with scripts and without, over a line that drops."""

import json

import pytest

SMALL_PHONE = {"width": 320, "height": 640}
QUIZ = """
from courses.content.course import CoursePage
from courses.content.quiz import QuizPage, QuizQuestion
from courses.questions.writing import create_or_update_question
from pages.publishing import add_published
from people.persons.user import User
course = CoursePage.objects.get(key="nhan-dien-nan-nhan", locale__language_code="vi")
steps = create_or_update_question(
    category="thu", name="Xếp", kind="ordering", text="Xếp thế nào?",
    choices=[{"text": t} for t in ("Mời ngồi nơi riêng tư", "Hỏi có an toàn không", "Nói điều sẽ làm", "Ghi lại")],
)
pairs = create_or_update_question(
    category="thu", name="Ghép", kind="matching", text="Ghép thế nào?",
    choices=[{"left": "Cần tư vấn", "right": "111"}, {"left": "Đang nguy hiểm", "right": "113"}],
)
quiz = QuizPage(title="Thử xếp và ghép", slug="thu-xep-ghep", required=False)
quiz.questions = [QuizQuestion(question=steps), QuizQuestion(question=pairs)]
quiz = add_published(course, quiz)
for number in range(4):
    User.objects.create_user(f"CB-XEP-{number}", password="mat-khau-rat-dai", full_name="Người Đang Xếp")
print("JSON" + __import__("json").dumps(quiz.url))
"""


@pytest.fixture(scope="module")
def quiz(trial) -> str:
    for code in ("CB-XEP-0", "CB-XEP-1", "CB-XEP-2", "CB-XEP-3"):
        account = {"role": "learner", "login": code, "password": "mat-khau-rat-dai", "unit": ""}
        trial.accounts.append(account)
    return json.loads(trial.manage("shell", "-v", "0", "-c", QUIZ).partition("JSON")[2])


def begin(someone, quiz, who: int, *, script: bool):
    """Each test has somebody of its own, or it would find the answers of another."""
    visitor = someone(f"CB-XEP-{who}", SMALL_PHONE, script=script)
    page = visitor.visit(quiz)
    page.click("main .btn:has-text('làm')")
    page.wait_for_url("**/hoc-tap/bai-lam/**")
    return visitor, page


def order(page) -> list[str]:
    return page.locator("[data-order] li p").all_inner_texts()


def press(page, step: int, way: str) -> None:
    """The button of a step, reached and pressed without a pointer."""
    page.locator("[data-order] li").nth(step).locator(f"[data-move='{way}']").focus()
    page.keyboard.press("Enter")


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without scripts"])
def test_steps_and_rows_are_answered_by_keyboard_and_found_again(someone, quiz, script):
    visitor, page = begin(someone, quiz, int(script), script=script)
    visitor.no_sideways_scrolling()
    assert page.locator("[data-saved]").count() == 0
    shown = order(page)
    press(page, 3, "-1")
    moved = [shown[0], shown[1], shown[3], shown[2]]
    page.locator("fieldset[data-saved] [data-order]").wait_for(state="attached")
    assert order(page) == moved
    assert page.locator("[data-order] [data-saved]").count() == 4
    if script:
        assert page.evaluate("document.activeElement.closest('li').innerText") == shown[3]
    else:
        assert page.url.endswith("#cau-1")
    row = page.locator(".match select").first
    row.focus()
    page.keyboard.press("ArrowDown")
    chosen = row.input_value()
    if script:
        page.locator(".match select[data-saved]").wait_for()
    else:
        page.locator("main button:has-text('xem lại trước khi nộp')").first.press("Enter")
        page.wait_for_url("**/nop/")
        page.go_back()
    page.reload()
    row = page.locator(".match select[data-saved]")
    row.wait_for()
    assert (order(page), row.input_value()) == (moved, chosen)


def test_an_order_given_while_the_line_is_gone_waits_and_goes_later(someone, quiz):
    visitor, page = begin(someone, quiz, 2, script=True)
    before = order(page)
    page.context.set_offline(True)
    press(page, 0, "1")
    after = [before[1], before[0], *before[2:]]
    page.locator(".match select").nth(1).select_option(index=1)
    chosen = page.locator(".match select").nth(1).input_value()
    state = page.locator("fieldset[data-question]").first.locator("[data-state]")
    page.wait_for_function("document.querySelector('[data-state]').className === 'unsaved'")
    assert (order(page), state.inner_text()) == (after, "Chưa lưu, đang chờ gửi")
    page.context.set_offline(False)
    # both are acknowledged before the page is asked for again
    page.locator("fieldset[data-saved]").nth(1).wait_for(timeout=60_000)
    page.reload()
    assert (order(page), page.locator(".match select").nth(1).input_value()) == (after, chosen)


def test_rows_matched_one_after_another_are_saved_by_one_request(someone, quiz):
    visitor, page = begin(someone, quiz, 3, script=True)
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    for row in page.locator(".match select").all():
        row.select_option(index=1)
    page.locator(".match select[data-saved]").nth(1).wait_for()
    assert len(sent) == 1, sent
