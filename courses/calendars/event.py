"""One entry of a calendar. Pure."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import NAMESPACE_URL, uuid5

# a calendar holds no more entries than this, the nearest first
MOST_EVENTS = 500


@dataclass(frozen=True)
class Event:
    """`starts` a day (all of it, `ends` None) or a moment; `known_by` says, within the site, always the same of the
    same thing, whatever changes about it.
    """

    known_by: str
    starts: date | datetime
    ends: datetime | None
    title: str
    words: str
    place: str
    address: str

    def uid(self, site: str) -> str:
        """Of `site`, the address of this installation; tells nothing of a person."""
        return str(uuid5(NAMESPACE_URL, f"{site}/lich/{self.known_by}"))
