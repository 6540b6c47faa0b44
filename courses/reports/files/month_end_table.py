"""The table that who may not see names exports: a published month end, with a head that says what it is about."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.month_ends.reading import UnitMonth
from people.times import today
from tabular.writing import Table

WHY = gettext_lazy(
    "Đơn vị có dưới 5 người được gộp để không lộ tên; khi cần, gộp thêm đơn vị khác, đến hết năm. Ô trống là không nêu."
)
COUNTS = (
    ("required", gettext_lazy("Phải hoàn thành")),
    ("completed", gettext_lazy("Đã hoàn thành")),
    ("expired", gettext_lazy("Hết hiệu lực")),
    ("overdue", gettext_lazy("Quá hạn")),
    ("in_progress", gettext_lazy("Đang học")),
    ("not_started", gettext_lazy("Chưa bắt đầu")),
    ("excused", gettext_lazy("Được miễn")),
    ("unconfirmed_units", gettext_lazy("Đơn vị chưa xác nhận danh sách")),
    ("percent", gettext_lazy("Tỷ lệ (%)")),
    ("unapproved", gettext_lazy("Trong số hoàn thành: theo nội dung chưa duyệt")),
    ("still_knows", gettext_lazy("Trong số hoàn thành: còn nắm vững")),
    ("to_review", gettext_lazy("Trong số hoàn thành: cần ôn")),
    ("not_known", gettext_lazy("Trong số hoàn thành: chưa biết")),
)


def month_end_table(month: UnitMonth) -> Table:
    """The total first, then each unit that is told, then the line of the others. What is not told is empty."""
    columns = [_("Mã đơn vị"), _("Đơn vị"), _("Dòng"), *(str(label) for _key, label in COUNTS), _("Cuối tháng, ngày")]

    def row(code: str | None, name: str, what: str, figures: dict | None) -> tuple:
        return (code, name, what, *((figures or {}).get(key) for key, _label in COUNTS), month.day)

    what = _("Tổng") if month.figures else _("Không nêu riêng: đơn vị nhỏ")
    rows = [row(month.unit.code, month.unit.name, what, month.figures)]
    for child in month.children:
        code = child["unit"]["code"]
        what = _("Đơn vị dưới") if code else _("Tại chính đơn vị")
        rows.append(row(code, child["unit"]["name"], what, child))
    if month.line:
        rows.append(row(None, "; ".join(month.in_line), _("Đơn vị nhỏ"), month.line))
    about = [
        (_("Yêu cầu"), month.requirement.name),
        (_("Đơn vị"), f"{month.unit.name} ({month.unit.code})"),
        (_("Số liệu cuối tháng, tính đến hết ngày"), month.day),
        *([(_("Xã, phường được nêu mà không có ai phải hoàn thành"), month.empty_communes)] if month.figures else []),
        (_("Cách công bố"), str(WHY)),
        (_("Xuất ngày"), today()),
    ]
    return Table(_("Tiến độ tập huấn"), columns, rows, about)
