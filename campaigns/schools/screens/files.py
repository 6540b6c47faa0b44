"""The coverage as a file: schools, without a class, a teacher or a number of pupils."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.activities.screens.files import table_response
from campaigns.schools.log.coverage import Coverage, SchoolRow
from campaigns.schools.log.years import in_words
from campaigns.schools.screens import gate
from campaigns.schools.screens.asked import question, seen_by
from config.languages import NAMES
from people.log.audit import Act, record
from people.units.levels import Level
from tabular.writing import Table

COLUMNS = (
    "Mã trường", "Trường", "Xã, phường", "Cấp học", "Số lớp đã xác nhận", "Bài đã dạy", "Đã xác nhận",
    "Bài dạy bằng gói đã duyệt", "Khối", "Tiếng", "Ngày gần nhất",
)  # fmt: skip


@require_safe
@gate.seeing
def table(request, kind: str) -> HttpResponse:
    asked = question(request)
    record(Act.EXPORTED_ACTIVITIES, request.user, on=asked.window.last, detail=f"bai hoc {kind}")
    name = f"bai-hoc-o-truong-{asked.window.last:%Y-%m-%d}"
    return table_response(coverage_table(seen_by(request.user, asked)), name, kind)


def coverage_table(found: Coverage) -> Table:
    about: list[tuple[str, object]] = [
        (_("Năm học"), in_words(found.window.year)),
        (_("Đến ngày"), found.window.last),
        (_("Số lớp"), _("để trống là trường chưa xác nhận, không phải là không có lớp")),
        (_("Lập lúc"), f"{timezone.localtime():%H:%M, %d/%m/%Y}"),
    ]
    return Table(_("Bài học ở trường"), list(COLUMNS), [_line(row) for row in found.rows], about)


def _line(row: SchoolRow) -> tuple:
    levels = dict(Level.choices)
    grades = sorted(row.grades, key=lambda grade: (grade is None, grade or 0))
    return (
        row.code,
        row.name,
        row.commune,
        ", ".join(str(levels[key]) for key in row.levels),
        row.classes,
        row.lessons,
        row.verified,
        row.approved,
        ", ".join(str(grade) if grade else _("nghề") for grade in grades),
        ", ".join(NAMES[tag][0] if tag in NAMES else tag for tag in sorted(row.languages)),
        row.last,
    )
