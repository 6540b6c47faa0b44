"""A page is found by one look-up, and everything that Wagtail's own routing does still holds."""

import re

from bodies import TICK_A, TICK_B, full_body
from django.db import connection
from django.test.utils import CaptureQueriesContext
from factories import make_course, make_page
from sharing import shared
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page, PageViewRestriction, Site

from courses.content.catalogue import CataloguePage
from courses.content.lesson import LessonPage
from pages.home.page import HomePage
from pages.serving import version


@shared
def small_course():
    small_course = make_course(lessons=3)
    small_course.lessons[0].body = full_body()
    small_course.lessons[0].save()
    return small_course


def queries_of(client, url):
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)
    assert response.status_code == 200
    return [query["sql"] for query in queries]


def test_a_signed_in_lesson_costs_nine_queries_at_most(small_course, cast, client_of):
    client = client_of(cast.learner)
    client.get(small_course.lessons[0].url)
    # session, person; page; lessons seen with places, attempts, completions; ticks; questions asked here; roles in the
    # menu
    assert len(queries_of(client, small_course.lessons[0].url)) <= 9


def test_a_cold_process_stays_within_the_limit_too(small_course, cast, client_of):
    version.raise_version()
    assert len(queries_of(client_of(cast.learner), small_course.lessons[0].url)) <= 22


def test_a_visitor_opens_a_course_with_one_query(small_course, client):
    client.get(small_course.course.url)
    assert len(queries_of(client, small_course.course.url)) <= 2


def test_the_first_page_and_deep_pages_are_served_by_their_address(small_course, client):
    assert client.get("/").status_code == 200
    assert small_course.course.title in client.get("/khoa-hoc/").content.decode()
    assert client.get("/khoa-hoc/nhan-dien-nan-nhan/mo-dun-1/").status_code == 200


def test_an_address_without_its_slash_is_led_to_the_one_with_it(small_course, client):
    assert client.get("/khoa-hoc").headers["Location"] == "/khoa-hoc/"


def test_a_draft_and_what_was_withdrawn_are_not_found(small_course, client):
    make_page(CataloguePage.objects.get(), CataloguePage, "x", slug="nhap", live=False)
    assert client.get("/khoa-hoc/nhap/").status_code == 404
    assert client.get(small_course.course.url).status_code == 200
    small_course.course.unpublish()
    assert client.get(small_course.course.url).status_code == 404
    small_course.course.save_revision().publish()
    assert client.get(small_course.course.url).status_code == 200


def test_nothing_stands_at_an_unknown_address(small_course, client):
    assert client.get("/khoa-hoc/khong-co/").status_code == 404
    assert client.get("/trang-dau/khoa-hoc/").status_code == 404


def test_a_page_that_moves_or_changes_its_address_is_found_at_the_new_one(small_course, client):
    old = small_course.course.url
    client.get(old)
    small_course.course.slug = "ten-moi"
    small_course.course.save()
    assert client.get("/khoa-hoc/ten-moi/").status_code == 200
    assert client.get("/khoa-hoc/ten-moi/mo-dun-1/").status_code == 200
    assert client.get(old).status_code == 404
    small_course.module.refresh_from_db()
    other = make_course(key="khoa-hai", title="Khóa hai")
    small_course.module.slug = "mo-dun-khac"
    small_course.module.save()
    small_course.module.move(other.course, "last-child")
    assert client.get("/khoa-hoc/khoa-hai/mo-dun-khac/").status_code == 200


def test_a_deleted_page_is_gone(small_course, client):
    url = small_course.module.url
    assert client.get(url).status_code == 200
    Page.objects.get(pk=small_course.module.pk).delete()
    assert client.get(url).status_code == 404


def test_a_page_for_people_who_sign_in_asks_them_to(small_course, client, client_of, cast):
    assert client.get(small_course.course.url).status_code == 200
    PageViewRestriction.objects.create(page=small_course.course, restriction_type=PageViewRestriction.LOGIN)
    response = client.get(small_course.course.url)
    assert (response.status_code, response["Location"]) == (302, f"/tai-khoan/login/?next={small_course.course.url}")
    assert client.get(small_course.module.url).status_code == 302
    assert client.get("/khoa-hoc/").status_code == 200
    assert client_of(cast.learner).get(small_course.course.url).status_code == 200
    PageViewRestriction.objects.all().delete()
    assert client.get(small_course.course.url).status_code == 200


