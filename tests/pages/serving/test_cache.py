"""Public pages are drawn once for a content version and day; nobody's own page is kept, no change is missed."""

import gzip
from datetime import date

import brotli
import pytest
import time_machine
from django.conf import settings
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from sharing import shared

from campaigns.starter.seeding import create_campaign
from config.management.commands import prepare
from pages.contacts import starter
from pages.home.page import create_home
from pages.serving import cache, version

NOW = "2026-07-20T09:00:00+07:00"


@shared
def home_page():
    home = create_home()
    starter.create_contacts()
    create_campaign(home, date(2026, 5, 1), lambda line: None)
    return home


@pytest.fixture
def home(home_page):
    cache._entries.clear()
    caches["pages"].clear()
    with time_machine.travel(NOW, tick=True):
        yield home_page


def queries_of(client, path="/", **headers) -> int:
    with CaptureQueriesContext(connection) as seen:
        client.get(path, headers=headers)
    return len(seen)


def test_a_page_that_somebody_read_costs_the_next_reader_no_query(home, client):
    assert queries_of(client) > 0
    assert queries_of(client) == 0
    assert client.get("/").content.decode().count("<h1") == 1


def test_another_process_finds_it_too(home, client):
    client.get("/")
    cache._entries.clear()
    assert queries_of(client) == 0


def test_a_published_change_is_seen_at_once(home, client):
    client.get("/")
    home.seo_title = "Lời mới"
    home.save_revision()
    assert "Lời mới" not in client.get("/").content.decode()
    home.save_revision().publish()
    assert "Lời mới" in client.get("/").content.decode()


def test_a_page_of_yesterday_is_not_shown_today(home, client):
    client.get("/")
    with time_machine.travel("2026-07-21T00:00:05+07:00"):
        assert queries_of(client) > 0


def test_a_rendering_begun_before_a_change_is_never_shown_after_it(home, client, monkeypatch):
    """Somebody publishes while the page is being drawn from the old words."""
    drawn = type(home).get_context

    def slowly(self, request, *args, **kwargs):
        context = drawn(self, request, *args, **kwargs)
        monkeypatch.undo()
        other = type(home).objects.get(pk=home.pk)
        other.seo_title = "Lời mới"
        other.save_revision().publish()
        return context

    monkeypatch.setattr(type(home), "get_context", slowly)
    assert "Lời mới" not in client.get("/").content.decode()
    assert "Lời mới" in client.get("/").content.decode()


def test_what_was_read_before_a_commit_is_not_taken_for_what_came_after_it(home, django_capture_on_commit_callbacks):
    """The version is raised at once and again on commit: between the two another process reads the old rows."""
    before = version.current()
    with django_capture_on_commit_callbacks(execute=True):
        home.save()
        between = version.current()
    assert len({before, between, version.current()}) == 3


def test_after_an_upgrade_nobody_reads_a_page_drawn_before_it(home, client, monkeypatch):
    """Its stylesheet has another name, or is gone."""
    for step in ("_migrate", "_collect_static"):
        monkeypatch.setattr(prepare.Command, step, lambda self: None)
    assert queries_of(client) > 0
    assert queries_of(client) == 0
    call_command("prepare")
    assert queries_of(client) > 0


