"""A seeded demo for the benchmarks, and one gunicorn worker whose processor time can be read."""

import http.client
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TICKS = os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def prepare() -> dict[str, str]:
    """Seeds a demo and returns its environment. BENCH_DATA_DIR names a folder to keep one between runs."""
    folder = Path(os.environ.get("BENCH_DATA_DIR") or tempfile.mkdtemp(prefix="la-chan-bench-"))
    environment = {
        **os.environ,
        "DATA_DIR": str(folder),
        "INSECURE_HTTP": "1",
        "PORT": str(free_port()),
        "LOG_LEVEL": "WARNING",
        "PYTHONPATH": os.pathsep.join(map(str, (ROOT / "benchmarks", ROOT / "site", ROOT))),
        "DJANGO_SETTINGS_MODULE": "floor_settings",
    }
    environment.pop("DATABASE_URL", None) if not os.environ.get("DATABASE_URL") else None
    subprocess.run([sys.executable, "manage.py", "prepare", "--demo"], cwd=ROOT, env=environment, check=True)
    return environment


class Visitor:
    """A minimal HTTP client: one keep-alive connection, cookies, and the CSRF token of the last page."""

    def __init__(self, port: int):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}
        self.body = b""

    def ask(self, method: str, path: str, fields: dict | None = None, **headers) -> int:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), **headers}
        content = None
        if fields is not None:
            content = urllib.parse.urlencode(fields)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            self.connection.request(method, path, content, headers)
            response = self.connection.getresponse()
        except ConnectionError:  # the server closes a connection that was idle for long
            self.connection.close()
            self.connection.request(method, path, content, headers)
            response = self.connection.getresponse()
        self.body = response.read()
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                cookie, _rest = value.split(";", 1)
                self.cookies.__setitem__(*cookie.split("=", 1))
        self.etag = response.getheader("ETag", "")
        self.location = response.getheader("Location", "")
        return response.status

    def token(self) -> str:
        match = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', self.body)
        return match.group(1).decode() if match else self.cookies["csrftoken"]

    def sign_in(self, login: str, password: str) -> None:
        self.ask("GET", "/tai-khoan/login/")
        fields = {"login": login, "password": password, "csrfmiddlewaretoken": self.token()}
        status = self.ask("POST", "/tai-khoan/login/", fields)
        assert status == 302, f"signing in answered {status}"


@contextmanager
def server(environment: dict[str, str]):
    """One worker of one thread; yields its process id."""
    command = [sys.executable, "-m", "gunicorn", "config.wsgi:application", "--workers", "1", "--threads", "1"]
    command += [
        "--config",
        str(ROOT / "site" / "config" / "gunicorn_conf.py"),
        "--access-logfile",
        "/dev/null",
        "--log-level",
        "warning",
    ]
    command += ["--max-requests", "0", "--bind", f"127.0.0.1:{environment['PORT']}"]
    process = subprocess.Popen(command, env=environment, cwd=ROOT)
    try:
        for _try in range(240):
            try:
                if Visitor(int(environment["PORT"])).ask("GET", "/healthz") == 200:
                    break
            except OSError:
                time.sleep(0.25)
        children = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process.pid)], capture_output=True, text=True)
        yield int(children.stdout.split()[0])
    finally:
        process.terminate()
        process.wait(30)


def processor_seconds(pid: int, *, waited_for: bool = False) -> float:
    """User and system time of one process, from Linux's own count; on demand with that of its children which ended."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11 : 15 if waited_for else 13])) / TICKS


def accounts(environment: dict[str, str]) -> list[dict]:
    return json.loads((Path(environment["DATA_DIR"]) / "demo.json").read_text(encoding="utf-8"))
