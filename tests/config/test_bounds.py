"""Every door has a bound on what it reads: of addresses, bodies, files and typed words; the tables say which."""

import json
import re
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.client import encode_multipart
from django.urls import get_resolver
from editor_forms import sent

from config.serving import bounds
from config.serving.bounds import BodyBoundMiddleware, KnownLength, door_of
from courses.content.lesson import LessonPage
from courses.starter.edition import COURSES, lesson_fields, modules_of
from letters import folding

KB, MB = 1024, 1024 * 1024
FORM = "application/x-www-form-urlencoded"
# who sends: bytes
BOUNDS = {
    "/": (64 * KB, MB, MB),
    "/tim-kiem/": (64 * KB, MB, MB),
    "/ngay-30-7/": (64 * KB, MB, MB),
    "/hoc-tap/bai-lam/1/": (64 * KB, MB, MB),
    "/bao-cao/": (64 * KB, MB, MB),
    "/bao-cao/danh-sach/": (64 * KB, MB, 31 * MB),
    "/bao-cao/nhap/hoan-thanh/": (64 * KB, MB, 31 * MB),
    "/lop-tap-huan/diem-danh/1/": (64 * KB, MB, 21 * MB),
    "/lich/abc.ics": (64 * KB, MB, MB),
    "/lop-tap-huan/noi-khac/ghi/": (64 * KB, MB, 21 * MB),
    "/ke-hoach/ban/": (64 * KB, MB, 21 * MB),
    "/hoat-dong/muc/": (64 * KB, MB, 21 * MB),
    "/tieng-noi/gui/ktv/1/": (64 * KB, MB, 51 * MB),
    "/tieng-noi/": (64 * KB, MB, MB),
    "/hoat-dong/": (64 * KB, MB, MB),
    "/ke-hoach/": (64 * KB, MB, MB),
    "/lop-tap-huan/noi-khac/": (64 * KB, MB, MB),
    "/tai-khoan/kich-hoat/": (64 * KB, MB, MB),
    "/tai-khoan/login/": (128 * KB, MB, MB),
    "/tai-khoan/hai-buoc/xac-nhan/": (128 * KB, MB, MB),
    "/tai-khoan/gui-tiep/": (128 * KB, MB, MB),
    "/cms/": (64 * KB, MB, 5 * MB),
    "/cms/pages/3/edit/": (64 * KB, MB, 5 * MB),
    "/cms/login/": (64 * KB, MB, 5 * MB),
    "/cms/images/add/": (64 * KB, MB, 21 * MB),
    "/cms/documents/multiple/add/": (64 * KB, MB, 51 * MB),
    "/cms/media/audio/add/": (64 * KB, MB, 51 * MB),
}
SENDERS = ("anybody", "signed_in", "staff")


@pytest.fixture
def sender(monkeypatch):
    """A user of each kind, without a database."""
    kinds = {"signed_in": {"learner"}, "staff": {"commune_editor"}}
    monkeypatch.setattr("people.signing_in.sessions.role_kinds", lambda user: kinds[user.name])
    people = {name: SimpleNamespace(name=name, is_authenticated=True, is_superuser=False) for name in kinds}
    return {"anybody": AnonymousUser(), **people}


@pytest.mark.parametrize(("path", "most"), [(path, most) for path, every in BOUNDS.items() for most in [every]])
def test_each_door_takes_so_much_and_not_a_byte_more(sender, path, most):
    for name, bound in zip(SENDERS, most, strict=True):
        for length, status in ((bound, 200), (bound + 1, 413), (10**15, 413)):
            request = RequestFactory().post(path, b"", FORM, CONTENT_LENGTH=str(length))
            request.user = sender[name]
            answer = BodyBoundMiddleware(lambda request: HttpResponse())(request)
            assert answer.status_code == status, (name, length)


def test_every_address_that_is_there_has_a_door_and_none_is_wider_than_the_table_says():
    """A new door for files is a new line above, in docs/nginx.conf and in the table of the docs."""
    found = {door_of(f"/{pattern}").path for pattern in addresses()}
    assert found <= {door.path for door in bounds.DOORS}
    wide = {door.path for door in bounds.DOORS if door.staff > bounds.EDITORS}
    library = {"/cms/images/", "/cms/documents/", "/cms/media/"}
    papers = {"/lop-tap-huan/diem-danh/", "/lop-tap-huan/noi-khac/ghi/", "/ke-hoach/ban/", "/hoat-dong/muc/"}
    assert wide == library | papers | {"/bao-cao/danh-sach/", "/bao-cao/nhap/", "/tieng-noi/gui/"}


