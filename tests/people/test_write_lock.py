"""Long work lets others write in between, and wastes no time on it where there is nobody."""

import os
import time

import pytest

from people import write_lock
from people.write_lock import (
    LONGEST_PAUSE,
    PAUSE,
    is_served,
    make_way,
    no_waiting_while_nobody_is_served,
    serve,
)


@pytest.fixture
def pauses(monkeypatch, settings, tmp_path):
    """The waits of `make_way`, as outside a transaction on SQLite."""
    settings.DATA_DIR = tmp_path
    waited = []
    monkeypatch.setattr(time, "sleep", waited.append)

    class Outside:
        vendor, in_atomic_block = "sqlite", False

    monkeypatch.setattr(write_lock, "connection", Outside)
    return waited


@pytest.fixture
def server(monkeypatch, pauses):
    """A web server; called, it ends."""
    opened = []
    really = os.open

    def remembered(*arguments):
        opened.append(really(*arguments))
        return opened[-1]

    with monkeypatch.context() as patched:
        patched.setattr(os, "open", remembered)
        serve()
    yield lambda: os.close(opened.pop())
    for mark in opened:
        os.close(mark)


def test_work_of_its_own_yields_after_each_turn(pauses):
    make_way()
    assert pauses == [PAUSE]


def test_a_first_start_yields_to_nobody(pauses):
    assert not is_served()
    with no_waiting_while_nobody_is_served():
        make_way()
    assert pauses == []


def test_a_first_start_beside_a_server_yields_until_the_server_ends(pauses, server):
    assert is_served()
    with no_waiting_while_nobody_is_served():
        make_way()
        server()
        make_way()
    assert pauses == [PAUSE]


def test_afterwards_everything_yields_as_before(pauses):
    with pytest.raises(RuntimeError), no_waiting_while_nobody_is_served():
        raise RuntimeError
    make_way()
    assert pauses == [PAUSE]


def test_where_nobody_can_tell_it_yields(pauses, settings, tmp_path):
    settings.DATA_DIR = tmp_path / "missing"
    serve()
    with no_waiting_while_nobody_is_served():
        make_way()
    assert pauses == [PAUSE]


def test_whoever_waited_for_a_long_slice_gets_a_longer_turn(pauses):
    for seconds in (0.1, 0.9, 60.0):
        make_way(seconds)
    assert pauses == [PAUSE, pytest.approx(0.3), LONGEST_PAUSE]
