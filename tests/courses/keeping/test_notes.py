"""Own notes beside a lesson: kept, private, in the own copy, gone with the person."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import make_course
from sharing import shared

from courses.keeping.personal_data import notes as own_notes
from courses.progress.notes import LessonNote, keep_note
from people.privacy import erasure


@shared
def small_course():
    return make_course(lessons=3)


@pytest.fixture
def lesson(small_course):
    return small_course.lessons[0]


@pytest.fixture
def here(cast, client_of):
    return client_of(cast.learner)


def write(client, lesson, text="", **more):
    return client.post(f"/hoc-tap/muc/{lesson.pk}/ghi-chu/", {"text": text, **more})


def test_a_note_is_kept_and_stands_beside_its_lesson(lesson, here):
    assert write(here, lesson, "Gọi cho chị Hoa ở trạm y tế.").url == f"{lesson.url}#ghi-chu"
    html = here.get(lesson.url).content.decode()
    assert "Gọi cho chị Hoa ở trạm y tế.</textarea>" in html
    assert "Đã lưu lúc" in html


def test_a_note_written_again_replaces_itself_and_an_emptied_one_is_no_row(lesson, here):
    write(here, lesson, "Một.")
    write(here, lesson, "Hai.", marked="on")
    note = LessonNote.objects.get()
    assert (note.text, note.marked) == ("Hai.", True)
    write(here, lesson, "  ", marked="on")
    assert LessonNote.objects.get().text == ""
    write(here, lesson, "")
    assert not LessonNote.objects.exists()


def test_what_is_too_long_is_refused_in_one_sentence_and_the_old_note_stays(lesson, here):
    write(here, lesson, "Một.")
    response = write(here, lesson, "x" * 4001)
    assert response.status_code == 400
    assert "Ghi chú dài quá 4000 chữ cái" in response.content.decode()
    assert LessonNote.objects.get().text == "Một."


def test_nobody_else_sees_a_note(lesson, here, cast, client_of):
    write(here, lesson, "Điều riêng của tôi.")
    for person in (cast.trainer, cast.manager, cast.other_learner):
        client = client_of(person)
        for address in (lesson.url, "/hoc-tap/ghi-chu/"):
            assert "Điều riêng của tôi." not in client.get(address).content.decode()


def test_a_note_is_html_for_nobody(lesson, here):
    write(here, lesson, "<script>alert(1)</script>")
    for address in (lesson.url, "/hoc-tap/ghi-chu/"):
        assert "<script>alert" not in here.get(address).content.decode()


def test_the_list_has_marked_notes_first_and_then_the_order_of_the_course(small_course, here):
    first, second, third = small_course.lessons
    write(here, third, "Ba.")
    write(here, second, "Hai.", marked="on")
    write(here, first, "Một.")
    listed = here.get("/hoc-tap/ghi-chu/").context["notes"]
    assert [one.title for one in listed] == ["Mục 2", "Mục 1", "Mục 3"]


def test_a_note_outlives_its_lesson(lesson, here):
    write(here, lesson, "Còn đây.")
    lesson.unpublish()
    html = here.get("/hoc-tap/ghi-chu/").content.decode()
    assert "Còn đây." in html
    assert "Mục này đã được rút." in html


def test_no_note_yet_is_said(here):
    assert "chưa ghi chú gì" in here.get("/hoc-tap/ghi-chu/").content.decode()


def test_a_shut_lesson_takes_no_note(small_course, here):
    small_course.course.order_enforced = True
    small_course.course.save()
    assert write(here, small_course.lessons[1], "Sớm.").status_code == 403
    assert not LessonNote.objects.exists()


def test_the_database_holds_one_note_a_lesson_that_says_something(lesson, cast):
    now, key = timezone.now(), lesson.translation_key
    keep_note(cast.learner, key, "Một.", False, now)
    for lesson_key, text in ((key, "Hai."), (uuid4(), "")):
        with pytest.raises(IntegrityError), transaction.atomic():
            LessonNote.objects.create(person=cast.learner, at=now, lesson_key=lesson_key, text=text)


def test_notes_are_in_the_own_copy_and_go_with_the_person(lesson, cast):
    keep_note(cast.learner, lesson.translation_key, "Riêng.", True, timezone.now())
    keep_note(cast.trainer, lesson.translation_key, "Của người khác.", False, timezone.now())
    (row,) = own_notes(cast.learner)
    assert (row["Bài"], row["Ghi chú"], row["Đánh dấu để đọc lại"]) == ("Mục 1", "Riêng.", True)
    erasure.erase(cast.learner, cast.administrator, timezone.now())
    assert [note.person_id for note in LessonNote.objects.all()] == [cast.trainer.pk]


def test_the_number_of_queries_does_not_grow_with_notes(small_course, here, cast):
    keep_note(cast.learner, small_course.lessons[0].translation_key, "Một.", False, timezone.now())
    here.get("/hoc-tap/ghi-chu/")
    with CaptureQueriesContext(connection) as few:
        here.get("/hoc-tap/ghi-chu/")
    for lesson in small_course.lessons:
        keep_note(cast.learner, lesson.translation_key, "Thêm.", True, timezone.now())
    with CaptureQueriesContext(connection) as many:
        here.get("/hoc-tap/ghi-chu/")
    assert len(many) == len(few)
