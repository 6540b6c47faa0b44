"""The class quiz: a short code opened by a teacher, answered by anybody once a page, kept as totals; cards as well."""

import gzip
import re
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.shortcuts import render
from django.utils import timezone
from factories import make_person
from sharing import shared

from campaigns.activities.made.pulse import Moment
from campaigns.answering.once import SentNumber
from campaigns.schools.lesson import SchoolLessonPage
from campaigns.schools.log.lesson_log import LessonLog
from campaigns.schools.quiz import class_run
from campaigns.schools.quiz.at_once import add
from campaigns.schools.quiz.class_run import ClassRun, QuizCode, QuizTally
from campaigns.schools.quiz.counting import (
    begin,
    close_code,
    close_over,
    open_code,
    quizzes_of,
    say,
    shown_of,
    sums_of,
    typed_code,
)
from campaigns.schools.screens.quiz_answering import WRONG
from campaigns.starter.lessons import create_schools
from pages.home.page import create_home
from pages.serving.version import raise_version
from pages.shell.surfaces import stylesheet
from people.rights.roles import RoleKind, give
from people.times import today

RUNS, ENTER = "/truong-hoc/nhat-ky/do/", "/do/"
LIMIT = 14 * 1024
# the code; to count its letters: the row held, the number, the row (a test's transaction has a savepoint around them)
LOOKING, COUNTING = 1, 3 + 2
NUMBER = re.compile(r'name="so" value="([^"]+)"')


@shared
def packs():
    create_schools(create_home(), lambda line: None)
    return {page.slug: page for page in SchoolLessonPage.objects.all()}


@pytest.fixture
def run(packs, cast):
    page = packs["lop-6-9"]
    return begin(cast.teacher, cast.units.school, page, quizzes_of(page)[0].value, "6A", timezone.now())


@pytest.fixture
def code(run):
    return open_code(run, Moment.BEFORE, timezone.now())


def sent(client, code, number=None, **letters):
    return client.post(f"/do/{code.token}/", {"so": number or str(uuid4()), **(letters or {"cau-1": "D"})})


def counts(run, *letters: str) -> dict[int, list[int]]:
    """The same for each question."""
    return {one.number: ["".join(letters).count(letter) for letter in "ABCD"] for one in run.questions}


# --- codes


@pytest.mark.parametrize(("typed", "read"), [(" bcd-fgh ", "BCDFGH"), ("BCDFG", ""), ("BCDFGA", ""), ("BCDFG0", "")])
def test_a_code_is_read_as_it_is_typed(typed, read):
    assert typed_code(typed) == read


def test_a_code_has_six_signs_and_lives_an_hour(code, client):
    assert re.fullmatch(f"[{class_run.SIGNS}]{{6}}", code.code)
    found = client.get(ENTER, {"ma": code.code.lower()})
    assert (found.status_code, found.url) == (302, f"/do/{code.token}/")
    assert client.get(found.url).status_code == 200
    QuizCode.objects.update(opened_at=timezone.now() - timedelta(minutes=61))
    assert client.get(found.url).status_code == 404
    assert client.get(ENTER, {"ma": code.code}).status_code == 404
    assert sent(client, code).status_code == 404


def test_one_code_of_a_moment_is_open_and_no_other_bears_its_signs(run, code, monkeypatch, packs, cast):
    assert open_code(run, Moment.BEFORE, timezone.now()) == code
    other = begin(cast.teacher, cast.units.school, packs["lop-4-5"], quizzes_of(packs["lop-4-5"])[0].value, "", run.at)
    with pytest.raises(IntegrityError), transaction.atomic():
        QuizCode.objects.create(run=other, moment=Moment.BEFORE, code=code.code, opened_at=run.at)
    with pytest.raises(IntegrityError), transaction.atomic():
        QuizCode.objects.create(run=run, moment=Moment.BEFORE, opened_at=run.at)


def test_wrong_codes_of_one_network_are_limited_and_scanned_ones_are_not(code, client, monkeypatch):
    monkeypatch.setattr("campaigns.schools.screens.quiz_answering.WRONG", type(WRONG)("quiz-code", 3, 600))
    assert [client.get(ENTER, {"ma": "BCDFGH"}).status_code for _try in range(5)] == [404, 404, 404, 429, 429]
    # neither is a right one looked up any more
    assert client.get(ENTER, {"ma": code.code}).status_code == 429
    assert client.get(f"/do/{code.token}/").status_code == 200
    assert client.get(ENTER, {"ma": code.code}, REMOTE_ADDR="10.9.8.7").status_code == 302


