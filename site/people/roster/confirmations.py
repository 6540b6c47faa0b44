"""Confirmations that a unit's roster is complete. They are facts: withdrawn by superseding, never deleted."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from people.log.audit import Act, record
from people.postings.coverage import places_of
from people.postings.posting import RosterConfirmation
from people.postings.rosters import roster_changed
from people.roster.frozen import keep, lines_of, mark_of
from people.units.unit import Unit


class ListChanged(Exception):
    """The list is another one than was shown."""


def confirm_roster(unit: Unit, by, now: datetime, shown: str | None = None) -> RosterConfirmation:
    """Creates the unit's confirmation for the day of `now` and keeps the list, or returns the one already made that day
    if the roster is still the same. `shown` is the mark of the list that was looked at (None: by the server). Raises
    ListChanged.
    """
    on = timezone.localdate(now)
    try:
        with transaction.atomic():
            lines = lines_of(unit, on)
            if shown is not None and shown != mark_of(lines):
                raise ListChanged
            earlier = RosterConfirmation.objects.current().filter(unit=unit, on=on)
            at = earlier.values_list("recorded_at", flat=True).first()
            if at and roster_changed(places_of(unit, on), on, {unit.pk: at}):
                earlier.supersede(now)
            confirmation = RosterConfirmation.objects.create(unit=unit, on=on, confirmed_by=by, recorded_at=now)
            keep(confirmation, lines)
            record(Act.CONFIRMED, by, unit=unit, on=on, at=now)
            return confirmation
    except IntegrityError:
        return RosterConfirmation.objects.current().get(unit=unit, on=on)


def take_back(confirmation: RosterConfirmation, now: datetime, by=None) -> bool:
    """Supersedes the confirmation; figures as known earlier keep it. Returns False if it was withdrawn before."""
    taken = bool(RosterConfirmation.objects.filter(pk=confirmation.pk).supersede(now))
    if taken:
        record(Act.UNCONFIRMED, by, unit=confirmation.unit_id, on=confirmation.on, at=now)
    return taken
