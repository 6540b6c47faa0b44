"""Every unsafe value is named and safe ones pass; what a browser is told; whose headers are believed."""

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as project
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import RequestFactory

from config.checks import check_fit_for_production, refuse_unsafe_start, unsafe_values
from config.logs import OneLine, plain_path, without_people
from config.serving.policies import PolicyMiddleware
from config.serving.proxies import ClientAddressMiddleware

SAFE = {
    "PRODUCTION": True,
    "INSECURE_HTTP": False,
    "DEBUG": False,
    "SECRET_KEY": "k3y-" + "abcdefghij0123456789" * 3,
    "SECRET_KEY_IS_GENERATED": False,
    "ALLOWED_HOSTS": ["hoc.example.gov.vn"],
    "BASE_URL": "https://hoc.example.gov.vn",
    "TRUSTED_PROXIES": ["127.0.0.1", "10.0.0.0/8"],
    "BIND": "127.0.0.1",
}


@pytest.fixture
def production(settings):
    for name, value in SAFE.items():
        setattr(settings, name, value)
    return settings


def test_safe_values_may_start(production):
    assert unsafe_values() == []
    refuse_unsafe_start()


@pytest.mark.parametrize(
    ("name", "value", "number"),
    [
        ("SECRET_KEY_IS_GENERATED", True, "E001"),
        ("SECRET_KEY", "short", "E002"),
        ("SECRET_KEY", "a" * 80, "E002"),
        ("SECRET_KEY", "django-insecure-" + "abcdefghij0123456789" * 3, "E003"),
        ("ALLOWED_HOSTS", [], "E004"),
        ("ALLOWED_HOSTS", ["hoc.example.gov.vn", "*"], "E005"),
        ("BASE_URL", "hoc.example.gov.vn", "E006"),
        ("BASE_URL", "https://hoc.example.gov.vn/trang", "E006"),
        ("BASE_URL", "http://hoc.example.gov.vn", "E007"),
        ("TRUSTED_PROXIES", ["nginx"], "E010"),
        ("TRUSTED_PROXIES", ["0.0.0.0/0"], "E011"),
    ],
)
def test_an_unsafe_value_is_refused_by_name(production, name, value, number):
    setattr(production, name, value)
    [(number_named, sentence)] = unsafe_values()
    assert number_named == number
    assert sentence.startswith(name.removesuffix("_IS_GENERATED") + ":")
    with pytest.raises(ImproperlyConfigured, match=sentence[:10]):
        refuse_unsafe_start()


@pytest.mark.parametrize(
    ("changed", "number"),
    [
        ({"INSECURE_HTTP": True, "BASE_URL": "http://hoc.example.gov.vn"}, "E008"),
        ({"INSECURE_HTTP": True, "BASE_URL": "http://127.0.0.1:8000", "BIND": "0.0.0.0"}, "E009"),
        ({"DEBUG": True, "BASE_URL": "http://127.0.0.1:8000", "BIND": "0.0.0.0"}, "E009"),
    ],
)
def test_plain_http_stays_on_this_machine(production, changed, number):
    production.PRODUCTION = False
    for name, value in changed.items():
        setattr(production, name, value)
    assert [number_named for number_named, _sentence in unsafe_values()] == [number]


def deploy_check(**environment):
    kept = {name: os.environ[name] for name in ("PATH", "DATA_DIR", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, str(Path(project.BASE_DIR) / "manage.py"), "check", "--deploy", "--fail-level", "WARNING"],
        env={**kept, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eight"),
        ("PORT", "70000"),
        ("DATABASE_URL", "geheim"),
        ("DATABASE_URL", "mysql://a:geheim@b/c"),
        ("DATABASE_URL", "postgres://a:geheim@b:port/c"),
        ("DATABASE_URL", "postgres://a:geheim@b"),
        ("CACHE_URL", "geheim"),
        ("CACHE_URL", "mongo://a:geheim@b/1"),
        ("STORAGE_URL", "geheim"),
        ("STORAGE_URL", "s3://khoa:geheim@b"),
        ("STORAGE_URL", "s3://khoa:geheim@b:cong/kho"),
        ("STORAGE_URL", "s3://khoa:geheim@b/kho?vung=a"),
        ("WEB_HOSTS", "zwei"),
        ("WEB_HOSTS", "0"),
        ("DATA_DIR", str(Path(__file__) / "var")),
    ],
)
def test_a_value_that_cannot_be_read_is_reported_in_one_line_without_its_secret(name, value):
    result = deploy_check(**{name: value})
    assert result.returncode == 1
    (line,) = result.stderr.strip().splitlines()
    assert line.startswith(f"{name}: ")
    assert "geheim" not in line


