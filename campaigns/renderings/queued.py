"""In the queue of who writes for a commune: what it printed that was withdrawn, or went stale."""

from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.communes.commune import spaces_of
from campaigns.renderings.sheets import SheetVersion
from campaigns.renderings.stale import stale_of
from people.rights.roles import RoleKind
from people.rights.scope import under
from people.roster.waiting import NAMED, Desk, Row, Waiting, waits

WRITING = {RoleKind.COMMUNE_EDITOR}


@waits(59, SheetVersion.objects.all)
def own_sheets(desk: Desk) -> list[Waiting]:
    """Five queries, none for who writes for no commune."""
    if not desk.reader.holds(WRITING):
        return []
    units = set(spaces_of(desk.user, WRITING).filter(closed_on=None).values_list("unit", flat=True))
    if not units:
        return []
    reached = set(under(units).values_list("unit", flat=True))
    down = list(SheetVersion.objects.to_take_down().filter(sheet__unit__in=reached).order_by("sheet", "number"))
    stale = [one.version for one in stale_of(reached)]
    home = reverse("prints:home")
    return [
        Waiting(_("Tờ đã rút, phải gỡ"), len(down), home, _named(down), _("Gỡ"), home),
        Waiting(_("Tờ in đã cũ"), len(stale), home, _named(stale), _("In lại"), home),
    ]


def _named(rows: list[SheetVersion]) -> tuple[Row, ...]:
    return tuple(
        Row(
            _("Tờ số %(number)s, bản %(version)s") % {"number": row.sheet_id, "version": row.number},
            reverse("prints:version", args=[row.sheet_id, row.number]),
        )
        for row in rows[:NAMED]
    )
