"""Signing in by staff code, e-mail or phone; the account page; what allauth offers and this site does not."""

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from factories import make_person

from config import settings as site_settings
from outbox.draining import drain

PASSWORD = "mot-mat-khau-dai"


@pytest.fixture
def ha(db):
    return make_person("Alăng Thị Hà", "TG-001", email="ha@example.vn", phone="+84905000001", password=PASSWORD)


def sign_in(client, login, password=PASSWORD, **more):
    return client.post("/tai-khoan/login/", {"login": login, "password": password, **more})


@pytest.mark.parametrize(
    "login",
    [
        "TG-001",
        "tg-001",
        " Tg-001 ",
        "ha@example.vn",
        "HA@Example.vn",
        "+84905000001",
        "84905000001",
        "0905000001",
        "0905 000 001",
        "0905.000.001",
        "0084905000001",
        "+84 (0)905 000 001",
        "ТG–001",
        "\u200eTG\u2011001\u2069",
    ],
)
def test_a_person_signs_in_by_code_mail_or_phone_however_they_write_it(client, ha, login):
    response = sign_in(client, login)
    assert response.status_code == 302
    assert response["Location"] == "/hoc-tap/"
    assert client.session["_auth_user_id"] == str(ha.pk)


@pytest.mark.parametrize(("login", "password"), [("TG-001", "sai-mat-khau"), ("KHONG-CO", PASSWORD)])
def test_a_wrong_pair_is_one_vietnamese_sentence_that_tells_nothing_else(client, ha, login, password):
    response = sign_in(client, login, password)
    html = response.content.decode()
    assert response.status_code == 200
    assert "mật khẩu không khớp" in html
    assert f'value="{login}"' in html, "what was typed stays"
    assert password not in html


def test_an_empty_form_names_each_missing_field(client, db):
    html = sign_in(client, "", "").content.decode()
    assert "Điền mã cán bộ, email hoặc số điện thoại của anh chị." in html
    assert "Điền mật khẩu." in html
    assert 'aria-invalid="true"' in html


def test_the_page_that_was_asked_for_opens_after_signing_in(client, ha):
    form = client.get("/tai-khoan/login/?next=/bao-cao/%3Fngay%3D2026-11-01").content.decode()
    assert 'name="next" value="/bao-cao/?ngay=2026-11-01"' in form
    assert sign_in(client, "TG-001", next="/bao-cao/?ngay=2026-11-01")["Location"] == "/bao-cao/?ngay=2026-11-01"


def test_the_next_page_is_never_on_another_site(client, ha):
    assert sign_in(client, "TG-001", next="https://evil.example/")["Location"] == "/hoc-tap/"


def test_the_next_page_survives_a_wrong_password(client, ha):
    html = sign_in(client, "TG-001", "sai", next="/bao-cao/").content.decode()
    assert 'name="next" value="/bao-cao/"' in html


def test_somebody_who_may_no_longer_sign_in_is_told_so(client, ha):
    ha.is_active = False
    ha.save()
    response = client.post("/tai-khoan/login/", {"login": "TG-001", "password": PASSWORD}, follow=True)
    assert "Tài khoản này đã ngừng" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_only_the_right_password_tells_that_an_account_is_closed(client, ha):
    ha.is_active = False
    ha.save()
    assert "mật khẩu không khớp" in sign_in(client, "TG-001", "sai").content.decode()


def test_a_person_without_a_password_cannot_sign_in_with_an_empty_or_unusable_one(client, db):
    person = make_person("Zơrâm Văn Nam", "TM-001")
    for password in ("", " ", person.password):
        assert "_auth_user_id" not in client.session
        assert sign_in(client, "TM-001", password).status_code == 200


def test_after_ten_wrong_passwords_there_is_a_pause(client, ha):
    for _try in range(10):
        sign_in(client, "TG-001", "sai")
    assert "tạm dừng đến" in sign_in(client, "TG-001").content.decode()


def test_signing_out_asks_first_and_needs_a_post(client, ha):
    sign_in(client, "TG-001")
    assert "Đăng xuất?" in client.get("/tai-khoan/logout/").content.decode()
    assert "_auth_user_id" in client.session
    assert client.post("/tai-khoan/logout/")["Location"] == "/"
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/tai-khoan/signup/", "/tai-khoan/login/"),
        ("/tai-khoan/email/", "/tai-khoan/"),
        ("/tai-khoan/confirm-email/", "/tai-khoan/"),
        ("/tai-khoan/login/code/confirm/", "/tai-khoan/login/"),
        ("/cms/login/", "/tai-khoan/login/?next=/cms/"),
    ],
)
def test_what_makes_no_sense_for_a_roster_leads_somewhere_sensible(client, path, leads_to):
    response = client.get(path)
    assert response.status_code in (301, 302)
    assert response["Location"] == leads_to


