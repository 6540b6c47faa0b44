"""The guard against guessing over real rows: the command, the screen beside the bank, what who publishes is told."""

import json
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from factories import make_course, make_person
from sharing import shared
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from courses.attempts.attempt import Answer, Attempt, AttemptItem
from courses.content.quiz import QuizQuestion
from courses.questions.guessing import STRATEGIES
from courses.questions.versions import QuestionVersion
from courses.questions.writing import create_or_update_question
from courses.quizzes import bank_check, guessing_admin
from courses.quizzes.bank_check import STRATEGY_NAMES, check, quizzes_named, responses_to, warnings_of

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
LONG = "một phương án đúng viết thật dài cho đủ ý"


@pytest.fixture(autouse=True)
def fewer_draws(monkeypatch):
    """What strategies earn is tested apart; here only that it is said."""
    monkeypatch.setattr(bank_check, "DRAWS", 60)


def fair(n, category="cong-bang"):
    """Options of one length; the right one is the k-th by the alphabet, so that no look says which."""
    texts = ["bốn chữ cùng dài", "bảy chữ cùng dài", "năm chữ cùng dài", "tám chữ cùng dài"]
    return create_or_update_question(
        category=category,
        name=f"Công bằng {n}",
        kind="single_choice",
        text=f"Câu {n}?",
        choices=[{"text": text, "right": place == n % 4} for place, text in enumerate(texts)],
        objective=f"1/{n}",
    )


def telling(n):
    return create_or_update_question(
        category="de-doan",
        name=f"Dễ đoán {n}",
        kind="single_choice",
        text=f"Câu {n}?",
        choices=[{"text": LONG, "right": True}, {"text": "ngắn"}, {"text": "cũng ngắn"}],
    )


def quiz_of(key, questions):
    place = make_course(key, questions=0)
    for order, question in enumerate(questions):
        QuizQuestion.objects.create(quiz=place.quiz, question=question, sort_order=order)
    return place


@shared
def two_quizzes():
    return {
        "fair": quiz_of("cong-bang", [fair(n) for n in range(12)]),
        "telling": quiz_of("de-doan", [telling(n) for n in range(5)]),
    }


def run(*args) -> tuple[str, str]:
    """(what it says, its last word where it ends with exit status 1)."""
    out, refusal = StringIO(), ""
    try:
        call_command("check_bank", *args, stdout=out, stderr=StringIO())
    except CommandError as error:
        refusal = str(error)
    return out.getvalue(), refusal


def test_a_fair_quiz_is_named_for_nothing(two_quizzes):
    out, refusal = run("cong-bang")
    assert "cong-bang – Bài kiểm tra cuối khóa: hỏi 12 câu" in out
    assert "phương án dài nhất: trung bình" in out
    assert (refusal, "!" in out) == ("", False)


def test_a_quiz_that_can_be_guessed_is_named_with_its_strategy_and_its_questions(two_quizzes):
    out, refusal = run("de-doan")
    assert "Ai cũng chọn phương án dài nhất thì được trung bình 100 % và đạt 100 % số lần." in out
    assert "Câu “Dễ đoán 3”: phương án đúng dài gấp 5 lần phương án sai dài nhất." in out
    assert refusal.startswith("Có ")


def test_a_quiz_is_known_by_the_key_of_its_course_or_its_page_and_without_a_word_all_are_played(two_quizzes):
    quiz = two_quizzes["fair"].quiz
    assert [one.pk for one in quizzes_named("cong-bang")] == [quiz.pk]
    assert [one.pk for one in quizzes_named(str(quiz.pk))] == [quiz.pk]
    assert len(quizzes_named(None)) == 2
    quiz.unpublish()
    assert len(quizzes_named(None)) == 1


@pytest.mark.parametrize("name", ["khong-co", "0", "9" * 30])
def test_a_quiz_that_is_not_there_is_refused_in_one_sentence(two_quizzes, name):
    out, refusal = run(name)
    assert (out, refusal) == ("", f"Không có bài kiểm tra nào đang mở ở khóa hay trang “{name}”.")


def test_the_same_in_a_form_for_programs(two_quizzes):
    out, refusal = run("de-doan", "--format", "json")
    (report,) = json.loads(out)["quizzes"]
    assert (report["course"], report["questions"], report["drawn"]) == ("de-doan", 5, 0)
    assert report["page"] == two_quizzes["telling"].quiz.pk
    longest = next(one for one in report["strategies"] if one["strategy"] == "longest")
    assert longest == {"strategy": "longest", "average": 100.0, "passes": 100.0, "draws": 60}
    assert {one["kind"] for one in report["named"]} == {"strategy", "length"}
    assert {one["about"] for one in report["named"] if one["kind"] == "length"} == {f"Dễ đoán {n}" for n in range(5)}
    assert refusal
    assert json.loads(run("cong-bang", "--format", "json")[0])["quizzes"][0]["named"] == []


def test_a_drawn_quiz_is_played_over_its_bank_and_told_that_it_is_thin(two_quizzes):
    quiz = two_quizzes["fair"].quiz
    quiz.questions.all().delete()
    quiz.draw_from = "cong-bang"
    quiz.save()
    report = check(quiz)
    assert (report.bank.asked, report.bank.drawn, report.bank.size) == (12, 12, 12)
    assert report.named == []
    assert warnings_of(quiz) == [report.bank.warning]
    assert "12 câu cho 12 câu rút" in report.bank.warning


