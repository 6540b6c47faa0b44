"""Runs pytest on all processors, in the browser too where Chromium is there; further arguments go to pytest.

REQUIRE_BROWSER=1 (CI) fails instead of leaving the browser tests out.
"""

import os
import shutil
import subprocess
import sys

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def main() -> int:
    arguments = ["-q", "-n", os.environ.get("TEST_PROCESSES", "2"), *sys.argv[1:]]
    if not any(shutil.which(name) for name in CHROMIUM):
        if os.environ.get("REQUIRE_BROWSER"):
            print("Chromium is absent, and REQUIRE_BROWSER is set.", file=sys.stderr)
            return 1
        print("Chromium is absent: the browser tests are left out (Debian: apt-get install chromium).", flush=True)
        arguments += ["-m", "not browser"]
    database = os.environ.get("DATABASE_URL", "").split(":")[0] or "SQLite"
    print(f"Testing on {database} …", flush=True)
    return subprocess.run([sys.executable, "-m", "pytest", *arguments], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
