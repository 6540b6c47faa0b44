"""Loads the province's real units by the same import as any other table.

`data/README.md` gives their sources and what is uncertain.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from people.units.files import prepare
from people.units.flags import load_flags
from tabular.tables import TableError

DATA = Path(__file__).parent / "data"


def seed_units(now: datetime, progress: Callable[[str], None] = lambda line: None) -> int:
    """Loads units, successions and flags, and returns how many rows were new or changed; 0 on a second run.

    `progress` is called with one line at each step. Raises TableError where a row does not fit what is known.
    """
    progress(_("Nạp đơn vị hành chính, cơ quan và việc chuyển đơn vị…"))
    prepared = prepare(DATA / "units.csv", DATA / "successions.csv", now)
    report = prepared.report
    if report.rejected:
        first = report.rejected[0]
        raise TableError(f"{first['item']}, {first['line']}: {first['reason']}")
    prepared.carry_out()
    flags = load_flags(DATA / "flags.csv", now)
    return report.created + report.changed + flags
