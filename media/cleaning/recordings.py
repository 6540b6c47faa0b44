"""Removes from a recording whatever tells who made it, where and with what.

The sound and the pictures that move are carried over as they are, not encoded anew; titles, tags, the place in which
a telephone filmed, cover pictures, chapters, subtitles and measurements of the telephone are not.
"""

import re
from contextlib import suppress
from pathlib import PurePath
from tempfile import NamedTemporaryFile

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from media.cleaning.demuxers import LONGEST, demuxer_of, endings_for, is_frame
from media.cleaning.front_tags import behind_tags

BROKEN_RECORDING = _("Tệp âm thanh hoặc video bị hỏng hoặc thiếu một phần. Xin ghi hoặc tải lại rồi thử lần nữa.")
# what the file is called: how it is written. No other: FFmpeg also writes play lists with files beside them
CONTAINERS = {
    **{
        one: one
        for one in ("3gp", "aiff", "amr", "avi", "flac", "mov", "mp3", "mp4", "mpeg", "ogg", "opus", "wav", "webm")
    },
    **{"aac": "adts", "aif": "aiff", "m4a": "ipod", "m4v": "mp4", "mkv": "matroska", "mpg": "mpeg"},
    **{"oga": "ogg", "ogv": "ogg", "wma": "asf", "wmv": "asf"},
}
OTHER_KIND = _(
    "Chỉ nhận tệp âm thanh hoặc video như MP3, M4A, OGG, WAV, MP4, WebM. Xin lưu lại thành một trong các loại này."
)
OPTIONS = {
    # nothing about the program that wrote it
    "fflags": "+bitexact",
    # a telephone begins to play before all of it came
    "movflags": "+faststart",
}
# AIFF refuses the one that MP3 needs
OPTIONS_OF = {"mp3": {"id3v2_version": "0"}}
# of two files that were put one behind the other, the second's tag stands in the middle of the sound (id3.org, 2.4)
ID3 = re.compile(rb"ID3[\x02-\x04][\x00-\x04][\x00-\xf0]([\x00-\x7f]{4})")
WITH_ID3 = ("mp3", "adts")
CARRIED = ("audio", "video")


def untagged(upload: File) -> File:
    """The same recording without what it says beside sound and picture, called what it is. Raises ValidationError with
    one sentence where it is no recording or is truncated at its head.
    """
    # a library of 35 MB that only this needs
    import av

    name = upload.name or ""
    ending = PurePath(name).suffix.lower().removeprefix(".")
    if ending not in CONTAINERS:
        raise ValidationError(OTHER_KIND, code="other_kind")
    sound = behind_tags(upload)
    try:
        reader = demuxer_of(sound.read(LONGEST))
        with _opened(sound, reader) as source:
            moves = any(stream.type == "video" and not _is_cover(stream) for stream in source.streams)
        endings = endings_for(ending, reader, moves=moves)
    except (av.FFmpegError, ValueError, EOFError):
        raise ValidationError(BROKEN_RECORDING, code="broken_recording") from None
    for kind in endings:
        # on the disk, since what stands at the end of a film is moved to its head; gone when it is closed
        out = NamedTemporaryFile(suffix=f".{kind}")  # noqa: SIM115
        # the kind that the name says may not be able to hold it
        with suppress(av.FFmpegError, ValueError, EOFError):
            with _opened(sound, reader) as source:
                _carry_over(source, out.name, CONTAINERS[kind])
            file = File(out, name=name if kind == ending else str(PurePath(name).with_suffix(f".{kind}")))
            file.is_clean = True  # type: ignore[attr-defined]
            return file
        out.close()
    raise ValidationError(BROKEN_RECORDING, code="broken_recording")


def _opened(sound, reader: str):
    # as above
    import av

    sound.seek(0)
    return av.open(sound, format=reader, metadata_errors="ignore")


def _carry_over(source, path: str, container: str) -> None:
    # as above
    import av

    tags = _Tags() if container in WITH_ID3 else None
    carried = [stream for stream in source.streams if stream.type in CARRIED and not _is_cover(stream)]
    if not carried:
        raise ValueError("neither sound nor picture")
    with av.open(path, "w", format=container, options=OPTIONS | OPTIONS_OF.get(container, {})) as target:
        places = {stream.index: target.add_stream_from_template(stream) for stream in carried}
        is_empty = True
        for packet in source.demux(carried):
            # the last one of each stream is empty
            if packet.dts is None:
                continue
            place = places[packet.stream.index]
            if tags and len(bare := tags.without(bytes(packet))) < packet.size:
                packet = _of_bytes(bare, packet)
            # what FFmpeg takes for sound where a tag is of a kind that it does not know (Lyrics3)
            if tags and not is_frame(bytes(packet)):
                continue
            if packet.size:
                packet.stream = place
                target.mux(packet)
                is_empty = False
    if is_empty:
        raise ValueError("nothing to hear or see")


class _Tags:
    """Takes tags out of a stream of sound; one may go on in the next packets."""

    def __init__(self):
        self.left = 0

    def without(self, data: bytes) -> bytes:
        kept = b""
        while data:
            data, self.left = data[self.left :], max(self.left - len(data), 0)
            found = ID3.search(data)
            kept += data[: found.start()] if found else data
            if found is None:
                break
            self.left = sum(byte << shift for byte, shift in zip(found[1], (21, 14, 7, 0), strict=True))
            data = data[found.end() :]
        return kept


def _of_bytes(data: bytes, packet):
    # as above
    import av

    made = av.Packet(data)
    made.pts, made.dts, made.duration, made.time_base = packet.pts, packet.dts, packet.duration, packet.time_base
    return made


def _is_cover(stream) -> bool:
    # as above
    from av.stream import Disposition

    return bool(stream.disposition & Disposition.attached_pic)
