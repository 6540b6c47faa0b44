"""The tables that the reports export: the figures of the screen, with a head that says what they are about."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import islice

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.reports.people.views import FILTERS, PeopleSelection
from courses.reports.query.file_columns import PEOPLE, UNITS, narrowed
from courses.reports.query.people_rows import lines
from courses.reports.query.query import ReportQuery
from courses.standing.coverage import OF_COMPLETED, Coverage, Figure
from courses.standing.people_standing import PersonRow
from people.times import today
from tabular.writing import Table

COUNTS = ("required", "completed", "expired", "overdue", "in_progress", "not_started", "excused", "unconfirmed_units")
CHUNK = 500
CHANGED = gettext_lazy("Đủ 100 %, nhưng danh sách đã đổi sau khi xác nhận: số đơn vị")
UNHELD = gettext_lazy("Đủ 100 %, nhưng xã, phường chưa có ai giữ nhiệm vụ: số đơn vị")


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
        *([(str(UNHELD), total.unheld_units)] if total.unheld_units else []),
        (_("Xuất ngày"), today()),
    ]


def units_table(query: ReportQuery, answer: Coverage, kept: tuple[str, ...] = ()) -> Table:
    """The total first, then each unit one level down; every row has its days, since a CSV has no head. `kept` as by
    `columns.chosen`.
    """
    columns = [*map(str, UNITS.values()), *_days_columns()]
    # beside 100 %: rosters that changed, communes that named nobody; elsewhere the columns would say nothing
    beside = {
        "changed_units": (CHANGED, bool(answer.total.changed_units or answer.changed_units)),
        "unheld_units": (UNHELD, bool(answer.total.unheld_units or answer.unheld_units)),
    }
    told = {name: str(label) for name, (label, is_told) in beside.items() if is_told}
    columns += told.values()
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
            *(getattr(figure, name) for name in told),
        )

    rows = [row(answer.total, _("Tổng"))]
    rows += [row(child, _("Đơn vị dưới") if child.code else _("Tại chính đơn vị")) for child in answer.children]
    table = Table(_("Tiến độ tập huấn"), columns, rows, about(query, answer))
    return narrowed(table, UNITS, kept)


def people_table(selection: PeopleSelection, progress: Callable[[int], None] = lambda done: None) -> Table:
    """Only the columns behind the figure: no contact details, no reading language."""
    query, answer = selection.query, selection.answer
    columns = [*map(str, PEOPLE.values()), *_days_columns()]
    about_rows = [
        *about(query, answer),
        (_("Lọc trạng thái"), str(FILTERS[selection.state][0])),
        (_("Lọc đơn vị"), selection.figure.name if selection.child else _("Tất cả")),
        (_("Lọc theo tên, mã"), selection.name or _("Tất cả")),
        (_("Số người trong bảng"), selection.total),
    ]
    table = Table(_("Cán bộ"), columns, _people(selection, _days(answer), progress), about_rows)
    return narrowed(table, PEOPLE, selection.columns)


def file_name(what: str, as_of: date, kind: str) -> str:
    """A neutral name, without the unit or the topic of the training."""
    return f"{what}-{as_of:%Y-%m-%d}.{kind}"


def _people(selection: PeopleSelection, days: tuple, progress: Callable[[int], None]) -> Iterator[tuple]:
    courses = selection.query.rule.course_keys if selection.query.rule else []
    done = 0
    # the few words of a long list are looked up once, by state, what it rests on and what a re-test told
    words: dict[tuple, tuple[str, str]] = {}
    for chunk in _chunks(selection.people()):
        for line in lines(chunk, courses, selection.answer.as_of):
            row = line.row
            codes = "; ".join(dict.fromkeys(place.code for place in row.placements))
            told = row.state, row.unapproved, row.knowledge
            if told not in words:
                words[told] = line.state, line.knowledge
            state, knowledge = words[told]
            person = (row.staff_code, row.full_name, line.position, codes, line.unit, state)
            yield (*person, row.completed_on, row.valid_until, row.due, line.last_day, knowledge, *days)
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
