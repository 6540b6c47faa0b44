"""What became of a unit, and the closure `Reach` in which it is already worked out."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.records import Record
from people.units import Unit


class Succession(Record):
    """`new` takes over from `old` on day `on`. One old with several new is a split; the heir gets its postings."""

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
    """On each day of the inclusive span, what belongs to `unit` counts under `ancestor`, `depth` levels up.

    Depth 0 is where it counts directly: the unit itself, its successor, or, after a split without heir, the nearest
    common ancestor of the parts (`undivided`). Derived; rebuilt from units and successions, never edited.
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
