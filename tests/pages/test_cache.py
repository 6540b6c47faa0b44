"""Public pages are drawn once for a content version and day; nobody's own page is kept, no change is missed."""

import gzip
from datetime import date

import brotli
import pytest
import time_machine
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from sharing import shared

from campaigns.starter.seeding import create_campaign
from config.management.commands import prepare
from pages.contacts import starter
from pages.home import create_home
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
