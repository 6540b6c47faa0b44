"""What `make soak` runs: tests marked `soak`, and with `--within=SECONDS` as many cases as begin in that time.

The cases stand in an order drawn from the commit, so that each run of a change proves others, and the same change the
same ones. A case is a test, or all that carry one name: `@pytest.mark.soak("ten rounds of kills")`.
"""

import subprocess
from pathlib import Path
from time import monotonic
from zlib import crc32

import pytest


def commit() -> str:
    """Empty outside of a repository."""
    command = ["git", "rev-parse", "HEAD"]
    folder = Path(__file__).parent
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout.strip()


def case_of(item) -> str:
    marker = item.get_closest_marker("soak")
    return marker.args[0] if marker and marker.args else item.nodeid


def drawn(cases: list[str], drawn_from: str) -> list[str]:
    return sorted(cases, key=lambda case: (crc32(f"{drawn_from}:{case}".encode()), case))


class Bounded:
    """Starts no new case after so many seconds from the first; one that has begun is ended."""

    def __init__(self, limit: float):
        self.limit, self.began = limit, 0.0
        self.begun: set[str] = set()
        self.waiting: list[str] = []

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_collection_modifyitems(self, items):
        result = yield
        place = {case: n for n, case in enumerate(drawn([*{case_of(item) for item in items}], commit()))}
        items.sort(key=lambda item: place[case_of(item)])
        return result

    def is_to_wait(self, case: str) -> bool:
        self.began = self.began or monotonic()
        return case not in self.begun and monotonic() - self.began > self.limit

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item):
        case = case_of(item)
        if not self.is_to_wait(case):
            self.begun.add(case)
            return None
        if case not in self.waiting:
            self.waiting.append(case)
        return True

    def pytest_terminal_summary(self, terminalreporter):
        terminalreporter.section(f"endurance: {len(self.begun)} cases run, {len(self.waiting)} wait")
        for case in self.waiting:
            terminalreporter.write_line(f"waits: {case}")


def pytest_addoption(parser):
    parser.addoption("--within", type=float, help="start no new case of endurance after so many seconds")


def pytest_configure(config):
    limit = config.getoption("within", None)
    if limit is not None and not hasattr(config, "workerinput"):
        if config.getoption("numprocesses", 0):
            raise pytest.UsageError("--within draws one order: it runs in one process (-n 0)")
        config.pluginmanager.register(Bounded(limit))