@pytest.mark.parametrize(
    ("name", "value", "package"),
    [
        ("CACHE_URL", "redis://:geheim@b:6379/1", "redis"),
        ("CACHE_URL", "rediss://:geheim@b:6379/1", "redis"),
        ("DATABASE_URL", "postgres://a:geheim@b/c", "psycopg"),
        ("STORAGE_URL", "s3://khoa:geheim@b/kho", "storages"),
    ],
)
def test_an_address_whose_package_is_missing_is_refused_in_one_line(tmp_path, name, value, package):
    (tmp_path / "sitecustomize.py").write_text(f"import sys\nsys.modules[{package!r}] = None\n")
    result = deploy_check(**{name: value, "PYTHONPATH": str(tmp_path)})
    assert result.returncode == 1
    (line,) = result.stderr.strip().splitlines()
    assert line.startswith(f"{name}: ")
    assert f"gói {package} " in line
    assert "requirements.lock" in line
    assert "geheim" not in line


def test_deploy_check_says_nothing_of_good_values_and_names_bad_ones():
    good = {
        "SECRET_KEY": SAFE["SECRET_KEY"],
        "ALLOWED_HOSTS": "hoc.example.gov.vn",
        "BASE_URL": SAFE["BASE_URL"],
        "TRUSTED_PROXIES": "127.0.0.1",
        "EMAIL_URL": "smtp://localhost",
    }
    result = deploy_check(**good)
    assert result.returncode == 0, result.stderr
    assert "no issues (0 silenced)" in result.stdout + result.stderr
    result = deploy_check(**{**good, "ALLOWED_HOSTS": "*"})
    assert result.returncode == 1
    assert "ALLOWED_HOSTS" in result.stderr


def test_https_without_a_trusted_proxy_is_warned_of(production):
    production.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert [warning.id for warning in check_fit_for_production(None)] == []
    production.TRUSTED_PROXIES = []
    [warning] = check_fit_for_production(None)
    assert warning.id == "config.W004"
    assert warning.msg.startswith("TRUSTED_PROXIES:")


@pytest.mark.django_db
def test_the_site_allows_nothing_inline_and_the_editor_only_what_wagtail_needs(client):
    public = client.get("/tai-khoan/login/").headers
    assert "unsafe" not in public["Content-Security-Policy"]
    assert "default-src 'none'" in public["Content-Security-Policy"]
    assert public["X-Frame-Options"] == "DENY"
    assert "camera=()" in public["Permissions-Policy"]
    assert public["Cross-Origin-Opener-Policy"] == public["Cross-Origin-Resource-Policy"] == "same-origin"
    editor = client.get("/cms/").headers["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-inline'" in editor
    assert "unsafe-eval" not in editor
    assert "http" not in editor  # nothing from elsewhere


def test_the_preview_of_a_page_may_stand_in_the_editors_frame_and_stays_strict():
    request = RequestFactory().get("/")
    request.is_preview = True
    policy = PolicyMiddleware(lambda request: HttpResponse())(request).headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "unsafe" not in policy


def test_forms_keep_their_origin():
    """With "no-referrer" browsers send "Origin: null" with a form, and Django refuses it."""
    assert project.SECURE_REFERRER_POLICY == "same-origin"


@pytest.mark.parametrize(
    ("peer", "forwarded", "seen"),
    [
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "6.6.6.6, 198.51.100.1, 10.1.2.3", "198.51.100.1"),
        ("127.0.0.1", "198.51.100.1, nonsense", "127.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
    ],
)
def test_the_client_is_who_stands_before_our_own_proxies(production, peer, forwarded, seen):
    request = RequestFactory().get("/", REMOTE_ADDR=peer, headers={"X-Forwarded-For": forwarded})
    ClientAddressMiddleware(lambda request: None)(request)
    assert request.META["REMOTE_ADDR"] == seen


def test_a_stranger_cannot_claim_to_have_come_by_https(production):
    production.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    for peer, secure in [("203.0.113.9", False), ("10.9.9.9", True)]:
        request = RequestFactory().get("/", REMOTE_ADDR=peer, headers={"X-Forwarded-Proto": "https"})
        ClientAddressMiddleware(lambda request: None)(request)
        assert request.is_secure() is secure


@pytest.mark.parametrize(
    ("text", "logged"),
    [
        ("Not Found: /chung-nhan/AB12CD/", "Not Found: /chung-nhan/*/"),
        ("GET /tim-kiem/?q=Nguyen+Van+A 200", "GET /tim-kiem/ 200"),
        ("login ha@example.vn failed", "login * failed"),
        ("called +84 905 000 001", "called *"),
        ("from 203.0.113.9", "from *"),
        ("Listening at: http://127.0.0.1:8000 (17)", "Listening at: http://127.0.0.1:8000 (17)"),
    ],
)
def test_a_log_line_names_nobody(text, logged):
    assert without_people(text) == logged


def test_a_path_keeps_its_words_only():
    assert plain_path("/bao-cao/nguoi/123/?ten=A") == "/bao-cao/nguoi/*/"
    assert plain_path("/bao-cao/can-bo/ha/") == "/bao-cao/can-bo/*/"


def test_an_error_is_logged_by_its_kind_and_place_on_one_line():
    try:
        raise ValueError("Key (email)=(ha@example.vn) already exists\nDETAIL: more")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, __file__, 1, "went\nwrong", (), sys.exc_info())
    line = OneLine().format(record)
    assert "went wrong | ValueError at " in line
    assert "test_settings.py" in line
    assert "ha@" not in line
    assert "\n" not in line
