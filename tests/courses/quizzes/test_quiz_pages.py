"""The pages of a quiz, as a learner meets them: with and without JavaScript."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape
from uuid import uuid4

import pytest
from at_once import at_once
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import make_course, make_duty, make_person, make_root
from sharing import shared
from time_machine import travel

from courses.attempts.attempt import Answer, Attempt, AttemptGrant, AttemptItem, Mark
from courses.completions.completion import Completion
from courses.content.quiz import QuizQuestion
from courses.content.texts import is_approved_on, texts_of
from courses.progress.lessons import LessonSeen
from courses.questions.writing import create_or_update_question
from courses.quizzes.admission import grant, start
from courses.requirements.requirement import Requirement, RequirementRule
from courses.templatetags.lessons import hour

JSON = {"HTTP_ACCEPT": "application/json"}


@shared
def small_course():
    return make_course(questions=7)


@pytest.fixture
def attempt(cast, small_course):
    return start(cast.learner, small_course.quiz, timezone.now())


@pytest.fixture
def client(client_of, cast):
    return client_of(cast.learner)


def page_of(attempt, rest=""):
    return f"/hoc-tap/bai-lam/{attempt.pk}/{rest}"


def item_at(attempt, position):
    return attempt.items.select_related("version").get(position=position)


def right(attempt, position):
    return item_at(attempt, position).version.key["right"][0]


def wrong(attempt, position):
    return next(id for id in item_at(attempt, position).choice_order if id != right(attempt, position))


def fields(position, choice, based_on=0, token=None):
    return {
        f"{position}-choice": choice,
        f"{position}-based_on": based_on,
        f"{position}-token": str(token or uuid4()),
    }


def post_one(client, attempt, position, choice, based_on=0, **extra):
    return client.post(page_of(attempt, f"cau/{position}/"), fields(position, choice, based_on), **extra)


def saved_choices(html):
    """Ids of the choices that the page says the server keeps."""
    inputs = re.findall(r"<input[^>]*data-choice=[^>]*>", html)
    return [re.search(r'data-choice="([^"]+)"', tag)[1] for tag in inputs if "data-saved" in tag]


# --- the start page


def test_the_start_page_says_the_rules_and_starts_by_a_post_only(client, small_course):
    small_course.quiz.refresh_from_db()
    html = client.get(small_course.quiz.url).content.decode()
    assert "80 %" in html
    assert "Bắt đầu làm bài" in html
    assert not Attempt.objects.exists()
    answer = client.post(
        f"/hoc-tap/bai-kiem-tra/{small_course.quiz.translation_key}/bat-dau/", {"quiz": small_course.quiz.pk}
    )
    assert answer.url == page_of(Attempt.objects.get())


def test_the_start_page_leads_back_into_the_open_attempt(client, small_course, attempt):
    html = client.get(small_course.quiz.url).content.decode()
    assert "bài đang làm dở" in html
    assert page_of(attempt) in html


def test_the_start_page_tells_the_public_to_sign_in(client_of, small_course):
    html = client_of().get(small_course.quiz.url).content.decode()
    assert f"/tai-khoan/login/?next={small_course.quiz.url}" in html


def test_after_a_failed_attempt_the_start_page_says_when_the_next_one_opens(client, small_course, attempt):
    small_course.quiz.wait_minutes = 10
    small_course.quiz.save()
    client.post(page_of(attempt, "nop/"))
    opens = timezone.localtime(Attempt.objects.get().submitted_at + timedelta(minutes=10))
    assert f"mở lúc {opens:%H:%M}" in client.get(small_course.quiz.url).content.decode()
    answer = client.post(
        f"/hoc-tap/bai-kiem-tra/{small_course.quiz.translation_key}/bat-dau/",
        {"quiz": small_course.quiz.pk},
        follow=True,
    )
    assert "mở lúc" in answer.content.decode()
    assert Attempt.objects.count() == 1


# --- answering with the script


def test_an_answer_is_acknowledged_and_found_again_after_closing_the_tab(client, client_of, cast, attempt):
    choice = wrong(attempt, 2)
    answer = post_one(client, attempt, 2, choice, **JSON)
    assert answer.status_code == 200
    assert answer.json()["sequence"] == 1
    assert answer.json()["saved"] == {"choices": [choice]}
    assert re.fullmatch(r"\d\d:\d\d", answer.json()["at"])
    html = client_of(cast.learner).get(page_of(attempt)).content.decode()
    assert saved_choices(html) == [choice]
    assert re.search(rf'value="{choice}"[^>]* checked', html)
    assert html.count('data-saved="1"') == 1
    assert "Đã trả lời <span data-answered>1</span>/7" in html


def test_a_page_shows_nothing_as_saved_that_the_server_does_not_keep(client, attempt):
    html = client.get(page_of(attempt)).content.decode()
    assert html.count("data-question=") == 5
    assert html.count("data-choice=") == 15
    assert "data-saved" not in html


def test_a_second_tab_gets_409_with_both_answers_and_a_choice(client, attempt):
    post_one(client, attempt, 1, right(attempt, 1), **JSON)
    answer = post_one(client, attempt, 1, wrong(attempt, 1), **JSON)
    assert answer.status_code == 409
    html = unescape(answer.json()["html"])
    assert re.search(r"data-theirs>\s*<li>Đúng</li>", html)
    assert re.search(r"data-yours>\s*<li>Sai", html)
    assert 'name="1-based_on" value="1"' in html
    assert "data-saved" not in html
    assert Answer.objects.count() == 1


@pytest.mark.parametrize(("change", "status", "sentence"), [
    ({"1-choice": "z"}, 400, "không có trong câu này"),
    ({"1-based_on": "x"}, 400, "không đọc được"),
    ({"1-token": "x"}, 400, "không đọc được"),
    ({"1-based_on": None}, 400, "thiếu câu trả lời"),
])  # fmt: skip
def test_a_bad_answer_is_refused_with_a_sentence(client, attempt, change, status, sentence):
    data = {**fields(1, right(attempt, 1)), **change}
    answer = client.post(page_of(attempt, "cau/1/"), {k: v for k, v in data.items() if v is not None}, **JSON)
    assert (answer.status_code, Answer.objects.count()) == (status, 0)
    assert sentence in answer.json()["error"]


def test_somebody_elses_attempt_is_not_there(client_of, cast, attempt):
    other = client_of(cast.other_learner)
    for rest in ("", "nop/", "ket-qua/"):
        assert other.get(page_of(attempt, rest)).status_code == 404
    assert post_one(other, attempt, 1, right(attempt, 1), **JSON).status_code == 404
    assert other.post(page_of(attempt), fields(1, right(attempt, 1))).status_code == 404
    assert other.post(page_of(attempt, "cau/1/"), {"flag": "1"}, **JSON).status_code == 404
    assert other.post(page_of(attempt, "nop/")).status_code == 404
    assert not Answer.objects.exists()


def test_a_submitted_attempt_refuses_answers_and_says_so(client, attempt):
    client.post(page_of(attempt, "nop/"))
    answer = post_one(client, attempt, 1, right(attempt, 1), **JSON)
    assert answer.status_code == 409
    assert "đã nộp" in answer.json()["error"]
    page = client.post(page_of(attempt), fields(1, right(attempt, 1)), follow=True)
    assert page.redirect_chain[-1][0] == page_of(attempt, "ket-qua/")
    assert "đã nộp nên không nhận thêm" in page.content.decode()
    assert not Answer.objects.exists()


def test_signed_out_a_script_is_told_in_words_and_a_person_is_led_to_sign_in(client_of, attempt):
    answer = post_one(client_of(), attempt, 1, right(attempt, 1), **JSON)
    assert (answer.status_code, answer.headers["Content-Type"]) == (401, "application/json")
    assert client_of().get(page_of(attempt)).url == f"/tai-khoan/login/?next={page_of(attempt)}"


def test_a_post_without_the_token_of_the_form_is_refused(client_of, cast, attempt):
    strict = client_of(cast.learner, enforce_csrf_checks=True)
    assert post_one(strict, attempt, 1, right(attempt, 1), **JSON).status_code == 403
    assert not Answer.objects.exists()


@pytest.mark.parametrize("number", ["", "abc", "9" * 30, "9" * 3900, "a\x00"])
def test_numbers_that_nothing_bears_are_not_found(client, small_course, attempt, number):
    start_address = f"/hoc-tap/bai-kiem-tra/{small_course.quiz.translation_key}/bat-dau/"
    assert client.post(start_address, {"quiz": number}).status_code == 404
    assert client.post(page_of(attempt), {"go": f"cau-{number}"}).status_code == 302
    assert client.get(page_of(attempt), {"phan": number}).status_code == 200


@pytest.mark.parametrize("sent", [{"flag": "1"}, {"1-based_on": "0"}])
def test_a_number_too_large_for_the_database_is_nobodys_attempt(client, attempt, sent):
    assert client.post(f"/hoc-tap/bai-lam/{'9' * 30}/cau/1/", sent).status_code == 404


def test_a_flag_is_kept(client, attempt):
    client.post(page_of(attempt, "cau/3/"), {"flag": "1"}, **JSON)
    assert re.search(r'class=" f"[^>]*data-map="3"', client.get(page_of(attempt)).content.decode())


# --- without JavaScript


def test_the_plain_form_saves_the_part_and_moves_on(client, attempt):
    data = {**fields(1, right(attempt, 1)), **fields(2, wrong(attempt, 2)), "2-flag": "1", "3-based_on": 0}
    answer = client.post(page_of(attempt), {**data, "go": "phan-2"})
    assert answer.url == page_of(attempt, "?phan=2")
    assert Answer.objects.count() == 2
    html = client.get(page_of(attempt, "?phan=1")).content.decode()
    assert sorted(saved_choices(html)) == sorted([right(attempt, 1), wrong(attempt, 2)])
    assert AttemptItem.objects.get(attempt=attempt, position=2).flagged
    assert client.post(page_of(attempt), {"6-based_on": 0, "go": "cau-3"}).url == page_of(attempt, "?phan=1#cau-3")


def test_sending_the_same_part_twice_saves_it_once(client, attempt):
    data = {**fields(1, right(attempt, 1)), "go": "submit"}
    assert client.post(page_of(attempt), data).url == client.post(page_of(attempt), data).url
    assert Answer.objects.count() == 1


def test_the_plain_form_of_a_second_tab_shows_both_answers_and_keeps_the_rest(client, attempt):
    stale = {**fields(1, wrong(attempt, 1)), **fields(2, right(attempt, 2)), "go": "submit"}
    client.post(page_of(attempt), fields(1, right(attempt, 1)))
    answer = client.post(page_of(attempt), stale)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "hai câu trả lời khác nhau" in html
    assert saved_choices(html) == [right(attempt, 2)]
    kept = {**fields(1, wrong(attempt, 1), based_on=1), "keep": "1"}
    assert client.post(page_of(attempt), kept).status_code == 302
    assert Answer.objects.filter(item__position=1).count() == 1
    mine = {**fields(1, wrong(attempt, 1), based_on=1), "go": "cau-1"}
    client.post(page_of(attempt), mine)
    assert Answer.objects.filter(item__position=1).count() == 2


def test_a_foreign_choice_in_the_plain_form_spoils_only_its_question(client, attempt):
    answer = client.post(page_of(attempt), {**fields(1, "z"), **fields(2, right(attempt, 2))})
    assert answer.status_code == 409
    assert "không có trong câu này" in answer.content.decode()
    assert Answer.objects.get().item.position == 2


def test_before_submitting_one_is_told_what_is_unanswered(client, attempt):
    client.post(page_of(attempt), {**fields(1, right(attempt, 1)), "go": "submit"})
    html = client.get(page_of(attempt, "nop/")).content.decode()
    assert "Còn 6 câu chưa trả lời" in html
    assert f"{page_of(attempt)}?phan=2#cau-6" in html


# --- steps to order, rows to match


@shared
def two_kinds(cast, small_course):
    """Question 1 is to be ordered, question 2 to be matched."""
    steps = create_or_update_question(
        category="k", name="Xếp", kind="ordering", text="Xếp?", choices=[{"text": t} for t in ("Mời", "Hỏi", "Ghi")]
    )
    pairs = [{"left": "Tư vấn", "right": "111"}, {"left": "Cấp cứu", "right": "115"}]
    rows = create_or_update_question(category="k", name="Ghép", kind="matching", text="Ghép?", choices=pairs)
    small_course.quiz.questions.all().delete()
    for order, question in enumerate([steps, rows]):
        QuizQuestion.objects.create(quiz=small_course.quiz, question=question, sort_order=order)
    return start(cast.learner, small_course.quiz, timezone.now())


def in_order(attempt):
    return item_at(attempt, 1).version.key["right"]


def test_without_scripts_steps_move_by_buttons_that_come_back_to_the_question(client, two_kinds):
    shown = item_at(two_kinds, 1).choice_order
    html = client.get(page_of(two_kinds)).content.decode()
    assert re.findall(r'name="1-shown" value="([^"]+)"', html) == shown
    assert "data-saved" not in html
    untouched = {"1-shown": shown, "1-based_on": 0, "2-based_on": 0, "go": "submit"}
    assert client.post(page_of(two_kinds), untouched).url == page_of(two_kinds, "nop/")
    assert not Answer.objects.exists()
    answer = client.post(page_of(two_kinds), {"1-shown": shown, "1-based_on": 0, "1-move": f"{shown[2]}:len"})
    assert answer.url == page_of(two_kinds, "?phan=1#cau-1")
    assert Answer.objects.get().response == {"choices": [shown[0], shown[2], shown[1]]}
    html = client.get(page_of(two_kinds)).content.decode()
    assert re.findall(r'name="1-choice" value="([^"]+)"', html) == [shown[0], shown[2], shown[1]]
    assert len(saved_choices(html)) == 3
    assert "Giữ thứ tự này" not in html


def test_the_order_as_shown_is_an_answer_once_somebody_says_so(client, two_kinds):
    shown = item_at(two_kinds, 1).choice_order
    client.post(page_of(two_kinds), {"1-shown": shown, "1-based_on": 0, "1-move": "giu"})
    assert Answer.objects.get().response == {"choices": shown}


def test_rows_are_matched_in_selects_and_the_page_shows_what_is_saved(client, two_kinds):
    first, second = item_at(two_kinds, 2).version.key["right"]
    html = client.get(page_of(two_kinds)).content.decode()
    assert html.count('<select id="g-2-') == 2
    assert html.count(f'<option value="{first}"') == 1
    answer = client.post(page_of(two_kinds, "cau/2/"), {"2-choice": [first, ""], "2-based_on": 0}, **JSON)
    assert answer.json()["saved"] == {"choices": [first]}
    html = client.get(page_of(two_kinds)).content.decode()
    assert re.search(rf'<option value="{first}"[^>]* selected', html)
    assert len(re.findall(r"<select[^>]* data-saved", html)) == 1


def test_both_kinds_earn_their_part_and_are_reviewed(client, two_kinds):
    first, second = item_at(two_kinds, 2).version.key["right"]
    client.post(page_of(two_kinds, "cau/1/"), {"1-choice": in_order(two_kinds), "1-based_on": 0}, **JSON)
    client.post(page_of(two_kinds, "cau/2/"), {"2-choice": [first], "2-based_on": 0}, **JSON)
    html = client.post(page_of(two_kinds, "nop/"), follow=True).content.decode()
    assert list(Mark.objects.order_by("item__position").values_list("points", flat=True)) == [100, 50]
    assert "Được 0,5 trên 1 điểm" in html
    assert "Tư vấn" in html
    assert "Mời" in html


def test_steps_of_another_question_are_refused_with_a_sentence(client, two_kinds):
    answer = client.post(page_of(two_kinds, "cau/1/"), {"1-choice": ["z"], "1-based_on": 0}, **JSON)
    assert answer.status_code == 400
    assert "không khớp với câu này" in answer.json()["error"]


# --- submitting and reviewing


def answer_all(client, attempt, choose=right):
    for position in range(1, 8):
        assert post_one(client, attempt, position, choose(attempt, position), **JSON).status_code == 200


def test_whoever_passes_sees_it_and_what_is_next(client, cast, small_course, attempt):
    answer_all(client, attempt)
    page = client.post(page_of(attempt, "nop/"), follow=True)
    html = page.content.decode()
    assert page.redirect_chain == [(page_of(attempt, "ket-qua/"), 302)]
    assert "đã đạt" in html
    assert "Học tiếp: Mục 1" in html
    assert small_course.lessons[0].url in html


def test_whoever_has_read_everything_completes_the_course_by_passing(client, cast, small_course, attempt):
    for lesson in small_course.lessons:
        LessonSeen.objects.create(
            person=cast.learner, lesson_key=lesson.translation_key, course_key=small_course.course.key
        )
    answer_all(client, attempt)
    first = client.post(page_of(attempt, "nop/"))
    assert Completion.objects.get().attempt == attempt
    assert first.url == f"/hoc-tap/hoan-thanh/{small_course.course.key}/"
    # a second tap leads where the first one led
    assert client.post(page_of(attempt, "nop/")).url == first.url


def test_whoever_fails_learns_what_was_wrong_and_what_to_read_again_but_not_the_key(client, attempt):
    answer_all(client, attempt, lambda attempt, n: right(attempt, n) if n == 3 else wrong(attempt, n))
    html = client.post(page_of(attempt, "nop/"), follow=True).content.decode()
    assert "chưa đạt" in html
    assert "6 câu cần ôn lại" in html
    assert "Ôn lại: Mục 1" in html
    assert "Làm lại" in html
    assert html.count('<span class="tag warn">Chưa đúng</span>') == 6
    assert html.count('<span class="tag ok">Đúng</span>') == 1
    for secret in (
        "Lý do 3.",
        "Nguồn 3.",
        "Đáp án đúng<",
        "Anh chị chọn đúng",
        "opt1 right",
        "opt1 wrong",
        "opt1 miss",
    ):
        assert secret not in html
    assert "Đáp án đúng, lý do và nguồn hiện khi" in html


def test_the_key_comes_with_a_pass_also_for_the_attempts_before(client, small_course, cast, attempt):
    answer_all(client, attempt, wrong)
    client.post(page_of(attempt, "nop/"))
    second = start(cast.learner, small_course.quiz, timezone.now())
    answer_all(client, second)
    html = client.post(page_of(second, "nop/"), follow=True).content.decode()
    before = client.get(page_of(attempt, "ket-qua/")).content.decode()
    for page in (html, before):
        assert "Lý do 3." in page
        assert "Nguồn 3." in page
        assert "opt1 right" in page
    assert "Đáp án đúng<" in before
    third = start(cast.learner, small_course.quiz, timezone.now())
    answer_all(client, third, wrong)
    # a renewal that failed is no pass
    assert "Lý do 3." not in client.post(page_of(third, "nop/"), follow=True).content.decode()


def test_the_key_comes_with_the_last_allowed_attempt_and_goes_when_one_more_is_given(client, small_course, cast):
    small_course.quiz.attempt_limit = 2
    small_course.quiz.save()
    first = start(cast.learner, small_course.quiz, timezone.now())
    assert "Lý do 3." not in client.post(page_of(first, "nop/"), follow=True).content.decode()
    last = start(cast.learner, small_course.quiz, timezone.now())
    assert "Lý do 3." not in client.get(page_of(first, "ket-qua/")).content.decode()
    assert "Lý do 3." in client.post(page_of(last, "nop/"), follow=True).content.decode()
    assert "Lý do 3." in client.get(page_of(first, "ket-qua/")).content.decode()
    grant(cast.learner, small_course.quiz, cast.trainer, "Mất điện", timezone.now())
    assert "Lý do 3." not in client.get(page_of(last, "ket-qua/")).content.decode()


def test_of_a_quiz_that_is_gone_everything_may_be_known(client, small_course, attempt):
    client.post(page_of(attempt, "nop/"))
    small_course.quiz.unpublish()
    assert "Lý do 3." in client.get(page_of(attempt, "ket-qua/")).content.decode()


def test_after_a_failed_try_only_the_remark_on_what_was_chosen_is_shown(client, cast, small_course):
    remarked = create_or_update_question(
        category="k",
        name="Nhận xét",
        kind="single_choice",
        text="Hỏi?",
        choices=[{"text": "Phải", "right": True, "feedback": "Đúng rồi."}, {"text": "Trái", "feedback": "Nghĩ thêm."}],
    )
    small_course.quiz.questions.all().delete()
    QuizQuestion.objects.create(quiz=small_course.quiz, question=remarked)
    attempt = start(cast.learner, small_course.quiz, timezone.now())
    post_one(client, attempt, 1, wrong(attempt, 1), **JSON)
    html = client.post(page_of(attempt, "nop/"), follow=True).content.decode()
    assert "Nghĩ thêm." in html
    assert "Đúng rồi." not in html


def test_the_answers_are_not_in_the_page_before_submission(client, attempt):
    html = client.get(page_of(attempt)).content.decode()
    assert "Lý do" not in html
    assert client.get(page_of(attempt, "ket-qua/")).url == page_of(attempt)


def test_clicking_submit_twice_submits_once(client, attempt):
    answer_all(client, attempt)
    first = client.post(page_of(attempt, "nop/"))
    assert client.post(page_of(attempt, "nop/")).url == first.url
    assert Mark.objects.count() == 7


def test_ones_own_attempts_are_listed(client, client_of, cast, attempt):
    assert page_of(attempt) in client.get("/hoc-tap/bai-lam/").content.decode()
    assert "chưa làm bài kiểm tra nào" in client_of(cast.other_learner).get("/hoc-tap/bai-lam/").content.decode()


# --- the trainer


def test_a_trainer_gives_one_more_attempt_to_their_own_people_only(client_of, cast, small_course):
    address = f"/bao-cao/them-luot/{cast.learner.pk}/{small_course.quiz.translation_key}/"
    trainer = client_of(cast.trainer)
    assert trainer.get(address).status_code == 200
    assert "Hãy ghi lý do" in trainer.post(address, {"reason": ""}).content.decode()
    page = trainer.post(address, {"reason": "Mất điện"}, follow=True)
    assert "Đã thêm một lần làm bài cho Alăng Thị Hà" in page.content.decode()
    assert AttemptGrant.objects.get().given_by == cast.trainer
    for stranger in (cast.other_learner, cast.observer, cast.stranger):
        assert client_of(stranger).post(address, {"reason": "x"}).status_code == 404
    assert client_of(cast.learner).post(address, {"reason": "x"}).status_code == 403
    assert AttemptGrant.objects.count() == 1


def test_a_double_click_gives_one_more_attempt_not_two(client_of, cast, small_course):
    address = f"/bao-cao/them-luot/{cast.learner.pk}/{small_course.quiz.translation_key}/"
    trainer = client_of(cast.trainer)
    seen = trainer.get(address).context["form"]["seen"].value()
    for _click in range(2):
        page = trainer.post(address, {"reason": "Mất điện", "seen": seen}, follow=True).content.decode()
    assert "không thêm nữa" in page
    assert AttemptGrant.objects.count() == 1
    trainer.post(address, {"reason": "Lại mất điện", "seen": trainer.get(address).context["form"]["seen"].value()})
    assert AttemptGrant.objects.count() == 2


# --- what it costs


def test_saving_an_answer_costs_four_queries(client, attempt, django_assert_num_queries):
    choice = right(attempt, 1)
    with django_assert_num_queries(4):  # session, person, the question's state, one INSERT
        assert post_one(client, attempt, 1, choice, **JSON).status_code == 200


def test_submitting_twenty_questions_costs_at_most_twenty_queries(client, cast, django_assert_max_num_queries, figure):
    small_course = make_course("hai-muoi-cau", questions=20)
    for lesson in small_course.lessons:
        LessonSeen.objects.create(person=cast.learner, lesson_key=lesson.translation_key, course_key="hai-muoi-cau")
    require("hai-muoi-cau")
    attempt = start(cast.learner, small_course.quiz, timezone.now())
    for position in range(1, 21):
        post_one(client, attempt, position, right(attempt, position), **JSON)
    # kept by the process until somebody publishes
    texts_of(small_course.course)
    is_approved_on(small_course.course, timezone.localdate())
    # session, person, BEGIN and COMMIT; the attempt locked, questions with answers, marks, the judgement; the course,
    # its quizzes, unseen lessons and earlier completions, the new one, and the wish for its certificate; the
    # person's standings (6 or 7)
    with django_assert_max_num_queries(20) as queries:
        client.post(page_of(attempt, "nop/"))
    assert Completion.objects.exists()
    figure(f"a submission of 20 questions that completes the course: {len(queries)} queries")


def require(course_key):
    requirement = Requirement.objects.create(key=course_key, name=course_key)
    RequirementRule.objects.create(
        requirement=requirement, duty=make_duty(), course_key=course_key, deadline=date(2026, 12, 15)
    )


@pytest.mark.parametrize("questions", [6, 20])
def test_the_page_of_an_attempt_costs_the_same_however_long_it_is(client, cast, questions, django_assert_num_queries):
    small_course = make_course(f"dai-{questions}", questions=questions)
    attempt = start(cast.learner, small_course.quiz, timezone.now())
    # session, person, the menu by role; attempt, questions with their answers, words of the part
    with django_assert_num_queries(6):
        client.get(page_of(attempt))
    # the words are known now
    with django_assert_num_queries(5):
        client.get(page_of(attempt))


def steps(client, small_course, find=right):
    """What each step of a whole attempt costs: {step: queries}."""
    costs = {}

    def count(step, send):
        with CaptureQueriesContext(connection) as seen:
            answer = send()
        costs[step] = max(costs.get(step, 0), len(seen))
        return answer

    key = small_course.quiz.translation_key
    count("page of the quiz", lambda: client.get(small_course.quiz.url))
    start_form = {"quiz": small_course.quiz.pk}
    count("start", lambda: client.post(f"/hoc-tap/bai-kiem-tra/{key}/bat-dau/", start_form))
    attempt = Attempt.objects.get(submitted_at=None)
    count("page", lambda: client.get(page_of(attempt)))
    for position in range(1, attempt.items.count() + 1):
        chosen = find(attempt, position)
        count("answer", lambda position=position, chosen=chosen: post_one(client, attempt, position, chosen, **JSON))
    count("page", lambda: client.get(page_of(attempt)))
    count("hand-in", lambda: client.post(page_of(attempt, "nop/")))
    count("result", lambda: client.get(page_of(attempt, "ket-qua/")))
    return costs


MOST = {"page of the quiz": 8, "start": 8, "page": 8, "answer": 4, "hand-in": 12, "result": 9}


@pytest.mark.parametrize("find", [wrong, right], ids=["not passed", "passed"])
def test_a_whole_attempt_costs_what_a_province_can_afford(client, client_of, cast, figure, find):
    small_course = make_course("muoi-cau", questions=10)
    # what is the same for everybody is known after the first who takes the quiz
    steps(client_of(cast.other_learner), small_course, find)
    costs = steps(client, small_course, find)
    figure(f"queries of an attempt of ten questions: {costs}")
    assert {step: count for step, count in costs.items() if count > MOST[step]} == {}


def test_what_is_kept_of_a_quiz_follows_what_is_published(client, cast, small_course):
    """Also a question that is taken off, and one that comes back."""
    first = start(cast.learner, small_course.quiz, timezone.now())
    assert first.items.count() == 7
    first.delete()
    question = small_course.questions[0]
    question.unpublish()
    second = start(cast.learner, small_course.quiz, timezone.now())
    assert second.items.count() == 6
    second.delete()
    question.save_revision().publish()
    small_course.questions[1].unpublish()
    assert start(cast.learner, small_course.quiz, timezone.now()).items.count() == 6


# --- at the same time


@pytest.mark.django_db(transaction=True)
def test_at_once_one_attempt_starts_no_acknowledged_answer_is_lost_and_one_judgement_is_made(client_of):
    learner, small_course = a_learner_and_a_quiz()
    client = client_of(learner)
    begin = f"/hoc-tap/bai-kiem-tra/{small_course.quiz.translation_key}/bat-dau/"
    started = at_once(*[lambda: client_again(client).post(begin, {"quiz": small_course.quiz.pk})] * 4)
    assert [answer.status_code for answer in started] == [302] * 4
    attempt = Attempt.objects.get()
    choices = {position: right(attempt, position) for position in range(1, 9)}

    def saving(position):
        return lambda: post_one(client_again(client), attempt, position, choices[position], **JSON)

    def submitting():
        return client_again(client).post(page_of(attempt, "nop/"))

    outcomes = at_once(*[submitting, *[saving(position) for position in choices], submitting])
    acknowledged = [
        position for position, answer in zip(choices, outcomes[1:-1], strict=True) if answer.status_code == 200
    ]
    assert {answer.status_code for answer in outcomes} <= {200, 302, 409}
    assert list(Answer.objects.order_by("item__position").values_list("item__position", flat=True)) == acknowledged
    earned = Mark.objects.filter(points=100).order_by("item__position")
    assert list(earned.values_list("item__position", flat=True)) == acknowledged
    assert Mark.objects.count() == 8


def a_learner_and_a_quiz():
    """In a database that an earlier test of this sort may have emptied."""
    make_root()
    return make_person("Alăng Thị Hà"), make_course("cung-luc", questions=8)


def client_again(client):
    """The same person in another window."""
    other = Client()
    other.cookies = client.cookies
    return other


def test_an_answer_of_another_day_is_shown_with_its_day():
    with travel("2026-11-24T03:00:00Z", tick=False):
        assert hour(datetime(2026, 11, 24, 2, 42, tzinfo=UTC)) == "09:42"
        # seven o'clock in the evening in London is the next day here
        assert hour(datetime(2026, 10, 20, 19, 6, tzinfo=UTC)) == "02:06 21/10"
