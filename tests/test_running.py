"""How the tests themselves are run: what each run costs, what is chosen, in what order, what endurance waits for."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from costs import DATABASE, OUTSIDE, Ledger, folder_of, lines, used, verdict
from endurance import Bounded, case_of, drawn
from processes import children_of, wait_for
from selection import commits, is_for_another_database, touches_database

ROOT = Path(__file__).resolve().parents[1]


def item(*fixtures, **marks):
    """A test as pytest collects it; `marks` are names with their keyword arguments."""
    markers = {name: SimpleNamespace(args=(), kwargs=options) for name, options in marks.items()}
    return SimpleNamespace(fixturenames=fixtures, get_closest_marker=markers.get, nodeid="tests/a/test_b.py::test_c")


# --- costs


@pytest.mark.parametrize(
    ("test", "folder"),
    [
        ("tests/people/rights/test_scope.py::test_a[x/y]", "tests/people"),
        ("tests/people/deep/test_scope.py::test_a", "tests/people"),
        ("tests/test_lock_file.py::test_a", "tests"),
        (DATABASE, DATABASE),
    ],
)
def test_a_test_is_paid_for_by_its_folder(test, folder):
    assert folder_of(test) == folder


def test_all_processes_add_up_and_what_no_test_used_stands_apart():
    ledger = Ledger()
    ledger.add({"tests": {"tests/a/test_x.py::one": 3.0, "tests/b/test_y.py::two": 1.0}, "total": 5.0})
    ledger.add({"tests": {"tests/a/test_x.py::three": 2.0}, "total": 2.5})
    assert ledger.folders() == [("tests/a", 5.0), ("tests/b", 1.0), (OUTSIDE, 1.5)]
    assert ledger.total == 7.5


def test_the_account_is_printed_in_seconds_and_loops_with_the_ten_dearest():
    ledger = Ledger()
    ledger.add({"tests": {f"tests/a/test_x.py::n{n}": float(n) for n in range(20)}, "total": 200.0})
    printed_lines = [*lines(ledger, 2.0, 99)]
    assert printed_lines[1].split() == ["190.0", "s", "95.0", "loops", "tests/a"]
    dearest = printed_lines[printed_lines.index("dearest:") + 1 : -1]
    assert [line.rpartition("::")[2] for line in dearest] == [f"n{n}" for n in range(19, 9, -1)]
    assert printed_lines[-1].endswith("100.0 loops  in all, OVER the budget of 99 loops (198 s here)")


def test_a_budget_is_kept_up_to_its_last_loop_and_a_part_has_none():
    assert verdict(550, 550, 0.7) == ", within the budget of 550 loops (385 s here)"
    assert "OVER" in verdict(550.1, 550, 0.7)
    assert verdict(9000, 0, 0.7) == ""


def test_a_process_that_was_waited_for_counts():
    before = used()
    burn = "import time\nwhile time.process_time() < 0.3: pass"
    subprocess.run([sys.executable, "-c", burn], check=True)
    assert used() - before >= 0.25


# --- what runs where


@pytest.mark.parametrize("fixture", ["db", "transactional_db", "django_db_setup"])
def test_who_asks_for_the_database_touches_it(fixture):
    assert touches_database(item("tmp_path", fixture))
    assert not touches_database(item("tmp_path", "django_db_blocker"))


def test_a_second_database_runs_what_it_may_answer_otherwise():
    assert is_for_another_database(item(django_db={}))
    assert is_for_another_database(item(own_database={}))
    assert not is_for_another_database(item("settings"))
    assert not is_for_another_database(item(django_db={}, one_database={}))
    assert not is_for_another_database(item(browser={}, own_database={}))


def test_who_commits_comes_last():
    assert commits(item(django_db={"transaction": True}))
    assert commits(item("transactional_db"))
    assert not commits(item("db", django_db={}))


def run_tests():
    spec = importlib.util.spec_from_file_location("run_tests", ROOT / "tools" / "run_tests.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("said", "chromium", "expression", "budget"),
    [
        ([], True, "(not soak and not other_roles)", 550),
        ([], False, "(not soak and not other_roles) and (not browser)", 550),
        (["-m", "slow or browser"], True, "(not soak and not other_roles) and (slow or browser)", 0),
        (["tests/people"], True, "(not soak and not other_roles)", 0),
        (["--soak", "--within=300"], True, "(soak)", 0),
    ],
)
def test_make_test_leaves_endurance_to_make_soak(said, chromium, expression, budget):
    arguments = run_tests().arguments_of(said, chromium=chromium)
    assert arguments[arguments.index("-m") + 1] == expression
    assert f"--costs={budget}" in arguments
    assert "--soak" not in arguments
    assert [one for one in said if one.startswith(("tests", "--within"))] == arguments[arguments.index("-m") + 2 :]


def test_endurance_measures_time_and_so_runs_in_one_process():
    arguments = run_tests().arguments_of(["--soak"], chromium=True)
    assert arguments[arguments.index("-n") + 1] == "0"


def test_whatever_a_run_starts_keeps_what_python_compiled():
    assert run_tests().with_bytecode({"PYTHONDONTWRITEBYTECODE": "1", "PATH": "/bin"}) == {"PATH": "/bin"}


# --- endurance within a limit


def test_the_order_is_the_commits_own():
    cases = [f"case {n}" for n in range(30)]
    assert drawn(cases, "ba87759") == drawn(cases[::-1], "ba87759")
    assert drawn(cases, "ba87759") != drawn(cases, "ce9c8c5")


def test_a_case_bears_its_name_or_that_of_its_test():
    named = SimpleNamespace(args=("ten rounds",), kwargs={})
    several = SimpleNamespace(get_closest_marker=lambda name: named, nodeid="x")
    assert case_of(several) == "ten rounds"
    assert case_of(item(soak={})) == "tests/a/test_b.py::test_c"


def test_after_the_limit_no_case_begins_and_one_that_has_begun_is_ended():
    bounded = Bounded(limit=60)
    assert not bounded.is_to_wait("first")
    bounded.begun.add("first")
    bounded.began -= 61
    assert bounded.is_to_wait("second")
    assert not bounded.is_to_wait("first")


# --- processes


def test_a_childs_command_line_is_read_whole_however_long():
    long = "ở một chỗ rất xa " * 40
    child = subprocess.Popen([sys.executable, "-c", "input()", long], stdin=subprocess.PIPE)
    try:
        wait_for(lambda: long in children_of(os.getpid()).get(child.pid, ""), "the child runs")
    finally:
        child.communicate(b"\n")
