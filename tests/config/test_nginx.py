"""docs/nginx.conf runs as it stands, paths and certificate aside: in front of a server of ours that counts.

Needs nginx (`.ci/run` installs it); without it these tests say so.
"""

import http.client
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Barrier, Thread
from types import SimpleNamespace

import pytest
from costs import slower
from nginx import CONFIGURATION, in_front_of, with_nginx
from processes import wait_for

from config.serving import static_errors

pytestmark = with_nginx
CROWD = 6


class Application(BaseHTTPRequestHandler):
    """Answers as pages.serving.cache does; `words` may change, `requests` are those of nginx."""

    protocol_version = "HTTP/1.1"
    words, requests, is_away = "cũ", [], False
    # those who ask for /cung-luc/ are answered when all of them are here
    crowd = Barrier(CROWD)
    # as the site says it: to the end of this second; a test that asks several times must not hang on how fast it is
    kept = 0

    def do_GET(self):
        cls = type(self)
        cls.requests.append((self.path, self.headers))
        if cls.is_away:
            return self.reply(503, "đi vắng")
        if self.path == "/cung-luc/":
            cls.crowd.wait(4)
        etag = f'W/"{cls.words.encode().hex()}"'
        if self.path.startswith("/cong-khai/"):
            public = {"ETag": etag, "Cache-Control": "no-cache", "X-Accel-Expires": f"@{int(time.time()) + cls.kept}"}
            if self.headers.get("If-None-Match") == etag:
                return self.reply(304, "", public)
            return self.reply(200, cls.words, public | {"Vary": "Accept-Encoding"})
        return self.reply(200, cls.words, {"Cache-Control": "private, no-cache"})

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        while length > 0:
            length -= len(self.rfile.read(min(length, 1 << 16)))
        self.reply(200, "đã nhận", {"Cache-Control": "private, no-cache"})

    def reply(self, status, words, headers=None):
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(words.encode())))
        self.end_headers()
        if status != 304:
            self.wfile.write(words.encode())

    def log_message(self, *_line):
        pass


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("nginx")
    application = ThreadingHTTPServer(("127.0.0.1", 0), Application)
    Thread(target=application.serve_forever, daemon=True).start()
    for path, content in {
        "static/a.css": b"plain " * 200, "static/a.css.gz": b"packed", "static/a.css.br": b"best",
        "uploads/images/a.avif": b"avif", "uploads/documents/a.pdf": b"secret", "uploads/original_images/a.jpg": b"gps",
        **{f"error-pages/{status}.html": f"trang {status}".encode() for status in static_errors.PAGES},
    }.items():  # fmt: skip
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    with in_front_of(application.server_port, folder) as port:
        yield SimpleNamespace(port=port, folder=folder)
    application.shutdown()


@pytest.fixture
def ask(site):
    Application.words, Application.is_away, Application.kept = "cũ", False, 0
    Application.requests.clear()

    def send_request(path, body=None, origin="127.0.0.1", **headers):
        connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=10, source_address=(origin, 0))
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET" if body is None else "POST", path, body, named)
        response = connection.getresponse()
        response.content = response.read()
        connection.close()
        return response

    return send_request


def early_in_a_second() -> None:
    """A page is kept up to the end of the second: the test must not begin at its end."""
    time.sleep(1.02 - time.time() % 1)


# as the site says it, and for so long that no machine is too slow to ask twenty times
@pytest.mark.parametrize("kept", [60, pytest.param(0, marks=pytest.mark.soak)])
def test_a_public_page_is_asked_for_once_in_a_second(ask, kept):
    Application.kept = kept
    early_in_a_second()
    answers = [ask(f"/cong-khai/mot-{kept}/") for _time in range(20)]
    assert {answer.content.decode() for answer in answers} == {"cũ"}
    assert len(Application.requests) == 1
    assert answers[-1].getheader("ETag")
    assert answers[-1].getheader("Cache-Control") == "no-cache"
    assert answers[-1].getheader("X-Accel-Expires") is None


