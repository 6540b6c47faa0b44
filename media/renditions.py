"""The sizes and formats in which pictures are shown, made in the background after a picture was added.

No page request makes one, since AVIF of a photograph takes a second. Until they exist a page shows the largest
rendition there is (the library's own thumbnail), else the alternative text.
"""

from datetime import datetime

from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _
from wagtail.images import get_image_model

from outbox.clock import daily
from outbox.effects import Job, effect, enqueue

# width in pixels for a cheap phone, and for a desktop or a high-density phone
WIDTHS = (400, 800)
# the best first; the last one is what every browser shows
FORMATS = ("avif", "webp", "jpeg")


def specs_of(picture) -> list[str]:
    """The renditions of a picture. An animation gets none in JPEG or AVIF, which would stop it here."""
    formats = ("webp", "gif") if picture.file.name.lower().endswith(".gif") else FORMATS
    return [spec_of(width, kind) for kind in formats for width in WIDTHS]


def spec_of(width: int, kind: str) -> str:
    # JPEG has no transparency: the background becomes white
    return f"width-{width}|bgcolor-ffffff|format-jpeg" if kind == "jpeg" else f"width-{width}|format-{kind}"


def ask_for(picture, again: str = "") -> None:
    """Enqueues the effect once for each file of the picture that is clean; once more for each `again`."""
    if picture.file and picture.is_clean and not picture.consent_ended:
        key = filter(None, ("renditions", str(picture.pk), picture.get_file_hash(), again))
        enqueue("renditions", {"picture": picture.pk}, key=":".join(key))


@effect("renditions", label=_("Tạo các cỡ của hình"))
def make(job: Job) -> dict | None:
    picture = get_image_model().objects.filter(pk=job.payload["picture"]).first()
    if picture is None or not picture.is_clean or picture.consent_ended:
        return None
    specs = specs_of(picture)
    for number, spec in enumerate(specs, start=1):
        picture.get_rendition(spec)
        job.progress(number, len(specs))
    return {"made": len(specs)}


@daily("media.renditions.ask_for_missing", at="02:40")
def ask_for_missing(now: datetime) -> None:
    """Enqueues it for pictures without renditions, such as those from a backup of an older version."""
    for picture in get_image_model().objects.filter(renditions=None, is_clean=True, consent_ended=False)[:1000]:
        ask_for(picture)


def _saved(sender, instance, raw=False, update_fields=None, **kwargs) -> None:
    if not raw and (update_fields is None or "file" in update_fields):
        ask_for(instance)


def connect() -> None:
    post_save.connect(_saved, sender=get_image_model(), dispatch_uid="media.renditions")
