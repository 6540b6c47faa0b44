"""The rows of a roster, read and checked."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from people.roster.fact_files import STAFF_CODE
from tabular.cells import Line
from tabular.columns import Column

# letters, as in the column
LONGEST_POSITION = 150
COLUMNS = [
    # a row of a roster is one where the name stands
    replace(STAFF_CODE, anchors=False),
    Column(
        "ho_ten", required=True, is_name=True, anchors=True, max_length=150, aliases=("ho_va_ten", "ho_va_ten_can_bo")
    ),
    Column("email", max_length=254, aliases=("e_mail", "thu_dien_tu", "dia_chi_email")),
    Column("dien_thoai", max_length=200, aliases=("so_dien_thoai", "sdt", "di_dong")),
    Column("ma_don_vi", required=True, is_code=True, beside=True, max_length=20, aliases=("ma_so_don_vi",)),
    Column("chuc_danh", max_length=LONGEST_POSITION, aliases=("chuc_vu", "chuc_danh_chuc_vu")),
    Column("nhiem_vu", aliases=("nhiem_vu_duoc_giao",)),
    Column("tu_ngay", required=True, is_date=True, aliases=("ngay_bat_dau",)),
    Column("den_ngay", is_date=True, aliases=("ngay_ket_thuc",)),
]
# what an office may have in the place of codes, where the file's sender looks at each row on the screen
UNIT_NAME = Column(
    "ten_don_vi", is_name=True, beside=True, max_length=200, optional=True, aliases=("don_vi", "co_quan")
)
IN_OFFICES: dict[str, dict[str, Any]] = {
    "ma_can_bo": {"required": False},
    # a name may stand there too
    "ma_don_vi": {"required": False, "max_length": UNIT_NAME.max_length, "instead": UNIT_NAME.name},
}
OFFICE_COLUMNS = [*(replace(column, **IN_OFFICES.get(column.name, {})) for column in COLUMNS), UNIT_NAME]


@dataclass(frozen=True, slots=True)
class RosterRow:
    line: Line
    staff_code: str
    # None: nobody bears the code yet
    person: int | None
    # the same for all rows of the file about this person
    person_key: str
    full_name: str
    # as the file has it; `full_name` is what was answered
    written_name: str
    # None: the file says nothing
    email: str | None
    phone: str | None
    unit: int
    position: str
    duties: frozenset[int]
    start: date
    end: date | None

    @property
    def key(self) -> tuple:
        return self.person_key, self.unit, self.position, self.start


def already_there(line: Line) -> str:
    return _("Vị trí này đã có ở dòng %(line)s (cùng người, đơn vị, chức danh, từ ngày).") % {"line": line}