def test_after_the_second_it_is_asked_for_by_its_etag_and_not_sent_again(ask):
    ask("/cong-khai/hai/")
    early_in_a_second()
    Application.kept = 60
    assert ask("/cong-khai/hai/").content.decode() == "cũ"
    assert Application.requests[-1][1]["If-None-Match"]
    assert len(Application.requests) == 2
    # the answer 304 keeps it for as long as it says
    ask("/cong-khai/hai/")
    assert len(Application.requests) == 2


def test_a_change_is_seen_in_the_next_second(ask):
    ask("/cong-khai/muoi/")
    Application.words = "mới"
    early_in_a_second()
    assert ask("/cong-khai/muoi/").content.decode() == "mới"


@pytest.mark.soak
def test_a_change_is_seen_within_a_second(ask):
    ask("/cong-khai/ba/")
    Application.words, changed = "mới", time.monotonic()
    while ask("/cong-khai/ba/").content.decode() != "mới":
        assert time.monotonic() - changed < 1 + 0.2 * slower()
        time.sleep(0.01)
    assert time.monotonic() - changed < 1 + 0.1 * slower()


def test_a_browser_that_knows_the_page_gets_304_from_nginx(ask):
    first = ask("/cong-khai/bon/")
    assert ask("/cong-khai/bon/", If_None_Match=first.getheader("ETag")).status == 304


@pytest.mark.parametrize("cookie", ["sessionid=abc", "__Host-sessionid=abc", "a=b; messages=x"])
def test_who_is_signed_in_never_gets_or_leaves_a_page_of_nginx(ask, cookie):
    ask("/cong-khai/nam/")
    for _time in range(2):
        ask("/cong-khai/nam/", Cookie=cookie)
    assert len([1 for path, headers in Application.requests if headers["Cookie"]]) == 2


@pytest.mark.parametrize("path", ["/cong-khai/sau/?x=1", "/tai-khoan/login/", "/chung-nhan/ABC/"])
def test_what_django_did_not_name_is_never_kept(ask, path):
    ask(path), ask(path)
    assert len(Application.requests) == 2


def test_a_crowd_at_a_page_that_is_never_kept_is_not_let_through_one_by_one(ask):
    """The code of a class quiz, the page to sign in: nobody waits for an answer that nginx will not keep."""
    with ThreadPoolExecutor(CROWD) as crowd:
        assert [answer.status for answer in crowd.map(ask, ["/cung-luc/"] * CROWD)] == [200] * CROWD


def test_codings_are_kept_apart_and_only_those_that_we_store(ask):
    Application.kept = 60
    for accepted in ("gzip, deflate, br", "br", "gzip", "gzip;q=1.0, deflate", "zstd", ""):
        ask("/cong-khai/bay/", **({"Accept_Encoding": accepted} if accepted else {}))
    assert [headers["Accept-Encoding"] for _path, headers in Application.requests] == ["br, gzip", "gzip", None]


def test_whom_to_call_can_be_read_while_the_application_is_away(ask):
    ask("/cong-khai/tam/")
    Application.is_away = True
    time.sleep(1.1)
    answer = ask("/cong-khai/tam/")
    assert (answer.status, answer.content.decode()) == (200, "cũ")


def test_a_client_cannot_say_from_where_it_comes(ask):
    ask("/tai-khoan/", X_Forwarded_For="10.0.0.1", X_Forwarded_Proto="https")
    headers = Application.requests[-1][1]
    assert (headers["X-Forwarded-For"], headers["X-Forwarded-Proto"]) == ("127.0.0.1", "http")


def test_static_files_come_compressed_from_the_disk_and_for_ever(ask):
    packed = ask("/static/a.css", Accept_Encoding="gzip")
    assert (packed.content, packed.getheader("Content-Encoding")) == (b"packed", "gzip")
    assert "immutable" in packed.getheader("Cache-Control")
    assert ask("/static/a.css").content.startswith(b"plain")
    assert not Application.requests


def test_only_renditions_and_recordings_come_from_the_disk(ask):
    picture = ask("/tep/images/a.avif")
    assert (picture.content, picture.getheader("Content-Type")) == (b"avif", "image/avif")
    assert picture.getheader("X-Content-Type-Options") == "nosniff"
    for path in ("/tep/documents/a.pdf", "/tep/original_images/a.jpg", "/tep/images/../documents/a.pdf"):
        assert ask(path).content.decode() == "cũ"
    assert len(Application.requests) == 3


