"""The glossary: alphabetical as in a Vietnamese dictionary, each word with the lesson that explains it."""

import json

import pytest
from bodies import block
from django.db import connection
from django.test.utils import CaptureQueriesContext
from factories import make_course, make_page
from sharing import shared

from courses.content.lesson import LessonPage


def term(word, meaning, number=9):
    return block("term", {"word": word, "meaning": meaning}, number)


def body(*blocks):
    return json.dumps(list(blocks), ensure_ascii=False)


@shared
def courses():
    made = make_course(lessons=2)
    made.lessons[0].body = body(term("đồng thuận", "Bằng lòng sau khi đã hiểu.", 1), term("dụ dỗ", "Nói ngọt.", 2))
    made.lessons[1].body = body(term("ép buộc", "Bắt làm.", 3), term("Dụ dỗ", "Hứa hão.", 4))
    for lesson in made.lessons:
        lesson.save()
    made.other = make_course(key="ho-tro-tam-ly-ban-dau", lessons=1, title="Hỗ trợ tâm lý ban đầu")
    made.other.lessons[0].body = body(term("sang chấn", "Vết thương trong lòng.", 5))
    made.other.lessons[0].save()
    return made


@pytest.fixture
def here(cast, client_of):
    return client_of(cast.learner)


def words(response) -> list[str]:
    return [entry.word for _letter, group in response.context["letters"] for entry in group]


def test_all_words_of_all_courses_each_once(courses, here):
    response = here.get("/hoc-tap/tu-can-hieu/")
    assert words(response) == ["dụ dỗ", "đồng thuận", "ép buộc", "sang chấn"]
    assert [letter for letter, _group in response.context["letters"]] == ["D", "Đ", "E", "S"]


def test_the_words_of_one_course(courses, here):
    assert words(here.get("/hoc-tap/tu-can-hieu/ho-tro-tam-ly-ban-dau/")) == ["sang chấn"]
    assert here.get("/hoc-tap/tu-can-hieu/khong-co/").status_code == 404


def test_a_word_opens_without_a_script_and_leads_to_every_lesson_that_explains_it(courses, here):
    html = here.get("/hoc-tap/tu-can-hieu/").content.decode()
    assert "<summary>dụ dỗ</summary><p>Nói ngọt.</p><p>Hứa hão.</p>" in html
    for lesson, number in ((courses.lessons[0], 2), (courses.lessons[1], 4)):
        assert f'href="{lesson.url}#b-11111111-0000-4000-8000-{number:012}"' in html


def test_a_shut_lesson_is_named_and_not_linked(courses, here):
    courses.course.order_enforced = True
    courses.course.save()
    html = here.get("/hoc-tap/tu-can-hieu/").content.decode()
    assert "Mục 2 (chưa mở)" in html
    assert courses.lessons[1].url not in html


def test_a_word_of_a_withdrawn_lesson_is_gone(courses, here):
    courses.lessons[1].unpublish()
    assert "ép buộc" not in words(here.get("/hoc-tap/tu-can-hieu/"))


def test_no_word_yet_is_said(here):
    assert "Chưa có từ nào được giải nghĩa." in here.get("/hoc-tap/tu-can-hieu/").content.decode()


def test_the_number_of_queries_does_not_grow_with_words(courses, here):
    here.get("/hoc-tap/tu-can-hieu/")
    with CaptureQueriesContext(connection) as few:
        here.get("/hoc-tap/tu-can-hieu/")
    make_page(courses.module, LessonPage, "Thêm", body=body(*(term(f"từ {n}", "Nghĩa.", n) for n in range(20, 40))))
    here.get("/hoc-tap/tu-can-hieu/")
    with CaptureQueriesContext(connection) as many:
        assert len(words(here.get("/hoc-tap/tu-can-hieu/"))) == 24
    assert len(many) == len(few)


def test_the_course_leads_to_its_words_and_its_search_for_who_is_signed_in(courses, here, client):
    html = here.get(courses.course.url).content.decode()
    assert "/hoc-tap/tu-can-hieu/nhan-dien-nan-nhan/" in html
    assert 'action="/hoc-tap/tim/"' in html
    assert "/hoc-tap/tim/" not in client.get(courses.course.url).content.decode()
