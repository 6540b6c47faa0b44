"""Pictures, sound and video from the media library, each with its words."""

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock
from wagtailmedia.blocks import AudioChooserBlock, VideoChooserBlock

from courses.content.blocks.concerning import LessonBlock
from media.illustrations import ONE_OF_THE_TWO, SOURCE, Words, marked, without_rights, without_words
from media.scenes import SCENES, SceneSelect, scene_choices


class PictureBlock(LessonBlock):
    """A shipped scene or a picture of the library, one of the two."""

    scene = blocks.ChoiceBlock(
        choices=scene_choices(),
        default="",
        required=False,
        widget=SceneSelect,
        label=_("Hình vẽ có sẵn"),
    )
    image = ImageChooserBlock(required=False, label=_("Hoặc hình trong thư viện"))
    alt = blocks.CharBlock(
        required=False,
        max_length=250,
        label=_("Lời tả hình"),
        help_text=_("Cho người không nhìn thấy hình. Để trống thì dùng lời tả có sẵn của hình."),
    )
    caption = blocks.CharBlock(required=False, max_length=250, label=_("Chú thích"))

    def clean(self, value):
        value = super().clean(value)
        image, errors = value["image"], {}
        if value["scene"] and image:
            errors["image"] = ValidationError(ONE_OF_THE_TWO)
        elif not value["scene"] and not image and not self.is_deferred_validation:
            errors["image"] = ValidationError(_("Chọn một hình vẽ có sẵn hoặc một hình trong thư viện."))
        elif image and not self.is_deferred_validation and without_words(image, value["alt"]):
            errors["alt"] = ValidationError(_("Hình này chưa có lời tả. Viết lời tả ở đây hoặc trong thư viện hình."))
        elif image and not self.is_deferred_validation and (sentence := without_rights(image)):
            errors["image"] = ValidationError(sentence)
        if errors:
            raise blocks.StructBlockValidationError(errors)
        return value

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        image, scene = value.get("image"), value.get("scene")
        own = str(SCENES.get(scene, "")) if scene else image.default_alt_text if image else ""
        with translation.override(SOURCE):
            vietnamese = str(SCENES.get(scene, "")) if scene else own
        # the library's words are Vietnamese
        words = Words(value["alt"]) if value.get("alt") else marked(own, vietnamese)
        context["alt"] = words.text
        context["alt_language"] = words.language if translation.get_language() != SOURCE else ""
        return context

    def get_preview_value(self):
        """The latest picture of the library, else a scene, since a preview needs something to show."""
        image = _latest("image", self)
        return self.normalize({**self.meta.preview_value, "image": image, "scene": "" if image else "private-room"})

    class Meta:
        template = "blocks/picture.html"
        icon = "image"
        label = _("Hình")
        group = _("Nghe và nhìn")
        description = _("Một hình vẽ có sẵn hoặc một hình từ thư viện, có lời tả, chú thích và nguồn.")
        preview_value = {"scene": "private-room", "image": None, "alt": "", "caption": "Chú thích của hình"}


class RecordingBlock(LessonBlock):
    """Requires a transcript in the library, for people who cannot hear the recording."""

    title = blocks.CharBlock(required=False, max_length=120, label=_("Tên hiển thị"))

    def clean(self, value):
        value = super().clean(value)
        # a draft may be without a recording, or with one whose words are still to be written
        if not self.is_deferred_validation and not value["recording"].transcript.strip():
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
