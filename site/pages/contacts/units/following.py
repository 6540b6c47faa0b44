"""A unit's own numbers follow it into the unit that takes it over; a number that is there already stays."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pages.contacts.contact import Contact
from people.reforms.moved_rows import MovedRows
from people.reforms.moving import Foreseen, Handed, Moves, moves_with_unit
from people.undoing.kinds import undoes

NAMED = 5


def _fits(contacts: Sequence[Contact], to: dict[int, int]) -> set[int]:
    """One row of a number at a unit, also where two units bring the same."""
    there = set(Contact.objects.filter(unit__in=to.values()).values_list("unit", "number"))
    fitting = set()
    for contact in contacts:
        place = (to[contact.pk], contact.number)
        if place not in there:
            there.add(place)
            fitting.add(contact.pk)
    return fitting


CONTACTS = MovedRows("contact_unit", gettext_lazy("Số liên hệ"), 70, Contact, fits=_fits)
undoes(CONTACTS)


def _foresee(units: Collection[int]) -> list[Foreseen]:
    found = Contact.objects.filter(unit__in=units).order_by("order", "pk")
    return [Foreseen(_("Số liên hệ"), found.count(), tuple(str(one) for one in found[:NAMED]))]


def _move(handed: Handed, now: datetime) -> None:
    CONTACTS.move(Contact.objects.all(), handed, now)


moves_with_unit(
    Moves(
        "contacts",
        gettext_lazy("Số liên hệ"),
        20,
        _foresee,
        _move,
        left=lambda units: [f"{CONTACTS.title}: {one}" for one in CONTACTS.at(units)[:50]],
    )
)
