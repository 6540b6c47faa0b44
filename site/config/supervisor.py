"""Keeps a few child processes running and ends them in order. Knows nothing of Django.

Each child has its own session, so Ctrl-C in a terminal reaches the supervisor alone and the children end in order. On
Linux the kernel ends a child if the supervisor itself is killed, so no orphan keeps the port.
"""

import ctypes
import logging
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass

logger = logging.getLogger("config.run")

LONGEST_WAIT = 30.0
# a child that lived this long had started well: its next exit counts as the first, and it restarts after a second
STEADY = 10.0
PR_SET_PDEATHSIG = 1


def _end_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    name: str
    argv: list[str]
    env: dict[str, str] | None = None
    # seconds that it may take to end after SIGTERM
    patience: float = 25.0
    process: subprocess.Popen | None = None
    started: float = 0.0
    failures: int = 0
    next_start: float = 0.0

    def start(self, now: float) -> None:
        self.process = subprocess.Popen(
            self.argv,
            env={**os.environ, **(self.env or {})},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_end_with_parent,
        )
        self.started = now

    def look(self, now: float) -> None:
        """Starts the child if it should run and does not; called several times a second."""
        if self.process is not None and (code := self.process.poll()) is not None:
            self._died(code, now)
        if self.process is None and now >= self.next_start:
            self.start(now)

    def _died(self, code: int, now: float) -> None:
        self.failures = 1 if now - self.started > STEADY else self.failures + 1
        wait = min(2.0 ** (self.failures - 1), LONGEST_WAIT)
        self.next_start, self.process = now + wait, None
        logger.error("%s ended with %s; it starts again in %.0f s", self.name, code, wait)

    def end(self) -> None:
        """Sends SIGTERM, and SIGKILL when the time is over."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(self.patience)
        except subprocess.TimeoutExpired:
            logger.warning("%s did not end within %.0f s and is killed", self.name, self.patience)
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Supervisor:
    """Runs the children until SIGTERM or SIGINT, then ends them in the order given."""

    def __init__(self, children: list[Child]):
        self.children = children
        self.stopping = False

    def stop(self, *_signal) -> None:
        self.stopping = True

    def run(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self.stop)
        while not self.stopping:
            for child in self.children:
                child.look(time.monotonic())
            time.sleep(0.2)
        logger.info("ending")
        for child in self.children:
            child.end()
