"""The annual report's section about lessons at schools: rows by commune, without names of schools, class or teacher."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.activities.made.activity import Activity
from campaigns.schools.log.lesson_log import LessonLog
from people.annual_sections import Annex, Asked, Counted, FigureTable, Group, Line, Offered, Section, section
from people.times import covering, known_on
from people.units.successions import Reach
from people.units.unit import COMMUNE_KINDS, UnitKind

KEY, LESSONS = "bai_hoc", "bai-hoc-o-truong"
COLUMNS = ("bai_day", "ma", "don_vi", "khoi", "tieng", "duyet", "xac_nhan", "truong")
TOTALS: dict[str, tuple] = {
    "so": (gettext_lazy("bài đã dạy, nhà trường ghi"), "bai_day", {}),
    "so_truong": (gettext_lazy("trường đã dạy ít nhất một bài"), "truong", {}),
    "so_xa": (gettext_lazy("xã, phường có trường đã dạy"), "ma", {}),
    "xac_nhan": (gettext_lazy("bài đã dạy được người thứ hai xác nhận"), "bai_day", {"xac_nhan": "1"}),
    "chua_duyet": (gettext_lazy("bài dạy bằng gói chưa duyệt ngày ấy"), "bai_day", {"duyet": "0"}),
}


def told(asked: Asked) -> Section:
    rows = tuple(_rows(asked))
    annex = Annex(LESSONS, _("Bài học ở trường đã dạy trong kỳ"), COLUMNS, rows)
    label = _("Bài học ở trường: %s")
    figures = [Counted(f"{KEY}.{name}", label % said, LESSONS, of, where) for name, (said, of, where) in TOTALS.items()]
    grades = sorted({row[3] for row in rows}, key=lambda grade: (not grade, int(grade or 0)))
    figures += [
        Counted(f"{KEY}@{grade or 'khac'}.so", label % _grade(grade), LESSONS, "bai_day", {"khoi": grade})
        for grade in grades
    ]
    lines = tuple(Line((_grade(grade),), (f"{KEY}@{grade or 'khac'}.so",)) for grade in grades)
    tables = (FigureTable(_("Bài đã dạy theo khối"), (_("Khối"), _("Bài đã dạy")), lines),) if lines else ()
    groups = (Group({}, {name: f"{KEY}.{name}" for name in TOTALS}, tables=tables),) if rows else ()
    return Section(KEY, _("Bài học ở trường"), (annex,), tuple(figures), groups)


def _grade(grade: str) -> str:
    return _("khối %s") % grade if grade else _("nghề, trung cấp, cao đẳng")


def _rows(asked: Asked) -> Iterator[tuple[str, ...]]:
    """Three queries. Schools bear numbers that follow no name."""
    where = asked.places.child_of
    codes = {child.pk: child.code for child in asked.places.children} | {None: ""}
    day = asked.places.geography
    above = Reach.objects.filter(covering(day), unit__kind=UnitKind.SCHOOL, ancestor__kind__in=COMMUNE_KINDS)
    communes = dict(above.values_list("unit", "ancestor__code"))
    current = known_on(asked.at)
    standing = Activity.objects.filter(current).values_list("key", "verified_at")
    rows = LessonLog.objects.filter(current, on__gte=asked.first, on__lte=asked.as_of).order_by("on", "number")
    rows = rows.filter(activity_key__in=Activity.objects.filter(current).values("key"))
    verified = {key for key, at in standing if at is not None and at <= asked.at}
    schools: dict[int, str] = {}
    columns = ("number", "activity_key", "school", "grade", "held_in", "approved")
    for place, (_number, key, school, grade, held_in, approved) in enumerate(rows.values_list(*columns), 1):
        if school not in where:
            continue
        named = schools.setdefault(school, str(len(schools) + 1))
        yield (
            str(place),
            communes.get(school, ""),
            codes[where[school]],
            str(grade or ""),
            held_in,
            str(int(approved)),
            str(int(key in verified)),
            named,
        )


section(
    Offered(
        KEY,
        gettext_lazy("Bài học ở trường"),
        23,
        {name: label for name, (label, *_rest) in TOTALS.items()},
        (
            "# Bài học ở trường",
            "{bai_hoc.so_truong} trường ở {bai_hoc.so_xa} xã, phường, đặc khu đã dạy {bai_hoc.so} bài; "
            "{bai_hoc.xac_nhan} bài được người thứ hai xác nhận, {bai_hoc.chua_duyet} bài dạy bằng gói chưa duyệt.",
        ),
        told,
    )
)
