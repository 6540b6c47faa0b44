"""Numbers of the whole country inside words: a frightened person who reads "113" dials it, whatever stands around.

Digits count however they are written: full width, in another script, in squares, or set apart ("1 1 1", "1.1.3").
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from pages.contacts.dialling import NATIONAL_NUMBERS, bare, is_national

# what is read to the public, and holds words; `number` is judged as a whole
WORDS = ("name", "when", "hours", "cost", "country")
# all three digits apart, or none: "11.5" is a day
_ONE = "|".join([*NATIONAL_NUMBERS, *(r"[ .\-_]".join(number) for number in NATIONAL_NUMBERS)])
_NUMBER = re.compile(rf"(?<![\d+])(?<!\d[ .\-_])(?P<first>{_ONE})(?:[ .\-/]+(?:{_ONE}))*(?![ .\-_]?\d)")
# a house or a road: the words before it, or a road's after it
_PLACES = "số nhà|nhà số|đường|phố|kiệt|hẻm|ngõ|ngách|quốc lộ|tỉnh lộ|thôn|tổ|phòng"
_BEFORE = re.compile(rf"(?:{_PLACES})\s+(?:số\s+)?$", re.I)
_AFTER = re.compile(r"^(?:/\d+)*\s+(?:đường|phố|quốc lộ)\b", re.I)
# "111 Lê Lợi", where an address begins: a name of a street, and none of who answers a telephone
_ADDRESS_BEGINS = re.compile(r"(?:^|[,;:(–—]|\b(?:tại|ở|địa chỉ))\s*$", re.I)
_STREET = re.compile(r"^(?:/\d+)*\s+(?P<name>(?:[^\W\d_]+\s+)[^\W\d_]+)")
_ANSWERS = re.compile(
    r"công an|cấp cứu|cứu |cảnh sát|tổng đài|đường dây|bộ đội|biên phòng|phòng |trung tâm|trạm|hotline|ủy ban|uỷ ban|"
    r"ubnd|bệnh viện|y tế|quốc gia|toàn quốc|miễn phí|trẻ em|bảo vệ|khẩn|gọi|việt nam|hội |đồn |ban |bộ |sở ",
    re.I,
)
# marks that no telephone has keys for: a keycap's square, variation selectors, joiners, soft hyphens
_UNSEEN = re.compile("[\u20e3\ufe00-\ufe0f\u200b-\u200f\u2060\u00ad\ufeff]")


def plain(text: str) -> str:
    """With the ten digits of a telephone and plain spaces, whatever digits and spaces it was typed in."""
    seen = unicodedata.normalize("NFKC", _UNSEEN.sub("", text))
    digits = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in seen)
    return re.sub(r"[\u2010-\u2015\u2212]", "-", digits.replace("\u00b7", ".").replace("\u2022", "."))


def national_in(text: str) -> str:
    """The first national number that stands in the text as a whole number and is no street address; "" for none."""
    said = plain(text or "")
    for found in _NUMBER.finditer(said):
        if not _is_address(said[: found.start()], said[found.end() :]):
            return bare(found["first"])
    return ""


def _is_address(before: str, after: str) -> bool:
    if _BEFORE.search(before) or _AFTER.search(after):
        return True
    street = _STREET.search(after)
    return bool(
        street
        and _ADDRESS_BEGINS.search(before)
        and all(word[0].isupper() for word in street["name"].split())
        and not _ANSWERS.match(street["name"] + " ")
    )


def national_faults(said: Mapping[str, Any], of_province: bool) -> dict[str, ValidationError]:
    """Of a contact in this form, by field. A national number's own words may name it."""
    number, faults = said.get("number", ""), {}
    if not of_province and is_national(plain(number)):
        faults["number"] = ValidationError(gettext("Số này của cả nước, do cấp tỉnh ghi; xã ghi số của mình."))
    for name in WORDS:
        found = national_in(said.get(name, ""))
        if found and not (of_province and bare(number) == found):
            sentence = gettext("Không ghi %(number)s ở đây: ai đọc sẽ gọi số ấy. Nếu là địa chỉ, ghi “số nhà”.")
            faults[name] = ValidationError(sentence % {"number": found})
    return faults
