"""The catalogue, a course, its modules and lessons, as a visitor and as a learner see them."""

import gzip
import re
from datetime import date

import pytest
from bodies import full_body
from django.core.exceptions import ValidationError
from factories import approve, make_course, make_page, make_posting, make_unit
from sharing import shared

from courses.content.catalogue import CataloguePage
from courses.content.lesson import LessonPage
from courses.content.structure import Course, Module
from courses.learning.concerning import concerning
from courses.learning.outline import outline
from pages.shell.surfaces import stylesheet
from people.times import today
from people.units.unit import Sector, UnitKind


@shared
def small_course():
    small_course = make_course(lessons=3)
    small_course.course.objectives = "Nêu được ba yếu tố\n\nHỏi chuyện an toàn"
    small_course.course.summary = "Nhận ra dấu hiệu, báo đúng nơi."
    small_course.course.audience = "Cán bộ cơ sở"
    small_course.course.save()
    for lesson, minutes in zip(small_course.lessons, (30, 35, 40), strict=True):
        lesson.body, lesson.minutes = full_body(), minutes
        lesson.sources = "Luật 53/2024/QH15"
        lesson.save()
    small_course.catalogue = CataloguePage.objects.get()
    return small_course


def words(response) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_a_visitor_reads_what_a_course_is_and_is_led_to_sign_in(small_course, client):
    html = words(client.get(small_course.catalogue.url))
    assert small_course.course.title in html
    html = words(client.get(small_course.course.url))
    for said in ("Nêu được ba yếu tố", "Hỏi chuyện an toàn", "Cán bộ cơ sở", "Mô-đun 1", "Bài kiểm tra cuối khóa"):
        assert said in html
    assert f'href="/tai-khoan/login/?next={small_course.course.url}"' in html
    assert "Đã xong" not in html
    assert small_course.lessons[0].title in words(client.get(small_course.module.url))


def test_a_visitor_finds_the_way_back_to_the_catalogue(small_course, client):
    for page in (small_course.course, small_course.module):
        assert f'<a href="{small_course.catalogue.url}">{small_course.catalogue.title}</a></li>' in words(
            client.get(page.url)
        )


def test_a_visitor_gets_no_cookie(small_course, client):
    for url in (small_course.catalogue.url, small_course.course.url, small_course.module.url):
        assert not client.get(url).cookies


def test_duration_is_counted_from_what_there_is_to_learn(small_course, client):
    # 30 + 35 + 40 minutes of lessons, 30 of the quiz
    assert "<dd>2 giờ 15 phút</dd>" in words(client.get(small_course.course.url))
    make_page(small_course.module, LessonPage, "Thêm", minutes=45)
    assert "<dd>3 giờ</dd>" in words(client.get(small_course.course.url))


def test_a_course_that_nobody_approved_says_so_once_below_the_next_step(small_course, cast, client_of):
    client = client_of(cast.learner)
    html = words(client.get(small_course.course.url))
    assert html.count("chưa duyệt") == 1
    assert html.index("Bắt đầu") < html.index("chưa duyệt")
    for page in (small_course.module, small_course.lessons[0]):
        assert "chưa duyệt" not in words(client.get(page.url))
    approve(small_course.course.key, on=date(2026, 3, 2), by=cast.manager)
    html = words(client.get(small_course.course.url))
    assert "chưa duyệt" not in html
    assert "Trần Thị Lan duyệt nội dung ngày 02/03/2026" in html


def test_what_is_next_is_one_tap_away_on_every_page(small_course, cast, client_of):
    client = client_of(cast.learner)
    client.post(f"/hoc-tap/muc/{small_course.lessons[0].pk}/xong/")
    following = f'href="{small_course.lessons[1].url}"'
    for url in (
        "/hoc-tap/",
        small_course.course.url,
        small_course.module.url,
        small_course.lessons[0].url,
        small_course.lessons[2].url,
    ):
        assert following in words(client.get(url)), url


def test_a_lesson_shows_where_one_is(small_course, cast, client_of):
    html = words(client_of(cast.learner).get(small_course.lessons[1].url))
    assert "mục 2/3" in html
    assert f'<a href="{small_course.lessons[1].url}" aria-current="page">' in html
    assert f'<a href="{small_course.lessons[0].url}" rel="prev">' in html
    assert "Luật 53/2024/QH15" in html
    assert html.count("<h1") == 1


