"""Reports progress to a person who waits."""

import time
from typing import Any

from config.backup.making import Progress

EVERY = 2.0


def teller(stream: Any) -> Progress:
    """Writes the progress to `stream` at most every two seconds, so that short work stays silent."""
    last = time.monotonic()

    def tell(what: str, done: int, of: int) -> None:
        nonlocal last
        if time.monotonic() - last > EVERY:
            last = time.monotonic()
            stream.write(f"{what} {done}/{of}…")

    return tell
