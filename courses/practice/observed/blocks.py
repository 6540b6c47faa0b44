"""What editors write a rubric with: the cards of those who play, the behaviours, the sources.

The id of a behaviour's block is what observers' levels refer to, so an edited sentence keeps its figures.
"""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


def lines(label, **options) -> blocks.ListBlock:
    return blocks.ListBlock(blocks.CharBlock(max_length=400, label=_("Dòng")), label=label, default=[], **options)


class LearnerCardBlock(blocks.StructBlock):
    role = blocks.TextBlock(label=_("Vai"))
    situation = blocks.TextBlock(label=_("Tình huống"))
    task = blocks.TextBlock(label=_("Việc"))
    time = blocks.CharBlock(max_length=200, label=_("Thời gian"))

    class Meta:
        icon = "user"
        label = _("Thẻ người học")


class ReactionBlock(blocks.StructBlock):
    when = blocks.TextBlock(label=_("Nếu"))
    then = blocks.TextBlock(label=_("Thì"))

    class Meta:
        icon = "arrow-right"
        label = _("Phản ứng")


class PlayerCardBlock(blocks.StructBlock):
    """Of the actor and of the interpreter; the learner never sees it."""

    who = blocks.TextBlock(label=_("Là ai"), help_text=_("Nhân vật giả định; không dùng chuyện của người thật."))
    body = blocks.TextBlock(label=_("Dáng vẻ"))
    knows = blocks.TextBlock(label=_("Biết gì, sợ gì, cần gì"))
    opens_with = blocks.CharBlock(max_length=300, label=_("Mở đầu bằng câu"))
    responds = blocks.ListBlock(ReactionBlock(), label=_("Phản ứng theo điều người học làm"), min_num=1)
    gives_if_safe = lines(_("Nói ra khi thấy an toàn"))
    never = lines(_("Không bao giờ"))
    stop = blocks.CharBlock(max_length=300, label=_("Cách dừng"))

    class Meta:
        icon = "user"


class ReceiverCardBlock(blocks.StructBlock):
    """The voice of the receiving place, on the telephone."""

    who = blocks.TextBlock(label=_("Là ai"))
    lines = lines(_("Các câu nói"))

    class Meta:
        icon = "mobile-alt"
        label = _("Thẻ nơi nhận")


class BehaviourBlock(blocks.StructBlock):
    what = blocks.TextBlock(label=_("Việc quan sát"))
    look_for = blocks.TextBlock(label=_("Nhìn, nghe gì"))
    critical = blocks.BooleanBlock(
        required=False, label=_("Việc tô đậm"), help_text=_("Làm sai có thể gây hại cho người thật.")
    )
    level_1 = blocks.TextBlock(label=_("Mức 1"))
    level_2 = blocks.TextBlock(label=_("Mức 2"))
    level_3 = blocks.TextBlock(label=_("Mức 3"))
    level_4 = blocks.TextBlock(label=_("Mức 4"))

    class Meta:
        icon = "view"
        label = _("Việc")


class SourceBlock(blocks.StructBlock):
    """For reviewers; shown under /cms/ only."""

    cite = blocks.TextBlock(label=_("Nguồn"))
    read_at = blocks.CharBlock(required=False, max_length=500, label=_("Đọc ở"))
    unverified = blocks.BooleanBlock(required=False, label=_("Chưa kiểm chứng"))
    for_reviewer = blocks.TextBlock(required=False, label=_("Điều người duyệt cần xem"))

    class Meta:
        icon = "openquote"
        label = _("Nguồn")


CARDS = {
    "learner": _("Thẻ người học"),
    "actor": _("Thẻ người diễn"),
    "interpreter": _("Thẻ người phiên dịch"),
    "receiver": _("Thẻ nơi nhận"),
}


def cards() -> blocks.StreamBlock:
    return blocks.StreamBlock(
        [
            ("learner", LearnerCardBlock()),
            ("actor", PlayerCardBlock(label=CARDS["actor"])),
            ("interpreter", PlayerCardBlock(label=CARDS["interpreter"])),
            ("receiver", ReceiverCardBlock()),
        ],
        block_counts={
            "learner": {"min_num": 1, "max_num": 1},
            "actor": {"min_num": 1, "max_num": 1},
            "interpreter": {"max_num": 1},
            "receiver": {"max_num": 1},
        },
    )
