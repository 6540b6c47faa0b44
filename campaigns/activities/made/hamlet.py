"""Hamlets, from a list that each commune keeps. A hamlet and a number of people are never shown together."""

import re

from django.db import models
from django.db.models import Case, IntegerField, QuerySet, When
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from letters.order import text_order
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


def in_order(rows: QuerySet[Hamlet]) -> QuerySet[Hamlet]:
    """As people list them: "Thôn 2" before "Thôn 10", "Đ" behind "D". A commune has a few dozen; one query."""
    named = sorted(rows.order_by().values_list("pk", "name"), key=lambda row: (_as_listed(row[1]), row[0]))
    places = [When(pk=pk, then=place) for place, (pk, _name) in enumerate(named)]
    return rows.order_by(Case(*places, output_field=IntegerField()), "pk") if places else rows


def _as_listed(name: str) -> str:
    """A number is as many signs long as every other."""
    return text_order(re.sub(r"\d+", lambda number: f"{number[0]:0>9}"[-9:], name))
