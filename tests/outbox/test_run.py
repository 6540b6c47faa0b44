"""`manage.py run` as a process: what is killed comes back, what it was doing is done once, and it ends in order."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings as project
from django.db import connection
from processes import children_of, descendants, free_port, has_ended, proportional_megabytes, wait_for
from resilience.commands import Commands

from outbox.working.worker import IDLE_WAIT

# one running site for the whole file; whoever finds it ended starts it again
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("run")]

MANAGE = [sys.executable, str(Path(project.BASE_DIR) / "manage.py")]

# an app of the test's own: its `effects` module is found as any app's is
EFFECTS = """
import os, time
from pathlib import Path
from outbox.effects import effect

DIARY = Path(os.environ["DIARY"])

def write(line):
    with DIARY.open("a") as diary:
        diary.write(line + "\\n")

@effect("slow")
def slow(job):
    write(f"start {job.key} {os.getpid()} {time.time()}")
    time.sleep(job.payload["seconds"] if job.attempt == 1 else 0)
    write(f"done {job.key}")
"""


@pytest.fixture(scope="module")
def copied_database(django_db_setup, django_db_blocker, tmp_path_factory):
    """The address of a migrated database that no other test touches."""
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            path = tmp_path_factory.mktemp("database") / "run.sqlite3"
            connection.ensure_connection()
            with sqlite3.connect(path) as target:
                connection.connection.backup(target)
            connection.close()
            yield f"sqlite:///{path}"
            return
        test = connection.settings_dict
        name = f"{test['NAME']}_run"
        connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{test["NAME"]}"')
    login = ":".join(part for part in (test["USER"], test["PASSWORD"]) if part)
    yield f"postgres://{login}@{test['HOST']}:{test['PORT'] or 5432}/{name}"
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture(scope="module")
def environment(copied_database, tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    (folder / "slow_app").mkdir()
    (folder / "slow_app" / "__init__.py").touch()
    (folder / "slow_app" / "effects.py").write_text(EFFECTS)
    (folder / "run_settings.py").write_text("from config.settings import *\nINSTALLED_APPS += ['slow_app']\n")
    return {
        **os.environ,
        "DATABASE_URL": copied_database,
        "DATA_DIR": str(folder / "var"),
        "DIARY": str(folder / "diary"),
        "DJANGO_SETTINGS_MODULE": "run_settings",
        "INSECURE_HTTP": "1",
        "OUTBOX_LEASE": "4",
        "PORT": str(free_port()),
        "PYTHONPATH": str(folder),
    }


def manage(environment, *arguments, **options):
    return subprocess.run(
        [*MANAGE, *arguments], env=environment, capture_output=True, text=True, timeout=90, check=False, **options
    )


@pytest.fixture(scope="module")
def said(environment, tmp_path_factory):
    """`said(code)`: what it prints in a shell, each time in a process of its own."""
    folder = tmp_path_factory.mktemp("commands")
    with (folder / "log").open("w") as log:
        commands = Commands(folder, log)

        def run(code: str) -> str:
            status, out, err = commands.run(["shell", "-v", "0", "-c", code], environment)
            assert status == 0, err
            return out

        yield run
        commands.close()


@pytest.fixture
def ask_for(said):
    def ask(*keys, seconds):
        asked = [f"enqueue('slow', {{'seconds': {seconds}}}, '{key}')" for key in keys]
        said("\n".join(["from outbox.effects import enqueue", *asked]))

    return ask


def diary(environment, start: str) -> list[str]:
    path = Path(environment["DIARY"])
    return [line for line in path.read_text().splitlines() if line.startswith(start)] if path.exists() else []


def status(environment, path: str) -> int:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{environment['PORT']}{path}", timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


@pytest.fixture(scope="module")
def site(environment):
    """`site()` is the process that serves, started where there is none."""
    process = None

    def running():
        nonlocal process
        if process is None or process.poll() is not None:
            process = subprocess.Popen([*MANAGE, "run"], env=environment)
            wait_for(lambda: status(environment, "/readyz") == 200, "the site is ready", 90)
        return process

    yield running
    if process is not None:
        process.terminate()
        process.wait(60)


@pytest.fixture
def running(site):
    return site()


def test_web_worker_and_clock_answer(running, environment):
    assert status(environment, "/healthz") == 200
    assert len(children_of(running.pid)) == 3


def test_the_processes_share_what_was_loaded_before_them(running, environment):
    """About 200 MB idle; each of them alone would hold 100 to 150."""
    assert sum(proportional_megabytes(pid) for pid in (running.pid, *descendants(running.pid))) < 300


def test_each_process_bears_its_name(running):
    assert sorted(line.split()[0] + " " + line.split()[1] for line in children_of(running.pid).values()) == [
        "gunicorn: master",
        "la-chan: clock",
        "la-chan: worker",
    ]


def test_nothing_outlives_a_supervisor_that_was_killed(running, environment):
    before = descendants(running.pid)
    running.kill()
    running.wait(10)
    wait_for(lambda: all(has_ended(pid) for pid in before), "all ended")
    assert status(environment, "/healthz") == 0


def test_an_idle_worker_begins_at_once_what_another_process_asks_for(running, environment, said, ask_for):
    """Within a second on a quiet machine; here only long before it would have looked by itself."""
    ask_for("settled", seconds=0)
    wait_for(lambda: diary(environment, "done settled"))
    time.sleep(3)  # it has looked again, found nothing, and waits
    code = (
        "from outbox.effects import enqueue; import time; enqueue('slow', {'seconds': 0}, 'woken'); print(time.time())"
    )
    asked = float(said(code))
    begun = float(wait_for(lambda: diary(environment, "start woken"))[0].split()[3])
    assert begun - asked < IDLE_WAIT / 2


def test_an_effect_whose_worker_is_killed_is_taken_back_and_done_once(running, environment, ask_for):
    ask_for("import", seconds=60)  # until it is killed; the second attempt is quick
    victim = int(wait_for(lambda: diary(environment, "start import"))[0].split()[2])
    os.kill(victim, signal.SIGKILL)
    wait_for(lambda: diary(environment, "done import"))
    time.sleep(1)
    starts = diary(environment, "start import")
    assert [line.split()[2] == str(victim) for line in starts] == [True, False]
    assert len(diary(environment, "done import")) == 1


def test_a_killed_web_server_comes_back_and_leaves_no_orphan_on_the_port(running, environment):
    def web_server():
        return next((pid for pid, line in children_of(running.pid).items() if "gunicorn" in line), None)

    killed = web_server()
    os.kill(killed, signal.SIGKILL)
    wait_for(lambda: web_server() not in (killed, None))
    wait_for(lambda: status(environment, "/healthz") == 200)
    assert len(children_of(running.pid)) == 3


def test_a_second_start_on_the_same_port_is_refused_in_one_sentence(running, environment):
    result = manage(environment, "run")
    assert result.returncode == 1
    assert f"Cổng {environment['PORT']} đang có chương trình khác dùng" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_sigterm_ends_everything_in_order(running, environment):
    before = children_of(running.pid)
    running.terminate()
    assert running.wait(60) == 0
    assert not any(Path(f"/proc/{pid}").exists() for pid in before)
    assert status(environment, "/healthz") == 0


def test_two_workers_share_the_work_and_do_each_effect_once(environment, ask_for):
    keys = [f"shared-{number}" for number in range(20)]
    ask_for(*keys, seconds=0.05)
    workers = [subprocess.Popen([*MANAGE, "worker", "--once"], env=environment) for _ in range(2)]
    assert [worker.wait(90) for worker in workers] == [0, 0]
    assert sorted(line.split()[1] for line in diary(environment, "done shared")) == sorted(keys)


def test_production_does_not_start_with_unsafe_values(environment):
    result = manage({**environment, "INSECURE_HTTP": "", "SECRET_KEY": "short", "ALLOWED_HOSTS": "*"}, "run")
    assert result.returncode == 1
    for name in ("SECRET_KEY", "ALLOWED_HOSTS", "BASE_URL"):
        assert name in result.stderr
