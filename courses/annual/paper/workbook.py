"""The report as a workbook: the figures, each table of units, and the rows behind them."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from io import BytesIO

from django.utils.translation import gettext as _

from courses.annual.snapshot import Snapshot
from people.annual_sections import Annex
from tabular.same_bytes import packed_again
from tabular.writing import Table, write_sheets

DAY = re.compile(r"\d{4}-\d\d-\d\d")


def xlsx_of(snapshot: Snapshot, digest: str, at: datetime) -> bytes:
    out = BytesIO()
    write_sheets(list(_sheets(snapshot, digest)), out)
    return packed_again(out.getvalue(), at)


def _sheets(snapshot: Snapshot, digest: str) -> Iterator[Table]:
    data = snapshot.data
    about: list[tuple[str, object]] = [
        (_("Đơn vị"), f"{data['unit']['name']} ({data['unit']['code']})"),
        (_("Tính đến hết ngày"), date.fromisoformat(data["as_of"])),
        (_("Hoạt động từ ngày"), date.fromisoformat(data["activities_from"])),
        (_("Chốt lúc"), data["taken_at"]),
        (_("Phiên bản"), data["version"]),
        (_("Mã băm SHA-256 của dữ liệu"), digest),
    ]
    figures = [(figure["key"], figure["label"], figure["value"]) for figure in data["figures"]]
    yield Table(_("Số liệu"), [_("Khóa"), _("Chỉ tiêu"), _("Giá trị")], figures, about)
    values = {figure["key"]: figure["value"] for figure in data["figures"]}
    for number, table in enumerate(data["tables"], start=1):
        rows = [(*line["words"], *(values[key] for key in line["figures"])) for line in table["lines"]]
        yield Table(_("Phụ lục %d") % number, table["columns"], rows, [(table["title"], None)])
    for annex in snapshot.annexes:
        yield Table(annex.name, list(annex.columns), _rows(annex), [])


def _rows(annex: Annex) -> Iterable[tuple]:
    for row in annex.rows:
        yield tuple(date.fromisoformat(cell) if DAY.fullmatch(cell) else cell for cell in row)
