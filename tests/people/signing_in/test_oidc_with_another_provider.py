"""The same sign-in against a provider that others wrote (oidc-provider-mock, on Authlib), with its pages and keys."""

import re

import pytest
import requests
from factories import make_person
from oidc_provider_mock import User, run_server_in_thread

PEOPLE = [
    User(sub="u-ha", claims={"staff_code": "tg-001"}),
    User(sub="u-nam", claims={"email": "Nam@Example.vn", "email_verified": True}),
    User(sub="u-la", claims={"email": "la@example.vn", "email_verified": True}),
]


@pytest.fixture(scope="module")
def issuer():
    with run_server_in_thread(require_nonce=False, user_claims=PEOPLE) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def province(issuer, settings, db):
    settings.OIDC_ISSUER, settings.OIDC_NAME = issuer, "Cổng Đà Nẵng"
    app = {
        "provider_id": "tinh",
        "name": "Cổng Đà Nẵng",
        "client_id": "la-chan",
        "secret": "bi-mat",
        "settings": {"server_url": issuer, "scope": ["openid", "email"]},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}


def come_back_as(subject: str, client):
    """From our link to the provider's own page, whose form says who one is, and back."""
    there = client.get("/tai-khoan/oidc/tinh/")["Location"]
    page = requests.get(there, timeout=30)
    assert page.status_code == 200
    assert re.search(r"<form[^>]*method=\"?post", page.text, re.IGNORECASE)
    answer = requests.post(there, data={"sub": subject}, allow_redirects=False, timeout=30)
    return client.get(answer.headers["Location"].removeprefix("http://testserver"))


@pytest.mark.parametrize(("subject", "code"), [("u-ha", "TG-001"), ("u-nam", "TG-002")])
def test_whom_the_roster_knows_is_in(province, client, subject, code):
    people = {
        p.staff_code: p for p in (make_person("Hà", "TG-001"), make_person("Nam", "TG-002", email="nam@example.vn"))
    }
    assert come_back_as(subject, client)["Location"] == "/hoc-tap/"
    assert client.session["_auth_user_id"] == str(people[code].pk)


def test_whom_it_does_not_know_stays_out(province, client):
    make_person("Hà", "TG-001")
    answer = come_back_as("u-la", client)
    assert answer.status_code == 403
    assert "chưa khớp với ai" in answer.content.decode()
    assert "_auth_user_id" not in client.session
