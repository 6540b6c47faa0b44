"""Which communes' signed-in staff opened, printed and played an alert. Nobody is named; the public is not counted."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q

from campaigns.alerts.alert import Alert, AlertOpened
from campaigns.communes.commune import CommuneSpacePage
from campaigns.loudspeakers.slot import Play
from campaigns.renderings.sheets import SheetVersion
from people.rights.roles import RoleKind
from people.rights.scope import role_units

STAFF = frozenset({RoleKind.COMMUNE_EDITOR, RoleKind.UNIT_HEAD})


@dataclass(frozen=True)
class Row:
    space: CommuneSpacePage
    # of the version that stands; None: nobody there
    opened_at: datetime | None
    printed: int
    printed_at: datetime | None
    to_take_down: int
    played: int


def ledger(alert: Alert) -> list[Row]:
    """Every commune there is, in the order of names; four queries however many there are."""
    spaces = CommuneSpacePage.objects.filter(closed_on=None, locale__language_code="vi").select_related("unit")
    opened = dict(AlertOpened.objects.filter(alert=alert, version=alert.version).values_list("unit", "at"))
    sheets = SheetVersion.objects.filter(sheet__message=alert.message_id).order_by().values_list("sheet__unit")
    down = Q(withdrawal__isnull=False, taken_down_at=None)
    counted = sheets.annotate(n=Count("pk"), last=Max("issued_at"), down=Count("pk", filter=down))
    printed = {unit: (n, last, left) for unit, n, last, left in counted}
    plays = Play.objects.filter(message_key=alert.key).exclude(confirmed=False).order_by()
    played = dict(plays.values_list("commune").annotate(n=Count("pk")))
    rows = []
    for space in spaces.order_by("unit__name_order", "pk"):
        n, last, left = printed.get(space.unit_id, (0, None, 0))
        rows.append(Row(space, opened.get(space.unit_id), n, last, left, played.get(space.unit_id, 0)))
    return rows


def units_of_staff(user) -> set[int]:
    """The communes for which she is staff herself; a role above all of them is none of any."""
    on = role_units(user, STAFF)
    spaces = CommuneSpacePage.objects.filter(unit__in=on, closed_on=None, locale__language_code="vi")
    return set(spaces.values_list("unit", flat=True)) if on else set()


def note_opened(user, alert: Alert, now: datetime) -> None:
    """Once a commune and version."""
    rows = [AlertOpened(alert=alert, unit_id=unit, version=alert.version, at=now) for unit in units_of_staff(user)]
    AlertOpened.objects.bulk_create(rows, ignore_conflicts=True)
