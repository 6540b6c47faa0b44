"""A whole trial, as `make serve` makes it: database, demo year, web server, worker and clock in processes of their own.

The tests only see it from outside, in Debian's Chromium. They share one trial, so each plays its own person.
"""

import json
import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import first_start
import pytest
from browser.trial import CHROMIUM, LOOKS, PHONE, ROOT, Trial, Visitor
from processes import free_port
from resilience.commands import Commands

# Playwright keeps an event loop in this thread; Django would take the other tests of this process for asynchronous ones
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"),
    # a microphone that beeps, and nobody who has to allow it
    *("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"),
]


def pytest_collection_modifyitems(items):
    for item in items:
        if "browser" in Path(str(item.fspath)).parts:
            # what asks for no browser is tried without one too
            item.add_marker(pytest.mark.browser if "browser" in item.fixturenames else pytest.mark.one_database)
            item.add_marker(pytest.mark.xdist_group("browser"))


def _own_database(url: str) -> str:
    """A fresh database beside the one the other tests use; "" for SQLite in the trial's own folder."""
    if not url.startswith("postgres"):
        return ""
    import psycopg

    name = f"{os.environ.get('TEST_DATABASE', 'test_la_chan')}_browser"
    with psycopg.connect(urlunsplit(urlsplit(url)._replace(path="/postgres")), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


@pytest.fixture(scope="session")
def trial(tmp_path_factory):
    folder, port = tmp_path_factory.mktemp("trial"), free_port()
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DEBUG")}
    environment |= {
        "DATA_DIR": str(folder),
        "INSECURE_HTTP": "1",
        "PORT": str(port),
        "BASE_URL": f"http://127.0.0.1:{port}",
        "LOG_LEVEL": "WARNING",
    }
    if database := _own_database(os.environ.get("DATABASE_URL", "")):
        environment["DATABASE_URL"] = database
    log = open(folder / "run.log", "w+")  # noqa: SIM115
    # what is seeded is one transaction, so a kill near its end does all of it once more; `make soak` kills there too
    killed_at = first_start.start(environment, log, first_start.places(3)[:2])
    commands = Commands(folder, log)
    _status, said, _err = commands.run(["shell", "-v", "0", "-c", first_start.STATE], environment)
    serve = [sys.executable, "manage.py", "run"]
    server = subprocess.Popen(serve, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        _wait_for(f"http://127.0.0.1:{port}/readyz", server, folder / "run.log")
        accounts = json.loads((folder / "demo.json").read_text(encoding="utf-8"))
        state = first_start.state_of(said)
        yield Trial(f"http://127.0.0.1:{port}", accounts, environment, commands, killed_at, state)
    finally:
        commands.close()
        server.terminate()
        server.wait(30)
        log.close()


def _wait_for(address: str, server: subprocess.Popen, log: Path, seconds: int = 60) -> None:
    for _try in range(seconds * 4):
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            if server.poll() is not None:
                break
            time.sleep(0.25)
    pytest.fail(f"The trial did not come up:\n{log.read_text(encoding='utf-8')[-3000:]}")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {
        **browser_type_launch_args,
        "executable_path": CHROMIUM,
        "args": FLAGS,
    }


@pytest.fixture(scope="session")
def base_url(trial):
    return trial.url


@pytest.fixture(params=[1, pytest.param(len(LOOKS), marks=pytest.mark.soak)], ids=["one look", "every look"])
def looks(request):
    """`looks(n)`: in which windows and colours axe examines the n-th page. It takes long, so one page is examined in
    one of them and the next page in another; `make soak` does each page in all."""
    return lambda n: [LOOKS[(n + k) % len(LOOKS)] for k in range(request.param)]


@pytest.fixture
def someone(browser, trial):
    """Makes visitors: `someone("ha")` signed in on a phone; `someone(None, DESK, script=False)` the public without."""
    visitors = []

    def make(login: str | None = None, viewport=PHONE, *, script=True, **options) -> Visitor:
        context = browser.new_context(viewport=viewport, java_script_enabled=script, locale="vi-VN", **options)
        visitor = Visitor(context, trial)
        visitors.append(visitor)
        if login:
            visitor.sign_in(login)
        return visitor

    yield make
    for visitor in visitors:
        visitor.context.close()
    assert not [complaint for visitor in visitors for complaint in visitor.complaints]
