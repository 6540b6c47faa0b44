"""Runs pytest on two processors, in the browser too where Chromium is there; further arguments go to pytest.

With REQUIRE_BROWSER=1, as CI sets it, a browser test that did not run is a failure.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def browser_tests(report: Path) -> tuple[int, int]:
    """(run, skipped) of the tests under tests/browser in a JUnit report."""
    cases = [case for case in ElementTree.parse(report).iter("testcase") if "browser" in case.get("classname", "")]
    skipped = sum(case.find("skipped") is not None for case in cases)
    return len(cases) - skipped, skipped


def main() -> int:
    required = bool(os.environ.get("REQUIRE_BROWSER"))
    # a group shares one fixture that is dear to make, so it stays in one process
    arguments = ["-n", os.environ.get("TEST_PROCESSES", "2"), "--dist", "loadgroup", *sys.argv[1:]]
    if not any(shutil.which(name) for name in CHROMIUM):
        if required:
            print("Chromium is absent, and REQUIRE_BROWSER is set.", file=sys.stderr)
            return 1
        print("Chromium is absent: the browser tests are left out (Debian: apt-get install chromium).", flush=True)
        arguments += ["-m", "not browser"]
    # a language without a compiled catalogue is invisible to Django
    subprocess.run([sys.executable, "manage.py", "compile_catalogues", "-v", "0"], check=True)
    database = os.environ.get("DATABASE_URL", "").split(":")[0] or "SQLite"
    print(f"Testing on {database} …", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", f"--junitxml={report}", *arguments]
        status = subprocess.run(command, check=False).returncode
        if status == 0 and required:
            run, skipped = browser_tests(report)
            print(f"Browser tests: {run} run, {skipped} skipped.", flush=True)
            status = 0 if run and not skipped else 1
    return status


if __name__ == "__main__":
    sys.exit(main())
