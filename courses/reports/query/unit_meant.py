"""Which unit somebody means who types a code or a name."""

from datetime import date

from django.utils.translation import gettext as _

from people.rights.scope import reaches_everything, under
from people.roster.listing import Roster
from people.times import today
from people.units.unit import Unit


def unit_meant(roster: Roster, typed: str, day: date | None = None) -> tuple[Unit | None, str]:
    """The unit in reach with this code, else with this name, and what is wrong with what was typed; two queries."""
    if not typed:
        return None, ""
    units = Unit.objects.on(day or today())
    if not reaches_everything(roster.user):
        units = units.filter(pk__in=under(roster.units))
    code = typed.rpartition("(")[2].removesuffix(")") if typed.endswith(")") else typed
    found = list(units.coded(code)[:1]) or list(units.found(typed).by_name()[:6])
    if len(found) == 1:
        return found[0], ""
    if found:
        names = ", ".join(f"{one.name} ({one.code})" for one in found[:5])
        return None, _("Có nhiều đơn vị khớp: %s. Hãy ghi mã của đơn vị.") % names
    return None, _("Không có đơn vị này trong phạm vi của anh chị; hãy ghi mã hoặc tên đơn vị.")
