"""A test marked `alone` measures time, so nothing of the other pytest-xdist workers runs beside it.

Each test holds the room while it runs, set-up and teardown of its fixtures included: shared, or for itself alone.
Whoever wants in must pass the door. One that waits in it for an empty room keeps the next ones out, so that it need not
wait for a moment at which by chance nobody is there.
"""

import fcntl
import os
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

# any two files that all workers see; nothing is written to them
DOOR, ROOM = Path(__file__), Path(__file__).with_name("conftest.py")


@contextmanager
def held(path: Path, kind: int):
    with path.open() as file:
        fcntl.flock(file, kind)
        yield


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item):
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return (yield)
    alone = item.get_closest_marker("alone") is not None
    with ExitStack() as room:
        with held(DOOR, fcntl.LOCK_EX):
            room.enter_context(held(ROOM, fcntl.LOCK_EX if alone else fcntl.LOCK_SH))
        return (yield)
