"""A process that has grown gives way to a young one, once it has nothing to do and somebody starts another."""

import pytest
from django.core.management import call_command

from config.supervisor import STEADY, Child
from outbox import presence
from outbox.working import growth
from outbox.working.growth import LOOK_EVERY, MOST, Growth
from outbox.working.worker import Worker


@pytest.fixture
def held(monkeypatch):
    """`held(MB, after=seconds)`: what the process holds of its own from then on."""
    state = {"megabytes": 30.0, "now": 1000.0}
    monkeypatch.setattr(growth, "own_megabytes", lambda: state["megabytes"])
    monkeypatch.setattr(growth, "monotonic", lambda: state["now"])

    def hold(megabytes, after=LOOK_EVERY):
        state["megabytes"], state["now"] = megabytes, state["now"] + after

    return hold


def test_it_is_too_much_above_what_it_began_with_and_looked_at_now_and_then(held):
    here = Growth()
    held(30 + MOST + 1, after=1)
    assert not here.is_too_much()
    held(30 + MOST)
    assert not here.is_too_much()
    held(30 + MOST + 1)
    assert here.is_too_much()


def test_where_the_system_does_not_tell_nothing_is_renewed(monkeypatch, held):
    monkeypatch.setattr(growth, "own_megabytes", lambda: None)
    here = Growth()
    held(500)
    assert not here.is_too_much()


@pytest.fixture
def quiet(monkeypatch):
    """No thread prolongs leases, and no signal is taken."""
    monkeypatch.setattr(presence.Keeper, "start", lambda keeper: None)
    monkeypatch.setattr(presence.Keeper, "stop", lambda keeper: None)
    monkeypatch.setattr("signal.signal", lambda *about: None)


def test_a_worker_ends_when_it_is_idle_never_between_two_effects(held, quiet, monkeypatch):
    worker, looks = Worker(renews=True), []
    held(30 + MOST + 1)

    def look():
        looks.append(1)
        return 0.0 if len(looks) < 3 else 15.0

    monkeypatch.setattr(worker, "look", look)
    worker.run()
    assert len(looks) == 3


def test_a_worker_that_nobody_would_start_again_stays(held, quiet, monkeypatch):
    worker = Worker()
    held(30 + MOST + 1)
    monkeypatch.setattr(worker, "look", lambda: 15.0)
    monkeypatch.setattr(worker.wake_ups, "wait", lambda seconds: worker.stop())
    worker.run()
    assert worker.stopping.is_set()


def test_a_clock_ends_after_its_round(held, quiet, monkeypatch):
    rounds = []
    monkeypatch.setattr(presence.Keeper, "hold_now", lambda keeper: held(30 + MOST + 1))
    monkeypatch.setattr(presence.Keeper, "holds", lambda keeper, name: True)
    monkeypatch.setattr("outbox.management.commands.clock.tick", rounds.append)
    monkeypatch.setattr("outbox.management.commands.clock.close_old_connections", lambda: None)
    call_command("clock", renews=True)
    assert len(rounds) == 1


@pytest.mark.parametrize(
    ("code", "lived", "wait"), [(0, STEADY + 1, 0.0), (0, 1.0, 1.0), (1, STEADY + 1, 1.0), (-9, STEADY + 1, 1.0)]
)
def test_who_ends_of_itself_is_started_again_at_once(code, lived, wait):
    """What ends soon after its start, or by a fault, waits."""
    child = Child("worker", lambda: None, "la-chan: worker", started=100.0)
    child._died(code, 100.0 + lived)
    assert child.next_start - (100.0 + lived) == wait