def test_a_browser_that_knows_the_page_is_told_so_without_it(home, client):
    first = client.get("/")
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get("/", headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert client.get("/", headers={"if-none-match": f'"x", {first.headers["ETag"]}'}).status_code == 304
    assert client.get("/", headers={"if-none-match": '"x"'}).status_code == 200
    home.seo_title = "Lời mới"
    home.save_revision().publish()
    assert client.get("/", headers={"if-none-match": first.headers["ETag"]}).status_code == 200


def test_the_page_is_kept_compressed(home, client):
    plain = client.get("/").content
    for coding, open_up in (("br", brotli.decompress), ("gzip", gzip.decompress)):
        packed = client.get("/", headers={"accept-encoding": f"deflate, {coding}"})
        assert packed.headers["Content-Encoding"] == coding
        assert int(packed.headers["Content-Length"]) == len(packed.content)
        assert open_up(packed.content) == plain
    assert client.get("/").headers["Vary"] == "Accept-Encoding"
    assert "Content-Encoding" not in client.get("/", headers={"accept-encoding": "br;q=0, gzip;q=0"}).headers


def test_a_visitor_gets_no_cookie_and_leaves_no_trace_elsewhere(home, client):
    for _time in range(2):
        response = client.get("/")
        assert not response.cookies
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        assert response.headers["X-Frame-Options"] == "DENY"


def test_who_signed_in_gets_a_page_of_their_own(home, client, client_of, cast):
    client.get("/")
    mine = client_of(cast.learner).get("/")
    assert "/tai-khoan/" in mine.content.decode()
    assert mine.headers["Cache-Control"].startswith("private")
    assert mine.headers["Referrer-Policy"] == "same-origin"
    assert 'href="/tai-khoan/login/"' in client.get("/").content.decode()


def test_who_signed_in_first_leaves_nothing_to_others(home, client, client_of, cast):
    client_of(cast.learner).get("/")
    assert queries_of(client) > 0
    assert 'href="/tai-khoan/login/"' in client.get("/").content.decode()


def test_queries_neither_fill_the_cache_nor_get_into_it(home, client):
    client.get("/")
    entries_before = len(cache._entries)
    for number in range(5):
        client.get(f"/?x={number}")
    assert len(cache._entries) == entries_before
    assert queries_of(client, "/?fbclid=abc&utm_source=zalo") == 0
    assert queries_of(client, "/?fbclid=abc&trang=2") > 0


@pytest.mark.parametrize(
    "path", ["/khong-co/", "/healthz", "/robots.txt", "/tai-khoan/login/", "/chung-nhan/", "/xem-an-toan/"]
)
def test_what_is_no_public_page_is_never_kept(home, client, path):
    client.get(path)
    assert not cache._entries


def answered(**headers) -> HttpResponse:
    """A public page as a view answers it."""
    response = HttpResponse("trang", headers={name.replace("_", "-"): value for name, value in headers.items()})
    cache.keep(None, response)
    return response


def with_cookie() -> HttpResponse:
    response = answered()
    response.set_cookie("x", "1")
    return response


def with_status(status: int) -> HttpResponse:
    response = answered()
    response.status_code = status
    return response


def streamed() -> StreamingHttpResponse:
    response = StreamingHttpResponse([b"trang"])
    cache.keep(None, response)
    return response


OF_ONE_PERSON = {
    "with a cookie": with_cookie,
    "private": lambda: answered(Cache_Control="private"),
    "private among others": lambda: answered(Cache_Control="max-age=0, private"),
    "no-store": lambda: answered(Cache_Control="no-store"),
    "no-store among others": lambda: answered(Cache_Control="no-cache, no-store"),
    "not found": lambda: with_status(404),
    "moved": lambda: with_status(301),
    "made": lambda: with_status(201),
    "streamed": streamed,
    "not called public": lambda: HttpResponse("trang"),
}


@pytest.fixture
def empty(monkeypatch):
    """The middleware without a site behind it: the version is read from no database."""
    monkeypatch.setattr(version, "recent", lambda: ("1", 0.0))
    monkeypatch.setattr(version, "of", lambda request: "1")
    cache._entries.clear()
    caches["pages"].clear()
    yield
    cache._entries.clear()


@pytest.mark.parametrize("why", OF_ONE_PERSON)
def test_an_answer_that_may_be_of_one_person_is_passed_on_and_never_kept(empty, why):
    drawn = []
    middleware = cache.PageCacheMiddleware(lambda request: drawn.append(OF_ONE_PERSON[why]()) or drawn[-1])
    for _time in range(2):
        assert middleware(RequestFactory().get("/")) is drawn[-1]
    assert len(drawn) == 2
    assert not cache._entries
    assert "private" in drawn[0].headers["Cache-Control"] or "no-store" in drawn[0].headers["Cache-Control"]


@pytest.mark.parametrize("say", ["", "no-cache", "public, max-age=60"])
def test_a_public_page_is_kept_whatever_else_it_says(empty, say):
    drawn = []
    middleware = cache.PageCacheMiddleware(
        lambda request: drawn.append(answered(**({"Cache_Control": say} if say else {}))) or drawn[-1]
    )
    for _time in range(2):
        response = middleware(RequestFactory().get("/"))
        assert (response.content, response.headers["Cache-Control"]) == (b"trang", "no-cache")
    assert len(drawn) == 1


@pytest.mark.parametrize("mark", ["is_preview", "CSRF_COOKIE_NEEDS_UPDATE"])
def test_a_preview_and_a_page_with_a_token_are_never_kept(mark):
    request = RequestFactory().get("/")
    assert cache.may_be_kept(request, answered())
    if mark == "is_preview":
        request.is_preview = True
    else:
        request.META[mark] = True
    assert not cache.may_be_kept(request, answered())


@pytest.mark.parametrize(
    ("sent", "is_anonymous"),
    [
        ({}, True),
        ({"cookies": {"csrftoken": "x"}}, True),
        ({"cookies": {settings.SESSION_COOKIE_NAME: "x"}}, False),
        ({"cookies": {"messages": "x"}}, False),
        ({"headers": {"authorization": "Basic x"}}, False),
        ({"method": "HEAD"}, False),
        ({"method": "POST"}, False),
    ],
)
def test_only_a_get_without_a_sign_of_a_person_reads_kept_pages(sent, is_anonymous):
    request = RequestFactory(headers=sent.get("headers", {})).generic(sent.get("method", "GET"), "/")
    request.COOKIES.update(sent.get("cookies", {}))
    assert cache.is_anonymous_reading(request) is is_anonymous


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", ""),
        ("identity", ""),
        ("gzip, br", "br"),
        ("gzip", "gzip"),
        ("GZIP, deflate", "gzip"),
        ("br;q=0, gzip;q=0.1", "gzip"),
        ("br; q=0.000, gzip; q=0.00", ""),
        ("br;q=0.0,gzip;q=0", ""),
        ("br;q=0.001", "br"),
        ("bro, xgzip", ""),
    ],
)
def test_the_coding_is_the_best_that_the_browser_takes(accepted, coding):
    cache.best_coding.cache_clear()
    assert cache.best_coding(accepted) == coding


