"""Ending whatever is open in a unit where nobody works any more: a file ends nothing in a unit that it leaves empty.

It concerns the unit and abolished ones that count in it today, never units below, as an ending by a file does.
"""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.changes.change import Journal, Origin, change_kind
from people.log.audit import Act, record
from people.rights.scope import TRAINING_KINDS
from people.roster.missing import Missing
from people.units.unit import Unit
from tabular.tables import TableError

EMPTIED = change_kind("emptied_unit", gettext_lazy("Kết thúc mọi công tác của một đơn vị"), TRAINING_KINDS)


def open_in(unit: Unit, now: datetime, within: set[int] | None) -> Missing:
    """What is open there, and may be ended by who reaches `within` (None: all)."""
    return Missing.from_file(set(), {unit.pk}, set(), now, within)


def end_all(unit: Unit, now: datetime, within: set[int] | None, most: int, origin: Origin) -> int:
    """Ends them on the day before today; returns how many. Raises TableError where there are more than `most`."""
    missing = open_in(unit, now, within)
    if len(missing.endings) > most:
        raise TableError(_("Đơn vị vừa có thêm công tác; hãy xem lại danh sách rồi mới kết thúc."))
    journal = Journal.begin(EMPTIED, now, origin)
    missing.end(now, journal)
    if missing.endings:
        # the same moment as of the change, by which a person finds what ended their posting
        record(Act.ENDED_UNIT, origin.by, unit=unit, on=missing.last_day, count=len(missing.endings), at=now)
    journal.finish(timezone.now())
    return len(missing.endings)
