"""A line that drops, a second tab, a second device: what was answered waits, is shown as waiting, and goes once."""

import json

import pytest
from browser.lessons_and_quizzes import SINGLE

# always the same questions: what a bank gives may have too few of one kind on a part
QUIZ = """
from courses.content.course import CoursePage
from courses.content.quiz import QuizPage, QuizQuestion
from courses.questions.writing import create_or_update_question
from pages.publishing import add_published
course = CoursePage.objects.get(key="nhan-dien-nan-nhan", locale__language_code="vi")
options = [{"text": text, "right": text == "Nghe"} for text in ("Nghe", "Hỏi dồn", "Im lặng")]
questions = [
    create_or_update_question(
        category="thu", name=f"Mạng {n}", kind="single_choice", text=f"Làm gì, câu {n}?", choices=options
    )
    for n in range(12)
]
quiz = QuizPage(title="Thử mất mạng", slug="thu-mat-mang", required=False)
quiz.questions = [QuizQuestion(question=question) for question in questions]
print("JSON" + __import__("json").dumps(add_published(course, quiz).url))
"""

# a browser that keeps nothing for sites: every touch of the storage fails
NO_STORAGE = (
    """Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })"""
)


@pytest.fixture(scope="module")
def quiz(trial) -> str:
    return json.loads(trial.manage("shell", "-v", "0", "-c", QUIZ).partition("JSON")[2])


@pytest.fixture
def at_quiz(someone, quiz):
    """Opens the first part of the learner's attempt."""

    def opened():
        visitor = someone("nam")
        page = visitor.visit(quiz)
        page.click("main .btn:has-text('làm')")
        page.wait_for_url("**/hoc-tap/bai-lam/**")
        page.goto(page.url.split("?")[0] + "?phan=1")
        return visitor

    return opened


def field(page, number: int):
    """The questions of which one option is chosen, from 0."""
    return page.locator(SINGLE).nth(number)


def pick_other(page, number: int) -> str:
    """Picks a choice of the question that is not picked; its id."""
    choice = field(page, number).locator("[data-choice]:not(:checked)").first
    picked = choice.get_attribute("data-choice")
    choice.check()
    return picked


def wait_saved(page, number: int, choice: str) -> None:
    field(page, number).locator(f"[data-choice='{choice}'][data-saved]").wait_for(state="attached")


def state(page, number: int) -> str:
    return field(page, number).locator("[data-state]").inner_text()


def nothing_is_kept(page) -> None:
    """Within a moment: the page marks an answer as saved, then forgets it."""
    for _try in range(50):
        if not kept(page):
            return
        page.wait_for_timeout(100)
    assert kept(page) == []


def kept(page) -> list:
    return json.loads(
        page.evaluate(
            "localStorage[`bai-${document.querySelector('[data-person]').dataset.person}-`"
            " + document.querySelector('[data-attempt]').dataset.attempt] || '[]'"
        )
    )


def test_answers_wait_on_a_dropped_line_and_go_in_order_and_once(at_quiz):
    visitor = at_quiz()
    page, sent = visitor.page, []
    visitor.context.set_offline(True)
    picked = [pick_other(page, number) for number in (0, 1, 2)]
    page.wait_for_function("document.querySelector('[data-status]').textContent.includes('mất mạng')")
    assert [state(page, number) for number in (0, 1, 2)] == ["Chưa lưu, đang chờ gửi"] * 3
    assert page.locator(SINGLE).nth(0).get_attribute("data-saved") is None
    changed = pick_other(page, 1)

    page.on("response", lambda reply: sent.append(reply.request.post_data) if "/cau/" in reply.url else None)
    visitor.context.set_offline(False)
    for number, choice in ((0, picked[0]), (1, changed), (2, picked[2])):
        wait_saved(page, number, choice)
    nothing_is_kept(page)
    # one that was changed before it was sent is sent once, as it is now
    order = [choice for body in sent for choice in (*picked, changed) if f"choice={choice}" in body]
    assert order == [picked[0], picked[2], changed]
    page.reload()
    chosen = [field(page, number).locator(":checked").get_attribute("data-choice") for number in (0, 1, 2)]
    assert chosen == [picked[0], changed, picked[2]]


def test_leaving_with_waiting_answers_warns_and_the_buttons_wait_too(at_quiz):
    visitor = at_quiz()
    page = visitor.page
    visitor.context.set_offline(True)
    picked, warned = pick_other(page, 0), []
    page.on("dialog", lambda dialog: (warned.append(dialog.type), dialog.dismiss()))
    here = page.url
    page.click("main button:has-text('Lưu và sang')")
    assert page.url == here
    assert "mất mạng" in page.inner_text("[data-status]")
    page.close(run_before_unload=True)
    page.wait_for_timeout(300)
    assert warned == ["beforeunload"]

    visitor.context.set_offline(False)
    wait_saved(page, 0, picked)
    page.click("main button:has-text('Lưu và sang')")
    page.wait_for_url("**phan=2**")
    assert warned == ["beforeunload"]


def test_an_answer_that_waits_outlives_the_page(at_quiz):
    visitor = at_quiz()
    page, address = visitor.page, visitor.page.url
    visitor.context.set_offline(True)
    picked = pick_other(page, 3)
    page.wait_for_function("document.querySelector('[data-status]').textContent.includes('giữ trên máy này')")
    page.close()
    visitor.context.set_offline(False)
    visitor.page = page = visitor.context.new_page()
    page.goto(address)
    wait_saved(page, 3, picked)


