"""What a master is given of a message, a place and a contact, and whether the outcome may be printed as it is."""

import hashlib
import json
import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from campaigns.communes.commune import CommuneSpacePage
from campaigns.messages.message import MessagePage
from campaigns.renderings.formats import IN_LINES, Format, PictureSize
from campaigns.renderings.texts.languages import (
    SCENE,
    VIETNAMESE,
    Spoken,
    lacking,
    lacking_in,
    paths_of,
    text_path,
    title_path,
)
from campaigns.renderings.texts.own_words import OwnWords, printed_contact
from campaigns.renderings.texts.passages import Passage
from campaigns.renderings.texts.sentences import (
    ABROAD,
    PLACE,
    lines,
    placed,
    sentences,
    syllables,
    with_number_abroad,
    without_opening,
)
from media import scenes
from pages.contacts.contact import Contact
from pages.sharing.views import code_of

# raised when a design changes what is on it: every sheet becomes a new version when it is next printed
DESIGN_NUMBER = 1
# Typst paints var() black (design/scenes/README.md)
_TOKEN = re.compile(r"var\(--s-[a-z]+,(#[0-9a-f]+)\)")


class Unprintable(ValueError):
    """One Vietnamese sentence that says why this cannot be printed."""


@dataclass(frozen=True)
class Source:
    """A message with all that is read of it once, however many sheets are made: passages, scene, national numbers."""

    message: MessagePage
    passages: dict[str, Passage]
    scene: str
    # as they are confirmed, by number; of those that are public
    national: dict[str, Contact]
    # the number for citizens abroad, "" where none is confirmed
    abroad: str = ""


@dataclass(frozen=True)
class Order:
    """One sheet to be made. `space` None is the province's own; `contact` None leaves dots for a pen."""

    source: Source
    format: Format
    space: CommuneSpacePage | None = None
    audience: str = ""
    contact: Contact | None = None
    words: OwnWords = field(default_factory=OwnWords)
    # None: Vietnamese
    spoken: Spoken | None = None

    @property
    def language(self) -> str:
        return self.spoken.language if self.spoken else "vi"

    @property
    def wording(self) -> dict[str, str]:
        """What the design says itself."""
        return self.spoken.words if self.spoken else VIETNAMESE

    @property
    def slots(self) -> tuple[str, ...]:
        return (*self.format.slots, f"audience.{self.audience}") if self.audience else self.format.slots


@dataclass(frozen=True)
class Composed:
    """`mark` is a hash of all that a reader sees but number and day. `unapproved` are slots."""

    order: Order
    data: dict[str, Any]
    mark: str
    unapproved: tuple[str, ...]

    @property
    def is_draft(self) -> bool:
        return bool(self.unapproved)

    @property
    def is_trial(self) -> bool:
        return not self.is_draft and not self.order.words.approved

    @property
    def may_be_issued(self) -> bool:
        return not self.is_draft and self.order.words.approved


def composed(order: Order) -> Composed:
    """Raises Unprintable where a text, its translation or the national number is missing, or the commune's words hold
    a number.
    """
    source, words = order.source, order.wording
    if missing := lacking(source.passages, order.slots):
        raise Unprintable(_("Chưa có lời cho: %s.") % ", ".join(_label(source, slot) for slot in missing))
    if wanting := untranslated(order):
        raise Unprintable(_("Tiếng này còn thiếu câu đã duyệt: %s") % " · ".join(f"“{one}”" for one in wanting))
    if fault := order.words.fault:
        raise Unprintable(fault)
    unapproved = tuple(slot for slot in order.slots if not source.passages[slot].is_approved)
    data = {
        # Typst takes the language alone, without what follows it in a tag
        "lang": order.language.partition("-")[0],
        "format": order.format.key,
        "a3": order.format.key == "a3",
        "title": _title(order),
        "texts": _texts(order),
        "hotline": _hotline(source, words),
        "place": order.space.title if order.space else "",
        "when": order.words.when if order.spoken is None else order.words.in_figures,
        "contact": printed_contact(order.contact, order.language) if order.contact else None,
        "scene": drawn(source.scene),
        "scene_alt": _scene_alt(order),
        "scripts": _scripts(order, words),
        "words": words,
    }
    mark = hashlib.sha256(json.dumps([DESIGN_NUMBER, data], ensure_ascii=False, sort_keys=True).encode()).hexdigest()
    return Composed(order, data, mark[:40], unapproved)


def untranslated(order: Order) -> list[str]:
    """The Vietnamese sentences of the sheet that its language lacks; [] for Vietnamese."""
    if order.spoken is None:
        return []
    passages = order.source.passages
    paths = paths_of(passages, order.slots, order.format.design, order.source.scene)
    return lacking_in(order.spoken, passages, paths)


def numbered(whole: Composed, number: int, version: int, day: date, *, bleed: bool = False) -> dict[str, Any]:
    """For the master, with number, version and the code that leads to them."""
    address = address_of(number, version)
    words = whole.order.wording
    foot = words["sheet"].format(number=number, version=version, month=f"{day:%m/%Y}")
    return {**_finished(whole, address, bleed), "stamp": "", "foot": f"{foot} · {address.partition('//')[2]}"}


