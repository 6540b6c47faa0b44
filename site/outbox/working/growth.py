"""How much a process has grown: what a heavy piece of work needed, the interpreter seldom gives back.

Under `manage.py run` a worker or clock that has grown much ends once it has nothing to do, and a young one, forked from
the supervisor, takes its place (`outbox.working.worker`, `config.supervisor`).
"""

import logging
from pathlib import Path
from time import monotonic

logger = logging.getLogger("outbox")

# megabytes that a process may hold of its own beyond what it began with
MOST = 25.0
# seconds between two looks, which cost a few milliseconds each
LOOK_EVERY = 15.0


def own_megabytes() -> float | None:
    """What this process shares with no other; None where the system does not tell (elsewhere than on Linux)."""
    try:
        lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    except OSError:
        return None
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) / 1024


class Growth:
    """Of this process since it was made."""

    def __init__(self, most: float = MOST):
        self.most, self.began, self.looked_at = most, own_megabytes(), monotonic()

    def is_too_much(self) -> bool:
        """Looked at every LOOK_EVERY seconds; false in between."""
        if self.began is None or monotonic() - self.looked_at < LOOK_EVERY:
            return False
        self.looked_at = monotonic()
        now = own_megabytes()
        if now is None or now - self.began <= self.most:
            return False
        logger.info("%.0f MB more than at the beginning: a young process takes over", now - self.began)
        return True
