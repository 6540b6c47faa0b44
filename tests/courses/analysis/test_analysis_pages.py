"""The item analysis as who leads training sees it: first attempts, once a person, and no group of fewer than five for
who may not see everybody.
"""

import pytest
from django.utils import timezone
from factories import make_course, make_person
from sharing import shared
from sittings import sit, versions_of

from courses.analysis import making
from courses.analysis.quiz_analysis import analyse
from courses.analysis.shown import percent
from courses.attempts.attempt import Attempt, AttemptItem, Mark
from courses.questions.writing import create_or_update_question
from outbox.draining import drain
from outbox.effects import Effect, EffectState
from people.persons.merges import Merge

LIST = "/bao-cao/cau-hoi/"


@pytest.mark.parametrize(
    ("share", "shown"),
    [(None, "–"), (0.9996, "99,9"), (1.0, "100"), (0.57, "57"), (2 / 3, "66,6"), (0.29, "29"), (0.0, "0")],
)
def test_nearly_all_is_not_shown_as_all(share, shown):
    assert percent(share) == shown


@shared
def quiz(cast):
    return make_course(questions=3).quiz


# the first option of each question is right; twelve attempts, of which the last two leave a question out
TWELVE = [
    *[[0, 0, 0]] * 4,
    *[[0, 0, 1]] * 3,
    [0, 1, 1],
    [1, 1, 1],
    [1, 2, 1],
    [1, None, 2],
    [2, None, 2],
]


@pytest.fixture
def sat(quiz):
    return sit(quiz, TWELVE)


def page_of(client, quiz, status=200):
    answer = client.get(f"{LIST}{quiz.translation_key}/")
    assert answer.status_code == status
    return answer.content.decode()


def test_numbers_of_a_small_quiz(quiz, sat):
    found = analyse(quiz.translation_key)
    assert (found["people"], found["passed"], found["drawn"]) == (12, 4, False)
    assert found["minutes"] == 1
    first, second, third = found["questions"]
    assert [one["facility"] for one in (first, second, third)] == pytest.approx([8 / 12, 7 / 12, 4 / 12])
    assert [row[1:3] for row in first["options"]] == [[True, 8], [False, 3], [False, 1]]
    # what counts is the answer in force, not the one that was saved first
    assert second["blank"][0] == 2
    assert [row[2] for row in third["options"]] == [4, 6, 2]
    # four earned everything: the upper end; who earned nothing is not parted
    assert third["options"][0][3:] == [4, 0]
    assert first["seconds"] == 20
    assert [month[:2] for month in first["months"]] == [["2026-09", 1], ["2026-10", 11]]
    assert sum(found["scores"]) == 12
    assert found["scores"][10] == 4


def test_later_attempts_and_open_ones_do_not_count(quiz, sat):
    before = analyse(quiz.translation_key)
    people = [attempt.person for attempt in sat]
    sit(quiz, [[0, 0, 0]] * 12, number=2, people=people)
    Attempt.objects.create(person=make_person(), quiz_key=quiz.translation_key, course_key="k", number=1)
    assert analyse(quiz.translation_key) == before


def test_two_records_of_one_person_are_one(quiz, sat, client_of, cast):
    Merge.objects.create(gone=sat[0].person, stays=sat[1].person, by=cast.manager, reason="Một người")
    found = analyse(quiz.translation_key)
    # the one of the two that was handed in first
    assert found["people"] == 11
    assert found["questions"][0]["right"] == 7
    assert "<dd>11</dd>" in page_of(client_of(cast.manager), quiz)


def test_a_corrected_key_counts(quiz, sat):
    item = AttemptItem.objects.get(attempt=sat[-1], position=1)
    question = quiz.questions.order_by("sort_order").first().question
    choices = [{"text": "Đúng"}, {"text": "Sai 1"}, {"text": "Sai 2", "right": True}]
    create_or_update_question(
        category=question.category, name=question.name, kind="single_choice", text="?", choices=choices
    )
    corrected = versions_of(quiz)[0]
    Mark.objects.create(item=item, by_version=corrected, points=100)
    assert analyse(quiz.translation_key)["questions"][0]["right"] == 9


def test_words_in_place_of_options(quiz):
    """An answer that fewer than five typed is one of the others: it may say whose it is."""
    row = quiz.questions.order_by("sort_order").first()
    row.question = create_or_update_question(
        category="k", name="Số", kind="short_answer", text="Gọi số nào?", choices=[{"text": "111"}]
    )
    row.save()
    quiz.questions.exclude(pk=row.pk).delete()
    version = versions_of(quiz)[0]
    typed = ["111"] * 6 + ["113"] * 5 + ["chị Hà ở Tây Giang"]
    sit_typed(quiz, version, typed)
    (found,) = analyse(quiz.translation_key)["questions"]
    assert [row[1:3] for row in found["answers"]] == [[True, 6], [False, 5]]
    assert found["others"][0] == 1


def sit_typed(quiz, version, typed):
    for text, attempt in zip(typed, sit(quiz, [[None]] * len(typed)), strict=True):
        item = attempt.items.get()
        response = {"choices": [text]}
        item.answers.create(sequence=1, response=response, saved_at=attempt.submitted_at)
        points = 100 if text == "111" else 0
        item.marks.update(points=points)
        Attempt.objects.filter(pk=attempt.pk).update(score=points)


