"""In the queue: records that may be one person."""

from django.urls import reverse
from django.utils.translation import gettext as _

from people.merging.doubles import doubles
from people.rights.scope import TRAINING_KINDS
from people.roster.waiting import NAMED, Desk, Row, Waiting, waits


@waits(80)
def likely_doubles(desk: Desk) -> list[Waiting]:
    if not desk.reader.holds(TRAINING_KINDS):
        return []
    pairs = doubles(desk.user)
    named = tuple(
        Row(pair.one.full_name, reverse("merge_pair", args=[pair.one.pk, pair.other.pk])) for pair in pairs[:NAMED]
    )
    return [Waiting(_("Hồ sơ có thể của cùng một người"), len(pairs), reverse("doubles"), named)]
