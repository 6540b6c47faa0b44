"""Measures `make serve` on a clean clone until the first page answers.

    python benchmarks/serve_time.py

Clones this repository's last commit into a scratch folder and uses the machine's own package cache, as a newcomer
would.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from trial import free_port

ROOT = Path(__file__).resolve().parents[1]
LIMIT = 600


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=10) as response:
            return response.status == 200
    except OSError:
        return False


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="la-chan-serve-") as folder:
        clone = Path(folder) / "clone"
        subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
        port = free_port()
        dropped = ("DATA_DIR", "DATABASE_URL", "PYTHONPATH", "VIRTUAL_ENV", "DJANGO_SETTINGS_MODULE", "MAKEFLAGS")
        environment = {name: value for name, value in os.environ.items() if name not in dropped}
        started = time.monotonic()
        process = subprocess.Popen(
            ["make", "serve", f"PORT={port}"], cwd=clone, env=environment, stdout=sys.stderr, start_new_session=True
        )
        try:
            while not answers(f"http://127.0.0.1:{port}/"):
                if process.poll() is not None or time.monotonic() - started > LIMIT:
                    sys.exit("make serve did not come up")
                time.sleep(0.5)
            print(f"{'make serve, clean clone, warm cache':40} {time.monotonic() - started:>8.0f} s  (at most 120)")
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(60)


if __name__ == "__main__":
    main()