def test_the_course_says_what_is_done_under_way_and_next(small_course, cast, client_of):
    client = client_of(cast.learner)
    html = words(client.get(small_course.course.url))
    assert "0/4 mục" in html
    assert f"Bắt đầu: {small_course.lessons[0].title}" in html
    client.post(f"/hoc-tap/muc/{small_course.lessons[0].pk}/xong/")
    html = words(client.get(small_course.course.url))
    assert "1/4 mục" in html
    assert "Đang học · 1/3 mục" in html
    assert f"Học tiếp: {small_course.lessons[1].title}" in html
    for lesson in small_course.lessons[1:]:
        client.post(f"/hoc-tap/muc/{lesson.pk}/xong/")
    html = words(client.get(small_course.course.url))
    assert '<li class="done"><div><h3><a href="/khoa-hoc/nhan-dien-nan-nhan/mo-dun-1/">' in html
    assert f"Học tiếp: {small_course.quiz.title}" in html


def test_a_course_without_lessons_and_a_lesson_without_words_say_so(small_course, cast, client_of):
    client = client_of(cast.learner)
    empty = make_page(small_course.module, LessonPage, "Trống")
    assert "Mục này chưa có nội dung." in words(client.get(empty.url))
    for page in small_course.course.get_descendants().specific():
        page.unpublish()
    assert "Khóa học này chưa có mục nào." in words(client.get(small_course.course.url))
    small_course.course.unpublish()
    assert "Chưa có khóa học nào được mở." in words(client.get(small_course.catalogue.url))


def test_a_lesson_in_a_module_that_is_a_draft_stays_reachable(small_course, cast, client_of):
    """As Wagtail has it: withdrawing a page leaves what is below it, unless the editor says otherwise."""
    client = client_of(cast.learner)
    small_course.module.unpublish()
    assert client.get(small_course.lessons[0].url).status_code == 200
    assert f'href="{small_course.module.url}"' not in words(client.get(small_course.course.url))


def test_a_page_weighs_thirty_kilobytes_at_most_and_asks_six_times(small_course, cast, client_of, settings):
    client = client_of(cast.learner)
    scripts = b"".join((settings.SITE_DIR / "static" / "js" / name).read_bytes() for name in ("shell.js", "lesson.js"))
    style = stylesheet("learn").encode()
    for url in (
        "/hoc-tap/",
        small_course.catalogue.url,
        small_course.course.url,
        small_course.module.url,
        small_course.lessons[0].url,
    ):
        html = client.get(url).content
        weight = sum(len(gzip.compress(part)) for part in (html, style, scripts))
        assert weight <= 30 * 1024, (url, weight)
        references = re.findall(rb'<(?:script|img)[^>]* src="|<link[^>]*rel="(?:stylesheet|icon|manifest)"', html)
        assert 1 + len(references) <= 6, url


def test_lessons_for_a_sector_are_labelled_and_listed_for_whom_they_concern(small_course, cast, client_of):
    lesson = small_course.lessons[2]
    lesson.sectors = ["cong_an", "bien_phong"]
    lesson.save()
    police = make_unit("CA-48", "Công an thành phố", UnitKind.AGENCY, cast.units.da_nang, sector=Sector.POLICE)
    make_posting(cast.stranger, police)
    concerned, other = client_of(cast.stranger), client_of(cast.learner)
    listed = f'<li><a href="{lesson.url}">{lesson.title}</a> <span class="sm mute">Công an · Biên phòng</span></li>'
    assert "Nhất là cho anh chị" in words(concerned.get(small_course.course.url))
    assert listed in words(concerned.get(small_course.course.url))
    assert listed not in words(other.get(small_course.course.url))
    for client in (concerned, other):
        for page in (small_course.module, lesson):
            assert '<span class="tag info">Công an</span><span class="tag info">Biên phòng</span>' in words(
                client.get(page.url)
            )


def test_a_course_without_marks_asks_nobodys_sector(small_course, cast, django_assert_num_queries):
    read = outline(small_course.course)
    with django_assert_num_queries(0):
        assert concerning(cast.learner, read, today()) == []


def test_a_sector_that_does_not_exist_is_refused(small_course):
    small_course.lessons[0].sectors = ["khong-co"]
    with pytest.raises(ValidationError, match="Chọn ngành trong danh sách"):
        small_course.lessons[0].full_clean()


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("1.1/1", "Hỏi ba câu"),
        ("1.1/2", "Nhận ra dấu hiệu"),
        ("1.1/3", ""),
        ("1.1/0", ""),
        ("1.1/x", ""),
        ("1.2/1", ""),
        ("", ""),
    ],
)
def test_an_objective_is_said_in_the_words_of_its_module(code, words):
    module = Module(1, "1.1. Hiểu đúng", "/", ("Hỏi ba câu", "Nhận ra dấu hiệu"), ())
    other = Module(2, "11.1. Khác", "/", ("Điều khác",), ())
    course = Course(1, "k", "vi", "Khóa", "", "/", False, "", ("", ""), (), (other, module), ())
    assert course.objective_in_words(code) == words
