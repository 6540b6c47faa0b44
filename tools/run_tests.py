"""Runs pytest, in the browser too where Chromium is there; further arguments go to pytest.

Without an option everything that proves behaviour, on two processors; with `--soak` what proves endurance, which
measures time and therefore runs in one process; with `--other-roles` the rights table for the roles that are left. With
REQUIRE_BROWSER=1, as CI sets it, a browser test that did not run is a failure.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# what `make test` may cost on SQLite, the browser included, as a multiple of the loop in tests/costs.py
BUDGET = 550


def browser_tests(report: Path) -> tuple[int, int]:
    """(run, skipped) of the tests under tests/browser in a JUnit report."""
    cases = [case for case in ElementTree.parse(report).iter("testcase") if "browser" in case.get("classname", "")]
    skipped = sum(case.find("skipped") is not None for case in cases)
    return len(cases) - skipped, skipped


def selection(*wanted: str) -> str:
    """One expression for `-m` of several; an empty one asks for nothing."""
    return " and ".join(f"({one})" for one in wanted if one)


def arguments_of(said: list[str], *, chromium: bool) -> list[str]:
    """What pytest is called with."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--soak", action="store_true")
    parser.add_argument("--other-roles", action="store_true")
    parser.add_argument("-m", default="")
    options, others = parser.parse_known_args(said)
    named = "other_roles" if options.other_roles else "not soak and not other_roles"
    kinds = selection("soak" if options.soak else named, "" if chromium else "not browser", options.m)
    # a group shares one fixture that is dear to make, so it stays in one process
    processes = ["-n", "0" if options.soak else os.environ.get("TEST_PROCESSES", "2"), "--dist", "loadgroup"]
    # a part of the tests has no budget
    budget = 0 if options.soak or options.other_roles or others or options.m else BUDGET
    return [*processes, f"--costs={budget}", "-m", kinds, *others]


def with_bytecode(environment: dict[str, str]) -> dict[str, str]:
    """What the tests and all processes that they start are run with: each of these compiles our 1,300 files anew where
    none may be kept, as many images of machines have it."""
    return {name: value for name, value in environment.items() if name != "PYTHONDONTWRITEBYTECODE"}


def main() -> int:
    environment = with_bytecode(dict(os.environ))
    required = bool(os.environ.get("REQUIRE_BROWSER"))
    chromium = any(shutil.which(name) for name in CHROMIUM)
    if not chromium:
        if required:
            print("Chromium is absent, and REQUIRE_BROWSER is set.", file=sys.stderr)
            return 1
        print(
            "Chromium is absent: the browser tests are left out (Debian: apt-get install chromium-headless-shell).",
            flush=True,
        )
    # a language without a compiled catalogue is invisible to Django
    subprocess.run([sys.executable, "manage.py", "compile_catalogues", "-v", "0"], check=True, env=environment)
    database = os.environ.get("DATABASE_URL", "").split(":")[0] or "SQLite"
    print(f"Testing on {database} …", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        arguments = arguments_of(sys.argv[1:], chromium=chromium)
        command = [sys.executable, "-m", "pytest", f"--junitxml={report}", *arguments]
        status = subprocess.run(command, check=False, env=environment).returncode
        if status == 0 and required:
            run, skipped = browser_tests(report)
            print(f"Browser tests: {run} run, {skipped} skipped.", flush=True)
            status = 0 if run and not skipped else 1
    return status


if __name__ == "__main__":
    sys.exit(main())
