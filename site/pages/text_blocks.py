"""Blocks of running text: paragraphs, a quotation with its source and its language, a table."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from config.languages import LANGUAGES

# h1 is the page's own title
FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]
SHORT_FEATURES = ["bold", "italic", "ol", "ul", "link"]
CELL_FEATURES = ["bold", "italic"]


class TextBlock(blocks.RichTextBlock):
    def __init__(self, **options):
        super().__init__(**{"features": FEATURES, **options})

    class Meta:
        template = "blocks/text.html"
        icon = "pilcrow"
        label = _("Văn bản")
        description = _("Đoạn văn, tiêu đề nhỏ và danh sách.")
        preview_value = "<h2>Trước khi đi</h2><p>Để lại cho gia đình <b>tên người dẫn</b> và nơi đến.</p>"


class QuoteBlock(blocks.StructBlock):
    """A literal quotation; its source is required."""

    quote = blocks.TextBlock(label=_("Nguyên văn"))
    language = blocks.ChoiceBlock(
        choices=LANGUAGES, required=False, label=_("Tiếng"), help_text=_("Để trống khi cùng tiếng với trang.")
    )
    source = blocks.CharBlock(max_length=250, label=_("Nguồn"))
    url = blocks.URLBlock(required=False, label=_("Địa chỉ nguồn"))

    class Meta:
        template = "blocks/quote.html"
        icon = "openquote"
        label = _("Trích nguyên văn")
        description = _("Lời trích đúng từng chữ, kèm nguồn.")
        preview_value = {
            "quote": "Không ai phải làm nô lệ hay bị cưỡng bức làm việc như nô lệ.",
            "language": "",
            "source": "Tuyên ngôn Quốc tế Nhân quyền, Điều 4",
            "url": "",
        }


class TableBlock(blocks.StructBlock):
    """The first cell of a row is its heading; on a phone each row stands alone, with the column's name before every
    cell.
    """

    columns = blocks.ListBlock(blocks.CharBlock(required=False, max_length=120), min_num=2, label=_("Tên các cột"))
    rows = blocks.ListBlock(
        blocks.ListBlock(blocks.RichTextBlock(features=CELL_FEATURES, required=False), label=_("Hàng")),
        min_num=1,
        label=_("Các hàng"),
    )

    def clean(self, value):
        cleaned = super().clean(value)
        wanted = len(cleaned["columns"])
        if not self.is_deferred_validation and any(len(row) != wanted for row in cleaned["rows"]):
            error = ValidationError(_("Mỗi hàng phải có đủ số ô như số cột."))
            raise StructBlockValidationError(block_errors={"rows": error})
        return cleaned

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        columns = list(value["columns"])
        context["lines"] = [list(zip(columns, row, strict=False)) for row in value["rows"]]
        return context

    class Meta:
        template = "blocks/table.html"
        icon = "table"
        label = _("Bảng")
        description = _("Bảng có tên cột; trên điện thoại mỗi hàng đứng riêng.")
        preview_value = {
            "columns": ["Bước", "Làm", "Nói"],
            "rows": [["<b>1. Nghe</b>", "Đến chỗ yên", "“Cảm ơn em đã kể.”"]],
        }
