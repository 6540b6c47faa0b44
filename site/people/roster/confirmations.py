"""Confirmations that a unit's roster is complete. They are facts: withdrawn by superseding, never deleted."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from people.log.audit import Act, record
from people.postings.coverage import places_of
from people.postings.posting import RosterConfirmation
from people.postings.rosters import roster_changed
from people.units.unit import Unit


def confirm_roster(unit: Unit, by, now: datetime) -> RosterConfirmation:
    """Creates the unit's confirmation for the day of `now`, or returns the one already made that day if the roster is
    still the same.
    """
    on = timezone.localdate(now)
    try:
        with transaction.atomic():
            earlier = RosterConfirmation.objects.current().filter(unit=unit, on=on)
            at = earlier.values_list("recorded_at", flat=True).first()
            if at and roster_changed(places_of(unit, on), on, {unit.pk: at}):
                earlier.supersede(now)
            confirmation = RosterConfirmation.objects.create(unit=unit, on=on, confirmed_by=by, recorded_at=now)
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
