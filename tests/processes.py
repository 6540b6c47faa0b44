"""Processes that tests start and watch: their children, a port for them, and waiting until something is so."""

import socket
import time
from pathlib import Path


def children_of(pid: int) -> dict[int, str]:
    """{process: its whole command line}; `ps` would cut the line at the width of the terminal."""
    children = {}
    for folder in Path("/proc").iterdir():
        try:
            # the name in brackets may hold anything; behind it come the state and the parent
            if folder.name.isdigit() and int(_status(folder)[1]) == pid:
                words = (folder / "cmdline").read_bytes().decode(errors="replace")
                children[int(folder.name)] = words.replace("\0", " ")
        except (FileNotFoundError, ProcessLookupError):
            continue  # it ended meanwhile
    return children


def descendants(pid: int) -> list[int]:
    """All that are below it, the children before their parents."""
    return [one for child in children_of(pid) for one in (*descendants(child), child)]


def _status(folder: Path) -> list[str]:
    return (folder / "stat").read_text(errors="replace").rpartition(")")[2].split()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_for(answer, what: str = "it", seconds: float = 60):
    """The first answer that is true. The limit only ends a test that would wait for ever."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if value := answer():
            return value
        time.sleep(0.1)
    raise AssertionError(f"{what}: not within {seconds} s")
