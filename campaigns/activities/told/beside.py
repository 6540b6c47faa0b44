"""What the report on 30/7 tells beside the log: numbers to call, what is to be mended, translations."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from campaigns.activities.made.activity import Activity
from campaigns.activities.told.coverage import Window
from pages.contacts.contact import Contact, ContactCall

# of notes no more are listed; the log has them all
MOST_NOTES = 20
# how many translations a native speaker approved, told by the room that keeps them
TRANSLATIONS: list[Callable[[], int]] = []


@dataclass(frozen=True)
class Beside:
    """`numbers` are (number, day of the last answered call) as the public sees them today, `failed` how many calls of
    the window nobody answered rightly. `notes` None: the reader may not read them.
    """

    numbers: list[tuple[str, object]]
    failed: int
    notes: list[str] | None
    translations: int


def beside(window: Window, units: Iterable[int], *, reads_notes: bool) -> Beside:
    """Of what these units have. Three queries and those of the translations."""
    ids = list(units)
    rows = Contact.objects.public().filter(unit__in=ids).exclude(confirmed_on=None)
    calls = ContactCall.objects.filter(contact__unit__in=ids, answered=False)
    failed = calls.filter(called_on__gte=window.first, called_on__lte=window.last).count()
    notes = None
    if reads_notes:
        counted = Activity.objects.counted_at(window.at).exclude(note="")
        inside = counted.filter(on__gte=window.first, on__lte=window.last, commune__in=ids)
        notes = list(inside.order_by("on", "pk").values_list("note", flat=True)[:MOST_NOTES])
    numbers = list(rows.order_by("order", "pk").values_list("number", "confirmed_on"))
    return Beside(numbers, failed, notes, sum(count() for count in TRANSLATIONS))
