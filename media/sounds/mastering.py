"""One recording, mastered: silence cut at both ends, −16 LUFS, in the two forms that browsers play.

Loudness is integrated loudness of EBU R 128 (ITU-R BS.1770-4), brought to its mark by two passes of FFmpeg's `loudnorm`
and a limiter; what counts is what is measured after encoding. Run as a process of its own by `media.sounds.apart`.
"""

import gc
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from fractions import Fraction
from pathlib import Path

import av
import av.logging

from media.cleaning.demuxers import LONGEST, demuxer_of
from media.cleaning.front_tags import Behind, behind_tags
from media.sounds.apart import Mastered, NoSound, limited

RATE = 48_000
# LUFS; a form that is farther from it than TOLERANCE is encoded once more
TARGET, TOLERANCE = -16.0, 1.0
# dBTP as `loudnorm` is asked for, below the limit of -1.5 since encoding adds; the limiter as a share of full scale
PEAK, LIMIT = -3.0, 0.8
LONGEST_SECONDS = 15 * 60
# what is quieter counts as silence; a breath of it stays
TRIM = ("silenceremove", "start_periods=1:start_threshold=-50dB:start_silence=0.2:detection=peak")
PLAIN = ("aformat", f"sample_fmts=s16:sample_rates={RATE}:channel_layouts=mono")
CUT = (TRIM, ("areverse", ""), TRIM, ("areverse", ""))
# (ending, container, codec, bits a second, options)
Form = tuple[str, str, str, int, dict[str, str]]
FORMS: tuple[Form, ...] = (
    # in WebM, whose length stands at its beginning: of an Ogg file Chromium fetches the end before it plays
    ("webm", "webm", "libopus", 24_000, {"application": "voip"}),
    ("m4a", "ipod", "aac", 32_000, {}),
)

Filters = tuple[tuple[str, str], ...]
# reads the same sound from its beginning each time: it is heard twice
Sound = Callable[[], Iterable[av.AudioFrame]]


def frames_of(path: Path) -> Iterator[av.AudioFrame]:
    """Mono, 48 kHz, 16 bits; no more than LONGEST_SECONDS."""
    with path.open("rb") as content:
        sound = behind_tags(content)
        reader = demuxer_of(sound.read(LONGEST))
        sound.seek(0)
        yield from _decoded(sound, reader)


def _decoded(sound: Behind, reader: str) -> Iterator[av.AudioFrame]:
    with av.open(sound, format=reader, metadata_errors="ignore") as container:
        if not container.streams.audio:
            raise NoSound
        resampler, count = av.AudioResampler(format="s16", layout="mono", rate=RATE), 0
        for frame in container.decode(audio=0):
            frame.pts = None
            for part in resampler.resample(frame):
                count += part.samples
                if count > LONGEST_SECONDS * RATE:
                    return
                yield part
        yield from resampler.resample(None)


def through(filters: Filters, frames: Iterable[av.AudioFrame]) -> Iterator[av.AudioFrame]:
    graph = av.filter.Graph()
    last = graph.add_abuffer(format="s16", sample_rate=RATE, layout="mono", time_base=Fraction(1, RATE))
    for name, options in filters:
        step = graph.add(name, options) if options else graph.add(name)
        last.link_to(step)
        last = step
    last.link_to(graph.add("abuffersink"))
    graph.configure()
    passed = 0
    for frame in frames:
        frame.pts, passed = passed, passed + frame.samples
        graph.push(frame)
        yield from _ready(graph)
    graph.push(None)
    yield from _ready(graph)


def _ready(graph) -> Iterator[av.AudioFrame]:
    while True:
        try:
            yield graph.pull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return


def measured(frames: Iterable[av.AudioFrame], filters: Filters = ()) -> dict[str, float]:
    """What `loudnorm` says of them: {"input_i" in LUFS, "input_tp" in dBTP, "input_lra", "input_thresh", …}. It says it
    in the log, as its graph is given up; the same said twice is said twice.
    """
    av.logging.set_level(av.logging.INFO)
    av.logging.set_skip_repeated(False)
    with av.logging.Capture() as lines:
        count = sum(frame.samples for frame in through((*filters, ("loudnorm", "print_format=json")), frames))
        gc.collect()
    av.logging.set_level(None)
    text = "".join(line for _level, _name, line in lines)
    said = json.loads(text[text.rindex("{") : text.rindex("}") + 1])
    return {name: float(value) for name, value in said.items() if name != "normalization_type"} | {"samples": count}


def master(source: Path, folder: Path) -> Mastered:
    """Writes `folder/voice.webm` and `folder/voice.m4a`. Raises NoSound, or FFmpegError where it is no recording."""
    loudness = evened(lambda: frames_of(source), CUT, {folder / f"voice.{form[0]}": form for form in FORMS})
    return Mastered(
        round(seconds_of(folder / f"voice.{FORMS[0][0]}"), 2),
        {path.suffix.removeprefix("."): said for path, said in loudness.items()},
    )


def evened(sound: Sound, cut: Filters, forms: dict[Path, Form]) -> dict[Path, float]:
    """Writes each form at TARGET; returns what is measured of it in LUFS. Raises NoSound."""
    first = measured(sound(), cut)
    if not first["samples"] or first["input_i"] < -60:
        raise NoSound
    loudness = {}
    for path, (_ending, container, codec, bits, options) in forms.items():
        aim = TARGET
        for _try in (1, 2):
            _encode(_levelled(sound(), cut, first, aim), path, container, codec, bits, options)
            loudness[path] = measured(frames_of(path))["input_i"]
            if abs(loudness[path] - TARGET) <= TOLERANCE / 2:
                break
            aim += TARGET - loudness[path]
    return loudness


def _levelled(
    frames: Iterable[av.AudioFrame], cut: Filters, first: dict[str, float], aim: float
) -> Iterator[av.AudioFrame]:
    known = {"I": "input_i", "TP": "input_tp", "LRA": "input_lra", "thresh": "input_thresh"}
    options = [f"I={aim}", f"TP={PEAK}", "LRA=11", "linear=true", f"offset={first['target_offset']}"]
    options += [f"measured_{name}={first[key]}" for name, key in known.items()]
    filters = (
        *cut,
        ("loudnorm", ":".join(options)),
        ("aresample", str(RATE)),
        ("alimiter", f"limit={LIMIT}:level=false"),
        PLAIN,
    )
    return through(filters, frames)


def _encode(frames: Iterable[av.AudioFrame], path: Path, container: str, codec: str, bits: int, options: dict) -> None:
    with av.open(str(path), "w", format=container, options={"fflags": "+bitexact", "movflags": "+faststart"}) as out:
        stream = out.add_stream(codec, rate=RATE, options=options)
        stream.layout, stream.bit_rate = "mono", bits
        fifo, written = av.AudioFifo(), 0
        for frame in frames:
            frame.pts = None
            fifo.write(frame)
            while part := fifo.read(stream.codec_context.frame_size or 960):
                written = _put(out, stream, part, written)
        if rest := fifo.read(0, partial=True):
            _put(out, stream, rest, written)
        for packet in stream.encode(None):
            out.mux(packet)


def _put(out, stream, frame: av.AudioFrame, written: int) -> int:
    frame.pts, frame.time_base = written, Fraction(1, RATE)
    for packet in stream.encode(frame):
        out.mux(packet)
    return written + frame.samples


def seconds_of(path: Path) -> float:
    with av.open(str(path)) as container:
        return (container.duration or 0) / av.time_base


if __name__ == "__main__":
    sys.exit(limited(lambda: print(json.dumps(asdict(master(Path(sys.argv[1]), Path(sys.argv[2])))))))