def test_a_password_is_kept_by_argon2id_and_an_older_one_kept_anew(client, ha, settings):
    settings.PASSWORD_HASHERS = site_settings.PASSWORD_HASHERS
    ha.password = make_password(PASSWORD, hasher="pbkdf2_sha256")
    ha.save()
    assert sign_in(client, ha.staff_code).status_code == 302
    assert client.get("/tai-khoan/").status_code == 200, "signed in after it was kept anew"
    ha.refresh_from_db()
    assert ha.password.startswith("argon2$argon2id$v=19$m=7168,t=5,p=1$")
    assert sign_in(Client(), ha.staff_code).status_code == 302
    assert sign_in(Client(), ha.staff_code, "sai-mat-khau").status_code == 200


def test_the_account_page_shows_the_unit_and_keeps_the_reading_language(cast, client_of):
    client = client_of(cast.learner)
    html = client.get("/tai-khoan/").content.decode()
    assert "Xã Tây Giang" in html
    assert cast.learner.staff_code in html
    assert client.post("/tai-khoan/", {"reads_in": "ktv"}).status_code == 302
    cast.learner.refresh_from_db()
    assert cast.learner.reads_in == "ktv"
    assert "Đã lưu ngôn ngữ đọc." in client.get("/tai-khoan/").content.decode()


def test_nothing_but_the_language_can_be_changed_there(cast, client_of):
    before = (cast.learner.full_name, cast.learner.staff_code)
    client_of(cast.learner).post("/tai-khoan/", {"reads_in": "vi", "full_name": "Khác", "is_superuser": "on"})
    cast.learner.refresh_from_db()
    assert (cast.learner.full_name, cast.learner.staff_code) == before
    assert not cast.learner.is_superuser


def test_the_account_page_is_for_the_signed_in(client, db):
    assert client.get("/tai-khoan/")["Location"] == "/tai-khoan/login/?next=/tai-khoan/"


def test_a_password_is_changed_with_the_old_one(client, ha):
    sign_in(client, "TG-001")
    new = {"password1": "mat-khau-moi-2026", "password2": "mat-khau-moi-2026"}
    wrong = client.post("/tai-khoan/password/change/", {"oldpassword": "sai", **new})
    assert "Mật khẩu đang dùng không đúng" in wrong.content.decode()
    client.post("/tai-khoan/password/change/", {"oldpassword": PASSWORD, **new})
    ha.refresh_from_db()
    assert ha.check_password("mat-khau-moi-2026")


def test_two_different_new_passwords_are_one_clear_sentence(client, ha):
    sign_in(client, "TG-001")
    data = {"oldpassword": PASSWORD, "password1": "mat-khau-moi-2026", "password2": "mat-khau-khac-2026"}
    html = client.post("/tai-khoan/password/change/", data).content.decode()
    assert "Hai lần nhập chưa giống nhau" in html


def test_a_forgotten_password_is_reset_by_mail_without_telling_who_is_registered(client, ha, mailoutbox):
    for email in ("ha@example.vn", "khong-ai@example.vn"):
        response = client.post("/tai-khoan/password/reset/", {"email": email})
        assert response["Location"] == "/tai-khoan/password/reset/done/"
    drain()
    assert [mail.to for mail in mailoutbox] == [["ha@example.vn"]]
    link = next(line for line in mailoutbox[0].body.splitlines() if "/password/reset/key/" in line)
    page = client.get(link.strip(), follow=True)
    assert "Đặt mật khẩu mới" in page.content.decode()
    new = {"password1": "mat-khau-moi-2026", "password2": "mat-khau-moi-2026"}
    client.post(page.request["PATH_INFO"], new)
    ha.refresh_from_db()
    assert ha.check_password("mat-khau-moi-2026")


def test_a_used_reset_link_offers_a_new_one(client, db):
    html = client.get("/tai-khoan/password/reset/key/1-abc/", follow=True).content.decode()
    assert "không còn dùng được" in html
