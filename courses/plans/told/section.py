"""The annual report's section about plans: which units have one, and what became of their tasks, as known then.

Only distinct things are counted there, so it tells units and tasks; what tasks reached and cost stands in the annex.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.plans.made.offers import is_offered
from courses.plans.made.plan import Plan, PlanState, PlanVersion
from courses.plans.made.result import Result
from courses.plans.made.rules import TaskState, state_on
from courses.plans.made.task import Task, TaskKind
from courses.plans.told.standing import days_of
from people.annual_sections import Annex, Asked, Counted, FigureTable, Group, Line, Offered, Section, section
from people.times import known_on
from people.units.unit import Unit

KEY, TASKS, UNITS = "ke_hoach", "ke-hoach-viec", "ke-hoach-don-vi"
TASK_COLUMNS = (
    "viec",
    "ma",
    "don_vi",
    "nhom",
    "ten_viec",
    "den_ngay",
    "trang_thai",
    "xong_ngay",
    "da_dat",
    "da_chi",
    "theo_he_thong",
)
UNIT_COLUMNS = ("ma", "ten", "don_vi", "co_ke_hoach")
# by placeholder: its words, annex, the column of which values are counted, and what the rows bear
COUNTS = {
    "so_don_vi": (gettext_lazy("đơn vị có kế hoạch được duyệt"), UNITS, "ma", {"co_ke_hoach": "1"}),
    "chua_ro": (gettext_lazy("đơn vị được giao mà chưa có kế hoạch được duyệt"), UNITS, "ma", {"co_ke_hoach": "0"}),
    "so_viec": (gettext_lazy("việc nhận làm"), TASKS, "viec", {}),
    "xong": (gettext_lazy("việc đã xong"), TASKS, "viec", {"trang_thai": TaskState.DONE.value}),
    "theo_he_thong": (
        gettext_lazy("việc có kết quả lấy từ hoạt động ghi trên hệ thống"),
        TASKS,
        "viec",
        {"theo_he_thong": "1"},
    ),
    "qua_han": (gettext_lazy("việc quá hạn"), TASKS, "viec", {"trang_thai": TaskState.LATE.value}),
    "dang_lam": (gettext_lazy("việc đang làm"), TASKS, "viec", {"trang_thai": TaskState.GOING.value}),
    "chua_den": (gettext_lazy("việc chưa đến ngày"), TASKS, "viec", {"trang_thai": TaskState.AHEAD.value}),
}
# what the table by kind of task shows
SHOWN = ("so_viec", "xong", "qua_han", "dang_lam", "chua_den")


def told(asked: Asked) -> Section:
    """Six queries. Where no template was published and no unit has a plan there is nothing to tell."""
    versions, units = _in_force(asked), _units(asked)
    annexes = (
        Annex(UNITS, _("Đơn vị và kế hoạch năm"), UNIT_COLUMNS, _unit_rows(asked, versions, units)),
        Annex(TASKS, _("Việc trong kế hoạch năm"), TASK_COLUMNS, _task_rows(asked, versions)),
    )
    figures = [
        Counted(f"{KEY}.{name}", _("Kế hoạch năm: %s") % label, annex, of, where)
        for name, (label, annex, of, where) in COUNTS.items()
    ]
    kinds = [kind for kind in TaskKind if any(row[3] == kind for row in annexes[1].rows)]
    figures += [_of_kind(kind, name) for kind in kinds for name in SHOWN]
    if not annexes[0].rows:
        return Section(KEY, _("Kế hoạch năm"), annexes, tuple(figures), ())
    group = Group({}, {name: f"{KEY}.{name}" for name in COUNTS}, tables=(_by_kind(kinds),) if kinds else ())
    return Section(KEY, _("Kế hoạch năm"), annexes, tuple(figures), (group,))


def _of_kind(kind: TaskKind, name: str) -> Counted:
    label, annex, of, where = COUNTS[name]
    words = _("Kế hoạch năm, %(kind)s: %(label)s") % {"kind": kind.label, "label": label}
    return Counted(f"{KEY}.{name}.{kind}", words, annex, of, {**where, "nhom": kind.value})


def _by_kind(kinds: list[TaskKind]) -> FigureTable:
    columns = tuple(str(COUNTS[name][0]).capitalize() for name in SHOWN)
    lines = [Line((str(kind.label),), tuple(f"{KEY}.{name}.{kind}" for name in SHOWN)) for kind in kinds]
    total = Line((_("Cộng"),), tuple(f"{KEY}.{name}" for name in SHOWN))
    note = _(
        "Việc mà đơn vị ghi lý do không làm không tính; đơn vị chưa có kế hoạch được duyệt là chưa rõ, không phải 0."
    )
    return FigureTable(_("Việc trong kế hoạch năm, theo nhóm"), (_("Nhóm việc"), *columns), (*lines, total), note)


def _in_force(asked: Asked) -> list[PlanVersion]:
    """The latest version of each plan that was approved by then."""
    plans = Plan.objects.filter(year=asked.as_of.year, is_template=False, unit__in=list(asked.places.own))
    approved = PlanVersion.objects.filter(state=PlanState.APPROVED, plan__in=plans.values("pk"))
    known = approved.filter(decided_at__lte=asked.at).select_related("plan__unit").order_by("number")
    return list({row.plan_id: row for row in known}.values())


def _units(asked: Asked) -> list[Unit]:
    """Those of its places that the template known by then was offered to."""
    rows = PlanVersion.objects.filter(state=PlanState.APPROVED, plan__is_template=True, plan__year=asked.as_of.year)
    latest = {
        row.plan_id: row for row in rows.filter(decided_at__lte=asked.at).select_related("plan").order_by("number")
    }
    if not latest:
        return []
    tops = {row.plan.unit_id for row in latest.values()}
    alive = Unit.objects.filter(pk__in=asked.places.alive).exclude(pk__in=tops)
    return [unit for unit in alive if any(is_offered(row, unit.kind) for row in latest.values())]


def _unit_rows(asked: Asked, versions: list[PlanVersion], units: list[Unit]) -> tuple[tuple[str, ...], ...]:
    places, have = asked.places, {asked.places.own[row.plan.unit_id] for row in versions}
    named = {unit.pk: unit for unit in units} | {row.plan.unit_id: row.plan.unit for row in versions}
    rows = {
        (unit.code, unit.name, _child(asked, unit.pk), "1" if unit.pk in have or places.own[unit.pk] in have else "0")
        for unit in named.values()
    }
    return tuple(sorted(rows))


def _child(asked: Asked, unit: int) -> str:
    """The code of the unit one level down in which it counts, "" at the unit itself."""
    codes = {child.pk: child.code for child in asked.places.children}
    child = asked.places.child_of[unit]
    return codes.get(child, "") if child is not None else ""


def _task_rows(asked: Asked, versions: list[PlanVersion]) -> tuple[tuple[str, ...], ...]:
    """Tasks that somebody took on; `viec` is a number of the row's own."""
    believed = Result.objects.filter(known_on(asked.at), plan__in=[row.plan_id for row in versions])
    results = {(row.plan_id, row.task_key): row for row in believed}
    by_pk = {row.pk: row for row in versions}
    rows = []
    for task in Task.objects.filter(version__in=by_pk, left_out=False):
        plan = by_pk[task.version_id].plan
        result = results.get((plan.pk, task.key))
        state = state_on(asked.as_of, days_of(task), result.done_on if result else None)
        said = (result.done_on, result.number, result.cost) if result else (None, None, None)
        texts = ("" if value is None else str(value) for value in said)
        place = (plan.unit.code, _child(asked, plan.unit_id))
        drawn = "1" if result and result.drawn_from else "0"
        rows.append((*place, task.kind, task.title, task.last_day.isoformat(), state.value, *texts, drawn))
    return tuple((str(number), *row) for number, row in enumerate(sorted(rows), start=1))


section(
    Offered(
        KEY,
        gettext_lazy("Kế hoạch năm"),
        30,
        {name: label for name, (label, _annex, _of, _where) in COUNTS.items()},
        (
            "# Thực hiện kế hoạch năm",
            "Có {ke_hoach.so_don_vi} đơn vị có kế hoạch năm được duyệt, nhận làm {ke_hoach.so_viec} việc: đã xong "
            "{ke_hoach.xong}, quá hạn {ke_hoach.qua_han}, đang làm {ke_hoach.dang_lam}, chưa đến ngày "
            "{ke_hoach.chua_den}; {ke_hoach.theo_he_thong} việc có kết quả lấy từ hoạt động ghi "
            "trên hệ thống. "
            "Còn {ke_hoach.chua_ro} đơn vị được giao mà chưa có kế hoạch được duyệt: việc ở đó "
            "chưa rõ, không tính là 0.",
        ),
        told,
    )
)