def addresses() -> list[str]:
    def walk(patterns, before):
        for one in patterns:
            here = before + re.sub(r"[\^$]", "", str(one.pattern))
            yield from walk(one.url_patterns, here) if hasattr(one, "url_patterns") else [here]

    return list(walk(get_resolver().url_patterns, ""))


def test_nginx_takes_at_each_door_what_the_application_takes_and_little_more():
    text = (Path(settings.BASE_DIR) / "docs" / "nginx.conf").read_text(encoding="utf-8")
    stated = {"/": int(re.search(r"\n    client_max_body_size (\d+)m;", text)[1])}
    for path, most in re.findall(r"location =? ?(/\S*) \{\n\s+client_max_body_size (\d+)m;", text):
        stated[path] = int(most)
    for door in bounds.DOORS:
        at_nginx = next(most for path, most in sorted(stated.items(), reverse=True) if door.path.startswith(path))
        largest = max(door.anybody, door.signed_in, door.staff) / MB
        assert largest <= at_nginx <= max(60, 2 * largest), door.path


def test_nobody_is_looked_up_for_a_small_body():
    request = RequestFactory().post("/hoc-tap/", b"x" * 64 * KB, FORM)
    assert BodyBoundMiddleware(lambda request: HttpResponse("ok"))(request).content == b"ok"


# --- through the whole site: nothing reads the body before

NEVER_READ = [("/tim-kiem/", None), ("/hoc-tap/tim/", "learner"), ("/cms/", "learner"), ("/cms/images/add/", "learner")]


class Untouched(BytesIO):
    """Stands for a body that nobody may read."""

    def read(self, *_size):
        pytest.fail("the body was read")

    readline = read


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "who"), NEVER_READ)
def test_a_body_that_is_too_large_is_refused_unread_before_its_token_is_asked_for(cast, client_of, path, who):
    client = client_of(getattr(cast, who) if who else None, enforce_csrf_checks=True)
    most = door_of(path).bound_for(getattr(cast, who)) if who else 64 * KB
    answer = client.post(path, CONTENT_LENGTH=str(most + 1), **{"wsgi.input": Untouched()})
    assert answer.status_code == 413
    html = answer.content.decode()
    assert "Nội dung gửi lên quá lớn" in html
    assert html.count("<h1") == 1
    assert 'href="tel:111"' in html


@pytest.mark.django_db
def test_a_script_is_told_in_json(cast, client_of):
    answer = client_of(cast.learner).post(
        "/hoc-tap/bai-lam/1/", CONTENT_LENGTH=str(2 * MB), headers={"accept": "application/json"}
    )
    assert (answer.status_code, answer.json()) == (413, {"error": "Nội dung gửi lên quá lớn."})


@pytest.mark.django_db
def test_too_many_fields_are_refused_with_the_same_page(client):
    answer = client.post("/tim-kiem/", "a&" * 11_000, FORM)
    assert answer.status_code == 413
    assert "Nội dung gửi lên quá lớn" in answer.content.decode()


@pytest.mark.parametrize(
    ("path", "query"), [("/", "x=" + "a" * 4000), (f"/{'a' * 4001}/", ""), ("/tim-kiem/", "a&" * 2001)]
)
def test_an_address_that_no_page_has_is_refused_before_anything_is_looked_up(client, path, query):
    answer = client.get(path, QUERY_STRING=query)
    assert answer.status_code == 414
    assert "Địa chỉ quá dài" in answer.content.decode()


def test_the_server_leaves_it_to_the_page_to_say_so_and_bounds_headers_itself():
    from config import gunicorn_conf

    assert bounds.ADDRESS * 2 < gunicorn_conf.limit_request_line <= 8190
    assert not hasattr(gunicorn_conf, "limit_request_field_size"), "8190 bytes a header, 100 headers are gunicorn's own"


# --- without Content-Length


def received(body: bytes, **environ) -> dict:
    seen = {}

    def application(environ, start_response):
        seen.update(length=environ.get("CONTENT_LENGTH"), body=environ["wsgi.input"].read())
        return []

    KnownLength(application)({"wsgi.input": BytesIO(body), **environ}, None)
    return seen


