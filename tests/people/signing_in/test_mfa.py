"""The second step: for all, required of staff roles, in Vietnamese, its secrets sealed."""

import re
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client
from factories import make_person

from people.guarding.first_enrolment import link_for
from people.rights.roles import RoleKind, give

PASSWORD = "mot-mat-khau-dai"


def code_of(secret):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def sign_in(client, person, password=PASSWORD):
    return client.post("/tai-khoan/login/", {"login": person.staff_code, "password": password})


@pytest.fixture
def trainer(cast):
    cast.trainer.set_password(PASSWORD)
    cast.trainer.save()
    return cast.trainer


def turn_on(client):
    """The secret, and the recovery codes shown after."""
    client.post("/tai-khoan/reauthenticate/", {"password": PASSWORD})
    page = client.get("/tai-khoan/hai-buoc/ung-dung/").content.decode()
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page)[1]
    response = client.post("/tai-khoan/hai-buoc/ung-dung/", {"code": code_of(secret)}, follow=True)
    return secret, re.findall(r"<code>(\d{8})</code>", response.content.decode())


def test_it_is_turned_on_and_then_asked_for(trainer, settings):
    client = Client()
    sign_in(client, trainer)
    secret, codes = turn_on(client)
    assert len(codes) == 10
    client.post("/tai-khoan/logout/")
    assert sign_in(client, trainer)["Location"] == "/tai-khoan/hai-buoc/xac-nhan/"
    assert "_auth_user_id" not in client.session
    page = client.get("/tai-khoan/hai-buoc/xac-nhan/").content.decode()
    assert "Bước xác nhận thứ hai" in page
    assert "Mã không đúng" in client.post("/tai-khoan/hai-buoc/xac-nhan/", {"code": "000000"}).content.decode()
    from django.core.cache import cache

    cache.clear()  # a code counts once; the one that turned it on was just used
    done = client.post("/tai-khoan/hai-buoc/xac-nhan/", {"code": code_of(secret)})
    assert done["Location"] == "/bao-cao/"
    assert "_auth_user_id" in client.session


def test_a_recovery_code_works_once(trainer):
    client = Client()
    sign_in(client, trainer)
    _secret, codes = turn_on(client)
    for expected in (302, 200):
        other = Client()
        sign_in(other, trainer)
        assert other.post("/tai-khoan/hai-buoc/xac-nhan/", {"code": codes[0]}).status_code == expected


def test_after_a_restore_under_another_key_codes_are_wrong_and_the_old_key_brings_them_back(trainer, settings):
    from django.core.cache import cache

    secret, codes = turn_on_for(trainer)
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another-" * 8
    cache.clear()
    client = Client()
    sign_in(client, trainer)
    for code in (code_of(secret), codes[0]):
        page = client.post("/tai-khoan/hai-buoc/xac-nhan/", {"code": code})
        assert "Mã không đúng" in page.content.decode()
    settings.SECRET_KEY_FALLBACKS = [old]
    cache.clear()
    assert client.post("/tai-khoan/hai-buoc/xac-nhan/", {"code": code_of(secret)})["Location"] == "/bao-cao/"


def turn_on_for(person):
    client = Client()
    sign_in(client, person)
    return turn_on(client)


def test_guessing_the_second_step_is_stopped(trainer):
    client = Client()
    sign_in(client, trainer)
    turn_on(client)
    other = Client()
    sign_in(other, trainer)
    answers = [other.post("/tai-khoan/hai-buoc/xac-nhan/", {"code": "000000"}).content.decode() for _try in range(12)]
    assert "chờ 5 phút" in answers[-1]


def test_the_page_one_wanted_opens_after_the_second_step(trainer):
    client = Client()
    sign_in(client, trainer)
    _secret, codes = turn_on(client)
    other = Client()
    other.post("/tai-khoan/login/", {"login": trainer.staff_code, "password": PASSWORD, "next": "/bao-cao/"})
    assert other.post("/tai-khoan/hai-buoc/xac-nhan/", {"code": codes[0]})["Location"] == "/bao-cao/"


