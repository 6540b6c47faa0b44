"""What an outside scanner would look at, in a table: headers and cookies of each kind of page in production."""

import json
import os
import re
import subprocess
import sys

import gunicorn
import pytest
from django.conf import settings as project
from django.test import Client
from factories import make_person

PASSWORD = "mot-mat-khau-dai"
# what settings.py makes of a production environment: read by a process of its own, then believed by this one
NAMES = [
    "PRODUCTION",
    "SECURE_HSTS_SECONDS",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS",
    "SECURE_HSTS_PRELOAD",
    "SECURE_SSL_REDIRECT",
    "SECURE_CONTENT_TYPE_NOSNIFF",
    "SECURE_REFERRER_POLICY",
    "SECURE_CROSS_ORIGIN_OPENER_POLICY",
    "X_FRAME_OPTIONS",
    "SESSION_COOKIE_NAME",
    "SESSION_COOKIE_SECURE",
    "SESSION_COOKIE_HTTPONLY",
    "SESSION_COOKIE_SAMESITE",
    "CSRF_COOKIE_NAME",
    "CSRF_COOKIE_SECURE",
    "CSRF_COOKIE_HTTPONLY",
    "CSRF_COOKIE_SAMESITE",
    "DEVICE_COOKIE_NAME",
    "CONTENT_SECURITY_POLICY",
    "EDITOR_SECURITY_POLICY",
    "PERMISSIONS_POLICY",
]
READ = f"import json; from config import settings as s; print(json.dumps({{n: getattr(s, n) for n in {NAMES}}}))"
PUBLIC = {
    "home": ("/", None),
    "sign-in": ("/tai-khoan/login/", 200),
    "certificate check": ("/chung-nhan/", 200),
    "certificate, no such": ("/chung-nhan/KHONG-CO-1/", None),
    "robots": ("/robots.txt", None),
    "error 404": ("/khong-co-trang-nay/", 404),
    "address too long": ("/?" + "a" * 5000, 414),
    "address of no page": ("/%00/", 404),
}
PERSONAL = {
    "learner": ("learner", "/hoc-tap/"),
    "learner's account": ("learner", "/tai-khoan/"),
    "learner's data": ("learner", "/tai-khoan/du-lieu/"),
    "learner, forbidden": ("learner", "/bao-cao/"),
    "staff, reports": ("trainer", "/bao-cao/"),
    "editor": ("manager", "/cms/"),
    "error 404, signed in": ("learner", "/hoc-tap/bai-lam/999999/"),
}


@pytest.fixture(scope="module")
def production_values():
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join([str(project.SITE_DIR), str(project.BASE_DIR)]),
        "DATA_DIR": str(project.DATA_DIR),
        "SECRET_KEY": "k3y-" + "abcdefghij0123456789" * 3,
        "ALLOWED_HOSTS": "testserver",
        "BASE_URL": "https://testserver",
        "TRUSTED_PROXIES": "127.0.0.1",
    }
    process = subprocess.run([sys.executable, "-c", READ], env=environment, capture_output=True, text=True, check=True)
    return json.loads(process.stdout)


@pytest.fixture
def production(settings, production_values):
    for name, value in production_values.items():
        setattr(settings, name, value)
    # what the second step adds has its own tests; here pages are looked at behind it
    settings.SECOND_STEP_REQUIRED = False
    return settings


def look(path: str, person=None):
    client = Client(raise_request_exception=False)
    if person is not None:
        client.force_login(person)
    return client.get(path, secure=True)


def directives(response) -> dict[str, list[str]]:
    parts = (part.split() for part in response.headers["Content-Security-Policy"].split(";") if part.strip())
    return {name: values for name, *values in parts}


def line(name: str, response) -> str:
    headers = response.headers
    policy = "inline" if "unsafe-inline" in headers["Content-Security-Policy"] else "strict"
    cookies = ",".join(response.cookies) or "none"
    cells = (response.status_code, policy, headers.get("Cache-Control", "-"), headers["Referrer-Policy"], cookies)
    return f"{name:24}" + " | ".join(map(str, cells))