def test_the_list_and_the_page(quiz, sat, client_of, cast):
    client = client_of(cast.manager)
    listed = client.get(LIST).content.decode()
    assert str(quiz.translation_key) in listed
    assert "33 %" in listed
    text = page_of(client, quiz)
    assert "Câu hỏi 1?" in text
    assert "66,6 %" in text
    assert "Mới có 12 lượt trả lời" in text


def test_a_constant_number_of_queries(
    quiz, sat, client_of, cast, django_assert_max_num_queries, django_assert_num_queries
):
    client = client_of(cast.manager)
    page_of(client, quiz)
    with django_assert_max_num_queries(30) as few:
        page_of(client, quiz)
        client.get(LIST)
    sit(quiz, TWELVE)
    with django_assert_num_queries(len(few)):
        page_of(client, quiz)
        client.get(LIST)


@pytest.mark.parametrize("who", ["trainer", "manager", "administrator"])
def test_who_leads_training_opens_it(quiz, sat, client_of, cast, who):
    page_of(client_of(getattr(cast, who)), quiz)


@pytest.mark.parametrize("who", ["learner", "unit_head", "observer", "editor", "teacher", "translator"])
def test_nobody_else_does(quiz, sat, client_of, cast, who):
    client = client_of(getattr(cast, who))
    for path in ("", f"{quiz.translation_key}/", f"{quiz.translation_key}/xuat.csv"):
        assert client.get(LIST + path).status_code == 403


def test_who_leads_a_commune_sees_no_small_group(quiz, client_of, cast):
    """Of everybody in the province she may see nobody but hers."""
    client = client_of(cast.trainer)
    sit(quiz, [[0, 0, 0]] * 4)
    assert "Chưa đủ 5 người" in page_of(client, quiz)
    assert "dưới 5 người" in client.get(LIST).content.decode()
    assert client.get(f"{LIST}{quiz.translation_key}/xuat.csv").status_code == 302
    # question 1: one of eleven wrong; question 2: five and six; question 3: everybody right
    sit(quiz, [[0, 1, 0]] * 5 + [[0, 0, 0]] + [[1, 0, 0]])
    text = page_of(client, quiz)
    assert text.count("Có nhóm dưới 5 người") == 2
    assert "81," not in text
    # of the scores too
    assert "Điểm của mọi người" not in text
    assert text.count("100 %") >= 1
    whole = page_of(client_of(cast.manager), quiz)
    assert "Có nhóm dưới" not in whole


def test_many_attempts_are_counted_in_the_background(quiz, sat, client_of, cast, monkeypatch):
    monkeypatch.setattr(making, "AT_ONCE", 10)
    client = client_of(cast.manager)
    assert "được tính ở nền" in page_of(client, quiz)
    assert Effect.objects.filter(kind=making.ITEM_ANALYSIS).count() == 0
    address = f"{LIST}{quiz.translation_key}/"
    for _twice in range(2):
        assert client.post(address).status_code == 302
    assert Effect.objects.filter(kind=making.ITEM_ANALYSIS).count() == 1
    assert "Đang tính" in page_of(client, quiz)
    drain()
    assert "66,6 %" in page_of(client, quiz)
    # somebody else reads the same, and is told that more came since
    sit(quiz, [[0, 0, 0]])
    text = page_of(client_of(cast.administrator), quiz)
    assert "nay đã có 13 người" in text
    assert "66,6 %" in text


def test_what_failed_is_tried_again_by_the_same_button(quiz, sat, client_of, cast, monkeypatch):
    monkeypatch.setattr(making, "AT_ONCE", 10)
    client = client_of(cast.manager)
    address = f"{LIST}{quiz.translation_key}/"
    client.post(address)
    Effect.objects.filter(kind=making.ITEM_ANALYSIS).update(state=EffectState.FAILED, error="Không làm được.")
    assert "Tính số liệu" in page_of(client, quiz)
    client.post(address)
    drain()
    assert "66,6 %" in page_of(client, quiz)


def test_a_quiz_that_nobody_did_and_one_that_is_none(quiz, client_of, cast):
    client = client_of(cast.manager)
    assert "Chưa có ai làm xong" in page_of(client, quiz)
    assert client.get(f"{LIST}{quiz.translation_key}/xuat.xlsx").status_code == 302
    assert client.get(f"{LIST}00000000-0000-4000-8000-000000000000/").status_code == 404


def test_as_a_file(quiz, sat, client_of, cast):
    client = client_of(cast.manager)
    lines = client.get(f"{LIST}{quiz.translation_key}/xuat.csv").content.decode().splitlines()
    assert lines[0].startswith("\ufeffCâu;Chữ;Lượt")
    assert lines[1].startswith("1;Câu hỏi 1?;12;8;66,6;")
    assert lines[2].startswith(";A. Đúng;8;")
    answer = client.get(f"{LIST}{quiz.translation_key}/xuat.xlsx")
    assert answer["Content-Type"].endswith("sheet")
    assert f"cau-hoi-{timezone.localdate():%Y-%m-%d}" in answer["Content-Disposition"]
