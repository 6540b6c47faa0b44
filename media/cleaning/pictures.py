"""Removes from a picture whatever tells where, when and with what it was taken.

Everything but the pixels goes (EXIF with GPS, XMP, IPTC, comments, embedded previews, every frame but the first). The
pixels are turned upright and converted to sRGB first, as the metadata asked, and to eight bits of red, green and blue,
or of grey, from which every size and format can be made; what is larger than any screen is made smaller.
"""

from io import BytesIO
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from PIL import Image, ImageCms, ImageOps

from media.cleaning.bounds import BROKEN, REDUCED, UNREADABLE, opened

# dots of the longer side that is kept
MOST_SIDE = 4096
# quality of a file that is written anew
OPTIONS: dict[str, dict] = {
    "JPEG": {"quality": 90, "optimize": True, "progressive": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 90, "method": 4},
    "AVIF": {"quality": 80, "speed": 8},
    "GIF": {"optimize": True},
}
# what is called otherwise than its kind
ENDINGS = {"JPEG": (".jpg", ".jpeg")}
# sixteen bits of grey; Pillow's own way to eight cuts off instead of dividing, and leaves white
DEEP_GREY = ("I;16", "I;16L", "I;16B", "I;16N", "I")
# what a browser and each of the formats can take
PLAIN = ("RGB", "RGBA", "L")
# metadata that is kept: which colour of a palette is transparent
LOOK = ("transparency",)


def cleaned(upload: File) -> File:
    """The same picture without metadata, of one that moves the first frame. HEIC of telephones becomes JPEG, which
    every browser shows. Raises ValidationError with one sentence where the file is truncated or is no picture.
    """
    upload.seek(0)
    try:
        with opened(upload) as picture:
            _reduce_while_unpacking(picture)
            picture.load()
            kind = picture.format if picture.format in OPTIONS else "JPEG"
            content = _written(picture, kind)
    except UNREADABLE:
        raise ValidationError(BROKEN, code="broken_picture") from None
    name = PurePath(upload.name or "hinh")
    called = ENDINGS.get(kind, (f".{kind.lower()}",))
    file = ContentFile(content, name=name.name if name.suffix.lower() in called else f"{name.stem}{called[0]}")
    file.is_clean = True  # type: ignore[attr-defined]
    return file


def is_clean(file) -> bool:
    return getattr(file, "is_clean", False) or getattr(getattr(file, "file", None), "is_clean", False)


def _written(picture: Image.Image, kind: str) -> bytes:
    out, options = BytesIO(), dict(OPTIONS[kind])
    info = dict(picture.info)
    _fit(picture)
    upright = _in_srgb(ImageOps.exif_transpose(picture))
    if kind != "GIF":
        upright = _plain(upright)
    if kind == "JPEG" and upright.mode == "RGBA":
        upright = upright.convert("RGB")
    _bare(upright, info).save(out, kind, **options)
    return out.getvalue()


def _reduce_while_unpacking(picture: Image.Image) -> None:
    """A JPEG by 2, 4 or 8, to no less than is kept: each eighth of a block is then never unpacked."""
    longer = max(picture.size)
    scale = next((scale for scale in (8, 4, 2) if longer // scale >= MOST_SIDE * 3 // 4), 1)
    if scale > 1 and picture.format in REDUCED:
        picture.draft(None, (picture.width // scale, picture.height // scale))


def _fit(picture: Image.Image) -> None:
    """Within what is kept; a palette is left as it is, since its colours cannot be mixed."""
    if max(picture.size) > MOST_SIDE:
        picture.thumbnail((MOST_SIDE, MOST_SIDE), reducing_gap=2.0)


def _plain(picture: Image.Image) -> Image.Image:
    if picture.mode in DEEP_GREY:
        # "I" is how a sixteen-bit picture is read where Pillow does not know the byte order
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode == "F":
        low, high = picture.getextrema()
        return picture.point(lambda value: (value - low) * (255 / ((high - low) or 1))).convert("L")
    if picture.mode in PLAIN:
        return picture
    clear = picture.mode in ("LA", "La", "PA", "RGBa") or "transparency" in picture.info
    return picture.convert("RGBA" if clear else "RGB")


def _bare(picture: Image.Image, info: dict) -> Image.Image:
    picture.info = {name: info[name] for name in LOOK if name in info}
    # Pillow writes these again by itself
    for name in ("_exif", "text", "applist", "app"):
        if hasattr(picture, name):
            setattr(picture, name, None if name == "_exif" else type(getattr(picture, name))())
    return picture


def _in_srgb(picture: Image.Image) -> Image.Image:
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in ("RGB", "CMYK", "L"):
        return picture
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        converted = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except ImageCms.PyCMSError:
        return picture
    return converted or picture
