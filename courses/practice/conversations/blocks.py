"""What a conversation is written in: turns with their utterances, ends, what to learn, sources.

Names (of turns, ends, items) are no text: a translation takes them over as they are.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.practice.conversations.rules.graph import BY_OUTCOME, SHUT

NAME = r"[a-z0-9]+(?:-[a-z0-9]+)*"
NAME_ONLY = {"invalid": _("Chỉ dùng chữ thường không dấu, số và dấu gạch nối.")}
NAMES_ONLY = {"invalid": _("Các tên cách nhau bằng dấu phẩy: chữ thường không dấu, số, dấu gạch nối.")}


class UtteranceKind(models.TextChoices):
    OPEN = "open", _("Câu hỏi mở")
    FOCUSED = "focused", _("Câu hỏi có trọng tâm")
    CLOSED = "closed", _("Câu hỏi đóng")
    LEADING = "leading", _("Câu dẫn dắt")
    PRESSING = "pressing", _("Câu dồn ép")
    BLAMING = "blaming", _("Lời trách")
    PROMISING = "promising", _("Lời hứa quá")
    REFLECTING = "reflecting", _("Dừng lại, nhắc lại ý")
    CHOICE = "choice", _("Đưa lựa chọn")
    INFORMING = "informing", _("Nói rõ")


class EndKind(models.TextChoices):
    GOOD = "good", _("Kết thúc tốt")
    PARTLY = "partly", _("Tốt một phần")
    POOR = "poor", _("Chưa tốt")
    CLOSED = "closed", _("Đóng lại hoặc bỏ đi")


class ItemKind(models.TextChoices):
    SAFETY = "safety", _("An toàn")
    NEED = "need", _("Nhu cầu")
    CONSENT = "consent", _("Đồng ý")
    FACT = "fact", _("Sự việc")


class NameBlock(blocks.RegexBlock):
    def __init__(self, **options):
        super().__init__(regex=rf"^{NAME}$", error_messages=NAME_ONLY, max_length=40, **options)

    class Meta:
        icon = "tag"


class NamesBlock(blocks.RegexBlock):
    """Several names in one line, or none."""

    def __init__(self, **options):
        regex = rf"^\s*(?:{NAME}(?:\s*,\s*{NAME})*)?\s*$"
        super().__init__(regex=regex, required=False, error_messages=NAMES_ONLY, max_length=400, **options)

    class Meta:
        icon = "tag"


def names(text: str | None) -> list[str]:
    return [name.strip() for name in (text or "").split(",") if name.strip()]


class UtteranceBlock(blocks.StructBlock):
    say = blocks.TextBlock(rows=2, label=_("Lời nói"))
    type = blocks.ChoiceBlock(
        choices=UtteranceKind.choices,
        required=False,
        label=_("Loại"),
        help_text=_("Người tập không thấy. Tình huống chấm điểm để trống."),
    )
    trust = blocks.IntegerBlock(
        default=0, min_value=-10, max_value=10, label=_("Lòng tin, hoặc điểm"), help_text=_("Từ −2 đến 2.")
    )
    answer = blocks.TextBlock(rows=2, label=_("Người kia đáp, hoặc hệ quả"))
    reveals = NamesBlock(label=_("Để lộ điều"), help_text=_("Tên các điều cần biết, cách nhau bằng dấu phẩy."))
    remark = blocks.TextBlock(rows=2, label=_("Nhận xét"))
    next = NameBlock(
        label=_("Tiếp theo"),
        help_text=_("Tên một lượt hay một kết thúc; “%(name)s”: kết thúc tùy lòng tin và điều đã biết.")
        % {"name": BY_OUTCOME},
    )

    class Meta:
        icon = "comment"
        label = _("Lời nói")


class TurnBlock(blocks.StructBlock):
    name = NameBlock(label=_("Tên lượt"), help_text=_("Ví dụ t1. Các lời nói dẫn tới lượt bằng tên này."))
    at = blocks.TextBlock(rows=2, label=_("Thấy và nghe gì"))
    choices = blocks.ListBlock(UtteranceBlock(), min_num=1, label=_("Các lời để chọn"))

    class Meta:
        icon = "openquote"
        label = _("Lượt")
        label_format = "{name}: {at}"


class EndBlock(blocks.StructBlock):
    name = NameBlock(label=_("Tên kết thúc"), help_text=_("“%(name)s” là nơi dừng khi hết lòng tin.") % {"name": SHUT})
    kind = blocks.ChoiceBlock(choices=EndKind.choices, label=_("Loại"))
    trust = blocks.IntegerBlock(
        required=False, label=_("Lòng tin ít nhất"), help_text=_("Xét theo thứ tự từ trên xuống.")
    )
    learnt = NamesBlock(label=_("Phải biết điều"), help_text=_("Tên các điều cần biết, cách nhau bằng dấu phẩy."))
    text = blocks.TextBlock(rows=4, label=_("Lời kết"))

    class Meta:
        icon = "success"
        label = _("Kết thúc")
        label_format = "{name}: {text}"


class ItemBlock(blocks.StructBlock):
    name = NameBlock(label=_("Tên"))
    kind = blocks.ChoiceBlock(choices=ItemKind.choices, label=_("Loại"))
    what = blocks.TextBlock(rows=1, label=_("Điều cần biết"))
    if_missed = blocks.TextBlock(rows=2, label=_("Nếu không biết thì sao"))

    class Meta:
        icon = "view"
        label = _("Điều cần biết")
        label_format = "{name}: {what}"


class NeedlessBlock(blocks.StructBlock):
    what = blocks.TextBlock(rows=1, label=_("Điều không cần hỏi"))
    why = blocks.TextBlock(rows=2, label=_("Vì sao"))

    class Meta:
        icon = "no-view"
        label = _("Điều không cần hỏi")


class SourceBlock(blocks.StructBlock):
    cite = blocks.TextBlock(rows=1, label=_("Nguồn"), help_text=_("Người tập thấy dòng này."))
    read_at = blocks.RegexBlock(
        regex=r"^.*$", required=False, max_length=300, label=_("Đọc ở đâu"), help_text=_("Chỉ người soạn thấy.")
    )
    unverified = blocks.BooleanBlock(required=False, label=_("Chưa đối chiếu"))
    for_reviewer = blocks.RegexBlock(
        regex=r"(?s)^.*$", required=False, label=_("Nhờ người duyệt xem"), help_text=_("Chỉ người soạn thấy.")
    )

    class Meta:
        icon = "doc-full"
        label = _("Nguồn")
