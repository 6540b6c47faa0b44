"""The map and the cast that all tests share. `cast.learner`, `cast.units.tay_giang`, `client_of(cast.trainer)`."""

import gc
import json
from datetime import datetime
from functools import lru_cache
from itertools import count
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone
from factories import make_cast, make_map
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from selection import choose, pytest_addoption, sort  # noqa: F401, one is a hook
from sharing import Rows, shared

IN_MEMORY = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
# the hashed names of production need collectstatic; each test client would look for all files once more
PLAIN_STATIC = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

# what is loaded stays: looking through it for garbage again and again would be a tenth of a run
gc.disable()

FIGURE = "figure"
# everybody has the roles of the cast since the reform, whatever day a test plays on
SINCE_REFORM = datetime(2025, 7, 1, 8, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
ROWS = pytest.StashKey[Rows]()
# a loaded machine fails no test
hypothesis_settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("any machine")


def pytest_collection_modifyitems(config, items):
    choose(items, config)
    sort(items, config)


def pytest_collection_finish(session):
    if session.config.option.collectonly:
        return  # whoever collects to run later (tools/mutant_running.py) looks at what is loaded
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)
    gc.enable()


def pytest_report_header(config):
    return _seed(config)


def _seed(config) -> str:
    """By which the same order comes again."""
    seed = getattr(config.option, "randomly_seed", None)
    return f"order: --randomly-seed={seed}" if isinstance(seed, int) else "order: as written"


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    if rows := item.config.stash.get(ROWS, None):
        rows.prepare_for(item)


@pytest.fixture
def imported(tmp_path, capsys):
    """`imported("import_roster", header, *rows, encoding="utf-8", **options)`: the report that the command prints."""

    def bring(command: str, header: str, *rows: str, encoding: str = "utf-8", **options) -> dict:
        path = tmp_path / f"{command}.csv"
        path.write_text("\n".join([header, *rows]) + "\n", encoding=encoding)
        call_command(command, str(path), format="json", **options)
        return json.loads(capsys.readouterr().out)

    return bring


@pytest.fixture
def figure(record_property):
    """Says a measured figure, which every run lists at its end: what a process of its own prints is not shown."""
    return lambda text: record_property(FIGURE, text)


def pytest_terminal_summary(terminalreporter, config):
    ended = [report for state in ("passed", "failed") for report in terminalreporter.stats.get(state, [])]
    said = [(report.nodeid, text) for report in ended for name, text in report.user_properties if name == FIGURE]
    if said:
        terminalreporter.section("figures")
    for _test, text in sorted(said, key=lambda one: one[0]):
        terminalreporter.write_line(text)
    terminalreporter.write_line(_seed(config))


# nothing depends on how pytest was started
OF_ALL_TESTS = {
    "WHITENOISE_USE_FINDERS": False,
    "CACHES": {
        alias: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": alias}
        for alias in ("default", "pages")
    },
    # a test must not be shown what the one before it kept
    "CONTENT_VERSION_SECONDS": 0,
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
    "SECURE_SSL_REDIRECT": False,
    "ALLOWED_HOSTS": ["testserver", "localhost", "127.0.0.1"],
}


def of_a_test(folder) -> dict:
    """Nothing that a test does outlives it: the storages are made anew."""
    from django.conf import settings

    return {
        "STORAGES": {**dict.fromkeys(settings.STORAGES, IN_MEMORY), "staticfiles": PLAIN_STATIC},
        "STATIC_ROOT": folder / "static",
        "MEDIA_ROOT": folder / "uploads",
        "PRIVATE_ROOT": folder / "private",
    }


@pytest.fixture(scope="session", autouse=True)
def surroundings_of_all_tests(django_test_environment):
    """Once: each setting that changes is told to a score of receivers."""
    with override_settings(**OF_ALL_TESTS):
        yield


@pytest.fixture(scope="session")
def new_folder(tmp_path_factory):
    """A path where nothing is yet. `tmp_path` would look through the folders of all tests before it."""
    numbers, base = count(1), tmp_path_factory.mktemp("tests")
    return lambda: base / str(next(numbers))


@pytest.fixture(autouse=True)
def surroundings(new_folder):
    cache.clear()
    with override_settings(**of_a_test(new_folder())):
        yield


@pytest.fixture(autouse=True)
def known_models(request):
    """Each test begins with all content types known, or none where it sees no database: what it asks the database does
    not hang on which test ran before it in this process."""
    from django.contrib.contenttypes.models import ContentType

    ContentType.objects.clear_cache()
    if {"db", "transactional_db"} & {*request.fixturenames} or request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        with connection.cursor() as cursor:
            cursor.execute("SELECT id, app_label, model FROM django_content_type ORDER BY id")
            rows = tuple(cursor.fetchall())
        for model in content_types(rows):
            ContentType.objects._add_to_cache("default", model)


@lru_cache(maxsize=1)
def content_types(rows):
    """What these rows (key, app, model) hold as models: made anew only where a test that commits left other rows."""
    from django.contrib.contenttypes.models import ContentType

    return [ContentType.from_db("default", ["id", "app_label", "model"], row) for row in rows]


@pytest.fixture(scope="session")
def shared_rows(request, django_db_setup, django_db_blocker, tmp_path_factory):
    rows = Rows(django_db_blocker, of_a_test(tmp_path_factory.mktemp("shared")))
    request.config.stash[ROWS] = rows
    yield rows
    del request.config.stash[ROWS]
    with django_db_blocker.unblock():
        rows.roll_back_to()


@shared(on=SINCE_REFORM)
def units():
    """Two maps, one before and one after the reform of 1/7/2025, with `Reach` built."""
    from people.units.successions import rebuild_reach

    units_made = make_map()
    rebuild_reach()
    return units_made


@shared(on=SINCE_REFORM)
def cast(units):
    people = make_cast(units)
    people.units = units
    return people


@shared
def starter():
    """The starter content of today, as a fresh installation has it: the first page."""
    from campaigns.starter.seeding import seed
    from pages.home.page import HomePage

    seed(timezone.now(), lambda line: None)
    return HomePage.objects.get(locale__language_code="vi")


@pytest.fixture
def client_of(db):
    """A signed-in test client; None is the public."""

    def client_for(person=None, **options):
        client = Client(**options)
        if person is not None:
            client.force_login(person)
        return client

    return client_for
