"""Units as people type them, by code or name, as believed on the day before a reform."""

from datetime import date

from django.utils.translation import gettext as _

from letters.folding import searched
from people.reforms.acts import Known
from people.times import covering
from people.units.reach import DAY
from people.units.successions import Reach
from people.units.unit import Unit

NAMED = 4


class NotFound(Exception):
    """str() is one Vietnamese sentence."""


def found(typed: str, on: date) -> Unit:
    """The unit with this code, else with this name, else the only one with these words. Raises NotFound."""
    typed = typed.strip()
    units = Unit.objects.on(on - DAY)
    if unit := units.coded(typed).first():
        return unit
    fitting = list(units.found(typed).by_name()[: NAMED * 5]) if searched(typed) else []
    alike = [unit for unit in fitting if searched(unit.name) == searched(typed)] or fitting
    if len(alike) == 1:
        return alike[0]
    if not alike:
        params = {"typed": typed[:60], "day": f"{on - DAY:%d/%m/%Y}"}
        raise NotFound(_("Ngày %(day)s không có đơn vị nào mã hay tên là “%(typed)s”.") % params)
    names = "; ".join(f"{unit.code} {unit.name}" for unit in alike[:NAMED])
    raise NotFound(_("“%(typed)s” có thể là: %(names)s. Hãy ghi mã.") % {"typed": typed[:60], "names": names})


def known(unit: Unit, on: date) -> Known:
    above = (
        Reach.objects.filter(covering(on - DAY), unit=unit, depth=1).values_list("ancestor__code", flat=True).first()
    )
    return Known(unit.code, unit.name, unit.kind, unit.sector, above or "")


def goes_on(code: str, on: date) -> Unit | None:
    """The unit that bears the code on the day itself."""
    return Unit.objects.on(on).coded(code.strip()).first()
