"""A person's page: what a trainer may know of somebody they answer for, and nothing private beyond it."""

import html
import re
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone
from factories import make_course, make_person, make_posting
from sharing import shared

from courses.attempts.attempt import Attempt, AttemptGrant
from courses.completions.completion import Completion, Void
from courses.requirements.requirement import Excuse
from courses.standing.coverage import coverage
from courses.standing.rules import seed_requirements
from courses.standing.standing import rebuild_all

COURSE = "nhan-dien-nan-nhan"
NOW = timezone.make_aware(datetime(2026, 11, 24, 9))
PAGE = "/bao-cao/can-bo/TG-001/"


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(NOW, tick=False):
        yield


@shared(on=NOW - timedelta(minutes=5))
def story(cast):
    """The learner of Tây Giang passed at the second attempt, and will be excused for a while."""
    requirement = seed_requirements(timezone.make_aware(datetime(2024, 1, 1)))[0]
    about = {"person": cast.learner, "quiz_key": "7a0d7f0e-0000-4000-8000-000000000001", "course_key": COURSE}
    for number, score in ((1, 1150), (2, 1700)):
        at = timezone.make_aware(datetime(2026, 11, number, 8))
        attempt = Attempt.objects.create(
            **about,
            number=number,
            started_at=at,
            submitted_at=at,
            score=score,
            max_score=2000,
            passed=score >= 1600,
            rules={"title": "Bài kiểm tra cuối khóa"},
        )
    cast.completion = Completion.objects.create(
        person=cast.learner,
        course_key=COURSE,
        completed_on=date(2026, 11, 2),
        source="quiz",
        evidence="Bài kiểm tra cuối khóa: 85 %",
        attempt=attempt,
    )
    Excuse.objects.create(
        person=cast.learner, requirement=requirement, reason="Đi học tập trung", start=date(2027, 1, 1)
    )
    rebuild_all()
    return cast


def text_of(response) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())))


def test_the_page_shows_postings_standing_completions_attempts_and_excuses(story, client_of):
    page = text_of(client_of(story.trainer).get(PAGE))
    assert "Xã Tây Giang" in page
    assert "Hoàn thành ngày 02/11/2026 (Bài kiểm tra trên hệ thống); hiệu lực đến hết ngày 01/11/2028." in page
    assert "Minh chứng: Bài kiểm tra cuối khóa: 85 %" in page
    assert "11,5/20" in page
    assert "17/20" in page
    assert "Đi học tập trung" in page


def test_nothing_private_is_shown(story, client_of):
    page = client_of(story.trainer).get(PAGE).content.decode()
    assert "ha@example.vn" not in page
    assert "905000001" not in page


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("manager", 200),
        ("administrator", 200),
        ("trainer", 200),
        ("unit_head", 200),
        ("observer", 403),
        ("learner", 403),
        ("stranger", 403),
        (None, 302),
    ],
)
def test_who_may_see_a_person(story, client_of, who, status):
    assert client_of(getattr(story, who) if who else None).get(PAGE).status_code == status


def test_somebody_of_another_unit_is_not_found(story, client_of):
    assert client_of(story.trainer).get("/bao-cao/can-bo/TM-001/").status_code == 404
    assert client_of(story.trainer).get("/bao-cao/can-bo/LA-001/").status_code == 404


def test_a_staff_code_may_hold_a_slash(story, client_of):
    make_posting(make_person("Mã Có Gạch", "TG/07-1"), story.units.tay_giang)
    assert client_of(story.trainer).get("/bao-cao/can-bo/TG/07-1/").status_code == 200


def test_a_completion_can_be_made_to_count_no_more(story, client_of):
    client = client_of(story.trainer)
    sent = {"completion": story.completion.pk, "on": "2026-11-20", "reason": "Làm bài hộ"}
    for _click in range(2):
        assert client.post(PAGE, sent).status_code == 302
    void = Void.objects.get()
    assert (void.on, void.reason, void.by) == (date(2026, 11, 20), "Làm bài hộ", story.trainer)
    assert "Không tính từ 20/11/2026" in text_of(client.get(PAGE))
    assert coverage(COURSE, unit="20455").total.completed == 0


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"on": "2026-11-01"}, "Ngày này trước ngày hoàn thành 02/11/2026."),
        ({"on": "x"}, "Ghi ngày/tháng/năm"),
        ({"reason": ""}, "bắt buộc"),
    ],
)
def test_an_impossible_void_is_reported_and_not_recorded(story, client_of, change, sentence):
    sent = {"completion": story.completion.pk, "on": "2026-11-20", "reason": "Làm bài hộ", **change}
    response = client_of(story.trainer).post(PAGE, sent)
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert not Void.objects.exists()


def test_a_completion_of_somebody_else_cannot_be_voided_through_this_page(story, client_of):
    other = Completion.objects.create(
        person=story.other_learner, course_key=COURSE, completed_on=date(2026, 11, 2), source="import"
    )
    sent = {"completion": other.pk, "on": "2026-11-20", "reason": "Nhầm"}
    assert client_of(story.trainer).post(PAGE, sent).status_code == 422
    assert not Void.objects.exists()


def test_a_unit_head_reads_and_does_not_void(story, client_of):
    client = client_of(story.unit_head)
    sent = {"completion": story.completion.pk, "on": "2026-11-20", "reason": "Nhầm"}
    assert client.post(PAGE, sent).status_code == 403
    assert "Ghi là không tính" not in client.get(PAGE).content.decode()


def test_a_trainer_is_led_to_one_more_attempt_where_attempts_are_limited(story, client_of):
    client = client_of(story.trainer)
    assert "Cho thêm một lần" not in text_of(client.get(PAGE))
    make_course(attempt_limit=2)
    page = client.get(PAGE).content.decode()
    address = html.unescape(re.search(r'href="(/bao-cao/them-luot/[^"]+)"', page)[1])
    response = client.post(address, {"reason": "Mất điện", "next": PAGE})
    assert response["Location"] == PAGE
    assert AttemptGrant.objects.get().reason == "Mất điện"
    assert "cho thêm một lần làm bài: Mất điện" in text_of(client.get(PAGE))
