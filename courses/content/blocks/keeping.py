"""What is kept at hand after a course: job-aid cards, the rows of a module's page."""

import re

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

# what an A6 card holds in letters that can be read at arm's length
MOST_LINES = 8
LINE_LETTERS = 100

OWN_NUMBER = re.compile(r"(\d{1,3})\. ")


def numbered(line: str) -> tuple[int | None, str]:
    """The number with which a line of a card begins, and the words after it; None where it has no number.

    The number is then its mark, and no bullet stands beside it.
    """
    found = OWN_NUMBER.match(line)
    return (int(found[1]), line[found.end() :]) if found else (None, line)


class CardBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=60, label=_("Tên thẻ"))
    audience = blocks.CharBlock(required=False, max_length=100, label=_("Dành cho"))
    lines = blocks.ListBlock(
        blocks.CharBlock(max_length=LINE_LETTERS, label=_("Dòng")),
        min_num=1,
        max_num=MOST_LINES,
        label=_("Các dòng"),
        help_text=_("Nhiều nhất tám dòng, mỗi dòng một việc."),
    )

    class Meta:
        template = "blocks/card.html"
        icon = "clipboard-list"
        label = _("Thẻ việc")
        group = _("Để giữ lại")
        description = _("Một thẻ A6 để trên bàn hoặc trong điện thoại: tên, dành cho ai, tối đa tám dòng.")
        preview_value = {
            "title": "Ba câu hỏi khi nghe một chuyện lạ",
            "audience": "Người tiếp dân",
            "lines": ["Ai làm gì?", "Bằng cách nào?", "Để làm gì?"],
        }


def card_rows() -> list[tuple]:
    """`{"type": "card", "id", "value": {"title": str, "audience": str, "lines": List}}`; audience may be ""."""
    return [("card", CardBlock())]
