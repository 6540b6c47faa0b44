"""Alive, ready, and what is said while something is away."""

from datetime import timedelta

import pytest
from django.db import InterfaceError, OperationalError
from django.test import RequestFactory
from django.utils import timezone

from config.serving import health
from config.serving.database import is_away
from outbox.leases import Lease
from outbox.presence import process_name


def away(*_args, **_options):
    raise OperationalError("unable to open database file: password=secret")


@pytest.fixture
def worker(db):
    Lease.objects.hold("worker:a", process_name(), timezone.now(), timedelta(minutes=1))


def test_alive_asks_nothing_of_the_database(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        response = client.get("/healthz", headers={"Host": "whatever"})
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response.headers["Cache-Control"] == "no-store"


def test_ready_when_every_part_answers(client, worker):
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"database": "ok", "cache": "ok", "storage": "ok", "worker": "ok"}
    assert response.headers["Cache-Control"] == "no-store"


def test_a_worker_that_stopped_prolonging_is_away(client, db):
    Lease.objects.hold("worker:a", "a", timezone.now() - timedelta(minutes=5), timedelta(minutes=1))
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"database": "ok", "cache": "ok", "storage": "ok", "worker": "away"}


@pytest.mark.parametrize(
    ("asker", "detailed"),
    [
        ({"REMOTE_ADDR": "127.0.0.1"}, True),
        ({"REMOTE_ADDR": "10.0.0.1"}, True),
        ({"REMOTE_ADDR": "203.0.113.9"}, False),
        # a proxy asks for a stranger
        ({"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.9"}, False),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "127.0.0.1"}, False),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_FORWARDED": "for=203.0.113.9"}, False),
    ],
)
def test_only_those_who_watch_over_it_are_told_what_is_away(client, db, settings, asker, detailed):
    settings.TRUSTED_PROXIES = ["10.0.0.1"]
    response = client.get("/readyz", **asker)
    assert response.status_code == 503
    assert (b"worker" in response.content) is detailed
    if not detailed:
        assert response.content == b"not ok\n"


def test_a_stranger_is_told_that_it_is_ready(client, worker):
    response = client.get("/readyz", REMOTE_ADDR="203.0.113.9")
    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.parametrize("part", ["database", "cache", "storage"])
def test_what_is_away_is_named_without_its_secrets(client, worker, monkeypatch, caplog, part):
    monkeypatch.setitem(health.PARTS, part, away)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert [name for name, state in response.json().items() if state == "away"] == [part]
    assert "secret" not in response.content.decode() + caplog.text


def test_a_page_without_its_database_says_when_to_come_back(client, monkeypatch):
    monkeypatch.setattr("django.db.backends.base.base.BaseDatabaseWrapper.ensure_connection", away)
    monkeypatch.setattr("django.db.backends.base.base.BaseDatabaseWrapper._cursor", away)
    client.raise_request_exception = False
    response = client.get("/")
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "30"
    assert "111" in response.content.decode()
    assert "secret" not in response.content.decode()


def test_only_a_database_that_is_away_is_called_so():
    assert is_away(InterfaceError("connection already closed"))
    assert not is_away(ValueError())


@pytest.fixture
def uploads(settings):
    folder = settings.MEDIA_ROOT
    from django.core.files.base import ContentFile
    from django.core.files.storage import default_storage

    for name in ("images/a.png", "media/a.mp3", "images/a.svg", "documents/a.pdf", "original_images/a.jpg"):
        default_storage.save(name, ContentFile(b"0123456789"))
    return folder


def body(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_public_files_are_served_and_cannot_run(client, db, uploads):
    response = client.get("/tep/images/a.png")
    assert body(response) == b"0123456789"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert not response.cookies
    assert "attachment" in client.get("/tep/images/a.svg").headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("wanted", "status", "part"),
    [
        ("bytes=2-4", 206, b"234"),
        ("bytes=7-", 206, b"789"),
        ("bytes=9-9", 206, b"9"),
        ("bytes=0-99", 206, b"0123456789"),
        ("bytes=-3", 206, b"789"),
        # as much of the end as there is (RFC 9110, 14.1.2)
        ("bytes=-10", 206, b"0123456789"),
        ("bytes=-999999", 206, b"0123456789"),
        ("bytes=-0", 416, b""),
        ("bytes=10-", 416, b""),
        ("bytes=50-", 416, b""),
        ("bytes=-", 200, b"0123456789"),
        ("bytes=4-2,7-", 200, b"0123456789"),
    ],
)
def test_a_player_may_jump_in_a_recording(client, db, uploads, wanted, status, part):
    response = client.get("/tep/media/a.mp3", headers={"Range": wanted})
    assert (response.status_code, body(response)) == (status, part)


@pytest.mark.parametrize(
    ("wanted", "place"),
    [("bytes=2-4", "2-4/10"), ("bytes=0-99", "0-9/10"), ("bytes=-999999", "0-9/10"), ("bytes=50-", "*/10")],
)
def test_a_player_is_told_which_part_of_how_much_it_got(client, db, uploads, wanted, place):
    response = client.get("/tep/media/a.mp3", headers={"Range": wanted})
    assert response.headers["Content-Range"] == f"bytes {place}"
    if response.status_code == 206:
        assert int(response.headers["Content-Length"]) == len(body(response))


def test_a_part_of_a_long_recording_is_not_held_in_memory(client, db, uploads):
    response = client.get("/tep/media/a.mp3", headers={"Range": "bytes=0-"})
    assert response.streaming
    assert (response.headers["Content-Length"], body(response)) == ("10", b"0123456789")


def test_a_range_of_thousands_of_digits_is_no_range(client, db, uploads):
    assert client.get("/tep/media/a.mp3", headers={"Range": "bytes=" + "9" * 5000 + "-"}).status_code == 200


WAYS_ROUND = ["images/../documents/a.pdf", "images/%2e%2e/original_images/a.jpg", "images/x/../../documents/a.pdf"]


@pytest.mark.parametrize(
    "path",
    ["documents/a.pdf", "original_images/a.jpg", "../db.sqlite3", "images/none.png", "images/%00", "x", *WAYS_ROUND],
)
def test_what_is_not_public_is_not_found(client, db, uploads, path):
    assert client.get(f"/tep/{path}").status_code == 404


def test_the_rules_of_the_request_hold_for_files_too():
    from config.serving.uploads import serve

    assert serve(RequestFactory().post("/tep/images/a.png"), "images/a.png").status_code == 405
