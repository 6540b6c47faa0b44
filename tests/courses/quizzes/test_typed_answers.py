"""The pages of questions that are answered by typing, without JavaScript and with it."""

import re

import pytest
from django.utils import timezone
from factories import make_course
from sharing import shared

from courses.attempts.attempt import Answer, Mark
from courses.content.quiz import QuizQuestion
from courses.questions.versions import QuestionVersion
from courses.questions.writing import create_or_update_question
from courses.quizzes.admission import start

JSON = {"HTTP_ACCEPT": "application/json"}


@shared
def attempt(cast):
    """Question 1 is a short answer, 2 a number with its unit, 3 a passage with a typed and a picked gap."""
    quiz = make_course(questions=1).quiz
    quiz.questions.all().delete()
    asked = [
        {"kind": "short_answer", "text": "Gọi số nào?", "choices": [{"text": "111"}, {"text": "số 111", "share": 50}]},
        {
            "kind": "numeric",
            "text": "Lưu lại bao lâu?",
            "choices": [{"value": "3", "tolerance": "0,5"}],
            "own": {"unit": "tháng", "unit_asked": True},
        },
        {
            "kind": "missing_words",
            "text": "Điền số.",
            "choices": [{"right": ["111"]}, {"right": ["113"], "wrong": ["114", "115"]}],
            "own": {"passage": "Tư vấn: [1].\nNguy hiểm: [2]."},
        },
    ]
    for order, question in enumerate(asked):
        row = create_or_update_question(category="k", name=f"Gõ {order}", explanation="Vì thế.", **question)
        QuizQuestion.objects.create(quiz=quiz, question=row, sort_order=order)
    return start(cast.learner, quiz, timezone.now())


@pytest.fixture
def client(client_of, cast):
    return client_of(cast.learner)


def page_of(attempt, rest=""):
    return f"/hoc-tap/bai-lam/{attempt.pk}/{rest}"


def gaps_of(attempt):
    return attempt.items.select_related("version").get(position=3).version.structure["gaps"]


def filled(attempt, **more):
    typed, picked = gaps_of(attempt)
    return {
        **{"1-choice": " Số  111", "1-based_on": 0, "2-choice": "3,2 tháng", "2-based_on": 0},
        **{f"3-w.{typed['id']}": "111", "3-choice": f"{picked['id']}={picked['options'][0]}", "3-based_on": 0},
        **more,
    }


def test_without_scripts_all_is_saved_at_once_and_shown_as_it_is_kept(client, attempt):
    assert client.post(page_of(attempt), filled(attempt, go="submit")).url == page_of(attempt, "nop/")
    page = client.get(page_of(attempt)).text
    assert re.search(r'name="1-choice" value="Số 111"[^>]* data-saved', page)
    assert re.search(r'name="2-choice" value="3,2 tháng"[^>]* data-saved', page)
    assert re.search(r'name="3-w\.[^"]+" value="111"[^>]* data-saved', page)
    assert re.search(r"<option value=\"[^\"]+\" selected>113<", page)


def test_each_earns_its_share_and_the_review_tells_what_was_right(client, attempt):
    client.post(page_of(attempt), filled(attempt, **{"2-choice": "3 năm"}))
    page = client.post(page_of(attempt, "nop/"), follow=True).text
    assert list(Mark.objects.order_by("item__position").values_list("points", flat=True)) == [50, 50, 100]
    assert "Được 0,5 trên 1 điểm" in page
    assert "Nguy hiểm" in page


def test_what_holds_no_number_is_said_beside_its_field_and_the_rest_is_saved(client, attempt):
    answer = client.post(page_of(attempt), filled(attempt, **{"2-choice": "ba tháng"}))
    assert answer.status_code == 409
    assert "Cần một số, ví dụ 12 hoặc 3,5" in answer.text
    assert set(Answer.objects.values_list("item__position", flat=True)) == {1, 3}


def test_a_script_is_answered_with_what_was_kept(client, attempt):
    answer = client.post(page_of(attempt, "cau/1/"), {"1-choice": " Một\u200b  hai ", "1-based_on": 0}, **JSON)
    assert answer.json()["saved"] == {"choices": ["Một hai"]}
    empty = client.post(page_of(attempt, "cau/1/"), {"1-choice": "", "1-based_on": 1}, **JSON)
    assert (empty.json()["answered"], empty.json()["saved"]) == (False, {"choices": []})


def test_a_page_before_handing_in_holds_no_accepted_answer(client, attempt):
    client.post(page_of(attempt), filled(attempt))
    page = client.get(page_of(attempt)).text
    assert "số 111" not in page


def test_a_version_names_what_is_accepted_in_its_key_and_apart_from_what_is_read(db):
    create_or_update_question(category="k", name="Một", kind="short_answer", text="Gì?", choices=[{"text": "111"}])
    version = QuestionVersion.objects.get()
    (row,) = version.key["accepted"]
    assert (row["text"], row["share"], version.key["right"]) == ("111", 100, ["111"])
    assert version.texts["vi"][f"{row['id']}.accepted"] == "111"


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ({"kind": "short_answer", "choices": []}, "ít nhất một câu trả lời"),
        ({"kind": "numeric", "choices": [{"value": "1.500,5"}]}, "như 1500 hoặc 3,5"),
        ({"kind": "numeric", "choices": [{"value": "3"}], "own": {"unit_asked": True}}, "Ghi đơn vị"),
        (
            {"kind": "missing_words", "choices": [{"right": ["a"]}], "own": {"passage": "Không chỗ nào."}},
            "đúng một lần",
        ),
    ],
)
def test_what_the_editor_would_refuse_is_refused_in_a_sentence(db, question, sentence):
    with pytest.raises(ValueError, match=sentence):
        create_or_update_question(category="k", name="Hỏng", text="Gì?", **question)


def test_the_same_question_again_makes_no_second_version(db):
    for _again in range(2):
        create_or_update_question(
            category="k",
            name="Điền",
            kind="missing_words",
            text="Điền.",
            choices=[{"right": ["a", "b"]}, {"right": ["c"], "wrong": ["d"]}],
            own={"passage": "[1] [2]"},
        )
    assert QuestionVersion.objects.count() == 1
