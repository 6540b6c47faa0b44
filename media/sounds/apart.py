"""A recording is mastered in a process of its own, with limits of time and memory and no way out: FFmpeg reads what a
stranger sent.
"""

import json
import resource
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

# of processor: a quarter of an hour of speech takes about one minute on a slow machine
MOST_SECONDS, MOST_WAITING = 240, 600
# a quarter of an hour is held twice while its end is cut; the interpreter with FFmpeg takes a fifth of it
MOST_BYTES = 768 * 1024 * 1024
ROOT = Path(__file__).resolve().parents[2]
NO_SOUND_STATUS = 3


@dataclass(frozen=True)
class Mastered:
    """`loudness` in LUFS by ending of the form, measured after encoding."""

    seconds: float
    loudness: dict[str, float]


@dataclass(frozen=True)
class Joined:
    """`times` are (begins, ends) of each piece in seconds from the beginning of the whole."""

    seconds: float
    times: list[tuple[float, float]]


class NoSound(ValueError):
    """There is no stream of sound, or nothing but silence in it."""


class NotMastered(Exception):
    """FFmpeg cannot read it, or it would take too much."""


class Silent(NotMastered):
    """Nobody says anything in it."""


def mastered_apart(source: Path, folder: Path) -> Mastered:
    """Like `mastering.master`, in a process of its own. Raises Silent or NotMastered."""
    return Mastered(**json.loads(_said_by("media.sounds.mastering", str(source), str(folder))))


def joined_apart(pieces: Sequence[dict], path: Path, form: str) -> Joined:
    """Like `joining.join` of pieces as `joining.Piece` has them; `form` is "whole", or "heard" of one sentence. Raises
    Silent or NotMastered.
    """
    plan = path.with_suffix(".json")
    plan.write_text(json.dumps(list(pieces)), encoding="utf-8")
    said = json.loads(_said_by("media.sounds.joining", str(plan), str(path), form))
    return Joined(said["seconds"], [(begins, ends) for begins, ends in said["times"]])


def mp3_apart(source: Path, path: Path) -> None:
    """Writes `path` for loudspeakers and small players as `for_players.mp3` says. Raises Silent or NotMastered."""
    _said_by("media.sounds.for_players", str(source), str(path))


def _said_by(module: str, *arguments: str) -> bytes:
    command = [sys.executable, "-m", module, *arguments]
    try:
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, timeout=MOST_WAITING, check=False, stdin=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired:
        raise NotMastered from None
    if done.returncode == NO_SOUND_STATUS:
        raise Silent
    if done.returncode:
        raise NotMastered
    return done.stdout


def limited(work: Callable[[], None]) -> int:
    """The status with which the process ends."""
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_BYTES, MOST_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        work()
    except NoSound:
        return NO_SOUND_STATUS
    except Exception:
        return 1
    return 0