def test_the_log_knows_no_address_no_path_and_no_query(ask, site):
    ask("/chung-nhan/ABC123/?hoten=Lan")
    log = site.folder / "access.log"
    wait_for(lambda: "GET 200" in log.read_text(encoding="utf-8"), "the line")
    text = log.read_text(encoding="utf-8")
    for word in ("ABC123", "127.0.0.1", "Lan"):
        assert word not in text


# --- floods

# what comes at once from one address goes through at once, and then so many a second
BURST, RATE = 2000, 50
# the flood comes from an address of its own, since what it is refused the other tests would be refused too
FLOODING = "127.0.0.2"


def answers_to(site, path: str, count: int) -> list[int]:
    """The states of so many requests, sent one behind the other without waiting."""
    found = []
    for begun in range(0, count, 500):
        wanted = min(500, count - begun)
        request = f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
        with socket.create_connection(("127.0.0.1", site.port), 30, (FLOODING, 0)) as line:
            line.sendall(request * (wanted - 1) + request.replace(b"Host", b"Connection: close\r\nHost"))
            text = b"".join(iter(lambda: line.recv(1 << 20), b""))
        found += [int(part[:3]) for part in text.split(b"HTTP/1.1 ")[1:]]
    return found


def test_a_crowd_behind_one_address_is_let_in_and_a_flood_is_told_when_to_come_again(ask, site):
    Application.kept = 60
    ask("/cong-khai/dong/", origin=FLOODING)
    assert set(answers_to(site, "/cong-khai/dong/", 500 * 3)) == {200}
    flood = answers_to(site, "/cong-khai/dong/", BURST)
    assert set(flood) == {200, 429}
    refused = ask("/cong-khai/dong/", origin=FLOODING)
    while refused.status != 429:  # some seconds may have passed, with as many requests as they let in
        answers_to(site, "/cong-khai/dong/", RATE)
        refused = ask("/cong-khai/dong/", origin=FLOODING)
    assert refused.content.decode() == "trang 429"
    assert (refused.getheader("Retry-After"), refused.getheader("Cache-Control")) == ("60", "no-store")
    assert refused.getheader("Content-Type").startswith("text/html")
    # what the page needs to be read comes from the disk, flood or not
    assert ask("/static/a.css").status == 200
    time.sleep(2 / RATE)
    assert ask("/cong-khai/dong/", origin=FLOODING).status == 200


@pytest.mark.parametrize(
    ("path", "most"), [("/tim-kiem/", 1 << 20), ("/hoc-tap/", 1 << 20), ("/cms/pages/1/edit/", 60 << 20)]
)
def test_a_body_beyond_what_any_door_there_takes_is_refused_before_the_application_hears_of_it(ask, path, most):
    assert ask(path, b"x" * min(most, 2 << 20)).content.decode() == "đã nhận"
    refused = ask(path, b"", Content_Length=str(most + 1))
    assert (refused.status, refused.content.decode()) == (413, "trang 413")
    assert refused.getheader("Retry-After") is None


def test_an_address_that_no_page_has_is_refused_with_the_same_page(ask):
    assert ask(f"/tim-kiem/?q={'a' * 20_000}").content.decode() == "trang 414"


def test_the_pages_of_refusals_are_not_there_to_be_opened(ask):
    for status in static_errors.PAGES:
        assert ask(f"/{status}.html").content.decode() != f"trang {status}"


def test_every_page_that_nginx_names_is_written_by_prepare(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    static_errors.write_pages()
    for status in static_errors.PAGES:
        html = (tmp_path / "error-pages" / f"{status}.html").read_text(encoding="utf-8")
        assert f"error_page {status} /{status}.html;" in CONFIGURATION.read_text(encoding="utf-8")
        assert 'href="tel:111"' in html
        assert "stylesheet" in html
    assert "Chờ một phút" in (tmp_path / "error-pages" / "429.html").read_text(encoding="utf-8")
