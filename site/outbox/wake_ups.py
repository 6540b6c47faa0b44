"""Telling idle workers at once that there is work, so that they need not look for it all the time.

Every worker listens on a named pipe of its own in DATA_DIR/wake-ups, which any process of this machine writes a byte
into (a pipe, because the path of a socket may have 108 bytes at most); on PostgreSQL it listens to NOTIFY as well,
which comes from every machine. A wake-up holds nothing. One that is lost costs a worker's longer wait, never an effect.
"""

import errno
import logging
import os
import secrets
import select
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection

logger = logging.getLogger("outbox")

CHANNEL = "outbox"
# a full pipe holds more wake-ups than anybody needs
PIPE = 65536


def folder() -> Path:
    return Path(settings.DATA_DIR) / "wake-ups"


def tell_workers() -> None:
    """Wakes the idle workers. Call it after the commit that made the work: one that looks earlier finds nothing.

    Never raises: the work is recorded already.
    """
    with suppress(OSError):
        for pipe in folder().glob("*.pipe"):
            _write(pipe)
    if connection.vendor == "postgresql":
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])
        except DatabaseError as error:
            logger.warning("workers could not be told: %s", type(error).__name__)


def _write(pipe: Path) -> None:
    try:
        end = os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
    except OSError as error:
        # nobody reads it: its worker was killed
        if error.errno == errno.ENXIO:
            pipe.unlink(missing_ok=True)
        return
    try:
        os.write(end, b"1")
    except BlockingIOError:
        # full: its worker has been told and has not come to it yet
        pass
    finally:
        os.close(end)


class WakeUps:
    """What one worker listens to, in its main thread; `wake` may be called from a signal or from another thread."""

    def __init__(self):
        self.path = folder() / f"{os.getpid()}-{secrets.token_hex(4)}.pipe"
        self._pipe: int | None = None
        self._listener: Any = None

    def open(self) -> None:
        """Called again when something of it broke; does nothing where all of it stands."""
        if self._pipe is None:
            self._pipe = self._open_pipe()
        if self._listener is None and connection.vendor == "postgresql":
            self._listener = _listen()

    def _open_pipe(self) -> int | None:
        """None where the folder's file system knows no pipes."""
        # under its own name only once it is read, so that no writer takes it for one that a dead worker left
        unread = self.path.with_suffix(".new")
        try:
            unread.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.mkfifo(unread, 0o600)
            # open for writing too: a pipe whose last writer went away would be readable for ever
            pipe = os.open(unread, os.O_RDWR | os.O_NONBLOCK)
            unread.rename(self.path)
        except OSError as error:
            logger.warning("no pipe in %s (%s): the worker looks for work all the time", unread.parent, error.strerror)
            return None
        return pipe

    @property
    def is_heard(self) -> bool:
        """Whether other processes of this machine can wake this one."""
        return self._pipe is not None

    def wait(self, seconds: float) -> None:
        """Returns when somebody wakes this worker, at once where somebody did since the last wait."""
        pipe = self._pipe
        ends = [end for end in (pipe, self._listening_end()) if end is not None]
        ready, _, _ = select.select(ends, [], [], max(seconds, 0))
        if pipe is not None and pipe in ready:
            with suppress(BlockingIOError):
                os.read(pipe, PIPE)
        if set(ready) - {pipe}:
            self._take_notifications()

    def _listening_end(self) -> int | None:
        if self._listener is None:
            return None
        try:
            return self._listener.connection.fileno()
        except Exception as error:
            self._listening_ended(error)
            return None

    def _take_notifications(self) -> None:
        listener = self._listener
        try:
            for _notification in listener.connection.notifies(timeout=0) if listener else ():
                pass
        except Exception as error:
            self._listening_ended(error)

    def _listening_ended(self, error: Exception) -> None:
        """The server closed the connection; psycopg's own errors, which come when they like. `open` opens another."""
        logger.warning("listening ended: %s", type(error).__name__)
        self._stop_listening()

    def wake(self) -> None:
        if self._pipe is not None:
            with suppress(BlockingIOError):
                os.write(self._pipe, b"1")

    def _stop_listening(self) -> None:
        if self._listener is not None:
            with suppress(Exception):
                self._listener.close()
            self._listener = None

    def close(self) -> None:
        self._stop_listening()
        if self._pipe is not None:
            self.path.unlink(missing_ok=True)
            os.close(self._pipe)
            self._pipe = None


def _listen():
    """A connection of its own: the worker's is closed and opened again between two pieces of work."""
    listener = connection.copy()
    with listener.cursor() as cursor:
        cursor.execute(f"LISTEN {CHANNEL}")
    return listener
