"""Numbers of the whole country inside words: a frightened person who reads "113" dials it, whatever stands around."""

import re

from pages.contacts.contact import NATIONAL_NUMBERS

_NUMBER = re.compile(rf"(?<![\d+])(?<!\d[ .])(?:{'|'.join(NATIONAL_NUMBERS)})(?![ .]?\d)")
# a house or a road: the words before it, or a road's after it
_PLACES = "số nhà|nhà số|đường|phố|kiệt|hẻm|ngõ|ngách|quốc lộ|tỉnh lộ|thôn|tổ|phòng"
_BEFORE = re.compile(rf"(?:{_PLACES})\s+(?:số\s+)?$", re.I)
_AFTER = re.compile(r"^(?:/\d+)*\s+(?:đường|phố|quốc lộ)\b", re.I)


def national_in(text: str) -> str:
    """The first national number that stands in the text as a whole number and is no street address; "" for none."""
    for found in _NUMBER.finditer(text or ""):
        if not (_BEFORE.search(text[: found.start()]) or _AFTER.search(text[found.end() :])):
            return found.group()
    return ""