def served(response, **headers):
    """What the next reader gets of this answer."""
    middleware = cache.PageCacheMiddleware(lambda request: response)
    middleware(RequestFactory().get("/"))
    again = cache.PageCacheMiddleware(lambda request: pytest.fail("drawn again"))
    return again(RequestFactory(headers=headers).get("/"))


def test_what_the_view_said_of_its_own_answer_is_not_shared(empty):
    told = {"Vary": "Cookie", "ETag": '"mine"', "Content-Length": "99", "Cache-Control": "max-age=60"}
    response = served(answered(**{**told, "X-Robots-Tag": "noindex", "Content-Language": "vi"}))
    assert response.headers["Vary"] == "Accept-Encoding"
    assert response.headers["ETag"].startswith('W/"')
    assert len(response.headers["ETag"]) == 36
    assert response.headers["Content-Length"] == "5"
    assert response.headers["Cache-Control"] == "no-cache"
    assert (response.headers["X-Robots-Tag"], response.headers["Content-Language"]) == ("noindex", "vi")
    assert response.headers["Referrer-Policy"] == settings.SECURE_REFERRER_POLICY
    assert response.coding_chosen


def test_a_referrer_policy_of_the_page_is_kept(empty):
    assert served(answered(Referrer_Policy="no-referrer")).headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(
    ("known", "status"), [("*", 304), (" * ", 304), ("", 200), ('W/"x"', 200), ('"x", {etag}', 304), ("{etag},", 304)]
)
def test_a_browser_may_know_the_page_by_any_of_its_tags(empty, known, status):
    etag = served(answered()).headers["ETag"]
    middleware = cache.PageCacheMiddleware(lambda request: pytest.fail("drawn again"))
    request = RequestFactory(headers={"if-none-match": known.replace("{etag}", etag)}).get("/")
    assert middleware(request).status_code == status


@pytest.mark.parametrize("elsewhere", [False, True], ids=["of this process", "of another"])
def test_a_page_is_kept_for_an_hour_and_no_longer(empty, elsewhere):
    with time_machine.travel(NOW, tick=False) as clock:
        entry = cache.store("key", answered())
        for seconds, found in [(0, True), (3599, True), (1, False)]:
            clock.shift(seconds)
            if elsewhere:
                cache._entries.clear()
                caches["pages"].set(cache._short("key"), entry, None)
            assert (cache.find("key") is not None) is found


def test_a_process_holds_a_limited_number_of_pages(empty, monkeypatch):
    monkeypatch.setattr(cache, "MOST_ENTRIES", 2)
    held = []
    for key in ("a", "b", "c"):
        cache.store(key, answered())
        held.append(set(cache._entries))
    assert held == [{"a"}, {"a", "b"}, {"c"}]
    # the others are found with all processes' pages, and held again
    assert cache.find("a")
    assert set(cache._entries) == {"a", "c"}


