"""The open slots of a commune's sheet, place and day of a gathering: those of the message that it took, as they were
approved by its reviewer, or as they stand in her draft. A number to call is never one of them.
"""

import re
from dataclasses import dataclass
from datetime import date, time

from django.utils.translation import gettext as _

from campaigns.communes.commune import CommuneSpacePage
from campaigns.communes.taken_messages import CommuneMessagePage
from pages.contacts.contact import Contact
from pages.contacts.typed_numbers import numbers_in
from people import free_text

# as a sheet in Vietnamese has them, whoever prints it
_FIGURES = re.compile(r"[\d\s:.,/h–-]*")
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


@dataclass(frozen=True)
class OwnWords:
    """`approved`: the commune's reviewer decided on them; of none there is nothing to decide."""

    place: str = ""
    on: date | None = None
    at: time | None = None
    approved: bool = True

    @property
    def when(self) -> str:
        """ "Thứ Năm 30/07/2026 lúc 19:00, nhà văn hóa" as it is printed; "" for none."""
        if self.on is None:
            return self.place
        day = f"{WEEKDAYS[self.on.weekday()]} {self.on:%d/%m/%Y}"
        hour = f" lúc {self.at:%H:%M}" if self.at else ""
        return f"{day}{hour}, {self.place}" if self.place else f"{day}{hour}"

    @property
    def in_figures(self) -> str:
        """The same for a sheet in another language: no Vietnamese word but the name of the place."""
        day = f"{self.on:%d/%m/%Y}" if self.on else ""
        hour = f"{self.at:%H:%M}" if self.on and self.at else ""
        return " · ".join(part for part in (day, hour, self.place) if part)

    @property
    def fault(self) -> str:
        """Why they are not printed, in one sentence."""
        if next(numbers_in(self.place), "") or free_text.certain(self.place):
            return _("Trong địa điểm có số điện thoại. Bỏ số đi; số để gọi chọn trong các số liên hệ đã gọi thử.")
        return ""

    def is_past_on(self, day: date) -> bool:
        return self.on is not None and self.on < day


NONE = OwnWords()


def printed_contact(contact: Contact, language: str = "vi") -> dict[str, str]:
    """As it stands on a sheet. In another language than Vietnamese its Vietnamese name and words are left out."""
    if language == "vi":
        return {"name": contact.name, "number": contact.number, "hours": contact.hours}
    hours = contact.hours if _FIGURES.fullmatch(contact.hours) else ""
    return {"name": "", "number": contact.number, "hours": hours}


def _of(page: CommuneMessagePage, approved: bool) -> OwnWords:
    words = OwnWords(" ".join(page.place.split()), page.on, page.at, approved)
    return words if words.when else NONE


def own_words(space: CommuneSpacePage, message, day: date) -> tuple[OwnWords, OwnWords]:
    """(approved, as written last), each without a day that is past; three queries at most."""
    page = CommuneMessagePage.objects.child_of(space).filter(message=message).first()
    if page is None:
        return NONE, NONE
    approved = _of(page, True) if page.live else NONE
    draft = page.get_latest_revision_as_object() if page.has_unpublished_changes or not page.live else None
    written = _of(draft, False) if draft is not None else approved
    if (written.place, written.on, written.at) == (approved.place, approved.on, approved.at):
        written = approved
    return _coming(approved, day), _coming(written, day)


def _coming(words: OwnWords, day: date) -> OwnWords:
    return NONE if words.is_past_on(day) else words
