"""Searching within courses: by title or phrase, for who may open the lesson, and nothing of it for the public."""

import json

import pytest
from bodies import block, items
from django.db import connection
from django.test.utils import CaptureQueriesContext
from factories import make_course, make_page
from sharing import shared

from courses.content.lesson import LessonPage
from courses.keeping.excerpts import excerpt

TEXT = "<p>Trong <b>72 giờ</b> đầu, trạm y tế còn giúp được nhiều. Cơ quan trả lời sau ba ngày làm việc.</p>"


def body(*blocks):
    return json.dumps(list(blocks), ensure_ascii=False)


@shared
def courses():
    first = make_course(lessons=2)
    interpreter, hours = first.lessons
    interpreter.title = "Người phiên dịch"
    interpreter.save()
    hours.body = body(block("text", TEXT))
    hours.save()
    first.other = make_course(key="ho-tro-tam-ly-ban-dau", lessons=1, title="Hỗ trợ tâm lý ban đầu")
    return first


@pytest.fixture
def here(cast, client_of):
    return client_of(cast.learner)


def found(client, text, **more) -> list[str]:
    response = client.post("/hoc-tap/tim/", {"q": text, **more})
    assert response.status_code == 200
    return [one.step.title for one in response.context["results"].lessons]


@pytest.mark.parametrize("typed", ["Người phiên dịch", "nguoi phien dich", "NGƯỜI  PHIÊN DỊCH", "phiên dịch"])
def test_a_lesson_is_found_by_its_title_however_it_is_typed(courses, here, typed):
    assert found(here, typed)[0] == "Người phiên dịch"


@pytest.mark.parametrize("typed", ["72 giờ", "72 gio", "ba ngày"])
def test_a_lesson_is_found_by_a_phrase_in_it(courses, here, typed):
    assert found(here, typed) == ["Mục 2"]


def test_words_that_stand_apart_are_no_phrase(courses, here):
    assert found(here, "ngay tram") == []


def test_the_line_below_a_result_shows_the_place(courses, here):
    html = here.post("/hoc-tap/tim/", {"q": "ba ngày"}).content.decode()
    assert "trả lời sau ba ngày làm việc." in html
    assert courses.lessons[1].url in html


def test_a_search_in_one_course_leaves_out_the_others(courses, here):
    assert found(here, "mục", khoa="ho-tro-tam-ly-ban-dau") == ["Mục 1"]
    assert found(here, "72 giờ", khoa="ho-tro-tam-ly-ban-dau") == []


def test_a_shut_lesson_is_named_without_its_words_and_its_address(courses, here):
    courses.course.order_enforced = True
    courses.course.save()
    html = here.get("/hoc-tap/tim/", {"q": "72 giờ"}).content.decode()
    assert "Mục 2" in html
    assert "chưa mở" in html
    assert courses.lessons[1].url not in html
    assert "trạm y tế" not in html


def test_a_withdrawn_lesson_is_not_found(courses, here):
    courses.lessons[1].unpublish()
    assert found(here, "72 giờ") == []


def test_the_public_search_finds_no_lesson(courses, client):
    for text in ("72 giờ", "Người phiên dịch"):
        assert "Không tìm thấy trang nào" in client.get("/tim-kiem/", {"q": text}).content.decode()


def test_nobody_searches_without_signing_in(courses, client):
    assert client.get("/hoc-tap/tim/").url.startswith("/tai-khoan/login/")


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"q": " "}, "Gõ tên mục hoặc vài từ trong mục."),
        ({"q": "x"}, "Gõ ít nhất hai chữ cái hoặc chữ số."),
        ({"q": "x" * 101}, "Lời tìm dài quá."),
        ({"q": "ba ngày", "khoa": "khong-co"}, "Chọn khóa học trong danh sách."),
        ({"q": "con voi biết bay"}, "Không tìm thấy mục nào."),
    ],
)
def test_what_cannot_be_searched_or_found_is_said_in_one_sentence(courses, here, sent, sentence):
    assert sentence in here.post("/hoc-tap/tim/", sent).content.decode()


def test_the_number_of_queries_does_not_grow_with_what_is_found(courses, here):
    found(here, "mục")
    with CaptureQueriesContext(connection) as few:
        found(here, "72 giờ")
    for n in range(12):
        make_page(courses.module, LessonPage, f"Mục thêm {n}", body=body(block("text", TEXT)))
    found(here, "72 giờ")
    with CaptureQueriesContext(connection) as many:
        assert len(found(here, "72 giờ")) == 10
    assert len(many) == len(few)


def test_pages_of_results_are_turned_by_buttons(courses, here):
    for n in range(12):
        make_page(courses.module, LessonPage, f"Thêm {n:02}", body=body(block("text", TEXT)))
    assert "Trang sau" in here.post("/hoc-tap/tim/", {"q": "72 giờ"}).content.decode()
    assert len(found(here, "72 giờ", trang="2")) == 3


def test_a_result_never_tells_which_option_is_right(courses, here):
    options = items(
        {"text": "Bỏ đi", "verdict": "harmful", "consequence": "Anh bỏ đi mất.", "remark": "Mất người rồi đó."},
        {"text": "Nghe", "verdict": "best", "consequence": "Anh kể hết.", "remark": "Lắng nghe trước đã nhé."},
    )
    lesson = courses.lessons[0]
    lesson.body = body(block("decision", {"ask": "Anh chị làm gì?", "options": options}))
    lesson.save()
    html = here.post("/hoc-tap/tim/", {"q": "lắng nghe trước đã"}).content.decode()
    assert lesson.url in html
    assert "Lắng nghe trước đã nhé" not in html


def test_an_excerpt_begins_a_little_before_the_phrase():
    text = " ".join(f"chữ{n}" for n in range(40))
    assert excerpt(iter([text]), ("chu20", "chu21")).startswith("… chữ12 chữ13")
    assert excerpt(iter(["Một câu.", "Câu hai có ba ngày."]), ("ba", "ngay")) == "Câu hai có ba ngày."
    assert excerpt(iter([""]), ("ba",)) == ""