def test_one_page_has_one_key_by_version_day_scheme_host_and_address():
    def key(path="/", version="1", **options):
        return cache.key_of(RequestFactory().get(path, **options), version)

    with time_machine.travel(NOW):
        keys = [key(), key("/a/"), key(version="2"), key(secure=True), key(headers={"host": "khac.example"})]
        assert key() == key(headers={"cookie": "x=1"}) == keys[0]
    with time_machine.travel("2026-07-21T09:00:00+07:00"):
        keys.append(key())
    assert len(set(keys)) == 6


@pytest.mark.parametrize(
    ("query", "ignored"),
    [("fbclid=x", True), ("fbclid=", True), ("gclid=1&zarsrc=2", True), ("x=1", False), ("fbclid=1&x=", False)],
)
def test_only_what_other_sites_hang_on_a_link_is_ignored(query, ignored):
    assert cache._is_ignored(query) is ignored


def test_with_a_query_a_kept_page_is_shown_and_a_missing_one_not_kept(empty):
    drawn = []
    middleware = cache.PageCacheMiddleware(lambda request: drawn.append(answered()) or drawn[-1])
    for address in ("/?fbclid=1", "/", "/?fbclid=1", "/?x=1", "/?x=1"):
        middleware(RequestFactory().get(address))
    assert len(drawn) == 4
    assert len(cache._entries) == 1


def test_the_web_server_may_show_it_up_to_the_end_of_the_second_in_which_the_version_was_read(empty):
    assert (
        cache.answer(RequestFactory().get("/"), cache.store("key", answered()), 7.9).headers["X-Accel-Expires"] == "@7"
    )


@pytest.mark.parametrize(
    ("kind", "said", "tells"),
    [
        ("text/html; charset=utf-8", None, "private, no-cache"),
        ("text/html", "no-store", "no-store"),
        ("application/json", None, None),
        ("application/json", "public", "public"),
    ],
)
def test_an_answer_of_one_person_says_so_where_the_view_said_nothing(empty, kind, said, tells):
    response = HttpResponse("x", content_type=kind, headers={"Cache-Control": said} if said else {})
    middleware = cache.PageCacheMiddleware(lambda request: response)
    assert middleware(RequestFactory().post("/")).headers.get("Cache-Control") == tells


def test_another_host_is_refused_even_where_the_page_is_kept(home, client):
    client.get("/")
    assert client.get("/", headers={"host": "khac.example"}).status_code == 400


def test_a_preview_is_not_kept_and_shows_the_draft(home, client, client_of, cast):
    client.get("/")
    home.seo_title = "Bản nháp"
    request_page = home.make_preview_request(preview_mode=home.default_preview_mode)
    assert "Bản nháp" in request_page.content.decode()
    assert "Bản nháp" not in client.get("/").content.decode()


def test_a_page_in_a_language_without_a_translation_is_kept_under_its_own_address(home, client):
    client.get("/")
    response = client.get("/lo/")
    assert response.headers["X-Robots-Tag"] == "noindex"
    again = client.get("/lo/")
    assert again.headers["X-Robots-Tag"] == "noindex"
    assert again.content == response.content
    assert "X-Robots-Tag" not in client.get("/").headers


def test_the_page_is_there_while_the_database_is_away(home, client, monkeypatch):
    client.get("/")
    with connection.execute_wrapper(lambda *args: (_ for _ in ()).throw(AssertionError("a query"))):
        assert client.get("/").status_code == 200


def test_a_process_shows_a_kept_page_by_a_version_a_moment_old_but_keeps_none_under_it(home, client, settings):
    """Another process publishes: this one notices a tenth of a second later, and tells nginx no more than it knows."""
    settings.CONTENT_VERSION_SECONDS = 0.1
    client.get("/")
    with time_machine.travel("2026-07-20T09:30:00.500+07:00", tick=False) as clock:
        known_at = client.get("/").headers["X-Accel-Expires"]
        # as another process raises it: this one's memory does not hear of it
        caches["default"].set(version.KEY, "elsewhere", None)
        clock.shift(0.05)
        assert queries_of(client) == 0
        assert client.get("/").headers["X-Accel-Expires"] == known_at
        clock.shift(0.06)
        assert queries_of(client) > 0
    assert {key.split()[0] for key in cache._entries} >= {"elsewhere"}
