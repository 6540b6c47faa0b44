"""A bridge as rows of a page and of a file: each number with the address of its people."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from courses.movements.bridge import WHAT, Bridge, Line
from courses.movements.ends import End
from courses.reports.files.tables import UNHELD
from courses.reports.movements.asked import BROUGHT, TAKEN, Between
from courses.reports.movements.people_rows import ChosenPeople, Row
from courses.reports.query.wording import percent_words, unheld_words
from courses.standing.spans import State
from people.times import today
from tabular.writing import Table


@dataclass(frozen=True)
class Number:
    """`text` is "" for nobody."""

    text: str
    address: str = ""


def _number(line: Line, what: str, way: str, between: Between) -> Number:
    people = line.brought(WHAT[what]) if way == BROUGHT else line.took(WHAT[what])
    if not people:
        return Number("")
    address = between.address("movement_people", ly_do=line.cause.value, muc=what, chieu=way)
    return Number(f"+{people}" if way == BROUGHT else f"−{people}", address)


def cause_rows(bridge: Bridge, between: Between) -> list[dict]:
    """By cause: what the denominator and the numerator gained and lost, and how many people it concerns."""
    asked = [(what, way) for what in ("required", State.COMPLETED.value) for way in (BROUGHT, TAKEN)]
    return [
        {
            "label": line.cause.label,
            "numbers": [_number(line, what, way, between) for what, way in asked],
            "people": Number(str(line.people), between.address("movement_people", ly_do=line.cause.value)),
        }
        for line in bridge.lines
    ]


def state_rows(bridge: Bridge, between: Between) -> list[dict]:
    """By state: how many on the first day, what each cause brought and took, how many on the second."""
    rows = []
    for state in State:
        states = WHAT[state.value]
        steps = []
        for line in bridge.lines:
            numbers = (_number(line, state.value, way, between) for way in (BROUGHT, TAKEN))
            steps += [(line.cause.label, number) for number in numbers if number.text]
        rows.append({"label": state.label, "first": bridge.start(states), "steps": steps, "last": bridge.end(states)})
    return rows


def end_part(end: End, between: Between) -> dict:
    """The figure of one day with all that belongs to a percentage, and the page that it is from."""
    figure, days = end.figure, between.query.days
    day = "" if end.day == today() else end.day.isoformat()
    address = between.query.address(ngay=day)
    is_open = end.places is not None and (days.own_geography or end.geography >= end.day)
    lists = is_open and not days.known_on
    counts = figure.counts() | {"unit": {"code": figure.code, "name": figure.name}}
    return {
        "day": end.day,
        "is_there": end.places is not None,
        "figure": figure,
        "percent": percent_words(counts, figure.changed_units, unheld_words(figure.unheld_units)),
        "address": address if is_open else "",
        # whoever is behind the number on that day; as known on a past day nobody is listed by name
        **{name: _people_of(between, day, what) if lists else "" for name, what in PEOPLE_OF.items()},
    }


# the lists behind the numbers of a day, by the state that its address names
PEOPLE_OF = {"required": "", "completed": State.COMPLETED.value, "excused": State.EXCUSED.value}


def _people_of(between: Between, day: str, state: str) -> str:
    return between.query.address("people", ngay=day, trang_thai=state)


def bridge_table(between: Between, bridge: Bridge, ends: tuple[End, End]) -> Table:
    """The first day, a row for each cause, the second day; of each number what was brought and what was taken."""
    labels = [_("Phải hoàn thành"), *(str(state.label) for state in State)]
    signs = [sign for label in labels for sign in (f"{label} +", f"{label} −")]
    columns = [_("Lý do"), _("Số người"), *signs, _("Từ hết ngày"), _("Đến hết ngày")]
    days = (between.first, between.last)

    def whole(label: str, number) -> tuple:
        return (label, None, *(cell for states in WHAT.values() for cell in (number(states), None)), *days)

    rows = [whole(_("Ngày đầu"), bridge.start)]
    for line in bridge.lines:
        cells = [cell for states in WHAT.values() for cell in (line.brought(states), line.took(states))]
        rows.append((str(line.cause.label), line.people, *cells, *days))
    rows.append(whole(_("Ngày cuối"), bridge.end))
    return Table(_("Vì sao con số đổi"), columns, rows, about(between, ends))


def about(between: Between, ends: tuple[End, End]) -> list[tuple[str, object]]:
    query = between.query
    rows: list[tuple[str, object]] = [
        (_("Yêu cầu"), query.requirement.name),
        (_("Đơn vị"), f"{query.unit.name} ({query.unit.code})"),
        (_("Địa giới ngày"), _("của từng ngày") if query.days.own_geography else query.days.geography),
        (_("Theo điều biết đến ngày"), query.days.known_on or today()),
    ]
    for end in ends:
        params = {"day": f"{end.day:%d/%m/%Y}"}
        rows += [
            (_("Tử số ngày %(day)s: đã hoàn thành") % params, end.figure.completed),
            (_("Mẫu số ngày %(day)s: phải hoàn thành") % params, end.figure.required),
            (_("Được miễn ngày %(day)s, ngoài mẫu số") % params, end.figure.excused),
            (_("Đơn vị chưa xác nhận danh sách ngày %(day)s") % params, end.figure.unconfirmed_units),
            *([(f"{UNHELD} ({params['day']})", end.figure.unheld_units)] if end.figure.unheld_units else []),
        ]
    return [*rows, (_("Xuất ngày"), today())]


def people_table(chosen: ChosenPeople, progress: Callable[[int], None] = lambda done: None) -> Table:
    """Only what the page shows: no contact details, no reason of an excuse. `progress` hears how many were written."""
    columns = [
        *(_("Mã cán bộ"), _("Họ tên"), _("Lý do"), _("Ngày đầu"), _("Ngày cuối"), _("Việc đã xảy ra")),
        *(_("Người ghi"), _("Ghi lúc"), _("Từ hết ngày"), _("Đến hết ngày")),
    ]
    between = chosen.between
    rows = (
        (
            *(row.staff_code, row.name, row.cause, row.before, row.after, row.words, row.by),
            timezone.localtime(row.at).strftime("%d/%m/%Y %H:%M") if row.at else "",
            *(between.first, between.last),
        )
        for row in _telling(chosen, progress)
    )
    head = about(between, (chosen.movement.first, chosen.movement.last))
    head.append((_("Lọc"), chosen.heading))
    return Table(_("Người có thay đổi"), columns, rows, head)


def _telling(chosen: ChosenPeople, progress: Callable[[int], None]) -> Iterator[Row]:
    for number, row in enumerate(chosen, start=1):
        yield row
        progress(number)
