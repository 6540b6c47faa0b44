"""The annual report's section about activities, and of how many localities that matter most were reached.

Rows are verified activities by commune, without hamlet and organiser. The list of localities is told in numbers alone,
and only of a unit with at least five communes: of fewer, a number would name one.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.activities.made.activity import Activity
from campaigns.activities.made.kind import ActivityKind, Measure
from campaigns.activities.made.rules import FEWEST
from campaigns.activities.told.coverage import NONE, REACHED, UNKNOWN, Window, coverage
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
    Summed,
    section,
)

KEY, LOG = "hoat_dong", "so-hoat-dong"
FOCUS_KEY, FOCUS = "trong_diem", "dia-ban"
LOG_COLUMNS = ("hoat_dong", "ma", "don_vi", "loai", "so_luong", "luot", "co_luot")
FOCUS_COLUMNS = ("dia_ban", "tinh_trang")
TOTALS: dict[str, tuple] = {
    "so": (gettext_lazy("hoạt động đã được người thứ hai xác nhận"), Counted, "hoat_dong", {}),
    "so_xa": (gettext_lazy("xã, phường, đặc khu có hoạt động"), Counted, "ma", {}),
    "luot": (gettext_lazy("lượt người dự đã ghi"), Summed, "luot", {}),
    "khong_ro": (
        gettext_lazy("hoạt động đếm người mà dưới 5 lượt hoặc chưa ghi"),
        Counted,
        "hoat_dong",
        {"co_luot": "0"},
    ),
}
FOCUS_COUNTS = {"da_den": REACHED, "khong_co": NONE, "chua_ro": UNKNOWN}


def told(asked: Asked) -> Section:
    rows = tuple(sorted(_rows(asked)))
    annex = Annex(LOG, _("Hoạt động trong kỳ"), LOG_COLUMNS, rows)
    kinds = [kind for kind in ActivityKind.objects.all() if any(row[3] == kind.key for row in rows)]
    figures: list[Counted | Share] = [_total(name) for name in TOTALS]
    figures += [figure for kind in kinds for figure in _of_kind(kind)]
    tables = (_by_kind(kinds),) if kinds else ()
    groups = (Group({}, {name: f"{KEY}.{name}" for name in TOTALS}, tables=tables),) if rows else ()
    return Section(KEY, _("Hoạt động truyền thông"), (annex,), tuple(figures), groups)


def told_of_focus(asked: Asked) -> Section:
    localities = _localities(asked)
    annex = Annex(FOCUS, _("Địa bàn trọng điểm, không nêu tên"), FOCUS_COLUMNS, localities)
    names = {name: f"{FOCUS_KEY}.{name}" for name in ("tong", *FOCUS_COUNTS, "ty_le")}
    groups = (Group({}, names),) if localities else ()
    return Section(FOCUS_KEY, _("Địa bàn trọng điểm"), (annex,), tuple(_focus_figures()), groups)


def _total(name: str) -> Counted:
    label, made, of, where = TOTALS[name]
    return made(f"{KEY}.{name}", _("Hoạt động: %s") % label, LOG, of, where)


def _of_kind(kind: ActivityKind) -> list[Counted]:
    where = {"loai": kind.key}
    said = _("%(kind)s: %(what)s")
    return [
        Counted(f"{KEY}@{kind.key}.so", said % {"kind": kind.name, "what": _("hoạt động")}, LOG, "hoat_dong", where),
        Summed(f"{KEY}@{kind.key}.so_luong", said % {"kind": kind.name, "what": _("số lượng")}, LOG, "so_luong", where),
        Summed(f"{KEY}@{kind.key}.luot", said % {"kind": kind.name, "what": _("lượt người")}, LOG, "luot", where),
    ]


def _by_kind(kinds: list[ActivityKind]) -> FigureTable:
    columns = (_("Loại"), _("Hoạt động"), _("Số lượng"), _("Lượt người đã ghi"))
    lines = [
        Line((kind.name,), tuple(f"{KEY}@{kind.key}.{one}" for one in ("so", "so_luong", "luot"))) for kind in kinds
    ]
    note = _("Lượt dự, không phải số người. Số dưới 5 không ghi và không cộng.")
    return FigureTable(_("Hoạt động theo loại"), columns, tuple(lines), note)


def _focus_figures() -> list[Counted | Share]:
    label = _("Địa bàn trọng điểm: %s")
    words = {"da_den": _("đã có hoạt động"), "khong_co": _("xã ghi là không có"), "chua_ro": _("chưa rõ")}
    whole = Counted(f"{FOCUS_KEY}.tong", label % _("tổng số"), FOCUS, "dia_ban")
    parts = [
        Counted(f"{FOCUS_KEY}.{name}", label % words[name], FOCUS, "dia_ban", {"tinh_trang": state})
        for name, state in FOCUS_COUNTS.items()
    ]
    share = Share(f"{FOCUS_KEY}.ty_le", label % _("tỷ lệ đã có hoạt động"), parts[0].key, whole.key)
    return [whole, *parts, share]


def _rows(asked: Asked) -> Iterator[tuple[str, ...]]:
    """One query. A number of an activity is its row's."""
    where = asked.places.child_of
    codes = {child.pk: child.code for child in asked.places.children} | {None: ""}
    counted = Activity.objects.counted_at(asked.at).filter(on__gte=asked.first, on__lte=asked.as_of).order_by("pk")
    columns = ("pk", "commune", "commune__code", "kind__key", "kind__measure", "quantity", "people")
    for pk, commune, code, kind, measure, quantity, people in counted.values_list(*columns):
        if commune not in where:
            continue
        counts = measure in (Measure.SESSIONS, Measure.PEOPLE)
        known = "" if not counts else "0" if people is None else "1"
        number = "" if people is None else str(people)
        yield str(pk), code, codes[where[commune]], kind, str(quantity), number, known


