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


def has_ended(pid: int) -> bool:
    """One that nobody has waited for yet has ended too."""
    try:
        return _status(Path(f"/proc/{pid}"))[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def proportional_megabytes(pid: int) -> float:
    """What the process holds, a page of memory shared by n processes counted as a n-th (PSS)."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(next(line for line in text.splitlines() if line.startswith("Pss:")).split()[1]) / 1024


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
