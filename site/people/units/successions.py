"""Successions of units, and the closure `Reach` in which they are already composed."""

from collections import defaultdict
from datetime import date

from django.db import models, transaction
from django.db.models import F, Q
from django.dispatch import Signal
from django.utils.translation import gettext_lazy as _

from people.times import Record, known_until
from people.units.reach import Handover, Map, Span
from people.units.unit import Unit, UnitVersion

# units in one transaction; a whole reform fits, and the write lock is held well under a second
BATCH = 1000

# sent with `since`, the first day on which a unit may count elsewhere than before, in the transaction that changes it
reach_changed = Signal()


class Succession(Record):
    """`new` takes over from `old` on day `on`. One old unit with several new ones is a split; the heir gets its
    postings.
    """

    old = models.ForeignKey(Unit, models.PROTECT, related_name="successions")
    new = models.ForeignKey(Unit, models.PROTECT, related_name="predecessions")
    heir = models.BooleanField(_("thừa kế"), default=False)
    decree = models.CharField(_("quyết định"), max_length=200, blank=True)
    on = models.DateField(_("ngày"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["old", "new", "on"], condition=Q(superseded_at=None), name="succession_once"
            ),
            models.UniqueConstraint(
                fields=["old", "on"], condition=Q(superseded_at=None, heir=True), name="succession_one_heir"
            ),
            models.CheckConstraint(condition=~Q(old=F("new")), name="succession_not_itself"),
        ]


class Reach(models.Model):
    """On each day of the inclusive span `unit` counts under `ancestor`, `depth` levels up.

    Depth 0 is where it counts directly: the unit itself, its successor, or, after a split without heir, the nearest
    common ancestor of the parts (`undivided`). The table is derived: rebuilt from units and successions, never edited.
    """

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="reaches")
    ancestor = models.ForeignKey(Unit, models.CASCADE, related_name="reached_by")
    depth = models.PositiveSmallIntegerField()
    start = models.DateField()
    # NULL: open
    end = models.DateField(null=True)
    undivided = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "depth", "start"], name="reach_one_ancestor_a_level")]
        indexes = [models.Index(fields=["ancestor", "start", "end"], name="reach_by_ancestor")]


def reach_known_on(day: date | None) -> Map:
    """The closure as it was believed at the end of `day`, worked out in memory; None means as believed now.

    `.paths_on(geography)` gives {unit id: Stretch}: its `path` holds unit ids from where the unit counts (depth 0)
    up to the root, as the rows of `Reach` do. Units not yet recorded on `day` are missing. Raises ReachCycle.
    """
    versions = UnitVersion.objects.known_on(day).order_by("unit_id")
    spans = versions.values_list("unit_id", "unit__code", "name", "parent_id", "unit__valid_from", "valid_to")
    handovers = Succession.objects.known_on(day).order_by("pk").values_list("old_id", "new_id", "on", "heir")
    return Map((Span(*values) for values in spans), (Handover(*values) for values in handovers))


def map_changed_since(day: date) -> bool:
    """Whether anything was recorded after `day`, or a moment, that makes `Reach` and `reach_known_on(day)` differ."""
    limit = known_until(day)
    later = Q(recorded_at__gte=limit) | Q(superseded_at__gte=limit)
    return UnitVersion.objects.filter(later).exists() or Succession.objects.filter(later).exists()


def current_map() -> Map:
    """The map as believed now, from the rows of units and successions."""
    spans = Unit.objects.order_by("pk").values_list("pk", "code", "name", "parent_id", "valid_from", "valid_to")
    handovers = Succession.objects.current().order_by("pk").values_list("old_id", "new_id", "on", "heir")
    return Map((Span(*values) for values in spans), (Handover(*values) for values in handovers))


def rebuild_reach() -> int:
    """Brings `Reach` up to date and returns how many units changed. Raises ReachCycle and then changes nothing."""
    wanted, present = defaultdict(set), defaultdict(set)
    for row in current_map().rows():
        wanted[row.unit].add(row)
    columns = ("unit_id", "ancestor_id", "depth", "start", "end", "undivided")
    for values in Reach.objects.values_list(*columns):
        present[values[0]].add(values)
    changed = [unit for unit in wanted.keys() | present.keys() if wanted[unit] != present[unit]]
    for first in range(0, len(changed), BATCH):
        batch = changed[first : first + BATCH]
        rows = [Reach(**dict(zip(columns, row, strict=True))) for unit in batch for row in wanted[unit]]
        with transaction.atomic():
            Reach.objects.filter(unit_id__in=batch).delete()
            Reach.objects.bulk_create(rows, batch_size=1000)
            since = min(row[3] for unit in batch for row in wanted[unit] ^ present[unit])
            reach_changed.send(sender=Reach, since=since)
    return len(changed)
