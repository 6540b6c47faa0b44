"""A session that ended in mid-quiz, or a form older than the sign-in: nothing is lost, also without JavaScript."""

import json
import re
from html import unescape
from uuid import uuid4

import pytest
import time_machine
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from bodies import block, items
from django.test import Client
from django.utils import timezone
from factories import make_course, make_person
from sharing import shared

from courses.attempts.attempt import Answer
from courses.progress.lessons import LessonSeen
from courses.progress.tries import Try
from courses.quizzes.admission import start
from people.signing_in.kept_forms import mark_of, open_form, seal_form

PASSWORD = "mot-mat-khau-dai"
HERE = {"HTTP_ORIGIN": "http://testserver"}
LOGIN = "/tai-khoan/login/"
RESEND = "/tai-khoan/gui-tiep/"


@shared
def small_course():
    return make_course(questions=2)


@pytest.fixture
def learner(cast):
    cast.learner.set_password(PASSWORD)
    cast.learner.save()
    return cast.learner


@pytest.fixture
def attempt(learner, small_course):
    return start(learner, small_course.quiz, timezone.now())


def hidden(html):
    """The hidden fields of the first form that posts."""
    form = re.search(r'<form method="post".*?</form>', html, re.DOTALL)[0]
    pairs = re.findall(r'<input type="hidden" name="([^"]+)"(?: id="[^"]*")? value="([^"]*)"', form)
    return {name: unescape(value) for name, value in pairs}


def mark(client, attempt):
    page = client.get(f"/hoc-tap/bai-lam/{attempt.pk}/").content.decode()
    return re.search(r'name="sent_by" value="([^"]+)"', page)[1]


def answered(client, attempt, **more):
    """What the page without JavaScript posts."""
    choice = attempt.items.get(position=1).version.key["right"][0]
    data = {
        "1-choice": choice,
        "1-based_on": 0,
        "1-token": str(uuid4()),
        "go": "submit",
        "sent_by": mark(client, attempt),
    }
    return data | more


def sign_in(client, form, login="TG-001"):
    return client.post(LOGIN, form | {"login": login, "password": PASSWORD})


def test_the_answer_posted_without_a_session_is_saved_after_signing_in(client_of, learner, attempt):
    data = answered(client_of(learner), attempt)
    phone = Client()
    page = phone.post(f"/hoc-tap/bai-lam/{attempt.pk}/", data, **HERE)
    assert page.status_code == 401
    assert page["Cache-Control"].find("no-store") >= 0
    html = page.content.decode()
    assert "điều anh chị vừa gửi sẽ được gửi tiếp" in html
    assert data["1-choice"] not in html, "carried sealed"
    wrong = phone.post(LOGIN, hidden(html) | {"login": "TG-001", "password": "sai"}).content.decode()
    assert sign_in(phone, hidden(wrong))["Location"] == RESEND
    resend = phone.get(RESEND).content.decode()
    assert not Answer.objects.exists(), "a GET saves nothing"
    sent = phone.post(RESEND, hidden(resend), follow=True, **HERE)
    assert sent.redirect_chain[0] == (f"/hoc-tap/bai-lam/{attempt.pk}/", 307)
    assert Answer.objects.get().response["choices"] == [data["1-choice"]]
    assert "Nộp bài" in sent.content.decode(), "and it goes where the button led"
    assert phone.get(RESEND).status_code == 302, "once"


def test_an_attempt_submitted_without_a_session_is_submitted_after_signing_in(client_of, learner, attempt):
    phone = Client()
    html = phone.post(f"/hoc-tap/bai-lam/{attempt.pk}/nop/", {"sent_by": mark(client_of(learner), attempt)}, **HERE)
    sign_in(phone, hidden(html.content.decode()))
    phone.post(RESEND, hidden(phone.get(RESEND).content.decode()), follow=True, **HERE)
    attempt.refresh_from_db()
    assert attempt.submitted_at


def test_a_lesson_done_without_a_session_is_done_after_signing_in(client_of, learner, small_course):
    lesson = small_course.lessons[0]
    lesson.refresh_from_db()
    html = client_of(learner).get(lesson.url).content.decode()
    sent_by = re.search(r'name="sent_by" value="([^"]+)"', html)[1]
    address = re.search(r'action="([^"]+)" data-done', html)[1]
    phone = Client()
    page = phone.post(address, {"sent_by": sent_by}, **HERE)
    sign_in(phone, hidden(page.content.decode()))
    phone.post(RESEND, hidden(phone.get(RESEND).content.decode()), follow=True, **HERE)
    assert LessonSeen.objects.filter(person=learner).count() == 1


def test_a_choice_made_without_a_session_is_kept_after_signing_in(client_of, learner, small_course):
    lesson = small_course.lessons[0]
    options = items({"text": "A", "right": True, "feedback": "x"}, {"text": "B", "right": False, "feedback": "y"})
    lesson.body = json.dumps([block("check", {"ask": "Câu nào?", "options": options})])
    lesson.save()
    html = client_of(learner).get(lesson.url).content.decode()
    sent_by = re.search(r'name="sent_by" value="([^"]+)"', html)[1]
    phone = Client()
    chosen = {"block": block("check", {})["id"], "option": options[1]["id"]}
    page = phone.post(f"/hoc-tap/muc/{lesson.pk}/chon/", {**chosen, "sent_by": sent_by}, **HERE)
    sign_in(phone, hidden(page.content.decode()))
    phone.post(RESEND, hidden(phone.get(RESEND).content.decode()), follow=True, **HERE)
    assert Try.objects.get(person=learner).option_id == options[1]["id"]


