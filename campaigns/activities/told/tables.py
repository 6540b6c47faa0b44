"""The log of a year as a table, by commune, without hamlets, notes and names of people."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.activities.made.activity import Activity
from campaigns.activities.made.rules import Mark
from campaigns.activities.told.words import languages_words, organiser
from tabular.writing import Table

COLUMNS = (
    "Mã xã", "Xã, phường", "Ngày", "Loại", "Đơn vị tổ chức", "Cùng tổ chức", "Số lượng", "Số phút", "Lượt xem",
    "Lượt người", "Nữ (lượt)", "Dưới 18 (lượt)", "Cán bộ", "Tiếng đã dùng", "Dành cho", "Ngân sách (đồng)",
    "Nguồn khác (đồng)", "Tình trạng",
)  # fmt: skip


def log_table(rows: Iterable[Activity], own: set[int], year: int, now: datetime) -> Table:
    """`own` are ids of the units whose names the reader may see beside a number (`words.organiser`)."""
    about: list[tuple[str, object]] = [
        (_("Năm"), str(year)),
        (_("Lượt người"), _("lượt dự, không phải số người; dưới 5 ghi “dưới 5”")),
        (_("Lập lúc"), f"{timezone.localtime(now):%H:%M, %d/%m/%Y}"),
    ]
    return Table(_("Sổ hoạt động"), list(COLUMNS), [_line(row, own) for row in rows], about)


def _line(row: Activity, own: set[int]) -> tuple:
    named = [organiser(unit, row.commune, own=unit.pk in own) for unit in (row.unit, *row.others.all())]
    return (
        row.commune.code,
        row.commune.name,
        row.on,
        row.kind.name,
        named[0],
        "; ".join(named[1:]),
        row.quantity,
        row.minutes,
        row.views,
        *(_people(row, name) for name in ("people", "women", "minors", "officials")),
        languages_words(row.languages),
        row.get_audience_display(),
        row.budget,
        row.other_money,
        row.get_state_display(),
    )


def _people(row: Activity, name: str) -> int | str | None:
    mark = getattr(row, f"{name}_mark")
    if mark == Mark.TOLD:
        return getattr(row, name)
    return None if mark == Mark.UNKNOWN else row.told(name)
