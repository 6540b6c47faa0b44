"""An empty database comes from a file: whole or not at all, one process at a time, with steps on top, and drawn anew.

That a loaded database is the same as one made by steps is what `make check` proves (`manage.py write_schema --check`).
"""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import datetime
from io import StringIO
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.core.management.commands import migrate as of_django
from django.db import DatabaseError, connection, migrations, models
from django.db.migrations.exceptions import InconsistentMigrationHistory
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from wagtail.models import Collection, Locale, Page
from wagtail.search import index
from wagtail.search.backends import get_search_backend

from config.management.commands import migrate, write_schema
from config.management.commands.prepare import Command as Prepare
from config.schema import comparing, files, placeholders, writing
from config.schema.comparing import Picture
from config.schema.loading import load, steps_to_load
from config.schema.scratch import scratch_database
from people.postings.posting import Duty

LONG_AGO = datetime(2020, 1, 1)


@pytest.fixture
def empty(django_db_blocker):
    """The connection sees a database without any table, which is not the tests' own."""
    with django_db_blocker.unblock(), scratch_database(connection):
        yield


@pytest.fixture
def loaded(empty):
    assert load(connection)


@pytest.fixture
def file(tmp_path, monkeypatch):
    """A copy that may be spoilt."""
    shutil.copy(files.path_of(connection.vendor), tmp_path)
    monkeypatch.setattr(files, "FOLDER", tmp_path)
    return files.path_of(connection.vendor)


@pytest.fixture
def by_steps(monkeypatch):
    """Notes how often Django's own command was reached instead of going by steps, which takes a minute."""
    reached = []
    monkeypatch.setattr(of_django.Command, "handle", lambda self, *args, **options: reached.append(options))
    return reached


@pytest.fixture
def later_step(monkeypatch):
    """A migration newer than the file, as an upgraded package brings it."""

    class Later(migrations.Migration):
        dependencies = [max(key for key in MigrationLoader(None).graph.leaf_nodes() if key[0] == "outbox")]
        operations = [migrations.CreateModel("Later", [("id", models.BigAutoField(primary_key=True))])]

    of_disk = MigrationLoader.load_disk

    def with_later(loader):
        of_disk(loader)
        loader.disk_migrations["outbox", "9999_later"] = Later("9999_later", "outbox")

    monkeypatch.setattr(MigrationLoader, "load_disk", with_later)


def tables() -> list[str]:
    return connection.introspection.table_names()


def applied() -> set[tuple[str, str]]:
    return set(MigrationLoader(connection).applied_migrations)


# --- what is loaded


def test_a_loaded_database_is_the_file_again(loaded):
    """So nothing of the file is lost on the way, and writing it twice gives the same."""
    written = files.path_of(connection.vendor).read_text(encoding="utf-8")
    assert writing.text_of(connection, LONG_AGO) == written
    assert applied() == files.steps_in(written)


def test_the_file_names_no_place_and_no_moment():
    text = files.path_of(connection.vendor).read_text(encoding="utf-8")
    assert not placeholders.RANDOM_KEY.search(text)
    assert not placeholders.MOMENT.search(text)
    assert os.path.expanduser("~") not in text
    assert "\\" not in text


def test_two_databases_share_no_key_and_no_moment(django_db_blocker):
    keys, moments = [], []
    with django_db_blocker.unblock():
        for _time in range(2):
            with scratch_database(connection):
                load(connection)
                keys.append(set(Page.objects.values_list("translation_key", flat=True)))
                moments.append(max(MigrationRecorder(connection).migration_qs.values_list("applied", flat=True)))
    assert len(keys[0] | keys[1]) == 4
    assert moments[0] < moments[1]


def test_sequences_go_on(loaded):
    """No number that was used comes again."""
    for model, values in (
        (Group, {"name": "Mới"}),
        (Duty, {"key": "moi", "name": "Mới"}),
        (Locale, {"language_code": "en"}),
        (ContentType, {"app_label": "moi", "model": "moi"}),
        (Permission, {"codename": "moi", "name": "Mới", "content_type_id": 1}),
        (MigrationRecorder.Migration, {"app": "moi", "name": "moi"}),
    ):
        highest = max(model.objects.values_list("pk", flat=True))
        assert model.objects.create(**values).pk == highest + 1, model
    root = Page.objects.get(depth=1)
    assert root.add_child(instance=Page(title="Mới", slug="moi")).pk > 2
    assert Collection.get_first_root_node().add_child(name="Mới").pk > 1


def test_search_works_on_the_connection_that_loaded(loaded):
    page = Page.objects.get(depth=2)
    index.insert_or_update_object(page)
    assert [page_found.pk for page_found in get_search_backend().search("welcome", Page)] == [page.pk]
    assert not get_search_backend().search("nothing", Page)


