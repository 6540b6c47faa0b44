"""An official learns and passes on a phone, with and without scripts; what was shown as saved is there again."""

import json
import re

import pytest
from browser.lessons_and_quizzes import UNANSWERED, try_everything

FIRST = "nhan-dien-nan-nhan"
COURSE = f"/khoa-hoc/{FIRST}/"
UNIT = "20458"


# an official of Avương who has not begun, so that no other test finds her on her way
NEWCOMER = """
from django.utils import timezone
from courses.standing.standing import refresh
from people.persons.user import User
from people.postings.posting import Duty, Posting
from people.units.unit import Unit
person = User.objects.create_user("CB-MOI", password="mat-khau-rat-dai", full_name="Người Mới Đến")
unit = Unit.objects.bearing("20458", timezone.localdate())
posting = Posting.objects.create(
    person=person, unit=unit, position="Công chức", start="2025-07-01", recorded_at=timezone.now()
)
posting.duties.set(Duty.objects.filter(key="ho_tro_nan_nhan"))
refresh([person.pk])
"""


@pytest.fixture(scope="module")
def newcomer(trial) -> str:
    trial.manage("shell", "-v", "0", "-c", NEWCOMER)
    trial.accounts.append({"role": "learner", "login": "CB-MOI", "password": "mat-khau-rat-dai", "unit": "Xã Avương"})
    return "CB-MOI"


def figures(trial) -> dict:
    return json.loads(trial.manage("coverage", FIRST, "--unit", UNIT, "--format", "json"))


def read_on(page) -> None:
    try_everything(page)
    page.click("main form[action$='/xong/'] button")
    page.wait_for_load_state()


def open_quiz_part(page) -> None:
    """From the quiz's own page into the attempt."""
    page.click("main .btn:has-text('làm')")
    page.wait_for_url(re.compile("/hoc-tap/bai-lam/"))


def answers_shown(page) -> dict[str, list[str]]:
    """{question: ids of the choices that the page says are chosen}."""
    return page.eval_on_selector_all(
        "[data-question]",
        """fields => Object.fromEntries(fields.map(field => [field.dataset.question,
             [...field.querySelectorAll('[data-choice]:checked')].map(input => input.dataset.choice)]))""",
    )


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without scripts"])
def test_an_official_finds_what_is_due_reads_and_comes_back_to_the_exact_place(someone, newcomer, script):
    visitor = someone("ha" if script else newcomer, script=script)
    page = visitor.visit("/hoc-tap/")
    assert page.locator("h1").count() == 1
    assert "15/12" in page.inner_text("main")
    page.goto(visitor.trial.url + COURSE)
    visitor.no_sideways_scrolling()
    visitor.visit("/hoc-tap/")
    page.click("main .due .btn")
    page.wait_for_load_state()
    before = page.inner_text("main h1")
    read_on(page)
    here = page.inner_text("main h1")
    assert here != before
    page.close()

    visitor.page = page = visitor.context.new_page()
    visitor.visit("/hoc-tap/")
    assert here in page.inner_text("main .due")
    page.click("main .due .btn")
    page.wait_for_load_state()
    assert page.inner_text("main h1") == here


def test_answers_survive_a_closed_tab_and_show_as_saved(someone):
    visitor = someone("nam")
    page = visitor.visit(COURSE + "bai-kiem-tra/")
    open_quiz_part(page)
    empty = page.locator(UNANSWERED).first
    question = empty.get_attribute("data-question")
    choice = empty.locator("[data-choice]").first
    picked = choice.get_attribute("data-choice")
    choice.check()
    saved = page.locator(f"fieldset[data-question='{question}'] [data-choice='{picked}'][data-saved]")
    saved.wait_for(state="attached")
    kept, part = answers_shown(page), page.url
    page.close()

    visitor.page = page = visitor.context.new_page()
    page.goto(part)
    assert answers_shown(page) == kept
    assert page.locator(f"[data-choice='{picked}'][data-saved]:checked").count() == 1
