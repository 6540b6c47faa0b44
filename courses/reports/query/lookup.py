"""Reads a report's query from an address, or raises NoAnswer with links to pages that have an answer."""

from django.http import Http404
from django.utils.translation import gettext as _

from courses.reports.query.month_end_days import as_published
from courses.reports.query.no_answer import NoAnswer
from courses.reports.query.query import Days, ReportQuery, in_force, read_days, rules_known
from courses.requirements.requirement import Requirement
from people.postings.coverage import Named, written
from people.rights.reader import Located, Reader
from people.times import covering, today
from people.units.successions import Reach
from people.units.unit import PROVINCIAL_KINDS

MOST_WAYS = 12


def read_query(reader: Reader, requirement: str | None, code: str | None, parameters) -> ReportQuery:
    """Raises Http404 for a unit that does not exist or is out of reach, NoAnswer where these days have no figure.

    Who may not see the names of the unit asks about published month ends only, whatever the address says.
    """
    days = read_days(parameters)
    rules = rules_known(days.known_on)
    others = list({rule.requirement_id: rule.requirement for rule in rules}.values())
    chosen = _requirement(requirement, sorted(others, key=lambda other: other.pk))
    unit, bearing = _unit(reader, code, days)
    if not (names := reader.may_see_people(unit.pk)):
        days = as_published(chosen, days, parameters)
        unit, bearing = _unit(reader, code, days)
        rules = rules_known(None) if parameters.get("biet_den") else rules
    rule = in_force(rules, chosen, days.as_of)
    # figures as known on a past day are counted from the facts themselves
    recounting = not days.known_on and any(one.recounting for one in rules if one.requirement_id == chosen.pk)
    query = ReportQuery(chosen, rule, others, Named(unit.pk, unit.code, unit.name), days, recounting)
    if not unit.exists_on(days.geography):
        raise _elsewhen(query, bearing, on_other_maps=names)
    return query


def _unit(reader: Reader, code: str | None, days: Days) -> tuple[Located, list[Located]]:
    """The unit, and all that ever had its code and that the reader may see."""
    reader.read(code, days.geography)
    bearing = [unit for unit in reader.bearing(code) if reader.may_see(unit.pk)] if code else [_highest(reader)]
    if not bearing:
        raise Http404
    return next((unit for unit in bearing if unit.exists_on(days.geography)), bearing[0]), bearing


def _requirement(key: str | None, others: list[Requirement]) -> Requirement:
    chosen = next((other for other in others if key in (None, other.key)), None)
    if chosen is None and key:
        chosen = Requirement.objects.filter(key=key).first()
        if chosen is None:
            raise Http404
    if chosen is None:
        raise NoAnswer(
            _("Chưa có yêu cầu tập huấn nào"),
            _("Tiến độ tính theo từng yêu cầu: ai phải hoàn thành khóa học nào. Quản trị viên tạo yêu cầu trước."),
            [(_("Về việc học của tôi"), "/hoc-tap/")],
        )
    return chosen


def _highest(reader: Reader) -> Located:
    roots = reader.roots()
    if not roots:
        raise NoAnswer(
            _("Đơn vị của anh chị chưa có trên địa giới hiện nay"),
            _("Đơn vị ấy đã chia mà chưa nêu đơn vị kế tiếp. Quản lý cấp tỉnh giao lại vai trò ở đơn vị mới."),
            [(_("Về việc học của tôi"), "/hoc-tap/")],
        )
    return roots[0]


def _elsewhen(query: ReportQuery, bearing: list[Located], on_other_maps: bool) -> NoAnswer:
    """The unit does not exist on the map of that day; links to its predecessors or successors."""
    days = query.days
    unit = bearing[0] if days.geography < bearing[0].valid_from else bearing[-1]
    if days.geography < unit.valid_from:
        reason = _("%(name)s có từ ngày %(day)s; trước đó chưa có đơn vị này.")
        params = {"name": unit.name, "day": written(unit.valid_from)}
        ways = _predecessors(query, unit)
    else:
        reason = _("%(name)s không còn từ sau ngày %(day)s; người ở đó nay tính ở đơn vị kế tiếp.")
        params = {"name": unit.name, "day": written(unit.valid_to)}
        ways = _successors(query, unit)
    if on_other_maps and unit.exists_on(today()) and days.as_of <= today():
        on_today = {**days.parameters(), "dia_gioi": today().isoformat()}
        ways.append((_("%s, theo địa giới hôm nay") % unit.name, query.address(code=unit.code, **on_today)))
    heading = _("Không có %(name)s trên địa giới ngày %(day)s")
    return NoAnswer(heading % {"name": unit.name, "day": written(days.geography)}, reason % params, ways)


def _predecessors(query: ReportQuery, unit: Located) -> list[tuple[str, str]]:
    """Links to the units of that day that count directly in this one today, provincial units first."""
    rows = Reach.objects.filter(
        covering(today()),
        covering(query.days.geography, "unit__valid_from", "unit__valid_to"),
        ancestor=unit.pk,
        depth=0,
    ).exclude(unit=unit.pk)
    columns = rows.values_list("unit__kind", "unit__name", "unit__code", "unit", "unit__parent")
    units = sorted(columns, key=lambda row: (row[0] not in PROVINCIAL_KINDS, row[1]))
    ids = {row[3] for row in units}
    tops = [(name, query.address(code=code)) for _kind, name, code, _pk, parent in units if parent not in ids]
    return tops[:MOST_WAYS]


def _successors(query: ReportQuery, unit: Located) -> list[tuple[str, str]]:
    rows = Reach.objects.filter(covering(query.days.geography), unit=unit.pk, depth=0)
    return [(name, query.address(code=code)) for name, code in rows.values_list("ancestor__name", "ancestor__code")]
