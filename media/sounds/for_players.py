"""One recording as an MP3 for loudspeakers and small players: silence cut at its ends, −16 LUFS, mono, without tags.

Made from the file as it was recorded, never from the small forms of a page. Run as a process of its own by
`media.sounds.apart.mp3_apart`, with its limits.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import av

from media.sounds.apart import NoSound, limited
from media.sounds.mastering import CUT, LIMIT, PEAK, RATE, TARGET, frames_of, measured, through

BITS = 96_000
# samples of a frame of MP3 (MPEG-1 layer III)
FRAME = 1152


def mp3(source: Path, path: Path) -> None:
    """Raises NoSound, or FFmpegError where it is no recording."""
    first = measured(frames_of(source), CUT)
    if not first["samples"] or first["input_i"] < -60:
        raise NoSound
    with av.open(str(path), "w", format="mp3", options={"write_xing": "0", "id3v2_version": "0"}) as out:
        stream = out.add_stream("libmp3lame", rate=RATE)
        stream.layout, stream.bit_rate = "mono", BITS
        for frame in _levelled(source, first):
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))


def _levelled(source: Path, first: dict[str, float]) -> Iterator[av.AudioFrame]:
    known = {"I": "input_i", "TP": "input_tp", "LRA": "input_lra", "thresh": "input_thresh"}
    options = [f"I={TARGET}", f"TP={PEAK}", "LRA=11", "linear=true", f"offset={first['target_offset']}"]
    options += [f"measured_{name}={first[key]}" for name, key in known.items()]
    filters = (
        *CUT,
        ("loudnorm", ":".join(options)),
        ("aresample", str(RATE)),
        ("alimiter", f"limit={LIMIT}:level=false"),
        ("aformat", f"sample_fmts=s16p:sample_rates={RATE}:channel_layouts=mono"),
        ("asetnsamples", f"n={FRAME}:p=0"),
    )
    yield from through(filters, frames_of(source))


if __name__ == "__main__":
    sys.exit(limited(lambda: mp3(Path(sys.argv[1]), Path(sys.argv[2]))))
