"""What an outside scanner sees of the served site, in production values and as https: headers of every public door, and
what wapiti finds, where it is installed (`pipx install wapiti3==3.2.3`; it brings a hundred packages that nothing else
here needs, so it is none of ours).
"""

import http.client
import json
import re
import shutil
import subprocess

import pytest
from resilience.installation import Installation

pytestmark = pytest.mark.soak
HOST = "la-chan.test"
PRODUCTION = {
    "INSECURE_HTTP": "",
    "SECRET_KEY": "k3y-" + "abcdefghij0123456789" * 3,
    "ALLOWED_HOSTS": f"{HOST},127.0.0.1",
    "BASE_URL": f"https://{HOST}",
    "TRUSTED_PROXIES": "127.0.0.1",
}
# besides what the map of the site lists: doors that have no page there, some shut, some not there
DOORS = [
    *("/", "/en/", "/tim-kiem/", "/tim-kiem/?q=111", "/chung-nhan/", "/chung-nhan/KHONG-CO-1/", "/robots.txt"),
    *("/tai-khoan/login/", "/tai-khoan/password/reset/", "/tai-khoan/kich-hoat/", "/tai-khoan/", "/hoc-tap/"),
    *("/bao-cao/", "/cms/", "/cms/login/", "/khong-co-trang-nay/", "/tep/khong-co.pdf", "/du-lieu-ca-nhan/"),
    *("/?" + "a" * 5000, "/%00/", "/%ff/", "/sitemap.xml", "/favicon.ico"),
]
WAPITI = shutil.which("wapiti")


@pytest.fixture(scope="module")
def public(tmp_path_factory, postbox):
    site = Installation(tmp_path_factory.mktemp("public"), postbox.url, postgres=False, **PRODUCTION)
    try:
        site.manage("prepare")
        site.manage("seed")
        site.serve(1)
        yield site
    finally:
        site.close()


def ask(site, path: str, scheme: str = "https", host: str = HOST):
    """(status, headers in small letters, body)."""
    line = http.client.HTTPConnection("127.0.0.1", site.port, timeout=20)
    try:
        line.request("GET", path, headers={"Host": host, "X-Forwarded-Proto": scheme, "X-Forwarded-For": "203.0.113.7"})
        answer = line.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        line.close()


def faults(headers: dict, is_page: bool) -> list[str]:
    policy = headers.get("content-security-policy", "")
    must = {
        "nosniff": headers.get("x-content-type-options") == "nosniff",
        "HSTS": "max-age=31536000" in headers.get("strict-transport-security", ""),
        "names no version": not re.search(r"\d", headers.get("server", "") + headers.get("x-powered-by", "")),
        "referrer": headers.get("referrer-policy") in ("no-referrer", "same-origin"),
        "COOP": headers.get("cross-origin-opener-policy") == "same-origin",
        "cookies": all(
            word in cookie.lower() for cookie in [headers.get("set-cookie", "secure; httponly; samesite")]
            for word in ("secure", "httponly", "samesite")
        ),
    }  # fmt: skip
    if is_page:
        must |= {
            "CSP": "default-src 'none'" in policy and "unsafe-eval" not in policy and "*" not in policy,
            "frame-ancestors": "frame-ancestors 'none'" in policy or "frame-ancestors 'self'" in policy,
            "permissions": "camera=()" in headers.get("permissions-policy", ""),
            "CORP": headers.get("cross-origin-resource-policy") == "same-origin",
        }
    return [name for name, holds in must.items() if not holds]


def test_every_public_door_has_its_headers(public, figure):
    listed = re.findall(rf"https://{HOST}(/[^<]*)</loc>", ask(public, "/sitemap.xml")[2].decode())
    assert listed
    found, asked = {}, 0
    style = re.search(r'href="(/static/[^"]+\.css)"', ask(public, "/")[2].decode())
    for path in dict.fromkeys([*DOORS, *listed, style.group(1)]):
        status, headers, _body = ask(public, path)
        assert status < 500, path
        asked += 1
        if those := faults(headers, "html" in headers.get("content-type", "")):
            found[f"{path[:60]} ({status})"] = those
    figure(f"headers of {asked} public doors: {len(found)} findings")
    assert found == {}


def test_plain_http_is_led_to_https_and_another_host_nowhere(public):
    status, headers, _body = ask(public, "/", scheme="http")
    assert (status, headers["location"]) == (301, f"https://{HOST}/")
    assert ask(public, "/", host="evil.test")[0] == 400


@pytest.mark.skipif(WAPITI is None, reason="wapiti is not installed (pipx install wapiti3==3.2.3): it was NOT run")
def test_wapiti_finds_nothing(installation, tmp_path, figure):
    """At the site as a visitor, over plain http: what it says of https and of cookies there is asked above."""
    if installation.process is None:
        installation.serve()
    report = tmp_path / "report.json"
    command = [str(WAPITI), "-u", f"http://127.0.0.1:{installation.port}/", "-f", "json", "-o", str(report)]
    options = ["--flush-session", "--max-scan-time", "240", "--max-links-per-page", "40", "-d", "3", "-v", "0"]
    modules = ["-m", "csp,cookieflags,crlf,exec,file,http_headers,permanentxss,redirect,sql,ssrf,xss,xxe"]
    subprocess.run([*command, *options, *modules, "--store-session", str(tmp_path)], check=True, timeout=600)
    said = json.loads(report.read_text())["vulnerabilities"]
    found = {name: [one["path"] for one in rows] for name, rows in said.items() if rows}
    for of_https in ("HTTP Strict Transport Security (HSTS)", "Secure Flag cookie"):
        found.pop(of_https, None)
    figure(f"wapiti: {sum(map(len, found.values()))} findings")
    assert found == {}
