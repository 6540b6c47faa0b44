"""The bulletin: one black-and-white A4 that is read out, for the day the power is out. Letters of 16 pt and more."""

from collections.abc import Callable
from functools import lru_cache
from io import BytesIO
from math import ceil
from pathlib import Path

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.loudspeakers.reading_out import Reading
from campaigns.loudspeakers.slot import Slot
from campaigns.messages.message import MessagePage
from pages.contacts.contact import Contact
from printing import PrintingError, render

DESIGN = Path(__file__).parent / "designs" / "bulletin.typ"
# words a minute of a loudspeaker (campaign-kit.vi.md: 130 to 150)
PACE = 140
PLACE, UNSETTLED = "[tên thôn]", "†"
# (text, whether it is approved) of a message's script; None of one that has none beside its page
Script = tuple[str, bool]
_SCRIPTS: list[Callable[[MessagePage], Script | None]] = []


class TooLong(ValueError):
    """It fills more than one sheet, or a word hangs over."""


def knows_scripts(told: Callable[[MessagePage], Script | None]) -> None:
    """Registers the room in which scripts are approved."""
    if told not in _SCRIPTS:
        _SCRIPTS.append(told)


def said_of(message: MessagePage) -> Script:
    """What was approved for loudspeakers; else what the page has, which is a draft where a script waits for approval or
    something in it is not settled.
    """
    for told in _SCRIPTS:
        if (script := told(message)) is not None:
            return script if script[1] else (message.spoken, False)
    return message.spoken, UNSETTLED not in message.spoken


def place_of(slot: Slot) -> str:
    return slot.hamlet.name if slot.hamlet else slot.commune.name


def script_of(text: str, slot: Slot) -> str:
    """With the name of the place filled in; a sentence of which something is not settled keeps no mark on paper."""
    return text.replace(PLACE, place_of(slot)).replace(UNSETTLED, "").strip()


def seconds_of(text: str) -> int:
    """To read it aloud; as the kit counts, words are what stands between spaces."""
    return ceil(len(text.split()) * 60 / PACE)


@lru_cache(maxsize=256)
def qr(address: str) -> str:
    """An SVG; level M, and the quiet zone of four modules of ISO/IEC 18004."""
    picture = BytesIO()
    segno.make(address, error="m", micro=False).save(
        picture, kind="svg", border=4, xmldecl=False, nl=False, omitsize=True
    )
    return picture.getvalue().decode()


def bulletin_pdf(slot: Slot, reading: Reading) -> bytes:
    """Of a reading that has a page. Raises MissingLetter, TooLong."""
    assert reading.page is not None
    return drawn(bulletin_data(slot, reading.page, reading))


def bulletin_data(slot: Slot, page: MessagePage, reading: Reading) -> dict:
    said, approved = said_of(page)
    text = script_of(said, slot)
    last = min(slot.last_day, reading.last_day or slot.last_day)
    when = {"at": f"{slot.at:%H:%M}", "n": seconds_of(text), "day": f"{last:%d/%m/%Y}"}
    return {
        "title": page.heading or page.title,
        "place": place_of(slot),
        "when": _("%(at)s, đọc khoảng %(n)d giây, đến hết ngày %(day)s") % when,
        "lines": [line.strip() for line in text.splitlines() if line.strip()],
        "draft": "" if approved else _("BẢN NHÁP – CHƯA DUYỆT"),
        "numbers": numbers(),
        "number": _("Lịch số %d") % slot.pk,
        "ask": _("Phát xong, quét mã rồi bấm một lần."),
        "qr": qr(settings.BASE_URL + reverse("loudspeaker", args=[slot.token])),
        "alt": _("Mã để ghi là đã phát"),
    }


def numbers() -> list[list[str]]:
    """(number, when to call it) of those of the whole country that are confirmed; one query."""
    public = {row.dial for row in Contact.objects.provincial().public()}
    words = {"111": _("miễn phí, ngày đêm"), "113": _("đang nguy hiểm"), "115": _("cấp cứu")}
    return [[number, said] for number, said in words.items() if number in public]


def drawn(data: dict) -> bytes:
    """Raises MissingLetter, TooLong."""
    try:
        return render(DESIGN, data)
    except PrintingError as error:
        if "OVERFLOW" in str(error):
            raise TooLong from None
        raise
