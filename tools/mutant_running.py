"""Runs a module's tests against its mutants, each in a process of its own with a database file of its own.

`python tools/mutant_running.py FOLDER` runs inside a copy of the tree. It starts Django and collects the tests once;
each mutant is then a fork in which the changed functions get the mutant's code, and one run of pytest. A mutant that
changes what runs on import cannot be had so: for it everything is started anew, with the mutant's source in place of
the module's. Nothing is written into the tree.
"""

import gc
import importlib
import importlib.abc
import importlib.util
import json
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from pathlib import Path
from types import CodeType, FunctionType

import pytest
from mutant_making import Where, functions_changed

OPTIONS = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:randomly", "--hypothesis-profile=mutants"]
# of the processor time that the tests take without a mutant; more is taken for a loop without an end
PATIENCE, LEAST_SECONDS = 5, 20
# by the clock, for what waits without working
LONGEST_SECONDS = 900
WRONG = {2: "did not load", 3: "did not load", 4: "did not load"}


class Count:
    """A plugin: how many tests passed, and the first that did not."""

    def __init__(self):
        self.passed, self.failed = 0, ""

    def pytest_runtest_logreport(self, report):
        if report.when == "call" and report.passed:
            self.passed += 1
        if report.failed and not self.failed:
            self.failed = report.nodeid


def outcome_of(status: int, passed: int) -> str:
    """ "survived" and "no test" are alive; everything else is killed."""
    if status == 1:
        return "failed"
    if status in WRONG:
        return WRONG[status]
    return "survived" if status == 0 and passed else "no test"


def run_pytest(plan: dict) -> dict:
    count = Count()
    with tempfile.TemporaryDirectory() as folder:
        _use_database(Path(folder) / "mutant.sqlite3", Path(plan["database"]))
        status = int(pytest.main([*OPTIONS, f"--basetemp={folder}/files", *plan["tests"]], plugins=[count]))
    return {"outcome": outcome_of(status, count.passed), "passed": count.passed, "by": count.failed}


def _use_database(path: Path, template: Path) -> None:
    """In place of making a database: the tests find a copy of one that was made before."""
    from django.test import utils

    def setup_databases(*_args, **_options):
        from django.db import connections

        connection = connections["default"]
        connection.close()
        shutil.copyfile(template, path)
        connection.settings_dict["NAME"] = str(path)
        return []

    utils.setup_databases = setup_databases
    utils.teardown_databases = lambda *_args, **_options: None


def _hypothesis_without_shrinking() -> None:
    from hypothesis import HealthCheck, Phase, settings

    # a failing example is enough; the same ones for every mutant
    settings.register_profile(
        "mutants",
        phases=[Phase.explicit, Phase.generate],
        database=None,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )


def _limit(seconds: float) -> None:
    whole = int(seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (whole, whole + 5))


# --- a mutant in a fork


def functions_of(path: str) -> dict[Where, list[FunctionType]]:
    """The living functions that were defined in this file."""
    found: dict[Where, list[FunctionType]] = {}
    for thing in gc.get_objects():
        # isinstance() would ask Django's lazy objects for what they stand for
        if type(thing) is FunctionType and thing.__code__.co_filename == path:
            found.setdefault((thing.__code__.co_qualname, thing.__code__.co_firstlineno), []).append(thing)
    return found


def put_in_place(changed: dict[Where, CodeType], living: dict[Where, list[FunctionType]]) -> None:
    for where, code in changed.items():
        for function in living[where]:
            function.__code__ = code.replace(co_filename=function.__code__.co_filename)


def forked(plan: dict, work) -> dict:
    """What `work()` returns in a child process, or how the child ended."""
    reading, writing = os.pipe()
    began = time.monotonic()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            _limit(plan["seconds"])
            signal.alarm(LONGEST_SECONDS)
            os.write(writing, json.dumps(work()).encode())
        except BaseException:
            traceback.print_exc()
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        told = pipe.read()
    _pid, status, usage = os.wait4(child, 0)
    ended = json.loads(told) if told else {"outcome": _ending(status), "passed": 0, "by": ""}
    return {**ended, "processor": usage.ru_utime + usage.ru_stime, "clock": time.monotonic() - began}


def _ending(status: int) -> str:
    """Without a result: a mutant may crash or run for ever, and anything else is a fault of this tool."""
    if not os.WIFSIGNALED(status):
        return "no result"
    return "took too long" if os.WTERMSIG(status) in (signal.SIGXCPU, signal.SIGALRM, signal.SIGKILL) else "crashed"


# --- a mutant from the start


class _InPlace(importlib.abc.SourceLoader):
    """Finds the module by its name, and gives the mutant's source for it."""

    def __init__(self, name: str, path: str, source: str):
        self.name, self.path, self.source = name, path, source

    def find_spec(self, fullname, path=None, target=None):
        if fullname != self.name:
            return None
        return importlib.util.spec_from_file_location(fullname, self.path, loader=self)

    def get_filename(self, fullname):
        return self.path

    def get_data(self, path):
        return self.source.encode()


def run_anew(plan: dict, source: str) -> dict:
    sys.meta_path.insert(0, _InPlace(plan["name"], plan["path"], source))
    _hypothesis_without_shrinking()
    return run_pytest(plan)


# --- the run


def run_all(plan: dict, tell) -> bool:
    """Tells (number, result) for each mutant, -1 standing for the module as it is; False where its tests fail."""
    mutants, plan["seconds"] = dict(enumerate(plan["mutants"])), LONGEST_SECONDS
    changes = {number: functions_changed(plan["source"], source) for number, source in mutants.items()}
    whole = forked(plan, lambda: run_anew(plan, plan["source"]))
    tell(-1, whole)
    if whole["outcome"] != "survived":
        return False
    plan["seconds"] = max(whole["processor"] * PATIENCE, LEAST_SECONDS)
    # before anything of the project is imported
    for number in [number for number, changed in changes.items() if changed is None]:
        tell(number, forked(plan, lambda number=number: run_anew(plan, mutants[number])))
    _hypothesis_without_shrinking()
    # imports the tests, and Django with all that is installed
    pytest.main([*OPTIONS, "--collect-only", *plan["tests"]])
    # what no test imports by name waits for a first request otherwise
    importlib.import_module(plan["name"])
    living = functions_of(plan["path"])
    for number, changed in changes.items():
        if changed is not None:
            tell(number, forked(plan, lambda changed=changed: run_changed(plan, changed, living)))
    return True


def run_changed(plan: dict, changed: dict[Where, CodeType], living: dict[Where, list[FunctionType]]) -> dict:
    if missing := changed.keys() - living.keys():
        raise LookupError(f"no living function {sorted(missing)}")
    put_in_place(changed, living)
    return run_pytest(plan)


def main(folder: Path) -> int:
    told = os.fdopen(os.dup(1), "w")
    # what the tests print
    with (folder / "output.txt").open("a") as output:
        os.dup2(output.fileno(), 1)
        os.dup2(output.fileno(), 2)

    def tell(number: int, result: dict) -> None:
        told.write(json.dumps({"number": number, **result}) + "\n")
        told.flush()

    return 0 if run_all(json.loads((folder / "plan.json").read_text()), tell) else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