def unnumbered(whole: Composed, day: date, *, bleed: bool = False) -> dict[str, Any]:
    """A draft or a trial, stamped across; what could be issued too, for a look before it has a number."""
    words = whole.order.wording
    stamp = words["unapproved"] if whole.is_draft else words["trial"] if whole.is_trial else ""
    finished = _finished(whole, whole.order.source.message.address, bleed)
    return {**finished, "stamp": stamp, "foot": words["draft"].format(month=f"{day:%m/%Y}")}


def _finished(whole: Composed, address: str, bleed: bool) -> dict[str, Any]:
    return {**whole.data, "address": address, "qr": code_of(address).decode(), "bleed": 3 if bleed else 0}


def address_of(number: int, version: int) -> str:
    """What stands on paper, so it never changes (`campaigns.renderings.public_urls`)."""
    return f"{settings.BASE_URL}/to/{number}/{version}/"


def picture_data(source: Source, slot: str, size: PictureSize, day: date) -> dict[str, Any]:
    """Of a picture to post, stamped where its words are not approved. Raises Unprintable."""
    if lacking(source.passages, [slot]):
        raise Unprintable(_("Chưa có lời cho: %s.") % _label(source, slot))
    passage, words = source.passages[slot], VIETNAMESE
    return {
        "lang": "vi",
        "format": size.key,
        "title": passage.text,
        "texts": {slot: {"title": "", "text": passage.text, "lines": sentences(passage.text)}},
        "hotline": _hotline(source, words),
        "scene": drawn(source.scene),
        "scene_alt": str(scenes.SCENES[source.scene]) if source.scene else "",
        "words": words,
        "contact": None,
        "slot": slot,
        "width": size.width,
        "height": size.height,
        "bleed": 0,
        "qr": "",
        "stamp": "" if passage.is_approved else words["unapproved"],
        "foot": source.message.address.partition("//")[2],
    }


def drawn(scene: str) -> str:
    """The scene with its light colours; "" for none."""
    return _TOKEN.sub(r"\1", scenes.svg(scene)) if scene else ""


def _texts(order: Order) -> dict[str, dict]:
    texts = {}
    for slot in order.slots:
        title, begins = _in_vietnamese(order, slot) if order.spoken is None else _translated(order, slot)
        name = "audience" if slot.startswith("audience.") else slot
        texts[name] = {"title": title, "text": " ".join(begins), "lines": begins}
    return texts


def _in_vietnamese(order: Order, slot: str) -> tuple[str, list[str]]:
    """(title, lines)."""
    source, place = order.source, order.space.title if order.space else "thôn mình"
    passage = source.passages[slot]
    text = placed(with_number_abroad(passage.text, source.abroad), place)
    if slot == "leaflet.1":
        # the cover bears the title of the message instead of the name of the face
        return "", sentences(without_opening(text, source.passages["poster.title"].text))
    return passage.title, lines(text) if slot in IN_LINES else sentences(text)


def _translated(order: Order, slot: str) -> tuple[str, list[str]]:
    """(title, lines): a line is a sentence as it was approved."""
    spoken, source = order.spoken, order.source
    assert spoken is not None
    said = [
        one.replace(ABROAD, source.abroad) for one in spoken.said[text_path(slot)] if source.abroad or ABROAD not in one
    ]
    if order.space is not None:
        said = [placed(one, order.space.title) for one in said]
    elif any(PLACE in one for one in said):
        raise Unprintable(_("Lời này nói tên thôn, nên bản của tỉnh chỉ có tiếng Việt; in ở trang của xã."))
    if slot == "leaflet.1":
        # the cover has the title already
        return "", [one for one in said if one not in spoken.said.get(text_path("poster.title"), ())]
    return spoken.text(title_path(slot)), said


def _title(order: Order) -> str:
    """Of the file."""
    if order.spoken is not None:
        return order.spoken.text(text_path(order.slots[0]))
    title = order.source.passages.get("poster.title")
    return title.text if title else order.source.message.title


def _scene_alt(order: Order) -> str:
    scene = order.source.scene
    if not scene:
        return ""
    return order.spoken.text(SCENE) if order.spoken else str(scenes.SCENES[scene])


def _hotline(source: Source, words: dict[str, str]) -> dict[str, Any]:
    if "111" not in source.national:
        raise Unprintable(_("Số 111 chưa có trong số liên hệ của tỉnh, nên chưa in được tờ nào."))

    def line(number: str, said: str):
        return [words[said], number, ""] if number in source.national else None

    return {
        "number": "111",
        "free": words["free"],
        "anonymous": words["anonymous"],
        "danger": line("113", "danger"),
        "emergency": line("115", "emergency"),
    }


def _scripts(order: Order, words: dict[str, str]) -> list[dict[str, str]]:
    found = []
    for slot in order.slots:
        if slot.startswith("loud."):
            count = syllables(order.source.passages[slot].text)
            # how long another language takes nobody has measured
            reading = words["reading"].format(syllables=count, seconds=slot.removeprefix("loud."))
            found.append({"slot": slot, "head": words[slot], "reading": reading})
        elif slot.startswith("audience.") and order.format.design == "loud":
            passage = order.source.passages[slot]
            count = syllables(passage.text)
            # the pace of the kit: 130 to 150 syllables a minute
            reading = words["reading"].format(syllables=count, seconds=max(5, round(count / 140 * 12) * 5))
            head = order.spoken.text(title_path(slot)) if order.spoken else passage.title
            found.append({"slot": "audience", "head": head, "reading": reading})
    return found


def _label(source: Source, slot: str) -> str:
    passage = source.passages.get(slot)
    return passage.label if passage else Passage(slot=slot).label