def test_it_goes_into_the_schema_that_the_connection_names(empty):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one")
    with connection.cursor() as cursor:
        cursor.execute('CREATE SCHEMA "Đà Nẵng"')
        cursor.execute('SET search_path TO "Đà Nẵng"')
    load(connection)
    assert writing.text_of(connection, LONG_AGO) == files.path_of(connection.vendor).read_text(encoding="utf-8")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        assert cursor.fetchone() == (0,)


# --- when it is loaded


def test_a_broken_file_leaves_no_table(empty, file):
    with file.open("a", encoding="utf-8") as handle:
        handle.write("CREATE TABLE no_end (;\n")
    with pytest.raises(DatabaseError):
        load(connection)
    assert tables() == []


def test_where_the_file_cannot_be_loaded_it_is_said_and_goes_by_steps(empty, file, by_steps):
    with file.open("a", encoding="utf-8") as handle:
        handle.write("CREATE TABLE no_end (;\n")
    said = StringIO()
    call_command("migrate", verbosity=0, stderr=said)
    assert tables() == []
    assert len(by_steps) == 1
    assert "từng bước" in said.getvalue()


def test_a_file_newer_than_the_packages_is_not_loaded(empty, file, by_steps):
    text = file.read_text(encoding="utf-8")
    assert ",'outbox','0001_initial'," in text
    file.write_text(text.replace(",'outbox','0001_initial',", ",'outbox','0001_unknown',"), encoding="utf-8")
    assert steps_to_load(connection) == frozenset()
    call_command("migrate", verbosity=0)
    assert tables() == []
    assert len(by_steps) == 1


@pytest.mark.parametrize("labels", [["outbox"], [app.label for app in apps.get_app_configs()]], ids=["one", "all"])
def test_tests_without_migrations_get_none(empty, settings, labels):
    """As `TEST["MIGRATE"] = False` and `pytest --nomigrations` ask for."""
    settings.MIGRATION_MODULES = dict.fromkeys(labels)
    assert steps_to_load(connection) == frozenset()


def test_a_database_with_a_table_goes_by_steps(empty, by_steps):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE theirs (id integer)")
    assert steps_to_load(connection) == frozenset()
    call_command("migrate", verbosity=0)
    assert load(connection) is False
    assert tables() == ["theirs"]
    assert len(by_steps) == 1


@pytest.mark.parametrize("wish", [["outbox"], ["outbox", "0001"], ["--by-steps"], ["--plan"], ["--check"], ["--fake"]])
def test_whoever_asks_for_something_else_gets_that(empty, by_steps, wish):
    call_command("migrate", *wish, verbosity=0)
    assert tables() == []
    assert len(by_steps) == 1


def test_later_steps_come_on_top(empty, later_step):
    said = StringIO()
    call_command("migrate", stdout=said)
    assert "outbox_later" in tables()
    assert ("outbox", "9999_later") in applied()
    assert ContentType.objects.filter(app_label="outbox", model="later").exists()
    assert said.getvalue().count("  Applying ") == 1


def test_a_step_between_those_of_the_file_makes_all_go_by_steps(empty, by_steps, monkeypatch):
    def refuse(loader, connection):
        raise InconsistentMigrationHistory("applied before its dependency")

    monkeypatch.setattr(MigrationLoader, "check_consistent_history", refuse)
    call_command("migrate", verbosity=0, stderr=StringIO())
    assert tables() == []
    assert len(by_steps) == 1


