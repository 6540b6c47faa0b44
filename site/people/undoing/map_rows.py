"""The rows of changes that are about units and successions.

A unit that an import brought is no longer believed after its undo; its row stays, since figures as known on the days
between have it. Nothing goes back that would leave two units with one code, a ring, a second heir, or a unit without
the one above it; and no unit that something stands on.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.changes.change import ChangedRow, change_kind
from people.rights.admin_policy import MANAGERS
from people.times import Record
from people.undoing.kinds import RecordRows, undoes
from people.units.reach import Handover, Map, ReachCycle, Span
from people.units.successions import Succession, rebuild_reach
from people.units.unit import Unit, UnitVersion
from people.units.unit_rows import COLUMNS, SUCCESSION, UNIT, UNITS

change_kind(UNITS, gettext_lazy("Nhập đơn vị"), MANAGERS)
# what may go on pointing at a unit that is no longer believed: what is derived, what is history, what is looked at here
FREE = {"Reach", "UnitVersion", "Succession", "Standing", "DailyCount", "MonthEnd", "Entry", "ChangedRow", "Unit"}
# by kind of change, the only models that hold a unit where not every other one does
HOLDING: dict[str, frozenset[str]] = {}


@dataclass(frozen=True)
class MapRows(RecordRows):
    def plan(self, rows, chosen, by=None):
        stays = super().plan(rows, chosen, by)
        if len(stays) < len(rows):
            conflicts = _conflicts(chosen)
            stays |= {row.pk: conflicts[row.pk] for row in rows if row.pk not in stays and row.pk in conflicts}
        return stays

    def finish(self) -> None:
        rebuild_reach()


def _conflicts(chosen: QuerySet[ChangedRow]) -> dict[int, str]:
    """{row: why} of the chosen rows about the map that cannot go back."""
    rows = list(chosen.filter(kind__in=(UNIT, SUCCESSION)).order_by("pk"))
    stays: dict[int, str] = {}
    for kind in (UNITS_KIND, SUCCESSIONS_KIND):
        stays |= RecordRows.plan(kind, [row for row in rows if row.kind == kind.key], chosen)
    kinds = set(chosen.order_by().values_list("change__kind", flat=True).distinct())
    holding = HOLDING.get(kinds.pop()) if len(kinds) == 1 else None
    used = _used([row.unit_id for row in rows if row.kind == UNIT and not row.old], holding)
    for row in rows:
        if row.kind == UNIT and not row.old and row.unit_id in used:
            stays.setdefault(row.pk, _("Sau đó đã có dữ liệu khác ở đơn vị này nên giữ."))
    while going := [row for row in rows if row.pk not in stays]:
        wrong = _without(going).wrong()
        if not wrong:
            break
        stays |= dict.fromkeys((row.pk for row in going), wrong)
    return stays


def _used(units: Iterable[int | None], holding: frozenset[str] | None) -> set[int]:
    """Those of these units that something stands on, of `holding` alone if given; one query for each such table."""
    wanted, used = [unit for unit in units if unit], set[int]()
    if not wanted:
        return used
    for relation in Unit._meta.related_objects:
        model, name = relation.related_model, relation.field.name
        if model.__name__ in FREE or relation.many_to_many or (holding is not None and model.__name__ not in holding):
            continue
        found = model._base_manager.filter(**{f"{name}__in": wanted})
        if issubclass(model, Record):
            found = found.filter(superseded_at=None)
        elif any(field.name == "ended_at" for field in model._meta.concrete_fields):
            found = found.filter(ended_at=None)
        used |= set(found.order_by().values_list(name, flat=True).distinct())
    return used


@dataclass
class _Beliefs:
    """Units and successions as they would be believed; what they were before is beside it."""

    # unit → code, first day, name, parent, last day
    units: dict[int, tuple[str, date, str, int | None, date | None]]
    # old, new, day → heir
    successions: dict[tuple[int, int, date], bool]
    ends: dict[int, date | None]

    def wrong(self) -> str:
        """Why nobody may believe this; "" if one may."""
        if any(parent and parent not in self.units for *_rest, parent, _end in self.units.values()):
            return _("Còn đơn vị khác trực thuộc nên giữ.")
        heirs: set[tuple[int, date]] = set()
        for (old, new, on), heir in self.successions.items():
            if old not in self.units or new not in self.units or self._opens(old, on):
                return _("Còn việc chuyển đơn vị dựa vào đó nên giữ.")
            if heir and (old, on) in heirs:
                return _("Sẽ có hai đơn vị thừa kế nên giữ.")
            heirs |= {(old, on)} if heir else set()
        return self._wrong_map()

    def _opens(self, old: int, on: date) -> bool:
        """Whether the unit would go on beyond its succession, and did not before."""
        before, after = self.ends.get(old), self.units[old][4]
        return before is not None and before < on and (after is None or after >= on)

    def _wrong_map(self) -> str:
        spans: dict[str, list[tuple[date, date | None]]] = defaultdict(list)
        for code, start, _name, _parent, end in self.units.values():
            spans[code].append((start, end))
        for of_code in spans.values():
            of_code.sort(key=lambda span: span[0])
            for (_start, end), (later, _end) in zip(of_code, of_code[1:], strict=False):
                if end is None or end >= later:
                    return _("Sẽ có hai đơn vị cùng mã trong cùng ngày nên giữ.")
        drafted = Map(
            (Span(pk, code, name, parent, start, end) for pk, (code, start, name, parent, end) in self.units.items()),
            (Handover(old, new, on, heir) for (old, new, on), heir in self.successions.items()),
        )
        try:
            for pk in self.units:
                drafted.stretches(pk)
        except ReachCycle:
            return _("Các đơn vị sẽ nối nhau thành vòng nên giữ.")
        return ""


def _without(going: list[ChangedRow]) -> _Beliefs:
    """What would be believed if these rows had gone back."""
    columns = ("pk", "code", "valid_from", "name", "parent_id", "valid_to")
    units = {pk: tuple(rest) for pk, *rest in Unit.objects.values_list(*columns)}
    ends = {pk: unit[4] for pk, unit in units.items()}
    listed = Succession.objects.current().values_list("old_id", "new_id", "on", "heir")
    successions = {tuple(key): heir for *key, heir in listed}
    versions = UnitVersion.objects.select_related("unit").in_bulk(
        [row.old for row in going if row.kind == UNIT and row.old]
    )
    passings = Succession.objects.in_bulk(
        [pk for row in going if row.kind == SUCCESSION for pk in (row.new, row.old) if pk]
    )
    for row in going:
        if row.kind == UNIT:
            units.pop(row.unit_id, None)
            if version := versions.get(row.old or 0):
                said = version.name, version.parent_id, version.valid_to
                units[version.unit_id] = (version.unit.code, version.unit.valid_from, *said)
        else:
            for pk, stays in ((row.new, False), (row.old, True)):
                if passing := passings.get(pk or 0):
                    key = passing.old_id, passing.new_id, passing.on
                    successions.pop(key, None)
                    if stays:
                        successions[key] = passing.heir
    return _Beliefs(units, successions, ends)


def _follow_units(done, doing) -> None:
    """The columns of a unit are what is believed now."""
    units = Unit.every.in_bulk([row.unit_id for row, *_records in done])
    for row, _believed, again in done:
        unit = units[row.unit_id]
        unit.believed = again is not None
        if again:
            unit.name, unit.kind, unit.sector = again.name, again.kind, again.sector
            unit.parent_id, unit.valid_to = again.parent_id, again.valid_to
    Unit.every.bulk_update(units.values(), [*COLUMNS, "believed"])


def _unit_words(version: UnitVersion) -> str:
    unit = version.unit
    said = [f"{version.name} ({unit.code})", _("từ %(day)s") % {"day": date_format(unit.valid_from, "d/m/Y")}]
    if version.valid_to:
        said.append(_("đến %(day)s") % {"day": date_format(version.valid_to, "d/m/Y")})
    said += [version.get_kind_display(), version.get_sector_display()]
    if version.parent:
        said.append(_("thuộc %(unit)s") % {"unit": version.parent.name})
    return ", ".join(said)


def _succession_words(passing: Succession) -> str:
    heir = _(", thừa kế") if passing.heir else ""
    return f"{passing.old} → {passing.new}, {date_format(passing.on, 'd/m/Y')}{heir}"


SUCCESSIONS_KIND = MapRows(
    SUCCESSION,
    gettext_lazy("Chuyển đơn vị"),
    order=50,
    model=Succession,
    known_by=("old_id", "new_id", "on"),
    says=("heir", "decree"),
    written=_succession_words,
    after=lambda done, doing: None,
    related=("old", "new"),
)
UNITS_KIND = MapRows(
    UNIT,
    gettext_lazy("Đơn vị"),
    order=60,
    model=UnitVersion,
    known_by=("unit_id",),
    says=("name", "kind", "sector", "parent_id", "valid_to"),
    written=_unit_words,
    after=_follow_units,
    related=("unit", "parent"),
)
undoes(SUCCESSIONS_KIND)
undoes(UNITS_KIND)
