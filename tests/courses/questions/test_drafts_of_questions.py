"""A question that somebody began: what lists show of it, and what becomes of one without a word."""

import html
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from editor_forms import sent, untouched
from factories import make_course
from sharing import shared
from wagtail.admin.panels import get_edit_handler

from courses.content.quiz import QuizPage, QuizQuestion
from courses.questions.bank import Question
from courses.questions.leftovers import drop_empty
from pages.cms.groups import sync_all

JSON = {"Accept": "application/json"}
ADD = "wagtailsnippets_courses_question:add"
BANK = "/cms/snippets/courses/question/"
CHOOSER = "/cms/snippets/choose/courses/question/"


@pytest.fixture(autouse=True)
def no_second_step(settings):
    settings.SECOND_STEP_REQUIRED = False


@shared
def bank(cast):
    made = make_course(lessons=1, questions=1)
    sync_all()
    made.cast = cast
    return made


@pytest.fixture
def trainer(bank, client_of):
    return client_of(bank.cast.trainer)


def form(bank, text="", **typed):
    """As the browser sends it by itself once a kind was chosen."""
    child = Question._meta.get_field("body").stream_block.child_blocks["single_choice"]
    body = {"body-count": 1, "body-0-deleted": "", "body-0-order": 0, "body-0-type": "single_choice", "body-0-id": ""}
    body |= untouched(child, "body-0-value") | {"body-0-value-text": text}
    form_class = get_edit_handler(Question).get_form_class()
    return sent(form_class(instance=Question(), for_user=bank.cast.trainer), **typed) | body


def text_of(response) -> str:
    """Of a page, or of a chooser, which comes as JSON."""
    page = response.json()["html"] if response["Content-Type"] == "application/json" else response.content.decode()
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))


def begun(trainer, bank, **typed):
    answer = trainer.post(reverse(ADD), form(bank, **typed), headers=JSON)
    assert answer.status_code == 200, answer.content.decode()
    return Question.objects.get(pk=answer.json()["pk"]), answer.json()


def test_a_form_that_was_left_stands_in_no_list_chooser_or_draw(bank, trainer):
    begun(trainer, bank)
    # and again, after coming back to an empty form
    begun(trainer, bank)
    for address in (BANK, CHOOSER, f"{CHOOSER}results/"):
        said = text_of(trainer.get(address))
        assert "Câu hỏi 1?" in said
        assert "(trống)" not in said
        assert "Câu hỏi chưa đặt tên" not in said
    assert Question.objects.written().count() == 1


def test_a_draft_without_a_name_is_shown_by_what_it_asks(bank, trainer):
    question, saved = begun(trainer, bank, text="Ai gọi trước?")
    said = text_of(trainer.get(BANK))
    assert "Ai gọi trước?" in said
    assert "(trống)" not in said
    # what is typed later is what lists show
    edit = reverse("wagtailsnippets_courses_question:edit", args=[question.pk])
    again = form(bank, text="Ai gọi sau?", name="Gọi") | saved["field_updates"]
    again["overwrite_revision_id"] = saved["revision_id"]
    assert trainer.post(edit, again, headers=JSON).status_code == 200
    question.refresh_from_db()
    assert (str(question), question.asks()) == ("Gọi: Ai gọi sau?", "Ai gọi sau?")


def test_two_drafts_may_be_without_a_name_and_two_questions_never_share_one(bank, trainer):
    begun(trainer, bank, text="Một?")
    begun(trainer, bank, text="Hai?")
    refused = trainer.post(
        reverse(ADD), form(bank, text="Ba?", name="Câu 1", category="nhan-dien-nan-nhan"), headers=JSON
    )
    assert refused.status_code == 400
    assert Question.objects.filter(name="Câu 1").count() == 1


def test_what_was_left_empty_goes_after_a_day_and_nothing_else(bank, trainer):
    empty, _saved = begun(trainer, bank)
    named, _saved = begun(trainer, bank, name="Để sau")
    worded, _saved = begun(trainer, bank, text="Hỏi gì?")
    listed, _saved = begun(trainer, bank)
    QuizQuestion.objects.create(quiz=bank.quiz, question=listed)
    assert drop_empty(timezone.now()) == 0
    assert drop_empty(timezone.now() + timedelta(days=2)) == 1
    left = set(Question.objects.values_list("pk", flat=True))
    assert empty.pk not in left
    assert {named.pk, worded.pk, listed.pk, bank.questions[0].pk} <= left


def test_the_rows_of_a_quiz_show_what_is_asked(bank, client_of):
    page = client_of(bank.cast.manager).get(f"/cms/pages/{bank.quiz.pk}/edit/").content.decode()
    assert "Câu 1: Câu hỏi 1?" in html.unescape(page)
    assert QuizPage.objects.get(pk=bank.quiz.pk).questions.get().question.label == "Câu 1"


def test_the_chooser_is_searched_by_what_is_asked(bank, trainer):
    assert "Câu hỏi 1?" in text_of(trainer.get(f"{CHOOSER}results/?q=cau+hoi"))
