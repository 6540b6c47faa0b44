"""The index of words takes no hit away and changes no order, follows what is written, and may be missing."""

from contextlib import contextmanager
from datetime import datetime

import pytest
from django.db import connection, transaction
from django.db.models import Q
from factories import make_page
from search_rows import make_rows, queries
from wagtail.models import Page

from config.schema import files, writing
from config.schema.comparing import picture_of
from config.schema.loading import load
from config.schema.scratch import scratch_database
from config.schema.vendors import sql_of
from pages.contacts.page import ContactsPage
from pages.search import finding, narrowing
from pages.search.index import SearchEntry

ON_SQLITE = connection.vendor == "sqlite"


@contextmanager
def without_index(monkeypatch):
    """Only the rule, by LIKE over every row."""
    with monkeypatch.context() as patch, connection.cursor() as cursor:
        patch.setattr(finding, "may_fit", lambda words, typed: Q())
        if not ON_SQLITE:
            cursor.execute("SET LOCAL enable_bitmapscan = off")
        yield
        if not ON_SQLITE:
            cursor.execute("SET LOCAL enable_bitmapscan = on")


def answers(texts: list[str], pages: list[int]) -> list[tuple]:
    """All hits of each in their order, and those among some pages."""
    read = [finding.read(text) for text in texts]
    return [(list(finding._fitting(one)), finding.find_among(one, pages)) for one in read]


def few_rows_are_left_to_the_rule(rows: int):
    rare = finding.read(" ".join(SearchEntry.objects.latest("pk").words.split()[:6]))
    if ON_SQLITE:
        left = SearchEntry.objects.filter(narrowing.may_fit(rare.words, tuple(rare.typed.split()))).count()
        assert 0 < left < rows / 10
        return
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE pages_searchentry")
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert narrowing.TRIGRAMS in SearchEntry.objects.filter(finding._fits(rare)).explain()


@pytest.mark.parametrize(("rows", "many"), [(300, 60), pytest.param(1000, 200, marks=pytest.mark.soak)])
def test_hits_and_order_are_those_of_the_rule(db, monkeypatch, rows, many):
    make_rows(rows, words=60)
    if not ON_SQLITE:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE pages_searchentry")
            cursor.execute("SET LOCAL enable_seqscan = off")
    asked = queries(many)
    some = list(SearchEntry.objects.order_by("pk").values_list("pk", flat=True)[::3])
    narrowed = answers(asked, some)
    with without_index(monkeypatch):
        expected = answers(asked, some)
    different = [text for text, one, other in zip(asked, narrowed, expected, strict=True) if one != other]
    assert different == []
    assert sum(bool(fitting) for fitting, _among in expected) > many / 2
    few_rows_are_left_to_the_rule(rows)


@pytest.mark.parametrize(
    ("words", "typed", "expression"),
    [
        (("giup",), (), 'words : "giup" *'),
        (("ໂທ",), (), ""),
        (("o", "xa"), ("ở", "xa"), 'words : "o" * AND words : "xa" *'),
        (("ໂທ", "111"), (), 'words : "111" *'),
        (
            ("ban", "than"),
            ("bán", "thận"),
            'words : "ban" * AND words : "than" * AND (words : "ban than" * OR words : "than ban" * OR '
            '(title : "ban" * AND title : "than" *) OR (marks : "bán" * AND marks : "thận" *))',
        ),
    ],
)
def test_only_latin_words_are_asked_of_the_index(words, typed, expression):
    assert narrowing.expression(words, typed) == expression


def found(text: str) -> list[int]:
    return finding.find_among(finding.read(text), list(SearchEntry.objects.values_list("pk", flat=True)))


def check_index() -> None:
    """Raises DatabaseError where the index and the rows differ."""
    if ON_SQLITE:
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {narrowing.INDEX}({narrowing.INDEX}, rank) VALUES ('integrity-check', 1)")


def test_it_follows_what_is_written(starter):
    page = make_page(starter, ContactsPage, "Xoè ô", slug="o", heading="Kỳ lạ")
    assert found("xoe o") == found("ky la") == [page.pk]
    SearchEntry.objects.filter(pk=page.pk).update(words=" zzxq hẳn")
    assert found("xoe o") == []
    assert found("zzxq") == [page.pk]
    check_index()
    page.delete()
    assert found("zzxq") == []
    check_index()