def test_right_codes_are_not_counted(code, client, monkeypatch):
    monkeypatch.setattr("campaigns.schools.screens.quiz_answering.WRONG", type(WRONG)("quiz-code", 3, 600))
    assert {client.get(ENTER, {"ma": code.code}).status_code for _try in range(9)} == {302}


# --- answering


def test_the_page_is_light_and_sets_no_cookie_and_names_nobody(code, cast, client, django_assert_max_num_queries):
    client.get(f"/do/{code.token}/")
    with django_assert_max_num_queries(LOOKING):
        response = client.get(f"/do/{code.token}/")
    assert not response.cookies
    assert not sent(client, code).cookies
    # a drawn token may hold the signs of a class
    html = response.content.decode().replace(code.token, "")
    for hidden in (cast.teacher.full_name, cast.units.school.name, "6A", "csrfmiddlewaretoken"):
        assert hidden not in html
    assert html.count('type="radio"') == 20
    assert len(gzip.compress(response.content)) + len(gzip.compress(stylesheet("pulse").encode())) <= LIMIT
    assert not client.get(ENTER).cookies


def test_the_page_is_drawn_once_and_each_has_a_number_of_its_own(code, client, django_assert_num_queries, monkeypatch):
    first = client.get(f"/do/{code.token}/").content.decode()
    sent(client, code)
    monkeypatch.setattr("campaigns.answering.drawn.render", None)
    with django_assert_num_queries(LOOKING):
        second = client.get(f"/do/{code.token}/").content.decode()
    numbers = [NUMBER.findall(html) for html in (first, second)]
    assert [len(found) for found in numbers] == [1, 1]
    assert numbers[0] != numbers[1]
    assert NUMBER.sub("", first) == NUMBER.sub("", second)
    with django_assert_num_queries(LOOKING + COUNTING):
        assert "Đã nhận" in sent(client, code, numbers[1][0]).content.decode()
    code.refresh_from_db()
    assert code.sent == 2


def test_two_codes_have_two_pages(run, code, packs, cast, client):
    """Of another class, and of the same class after its lesson."""
    page = packs["lop-4-5"]
    other = begin(cast.teacher, cast.units.school, page, quizzes_of(page)[0].value, "", run.at)
    for one, asked in ((code, run), (open_code(other, Moment.BEFORE, run.at), other)):
        for _twice in range(2):
            html = client.get(f"/do/{one.token}/").content.decode()
            assert str(asked.questions[0].words) in unescape(html)
    after = open_code(run, Moment.AFTER, timezone.now())
    for _twice in range(2):
        assert "Đáp án: D" not in sent(client, code).content.decode()
        assert "Đáp án: D" in sent(client, after).content.decode()


def test_closing_and_opening_again_show_at_once(run, code, client):
    address = f"/do/{code.token}/"
    assert client.get(address).status_code == 200
    close_code(code, timezone.now())
    assert client.get(address).status_code == 404
    again = open_code(run, Moment.BEFORE, timezone.now())
    assert client.get(f"/do/{again.token}/").status_code == 200
    assert client.get(address).status_code == 404


def test_what_is_published_draws_the_page_anew(code, client, monkeypatch):
    drawn = []
    monkeypatch.setattr("campaigns.answering.drawn.render", lambda *args: drawn.append(1) or render(*args))
    for _twice in range(2):
        client.get(f"/do/{code.token}/")
    assert len(drawn) == 1
    raise_version()
    client.get(f"/do/{code.token}/")
    assert len(drawn) == 2


def test_an_empty_page_says_so_and_can_be_sent(code, client):
    for _twice in range(2):
        html = client.post(f"/do/{code.token}/", {"so": str(uuid4())}).content.decode()
        assert "Chưa chọn câu trả lời nào" in html
        assert sent(client, code, NUMBER.search(html)[1]).status_code == 200
    code.refresh_from_db()
    assert code.sent == 2


def test_who_is_signed_in_reads_her_own_way_out_and_nobody_else_does(code, client, client_of, cast):
    teacher = client_of(cast.teacher)
    for _twice in range(2):
        assert "Đăng xuất" in teacher.get(f"/do/{code.token}/").content.decode()
        assert "Đăng xuất" not in client.get(f"/do/{code.token}/").content.decode()


def test_a_page_counts_once_and_its_number_goes_with_the_code(run, code, client):
    number = str(uuid4())
    for letter in "DDA":
        assert sent(client, code, number, **{"cau-1": letter}).status_code == 200
    for _page in range(4):
        sent(client, code, **{"cau-1": "D", "cau-2": "C"})
    code.refresh_from_db()
    assert (code.sent, code.counts) == (5, {"1": {"D": 5}, "2": {"C": 4}})
    assert SentNumber.objects.filter(code=code.key).count() == 5
    assert close_code(code, timezone.now())
    assert not SentNumber.objects.exists()
    assert not close_code(code, timezone.now())
    code.refresh_from_db()
    assert (code.sent, code.counts) == (0, {})
    # five answers are shown, four are not
    assert list(run.tallies.values_list("question", "answers", "right", "chosen")) == [(1, 5, 5, [0, 0, 0, 5])]


