"""What an alert says, and what its page, leaflet, cards and loudspeaker make of it. Pure but for the numbers that
contacts have and the names of units.
"""

import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.translation import gettext as _

from campaigns.renderings.texts.sentences import PLACE, sentences, syllables
from letters.identifying import days_of_somebody, hamlets_in, people_in
from pages.contacts.typed_numbers import sentence as of_number
from pages.contacts.typed_numbers import unconfirmed
from people import free_text
from people.units.unit import Unit

# an alert is about what happens now; a longer one is a message
MOST_DAYS, USUAL_DAYS = 180, 30
# so long it is marked "mới"
NEW_DAYS = 7
MOST_SIGNS = 5
# of a card of 90 × 54 mm
LONGEST_ON_CARD = 90
FIELDS = ("title", "how", "signs", "act", "spoken")

# what every alert ends with, from the starter kit
CALL = "Gọi 111: miễn phí, ngày đêm, được quyền không nói tên."
TELL = (
    "Thấy chưa yên thì dừng lại, chưa đi, chưa chuyển tiền. Báo gia đình, UBND xã, Công an xã, Đồn Biên phòng gần "
    "nhất. Gọi 111: miễn phí, ngày đêm. Đang nguy hiểm: gọi 113. Cần cấp cứu: gọi 115."
)
RETURNED = (
    "Người trở về, ta thương, không chê. Không hỏi dò, không kể lại, không đăng ảnh. Cần giúp: đến UBND xã hoặc gọi "
    "111. Số trực của xã: {số trực}"
)
REMEMBER = "Ai cũng có thể bị lừa. Lỗi thuộc về kẻ lừa gạt."
CLOSING = "Thấy chưa yên, hãy dừng lại và gọi một một một, miễn phí, ngày đêm."


@dataclass(frozen=True)
class Words:
    """`signs` is a line each; `spoken` "" leaves the loudspeaker what is made of the rest."""

    title: str
    how: str
    signs: str
    act: str
    spoken: str = ""

    @property
    def sign_lines(self) -> list[str]:
        return [line.strip() for line in self.signs.splitlines() if line.strip()]


def faults(words: Words) -> dict[str, list[str]]:
    """By field, why it may not be said: what tells a case (no reason lets it through here), a number that no contact
    has. {} where all is well.
    """
    found: dict[str, list[str]] = {}
    for name in FIELDS:
        text = getattr(words, name)
        if said := told(text) or [of_number(number) for number in unconfirmed([text])]:
            found[name] = said
    if len(words.sign_lines) > MOST_SIGNS:
        found.setdefault("signs", []).append(_("Nhiều nhất %d dấu hiệu, mỗi dòng một dấu hiệu.") % MOST_SIGNS)
    return found


def told(text: str) -> list[str]:
    """What in a text could tell a case, a sentence each."""
    said = list(free_text.refusals(text))
    if doubtful := dict.fromkeys(one.sign for one in free_text.signs_of(text) if not one.is_certain):
        names = free_text.names_of(doubtful)
        said.append(_("Câu này có thể nói ra một vụ việc: %s. Viết lại, chỉ nói cách chúng làm.") % names)
    return said or _who_and_where(unicodedata.normalize("NFC", text))


def _who_and_where(text: str) -> list[str]:
    """An alert is read by everybody: whoever is named, a hamlet, and a day with one person on it tell a case by
    themselves. What a unit is called is nobody's name.
    """
    said = []
    if names := _not_of_units(people_in(text)):
        said.append(_("Cảnh báo không nêu ai: bỏ %s.") % _quoted(names))
    if hamlets := hamlets_in(text):
        said.append(_("Cảnh báo không nêu thôn nào: bỏ %s.") % _quoted(hamlets))
    if days := days_of_somebody(text):
        said.append(
            _("Ngày %s cùng một người là nói ra một vụ việc. Viết lại, chỉ nói cách chúng làm.") % ", ".join(days)
        )
    return said


def _quoted(names: list[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)


def _not_of_units(names: list[str]) -> list[str]:
    if not names:
        return []
    ends = reduce(or_, (Q(name__iendswith=f" {name}") for name in names))
    units = [name.lower() for name in Unit.objects.filter(ends).values_list("name", flat=True)]
    return [name for name in names if not any(unit.endswith(f" {name.lower()}") for unit in units)]


def spoken_of(words: Words) -> str:
    """What is read out in half a minute."""
    if words.spoken.strip():
        return words.spoken.strip()
    return " ".join(["Bà con ơi!", _ended(words.title), sentences(words.how)[0], _ended(words.act), CLOSING])


def spoken_long(words: Words) -> str:
    signs = "; ".join(line.rstrip(".;") for line in words.sign_lines)
    told = [_ended(words.title), words.how, f"Dấu hiệu: {signs}.", words.act]
    return " ".join([f"Kính chào bà con {PLACE}. Tỉnh có lời cảnh báo.", *told, CLOSING, "Xin nhắc lại:", words.title])


def _ended(text: str) -> str:
    return text if text.rstrip()[-1:] in ".?!" else f"{text.rstrip()}."


def page_fields(words: Words) -> dict[str, str]:
    """Of the page. The summary is what somebody may read over a shoulder."""
    return {
        "title": words.title,
        "heading": words.title,
        "subject": "Cảnh báo của tỉnh",
        "summary": "Tin của tỉnh: điều cần biết và việc nên làm.",
        "said": "\n".join(words.sign_lines),
        "truth": words.how,
        "act_heading": "Nên làm",
        "act": words.act,
        "remember": REMEMBER,
        "spoken": spoken_of(words),
    }


def passages(words: Words, ends_on: date) -> dict[str, tuple[str, str]]:
    """(title, text) by slot: leaflet, cards, loudspeaker, the sentence to share. No poster: an alert is over soon."""
    act = sentences(words.act)[0]
    until = f"Cảnh báo của tỉnh, có giá trị đến hết ngày {ends_on:%d/%m/%Y}."
    return {
        "poster.title": ("", words.title),
        "leaflet.1": ("", f"{_ended(words.title)} {until} {CALL}"),
        "leaflet.2": ("Chúng làm thế nào", words.how),
        "leaflet.3": ("Dấu hiệu", " ".join(_ended(line) for line in words.sign_lines)),
        "leaflet.4": ("Nên làm", words.act),
        "leaflet.5": ("Báo và gọi", TELL),
        "leaflet.6": ("Người trở về", RETURNED),
        "card.1": ("", words.title),
        "card.2": ("", act if len(act) <= LONGEST_ON_CARD else "Thấy chưa yên thì dừng lại, hỏi người mình tin."),
        "card.3": ("", "Chưa yên thì dừng lại. Gọi 111: miễn phí, ngày đêm."),
        "share": ("", f"{_ended(words.title)} {act} {CALL}"),
        "loud.30": ("", spoken_of(words)),
        "loud.60": ("", spoken_long(words)),
    }


def seconds_to_read(text: str) -> int:
    """Slowly, as loudspeakers are: 140 syllables a minute (starter kit)."""
    return max(5, round(syllables(text) * 60 / 140))