@pytest.mark.slow
def test_two_processes_at_once_make_one_database(empty, tmp_path):
    connection.close()
    name, environment = connection.settings_dict["NAME"], {**os.environ, "INSECURE_HTTP": "1"}
    if connection.vendor == "postgresql":
        environment["DATABASE_URL"] = f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}"
    else:
        environment["DATABASE_URL"] = f"sqlite:///{name}"
    command = [sys.executable, "manage.py", "migrate", "--skip-checks"]
    both = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for _time in range(2)
    ]
    said = [process.communicate(timeout=600)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert sorted("Đã nạp" in text for text in said) == [False, True]
    assert not [text for text in said if "Applying" in text]
    assert Page.objects.count() == 2


@pytest.mark.parametrize(
    ("brought", "words"),
    [
        ({("a", "1"), ("a", "2")}, ": nạp lược đồ dựng sẵn"),
        ({("a", "1")}, ": nạp lược đồ dựng sẵn, 1 bước"),
        (set(), ": 2 bước"),
    ],
)
def test_prepare_says_what_is_to_be_done(brought, words):
    plan = [(migrations.Migration(name, "a"), False) for name in ("1", "2")]
    assert Prepare()._way(plan, brought) == words
    assert Prepare()._way([], set()) == ""


# --- placeholders


def test_one_key_stays_one_key_in_both_spellings():
    key, other, derived = uuid4(), uuid4(), "6ba7b810-9dad-51d1-80b4-00c04fd430c8"
    text = placeholders.put(f"'{key.hex}', '{key}', '{other}', '{derived}', '{{\"at\": \"{key}\"}}'", LONG_AGO)
    assert text == f"'{{hex 1}}', '{{uuid 1}}', '{{uuid 2}}', '{derived}', '{{\"at\": \"{{uuid 1}}\"}}'"
    first, second = (placeholders.fill(text, LONG_AGO) for _time in range(2))
    one, same, another, inside = placeholders.keys_in(first)
    assert one == same == inside != another
    assert derived in first
    assert not {one, another} & {*placeholders.keys_in(second)}


def test_only_what_was_made_now_becomes_a_moment():
    text = "'2020-01-01 00:00:00', '2026-11-29 08:00:00.123456+00', '2019-05-01 10:00:00.5'"
    put = placeholders.put(text, LONG_AGO)
    assert put == "'{now}', '{now}+00', '2019-05-01 10:00:00.5'"
    assert placeholders.fill(put, LONG_AGO).startswith("'2020-01-01 00:00:00.000000', '2020-01-01 00:00:00.000000+00'")


# --- comparing


KEY = [f"'{uuid4()}'" for _time in range(6)]
NOW = [f"'2026-11-29 08:00:0{second}'" for second in range(3)]


@dataclass
class Case:
    """Rows of one column in two loaded databases and one made by steps."""

    one: list[str]
    other: list[str]
    by_steps: list[str]
    expected: list[str] = field(default_factory=list)


@pytest.mark.parametrize(
    "case",
    [
        Case(["1"], ["1"], ["1"]),
        Case([KEY[0]], [KEY[1]], [KEY[2]]),
        Case([NOW[0]], [NOW[1]], [NOW[2]]),
        Case([KEY[0], KEY[0]], [KEY[1], KEY[1]], [KEY[2], KEY[2]]),
        Case(["1"], ["1"], ["2"], ["các bước tạo 2"]),
        Case(["1"], ["1"], ["1", "2"], ["tệp có 1 dòng, các bước tạo 2 dòng"]),
        Case([KEY[0]], [KEY[0]], [KEY[2]], ["cố định"]),
        Case([NOW[0]], [NOW[0]], [NOW[2]], ["cố định"]),
        Case([KEY[0]], [KEY[1]], ["NULL"], ["tệp lấy mới, các bước tạo NULL"]),
        Case([NOW[0]], [NOW[1]], [KEY[2]], ["tệp lấy mới"]),
        Case([KEY[0], KEY[0]], [KEY[1], KEY[1]], [KEY[2], KEY[3]], ["trỏ tới nơi khác"]),
        Case([KEY[0], KEY[4]], [KEY[1], KEY[5]], [KEY[2], KEY[2]], ["trỏ tới nơi khác"]),
    ],
)
def test_rows_are_the_same_but_for_what_is_drawn(case):
    pictures = [
        Picture({}, {"t": ["c"]}, {"t": [(v,) for v in rows]}) for rows in (case.one, case.other, case.by_steps)
    ]
    lines = [*comparing.Rows(*pictures).compare()]
    assert len(lines) == len(case.expected)
    assert all(expected in line and line.startswith("t") for expected, line in zip(case.expected, lines, strict=True))


def test_every_object_that_differs_is_one_line():
    lines = comparing.compare_catalogues(
        {"index a": "x", "index b": "x", "table c": "x"}, {"index b": "y", "table c": "x", "trigger d": "x"}
    )
    assert [*lines] == ["index a: chỉ có trong tệp", "index b: tệp x, các bước y", "trigger d: tệp không có"]


# a step of wagtail-localize asks the database as it is loaded
@pytest.mark.django_db
def test_a_step_that_the_file_lacks_is_reported_without_making_a_database(later_step):
    assert comparing.differences(connection) == ["outbox.9999_later: tệp chưa có bước này"]


def test_the_catalogue_sees_a_trigger_an_index_and_a_column(loaded):
    """What the comparison does not look at, it could not tell."""
    before = comparing.picture_of(connection)
    with connection.cursor() as cursor:
        cursor.execute("CREATE INDEX of_theirs ON people_duty (name)")
        cursor.execute("ALTER TABLE people_unit ADD COLUMN theirs integer")
        cursor.execute("UPDATE people_duty SET name = 'Khác' WHERE id = 1")
    after = comparing.picture_of(connection)
    differences = [
        *comparing.compare_catalogues(before.catalogue, after.catalogue),
        *comparing.Rows(before, before, after).compare(),
    ]
    assert any(line.startswith("index of_theirs") for line in differences)
    assert any("people_unit" in line for line in differences)
    assert any(line.startswith("people_duty.name") for line in differences)


def test_the_check_ends_with_1_and_names_the_command(monkeypatch):
    monkeypatch.setattr(write_schema, "differences", lambda connection: ["index a: tệp không có"])
    monkeypatch.setattr(write_schema.connection, "vendor", "sqlite")
    said = StringIO()
    with pytest.raises(CommandError, match="manage.py write_schema"):
        call_command("write_schema", "--check", stderr=said)
    assert said.getvalue() == "sqlite: index a: tệp không có\n"


def test_migrate_is_ours():
    assert issubclass(migrate.Command, of_django.Command)
