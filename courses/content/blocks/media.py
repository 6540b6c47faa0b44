"""Pictures, sound and video from the media library, each with its words."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock
from wagtailmedia.blocks import AudioChooserBlock, VideoChooserBlock


class PictureBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Hình"))
    alt = blocks.CharBlock(
        required=False,
        max_length=250,
        label=_("Lời tả hình"),
        help_text=_("Cho người không nhìn thấy hình. Để trống thì dùng lời tả trong thư viện."),
    )
    caption = blocks.CharBlock(required=False, max_length=250, label=_("Chú thích"))

    def clean(self, value):
        value = super().clean(value)
        image = value["image"]
        if not value["alt"] and not image.description and not image.is_decoration:
            raise blocks.StructBlockValidationError(
                {"alt": ValidationError(_("Hình này chưa có lời tả. Viết lời tả ở đây hoặc trong thư viện hình."))}
            )
        return value

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        image = value.get("image")
        context["alt"] = value.get("alt") or (image.default_alt_text if image else "")
        return context

    def get_preview_value(self):
        """The latest picture of the library, since a preview needs a file."""
        return self.normalize({"image": _latest("image", self), "alt": "", "caption": "Chú thích của hình"})

    class Meta:
        template = "blocks/picture.html"
        icon = "image"
        label = _("Hình")
        group = _("Nghe và nhìn")
        description = _("Một hình từ thư viện, có lời tả, chú thích và nguồn.")
        preview_value = {"image": None, "alt": "", "caption": "Chú thích của hình"}


class RecordingBlock(blocks.StructBlock):
    """Requires a transcript in the library, for people who cannot hear the recording."""

    title = blocks.CharBlock(required=False, max_length=120, label=_("Tên hiển thị"))

    def clean(self, value):
        value = super().clean(value)
        if not value["recording"].transcript.strip():
            raise blocks.StructBlockValidationError(
                {
                    "recording": ValidationError(
                        _("Bản ghi này chưa có lời đọc. Thêm lời đọc vào bản ghi trong thư viện.")
                    )
                }
            )
        return value

    def get_preview_value(self):
        return self.normalize({"recording": _latest("recording", self), "title": self.meta.preview_value["title"]})

    class Meta:
        group = _("Nghe và nhìn")


class AudioBlock(RecordingBlock):
    recording = AudioChooserBlock(label=_("Bản ghi âm"))

    class Meta:
        template = "blocks/audio.html"
        icon = "media"
        label = _("Bài nghe")
        description = _("Bản ghi âm có lời đọc, nghe ngay trong trang.")
        preview_value = {"recording": None, "title": "Nghe mục này"}


class VideoBlock(RecordingBlock):
    recording = VideoChooserBlock(label=_("Video"))

    class Meta:
        template = "blocks/video.html"
        icon = "media"
        label = _("Video")
        description = _("Video có lời đọc, chỉ tải khi bấm xem.")
        preview_value = {"recording": None, "title": "Xem cách hỏi chuyện"}


def _latest(name: str, block: blocks.StructBlock):
    """The newest file that the chooser `name` offers, or None in an empty library."""
    return block.child_blocks[name].field.queryset.order_by("-pk").first()
