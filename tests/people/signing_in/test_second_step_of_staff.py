"""The second step belongs to the session that passed it, and staff's first never begins from a password alone."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from factories import LONG_AGO

from outbox.effects import Effect
from people.guarding.first_enrolment import address_is_settled, link_for
from people.log.audit import Act, record
from people.persons.user import User
from people.signing_in.activation import drop_second_step, make_slips
from people.signing_in.sessions import DeviceSession

pytestmark = pytest.mark.django_db
PASSWORD = "mot-mat-khau-dai"
SECRET = "JBSWY3DPEHPK3PXP"
APP = "/tai-khoan/hai-buoc/ung-dung/"
STAFF_PAGE = "/bao-cao/"


@pytest.fixture(autouse=True)
def _in_production(settings):
    settings.SECOND_STEP_REQUIRED = True


@pytest.fixture
def trainer(cast):
    cast.trainer.set_password(PASSWORD)
    cast.trainer.email = "hung@example.vn"
    cast.trainer.date_joined = LONG_AGO
    cast.trainer.save()
    return cast.trainer


def sign_in(person, client=None):
    client = client or Client()
    client.post("/tai-khoan/login/", {"login": person.staff_code, "password": PASSWORD})
    return client


def code_now(secret=SECRET):
    cache.clear()  # a code counts once
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def password_again(client):
    return client.post("/tai-khoan/reauthenticate/", {"password": PASSWORD})


def enrol(client):
    page = client.get(APP).content.decode()
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page)[1]
    return secret, client.post(APP, {"code": code_now(secret)}, follow=True)


def pass_it(client):
    return client.post("/tai-khoan/hai-buoc/xac-nhan-lai/", {"code": code_now()})


# --- the session


def test_a_session_older_than_the_second_step_has_not_passed_it(trainer):
    older = sign_in(trainer)
    TOTP.activate(trainer, SECRET)
    answer = older.get(STAFF_PAGE)
    assert answer["Location"] == "/tai-khoan/hai-buoc/xac-nhan-lai/?next=/bao-cao/"
    assert older.get(STAFF_PAGE, headers={"Accept": "application/json"}).status_code == 403
    assert older.get("/hoc-tap/").status_code == 200
    pass_it(older)
    assert older.get(STAFF_PAGE).status_code == 200


def test_who_signs_in_with_it_has_passed_it_until_those_means_are_gone(trainer):
    TOTP.activate(trainer, SECRET)
    client = sign_in(trainer)
    client.post("/tai-khoan/hai-buoc/xac-nhan/", {"code": code_now()})
    assert client.get(STAFF_PAGE).status_code == 200
    Authenticator.objects.filter(user=trainer).delete()
    TOTP.activate(trainer, SECRET)
    assert client.get(STAFF_PAGE).status_code == 302


def from_slip(cast, person):
    ((_person, code),) = make_slips([person], cast.administrator, timezone.now(), batch=uuid4())
    client = Client()
    form = {"staff_code": person.staff_code, "code": code, "password1": PASSWORD, "password2": PASSWORD}
    client.post("/tai-khoan/kich-hoat/", form)
    return client


def test_enrolling_ends_all_other_sessions_and_the_session_that_did_it_has_passed(cast, trainer):
    client = from_slip(cast, trainer)
    other = sign_in(trainer)
    enrol(client)
    assert Authenticator.objects.filter(user=trainer, type="totp").exists()
    assert client.get(STAFF_PAGE).status_code == 200
    assert other.get("/tai-khoan/").status_code == 302
    assert DeviceSession.objects.filter(person=trainer).count() == 1


CHANGES = [APP, f"{APP}tat/", "/tai-khoan/hai-buoc/ma-du-phong/tao/", "/tai-khoan/hai-buoc/khoa/them/"]


@pytest.mark.parametrize("address", CHANGES)
def test_each_change_asks_for_the_password_again_even_right_after_signing_in(trainer, address):
    TOTP.activate(trainer, SECRET)
    client = sign_in(trainer)
    client.post("/tai-khoan/hai-buoc/xac-nhan/", {"code": code_now()})
    for method in (client.get, client.post):
        assert method(address)["Location"] == f"/tai-khoan/reauthenticate/?next={address}"
    pass_it(client)
    assert client.get(address)["Location"].startswith("/tai-khoan/reauthenticate/"), "a code is not the password"
    password_again(client)
    assert not client.get(address).headers.get("Location", "").startswith("/tai-khoan/reauthenticate/")


def test_removing_and_renewing_end_all_other_sessions_too(cast, settings):
    settings.SECOND_STEP_REQUIRED = False
    person = cast.learner
    person.set_password(PASSWORD)
    person.save()
    client = sign_in(person)
    password_again(client)
    enrol(client)
    for address in ("/tai-khoan/hai-buoc/ma-du-phong/tao/", f"{APP}tat/"):
        other = Client()
        other.force_login(person)
        client.post(address)
        assert other.get("/tai-khoan/").status_code == 302, address
        assert client.get("/tai-khoan/").status_code == 200
    assert not Authenticator.objects.filter(user=person).exists()


def test_the_server_takes_it_away_with_every_session(trainer):
    TOTP.activate(trainer, SECRET)
    client = sign_in(trainer)
    client.post("/tai-khoan/hai-buoc/xac-nhan/", {"code": code_now()})
    drop_second_step(trainer)
    assert client.get("/tai-khoan/").status_code == 302


def test_recovery_codes_are_shown_once(cast, trainer):
    client = from_slip(cast, trainer)
    _secret, shown = enrol(client)
    assert len(re.findall(r"<code>(\d{8})</code>", shown.content.decode())) == 10
    again = client.get("/tai-khoan/hai-buoc/ma-du-phong/").content.decode()
    assert "không hiện lại" in again
    assert not re.findall(r"\d{8}", re.sub(r"csrf\S+", "", again))
    assert client.get("/tai-khoan/hai-buoc/ma-du-phong/tep/").status_code == 403
    new = client.post("/tai-khoan/hai-buoc/ma-du-phong/tao/", follow=True).content.decode()
    assert len(re.findall(r"<code>(\d{8})</code>", new)) == 10
    assert client.get(STAFF_PAGE).status_code == 200


# --- the first one


def test_a_password_alone_begins_no_first_one_of_staff(trainer):
    client = sign_in(trainer)
    password_again(client)
    for address in (APP, "/tai-khoan/hai-buoc/khoa/them/"):
        for method in (client.get, client.post):
            answer = method(address)
            assert answer.status_code == 403
            assert "cần hơn một mật khẩu" in answer.content.decode()
    assert not Authenticator.objects.filter(user=trainer).exists()


def test_a_slip_begins_it_in_the_session_that_it_opened_only(cast, trainer):
    client = from_slip(cast, trainer)
    assert client.get(APP).status_code == 200
    assert sign_in(trainer).get(APP).status_code == 403


def test_learners_begin_as_before(cast):
    cast.learner.set_password(PASSWORD)
    cast.learner.save()
    client = sign_in(cast.learner)
    password_again(client)
    assert client.get(APP).status_code == 200


def mailed_link(client):
    client.post("/tai-khoan/hai-buoc/lien-ket/")
    mail = Effect.objects.filter(kind="mail").latest("pk").payload
    return mail["to"], re.search(r"http\S+?(/tai-khoan/hai-buoc/lien-ket/\S+/)", mail["body"])[1]


def test_a_link_mailed_to_the_settled_address_begins_it(trainer):
    client = sign_in(trainer)
    password_again(client)
    assert "Gửi liên kết" in client.get(APP).content.decode()
    to, link = mailed_link(client)
    assert to == "hung@example.vn"
    assert client.get(link).status_code == 200
    assert client.get(APP).status_code == 403, "looking at it begins nothing"
    assert client.post(link)["Location"] == APP
    assert client.get(APP).status_code == 200


def test_the_link_is_hers_alone_and_ends(cast, trainer):
    client = sign_in(trainer)
    _to, link = mailed_link(client)
    assert Client().get(link)["Location"].startswith("/tai-khoan/login/")
    other = Client()
    other.force_login(cast.manager)
    assert other.post(link).status_code == 404
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert sign_in(trainer).post(link).status_code == 404
    client = sign_in(trainer)
    assert client.get(link).status_code == 200
    User.objects.filter(pk=trainer.pk).update(access_round=1)
    assert client.post(link).status_code == 404


@pytest.mark.parametrize(
    ("by", "days", "detail", "settled"),
    [
        ("administrator", 8, "email", True),
        ("administrator", 6, "email", False),
        ("administrator", 6, "phone", True),
        ("administrator", 6, "email,phone", False),
        ("trainer", 300, "", False),
        (None, 8, "email", True),
        (None, 1, "email", False),
    ],
)
def test_the_address_counts_if_it_stood_for_a_week_and_she_did_not_write_it(cast, trainer, by, days, detail, settled):
    now = timezone.now()
    record(Act.CHANGED_CONTACT, by and getattr(cast, by), person=trainer, detail=detail, at=now - timedelta(days=days))
    assert address_is_settled(trainer, now) is settled
    if not settled:
        sign_in(trainer).post("/tai-khoan/hai-buoc/lien-ket/")
        assert not Effect.objects.filter(kind="mail").exists()


def test_somebody_new_or_without_an_address_gets_no_link(trainer):
    now = timezone.now()
    assert address_is_settled(trainer, now)
    trainer.date_joined = now - timedelta(days=6)
    assert not address_is_settled(trainer, now)
    trainer.date_joined, trainer.email = LONG_AGO, None
    assert not address_is_settled(trainer, now)


def test_the_server_prints_a_link_for_the_first_administrator(cast, trainer, capsys):
    call_command("second_step_link", trainer.staff_code)
    link = re.search(r"/tai-khoan/hai-buoc/lien-ket/\S+/", capsys.readouterr().out)[0]
    client = sign_in(trainer)
    client.post(link)
    password_again(client)
    assert client.get(APP).status_code == 200
    TOTP.activate(trainer, SECRET)
    with pytest.raises(CommandError, match="drop_second_step"):
        call_command("second_step_link", trainer.staff_code)
    with pytest.raises(CommandError, match="Không có cán bộ"):
        call_command("second_step_link", "KHONG-CO")
    assert link_for(trainer)
