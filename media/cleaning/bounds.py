"""How large a picture may be, judged by its head alone, before a single dot of it is unpacked.

A file of a few kilobytes can hold a picture of gigabytes. A JPEG is made smaller while it is unpacked, so that of a
telephone of 50 million dots goes in; every other format has to be unpacked whole. Of one that moves only the first
frame is kept, but the frames are counted all the same, since whatever opens it later would unpack them.
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from PIL import Image

BROKEN = _("Tệp hình bị hỏng hoặc thiếu một phần. Xin tải lại hình gốc rồi thử lần nữa.")
# Pillow has no common error for broken files
UNREADABLE = (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError, MemoryError)
MILLION = 1_000_000
# what is unpacked, whatever else Pillow knows: some of it starts other programs or is read nowhere
KINDS = ("JPEG", "MPO", "PNG", "GIF", "WEBP", "AVIF", "HEIF", "JPEG2000", "TIFF", "BMP")
# JPEG, and MPO as some telephones call it
REDUCED = ("JPEG", "MPO")
MOST_REDUCED, MOST_WHOLE, MOST_OF_ALL_FRAMES = 110 * MILLION, 24 * MILLION, 100 * MILLION
# unpacked and written anew within a fifth of a second and some 30 MB, so at once; the others in the background
SMALL = 2 * MILLION


@dataclass(frozen=True)
class Measure:
    """What the head of a file says; `frames` is 1 for a picture that does not move."""

    kind: str
    width: int
    height: int
    frames: int

    @property
    def dots(self) -> int:
        return self.width * self.height

    @property
    def is_small(self) -> bool:
        return self.dots <= SMALL


def opened(file) -> Image.Image:
    """Raises one of UNREADABLE."""
    Image.init()
    return Image.open(file, formats=[kind for kind in KINDS if kind in Image.OPEN])


def measured(file) -> Measure:
    """Raises ValidationError with one sentence where it is no picture, or larger than the bounds."""
    file.seek(0)
    try:
        with opened(file) as picture:
            kind = picture.format or ""
            frames = 1 if kind in REDUCED else getattr(picture, "n_frames", 1)
            measure = Measure(kind, *picture.size, frames)
    except UNREADABLE:
        raise ValidationError(BROKEN, code="broken_picture") from None
    finally:
        file.seek(0)
    if why := why_too_large(measure):
        raise ValidationError(why, code="picture_too_large")
    return measure


def why_too_large(measure: Measure) -> str:
    """One sentence, or "" where it may come in."""
    most = MOST_REDUCED if measure.kind in REDUCED else MOST_WHOLE
    if measure.dots > most:
        return gettext(
            "Hình có %(dots)d triệu điểm ảnh; nhận nhiều nhất %(most)d triệu với %(kind)s. "
            "Lưu lại thành JPEG hoặc thu nhỏ rồi tải lên."
        ) % {"dots": -(-measure.dots // MILLION), "most": most // MILLION, "kind": measure.kind}
    if measure.frames > 1 and measure.dots * measure.frames > MOST_OF_ALL_FRAMES:
        return gettext("Hình động có %(frames)d khung, quá lớn. Lưu khung đầu thành JPEG rồi tải lên.") % {
            "frames": measure.frames
        }
    return ""