def test_a_body_in_pieces_has_a_length_and_is_never_read_beyond_the_largest_form():
    assert received(b"q=a", HTTP_TRANSFER_ENCODING="chunked") == {"length": "3", "body": b"q=a"}
    seen = received(b"x" * (6 * MB), HTTP_TRANSFER_ENCODING="Chunked")
    assert (seen["length"], len(seen["body"])) == (str(5 * MB + 1), 5 * MB + 1)
    assert received(b"q=a", CONTENT_LENGTH="3") == {"length": "3", "body": b"q=a"}


# --- what is typed into one field

LONG = "a bế" * 200_000
# at the largest that the door lets in
TYPED = {
    "search": (None, "POST", "/tim-kiem/", "q"),
    "search in the address": (None, "GET", "/tim-kiem/", "q"),
    "search of lessons": ("learner", "POST", "/hoc-tap/tim/", "q"),
    "people": ("trainer", "GET", "/bao-cao/can-bo/", "tim"),
    "people of the administrator": ("manager", "GET", "/cms/can-bo/", "q"),
    "units": ("manager", "GET", "/cms/don-vi/", "q"),
    "roles": ("administrator", "GET", "/cms/vai-tro/", "q"),
    "pages under /cms/": ("manager", "GET", "/cms/pages/search/", "q"),
    "pictures": ("manager", "GET", "/cms/images/", "q"),
    "documents": ("manager", "GET", "/cms/documents/", "q"),
    "log": ("administrator", "GET", "/tai-khoan/nhat-ky/tat-ca/", "can_bo"),
    "sign-in": (None, "POST", "/tai-khoan/login/", "login"),
    "activation": (None, "POST", "/tai-khoan/kich-hoat/", "staff_code"),
    "activation code": (None, "POST", "/tai-khoan/kich-hoat/", "code"),
    "reset": (None, "POST", "/tai-khoan/password/reset/", "email"),
    "certificate": (None, "GET", "/chung-nhan/", "ma"),
}
# the longest text that may stand in one field and is folded: what somebody pastes into the search
MOST_FOLDED = 1000


@pytest.mark.django_db
@pytest.mark.parametrize("door", TYPED)
def test_of_what_is_typed_no_more_is_read_than_a_field_may_hold(cast, client_of, monkeypatch, door):
    who, method, path, field = TYPED[door]
    client = client_of(getattr(cast, who) if who else None)
    folded = [0]
    whole = folding.visible
    monkeypatch.setattr(folding, "visible", lambda text: folded.append(len(text)) or whole(text))
    most = 3900 if method == "GET" else door_of(path).bound_for(getattr(cast, who) if who else AnonymousUser())
    text = LONG[: most // 6]
    sent = urlencode(
        {field: text, "password": "x", "code": "x"} if field != "code" else {field: text, "staff_code": "A"}
    )
    while len(sent) > most:
        text = text[: len(text) * most // len(sent) - 10]
        sent = urlencode({field: text})
    answer = client.get(path, QUERY_STRING=sent) if method == "GET" else client.post(path, sent, FORM)
    assert answer.status_code in (200, 302, 400, 403, 404), answer.status_code
    assert max(folded) <= MOST_FOLDED


# --- what the largest form of an editor sends, beside the bound of /cms/

# bytes and fields of the largest lesson of the starter content, with every block of it twice: 51,600 and 327; above
# these the form has grown so that the bound should be thought of anew
LARGEST_FORM = (64 * KB, 400)


@pytest.mark.django_db
def test_the_largest_form_of_an_editor_is_far_below_its_bound(cast, figure):
    lesson, identity = max(lessons(), key=lambda pair: len(json.dumps(pair[0])))
    fields = lesson_fields(lesson, identity)
    fields["body"] = json.dumps(json.loads(fields["body"]) * 2)
    page = LessonPage(**fields)
    form = LessonPage.get_edit_handler().get_form_class()(instance=page, for_user=cast.manager)
    data = {name: value for name, value in sent(form).items() if value is not None}
    size, count = len(encode_multipart("boundary-of-a-browser", data)), len(data)
    figure(f"the largest form of an editor, doubled: {size} bytes in {count} fields of {bounds.EDITORS} bytes")
    assert size <= LARGEST_FORM[0] <= bounds.EDITORS / 10
    assert count <= LARGEST_FORM[1] <= settings.DATA_UPLOAD_MAX_NUMBER_FIELDS / 5


def lessons():
    for course in COURSES:
        for module in modules_of(course):
            yield from ((lesson, (course, "1", lesson["slug"])) for lesson in module["lessons"])
