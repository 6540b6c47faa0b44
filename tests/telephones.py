"""Pictures and recordings as telephones make them: they say where, when and by whom."""

from functools import lru_cache
from io import BytesIO

import av
from django.core.files.base import ContentFile
from PIL import Image, TiffImagePlugin
from PIL.PngImagePlugin import PngInfo

GPS, ORIENTATION, ARTIST = 0x8825, 0x0112, 0x013B
SECRET = b"Nha Van Hoa"
PLACE = "+15.8361+107.5013/"
CODECS = {
    "aac": "aac",
    "aiff": "pcm_s16be",
    "flac": "flac",
    "webm": "libopus",
    "mp3": "mp3",
    "m4a": "aac",
    "mp4": "aac",
    "ogg": "libopus",
    "opus": "libopus",
    "wav": "pcm_s16le",
}


@lru_cache
def silence(kind: str = "mp3", seconds: int = 1, *, tags: bool = False) -> bytes:
    out = BytesIO()
    with av.open(out, "w", format={"aac": "adts", "m4a": "ipod"}.get(kind, kind)) as target:
        if tags:
            target.metadata.update({"title": SECRET.decode(), "location": PLACE, "comment": SECRET.decode()})
        stream = target.add_stream(CODECS[kind], rate=48000, layout="mono")
        for _frame in range(seconds * 50):
            frame = av.AudioFrame(format="s16", layout="mono", samples=960)
            frame.sample_rate = 48000
            frame.planes[0].update(bytes(frame.planes[0].buffer_size))
            target.mux(stream.encode(frame))
        target.mux(stream.encode(None))
    return out.getvalue()


def id3(version: int, footer: bytes = b"", padding: int = 0) -> bytes:
    """A tag as telephones and converters put it in front of any sound, with sizes in sevens of bits (id3.org)."""
    text = b"\0" + SECRET + b" 15.83"
    frame = b"TIT2" + len(text).to_bytes(4) + b"\0\0" + text + bytes(padding)
    size = bytes((len(frame) >> shift) & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3" + bytes([version, 0, 0x10 if footer else 0]) + size + frame + (footer and footer + size)


def taken(kind: str, size=(60, 40), colour="red", **options) -> bytes:
    """A picture as a telephone makes it: place, name, comment, and lying on its side."""
    picture = Image.new("RGB", size, colour)
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[ARTIST] = SECRET.decode()
    exif[GPS] = {1: "N", 2: (TiffImagePlugin.IFDRational(15), TiffImagePlugin.IFDRational(52), 0.0)}
    if kind == "PNG":
        text = PngInfo()
        text.add_text("Comment", SECRET.decode())
        options["pnginfo"] = text
    if kind in ("JPEG", "GIF"):
        options["comment"] = SECRET
    if kind in ("JPEG", "WEBP", "AVIF"):
        options["xmp"] = b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>"
    out = BytesIO()
    picture.save(out, kind, **({} if kind == "GIF" else {"exif": exif}), **options)
    return out.getvalue()


def of_bytes(count: int, name: str) -> ContentFile:
    """A file whose content does not matter, taken as clean."""
    file = ContentFile(b"x" * count, name=name)
    file.is_clean = True
    return file