def take_away() -> None:
    with connection.cursor() as cursor:
        if ON_SQLITE:
            for name in narrowing.STATEMENTS:
                cursor.execute(f"DROP {'TABLE' if name == narrowing.INDEX else 'TRIGGER'} IF EXISTS {name}")
        else:
            cursor.execute("DROP EXTENSION IF EXISTS pg_trgm CASCADE")


def write(**fields) -> list[int]:
    """The row of the only page there is, anew."""
    page = Page.objects.get(depth=2)
    SearchEntry.objects.filter(page=page).delete()
    SearchEntry.objects.create(page=page, teaser="", audiences="", title="", **fields)
    return [page.pk]


def test_it_is_made_where_it_is_missing_and_missed_by_nobody(django_db_blocker, monkeypatch):
    """In a database of its own, since SQLite takes no FTS5 table back that was dropped within a transaction."""
    with django_db_blocker.unblock(), scratch_database(connection):
        load(connection)
        take_away()
        monkeypatch.setattr(narrowing, "_seen", set())
        # an upgrade fills it
        page = write(words=" xoe o", marks=" xòe ô")
        assert found("xoe o") == page
        assert narrowing.make()
        assert narrowing.make()
        assert found("xoe o") == page
        check_index()
        if ON_SQLITE:  # a migration that makes the table anew takes its triggers along
            with connection.cursor() as cursor:
                cursor.execute(f"DROP TRIGGER update_{narrowing.INDEX}")
            SearchEntry.objects.update(words=" zzxq")
            assert found("zzxq") == []
            assert narrowing.make()
            assert found("zzxq") == page
            check_index()
        # no FTS5, or a role that may not create an extension
        take_away()
        narrowing._seen.clear()
        assert not made_without_rights(monkeypatch)
        assert found("zzxq" if ON_SQLITE else "xoe o") == page


def made_without_rights(monkeypatch) -> bool:
    if ON_SQLITE:
        monkeypatch.setitem(narrowing.STATEMENTS, narrowing.INDEX, "CREATE VIRTUAL TABLE x USING fts_of_none(a)")
        return narrowing.make()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE ROLE la_chan_without_rights")
        cursor.execute("SET LOCAL ROLE la_chan_without_rights")
        made = narrowing.make()
        transaction.set_rollback(True)
    return made


def test_the_schema_file_brings_it_or_leaves_it_to_migrate(django_db_blocker, monkeypatch, tmp_path):
    """SQLite's has the table and its triggers without their shadows; PostgreSQL's has nothing of an extension."""
    monkeypatch.setattr(narrowing, "_seen", set())
    with django_db_blocker.unblock(), scratch_database(connection):
        load(connection)
        before = picture_of(connection).catalogue
        assert narrowing.make()
        text = "\n".join([*sql_of(connection).before_rows(connection), *sql_of(connection).after_rows(connection)])
        made = picture_of(connection).catalogue
        (tmp_path / f"{connection.vendor}.sql").write_text(writing.text_of(connection, datetime(2020, 1, 1)))
    if not ON_SQLITE:
        assert "trgm" not in text
        assert made == before
        return
    assert all(text.count(statement) == 1 for statement in narrowing.STATEMENTS.values())
    assert f"{narrowing.INDEX}_" not in text
    with django_db_blocker.unblock(), scratch_database(connection), connection.cursor() as cursor:
        monkeypatch.setattr(files, "FOLDER", tmp_path)
        assert load(connection)
        assert picture_of(connection).catalogue == made
        cursor.execute("PRAGMA foreign_keys = OFF")
        cursor.execute("INSERT INTO pages_searchentry VALUES (1, ' a', ' xoe o', ' xòe ô', '', '')")
        assert narrowing._made(connection) == narrowing.STATEMENTS
        assert list(SearchEntry.objects.filter(narrowing.may_fit(("xoe", "o"), ())).values_list("pk", flat=True)) == [1]
