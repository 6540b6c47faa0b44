"""Forms for adding a picture, a recording or a document to the library."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm
from wagtailmedia.forms import BaseMediaForm

from media.checking.doubtful import why_withheld
from media.cleaning.bounds import BROKEN, UNREADABLE
from media.cleaning.recordings import untagged
from media.documents import refuse_other_content
from media.files import taken_in, thumbnail

ON_ITS_WAY = _("Hình đang được xóa nơi chụp và thu nhỏ; trong lúc đó chưa ai xem được. Thường mất dưới một phút.")


class WholePictureField(WagtailImageField):
    """Says in one sentence that a picture is truncated, where Wagtail's own field fails while it reads the size."""

    def to_python(self, data):
        try:
            return super().to_python(data)
        except UNREADABLE:
            raise ValidationError(BROKEN, code="broken_picture") from None


class PictureForm(BaseImageForm):
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


class RecordingForm(BaseMediaForm):
    """Stores the recording without tags, its picture without metadata."""

    def clean_file(self):
        file = self.cleaned_data["file"]
        if "file" in self.changed_data and file and file.size > settings.RECORDING_MAX_UPLOAD_SIZE:
            most = filesizeformat(settings.RECORDING_MAX_UPLOAD_SIZE)
            raise ValidationError(gettext("Tệp quá lớn: nhiều nhất %s. Hãy cắt ngắn hoặc nén lại.") % most)
        return untagged(file) if "file" in self.changed_data and file else file

    def clean_thumbnail(self):
        file = self.cleaned_data["thumbnail"]
        return thumbnail(file) if "thumbnail" in self.changed_data and file else file


def _has_words(data: dict) -> bool:
    return bool(data.get("is_decoration") or data.get("description", "").strip())


class DocumentForm(BaseDocumentForm):
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


def _said_of(document) -> str:
    return (why_withheld(document) or document.doubt) if document.pk else ""