def test_somebody_else_who_signs_in_sends_nothing(client_of, learner, attempt, db):
    other = make_person("Người Khác", "KH-001", password=PASSWORD)
    phone = Client()
    html = phone.post(f"/hoc-tap/bai-lam/{attempt.pk}/", answered(client_of(learner), attempt), **HERE).content.decode()
    sign_in(phone, hidden(html), other.staff_code)
    response = phone.get(RESEND, follow=True)
    assert "của người khác" in response.content.decode()
    assert not Answer.objects.exists()
    sign_in(phone, {})
    assert phone.get(RESEND)["Location"] == "/hoc-tap/"


def test_what_another_site_posts_is_never_kept(client_of, learner, attempt):
    data = answered(client_of(learner), attempt)
    for headers in ({"HTTP_ORIGIN": "https://evil.example"}, {"HTTP_REFERER": "https://evil.example/"}, {}):
        response = Client().post(f"/hoc-tap/bai-lam/{attempt.pk}/", data, **headers)
        assert response.status_code == 302


@pytest.mark.parametrize("forged", ["", "1", "1:abc"])
def test_a_form_that_does_not_say_whose_it_is_is_not_kept(client_of, learner, attempt, forged):
    data = answered(client_of(learner), attempt, sent_by=forged)
    assert Client().post(f"/hoc-tap/bai-lam/{attempt.pk}/", data, **HERE).status_code == 302


def test_what_is_kept_is_too_old_after_two_hours_and_cannot_be_changed(rf, learner):
    with time_machine.travel("2026-11-24 09:00:00+07:00", tick=False):
        token = seal_form(rf.post("/hoc-tap/bai-lam/1/", {"a": "1", "sent_by": mark_of(learner)}, **HERE))
        assert open_form(token).fields == [("a", "1")]
        assert open_form(token[:-4] + "AAA=") is None
    with time_machine.travel("2026-11-24 11:00:01+07:00", tick=False):
        assert open_form(token) is None


def test_a_huge_form_is_not_kept(rf, learner):
    assert seal_form(rf.post("/", {"a": "x" * 70_000, "sent_by": mark_of(learner)}, **HERE)) == ""


def test_after_a_second_step_the_kept_form_is_still_there(client_of, learner, attempt):
    data = answered(client_of(learner), attempt)
    TOTP.activate(learner, "JBSWY3DPEHPK3PXP")
    code = RecoveryCodes.activate(learner).get_unused_codes()[0]
    phone = Client()
    html = phone.post(f"/hoc-tap/bai-lam/{attempt.pk}/", data, **HERE).content.decode()
    sign_in(phone, hidden(html))
    assert phone.post("/tai-khoan/hai-buoc/xac-nhan/", {"code": code})["Location"] == RESEND
    phone.post(RESEND, hidden(phone.get(RESEND).content.decode()), follow=True, **HERE)
    assert Answer.objects.count() == 1


# --- a form older than the sign-in: its CSRF token is another


def test_a_form_opened_before_signing_in_again_is_sent_after_all(learner, attempt):
    phone = Client(enforce_csrf_checks=True)
    phone.force_login(learner)
    data = answered(phone, attempt, csrfmiddlewaretoken="x" * 64)
    response = phone.post(f"/hoc-tap/bai-lam/{attempt.pk}/", data, **HERE)
    assert response["Location"] == RESEND
    fields = hidden(phone.get(RESEND).content.decode())
    phone.post(RESEND, fields, follow=True, **HERE)
    assert Answer.objects.count() == 1


def test_a_stale_form_of_somebody_else_is_refused(learner, attempt, client_of):
    data = answered(client_of(learner), attempt, csrfmiddlewaretoken="x" * 64)
    other = Client(enforce_csrf_checks=True)
    other.force_login(make_person("Người Khác", "KH-001"))
    assert other.post(f"/hoc-tap/bai-lam/{attempt.pk}/", data, **HERE).status_code == 403
    assert other.get(RESEND)["Location"] == "/hoc-tap/"


def test_the_script_gets_a_new_token_and_tries_once_more(learner, attempt):
    phone = Client(enforce_csrf_checks=True)
    phone.force_login(learner)
    data = answered(phone, attempt)
    address = f"/hoc-tap/bai-lam/{attempt.pk}/cau/1/"
    json = {"HTTP_ACCEPT": "application/json", **HERE}
    refused = phone.post(address, data, **json, HTTP_X_CSRFTOKEN="x" * 64)
    assert refused.status_code == 403
    assert phone.post(address, data, **json, HTTP_X_CSRFTOKEN=refused.json()["csrf"]).status_code == 200
    assert Answer.objects.count() == 1


def test_a_sign_in_page_that_lay_open_too_long_is_shown_anew(db):
    phone = Client(enforce_csrf_checks=True)
    phone.get(LOGIN)
    response = phone.post(LOGIN, {"login": "TG-001", "password": "x", "next": "/bao-cao/"}, **HERE)
    assert response["Location"] == f"{LOGIN}?next=/bao-cao/"
