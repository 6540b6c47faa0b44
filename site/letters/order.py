"""The order of a Vietnamese dictionary, syllable by syllable, letters before tones; and of a list of people."""

import unicodedata
from functools import lru_cache

from letters.folding import LATIN_MARKS, PLAIN, spelled

LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# other signs stand before all of these
PLACES = {letter: place for place, letter in enumerate("0123456789" + LETTERS, start=1)}
# level, falling, dipping, broken, rising, heavy
TONES = {mark: place for place, mark in enumerate("\u0300\u0309\u0303\u0301\u0323", start=1)}

SyllableKey = tuple[tuple[int, ...], int]


def order(text: str) -> tuple[SyllableKey, ...]:
    """A key for `sorted`: "a, à, ả, ã, á, ạ, ă, â, b … d, đ"."""
    return tuple(_syllable(part) for part in spelled(text).split())


def initial(text: str) -> str:
    """The letter under which a word stands, in capitals; "#" where it begins with none."""
    first = _split(spelled(text))[0][:1]
    return first.upper() if first and first in LETTERS else "#"


def text_order(text: str) -> str:
    """`order` as a text of digits only, two for each letter and for the tone at the end of each syllable, since every
    database puts digits in one order, whatever its collation.
    """
    return "".join("".join(f"{place + 10}" for place in letters) + f"0{tone}" for letters, tone in order(text))


def name_order(full_name: str) -> str:
    """The same for a list of people: by given name, then by family and middle names."""
    *others, given = full_name.split() or [""]
    return text_order(f"{given} {' '.join(others)}")


# names are made of few syllables
@lru_cache(maxsize=4096)
def _syllable(text: str) -> SyllableKey:
    letters, tone = _split(text)
    return tuple(map(_place, letters)), tone


def _place(letter: str) -> int:
    """A letter of another language stands with the Latin letter that it is made from: ƀ with b, ñ with n."""
    if letter in PLACES:
        return PLACES[letter]
    return PLACES.get(LATIN_MARKS.sub("", unicodedata.normalize("NFD", letter)).translate(PLAIN), 0)


def _split(text: str) -> tuple[str, int]:
    """The letters without tones, and the tone (0 for level)."""
    signs = unicodedata.normalize("NFD", text)
    tone = next((TONES[sign] for sign in signs if sign in TONES), 0)
    return unicodedata.normalize("NFC", "".join(sign for sign in signs if sign not in TONES)), tone
