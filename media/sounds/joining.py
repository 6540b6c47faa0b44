"""Sentences, each recorded by itself or a stretch of a longer recording, joined to one recording with their times.

Silence is cut at both ends of each, a pause is put between two, and the whole is brought to the loudness of a page.
Run as a process of its own by `joined_apart`.
"""

import json
import sys
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import av

from media.sounds.apart import Joined, NoSound, limited
from media.sounds.mastering import CUT, LONGEST_SECONDS, PLAIN, RATE, Form, evened, frames_of, seconds_of, through

# seconds between two sentences
PAUSE = 0.4
# (ending, container, codec, bits a second, options): what loudspeakers take is made of 96 kbit/s and more
WHOLE: Form = ("m4a", "ipod", "aac", 96_000, {})
HEARD: Form = ("m4a", "ipod", "aac", 32_000, {})


@dataclass(frozen=True)
class Piece:
    """A stretch in seconds of the recording at `path`; `ends_at` None: to its end."""

    path: str
    begins_at: float = 0
    ends_at: float | None = None


def stretch(piece: Piece) -> Iterator[av.AudioFrame]:
    first = round(piece.begins_at * RATE)
    last = LONGEST_SECONDS * RATE if piece.ends_at is None else round(piece.ends_at * RATE)
    passed = 0
    for frame in frames_of(Path(piece.path)):
        begin, passed = passed, passed + frame.samples
        if passed <= first:
            continue
        if begin >= last:
            return
        yield _part(frame, max(first - begin, 0), min(last - begin, frame.samples))


def _part(frame: av.AudioFrame, first: int, last: int) -> av.AudioFrame:
    return frame if (first, last) == (0, frame.samples) else _of(bytes(frame.planes[0])[first * 2 : last * 2])


def _of(content: bytes) -> av.AudioFrame:
    """A frame of these samples; mono, 16 bits."""
    frame = av.AudioFrame(format="s16", layout="mono", samples=len(content) // 2)
    frame.planes[0].update(content + bytes(frame.planes[0].buffer_size - len(content)))
    frame.sample_rate = RATE
    return frame


def spoken(pieces: Iterable[Piece]) -> Iterator[list[av.AudioFrame]]:
    """By piece, without the silence at its ends; a piece in which nobody speaks raises NoSound."""
    for piece in pieces:
        frames = list(through((*CUT, PLAIN), stretch(piece)))
        if not sum(frame.samples for frame in frames):
            raise NoSound
        yield frames


def join(pieces: list[Piece], path: Path, form: Form) -> Joined:
    """Writes `path`. Raises NoSound."""
    times: list[tuple[float, float]] = []
    at = 0.0
    for frames in spoken(pieces):
        length = sum(frame.samples for frame in frames) / RATE
        times.append((round(at, 3), round(at + length, 3)))
        at += length + PAUSE
    evened(partial(_all, pieces), (), {path: form})
    return Joined(round(seconds_of(path), 2), times)


def _all(pieces: list[Piece]) -> Iterator[av.AudioFrame]:
    still = bytes(array("h", bytes(2 * round(PAUSE * RATE))))
    for place, frames in enumerate(spoken(pieces)):
        if place:
            yield _of(still)
        yield from frames


def main(plan: Path, path: Path, form: Form) -> None:
    pieces = [Piece(**one) for one in json.loads(plan.read_text(encoding="utf-8"))]
    print(json.dumps(asdict(join(pieces, path, form))))


if __name__ == "__main__":
    chosen = {"whole": WHOLE, "heard": HEARD}[sys.argv[3]]
    sys.exit(limited(lambda: main(Path(sys.argv[1]), Path(sys.argv[2]), chosen)))
