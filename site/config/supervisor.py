"""Keeps a few child processes running and ends them in order. Knows nothing of Django.

A child is a fork of the supervisor: what the supervisor loaded before, all children share (`config.preloading`). The
supervisor therefore starts no thread and keeps no connection. Each child has its own session, so Ctrl-C in a terminal
reaches the supervisor alone and the children end in order. On Linux the kernel ends a child if the supervisor itself is
killed, so no orphan keeps the port.
"""

import ctypes
import logging
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from setproctitle import setproctitle

logger = logging.getLogger("config.run")

LONGEST_WAIT = 30.0
# a child that lived this long had started well: its next exit counts as the first, and it restarts after a second
STEADY = 10.0
PR_SET_PDEATHSIG = 1
ENDING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
FORK = multiprocessing.get_context("fork")


def _end_with_parent(parent: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        # it may have ended before the kernel was told
        if os.getppid() != parent:
            sys.exit(1)


def _as_child(title: str, parent: int, work: Callable[[], object]) -> None:
    """What the fork does: nothing of the supervisor's signals and session stays."""
    for number in ENDING:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
    _end_with_parent(parent)
    os.setsid()
    setproctitle(title)
    work()


@dataclass
class Child:
    name: str
    work: Callable[[], object]
    # what `ps` shows
    title: str
    # seconds that it may take to end after SIGTERM
    patience: float = 25.0
    process: multiprocessing.process.BaseProcess | None = None
    started: float = 0.0
    failures: int = 0
    next_start: float = 0.0

    def start(self, now: float) -> None:
        self.process = FORK.Process(name=self.name, target=_as_child, args=(self.title, os.getpid(), self.work))
        # between the fork and the child's first line the supervisor's handler would answer, in the child
        signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
        try:
            self.process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
        self.started = now

    def look(self, now: float) -> None:
        """Starts the child if it should run and does not; called several times a second."""
        if self.process is not None and (code := self.process.exitcode) is not None:
            self._died(code, now)
        if self.process is None and now >= self.next_start:
            self.start(now)

    def _died(self, code: int, now: float) -> None:
        if code == 0 and now - self.started > STEADY:
            # it ended of itself, to be renewed
            self.failures, self.next_start, self.process = 0, now, None
            return
        self.failures = 1 if now - self.started > STEADY else self.failures + 1
        wait = min(2.0 ** (self.failures - 1), LONGEST_WAIT)
        self.next_start, self.process = now + wait, None
        logger.error("%s ended with %s; it starts again in %.0f s", self.name, code, wait)

    def end(self) -> None:
        """Sends SIGTERM, and SIGKILL when the time is over."""
        if self.process is None or self.process.exitcode is not None:
            return
        self.process.terminate()
        self.process.join(self.patience)
        if self.process.exitcode is None:
            logger.warning("%s did not end within %.0f s and is killed", self.name, self.patience)
            assert self.process.pid
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.join()


class Supervisor:
    """Runs the children until SIGTERM or SIGINT, then ends them in the order given."""

    def __init__(self, children: list[Child]):
        self.children = children
        self.stopping = False

    def stop(self, *_signal) -> None:
        self.stopping = True

    def run(self) -> None:
        for number in ENDING:
            signal.signal(number, self.stop)
        while not self.stopping:
            for child in self.children:
                child.look(time.monotonic())
            time.sleep(0.2)
        logger.info("ending")
        for child in self.children:
            child.end()