def test_nothing_is_promised_that_the_browser_does_not_keep(someone, quiz):
    visitor = someone("nam")
    visitor.context.add_init_script(NO_STORAGE)
    page = visitor.visit(quiz)
    page.click("main .btn:has-text('làm')")
    page.goto(page.url.split("?")[0] + "?phan=1")
    visitor.context.set_offline(True)
    picked = pick_other(page, 0)
    page.wait_for_function("document.querySelector('[data-status]').textContent.includes('đừng đóng trang')")
    assert "giữ trên máy này" not in page.inner_text("main")
    visitor.no_sideways_scrolling()
    visitor.context.set_offline(False)
    wait_saved(page, 0, picked)


@pytest.mark.parametrize("device", ["a second tab", "a second device"])
def test_two_windows_end_in_the_later_answer_with_both_shown(at_quiz, device):
    one = at_quiz()
    first = one.page
    if device == "a second tab":
        second = one.context.new_page()
        second.goto(first.url)
    else:
        second = at_quiz().page
    mine = pick_other(first, 0)
    wait_saved(first, 0, mine)
    # the second window was drawn before: it must not overwrite what it never showed
    yours = [choice for choice in choices(second, 0) if choice != mine][-1]
    if field(second, 0).locator(f"[data-choice='{yours}']").is_checked():
        yours = [choice for choice in choices(second, 0) if choice not in (mine, yours)][-1]
    field(second, 0).locator(f"[data-choice='{yours}']").check()
    second.wait_for_selector("[data-theirs]")
    assert second.locator("[data-theirs] li").inner_text() == label(first, 0, mine)
    assert second.locator("[data-yours] li").inner_text() == label(first, 0, yours)
    first.reload()
    assert field(first, 0).locator(":checked").get_attribute("data-choice") == mine
    # the person has seen both and answers again: that is the later answer
    field(second, 0).locator(f"[data-choice='{mine}']").check()
    field(second, 0).locator(f"[data-choice='{yours}']").check()
    wait_saved(second, 0, yours)
    first.reload()
    assert field(first, 0).locator(":checked").get_attribute("data-choice") == yours


def choices(page, number: int) -> list[str]:
    return [one.get_attribute("data-choice") for one in field(page, number).locator("[data-choice]").all()]


def label(page, number: int, choice: str) -> str:
    return field(page, number).locator(f"label:has([data-choice='{choice}'])").inner_text().strip()


def test_two_tabs_on_a_dropped_line_do_not_lose_each_other_s_answers(at_quiz):
    visitor = at_quiz()
    first, address = visitor.page, visitor.page.url
    second = visitor.context.new_page()
    second.goto(address)
    visitor.context.set_offline(True)
    picked = pick_other(first, 1), pick_other(second, 2)
    first.wait_for_timeout(300)
    places = {field(first, number).get_attribute("data-position") for number in (1, 2)}
    assert {entry["n"] for entry in kept(first)} == places
    first.close()
    second.close()
    visitor.context.set_offline(False)
    visitor.page = page = visitor.context.new_page()
    page.goto(address)
    wait_saved(page, 1, picked[0])
    wait_saved(page, 2, picked[1])
    nothing_is_kept(page)


SHARED = "Object.entries(localStorage).filter(([name, held]) => name.startsWith('bai-') && held !== '[]').length"


def with_a_waiting_answer(at_quiz):
    """The visitor, whose answer the server does not take; the rest of the site is reached."""
    visitor = at_quiz()
    visitor.context.route("**/cau/**", lambda route: route.abort())
    pick_other(visitor.page, 0)
    visitor.page.wait_for_function(f"{SHARED} === 1")
    visitor.complaints.clear()
    return visitor


def leave(visitor, answer: bool) -> list[str]:
    """Leaves the quiz for the account page and presses sign out; what was asked on the way."""
    page, messages = visitor.page, []

    def reply(dialog):
        messages.append(dialog.message)
        dialog.accept() if answer or dialog.type == "beforeunload" else dialog.dismiss()

    page.on("dialog", reply)
    page.goto(visitor.trial.url + "/tai-khoan/")
    page.click("form[data-sign-out] button")
    page.wait_for_timeout(500)
    return [message for message in messages if message]


def test_signing_out_warns_of_waiting_answers_and_takes_them_along(at_quiz):
    visitor = with_a_waiting_answer(at_quiz)
    assert ["chưa gửi được" in question for question in leave(visitor, answer=False)] == [True]
    assert visitor.page.evaluate(SHARED) == 1
    assert visitor.page.url.endswith("/tai-khoan/")
    visitor.complaints.clear()


def test_after_signing_out_nothing_of_theirs_is_on_the_device(at_quiz):
    visitor = with_a_waiting_answer(at_quiz)
    leave(visitor, answer=True)
    visitor.visit("/")
    assert visitor.page.evaluate("Object.keys(localStorage).filter(name => name.startsWith('bai-'))") == []
    visitor.complaints.clear()


def test_who_signs_in_next_finds_no_answers_and_the_same_person_does(at_quiz):
    visitor = with_a_waiting_answer(at_quiz)
    for login, left in (("nam", 1), ("ha", 0)):
        # the session ran out: nobody pressed anything
        visitor.context.clear_cookies()
        visitor.page.close()
        visitor.page = visitor.context.new_page()
        visitor.sign_in(login)
        visitor.visit("/tai-khoan/")
        assert visitor.page.evaluate(SHARED) == left, login
    visitor.complaints.clear()