def test_an_empty_quiz_is_reported_and_named_for_nothing(two_quizzes):
    two_quizzes["fair"].quiz.questions.all().delete()
    report = check(two_quizzes["fair"].quiz)
    assert (report.played, report.named, report.bank.asked) == ([], [], 0)


# --- options that nobody chose


def answered(version, count, options, submitted=True):
    """`count` people answer, each first with the first option, then with one of `options` in turn."""
    for n in range(count):
        handed_in = {"submitted_at": NOW, "score": 0, "max_score": 100, "passed": False} if submitted else {}
        attempt = Attempt.objects.create(
            person=make_person(), quiz_key=version.question_key, course_key="k", number=1, **handed_in
        )
        item = AttemptItem.objects.create(attempt=attempt, position=1, version=version)
        for sequence, option in enumerate([0, options[n % len(options)]], start=1):
            chosen = [version.structure["choices"][option]["id"]]
            Answer.objects.create(item=item, sequence=sequence, response={"choices": chosen})


def test_from_30_answers_on_an_option_that_nobody_chose_is_named(two_quizzes):
    quiz = two_quizzes["fair"].quiz
    question = quiz.questions.order_by("sort_order").first().question
    version = QuestionVersion.objects.get(question_key=question.translation_key)
    answered(version, 29, [1, 2])
    answered(version, 5, [3], submitted=False)
    assert check(quiz).named == []
    answered(version, 1, [1])
    assert len(responses_to([version])[version.pk]) == 30
    # the first options were taken back, so the last answers count
    assert [(one.kind, one.about, one.sentence) for one in check(quiz).named] == [
        ("unused", "Công bằng 0", "Câu “Công bằng 0”: chưa ai chọn “bốn chữ cùng dài”."),
        ("unused", "Công bằng 0", "Câu “Công bằng 0”: chưa ai chọn “tám chữ cùng dài”."),
    ]


@pytest.mark.parametrize("key", ["fair", "telling"])
def test_a_check_costs_the_same_however_long_the_quiz_is(two_quizzes, key, django_assert_num_queries):
    quiz = quizzes_named(str(two_quizzes[key].quiz.pk))[0]
    # its questions, which versions are in force, those versions; names and answers; the course, and how many are asked
    with django_assert_num_queries(7):
        check(quiz)


# --- under /cms/


def test_beside_the_bank_a_trainer_sees_what_strategies_earn(client_of, cast, two_quizzes):
    trainer = client_of(cast.trainer)
    assert reverse("guessing") in trainer.get("/cms/snippets/courses/question/").content.decode()
    page = trainer.get(reverse("guessing"))
    assert page.context["report"] is None
    assert page.content.decode().count("?bai=") == 2
    html = trainer.get(reverse("guessing"), {"bai": two_quizzes["telling"].quiz.pk}).content.decode()
    assert "Cần sửa" in html
    assert "phương án đúng dài gấp 5 lần" in html
    assert (
        "Không có gì cần sửa" in trainer.get(reverse("guessing"), {"bai": two_quizzes["fair"].quiz.pk}).content.decode()
    )
    assert trainer.get(reverse("guessing"), {"bai": 999_999}).status_code == 404
    assert trainer.get(reverse("guessing"), {"bai": "x"}).status_code == 200


def test_who_publishes_a_quiz_that_can_be_guessed_is_told_and_not_held_back(client_of, cast, two_quizzes):
    quiz = two_quizzes["telling"].quiz
    rows = [
        {"question": row.question_id, "points": "100", "ORDER": str(row.sort_order), "lesson": ""}
        for row in quiz.questions.all()
    ]
    form = {
        "title": quiz.title, "slug": quiz.slug, "intro": "", "minutes": "20", "pass_percent": "80",
        "attempt_limit": "0", "wait_minutes": "0", "time_limit": "0", "draw_each": "1", "draw_total": "0",
        "comments": inline_formset([]), "questions": inline_formset(rows), "action-publish": "1",
    }  # fmt: skip
    page = client_of(cast.manager).post(
        reverse("wagtailadmin_pages:edit", args=[quiz.pk]), nested_form_data(form), follow=True
    )
    told = [str(message) for message in page.context["messages"]]
    assert any("Ai cũng chọn phương án dài nhất" in sentence for sentence in told)
    assert any("điều nữa; xem “Thử đoán mò”" in sentence for sentence in told)
    quiz.refresh_from_db()
    assert quiz.live
    assert not quiz.has_unpublished_changes


def test_who_publishes_a_question_that_gives_itself_away_is_told(rf, cast, two_quizzes, monkeypatch):
    told = []
    monkeypatch.setattr(guessing_admin.messages, "warning", lambda request, sentence: told.append(sentence))
    guessing_admin.warn_of_question(rf.get("/"), telling(1))
    guessing_admin.warn_of_question(rf.get("/"), fair(1))
    guessing_admin.warn_of_question(rf.get("/"), cast.learner)
    assert told == ["Câu “Dễ đoán 1”: phương án đúng dài gấp 5 lần phương án sai dài nhất."]


def test_every_strategy_has_a_name_for_people():
    assert list(STRATEGY_NAMES) == list(STRATEGIES)
