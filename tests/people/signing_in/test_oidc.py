"""Signing in by the province's identity provider, tried against one over HTTP; nobody is created."""

import pytest
import requests
from allauth.socialaccount.models import SocialAccount, SocialToken
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client
from factories import make_person

from people.persons.user import User

START = "/tai-khoan/oidc/tinh/"


@pytest.fixture(scope="module")
def running():
    from people_provider import Provider

    provider = Provider()
    yield provider
    provider.close()


@pytest.fixture
def provider(running, settings, db):
    running.claims, running.userinfo, running.denies = {"sub": "u-1"}, None, False
    running.signing_key = running.key
    settings.OIDC_ISSUER, settings.OIDC_NAME = running.issuer, "Cổng Đà Nẵng"
    app = {
        "provider_id": "tinh",
        "name": "Cổng Đà Nẵng",
        "client_id": "la-chan",
        "secret": "bi-mat",
        "settings": {"server_url": running.issuer, "scope": ["openid", "email"]},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    return running


@pytest.fixture
def ha(db):
    return make_person("Alăng Thị Hà", "TG-001", email="ha@example.vn")


def go_through(client, start=START):
    """From our link to the provider and back, as a browser goes."""
    there = client.get(start)["Location"]
    back = requests.get(there, allow_redirects=False, timeout=30).headers["Location"]
    return client.get(back.removeprefix("http://testserver"))


def is_in(client, person):
    return client.session.get("_auth_user_id") == str(person.pk)


def test_a_person_is_matched_by_staff_code(provider, ha, client):
    provider.claims["staff_code"] = "tg-001"
    assert go_through(client)["Location"] == "/hoc-tap/"
    assert is_in(client, ha)


def test_else_by_an_e_mail_that_the_provider_has_verified(provider, ha, client):
    provider.claims |= {"email": "HA@example.vn", "email_verified": True}
    go_through(client)
    assert is_in(client, ha)


@pytest.mark.parametrize("verified", [False, "true", None])
def test_an_unverified_e_mail_matches_nobody(provider, ha, client, verified):
    provider.claims |= {"email": "ha@example.vn", "email_verified": verified}
    assert go_through(client).status_code == 403
    assert "_auth_user_id" not in client.session


def test_a_staff_code_that_is_unknown_does_not_fall_back_to_the_e_mail(provider, ha, client):
    provider.claims |= {"staff_code": "KHAC", "email": "ha@example.vn", "email_verified": True}
    assert go_through(client).status_code == 403


def test_nobody_is_created_and_it_is_said_in_one_sentence(provider, ha, client):
    provider.claims |= {"staff_code": "LA-999", "email": "la@example.vn", "email_verified": True, "name": "Người Lạ"}
    html = go_through(client).content.decode()
    assert "chưa khớp với ai trong danh sách cán bộ" in html
    assert User.objects.count() == 1


def test_nothing_of_the_provider_is_kept(provider, ha, client):
    provider.claims["staff_code"] = "TG-001"
    go_through(client)
    assert not SocialAccount.objects.exists()
    assert not SocialToken.objects.exists()


def test_an_inactive_person_stays_out(provider, ha, client):
    User.objects.update(is_active=False)
    provider.claims["staff_code"] = "TG-001"
    assert go_through(client)["Location"] == "/tai-khoan/inactive/"
    assert "_auth_user_id" not in client.session


def test_the_page_one_wanted_opens(provider, ha, client):
    provider.claims["staff_code"] = "TG-001"
    assert go_through(client, f"{START}?next=/bao-cao/")["Location"] == "/bao-cao/"


def test_a_token_signed_by_somebody_else_is_refused(provider, ha, client):
    provider.claims["staff_code"] = "TG-001"
    provider.signing_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    response = go_through(client)
    assert "Chưa đăng nhập được" in response.content.decode()
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("wrong", [{"aud": "khac"}, {"iss": "https://khac.example"}, {"exp": 1}])
def test_a_token_for_another_site_or_from_another_issuer_or_too_old_is_refused(provider, ha, client, wrong):
    provider.claims |= {"staff_code": "TG-001", **wrong}
    assert go_through(client).status_code == 403
    assert "_auth_user_id" not in client.session


def test_an_answer_about_somebody_else_is_refused(provider, ha, client):
    provider.claims["staff_code"] = "TG-001"
    provider.userinfo = {"sub": "u-2", "staff_code": "TG-001"}
    assert go_through(client).status_code == 403


def test_a_code_brought_into_another_browser_is_refused(provider, ha, client):
    provider.claims["staff_code"] = "TG-001"
    there = client.get(START)["Location"]
    back = requests.get(there, allow_redirects=False, timeout=30).headers["Location"].removeprefix("http://testserver")
    assert Client().get(back).status_code == 403
    assert is_in(client, ha) is False


def test_who_says_no_at_the_provider_comes_back_with_a_sentence(provider, client):
    provider.denies = True
    assert "đăng nhập bằng mật khẩu" in go_through(client).content.decode()


def test_a_provider_that_is_away_is_a_sentence_too(provider, client, settings):
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["settings"]["server_url"] = "http://127.0.0.1:9"
    response = client.get(START)
    assert response.status_code == 403
    assert "Chưa đăng nhập được" in response.content.decode()


def test_the_second_step_is_asked_after_it_too(provider, ha, client):
    from allauth.mfa.totp.internal.auth import TOTP

    provider.claims["staff_code"] = "TG-001"
    TOTP.activate(ha, "JBSWY3DPEHPK3PXP")
    assert go_through(client)["Location"] == "/tai-khoan/hai-buoc/xac-nhan/"


def test_the_button_stands_only_where_there_is_a_provider(provider, client, settings):
    assert "Đăng nhập qua Cổng Đà Nẵng" in client.get("/tai-khoan/login/").content.decode()
    settings.OIDC_ISSUER = ""
    assert "Đăng nhập qua" not in client.get("/tai-khoan/login/").content.decode()
    assert client.get(START).status_code == 404


def test_without_setting_it_up_there_is_no_such_address(client, db):
    assert client.get(START).status_code == 404
    assert client.get("/tai-khoan/oidc/khac/").status_code == 404
