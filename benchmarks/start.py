"""What a first start, a short command and an idle worker cost in processor time, in loops.

    python benchmarks/start.py

A loop is `sum(i * i for i in range(20_000_000))`, timed in the same run before and after, since machines differ. On
SQLite in a scratch folder; DATABASE_URL names another database, which must be empty for the figure of `prepare --demo`.
IDLE_SECONDS says how long the idle worker is watched.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from trial import processor_seconds

ROOT = Path(__file__).resolve().parents[1]
IDLE_SECONDS = float(os.environ.get("IDLE_SECONDS", "60"))
# until an idle worker has started, done what it found and settled
SETTLE = 30.0


def loop() -> float:
    """Processor seconds of one loop."""
    started = time.process_time()
    sum(i * i for i in range(20_000_000))
    return time.process_time() - started


def of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def cost(environment: dict[str, str], *arguments: str) -> float:
    """Processor seconds of one command, with whatever it starts."""
    before = of_children()
    command = [sys.executable, "manage.py", *arguments]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    return of_children() - before


def idle_share(environment: dict[str, str]) -> float:
    """The part of one core that a worker takes which has nothing to do."""
    worker = subprocess.Popen([sys.executable, "manage.py", "worker"], cwd=ROOT, env=environment)
    try:
        # what the demo left to do comes first
        settled, last = time.monotonic(), 0.0
        while time.monotonic() - settled < SETTLE:
            time.sleep(2)
            now = processor_seconds(worker.pid)
            if now - last > 0.1:
                settled = time.monotonic()
            last = now
        before, started = processor_seconds(worker.pid), time.monotonic()
        time.sleep(IDLE_SECONDS)
        return (processor_seconds(worker.pid) - before) / (time.monotonic() - started)
    finally:
        worker.terminate()
        worker.wait(60)


def say(name: str, figure: str, limit: str) -> None:
    print(f"{name:40} {figure:>16}  (at most {limit})", flush=True)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="la-chan-start-") as folder:
        environment = {**os.environ, "DATA_DIR": folder, "INSECURE_HTTP": "1", "LOG_LEVEL": "WARNING"}
        a_loop = loop()
        prepared = cost(environment, "prepare", "--demo")
        a_loop = (a_loop + loop()) / 2
        print(f"{'one loop':40} {a_loop:>14.2f} s")
        say("prepare --demo", f"{prepared / a_loop:.1f} loops", "27")
        asked = ("coverage", "nhan-dien-nan-nhan", "--format", "json")
        say("coverage --format json", f"{min(cost(environment, *asked) for _ in range(3)) / loop():.2f} loops", "1.4")
        say("an idle worker", f"{idle_share(environment):.2%}", "0.50 % of a core")


if __name__ == "__main__":
    main()
