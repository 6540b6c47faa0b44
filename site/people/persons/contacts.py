"""That a person's address changed: who writes an e-mail or a telephone says so, and what guards accounts listens."""

from dataclasses import dataclass

from django.dispatch import Signal

# sent with `changes` (list of ContactChange) and `by` (None: the server or a file) in the transaction that wrote them
contacts_changed = Signal()
FIELDS = ("email", "phone")


@dataclass(frozen=True)
class ContactChange:
    """`old` holds what stood before, by field, of the fields that changed."""

    person_id: int
    old: dict[str, str | None]


def contact_change(person, initial: dict, changed: list[str]) -> ContactChange | None:
    """Of a form that changed these fields; None if none of them is an address."""
    old = {name: initial.get(name) or None for name in changed if name in FIELDS}
    return ContactChange(person.pk, old) if old else None