def test_what_is_no_answer_counts_nothing(code, client):
    assert sent(client, code, **{"cau-1": "E"}).status_code == 422
    assert sent(client, code, "x", **{"cau-1": "A"}).status_code == 200
    assert client.post(f"/do/{code.token}/", {"cau-1": "A"}, HTTP_SEC_FETCH_SITE="cross-site").status_code == 403
    assert client.get("/do/khong-co/").status_code == 404
    code.refresh_from_db()
    assert code.sent == 0


def test_the_answers_are_told_after_the_lesson_alone(run, code, client):
    assert "Đáp án nói ở cuối bài" in sent(client, code).content.decode()
    after = open_code(run, Moment.AFTER, timezone.now())
    assert "Đáp án: D" in sent(client, after).content.decode()


def test_of_a_lesson_that_was_taken_back_nothing_is_asked(code, packs, client):
    assert client.get(f"/do/{code.token}/").status_code == 200
    packs["lop-6-9"].unpublish()
    assert client.get(f"/do/{code.token}/").status_code == 404
    assert sent(client, code).status_code == 404


def test_what_is_asked_stays_as_it_was_when_the_lesson_changes(run, code, packs, client):
    before = run.questions
    page = packs["lop-6-9"]
    for part in quizzes_of(page):
        part.value["questions"][0]["text"].source = "<p>Câu khác</p>"
    page.save_revision().publish()
    assert ClassRun.objects.get().questions == before
    assert "Câu khác" not in client.get(f"/do/{code.token}/").content.decode()