def assert_hardened(response) -> None:
    headers, policy = response.headers, directives(response)
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert headers["X-Content-Type-Options"] == "nosniff"
    # under no-referrer our own posts would be refused (docs/safety.md): only a page to read has it, and each one has
    # what is refused before anybody is looked up has no user
    person = getattr(response.wsgi_request, "user", None)
    is_page = headers["Content-Type"].startswith("text/html") and not (person and person.is_authenticated)
    reads_only = is_page and b'method="post"' not in response.content.lower()
    assert headers["Referrer-Policy"] == ("no-referrer" if reads_only else "same-origin")
    assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Permitted-Cross-Domain-Policies"] == "none"
    assert {"camera=()", "geolocation=()", "microphone=()"} <= set(headers["Permissions-Policy"].split(", "))
    assert policy["default-src"] == policy["base-uri"] == policy["object-src"] == ["'none'"]
    assert policy["form-action"] == ["'self'"]
    assert "*" not in headers["Content-Security-Policy"]
    assert "unsafe-eval" not in headers["Content-Security-Policy"]
    assert "Server" not in headers
    assert "X-Powered-By" not in headers


def assert_strict(response) -> None:
    policy = directives(response)
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert policy["frame-ancestors"] == ["'none'"]
    assert policy["script-src"] == policy["style-src"] == ["'self'"]
    assert response.headers["X-Frame-Options"] == "DENY"


def test_public_pages(production, cast, figure):
    looked = {name: look(path) for name, (path, _status) in PUBLIC.items()}
    lines = [line(name, response) for name, response in looked.items()]
    figure("\n".join(["page: status | CSP | Cache-Control | Referrer-Policy | cookies", *lines]))
    for name, response in looked.items():
        expected = PUBLIC[name][1]
        assert expected in (None, response.status_code), name
        assert_hardened(response)
        assert_strict(response)
        # a form needs its token; a page to read sets nothing
        assert set(response.cookies) <= ({"__Host-csrftoken"} if b"csrfmiddlewaretoken" in response.content else set())
        assert not re.search(rb"<script(?![^>]*\ssrc=)|\sstyle=|\son\w+=", response.content), name


def test_pages_about_a_person_are_kept_nowhere(production, cast, figure):
    looked = {name: look(path, getattr(cast, who)) for name, (who, path) in PERSONAL.items()}
    figure("\n".join(line(name, response) for name, response in looked.items()))
    for name, response in looked.items():
        assert_hardened(response)
        assert "no-store" in response.headers["Cache-Control"], name
        if name != "editor":
            assert_strict(response)
    policy = directives(looked["editor"])
    assert policy["script-src"] == ["'self'", "'unsafe-inline'"]
    assert policy["frame-ancestors"] == ["'self'"]


def test_cookies_are_for_this_host_https_and_the_server_only(production, db, figure):
    person = make_person("Alăng Thị Hà", "TG-001", password=PASSWORD)
    client = Client()
    client.get("/tai-khoan/login/", secure=True)
    reply = client.post("/tai-khoan/login/", {"login": person.staff_code, "password": PASSWORD}, secure=True)
    assert reply.status_code == 302
    figure("\n".join(cookie.OutputString() for cookie in client.cookies.values()))
    assert {"__Host-sessionid", "__Host-csrftoken", "__Secure-may"} <= set(client.cookies)
    for name, cookie in client.cookies.items():
        assert name.startswith(("__Host-", "__Secure-"))
        assert cookie["secure"]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert not cookie["domain"]
        assert cookie["path"] == "/" or not name.startswith("__Host-")


def test_plain_http_is_sent_on_to_https(production, db):
    production.SECURE_SSL_REDIRECT = True
    reply = Client().get("/tai-khoan/login/")
    assert (reply.status_code, reply["Location"]) == (301, "https://testserver/tai-khoan/login/")


def test_the_server_names_no_version():
    assert not re.search(r"\d", gunicorn.SERVER)
