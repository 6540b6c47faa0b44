"""The succession of units, or the version of the rule, behind a cause, and who recorded it."""

from collections import defaultdict
from collections.abc import Collection
from datetime import timedelta

from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry

from courses.movements.ends import End
from courses.movements.facts import Fact, named, unknown, written_in
from people.postings.coverage import written
from people.postings.posting import Posting
from people.statements.plain_rows import among
from people.times import covering
from people.units.successions import Reach, Succession
from people.units.unit_rows import SUCCESSION, UNITS

# Wagtail writes its log in the request that saved the rule
SAVED_WITHIN = timedelta(minutes=1)


def reformed_facts(first: End, last: End, people: Collection[int]) -> dict[int, Fact]:
    """By person the succession between the days of her unit, else of the nearest one above it."""
    if not people:
        return {}
    known = last.asked.known_on
    held = Posting.objects.known_on(known).filter(covering(first.day) | covering(last.day), person__in=among(people))
    units = defaultdict(set)
    for person, unit in held.values_list("person_id", "unit_id"):
        units[person].add(unit)
    every = {unit for some in units.values() for unit in some}
    before = Reach.objects.filter(covering(first.geography), unit__in=among(every)).order_by("depth")
    path = defaultdict(list)
    for unit, ancestor in before.values_list("unit_id", "ancestor_id"):
        path[unit].append(ancestor)
    rows = Succession.objects.known_on(known).filter(on__gt=first.geography, on__lte=last.geography)
    passed = {row.old_id: row for row in rows.select_related("old", "new").order_by("heir", "pk")}
    by = written_in(UNITS, SUCCESSION, (row.pk for row in passed.values()))
    found = {}
    for person, some in units.items():
        above = [ancestor for unit in some for ancestor in path[unit]]
        row = next((passed[one] for one in (*some, *above) if one in passed), None)
        if row:
            found[person] = Fact(_passed(row), by.get(row.pk, unknown()), row.recorded_at)
    return found


def _passed(row: Succession) -> str:
    params = {"old": row.old.name, "new": row.new.name, "day": written(row.on), "decree": row.decree}
    if row.decree:
        return _("%(old)s thành %(new)s từ ngày %(day)s (%(decree)s)") % params
    return _("%(old)s thành %(new)s từ ngày %(day)s") % params


def ruled_fact(last: End) -> Fact | None:
    """The version in force on the second day; None before the first rule. Who saved it is in Wagtail's log."""
    rule = last.rule
    if rule is None:
        return None
    since = _("Quy định áp dụng từ ngày %s") % written(rule.effective_from) if rule.effective_from else _("Quy định")
    entry = (
        ModelLogEntry.objects.for_instance(rule.requirement)
        .filter(timestamp__gte=rule.recorded_at, timestamp__lt=rule.recorded_at + SAVED_WITHIN)
        .select_related("user")
        .order_by("timestamp")
        .first()
    )
    by = named(entry.user, _("mục Yêu cầu tập huấn")) if entry else unknown()
    return Fact(since, by, rule.recorded_at)
