"""The length and size of files in words: "2 phút 40 giây · 480 KB", "1:04", "PDF, 90 KB"."""

from pathlib import Path

from django import template
from django.utils.translation import gettext as _

from media.sounds import captions as cues
from media.sounds.captions import Cue

register = template.Library()

KIB = 1024


def size_in_words(count: int) -> str:
    """Bytes as people write them here: 480 KB; 3,4 MB."""
    if count < KIB * KIB:
        return f"{max(1, round(count / KIB))} KB"
    return f"{count / KIB / KIB:.1f} MB".replace(".", ",")


def length_in_words(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    parts = []
    if minutes:
        parts.append(_("%(n)d phút") % {"n": minutes})
    if rest or not parts:
        parts.append(_("%(n)d giây") % {"n": rest})
    return " ".join(parts)


def _size(stored) -> str:
    """The size of a stored file; "" when the file is gone, so that a page about it still opens."""
    try:
        return size_in_words(stored.size)
    except OSError:
        return ""


@register.filter
def length_and_size(recording) -> str:
    length = length_in_words(recording.duration) if recording.duration else ""
    return " · ".join(part for part in (length, _size(recording.page_file)) if part)


@register.filter
def kind_and_size(document) -> str:
    kind = Path(document.file.name).suffix.lstrip(".").upper()
    return ", ".join(part for part in (kind, _size(document.file)) if part)


@register.simple_tag
def cues_of(recording) -> list[Cue]:
    """What is said from when to when, so that the words follow the voice; [] where nobody noted it."""
    return cues.cues_of(recording.captions) if recording.captions else []


@register.filter
def clock(recording) -> str:
    """The length as a clock shows it: 1:04; "" where it is not recorded."""
    seconds = round(recording.duration or 0)
    return f"{seconds // 60}:{seconds % 60:02}" if seconds else ""
