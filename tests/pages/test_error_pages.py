"""Error pages say what happened and what to do, in the look of the site, with the database away."""

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connection
from django.template import TemplateSyntaxError
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from config.serving import errors
from config.urls import urlpatterns as site_urls


class DatabaseTouched(Exception):
    pass


def refuse(*args, **kwargs):
    raise DatabaseTouched("an error page asked the database")


def broken(request):
    raise ValueError("a bug")


def database_away(request):
    raise OperationalError("unable to open database file")


def forbidden(request):
    raise PermissionDenied


urlpatterns = [
    path("broken/", broken),
    path("away/", database_away),
    path("forbidden/", forbidden),
    *site_urls,
]
handler400, handler403 = "config.serving.errors.bad_request", "config.serving.errors.permission_denied"
handler404, handler500 = "config.serving.errors.page_not_found", "config.serving.errors.server_error"

PAGES = {
    400: errors.bad_request,
    403: errors.permission_denied,
    404: errors.page_not_found,
    405: errors.method_not_allowed,
    500: errors.server_error,
    503: errors.unavailable,
}


@pytest.fixture
def request_without_database():
    request = RequestFactory().get("/hoc-tap/?trang=2")
    with connection.execute_wrapper(refuse):
        yield request


@pytest.mark.parametrize(("status", "view"), PAGES.items(), ids=lambda value: getattr(value, "__name__", str(value)))
@pytest.mark.django_db
def test_an_error_page_needs_no_database(request_without_database, status, view):
    response = view(request_without_database)
    html = response.content.decode()
    assert response.status_code == status
    assert html.count("<h1>") == 1
    assert 'class="top"' in html, "it wears the look of the site"
    assert 'href="tel:111"' in html
    assert 'href="/"' in html
    assert "data-quick-exit" in html


@pytest.mark.parametrize("view", PAGES.values())
@pytest.mark.django_db
def test_who_has_a_session_reads_the_words_of_her_own_pages_and_can_sign_out(request_without_database, view):
    request_without_database.COOKIES[settings.SESSION_COOKIE_NAME] = "khoa"
    html = view(request_without_database).content.decode()
    assert "Rời trang nhanh" in html
    assert "Thoát" not in html, "officials read it as signing out, and no button of this page is called so"
    assert 'href="/tai-khoan/logout/"' in html


@pytest.mark.parametrize("view", PAGES.values())
def test_to_everybody_else_the_way_out_is_called_as_on_public_pages(view):
    html = view(RequestFactory().get("/")).content.decode()
    assert "Rời trang nhanh" not in html
    assert "/tai-khoan/logout/" not in html
    assert "data-quick-exit" in html


@pytest.mark.django_db
def test_an_unknown_address_of_the_editors_offers_both_ways_out_too(client_of, cast):
    response = client_of(cast.editor).get("/cms/khong-co/")
    html = response.content.decode()
    assert response.status_code == 404
    assert "Rời trang nhanh" in html
    assert 'href="/tai-khoan/logout/"' in html


def test_a_broken_error_page_still_leaves_the_numbers_to_call(monkeypatch, caplog):
    def fail(*args, **kwargs):
        raise TemplateSyntaxError("broken")

    monkeypatch.setattr(errors, "render_to_string", fail)
    response = errors.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "tel:111" in response.content.decode()


@pytest.fixture
def visitor():
    with override_settings(ROOT_URLCONF=__name__, DEBUG=False):
        yield Client(raise_request_exception=False)


@pytest.mark.django_db
def test_an_unknown_address_is_a_page_in_vietnamese(visitor):
    response = visitor.get("/khong-co/")
    assert response.status_code == 404
    assert "Không có trang này" in response.content.decode()
    assert not response.cookies


@pytest.mark.django_db
def test_a_bug_is_reported_without_its_details(visitor):
    response = visitor.get("/broken/")
    html = response.content.decode()
    assert response.status_code == 500
    assert "a bug" not in html
    assert 'href="/broken/"' in html, "the same address can be tried again"


@pytest.mark.django_db
def test_an_unreachable_database_is_reported_as_such(visitor):
    response = visitor.get("/away/")
    assert response.status_code == 503
    assert response["Retry-After"]
    assert "tạm ngừng" in response.content.decode()


@pytest.mark.django_db
def test_a_forbidden_page_says_whom_to_ask(visitor):
    response = visitor.get("/forbidden/")
    assert response.status_code == 403
    assert "người quản lý tập huấn" in response.content.decode()


@pytest.mark.django_db
def test_an_address_that_only_takes_a_form_says_so_when_opened_by_hand(visitor):
    response = visitor.get("/tai-khoan/du-lieu/xoa/")
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert "chỉ nhận biểu mẫu" in response.content.decode()
    # the other way round, that sentence would be wrong
    assert "chỉ nhận biểu mẫu" not in visitor.post("/robots.txt").content.decode()
    assert "default-src" in response["Content-Security-Policy"]


@pytest.mark.django_db
def test_a_form_opened_before_signing_in_again_says_what_to_do():
    client = Client(enforce_csrf_checks=True)
    response = client.post(
        "/tai-khoan/login/",
        {"login": "TG-001", "password": "x"},
        headers={"referer": "http://testserver/tai-khoan/login/?next=/hoc-tap/"},
    )
    html = response.content.decode()
    assert response.status_code == 403
    assert "tải lại, rồi gửi lại" in html
    assert 'href="/tai-khoan/login/?next=/hoc-tap/"' in html


def test_another_sites_address_is_never_offered_for_reloading():
    request = RequestFactory().post("/x/", headers={"referer": "https://evil.example/x"})
    assert "evil.example" not in errors.csrf_failure(request).content.decode()


@pytest.mark.parametrize("address", ["/bao-cao/can-bo/a%00b/", "/bao-cao/yeu-cau/%00/", "/%00"])
def test_an_address_that_no_database_can_look_for_is_not_found(address):
    response = Client().get(address)
    assert response.status_code == 404
    assert "Không có trang này" in response.content.decode()
