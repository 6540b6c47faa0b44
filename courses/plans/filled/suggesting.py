"""Results that are suggested for a task from what happened; somebody reads them and records. The rule is pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from courses.plans.made.plan import Plan
from courses.plans.made.recording import Said
from courses.plans.made.task import Task
from letters.folding import searched
from people.times import covering, today
from people.units.happened import Happened, Source, happened
from people.units.successions import Reach

# days named in a note
NAMED = 5


@dataclass(frozen=True)
class Suggestion:
    """`fits`: it counts in the measure of the task; `said` is what would be recorded."""

    source: Source
    rows: tuple[Happened, ...]
    number: int
    fits: bool
    said: Said

    @property
    def label(self) -> str:
        return f"{self.source.label}: {self.number} {self.source.measure}"


Found = Iterable[tuple[Source, list[Happened]]]


def suggest(task: Task, found: Found, day: date) -> list[Suggestion]:
    """Of a task in its group: what lies in its window up to `day`; what counts in its own measure first."""
    made = []
    for source, rows in found:
        inside = tuple(row for row in rows if task.first_day <= row.on <= min(task.last_day, day))
        if inside and source.kind == task.kind:
            made.append(_suggestion(task, source, inside))
    return sorted(made, key=lambda one: not one.fits)


def _suggestion(task: Task, source: Source, rows: tuple[Happened, ...]) -> Suggestion:
    number = sum(row.number for row in rows)
    fits = bool(task.measure) and searched(task.measure) == searched(str(source.measure))
    costs = [row.cost for row in rows]
    # a sum of which a part is not known is not known
    cost = sum(one for one in costs if one is not None) if source.costs and None not in costs else None
    enough = fits and task.number is not None and number >= task.number
    said = Said(rows[-1].on if enough else None, number if fits else None, cost, _note(source, number, rows))
    return Suggestion(source, rows, number, fits, said)


def _note(source: Source, number: int, rows: tuple[Happened, ...]) -> str:
    days = list(dict.fromkeys(f"{row.on:%d/%m}" for row in rows))
    named = ", ".join(days[:NAMED]) + (_(" và %d ngày nữa") % (len(days) - NAMED) if len(days) > NAMED else "")
    params = {"what": source.label, "n": number, "measure": source.measure, "days": named}
    return _("Theo hệ thống: %(what)s, %(n)d %(measure)s (%(days)s)") % params


def happened_in(plan: Plan, tasks: Iterable[Task]) -> Found:
    """What happened in the plan's unit and below, on the days of these tasks; one pass over the sources."""
    tasks = [task for task in tasks if not task.left_out]
    if not tasks or plan.is_template:
        return []
    at = Reach.objects.filter(covering(today()), unit=plan.unit_id, depth=0).values("ancestor")
    units = list(Reach.objects.filter(covering(today()), ancestor__in=at).values_list("unit", flat=True).distinct())
    first, last = min(task.first_day for task in tasks), min(max(task.last_day for task in tasks), today())
    return happened(units, first, last, {task.kind for task in tasks}) if first <= last else []
