"""The annual report's section about classes: how many were held, who came, what they cost.

Attendance is told as known at the moment of the report. A class itself has no second time: what was cancelled, or whose
cost was written, after that moment is not told apart; the frozen report keeps what was so then.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.classes.held.attendance import CAME, Attendance
from courses.classes.held.confirmation import ClassConfirmation
from courses.classes.planned.training_class import TrainingClass
from people.annual_sections import (
    Annex,
    Asked,
    Counted,
    FigureTable,
    Group,
    Line,
    Offered,
    Section,
    Summed,
    children,
    section,
)
from people.persons.merges import merged_as_known
from people.times import known_on

KEY, CLASSES, PEOPLE = "lop", "lop-hoc", "nguoi-du-lop"
CLASS_COLUMNS = ("lop", "ma", "don_vi", "ngay", "xac_nhan", "kinh_phi", "co_kinh_phi")
PEOPLE_COLUMNS = ("lop", "nguoi", "don_vi")
# by placeholder: its words, how it is counted, the annex, the column, and what the rows bear
COUNTS: dict[str, tuple] = {
    "so_lop": (gettext_lazy("lớp đã mở"), Counted, CLASSES, "lop", {}),
    "xac_nhan": (gettext_lazy("lớp đã được người thứ hai xác nhận"), Counted, CLASSES, "lop", {"xac_nhan": "1"}),
    "nguoi": (gettext_lazy("người dự, mỗi người tính một lần"), Counted, PEOPLE, "nguoi", {}),
    "kinh_phi": (gettext_lazy("kinh phí của các lớp đã ghi (đồng)"), Summed, CLASSES, "kinh_phi", {}),
    "chua_ghi": (gettext_lazy("lớp chưa ghi kinh phí"), Counted, CLASSES, "lop", {"co_kinh_phi": "0"}),
}


def told(asked: Asked) -> Section:
    """Four queries. Where no class was held there is nothing to tell."""
    classes = _classes(asked)
    rows = tuple(sorted(_class_rows(asked, classes)))
    annexes = (
        Annex(CLASSES, _("Lớp đã mở trong kỳ"), CLASS_COLUMNS, rows),
        Annex(PEOPLE, _("Người dự từng lớp"), PEOPLE_COLUMNS, tuple(sorted(_people_rows(asked, classes)))),
    )
    figures = [_figure(name) for name in COUNTS]
    if not rows:
        return Section(KEY, _("Lớp tập huấn"), annexes, tuple(figures), ())
    held = {row[2] for row in rows}
    units = [(code, name) for code, name, _pk in children(asked.places) if code in held]
    figures += [_figure(name, code) for code, _name in units for name in COUNTS]
    group = Group({}, {name: f"{KEY}.{name}" for name in COUNTS}, tables=(_by_unit(units),))
    return Section(KEY, _("Lớp tập huấn"), annexes, tuple(figures), (group,))


def _figure(name: str, unit: str | None = None) -> Counted:
    label, made, annex, of, where = COUNTS[name]
    if unit is None:
        return made(f"{KEY}.{name}", _("Lớp tập huấn: %s") % label, annex, of, where)
    words = _("Lớp tập huấn, đơn vị %(code)s: %(label)s") % {"code": unit or _("trực thuộc"), "label": label}
    return made(f"{KEY}@{unit}.{name}", words, annex, of, {**where, "don_vi": unit})


def _by_unit(units: list[tuple[str, str]]) -> FigureTable:
    columns = (_("Lớp"), _("Đã xác nhận"), _("Người dự"), _("Kinh phí (đồng)"), _("Lớp chưa ghi kinh phí"))
    lines = [Line((name if code else _("%s (trực thuộc)") % name,), tuple(f"{KEY}@{code}.{one}" for one in COUNTS))
             for code, name in units]  # fmt: skip
    total = Line((_("Cộng"),), tuple(f"{KEY}.{one}" for one in COUNTS))
    note = _("Lớp tính theo đơn vị mở lớp, kỳ có buổi cuối. Lớp chưa ghi kinh phí không tính là 0 đồng.")
    return FigureTable(_("Lớp tập huấn theo đơn vị mở lớp"), (_("Đơn vị"), *columns), (*lines, total), note)


def _classes(asked: Asked) -> dict[int, tuple[str, str, str, int | None]]:
    """{class: (code of its unit, code of the unit one level down, its last day, its cost)}, of those over by then."""
    codes = {child.pk: child.code for child in asked.places.children} | {None: ""}
    first, end = _midnight(asked.first), min(_midnight(asked.as_of + timedelta(days=1)), asked.at)
    dated = TrainingClass.objects.filter(cancelled_at=None).annotate(last=Max("meetings__ends_at"))
    rows = dated.filter(last__gte=first, last__lte=end).values_list("pk", "unit", "unit__code", "last", "cost")
    where = asked.places.child_of
    return {
        pk: (code, codes[where[unit]], timezone.localdate(last).isoformat(), cost)
        for pk, unit, code, last, cost in rows
        if unit in where
    }


def _class_rows(asked: Asked, classes: dict[int, tuple]) -> Iterator[tuple[str, ...]]:
    confirmed = ClassConfirmation.objects.filter(known_on(asked.at), training_class__in=classes)
    held = set(confirmed.values_list("training_class", flat=True))
    for pk, (code, child, last, cost) in classes.items():
        money = "" if cost is None else str(cost)
        yield str(pk), code, child, last, "1" if pk in held else "0", money, "0" if cost is None else "1"


def _people_rows(asked: Asked, classes: dict[int, tuple]) -> set[tuple[str, ...]]:
    """Whoever was at one meeting of a class, once; by the unit that held it."""
    marks = Attendance.objects.filter(known_on(asked.at), presence__in=CAME, meeting__training_class__in=classes)
    into = merged_as_known(asked.at)
    came: dict[int, set[int]] = defaultdict(set)
    for pk, person in marks.values_list("meeting__training_class", "person"):
        came[pk].add(into.get(person, person))
    return {(str(pk), asked.number(person), classes[pk][1]) for pk, people in came.items() for person in people}


def _midnight(day) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))


section(
    Offered(
        KEY,
        gettext_lazy("Lớp tập huấn"),
        15,
        {name: label for name, (label, *_how) in COUNTS.items()},
        (
            "# Lớp tập huấn",
            "Trong kỳ có {lop.so_lop} lớp đã mở ({lop.xac_nhan} lớp đã được xác nhận), {lop.nguoi} người dự. Kinh phí "
            "của các lớp đã ghi: {lop.kinh_phi} đồng; {lop.chua_ghi} lớp chưa ghi kinh phí.",
        ),
        told,
    )
)
