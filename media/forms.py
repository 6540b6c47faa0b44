"""Forms for adding a picture, a recording or a document to the library."""

from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm
from wagtailmedia.forms import BaseMediaForm

from media.checking.doubtful import why_withheld
from media.cleaning.bounds import BROKEN, REDUCED, UNREADABLE, measured
from media.cleaning.recordings import untagged
from media.consents.ending import NO_NEW_FILE
from media.consents.fields import ConsentFields
from media.documents import refuse_other_content
from media.files import content_hash, taken_in, thumbnail
from media.replacing.replacement import WORDS
from media.replacing.waiting import set_aside, waiting_of, waits
from media.sounds.captions import why_not

# kinds that Wagtail's field reads, if they are called so
NAMED = {
    **dict.fromkeys(REDUCED, (".jpg", ".jpeg")),
    **{"PNG": (".png",), "GIF": (".gif",), "WEBP": (".webp",), "AVIF": (".avif",), "HEIF": (".heic",)},
}
ON_ITS_WAY = _("Hình đang được xóa nơi chụp và thu nhỏ; trong lúc đó chưa ai xem được. Thường mất dưới một phút.")


class WholePictureField(WagtailImageField):
    """Says in one sentence that a picture is truncated, where Wagtail's own field fails while it reads the size. Takes
    what only the store can read: the first frame of one that moves, a scanner's TIFF, and a picture that is named as
    another kind than it is, as messengers and browsers save them.
    """

    def to_python(self, data):
        try:
            return super().to_python(_readable(data) if data else data)
        except UNREADABLE:
            raise ValidationError(BROKEN, code="broken_picture") from None


def _readable(upload):
    try:
        measure = measured(upload)
    except ValidationError as error:
        if error.code == "picture_too_large":
            raise
        # Wagtail's field says which kinds there are
        return upload
    is_named_so = PurePath(upload.name).suffix.lower() in NAMED.get(measure.kind, ())
    return upload if is_named_so and measure.frames == 1 else thumbnail(upload)


class WaitsBeside(ConsentFields):
    """Of a form with files: one that a live page shows stays, and the new one is set aside, with who brought it."""

    files: tuple[str, ...] = ("file",)

    def __init__(self, *args, **kwargs):
        self.brought_by = kwargs.get("user")
        super().__init__(*args, **kwargs)
        self.set_aside: dict[str, Any] = {}
        for name in self.files:
            if name in self.fields and (waiting := waiting_of(self.instance, name)):
                said = {"at": date_format(timezone.localtime(waiting.at), "H:i d/m/Y")}
                self.fields[name].help_text = gettext("Tệp thay gửi lúc %(at)s đang chờ người duyệt của trang.") % said
        self.say_which_words_wait("title")

    def say_which_words_wait(self, name: str) -> None:
        if name in self.fields and (waiting := waiting_of(self.instance, WORDS)):
            said = {"at": date_format(timezone.localtime(waiting.at), "H:i d/m/Y")}
            sentence = gettext("Chữ sửa lúc %(at)s đang chờ người duyệt; sửa nữa thì lần gửi mới chờ thay.")
            self.fields[name].help_text = sentence % said

    def clean(self):
        data = super().clean()
        changed = [name for name in self.files if name in self.changed_data and data.get(name)]
        if changed and self.instance.consent_ended:
            self.add_error(changed[0], NO_NEW_FILE)
        if changed and not self.errors and waits(self.instance):
            stored = type(self.instance)._default_manager.get(pk=self.instance.pk)
            for name in changed:
                if getattr(stored, name):
                    self.set_aside[name], data[name] = data[name], getattr(stored, name)
                    self.changed_data.remove(name)
        return data

    def refuse_double(self, file) -> None:
        """The same bytes are kept once in the collections that this person may add to."""
        if not ("file" in self.changed_data and file):
            return
        there = type(self.instance)._default_manager.filter(file_hash=content_hash(file), consent_ended=False)
        there = there.filter(collection__in=self.collections).exclude(pk=self.instance.pk)
        if (known := there.first()) is not None:
            said = gettext("Tệp này đã có trong thư viện, tên là “%s”. Hãy dùng tệp ấy.") % known.title
            self.add_error("file", ValidationError(said, code="double"))

    def save(self, commit=True):
        # who brought the words, if they have to wait (media.replacing.words)
        self.instance.brought_by = self.brought_by
        row = super().save(commit)
        for name, file in self.set_aside.items():
            set_aside(row, name, file.name, file, by=self.brought_by)
        return row


class PictureForm(WaitsBeside, BaseImageForm):
    """Stores the picture without metadata and requires an alternative text, or the mark that it is decoration."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if stock := self.fields.get("file"):
            self.fields["file"] = WholePictureField(label=stock.label, required=stock.required, widget=stock.widget)
        if stock and self.instance.pk and not self.instance.is_clean:
            self.fields["file"].help_text = self.instance.why_refused or ON_ITS_WAY
        if "description" in self.fields:
            self.fields["description"].label = _("Lời tả hình")
            self.fields["description"].help_text = _(
                "Cho người không nhìn thấy hình. Để trống chỉ khi hình để trang trí."
            )
        self.say_which_words_wait("description")

    def clean_file(self):
        file = self.cleaned_data["file"]
        return taken_in(file) if "file" in self.changed_data and file else file

    def clean(self):
        data = super().clean()
        # an app's form may leave one of the two fields out
        if {"description", "is_decoration"} <= set(self.fields) and not _has_words(data):
            sentence = gettext("Tả hình bằng lời, hoặc đánh dấu là hình chỉ để trang trí.")
            self.add_error("description", ValidationError(sentence))
        return data


class RecordingForm(WaitsBeside, BaseMediaForm):
    """Stores the recording without tags, its picture without metadata."""

    files = ("file", "thumbnail")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.sound_fault and "file" in self.fields:
            self.fields["file"].help_text = self.instance.sound_fault

    def clean_file(self):
        file = self.cleaned_data["file"]
        if "file" in self.changed_data and file and file.size > settings.RECORDING_MAX_UPLOAD_SIZE:
            most = filesizeformat(settings.RECORDING_MAX_UPLOAD_SIZE)
            raise ValidationError(gettext("Tệp quá lớn: nhiều nhất %s. Hãy cắt ngắn hoặc nén lại.") % most)
        return untagged(file) if "file" in self.changed_data and file else file

    def clean_captions(self):
        captions = self.cleaned_data["captions"]
        if sentence := why_not(captions):
            raise ValidationError(sentence)
        return captions

    def clean(self):
        data = super().clean()
        self.refuse_double(data.get("file"))
        return data

    def clean_thumbnail(self):
        file = self.cleaned_data["thumbnail"]
        return thumbnail(file) if "thumbnail" in self.changed_data and file else file


def _has_words(data: dict) -> bool:
    return bool(data.get("is_decoration") or data.get("description", "").strip())


class DocumentForm(WaitsBeside, BaseDocumentForm):
    """Says beside the field where a document is not what its name says."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"].help_text = _said_of(self.instance) or _(
                "Tệp Word và PDF giữ tên người soạn, lời góp ý và phần đã xóa. Trước khi tải lên, bỏ các thứ đó"
                " (Word: Tệp, Thông tin, Kiểm tra tài liệu) và xem tệp không có tên nạn nhân hay học sinh."
            )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if "file" in self.changed_data and file:
            refuse_other_content(file.name, file)
        return file

    def clean(self):
        data = super().clean()
        self.refuse_double(data.get("file"))
        return data


def _said_of(document) -> str:
    return (why_withheld(document) or document.doubt) if document.pk else ""
