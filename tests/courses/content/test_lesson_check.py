"""`check_lessons` names minutes that do not fit and dead links; publishing proposes the minutes."""

import json
from io import StringIO

import pytest
from bodies import block
from django.core.management import CommandError, call_command
from django.urls import reverse
from factories import make_course, make_person
from sharing import shared
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from courses.content.lesson import LessonPage

# 400 syllables beside the two of the title: 402 / 180 = 2.2, so three minutes
LONG = "<p>" + "học " * 400 + "</p>"


@shared
def small_course():
    small_course = make_course(lessons=2, questions=2)
    for lesson in small_course.lessons:
        lesson.body, lesson.minutes = json.dumps([block("text", LONG)]), 3
        lesson.save()
    return small_course


def told(**options) -> tuple[str, str]:
    """(what was printed, the error or "")."""
    out = StringIO()
    try:
        call_command("check_lessons", stdout=out, **options)
    except CommandError as error:
        return out.getvalue(), str(error)
    return out.getvalue(), ""


def test_lessons_that_fit_are_fine(small_course):
    assert told() == ("Số phút và lời “ôn lại” đều ổn.\n", "")
    assert json.loads(told(format="json")[0]) == {"minutes": [], "dead_links": []}


@pytest.mark.parametrize(("minutes", "named"), [(2, False), (4, False), (1, True), (5, True)])
def test_minutes_off_by_more_than_a_third_are_named(small_course, minutes, named):
    LessonPage.objects.filter(pk=small_course.lessons[1].pk).update(minutes=minutes)
    out, error = told()
    assert (f"nhan-dien-nan-nhan, “Mục 2”: ghi {minutes} phút, tính theo nội dung là 3 phút." in out) == named
    assert ("Có 1 chỗ cần xem lại." in error) == named


def test_a_lesson_that_is_withdrawn_or_in_a_withdrawn_course_is_not_asked(small_course):
    LessonPage.objects.filter(pk=small_course.lessons[1].pk).update(minutes=20)
    small_course.course.unpublish()
    assert told()[1] == ""


def test_a_link_to_a_withdrawn_lesson_is_dead(small_course):
    small_course.lessons[0].unpublish()
    out, error = told(format="json")
    assert json.loads(out)["dead_links"] == [
        {
            "quiz": "Bài kiểm tra cuối khóa",
            "page": small_course.quiz.pk,
            "question": "Câu 1",
            "lesson": "Mục 1",
        }
    ]
    assert error == "Có 1 chỗ cần xem lại."
    assert "“Bài kiểm tra cuối khóa”, câu “Câu 1”: mục để ôn “Mục 1” không còn xuất bản." in told()[0]


@pytest.fixture
def cms(client_of):
    return client_of(make_person("Trần Thị Lan", "BT-001", is_superuser=True))


def published(cms, lesson, html, minutes: str) -> int:
    fields = {
        "title": lesson.title,
        "slug": lesson.slug,
        "body": streamfield([("text", {"text": rich_text(html)})]),
        "minutes": minutes,
        "required": "on",
        "sources": "",
        "comments": inline_formset([]),
        "action-publish": "1",
    }
    response = cms.post(reverse("wagtailadmin_pages:edit", args=[lesson.pk]), nested_form_data(fields))
    assert response.status_code == 302, response.context["form"].errors
    return LessonPage.objects.get(pk=lesson.pk).minutes


def test_publishing_proposes_the_minutes_and_an_editor_overrules_them(small_course, cms):
    lesson = small_course.lessons[0]
    longer = "<p>" + "học " * 900 + "</p>"
    # left as they were: they follow the text. 902 / 180 = 5.01
    assert published(cms, lesson, longer, minutes="3") == 6
    # changed by hand: they stay, also at the next edit
    assert published(cms, lesson, longer, minutes="8") == 8
    assert published(cms, lesson, LONG, minutes="8") == 8
    # emptied: the formula again
    assert published(cms, lesson, LONG, minutes="") == 3


def test_the_form_says_what_the_stored_text_needs(small_course, cms):
    html = cms.get(reverse("wagtailadmin_pages:edit", args=[small_course.lessons[0].pk])).content.decode()
    assert "Nội dung đã lưu cần khoảng 3 phút." in html
