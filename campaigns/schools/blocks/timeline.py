"""The timeline of a lesson with the teacher's script."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from campaigns.schools.blocks.codes import PREVIEW
from pages.text_blocks import SHORT_FEATURES

# width of one minute in the drawn bar
MINUTE = 10
# minutes of the short form of a lesson
SHORT = 30


class StepBlock(blocks.StructBlock):
    begins = blocks.IntegerBlock(label=_("Từ phút"), min_value=0)
    ends = blocks.IntegerBlock(label=_("Đến phút"), min_value=1)
    title = blocks.CharBlock(label=_("Hoạt động"), max_length=120)
    things = blocks.CharBlock(label=_("Thẻ, phiếu dùng"), max_length=60, required=False, help_text=_("Ví dụ: A2, A3."))
    script = blocks.RichTextBlock(
        label=_("Lời thầy cô"),
        features=SHORT_FEATURES,
        help_text=_("Lời đọc nguyên văn; việc làm viết nghiêng trong ngoặc vuông."),
    )
    shown = blocks.RichTextBlock(
        label=_("Chữ cho lớp thấy"),
        features=SHORT_FEATURES,
        required=False,
        help_text=_("Chép lên bảng, hoặc chiếu cho lớp; không có lời của thầy cô, không có đáp án."),
    )
    short = blocks.IntegerBlock(
        label=_("Số phút khi chỉ có 30 phút"),
        min_value=0,
        required=False,
        help_text=_("0 là bỏ. Để trống ở mọi hoạt động thì bài không có bản 30 phút."),
    )

    class Meta:
        icon = "time"
        label = _("Hoạt động")


def refuse_short_plan(minutes: list[int | None]) -> None:
    """Raises unless nobody wrote a short plan or its minutes are 30."""
    written = [number for number in minutes if number is not None]
    if written and (len(written) < len(minutes) or sum(written) != SHORT):
        sentence = gettext("Bản 30 phút phải ghi số phút ở mọi hoạt động, cộng lại đúng %(whole)d; đang là %(sum)d.")
        error = ValidationError(sentence % {"whole": SHORT, "sum": sum(written)})
        raise StructBlockValidationError(block_errors={"steps": error})


class TimelineBlock(blocks.StructBlock):
    steps = blocks.ListBlock(StepBlock(), min_num=1, label=_("Các hoạt động"))

    def clean(self, value):
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        until = 0
        for step in cleaned["steps"]:
            if step["begins"] != until or step["ends"] <= until:
                sentence = gettext("“%(title)s” phải bắt đầu ở phút %(until)d và kết thúc sau đó.")
                error = ValidationError(sentence % {"title": step["title"], "until": until})
                raise StructBlockValidationError(block_errors={"steps": error})
            until = step["ends"]
        refuse_short_plan([step["short"] for step in cleaned["steps"]])
        return cleaned

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        # a draft may lack some
        steps = [step for step in value["steps"] if step["begins"] is not None and step["ends"] is not None]
        spans = [(step["begins"], step["ends"] - step["begins"]) for step in steps]
        # (left edge, width, where the words stand, minutes)
        context["bars"] = [(b * MINUTE, n * MINUTE, (b + n / 2) * MINUTE, n) for b, n in spans]
        context["total"] = minutes_of(value)
        context["width"] = minutes_of(value) * MINUTE
        return context

    class Meta:
        template = "blocks/timeline.html"
        preview_template = PREVIEW
        icon = "time"
        label = _("Tiến trình và lời thầy cô")
        description = _("Các hoạt động theo phút, nối tiếp nhau, kèm lời nói từng bước.")
        preview_value = {
            "steps": [
                {"begins": 0, "ends": 5, "title": "Mở đầu", "things": "", "script": "<p>“Chào các em.”</p>"},
                {"begins": 5, "ends": 45, "title": "Bàn tay tin cậy", "things": "A1", "script": "<p>“Vẽ theo.”</p>"},
            ]
        }


def minutes_of(value) -> int:
    return max((step["ends"] or 0 for step in value["steps"]), default=0)
