"""Collections by owner: each unit has its own, and the province shares one that all may use.

Wagtail's rights on a collection also hold for the collections below it, so the shared one stands beside the units',
never above them.
"""

from collections.abc import Iterable

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection

from people.units.unit import Unit

SHARED = "Dùng chung của tỉnh"
UNITS = "Xã, phường"


class UnitCollection(models.Model):
    """A unit that goes on under another row keeps its collection: `unit` then moves to the new row."""

    unit = models.OneToOneField(Unit, models.PROTECT, related_name="file_collection", verbose_name=_("đơn vị"))
    collection = models.OneToOneField(Collection, models.CASCADE, related_name="holder", verbose_name=_("bộ sưu tập"))

    def __str__(self):
        return str(self.collection)


def shared_collection() -> Collection | None:
    """The collection that every commune may use; None before the communes are set up."""
    return Collection.objects.filter(name=SHARED, depth=2).first()


def make_shared_collection() -> Collection:
    return shared_collection() or Collection.get_first_root_node().add_child(name=SHARED)


def make_collections(units: Iterable[Unit]) -> int:
    """Creates a collection for each unit that has none; returns how many it created."""
    with_collection = set(UnitCollection.objects.values_list("unit", flat=True))
    missing = [unit for unit in units if unit.pk not in with_collection]
    if missing:
        root = Collection.get_first_root_node()
        above = root.get_children().filter(name=UNITS).first() or root.add_child(name=UNITS)
        put_in_order(above)
        for unit in missing:
            UnitCollection.objects.create(unit=unit, collection=above.add_child(name=unit.name))
    return len(missing)


@transaction.atomic
def put_in_order(above: Collection) -> None:
    """Puts the collections below, which have none below them, in the order of their names: a unit that was renamed
    renamed its own, and treebeard adds to no list that is out of order.
    """
    children = list(above.get_children().order_by("name", "path"))
    paths = sorted(child.path for child in children)
    if [child.path for child in children] == paths or any(child.numchild for child in children):
        return
    # behind every number that treebeard gives
    aside = [f"{above.path}Z{number:0{Collection.steplen - 1}}" for number in range(len(paths))]
    # a path is borne once, so that all step aside first
    for places in (aside, paths):
        for child, path in zip(children, places, strict=True):
            Collection.objects.filter(pk=child.pk).update(path=path)


def collections_of(units) -> set[int]:
    """Ids of the collections of these units (ids, a list or a query)."""
    return set(UnitCollection.objects.filter(unit__in=units).values_list("collection", flat=True))
