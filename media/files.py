"""Files of the library that are clean from where they are stored on, whichever way they come.

A form, several at once, a chooser, a replacement, a seed and a script all end in `FieldFile.save`, so it stands there.
Where a live page shows the old file, the new one is set aside there too (`media.replacing`). Forms clean before, to say
beside the field what is wrong; what they hand over is not cleaned twice. A picture that is not small is stored as it
came and cleaned in the background (`media.stored`); until then it is shown to nobody.
"""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import PurePath
from typing import Any

from django.core.files.base import File
from django.db.models import BooleanField, FileField
from django.db.models.fields.files import FieldFile
from wagtail.images.models import WagtailImageField, WagtailImageFieldFile
from willow.image import UnrecognisedImageFormatError

from media.cleaning.apart import cleaned_apart
from media.cleaning.bounds import UNREADABLE, measured
from media.cleaning.pictures import cleaned, is_clean
from media.cleaning.recordings import untagged


def _renamed(name: str, clean) -> str:
    """The name under which it is stored, with the ending of what was written."""
    return str(PurePath(name).with_suffix(PurePath(clean.name or name).suffix))


def taken_in(upload: File) -> File:
    """The picture clean where it is small, else as it came. Raises ValidationError with one sentence where it is none,
    or larger than the bounds.
    """
    return cleaned(upload) if measured(upload).is_small else upload


# whether the new file of this one was set aside, so that the old one stays
Keeper = Callable[[FieldFile, str, File], bool]
_KEEPERS: list[Keeper] = []


def keeps_aside(keeper: Keeper) -> None:
    """Registers who is asked before a file takes the place of another; the rules stand above this module."""
    if keeper not in _KEEPERS:
        _KEEPERS.append(keeper)


def is_set_aside(stored: FieldFile, name: str, content) -> bool:
    return any(keeper(stored, name, content) for keeper in _KEEPERS)


def content_hash(content) -> str:
    """SHA-1, as Wagtail has it of pictures and documents; the file is at its beginning afterwards."""
    content.seek(0)
    found = hashlib.file_digest(content, "sha1").hexdigest()
    content.seek(0)
    return found


class PictureFile(WagtailImageFieldFile):
    def save(self, name, content, save=True):
        if not is_set_aside(self, name, content):
            self.rewrite(name, content, save)

    def rewrite(self, name, content, save=True):
        """Without asking whether it has to wait: the same file cleaned, or one that was decided about."""
        taken = content if is_clean(content) else taken_in(File(content, name=name))
        self.instance.is_clean, self.instance.why_refused = is_clean(taken), ""
        super().save(_renamed(name, taken), taken, save)


class PictureField(WagtailImageField):
    attr_class = PictureFile

    def update_dimension_fields(self, instance, force=False, *args, **kwargs):
        """Where the file is gone from the disk, the size that is known stays, so that what is written about the picture
        can still be corrected and its file replaced. What Willow does not know is measured once it is stored, as a kind
        that it does, or refused there with a sentence.
        """
        with suppress(FileNotFoundError, UnrecognisedImageFormatError, *UNREADABLE):
            super().update_dimension_fields(instance, force, *args, **kwargs)


class ThumbnailFile(FieldFile):
    def save(self, name, content, save=True):
        if not is_set_aside(self, name, content):
            self.rewrite(name, content, save)

    def rewrite(self, name, content, save=True):
        clean = content if is_clean(content) else thumbnail(File(content, name=name))
        super().save(_renamed(name, clean), clean, save)


def thumbnail(upload: File) -> File:
    """Clean at once, since it has no state of its own; with limits where it is not small."""
    return cleaned(upload) if measured(upload).is_small else cleaned_apart(upload)


class ThumbnailField(FileField):
    """The picture that stands for a recording until it is played."""

    attr_class = ThumbnailFile


class RecordingFile(FieldFile):
    def save(self, name, content, save=True):
        if not is_set_aside(self, name, content):
            self.rewrite(name, content, save)

    def rewrite(self, name, content, save=True):
        clean = content if is_clean(content) else untagged(File(content, name=name))
        row: Any = self.instance
        # a picture from before that was not cleaned yet still has to be
        row.is_clean = not (row.pk and row.thumbnail and row.thumbnail._committed and not row.is_clean)
        row.file_hash = content_hash(clean)
        super().save(_renamed(name, clean), clean, save)


class RecordingField(FileField):
    attr_class = RecordingFile


class CleanField(BooleanField):
    """Whether the files were cleaned as they were stored; those from before that was done at the store may not be."""

    def __init__(self, **kwargs):
        super().__init__(**{"default": False, "editable": False, "db_index": True, **kwargs})
