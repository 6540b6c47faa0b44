"""Plans and their figures as tables, for screens that are carried away."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from courses.plans.made.plan import PlanVersion
from courses.plans.made.rules import LABELS
from courses.plans.made.task import Money
from courses.plans.told.cascade import UNKNOWN, Cascade
from courses.plans.told.standing import Told, tell
from tabular.writing import Table

PLAN_COLUMNS = (
    "TT", "Nhóm việc", "Việc", "Kết quả cần đạt", "Số lượng", "Đơn vị tính", "Từ ngày", "Đến ngày", "Nhiệm vụ",
    "Chức danh, bộ phận làm", "Kinh phí (đồng)", "Nguồn", "Tình trạng", "Lý do không làm", "Xong ngày", "Đã đạt",
    "Đã chi (đồng)", "Minh chứng",
)  # fmt: skip


def plan_table(version: PlanVersion, day: date, now: datetime) -> Table:
    rows = [_line(number, row) for number, row in enumerate(tell(version, day), start=1)]
    plan = version.plan
    about: list[tuple[str, object]] = [
        (_("Đơn vị"), plan.unit.name),
        (_("Năm"), str(plan.year)),
        (_("Phiên bản"), f"{version.number}, {version.get_state_display().lower()}"),
        (_("Căn cứ"), version.basis),
        (_("Lập lúc"), f"{timezone.localtime(now):%H:%M, %d/%m/%Y}"),
    ]
    if version.reason:
        about.append((_("Vì sao sửa"), version.reason))
    return Table(_("Kế hoạch năm"), list(PLAN_COLUMNS), rows, about)


def _line(number: int, row: Told) -> tuple:
    task, result = row.task, row.result
    sources = dict.fromkeys(str(Money(line.source).label) for line in task.lines.all())
    return (
        number,
        task.get_kind_display(),
        task.title,
        task.expected,
        task.number,
        task.measure,
        task.first_day,
        task.last_day,
        task.duty.name if task.duty else "",
        task.who,
        row.budget or None,
        "; ".join(sources),
        row.label,
        task.left_out_why,
        result.done_on if result else None,
        result.number if result else None,
        result.cost if result else None,
        result.note if result else "",
    )


CASCADE_COLUMNS = (
    "Mã đơn vị", "Đơn vị", "Nhóm việc", "Việc", "Tình trạng", "Số lượng dự kiến", "Đã đạt", "Đơn vị tính",
    "Lý do không làm",
)  # fmt: skip


def cascade_table(found: Cascade, year: int, day: date) -> Table:
    """A line a unit and task; what is not answered says so, and has no number."""
    rows = [
        (
            cell.unit.code,
            cell.unit.name,
            row.task.get_kind_display(),
            row.task.title,
            state_in_words(cell.state),
            cell.answer.planned if cell.answer else None,
            cell.answer.number if cell.answer else None,
            row.task.measure,
            cell.answer.left_out_why if cell.answer else "",
        )
        for row in found.rows
        for cell in row.cells
    ]
    about: list[tuple[str, object]] = [(_("Năm"), str(year)), (_("Tính đến ngày"), day)]
    return Table(_("Việc theo đơn vị"), list(CASCADE_COLUMNS), rows, about)


def state_in_words(state: str) -> str:
    return _("Chưa trả lời") if state == UNKNOWN else str(LABELS[state])  # type: ignore[index]
