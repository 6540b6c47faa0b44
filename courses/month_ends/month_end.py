"""What is published of a month's last day, for readers who may not see names: written once, never changed."""

from django.db import models
from django.db.models import Q

from courses.requirements.requirement import Requirement
from people.units.unit import Unit


class MonthEnd(models.Model):
    """What is told of a unit and those below, on that day's own map; `direct`: of those at the unit itself.

    What is not told (`courses.month_ends.suppression`) is not in here: `figures` of a closed one is NULL.
    """

    requirement = models.ForeignKey(Requirement, models.CASCADE, related_name="month_ends", db_index=False)
    day = models.DateField()
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+", db_index=False)
    direct = models.BooleanField(default=False)
    # the unit above on that day, itself where `direct`; NULL: the top of the map
    parent = models.ForeignKey(Unit, models.CASCADE, null=True, related_name="+", db_index=False)
    name = models.CharField(max_length=200)
    closed = models.BooleanField(default=False)
    # fewer than five; and closed for the rest of the year. Rules for later month ends, shown to nobody
    small = models.BooleanField(default=False)
    kept = models.BooleanField(default=False)
    # whether everybody may read of it: of a commune False withholds it for the rest of the year, of the top True tells
    # the sum; NULL: nobody asked (other units, and what was published before there was a page for everybody)
    public = models.BooleanField(null=True)
    # required, completed (NULL: not told), unconfirmed_units; the other keys of a figure where nothing below is hidden
    figures = models.JSONField(null=True)
    # of the children that are not told one by one: units, required, completed, unconfirmed_units; NULL: there are none
    line = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["requirement", "day", "unit", "direct"], name="month_end_once"),
            models.CheckConstraint(
                condition=Q(closed=True, figures__isnull=True, line__isnull=True)
                | Q(closed=False, figures__isnull=False),
                name="month_end_closed_tells_nothing",
            ),
            models.CheckConstraint(
                condition=Q(public=None) | Q(public=False) | Q(closed=False), name="month_end_public_is_told"
            ),
        ]
        indexes = [
            models.Index(fields=["requirement", "day", "parent"], name="month_end_of_children"),
            models.Index(fields=["requirement", "unit", "day"], name="month_end_of_a_unit"),
        ]
