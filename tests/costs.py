"""What a run costs: processor seconds by folder, the ten dearest tests, and the sum against a budget.

    pytest --costs=550     550 loops are the budget; --costs=0 has none

Machines differ, so each figure stands also as a multiple of one fixed loop, timed in the same run. A test costs what
its process and the children of that process used while it ran, fixtures included. A child is counted where it is waited
for; a fixture that outlives a test pays for what its teardown waits for (a server, a browser), in the folder that first
asked for it. Making the database, and what a process uses outside of tests, stand apart. A database server is no child:
what it does is not counted.
"""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import PurePosixPath
from time import process_time

import pytest
from django.db.transaction import Atomic

LOOP_LENGTH = 20_000_000
DEAREST = 10
OUTSIDE = "(starting, collecting)"
DATABASE = "(making the database)"
LINE = "{seconds:9.1f} s {loops:8.1f} loops  {name}"


def time_loop() -> float:
    """Processor seconds of the loop by which machines are compared."""
    began = process_time()
    sum(i * i for i in range(LOOP_LENGTH))
    return process_time() - began


@cache
def short_loop() -> float:
    """Processor seconds of the loop, estimated from a tenth of it; once for each process of a run."""
    began = process_time()
    sum(i * i for i in range(LOOP_LENGTH // 10))
    return (process_time() - began) * 10


def in_loops(seconds: float) -> float:
    """A cost that a test may assert: processor seconds as a multiple of the loop on the same machine."""
    return seconds / short_loop()


def slower() -> float:
    """How many times slower this machine is than the one whose wall times the limits of endurance name, at least 1.

    The loop takes 0.7 s there."""
    return max(1.0, short_loop() / 0.7)


@contextmanager
def transactions() -> Iterator[list[float]]:
    """Processor seconds of each outermost transaction that is begun and ended within: about how long a quick machine
    would hold SQLite's write lock for it. A test's own transaction around them does not count.
    """
    seconds, began = [], []
    enter, leave = Atomic.__enter__, Atomic.__exit__

    def entered(self):
        enter(self)
        began.append(process_time())

    def left(self, *error):
        leave(self, *error)
        started = began.pop()
        if not began:
            seconds.append(process_time() - started)

    Atomic.__enter__, Atomic.__exit__ = entered, left
    try:
        yield seconds
    finally:
        Atomic.__enter__, Atomic.__exit__ = enter, leave


def used() -> float:
    """Processor seconds of this process and of its children that have ended and were waited for."""
    now = os.times()
    return now.user + now.system + now.children_user + now.children_system


def folder_of(name: str) -> str:
    """`tests/people` for a test of that folder or of one below it; `tests` for those beside the folders."""
    if name == DATABASE:
        return name
    parts = PurePosixPath(name.partition("::")[0]).parts
    return "/".join(parts[:2] if len(parts) > 2 else parts[:1])


@dataclass
class Ledger:
    """Who pays for what a process used: {test: seconds}, in all."""

    tests: Counter = field(default_factory=Counter)
    total: float = 0.0

    def add(self, account: dict) -> None:
        self.tests.update(account["tests"])
        self.total += account["total"]

    def account(self) -> dict:
        return {"tests": dict(self.tests), "total": self.total}

    def folders(self) -> list[tuple[str, float]]:
        """Dearest first; what no test used comes last."""
        sums: Counter = Counter()
        for name, seconds in self.tests.items():
            sums[folder_of(name)] += seconds
        return [*sums.most_common(), (OUTSIDE, max(0.0, self.total - sum(sums.values())))]


def lines(ledger: Ledger, loop: float, budget: float) -> Iterable[str]:
    """The account as it is printed; a budget of 0 is none."""

    def line(name: str, seconds: float) -> str:
        return LINE.format(seconds=seconds, loops=seconds / loop, name=name)

    yield f"one loop takes {loop:.2f} s here"
    for name, seconds in ledger.folders():
        yield line(name, seconds)
    yield "dearest:"
    for name, seconds in ledger.tests.most_common(DEAREST):
        yield line(name, seconds)
    yield line("in all", ledger.total) + verdict(ledger.total / loop, budget, loop)


def verdict(loops: float, budget: float, loop: float) -> str:
    if not budget:
        return ""
    side = "within" if loops <= budget else "OVER"
    return f", {side} the budget of {budget:.0f} loops ({budget * loop:.0f} s here)"


class Meter:
    """Charges what was used since it last looked: to the test that runs, or to who first asked for a fixture."""

    def __init__(self):
        self.ledger, self.seen, self.owners = Ledger(), used(), {}

    def charge(self, name: str) -> None:
        now = used()
        if now > self.seen:
            self.ledger.tests[name] += now - self.seen
        self.seen = now

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item):
        self.seen = used()
        try:
            return (yield)
        finally:
            self.charge(item.nodeid)

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef, request):
        test = request._pyfuncitem.nodeid
        owner = DATABASE if fixturedef.argname == "django_db_setup" else test
        if fixturedef.scope != "function":
            self.owners.setdefault(fixturedef, owner)
        if owner == DATABASE:
            self.charge(test)
        try:
            return (yield)
        finally:
            if owner == DATABASE:
                self.charge(owner)

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_post_finalizer(self, fixturedef):
        result = yield
        if owner := self.owners.pop(fixturedef, None):
            self.charge(owner)
        return result

    def account(self) -> dict:
        self.ledger.total = used()
        return self.ledger.account()


class Account:
    """In the process that prints: its own meter, or what the workers of pytest-xdist tell."""

    def __init__(self, config):
        self.budget, self.loop = config.getoption("costs"), time_loop()
        self.ledger, self.meter = Ledger(), None
        if not config.getoption("numprocesses", 0):
            self.meter = Meter()
            config.pluginmanager.register(self.meter)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node):
        if account := getattr(node, "workeroutput", {}).get("costs"):
            self.ledger.add(account)

    def pytest_terminal_summary(self, terminalreporter):
        if self.meter:
            self.ledger.add(self.meter.account())
            self.ledger.total -= self.loop
        terminalreporter.section("processor")
        for line in lines(self.ledger, self.loop, self.budget):
            terminalreporter.write_line(line)


class Worker(Meter):
    """In a worker of pytest-xdist: tells its account to the process that prints."""

    @pytest.hookimpl
    def pytest_sessionfinish(self, session):
        session.config.workeroutput["costs"] = self.account()


def pytest_addoption(parser):
    parser.addoption("--costs", type=float, help="end with what the run cost, against so many loops (0: no budget)")


def pytest_configure(config):
    if config.getoption("costs", None) is None or config.option.collectonly:
        return
    config.pluginmanager.register(Worker() if hasattr(config, "workerinput") else Account(config))