def test_secrets_are_sealed_in_the_database(trainer):
    client = Client()
    sign_in(client, trainer)
    secret, codes = turn_on(client)
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored
    assert not any(code in stored for code in codes)


@pytest.mark.parametrize(
    "who",
    ["trainer", "unit_head", "editor", "translator", "observer", "manager", "administrator"],
)
@pytest.mark.parametrize("address", ["/bao-cao/", "/cms/", "/tai-khoan/phieu-kich-hoat/"])
def test_a_staff_role_without_it_is_led_to_set_it_up(cast, client_of, settings, who, address):
    settings.SECOND_STEP_REQUIRED = True
    client = client_of(getattr(cast, who))
    response = client.get(address)
    assert response["Location"] == "/tai-khoan/hai-buoc/"
    assert "cần bước xác nhận thứ hai" in client.get("/tai-khoan/hai-buoc/").content.decode()


@pytest.mark.parametrize("who", ["learner", "teacher", "stranger"])
def test_learners_and_teachers_are_not_asked(cast, client_of, settings, who):
    settings.SECOND_STEP_REQUIRED = True
    assert client_of(getattr(cast, who)).get("/bao-cao/").status_code == 403


def test_learning_stays_open_to_staff_who_have_not_set_it_up(cast, client_of, settings):
    settings.SECOND_STEP_REQUIRED = True
    assert client_of(cast.trainer).get("/hoc-tap/").status_code == 200


def test_with_it_staff_pages_open_and_it_cannot_be_turned_off(trainer, settings):
    settings.SECOND_STEP_REQUIRED = True
    client = Client()
    sign_in(client, trainer)
    client.post(urlsplit(link_for(trainer)).path)
    turn_on(client)
    assert client.get("/tai-khoan/phieu-kich-hoat/").status_code in (200, 302)
    assert client.get("/bao-cao/").status_code == 200
    page = client.get("/tai-khoan/hai-buoc/ung-dung/tat/").content.decode()
    assert "không tắt được cách cuối cùng" in page
    client.post("/tai-khoan/hai-buoc/ung-dung/tat/")
    assert Authenticator.objects.filter(user=trainer, type="totp").exists()


def test_a_learner_may_turn_it_on_and_off(db, settings):
    settings.SECOND_STEP_REQUIRED = True
    person = make_person("Alăng Thị Hà", "TG-001", password=PASSWORD)
    client = Client()
    sign_in(client, person)
    turn_on(client)
    client.post("/tai-khoan/hai-buoc/ung-dung/tat/")
    assert not Authenticator.objects.filter(user=person).exists()


def test_a_role_given_today_asks_for_it_at_once(cast, client_of, settings):
    settings.SECOND_STEP_REQUIRED = True
    client = client_of(cast.learner)
    assert client.get("/bao-cao/").status_code == 403
    give(cast.learner, RoleKind.TRAINER, cast.units.tay_giang)
    assert client.get("/bao-cao/")["Location"] == "/tai-khoan/hai-buoc/"


def test_an_old_sign_in_confirms_itself_before_changing_it(trainer):
    client = Client()
    client.force_login(trainer)
    response = client.get("/tai-khoan/hai-buoc/ung-dung/")
    assert response["Location"].startswith("/tai-khoan/reauthenticate/")


def test_every_page_of_it_speaks_vietnamese_and_holds_no_inline_script(trainer):
    client = Client()
    sign_in(client, trainer)
    turn_on(client)
    for path in ("", "ung-dung/tat/", "ma-du-phong/", "ma-du-phong/tao/", "khoa/", "khoa/them/", "xac-nhan-lai/"):
        html = client.get(f"/tai-khoan/hai-buoc/{path}").content.decode()
        assert html.count("<h1") == 1, path
        assert not re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=", html), path
        assert not re.search(
            r"\b(Authenticator|Recovery|Security key|Generate|Download)\b",
            re.sub(r"(Google|Microsoft) Authenticator", "", html),
        ), path
