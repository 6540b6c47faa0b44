"""The rows of a roster, read and checked."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from tabular.cells import Line


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
