"""Several machines that serve one site: what they must share, and who is told when they do not."""

from datetime import timedelta

import pytest
from django.utils import timezone

from config.checks import check_fit_for_production, unsafe_values
from outbox.leases import Lease
from outbox.presence import host_of, process_name

REDIS = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://may:6379/1"}}
POSTGRES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "la_chan"}}
SQLITE = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "la_chan"}}
SHARED = {"E012", "E013", "E014"}


class Settings:
    """Two machines that share all they must, but for what a test says."""

    WEB_HOSTS, CACHES, DATABASES, SECRET_KEY_IS_GENERATED = 2, REDIS, POSTGRES, False
    STORAGES = {"default": {}, "private": {}}


@pytest.fixture
def two(monkeypatch, settings):
    """The settings that the checks see; the databases of the tests stay what they are."""
    from config import checks

    class Seen(Settings):
        def __getattr__(self, name):
            return getattr(settings, name)

    seen = Seen()
    monkeypatch.setattr(checks, "settings", seen)
    return seen


def numbers() -> set[str]:
    return {number for number, _sentence in unsafe_values()} & SHARED


@pytest.mark.parametrize(
    ("name", "value", "number"),
    [
        ("CACHES", {"default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache"}}, "E012"),
        ("CACHES", {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}, "E012"),
        ("DATABASES", SQLITE, "E013"),
        ("SECRET_KEY_IS_GENERATED", True, "E014"),
    ],
)
def test_two_machines_that_share_too_little_do_not_start(two, name, value, number):
    assert numbers() == set()
    setattr(two, name, value)
    assert numbers() == {number}
    two.WEB_HOSTS = 1
    assert numbers() == set()


def test_two_machines_without_a_storage_are_warned(two):
    assert "config.W005" not in {warning.id for warning in check_fit_for_production(None)}
    two.STORAGES = {"default": {}}
    assert "config.W005" in {warning.id for warning in check_fit_for_production(None)}


@pytest.mark.parametrize("host", ["mot", "mot-hai", "may-1.tinh.gov.vn"])
def test_a_process_is_named_by_its_machine(settings, host):
    settings.HOST_NAME = host
    assert host_of(process_name()) == host


def hold(host: str, minutes: int = 1, name: str = "worker") -> None:
    Lease.objects.hold(f"{name}:{host}", f"{host}-1-ab", timezone.now(), timedelta(minutes=minutes))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "others", "warned"),
    [(1, [], False), (1, ["hai"], True), (2, ["hai"], False), (2, ["hai", "ba"], True)],
)
def test_ready_warns_of_machines_beyond_those_that_are_said(client, settings, said, others, warned):
    settings.WEB_HOSTS, settings.HOST_NAME = said, "mot"
    for host in ["mot", *others]:
        hold(host)
    answer = client.get("/readyz")
    assert answer.status_code == 200
    warnings = answer.json().get("warnings", [])
    assert bool(warnings) is warned
    assert all(host in warnings[0] for host in others if warned)


@pytest.mark.django_db
def test_a_machine_that_is_gone_warns_of_nothing(client, settings):
    settings.HOST_NAME = "mot"
    hold("mot")
    Lease.objects.hold("worker:hai", "hai-1-ab", timezone.now() - timedelta(minutes=9), timedelta(minutes=1))
    assert "warnings" not in client.get("/readyz").json()


@pytest.mark.django_db
def test_a_stranger_is_not_told_of_machines(client, settings):
    settings.HOST_NAME = "mot"
    hold("mot")
    hold("hai")
    assert client.get("/readyz", REMOTE_ADDR="203.0.113.9").content == b"ok\n"
