"""The tables that the reports export: the figures of the screen, with a head that says what they are about."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import islice

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.reports.people.views import FILTERS, PeopleSelection
from courses.reports.query.people_rows import lines
from courses.reports.query.query import ReportQuery
from courses.standing.coverage import OF_COMPLETED, Coverage, Figure
from courses.standing.people_standing import PersonRow
from people.times import today
from tabular.writing import Table

COUNTS = ("required", "completed", "expired", "overdue", "in_progress", "not_started", "excused", "unconfirmed_units")
CHUNK = 500
CHANGED = gettext_lazy("Đủ 100 %, nhưng danh sách đã đổi sau khi xác nhận: số đơn vị")


def about(query: ReportQuery, answer: Coverage) -> list[tuple[str, object]]:
    total = answer.total
    return [
        (_("Yêu cầu"), query.requirement.name),
        (_("Đơn vị"), f"{total.name} ({total.code})"),
        (_("Tính đến hết ngày"), answer.as_of),
        (_("Địa giới ngày"), answer.geography),
        (_("Theo điều biết đến ngày"), answer.known_on),
        (_("Tử số: đã hoàn thành"), total.completed),
        (_("Trong tử số, theo nội dung chưa duyệt"), total.unapproved),
        (_("Trong tử số, hỏi lại còn nắm vững"), total.still_knows),
        (_("Trong tử số, hỏi lại cần ôn"), total.to_review),
        (_("Trong tử số, chưa biết còn nắm vững hay không"), total.not_known),
        (_("Mẫu số: phải hoàn thành"), total.required),
        (_("Được miễn, ngoài mẫu số"), total.excused),
        (_("Đơn vị chưa xác nhận danh sách"), total.unconfirmed_units),
        (_("Tỷ lệ (%), làm tròn xuống"), total.percent),
        *([(str(CHANGED), total.changed_units)] if total.changed_units else []),
        (_("Xuất ngày"), today()),
    ]


def units_table(query: ReportQuery, answer: Coverage) -> Table:
    """The total first, then each unit one level down; every row has its days, since a CSV has no head."""
    columns = [
        _("Mã đơn vị"),
        _("Đơn vị"),
        _("Dòng"),
        _("Phải hoàn thành"),
        _("Đã hoàn thành"),
        _("Hết hiệu lực"),
        _("Quá hạn"),
        _("Đang học"),
        _("Chưa bắt đầu"),
        _("Được miễn"),
        _("Đơn vị chưa xác nhận danh sách"),
        _("Tỷ lệ (%)"),
        _("Trong số hoàn thành: theo nội dung chưa duyệt"),
        _("Trong số hoàn thành: còn nắm vững"),
        _("Trong số hoàn thành: cần ôn"),
        _("Trong số hoàn thành: chưa biết"),
        *_days_columns(),
    ]
    # nobody reads a bare 100 % where a roster changed; elsewhere the column would say nothing
    is_changed = bool(answer.total.changed_units or answer.changed_units)
    columns += [str(CHANGED)] if is_changed else []
    days = _days(answer)

    def row(figure: Figure, what: str) -> tuple:
        counts = (getattr(figure, name) for name in COUNTS)
        return (
            figure.code,
            figure.name,
            what,
            *counts,
            figure.percent,
            *(getattr(figure, name) for name in OF_COMPLETED),
            *days,
            *([figure.changed_units] if is_changed else []),
        )

    rows = [row(answer.total, _("Tổng"))]
    rows += [row(child, _("Đơn vị dưới") if child.code else _("Tại chính đơn vị")) for child in answer.children]
    return Table(_("Tiến độ tập huấn"), columns, rows, about(query, answer))


def people_table(selection: PeopleSelection, progress: Callable[[int], None] = lambda done: None) -> Table:
    """Only the columns behind the figure: no contact details, no reading language."""
    query, answer = selection.query, selection.answer
    columns = [
        _("Mã cán bộ"),
        _("Họ tên"),
        _("Chức danh"),
        _("Mã đơn vị"),
        _("Đơn vị"),
        _("Trạng thái"),
        _("Hoàn thành ngày"),
        _("Hiệu lực đến hết ngày"),
        _("Hạn"),
        _("Học lần cuối"),
        _("Hỏi lại sau khi hoàn thành"),
        *_days_columns(),
    ]
    about_rows = [
        *about(query, answer),
        (_("Lọc trạng thái"), str(FILTERS[selection.state][0])),
        (_("Lọc đơn vị"), selection.figure.name if selection.child else _("Tất cả")),
        (_("Lọc theo tên, mã"), selection.name or _("Tất cả")),
        (_("Số người trong bảng"), selection.total),
    ]
    return Table(_("Cán bộ"), columns, _people(selection, _days(answer), progress), about_rows)


def file_name(what: str, as_of: date, kind: str) -> str:
    """A neutral name, without the unit or the topic of the training."""
    return f"{what}-{as_of:%Y-%m-%d}.{kind}"


def _people(selection: PeopleSelection, days: tuple, progress: Callable[[int], None]) -> Iterator[tuple]:
    courses = selection.query.rule.course_keys if selection.query.rule else []
    done = 0
    for chunk in _chunks(selection.people()):
        for line in lines(chunk, courses, selection.answer.as_of):
            row = line.row
            codes = "; ".join(dict.fromkeys(place.code for place in row.placements))
            last = line.last_day
            person = (row.staff_code, row.full_name, line.position, codes, line.unit, line.state)
            yield (*person, row.completed_on, row.valid_until, row.due, last, line.knowledge, *days)
        done += len(chunk)
        progress(done)


def _chunks(rows: Iterable[PersonRow]) -> Iterator[list[PersonRow]]:
    rows = iter(rows)
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _days_columns() -> list[str]:
    return [_("Tính đến ngày"), _("Địa giới ngày"), _("Biết đến ngày")]


def _days(answer: Coverage) -> tuple[date, date, date]:
    return answer.as_of, answer.geography, answer.known_on