def test_a_page_behind_a_password_asks_for_it(small_course, client):
    PageViewRestriction.objects.create(
        page=small_course.course, restriction_type=PageViewRestriction.PASSWORD, password="mo-cua"
    )
    html = client.get(small_course.course.url).content.decode()
    assert 'type="password"' in html
    assert "Mô-đun 1" not in html


def test_an_old_address_leads_to_the_new_one(small_course, client):
    Redirect.add_redirect("/bai-cu", small_course.course)
    response = client.get("/bai-cu/")
    assert (response.status_code, response["Location"]) == (301, small_course.course.url)


def test_wagtails_own_way_to_sign_in_leads_to_ours(client):
    assert client.get("/_util/login/?next=/khoa-hoc/")["Location"] == "/tai-khoan/login/?next=/khoa-hoc/"


def test_an_alias_is_left_to_wagtail(small_course, client):
    alias = small_course.module.create_alias(update_slug="ban-sao")
    assert client.get(alias.url).status_code in (200, 404)
    assert alias.url.endswith("/ban-sao/")


def test_a_second_site_is_left_to_wagtail(small_course, client):
    other = make_page(
        Page.get_first_root_node(), HomePage, "Trang khác", slug="trang-khac", heading="Khác", lead="Khác"
    )
    Site.objects.create(hostname="khac.example", root_page=other)
    assert client.get(small_course.course.url).status_code == 200
    assert client.get(small_course.course.url, headers={"host": "localhost"}).status_code == 200


def test_a_translation_is_served_under_its_language(small_course, client):
    lao, _created = Locale.objects.get_or_create(language_code="lo")
    for page in (HomePage.objects.first(), CataloguePage.objects.get(), small_course.course):
        translated = page.copy_for_translation(lao)
        translated.title = f"{page.title} (lo)"
        translated.save_revision().publish()
    assert small_course.course.get_translation(lao).url == "/lo/khoa-hoc/nhan-dien-nan-nhan/"
    html = client.get("/lo/khoa-hoc/nhan-dien-nan-nhan/").content.decode()
    assert "Nhận diện nạn nhân bị mua bán (lo)" in html
    assert '<html lang="lo">' in html
    assert "(lo)" not in client.get("/khoa-hoc/nhan-dien-nan-nhan/").content.decode()


def test_an_edited_lesson_is_shown_at_once_in_every_process(small_course, cast, client_of):
    client = client_of(cast.learner)
    lesson = small_course.lessons[0]
    assert "Hỏi <b>từng câu một</b>." in client.get(lesson.url).content.decode()
    page = LessonPage.objects.get(pk=lesson.pk)
    page.body = full_body().replace("từng câu một", "thật chậm")
    page.save_revision()
    assert "từng câu một" in client.get(lesson.url).content.decode()
    page.save_revision().publish()
    assert "Hỏi <b>thật chậm</b>." in client.get(lesson.url).content.decode()


def test_what_is_kept_holds_only_under_the_version_it_was_made_under():
    small_course = []
    assert version.kept("v1", "test", lambda: small_course.append(1) or "a") == "a"
    assert version.kept("v1", "test", lambda: small_course.append(2) or "b") == "a"
    assert version.kept("v2", "test", lambda: small_course.append(3) or "c") == "c"
    assert small_course == [1, 3]


def test_nothing_is_kept_of_an_address_where_nothing_stands():
    assert version.kept("v1", "nothing", lambda: None) is None
    assert version.kept("v1", "nothing", lambda: "now") == "now"


def test_a_change_raises_the_version_for_all_processes(small_course):
    before = version.current()
    assert version.current() == before
    small_course.lessons[0].save()
    assert version.current() != before


def test_ticks_of_one_person_are_not_in_the_kept_body(small_course, cast, client_of):
    address = f"/hoc-tap/muc/{small_course.lessons[0].pk}/danh-dau/"
    mine = client_of(cast.learner)
    mine.post(address, {"shown": [TICK_A, TICK_B], "ticked": [TICK_A]})
    assert f'value="{TICK_A}" checked' in mine.get(small_course.lessons[0].url).content.decode()
    theirs = client_of(cast.other_learner).get(small_course.lessons[0].url).content.decode()
    assert f'value="{TICK_A}"' in theirs
    assert not re.search(rf'value="(?:{TICK_A}|{TICK_B})" checked', theirs)
