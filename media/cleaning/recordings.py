"""Removes from a recording whatever tells who made it, where and with what.

The sound and the pictures that move are carried over as they are, not encoded anew; titles, tags, the place in which
a telephone filmed, cover pictures, chapters, subtitles and measurements of the telephone are not.
"""

from pathlib import PurePath
from tempfile import NamedTemporaryFile

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

BROKEN_RECORDING = _("Tệp âm thanh hoặc video bị hỏng hoặc thiếu một phần. Xin ghi hoặc tải lại rồi thử lần nữa.")
# what the file is called: how it is written; the others are written as they are called
CONTAINERS = {"m4a": "ipod", "m4v": "mp4", "mkv": "matroska", "mpg": "mpeg", "ogv": "ogg"}
OPTIONS = {
    # nothing about the program that wrote it
    "fflags": "+bitexact",
    "id3v2_version": "0",
    # a telephone begins to play before all of it came
    "movflags": "+faststart",
}
CARRIED = ("audio", "video")


def untagged(upload: File) -> File:
    """The same recording without what it says beside sound and picture. Raises ValidationError with one sentence where
    it is no recording or is truncated at its head.
    """
    # a library of 35 MB that only this needs
    import av

    ending = PurePath(upload.name or "").suffix.lower().removeprefix(".")
    # on the disk, since what stands at the end of a film is moved to its head; gone when it is closed
    out = NamedTemporaryFile(suffix=f".{ending}")  # noqa: SIM115
    upload.seek(0)
    try:
        with av.open(upload, metadata_errors="ignore") as source:
            _carry_over(source, out.name, CONTAINERS.get(ending, ending))
    except (av.FFmpegError, ValueError, EOFError):
        raise ValidationError(BROKEN_RECORDING, code="broken_recording") from None
    file = File(out, name=upload.name)
    file.is_clean = True  # type: ignore[attr-defined]
    return file


def _carry_over(source, path: str, container: str) -> None:
    # as above
    import av

    carried = [stream for stream in source.streams if stream.type in CARRIED and not _is_cover(stream)]
    if not carried:
        raise ValueError("neither sound nor picture")
    with av.open(path, "w", format=container, options=OPTIONS) as target:
        places = {stream.index: target.add_stream_from_template(stream) for stream in carried}
        for packet in source.demux(carried):
            # the last one of each stream is empty
            if packet.dts is not None:
                packet.stream = places[packet.stream.index]
                target.mux(packet)


def _is_cover(stream) -> bool:
    # as above
    from av.stream import Disposition

    return bool(stream.disposition & Disposition.attached_pic)
