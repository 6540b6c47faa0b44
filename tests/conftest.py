"""The map and the cast that all tests share. `cast.learner`, `cast.units.tay_giang`, `client_of(cast.trainer)`."""

import pytest
from django.test import Client
from factories import make_cast, make_map

IN_MEMORY = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
# the hashed names of production need collectstatic
PLAIN_STATIC = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

FIGURE = "figure"


def pytest_collection_modifyitems(items):
    """Tests that commit come last: what they leave is an empty database, without the rows that migrations make."""

    def commits(item) -> bool:
        marker = item.get_closest_marker("django_db")
        return bool(marker and marker.kwargs.get("transaction"))

    items.sort(key=commits)


@pytest.fixture
def figure(record_property):
    """Says a measured figure, which every run lists at its end: what a process of its own prints is not shown."""
    return lambda text: record_property(FIGURE, text)


def pytest_terminal_summary(terminalreporter):
    ended = [report for state in ("passed", "failed") for report in terminalreporter.stats.get(state, [])]
    said = [(report.nodeid, text) for report in ended for name, text in report.user_properties if name == FIGURE]
    if said:
        terminalreporter.section("figures")
    for _test, text in sorted(said, key=lambda one: one[0]):
        terminalreporter.write_line(text)


@pytest.fixture(autouse=True)
def test_surroundings(settings, tmp_path):
    """Nothing that a test does outlives it, and nothing depends on how pytest was started."""
    settings.STORAGES = {**dict.fromkeys(settings.STORAGES, IN_MEMORY), "staticfiles": PLAIN_STATIC}
    settings.MEDIA_ROOT = tmp_path / "uploads"
    settings.PRIVATE_ROOT = tmp_path / "private"
    settings.CACHES = {
        alias: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": alias}
        for alias in ("default", "pages")
    }
    # a test must not be shown what the one before it kept
    settings.CONTENT_VERSION_SECONDS = 0
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.SECURE_SSL_REDIRECT = False
    settings.ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
    from django.core.cache import cache

    cache.clear()


@pytest.fixture
def units(db):
    """Two maps, one before and one after the reform of 1/7/2025, with `Reach` built."""
    from people.successions import rebuild_reach

    made = make_map()
    rebuild_reach()
    return made


@pytest.fixture
def cast(units):
    people = make_cast(units)
    people.units = units
    return people


@pytest.fixture
def client_of(db):
    """A signed-in test client; None is the public."""

    def made(person=None, **options):
        client = Client(**options)
        if person is not None:
            client.force_login(person)
        return client

    return made
