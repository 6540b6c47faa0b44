"""Which columns of a file somebody chose: `?cot=` once for each, or joined by commas. Days stand in every file, and a
percentage never without what it is made of.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tabular.writing import Table

# of a table by people and of one by units, in order; what stands behind them in the table is always there
PEOPLE: dict[str, str | Promise] = {
    "ma": _("Mã cán bộ"),
    "ho_ten": _("Họ tên"),
    "chuc_danh": _("Chức danh"),
    "ma_don_vi": _("Mã đơn vị"),
    "don_vi": _("Đơn vị"),
    "trang_thai": _("Trạng thái"),
    "hoan_thanh": _("Hoàn thành ngày"),
    "hieu_luc": _("Hiệu lực đến hết ngày"),
    "han": _("Hạn"),
    "hoc_cuoi": _("Học lần cuối"),
    "hoi_lai": _("Hỏi lại sau khi hoàn thành"),
}
UNITS: dict[str, str | Promise] = {
    "ma_don_vi": _("Mã đơn vị"),
    "don_vi": _("Đơn vị"),
    "dong": _("Dòng"),
    "phai": _("Phải hoàn thành"),
    "hoan_thanh": _("Đã hoàn thành"),
    "het_hieu_luc": _("Hết hiệu lực"),
    "qua_han": _("Quá hạn"),
    "dang_hoc": _("Đang học"),
    "chua_bat_dau": _("Chưa bắt đầu"),
    "mien": _("Được miễn"),
    "chua_xac_nhan": _("Đơn vị chưa xác nhận danh sách"),
    "ty_le": _("Tỷ lệ (%)"),
    "chua_duyet": _("Trong số hoàn thành: theo nội dung chưa duyệt"),
    "con_nam_vung": _("Trong số hoàn thành: còn nắm vững"),
    "can_on": _("Trong số hoàn thành: cần ôn"),
    "chua_biet": _("Trong số hoàn thành: chưa biết"),
}
Offered = Mapping[str, str | Promise]
# what a column brings along: no bare percentage, and no row of which nobody knows whose it is
WITH = {"ty_le": {"phai", "hoan_thanh", "mien", "chua_xac_nhan"}}


def chosen(asked: Mapping[str, str], offered: Offered) -> tuple[str, ...]:
    """The columns to keep, in their order; () is all of them. What is not offered is ignored."""
    values = asked.getlist("cot") if hasattr(asked, "getlist") else [asked.get("cot", "")]
    wanted = {name for value in values for name in value.split(",")} & set(offered)
    if not wanted:
        return ()
    # the first column says whose row it is
    wanted |= {name for one in wanted for name in WITH.get(one, ())} | {next(iter(offered))}
    kept = tuple(name for name in offered if name in wanted)
    return () if len(kept) == len(offered) else kept


def narrowed(table: Table, offered: Offered, kept: tuple[str, ...]) -> Table:
    if not kept:
        return table
    places = [place for place, name in enumerate(offered) if name in kept]
    places += range(len(offered), len(table.columns))
    return replace(table, columns=[table.columns[place] for place in places], rows=_rows(table.rows, places))


def _rows(rows: Iterable[tuple], places: list[int]) -> Iterator[tuple]:
    for row in rows:
        yield tuple(row[place] for place in places)


def boxes(offered: Offered, kept: tuple[str, ...]) -> list[tuple[str, str, bool]]:
    """(name, label, whether it is kept) for a form."""
    return [(name, str(label), not kept or name in kept) for name, label in offered.items()]
