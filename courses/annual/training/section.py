"""The report's section about training: who must, who has, by unit, and the completions of the year.

Everything is counted from the facts as known at the snapshot's moment, by the second formulation, and compared with
what `coverage --known-on` tells of the same moment: a report whose rows do not give its figures is never made.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.annual.training.completions_made import completions_annex, made_by
from courses.annual.training.rows import COLUMNS, PEOPLE, STATES, UNIT_COLUMNS, UNITS, people_rows, unit_rows
from courses.requirements.requirement import Requirement, RequirementRule
from courses.standing.coverage import Coverage, Figure, coverage
from courses.standing.recount import rule_on
from people.annual_sections import (
    Annex,
    Asked,
    Counted,
    FigureTable,
    Group,
    Line,
    Offered,
    Section,
    Share,
    children,
    section,
    values_of,
)
from people.postings.coverage import written

KEY = "tap_huan"
# of a requirement: the name in keys and placeholders, its words, and what the rows of it bear
COUNTS: dict[str, tuple[str | Promise, dict[str, str]]] = {
    "phai": (gettext_lazy("Phải hoàn thành"), {"phai": "1"}),
    "hoan_thanh": (gettext_lazy("Đã hoàn thành"), {"trang_thai": STATES["completed"]}),
    "het_hieu_luc": (gettext_lazy("Hết hiệu lực"), {"trang_thai": STATES["expired"]}),
    "qua_han": (gettext_lazy("Quá hạn"), {"trang_thai": STATES["overdue"]}),
    "dang_hoc": (gettext_lazy("Đang học"), {"trang_thai": STATES["in_progress"]}),
    "chua_bat_dau": (gettext_lazy("Chưa bắt đầu"), {"trang_thai": STATES["not_started"]}),
    "duoc_mien": (gettext_lazy("Được miễn"), {"trang_thai": STATES["excused"]}),
    "chua_duyet": (gettext_lazy("Hoàn thành theo nội dung chưa duyệt"), {"chua_duyet": "1"}),
    "con_nam_vung": (gettext_lazy("Hỏi lại còn nắm vững"), {"hoi_lai": "con_nam_vung"}),
    "can_on": (gettext_lazy("Hỏi lại cần ôn"), {"hoi_lai": "can_on"}),
}
SHARE = ("ty_le", gettext_lazy("Tỷ lệ (%)"))
IN_UNITS: dict[str, tuple[str | Promise, dict[str, str]]] = {
    "chua_xac_nhan": (gettext_lazy("Đơn vị chưa xác nhận danh sách"), {"xac_nhan": "0"}),
    "khong_ai": (gettext_lazy("Xã, phường, đặc khu chưa có ai giữ nhiệm vụ"), {"co_nguoi": "0"}),
}
MADE = ("luot", gettext_lazy("Lượt hoàn thành khóa học trong kỳ"))
STAR = gettext_lazy(
    "Dấu * ở 100 %: mọi người trong danh sách đã hoàn thành, nhưng còn đơn vị chưa xác nhận danh sách hoặc danh sách "
    "đã đổi sau khi xác nhận, hoặc còn xã, phường chưa có ai giữ nhiệm vụ."
)
# what a table of units shows, in its order
SHOWN = ("phai", "hoan_thanh", "ty_le", "het_hieu_luc", "qua_han", "dang_hoc", "chua_bat_dau", "duoc_mien")


class Disagreement(RuntimeError):
    """The rows of a report count otherwise than `coverage` does: a fault of the system, never of what was typed."""


def offered(asked: Asked) -> Section:
    parts = [_part(requirement, rule, asked) for requirement, rule in _in_force(asked)]
    made = completions_annex(asked)
    annexes = (
        Annex(PEOPLE, _("Cán bộ theo từng yêu cầu"), COLUMNS, tuple(row for part in parts for row in part.people)),
        Annex(UNITS, _("Đơn vị theo từng yêu cầu"), UNIT_COLUMNS, tuple(row for part in parts for row in part.units)),
        made,
    )
    figures = tuple(figure for part in parts for figure in part.figures())
    values = values_of(figures, annexes)
    for part in parts:
        part.compare(values)
    return Section(
        KEY,
        _("Kết quả tập huấn"),
        annexes,
        figures,
        tuple(part.group() for part in parts),
        frozenset(key for part in parts for key in part.starred()),
    )


section(
    Offered(
        KEY,
        gettext_lazy("Kết quả tập huấn"),
        10,
        {
            "yeu_cau": gettext_lazy("tên yêu cầu tập huấn"),
            "nhiem_vu": gettext_lazy("nhiệm vụ mà yêu cầu nói đến"),
            "han": gettext_lazy("hạn hoàn thành"),
            SHARE[0]: SHARE[1],
            **{name: label for name, (label, _where) in (COUNTS | IN_UNITS).items()},
            MADE[0]: MADE[1],
        },
        (
            "# Kết quả tập huấn cán bộ",
            "Yêu cầu “{tap_huan.yeu_cau}” (người có nhiệm vụ: {tap_huan.nhiem_vu}; hạn {tap_huan.han}): "
            "{tap_huan.hoan_thanh} trên {tap_huan.phai} người phải hoàn thành đã hoàn thành, đạt {tap_huan.ty_le}. "
            "Hết hiệu lực {tap_huan.het_hieu_luc}, quá hạn {tap_huan.qua_han}, đang học {tap_huan.dang_hoc}, chưa bắt "
            "đầu {tap_huan.chua_bat_dau} người; được miễn, không tính vào số phải hoàn thành: {tap_huan.duoc_mien} "
            "người. Trong kỳ có {tap_huan.luot} lượt hoàn thành khóa học.",
            "Còn {tap_huan.chua_xac_nhan} đơn vị chưa xác nhận danh sách cán bộ và {tap_huan.khong_ai} xã, phường, đặc "
            "khu chưa có ai giữ nhiệm vụ này.",
        ),
        offered,
    )
)


def _in_force(asked: Asked) -> Iterator[tuple[Requirement, RequirementRule]]:
    for requirement in Requirement.objects.order_by("pk"):
        if rule := rule_on(requirement, asked.as_of, asked.at):
            yield requirement, rule


def _part(requirement: Requirement, rule: RequirementRule, asked: Asked) -> "Part":
    where = asked.places
    answer = coverage(requirement, unit=where.unit.code, as_of=asked.as_of, known_on=asked.at)
    people, holding = people_rows(requirement, rule, asked)
    return Part(requirement, rule, asked, answer, people, unit_rows(requirement, rule, asked, holding))


@dataclass(frozen=True)
class Part:
    """What the report tells of one requirement."""

    requirement: Requirement
    rule: RequirementRule
    asked: Asked
    answer: Coverage
    people: list[tuple[str, ...]]
    units: list[tuple[str, ...]]

    def key(self, name: str, unit: str | None = None) -> str:
        """The total's where `unit` is None, "" for those at the unit itself."""
        place = "" if unit is None else f"@{unit or 'truc-thuoc'}"
        return f"{self.requirement.key}{place}.{name}"

    def figures(self) -> Iterator[Counted | Share]:
        about = self.requirement.name
        yield from self._of(None, about)
        for code, name, _pk in children(self.asked.places):
            yield from self._of(code, f"{about} – {name if code else _direct(name)}")
        of_it = {"yeu_cau": self.requirement.key}
        for name, (label, where) in IN_UNITS.items():
            yield Counted(self.key(name), f"{about}: {label}", UNITS, "ma", {**of_it, **where})
        for number, course in enumerate(self.rule.course_keys):
            # of a programme each course, the first under the name that the text knows
            name = f"{MADE[0]}_{number + 1}" if number else MADE[0]
            which = f" ({course})" if self.rule.more_course_keys else ""
            yield made_by(self.key(name), f"{about}: {MADE[1]}{which}", course)

    def _of(self, unit: str | None, about: str) -> Iterator[Counted | Share]:
        of_it = {"yeu_cau": self.requirement.key} | ({} if unit is None else {"don_vi": unit})
        for name, (label, where) in COUNTS.items():
            yield Counted(self.key(name, unit), f"{about}: {label}", PEOPLE, "so", {**of_it, **where})
        part, whole = self.key("hoan_thanh", unit), self.key("phai", unit)
        yield Share(self.key(SHARE[0], unit), f"{about}: {SHARE[1]}", part, whole)

    def _told(self) -> Iterator[tuple[str | None, Figure]]:
        """What coverage tells, by unit."""
        yield None, self.answer.total
        yield from ((figure.code or "", figure) for figure in self.answer.children)

    def compare(self, values: dict) -> None:
        for unit, figure in self._told():
            for name, told in _by_name(figure).items():
                if (mine := values[self.key(name, unit)]) != told:
                    raise Disagreement(f"{self.key(name, unit)}: rows {mine}, coverage {told}")
        if (mine := values[self.key("chua_xac_nhan")]) != self.answer.total.unconfirmed_units:
            raise Disagreement(f"{self.key('chua_xac_nhan')}: rows {mine}, {self.answer.total.unconfirmed_units}")

    def starred(self) -> Iterator[str]:
        for unit, figure in self._told():
            if figure.required and figure.completed == figure.required and not figure.is_whole:
                yield self.key(SHARE[0], unit)

    def group(self) -> Group:
        texts = {
            "yeu_cau": self.requirement.name,
            "nhiem_vu": self.rule.duty.name.lower(),
            "han": written(self.rule.deadline),
        }
        names = (*COUNTS, SHARE[0], *IN_UNITS, MADE[0])
        return Group(texts, {name: self.key(name) for name in names}, self._notes(), (self._table(),))

    def _notes(self) -> tuple[str, ...]:
        total, notes = self.answer.total, []
        if any(self.starred()):
            notes.append(str(STAR))
        if total.unapproved:
            notes.append(
                _("Trong số đã hoàn thành có %(n)d người hoàn thành theo nội dung chưa được duyệt.")
                % {"n": total.unapproved}
            )
        if total.changed_units:
            notes.append(_("Danh sách của %(n)d đơn vị đã đổi sau khi xác nhận.") % {"n": total.changed_units})
        if total.unheld_units:
            notes.append(_("Tại %(n)d xã, phường chưa có ai giữ nhiệm vụ này.") % {"n": total.unheld_units})
        if self.answer.undivided:
            notes.append(
                _("%(n)d người thuộc đơn vị đã chia mà chưa nêu đơn vị kế tiếp, tính tại chính đơn vị báo cáo.")
                % {"n": self.answer.undivided}
            )
        if self.asked.as_of > timezone.localdate(self.asked.at):
            notes.append(_("Số liệu là dự kiến: ngày tính đến chưa tới khi chốt số liệu."))
        return tuple(notes)

    def _table(self) -> FigureTable:
        labels = {name: str(label) for name, (label, _where) in COUNTS.items()} | {SHARE[0]: str(SHARE[1])}
        lines = [
            Line((name if code else _direct(name),), tuple(self.key(shown, code) for shown in SHOWN))
            for code, name, _pk in children(self.asked.places)
        ]
        total = Line((_("Tổng số"),), tuple(self.key(shown) for shown in SHOWN))
        return FigureTable(
            _("Yêu cầu “%(name)s” theo đơn vị") % {"name": self.requirement.name},
            (_("Đơn vị"), *(labels[shown] for shown in SHOWN)),
            (*lines, total),
            _("Một người công tác ở nhiều đơn vị tính một lần ở mỗi đơn vị và một lần ở tổng số."),
        )


def _direct(name: str) -> str:
    return _("Trực thuộc %s") % name


def _by_name(figure: Figure) -> dict[str, int]:
    return {
        "phai": figure.required,
        "hoan_thanh": figure.completed,
        "het_hieu_luc": figure.expired,
        "qua_han": figure.overdue,
        "dang_hoc": figure.in_progress,
        "chua_bat_dau": figure.not_started,
        "duoc_mien": figure.excused,
        "chua_duyet": figure.unapproved,
        "con_nam_vung": figure.still_knows,
        "can_on": figure.to_review,
    }
