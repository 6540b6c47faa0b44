"""A statement is written once and asked again: what is kept is the question, never an answer."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import make_person, make_posting

from people.persons.merges import one_person
from people.persons.user import User
from people.postings.posting import Posting
from people.statements import kept
from people.statements.kept import about, count_of, counts_of, rows_about, rows_of, there_are, write, written

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    monkeypatch.setattr(kept, "_KEPT", {})


def everybody():
    return User.objects.order_by("pk").values_list("pk", "full_name", "last_login", "is_active")


def test_the_rows_are_those_of_the_query_with_moments_as_python_has_them(cast):
    User.objects.filter(pk=cast.learner.pk).update(last_login=timezone.make_aware(datetime(2026, 11, 24, 9, 30)))
    assert [tuple(row) for row in rows_of(("all",), everybody)] == list(everybody())


def test_it_is_built_once_and_answers_anew(cast):
    built = []

    def build():
        built.append(1)
        return everybody()

    first = rows_of(("all",), build)
    new = make_person("Người Mới", "KS-1")
    with CaptureQueriesContext(connection) as queries:
        second = rows_of(("all",), build)
    assert (len(built), len(queries)) == (1, 1)
    assert {row[0] for row in second} - {row[0] for row in first} == {new.pk}


def test_another_key_and_another_day_are_written_for_themselves():
    built = []

    def build():
        built.append(1)
        return everybody()

    now = timezone.make_aware(datetime(2026, 11, 24, 9))
    for hours, key in ((0, "a"), (1, "a"), (1, "b"), (24, "a")):
        with time_machine.travel(now + timedelta(hours=hours), tick=False):
            written((key,), build)
    assert len(built) == 3


def test_what_can_find_nothing_asks_nothing():
    with CaptureQueriesContext(connection) as queries:
        assert rows_of(("none",), lambda: everybody().filter(pk__in=[])) == []
        assert counts_of([write(everybody().filter(pk__in=[])), write(everybody().filter(pk__in=[]))]) == [0, 0]
    assert len(queries) == 0


def test_several_are_counted_by_one_statement(units, cast):
    make_posting(cast.learner, units.tay_giang, start=date(2026, 1, 1), position="Hai")
    postings = Posting.objects.filter(person=cast.learner)
    asked = [postings, postings.filter(pk__in=[]), postings.order_by("pk")[:1]]
    with CaptureQueriesContext(connection) as queries:
        told = counts_of([write(one.values_list("pk")) for one in asked])
    assert told == [postings.count(), 0, 1]
    assert len(queries) == 1
    assert count_of(("postings", cast.learner.pk), lambda: postings.values_list("pk")) == postings.count()


def test_a_process_keeps_no_more_than_so_many(monkeypatch):
    monkeypatch.setattr(kept, "MOST", 3)
    for number in range(10):
        written((number,), everybody)
        assert len(kept._KEPT) <= 3


def test_a_statement_about_a_person_is_written_once_for_everybody(units, cast):
    built = []

    def posts(person):
        built.append(1)
        # her own records and those that were merged into hers; one key, and a list of one
        rows = Posting.objects.current().filter(Q(person=person.pk) | Q(person__in=one_person(person)))
        return rows.order_by("pk").values_list("person", "position", "recorded_at")

    for person in (cast.learner, cast.trainer, cast.learner):
        with CaptureQueriesContext(connection) as queries:
            told = rows_about(person, ("posts",), posts)
        assert len(queries) == 1
        assert told == [*posts(person)]
        assert person is not cast.learner or told
    # three times to compare
    assert len(built) == 1 + 3


def test_whether_there_is_any_is_asked_of_several_at_once(cast):
    asked = [
        about(person, ("any posts",), lambda person: Posting.objects.filter(person=person.pk).values("pk")[:1])
        for person in (cast.learner, make_person("Người Mới", "KS-1"))
    ]
    with CaptureQueriesContext(connection) as queries:
        assert there_are([*asked, write(everybody().filter(pk__in=[]))]) == [True, False, False]
    assert len(queries) == 1
    assert there_are([]) == []
