"""Files of the library that are clean from where they are stored on, whichever way they come.

A form, several at once, a chooser, a replacement, a seed and a script all end in `FieldFile.save`, so it stands there.
Forms clean before, to say beside the field what is wrong; what they hand over is not cleaned twice.
"""

from pathlib import PurePath

from django.core.files.base import File
from django.db.models import BooleanField, FileField
from django.db.models.fields.files import FieldFile
from wagtail.images.models import WagtailImageField, WagtailImageFieldFile

from media.cleaning import cleaned, is_clean
from media.recording_cleaning import untagged


def _renamed(name: str, clean) -> str:
    """The name under which it is stored, with the ending of what was written."""
    return str(PurePath(name).with_suffix(PurePath(clean.name or name).suffix))


class PictureFile(WagtailImageFieldFile):
    def save(self, name, content, save=True):
        clean = content if is_clean(content) else cleaned(File(content, name=name))
        self.instance.is_clean = True
        super().save(_renamed(name, clean), clean, save)


class PictureField(WagtailImageField):
    attr_class = PictureFile


class ThumbnailFile(FieldFile):
    def save(self, name, content, save=True):
        clean = content if is_clean(content) else cleaned(File(content, name=name))
        super().save(_renamed(name, clean), clean, save)


class ThumbnailField(FileField):
    """The picture that stands for a recording until it is played."""

    attr_class = ThumbnailFile


class RecordingFile(FieldFile):
    def save(self, name, content, save=True):
        clean = content if is_clean(content) else untagged(File(content, name=name))
        self.instance.is_clean = True  # type: ignore[attr-defined]
        super().save(name, clean, save)


class RecordingField(FileField):
    attr_class = RecordingFile


class CleanField(BooleanField):
    """Whether the files were cleaned as they were stored; those from before that was done at the store may not be."""

    def __init__(self, **kwargs):
        super().__init__(**{"default": False, "editable": False, "db_index": True, **kwargs})
