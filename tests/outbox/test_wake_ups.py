"""An idle worker waits long and is woken; a wake-up that is lost costs a longer wait and nothing else."""

import os
import subprocess
import sys
import time
from contextlib import suppress
from datetime import timedelta

import pytest
from django.conf import settings as project
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from outbox import tasks, wake_ups
from outbox.effects import HANDLERS, Effect, EffectState, effect, enqueue
from outbox.wake_ups import WakeUps, folder, tell_workers
from outbox.working import worker
from outbox.working.worker import IDLE_WAIT, UNHEARD_WAIT, Worker

# far more than any of these takes on a slow machine, and far less than what a deaf worker would wait
FAIL_SAFE, LONG = 20.0, 120.0


@pytest.fixture(autouse=True)
def data_dir(settings, tmp_path):
    # longer than the 108 bytes that a socket's path may have
    settings.DATA_DIR = tmp_path / ("Bản sao của Lá Chắn " * 6) / ("và một thư mục nữa " * 6)
    return settings.DATA_DIR


@pytest.fixture
def listening(db):
    opened = []

    def listen() -> WakeUps:
        opened.append(WakeUps())
        opened[-1].open()
        return opened[-1]

    yield listen
    for each in opened:
        each.close()


@pytest.fixture
def idle(db, monkeypatch):
    """A worker that has nothing to do."""
    # the test's own connection stays
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    one = Worker()
    yield one
    one.wake_ups.close()


@pytest.fixture
def done():
    seen = []

    @effect("note", label="Ghi chú")
    def note(job):
        seen.append(job.key)

    yield seen
    HANDLERS.pop("note")


def is_woken(listener: WakeUps) -> bool:
    started = time.monotonic()
    listener.wait(LONG)
    return time.monotonic() - started < FAIL_SAFE


def waits_out(listener: WakeUps) -> bool:
    started = time.monotonic()
    listener.wait(0.2)
    return time.monotonic() - started >= 0.19


def test_every_listening_worker_is_woken_once_however_long_the_path_is(listening, data_dir):
    assert len(os.fsencode(data_dir)) > 200
    first, second = listening(), listening()
    tell_workers()
    tell_workers()
    assert is_woken(first)
    assert is_woken(second)
    assert waits_out(first)


def test_a_wake_up_between_looking_and_waiting_is_not_lost(listening):
    listener = listening()
    tell_workers()
    listener.open()
    assert is_woken(listener)


def test_another_process_wakes_it(listening, data_dir):
    listener = listening()
    code = "import django; django.setup(); from outbox.wake_ups import tell_workers; tell_workers()"
    environment = {
        **os.environ,
        "DATA_DIR": str(data_dir),
        "DATABASE_URL": "sqlite://:memory:",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONPATH": os.pathsep.join([str(project.SITE_DIR), str(project.BASE_DIR)]),
    }
    subprocess.run([sys.executable, "-c", code], env=environment, check=True, timeout=90)
    assert is_woken(listener)


def test_telling_never_blocks_and_never_fails(listening, data_dir):
    tell_workers()  # nobody has ever listened
    listener = listening()
    with suppress(BlockingIOError):
        while True:
            os.write(listener._pipe, b"1")
    for _ in range(100):
        tell_workers()
    assert is_woken(listener)


def test_what_a_killed_worker_left_is_cleared_away(listening):
    listener = listening()
    left = folder() / "1-dead.pipe"
    os.mkfifo(left)
    tell_workers()
    assert not left.exists()
    assert listener.path.exists()
    listener.close()
    assert list(folder().iterdir()) == []


def test_a_worker_that_nothing_can_wake_looks_often(idle, data_dir, monkeypatch):
    def refused(*_arguments):
        raise PermissionError(1, "no pipes here")

    monkeypatch.setattr(os, "mkfifo", refused)
    assert idle.look() == UNHEARD_WAIT


def test_a_worker_told_to_stop_does_not_wait_first(idle):
    assert idle.look() == IDLE_WAIT
    idle.stop()
    assert is_woken(idle.wake_ups)


def test_what_is_asked_for_wakes_when_it_is_committed(listening, done, django_capture_on_commit_callbacks):
    listener = listening()
    for asks in (
        lambda: enqueue("note", {}),
        lambda: enqueue("note", {}),
        lambda: enqueue("note", {}, wakes=False),
        lambda: enqueue("note", {}, available_at=timezone.now() + timedelta(hours=1)),
        # as Wagtail queues its own
        lambda: tasks.drain_outbox.enqueue(),
    ):
        with django_capture_on_commit_callbacks(execute=True):
            asks()
            assert waits_out(listener)
        assert is_woken(listener)


def test_a_lost_wake_up_is_made_up_for_at_the_next_look(idle, done):
    assert idle.look() == IDLE_WAIT
    enqueue("note", {}, "lost")
    assert waits_out(idle.wake_ups)
    assert idle.look() == 0
    assert done == ["lost"]
    assert idle.look() == IDLE_WAIT


def test_it_waits_no_longer_than_until_the_next_effect_falls_due(idle, done):
    enqueue("note", {}, "later", available_at=timezone.now() + timedelta(seconds=8))
    assert 5 < idle.look() < 8.1
    Effect.objects.create(
        kind="note",
        key="left behind",
        state=EffectState.RUNNING,
        worker="dead",
        lease_until=timezone.now() + timedelta(seconds=4),
    )
    assert 1 < idle.look() < 4.1


def test_an_idle_minute_costs_few_queries(idle, time_machine):
    """Effects, tasks, tasks left running, and twice when the next falls due, each time that it looks."""
    time_machine.move_to(timezone.now(), tick=False)
    idle.look()  # takes its name
    waited, looks = 0.0, 0
    with CaptureQueriesContext(connection) as queries:
        while waited < 60:
            wait = idle.look()
            waited, looks = waited + wait, looks + 1
            time_machine.shift(wait)
    assert looks <= 4
    assert len(queries) <= 5 * looks


@pytest.mark.skipif(not os.environ.get("DATABASE_URL", "").startswith("postgres"), reason="NOTIFY is PostgreSQL's")
def test_a_machine_that_shares_only_the_database_wakes_it(listening, monkeypatch, settings, tmp_path):
    listener = listening()
    elsewhere = connection.copy()
    monkeypatch.setattr(wake_ups, "connection", elsewhere)
    settings.DATA_DIR = tmp_path / "another machine's"
    tell_workers()
    elsewhere.close()
    assert is_woken(listener)


@pytest.mark.skipif(not os.environ.get("DATABASE_URL", "").startswith("postgres"), reason="NOTIFY is PostgreSQL's")
def test_it_listens_again_after_the_server_closed_its_connection(listening):
    listener = listening()
    pid = listener._listener.connection.info.backend_pid
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
    # once by what the server says last, once by the end of the line
    for _ in range(3):
        if listener._listener:
            assert is_woken(listener)
    assert listener._listener is None
    listener.open()
    assert listener._listener.connection.info.backend_pid != pid
    assert waits_out(listener)
