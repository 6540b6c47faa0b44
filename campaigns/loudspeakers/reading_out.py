"""What may be read out on a day: a message that is on its page, an alert until its end. What is over falls out of the
calendar, the bulletin and packages, and is named with the word that says so.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from campaigns.loudspeakers.slot import Slot
from campaigns.messages.message import MessagePage

# of those that have an end: (last day, "đã rút" or "đã hết hạn" once it is over, else "")
Ends = Mapping[UUID, tuple[date | None, str]]
_ENDS: list[Callable[[Collection[UUID]], Ends]] = []


def knows_ends(told: Callable[[Collection[UUID]], Ends]) -> None:
    """Registers a room whose messages have an end; one query however many keys there are."""
    if told not in _ENDS:
        _ENDS.append(told)


@dataclass(frozen=True)
class Reading:
    """`last_day` None: no end was set; `over` is why it is read no more, "" while it is."""

    title: str
    page: MessagePage | None = None
    last_day: date | None = None
    over: str = ""

    def is_read_on(self, day: date) -> bool:
        return not self.over and (self.last_day is None or day <= self.last_day)

    def why_not_on(self, day: date) -> str:
        """In two or three words; "" where it is read on this day."""
        return "" if self.is_read_on(day) else self.over or _("đã hết hạn")


def readings(keys: Iterable[UUID]) -> dict[UUID, Reading]:
    """Of the Vietnamese pages of these messages, each key in it; two queries."""
    wanted = set(keys)
    pages = MessagePage.objects.filter(translation_key__in=wanted, locale__language_code="vi")
    by_key = {page.translation_key: page for page in pages} if wanted else {}
    ends: dict[UUID, tuple[date | None, str]] = {}
    for told in _ENDS if wanted else ():
        ends.update(told(wanted))
    return {key: _reading(by_key.get(key), *ends.get(key, (None, ""))) for key in wanted}


def _reading(page: MessagePage | None, last_day: date | None, over: str) -> Reading:
    if page is None:
        return Reading(_("Bài đã xóa"), over=_("đã xóa"))
    return Reading(page.title, page, last_day, over or ("" if page.live else _("đã rút")))


def calendar_of(slots: Iterable[Slot], said: Mapping[UUID, Reading], days: list[date]) -> list[tuple[date, list[Slot]]]:
    """Each day with what is read on it, in the order of the clock."""
    listed = sorted(slots, key=lambda slot: (slot.at, slot.pk or 0))
    return [
        (day, [slot for slot in listed if slot.is_on(day) and said[slot.message_key].is_read_on(day)]) for day in days
    ]
