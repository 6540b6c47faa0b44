"""In the queue: records that may be one person."""

from django.urls import reverse
from django.utils.translation import gettext as _

from people.merging.doubles import doubles
from people.persons.user import User
from people.rights.scope import TRAINING_KINDS
from people.roster.waiting import NAMED, Desk, Row, Waiting, waits

# the names of more people are gone through only for who opens the list
MANY = 100_000


@waits(80)
def likely_doubles(desk: Desk) -> list[Waiting]:
    if not desk.reader.holds(TRAINING_KINDS):
        return []
    address, title, act = reverse("doubles"), _("Hồ sơ có thể của cùng một người"), _("So và gộp")
    if desk.roster.reaches_all and User.objects.order_by("pk").values("pk")[MANY : MANY + 1]:
        return [Waiting(title, 1, address, (), act, address, uncounted=True)]
    pairs = doubles(desk.user)
    named = tuple(
        Row(pair.one.full_name, reverse("merge_pair", args=[pair.one.pk, pair.other.pk])) for pair in pairs[:NAMED]
    )
    return [Waiting(title, len(pairs), address, named, act, address)]
