"""Passing first and reading last ends on the same page as reading first and passing last."""

import html
import json
import re
from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone
from factories import approve, make_course
from sharing import shared

from courses.attempts.answering import save_answer
from courses.attempts.attempt import AttemptItem
from courses.certificates.completed import takeaways_in
from courses.completions.completion import Completion, void
from courses.quizzes.admission import start
from courses.standing.rules import seed_requirements
from outbox.draining import drain

COURSE = "nhan-dien-nan-nhan"
PAGE = f"/hoc-tap/hoan-thanh/{COURSE}/"
NOW = timezone.make_aware(datetime(2026, 11, 24, 9))


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(NOW, tick=True):
        yield


@shared(on=NOW - timedelta(minutes=5))
def course(cast):
    seed_requirements(timezone.make_aware(datetime(2024, 1, 1)))
    made = make_course(lessons=2, questions=1)
    for lesson, words in zip(made.lessons, ("Mở một lối để hỏi riêng.", "Ghi số 111 lên bảng."), strict=True):
        lesson.body = [("text", "<p>Đọc.</p>"), ("takeaway", words)]
        lesson.save_revision().publish()
    return made


def text_of(response) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())))


def reads(client, lesson):
    return client.post(f"/hoc-tap/muc/{lesson.pk}/xong/")


def passes(client, course, person):
    attempt = start(person, course.quiz, timezone.now())
    for item in AttemptItem.objects.filter(attempt=attempt).select_related("version"):
        right = {"choice": [item.version.key["right"][0]]}
        save_answer(person, attempt.pk, item.position, right, based_on=0, token=None, now=timezone.now())
    return client.post(f"/hoc-tap/bai-lam/{attempt.pk}/nop/")


def test_reading_first_and_passing_last_ends_there(course, cast, client_of):
    client = client_of(cast.learner)
    assert [reads(client, lesson).url == PAGE for lesson in course.lessons] == [False, False]
    assert passes(client, course, cast.learner).url == PAGE


def test_passing_first_and_reading_last_ends_there_too(course, cast, client_of):
    client = client_of(cast.learner)
    assert passes(client, course, cast.learner).url.endswith("/ket-qua/")
    assert reads(client, course.lessons[1]).url != PAGE
    assert reads(client, course.lessons[0]).url == PAGE
    # reading on afterwards goes its ordinary way
    assert reads(client, course.lessons[1]).url != PAGE


def test_it_says_until_when_with_the_paper_and_what_to_do_tomorrow(course, cast, client_of):
    approve()
    client = client_of(cast.learner)
    for lesson in course.lessons:
        reads(client, lesson)
    passes(client, course, cast.learner)
    drain()
    said = text_of(client.get(PAGE))
    assert "Có hiệu lực đến hết ngày 23/11/2028" in said
    assert "Tải giấy chứng nhận (PDF)" in said
    for words in ("Ngày mai, ở bàn làm việc", "Mở một lối để hỏi riêng.", "Ghi số 111 lên bảng."):
        assert words in said
    assert "học thử" not in said


def test_of_an_unapproved_course_it_says_that_the_paper_is_a_trial(course, cast, client_of):
    client = client_of(cast.learner)
    for lesson in course.lessons:
        reads(client, lesson)
    passes(client, course, cast.learner)
    assert "Xem giấy xác nhận học thử" in text_of(client.get(PAGE))
    drain()
    assert "Tải giấy xác nhận học thử (PDF)" in text_of(client.get(PAGE))


def test_who_has_not_completed_has_no_such_page(course, cast, client_of):
    client = client_of(cast.learner)
    assert client.get(PAGE).status_code == 404
    done = {"person": cast.learner, "course_key": COURSE, "completed_on": NOW.date(), "source": "quiz"}
    void(Completion.objects.create(**done), NOW.date(), "Thi hộ", cast.trainer, NOW)
    assert client.get(PAGE).status_code == 404


def test_the_page_costs_the_same_for_any_number_of_lessons(course, cast, client_of, django_assert_max_num_queries):
    Completion.objects.create(person=cast.learner, course_key=COURSE, completed_on=NOW.date(), source="quiz")
    client = client_of(cast.learner)
    client.get(PAGE)
    with django_assert_max_num_queries(20):
        client.get(PAGE)


def test_only_the_takeaways_of_a_body_are_taken():
    body = [
        {"type": "text", "value": "<p>A</p>"},
        {"type": "takeaway", "value": " B \n"},
        {"type": "takeaway", "value": ""},
    ]
    assert takeaways_in(json.dumps(body)) == ["B"]
    assert takeaways_in("") == []