def test_a_closed_code_counts_nothing_more(code):
    close_code(code, timezone.now())
    assert not add(code, uuid4(), {1: "A"}, timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        QuizCode.objects.filter(pk=code.pk).update(sent=1)


def test_the_clock_closes_codes_whose_hour_is_over(run, code, client):
    for _page in range(6):
        sent(client, code)
    close_over(timezone.now())
    assert not run.tallies.exists()
    close_over(timezone.now() + timedelta(hours=1))
    assert run.tallies.get().answers == 6


# --- totals


def test_under_five_answers_nothing_is_kept_and_above_every_bar_is(run, cast):
    now = timezone.now()
    assert say(cast.teacher, run, Moment.BEFORE, counts(run, "ABCD"), now) == []
    assert shown_of(run) == []
    assert say(cast.teacher, run, Moment.BEFORE, counts(run, "ABCDD"), now) == [1, 2, 3, 4, 5]
    (moment, answers, bars) = shown_of(run)[0].moments[0]
    assert (moment, answers, [bar.number for bar in bars]) == (Moment.BEFORE, 5, [1, 1, 1, 2])
    # too few later: what was counted stays
    say(cast.teacher, run, Moment.BEFORE, counts(run, "AA"), now)
    assert shown_of(run)[0].moments[0][1] == 5
    with pytest.raises(IntegrityError), transaction.atomic():
        QuizTally.objects.update(answers=4, right=0)


def test_before_and_after_are_joined_as_totals(run, cast):
    now = timezone.now()
    say(cast.teacher, run, Moment.BEFORE, counts(run, "AAADD"), now)
    say(cast.teacher, run, Moment.AFTER, counts(run, "DDDDDD"), now + timedelta(days=2))
    assert [moment for moment, _all, _bars in shown_of(run)[0].moments] == [Moment.BEFORE, Moment.AFTER]
    # right are D, C, A, B, D
    assert sums_of([run]) == {run.pk: [(Moment.BEFORE, 2 + 0 + 3 + 0 + 2, 25), (Moment.AFTER, 12, 30)]}


# --- the teacher's pages


def test_a_teacher_begins_opens_closes_and_sees_bars_only_then(packs, cast, client_of, client):
    teacher = client_of(cast.teacher)
    listed = teacher.get(RUNS, {"bai": str(packs["lop-6-9"].translation_key)}).content.decode()
    chosen = f"{packs['lop-6-9'].translation_key}:B6"
    assert f'value="{chosen}" selected' in listed
    page = teacher.post(RUNS, {"quiz": chosen, "class_name": "6A"}).url
    assert teacher.post(page, {"luc": "truoc"}).status_code == 302
    code = QuizCode.objects.get()
    for _page in range(5):
        sent(client, code)
    shown = teacher.get(page).content.decode()
    assert code.code in shown
    assert "5 em đã gửi" in shown
    assert "<progress" not in shown
    wall = teacher.get(f"{page}chieu/").content.decode()
    assert code.code in wall
    assert "js/again.js" in wall
    assert "<progress" not in wall
    assert teacher.post(page, {"act": "close", "ma": str(code.pk)}).status_code == 302
    assert teacher.get(page).content.decode().count("<progress") == 4
    wall = teacher.get(f"{page}chieu/").content.decode()
    assert wall.count("<progress") == 4
    assert "js/again.js" not in wall
    # the lesson comes first: the class sees what it answered, not what is right
    assert "đáp án" not in wall
    typed = {"dem-1-D": "9"}
    teacher.post(f"{page}dem-sau/", typed)
    assert "đáp án" in teacher.get(f"{page}chieu/").content.decode()


def test_a_moment_is_before_or_after(run, cast, client_of):
    teacher = client_of(cast.teacher)
    teacher.post(f"{RUNS}{run.key}/", {"luc": "x"})
    teacher.post(f"{RUNS}{run.key}/", {"act": "close", "ma": "9" * 40})
    assert not QuizCode.objects.exists()
    assert teacher.get(f"{RUNS}{run.key}/dem-x/").status_code == 404


def test_the_teacher_counts_cards(run, cast, client_of):
    teacher, page = client_of(cast.teacher), f"{RUNS}{run.key}/"
    typed = {"dem-1-A": "3", "dem-1-D": "20", "dem-2-A": "4"}
    assert teacher.post(f"{page}dem-sau/", {"dem-1-A": "x"}).status_code == 422
    assert teacher.post(f"{page}dem-sau/", typed).status_code == 302
    assert list(run.tallies.values_list("question", "chosen", "by_hand")) == [(1, [3, 0, 0, 20], True)]
    assert teacher.get(page).content.decode().count("<progress") == 4


def test_whose_run_it_is(run, cast, client_of):
    manager = make_person("Đỗ Quang Vinh", "TH-1", email="vinh@example.vn")
    give(manager, RoleKind.SCHOOL_MANAGER, cast.units.school)
    colleague = make_person("Lê Văn Yên", "TH-2", email="yen@example.vn")
    give(colleague, RoleKind.TEACHER, cast.units.school)
    for person, status in ((manager, 200), (colleague, 404), (cast.learner, 403), (cast.trainer, 403)):
        for path in ("", "chieu/", "dem-sau/"):
            assert client_of(person).get(f"{RUNS}{run.key}/{path}").status_code == status
    assert client_of(cast.trainer).get(RUNS).status_code == 403


def test_the_totals_go_with_the_log_and_what_corrects_it(run, cast, client_of):
    say(cast.teacher, run, Moment.BEFORE, counts(run, "AAADD"), timezone.now())
    teacher, write = client_of(cast.teacher), "/truong-hoc/nhat-ky/ghi/"
    html = teacher.get(write, {"do": str(run.key)}).content.decode()
    assert f'value="{run.key}" selected' in html
    typed = {
        **{"number": str(uuid4()), "pack": str(run.pack), "on": f"{today():%d/%m/%Y}", "grade": "6"},
        **{"class_name": "6A", "languages": ["vi"], "went": "tot", "quiz": str(run.key)},
    }
    other = SchoolLessonPage.objects.get(slug="lop-4-5")
    assert teacher.post(write, {**typed, "pack": str(other.translation_key)}).status_code == 422
    assert teacher.post(write, typed).status_code == 302
    run.refresh_from_db()
    row = LessonLog.objects.get()
    assert run.activity_key == row.activity_key
    assert "trước: đúng 7/25" in teacher.get("/truong-hoc/nhat-ky/").content.decode()
    assert f"Đi cùng bài đã ghi ngày {today():%d/%m/%Y}" in teacher.get(f"{RUNS}{run.key}/").content.decode()
    # asked for once, and the entry that corrects it has them too
    assert 'name="quiz"' not in teacher.get(write).content.decode()
    edit = f"/truong-hoc/nhat-ky/{row.pk}/sua/"
    assert teacher.post(edit, {**typed, "number": str(uuid4()), "went": "kho"}).status_code == 302
    assert "trước: đúng 7/25" in teacher.get("/truong-hoc/nhat-ky/").content.decode()


def test_the_run_mode_leads_to_the_quiz(packs, client):
    page = packs["lop-6-9"]
    assert (
        f"/truong-hoc/nhat-ky/do/?bai={page.translation_key}" in client.get("/truong-hoc/lop-6-9/day/").content.decode()
    )
