"""The screens of a re-test: announced, answered in a plain form, explained, and closed after its days."""

from datetime import date, timedelta

import pytest
import time_machine
from retests import answer, answer_retest, at, complete, make_drawn_course
from sharing import shared

from courses.attempts.attempt import Attempt
from courses.retests import personal_data
from courses.retests.opening import begin
from courses.retests.retest import FollowUp, RetestResult

OPENS, CLOSES = date(2026, 4, 2), date(2026, 4, 15)


@shared
def course():
    return make_drawn_course()


@pytest.fixture
def completion(course, cast):
    return complete(cast.learner, course, date(2026, 3, 2))


def text(response) -> str:
    return response.content.decode()


def test_it_is_announced_while_it_is_open(completion, cast, client_of):
    for day, told in ((OPENS, True), (CLOSES, True), (CLOSES + timedelta(days=1), False)):
        with time_machine.travel(at(day), tick=False):
            page = text(client_of(cast.learner).get("/hoc-tap/"))
            assert (f"/hoc-tap/hoi-lai/{completion.pk}/" in page) is told


def test_begun_answered_handed_in_and_explained(completion, cast, client_of):
    with time_machine.travel(at(OPENS), tick=False):
        client, address = client_of(cast.learner), f"/hoc-tap/hoi-lai/{completion.pk}/"
        assert "15/04/2026" in text(client.get(address))
        began = client.post(address)
        attempt = Attempt.objects.get(closes_at__isnull=False)
        assert began.url == f"/hoc-tap/bai-lam/{attempt.pk}/"
        assert client.get(began.url).status_code == 200
        answer(attempt, at(OPENS), 4)
        assert client.get(f"{began.url}nop/").status_code == 200
        page = text(client.post(f"{began.url}nop/", follow=True))
    assert "Anh chị còn nắm vững" in page
    assert page.count("Ôn lại:") == 5
    assert RetestResult.objects.get().right == 4


def test_after_its_days_the_page_says_when_the_next_opens(completion, cast, client_of):
    with time_machine.travel(at(CLOSES + timedelta(days=1)), tick=False):
        page = text(client_of(cast.learner).post(f"/hoc-tap/hoi-lai/{completion.pk}/"))
        assert "Lần sau mở từ ngày 02/06/2026" in page


def test_a_closed_one_is_not_handed_in(completion, cast, client_of):
    attempt = begin(cast.learner, completion.pk, at(OPENS))
    with time_machine.travel(at(CLOSES + timedelta(days=1)), tick=False):
        client = client_of(cast.learner)
        page = text(client.post(f"/hoc-tap/bai-lam/{attempt.pk}/nop/", follow=True))
        assert "đã đóng" in page
        assert not RetestResult.objects.exists()


def test_what_she_did_is_her_own_and_goes_with_her(completion, cast, client_of):
    answer_retest(completion, OPENS, 5)
    with time_machine.travel(at(OPENS), tick=False):
        form = {"did": "partly", "words": "Đã hỏi chuyện riêng"}
        client = client_of(cast.learner)
        assert client.post(f"/hoc-tap/hoi-lai/{completion.pk}/da-thu/", form).status_code == 302
        assert client.post(f"/hoc-tap/hoi-lai/{completion.pk}/da-thu/", {"did": "x"}).status_code == 400
    assert personal_data.retests(cast.learner)[0]["Ghi thêm cho mình"] == "Đã hỏi chuyện riêng"
    personal_data._forget(None, cast.learner, at(OPENS))
    assert not FollowUp.objects.exists()


def test_somebody_elses_is_not_found(completion, cast, client_of):
    for address in ("", "da-thu/"):
        client = client_of(cast.other_learner)
        assert client.post(f"/hoc-tap/hoi-lai/{completion.pk}/{address}").status_code == 404
