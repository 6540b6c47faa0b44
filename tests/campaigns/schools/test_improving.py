"""What a teacher would have improved reaches who writes the lesson, without a name, and is ticked off once."""

import re
from uuid import uuid4

import pytest
from django.utils import timezone
from sharing import shared

from campaigns.schools.lesson import SchoolLessonPage
from campaigns.schools.log.improving import answer, notes_for
from campaigns.schools.log.lesson_log import LessonLog
from campaigns.schools.log.writing import Said, keep
from campaigns.starter.lessons import create_schools
from pages.cms.groups import sync_all
from pages.home.page import create_home
from people.times import today

NOTES = "/truong-hoc/gop-y/"


@shared
def note(cast):
    """Of the teacher, about the lesson for grades 6 to 9."""
    create_schools(create_home(), lambda line: None)
    sync_all()
    page = SchoolLessonPage.objects.get(slug="lop-6-9")
    said = Said(cast.units.school, page, today(), 7, "7A", 16, 14, ("vi",), "kho", "Thẻ B1 chữ nhỏ", cast.teacher)
    return keep(cast.teacher, uuid4(), "x", said, timezone.now())


def test_it_reaches_the_author_without_teacher_class_or_school(note, cast, client_of):
    html = client_of(cast.manager).get(NOTES).content.decode().split("<main")[1]
    assert "Thẻ B1 chữ nhỏ" in html
    # a drawn token may hold the signs of a class
    html = re.sub(r'type="hidden" name="\w+" value="[^"]*"', "", html)
    for hidden in (cast.teacher.full_name, "7A", cast.units.school.name):
        assert hidden not in html


@pytest.mark.parametrize("name", ["teacher", "learner", "trainer", "editor", "observer"])
def test_nobody_else_reads_it(note, cast, client_of, name):
    assert client_of(getattr(cast, name)).get(NOTES).status_code == 403
    assert not notes_for(getattr(cast, name)).exists()


def test_it_is_ticked_off_once_and_the_teacher_sees_that(note, cast, client_of):
    assert not answer(cast.teacher, note.number, timezone.now())
    author = client_of(cast.manager)
    assert author.post(NOTES, {"number": str(note.number)}).status_code == 302
    assert not notes_for(cast.manager).exists()
    assert not answer(cast.manager, note.number, timezone.now())
    assert LessonLog.objects.get().answered_at
    assert "người soạn đã đọc góp ý" in client_of(cast.teacher).get("/truong-hoc/nhat-ky/").content.decode()


def test_a_number_that_names_nothing_changes_nothing(note, cast, client_of):
    for number in ("", "x", str(uuid4())):
        assert client_of(cast.manager).post(NOTES, {"number": number}).status_code == 302
    assert notes_for(cast.manager).count() == 1


def test_notes_cost_the_same_however_many(note, cast, client_of, django_assert_max_num_queries):
    client = client_of(cast.manager)
    client.get(NOTES)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as one:
        client.get(NOTES)
    page = SchoolLessonPage.objects.get(slug="lop-4-5")
    said = Said(cast.units.school, page, today(), 5, "5A", 16, 14, ("vi",), "kho", "Thẻ A2 khó", cast.teacher)
    keep(cast.teacher, uuid4(), "y", said, timezone.now())
    with django_assert_max_num_queries(len(one)):
        client.get(NOTES)