def _localities(asked: Asked) -> tuple[tuple[str, str], ...]:
    """Numbered by state, so that no number follows the names."""
    window = Window(asked.first, asked.as_of, asked.places.geography, asked.at)
    found = coverage(window, asked.places.child_of)
    if len(found.rows) < FEWEST:
        return ()
    states = sorted(row.state for row in found.focus)
    return tuple((str(number), state) for number, state in enumerate(states, start=1))


section(
    Offered(
        KEY,
        gettext_lazy("Hoạt động truyền thông"),
        21,
        {name: label for name, (label, *_rest) in TOTALS.items()},
        (
            "# Hoạt động truyền thông ở cơ sở",
            "{hoat_dong.so_xa} xã, phường, đặc khu có {hoat_dong.so} hoạt động đã xác nhận, {hoat_dong.luot} lượt "
            "người dự (không phải số người), chưa kể {hoat_dong.khong_ro} hoạt động dưới 5 lượt hoặc chưa ghi.",
        ),
        told,
    )
)
section(
    Offered(
        FOCUS_KEY,
        gettext_lazy("Địa bàn trọng điểm"),
        22,
        {
            "tong": gettext_lazy("địa bàn trọng điểm"),
            "da_den": gettext_lazy("địa bàn trọng điểm đã có hoạt động"),
            "khong_co": gettext_lazy("địa bàn trọng điểm ghi là không có"),
            "chua_ro": gettext_lazy("địa bàn trọng điểm chưa rõ"),
            "ty_le": gettext_lazy("tỷ lệ địa bàn trọng điểm đã có hoạt động"),
        },
        (
            "{trong_diem.da_den}/{trong_diem.tong} địa bàn trọng điểm có hoạt động ({trong_diem.ty_le} %); "
            "{trong_diem.khong_co} ghi là không có, {trong_diem.chua_ro} chưa rõ.",
        ),
        told_of_focus,
    )
)
