"""Hamlets, from a list that each commune keeps. A hamlet and a number of people are never shown together."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from people.free_text import FreeLine
from people.units.unit import Unit

LONGEST = 80


class Hamlet(models.Model):
    commune = models.ForeignKey(Unit, models.PROTECT, related_name="hamlets")
    name = FreeLine(_("tên thôn"), max_length=LONGEST)
    # ended: offered no more; activities keep it
    ended = models.BooleanField(default=False)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint("commune", Lower("name"), name="hamlet_named_once")]

    def __str__(self):
        return self.name
