"""The order of a Vietnamese dictionary: syllable by syllable, letters before tones."""

import unicodedata

ALPHABET = {letter: place for place, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz", start=1)}
# level, falling, dipping, broken, rising, heavy
TONES = {mark: place for place, mark in enumerate("\u0300\u0309\u0303\u0301\u0323", start=1)}

SyllableKey = tuple[tuple[int, ...], int]


def order(text: str) -> tuple[SyllableKey, ...]:
    """A key for `sorted`: "a, à, ả, ã, á, ạ, ă, â, b … d, đ"; other signs come before letters."""
    return tuple(_syllable(part) for part in text.casefold().split())


def initial(text: str) -> str:
    """The letter under which a word stands, in capitals; "#" where it begins with none."""
    first = next(iter(_split(text.casefold())[0]), "")
    return first.upper() if first in ALPHABET else "#"


def _syllable(text: str) -> SyllableKey:
    letters, tone = _split(text)
    return tuple(ALPHABET.get(letter, 0) for letter in letters), tone


def _split(text: str) -> tuple[str, int]:
    """The letters without tones, and the tone (0 for level)."""
    signs = unicodedata.normalize("NFD", text)
    tone = next((TONES[sign] for sign in signs if sign in TONES), 0)
    return unicodedata.normalize("NFC", "".join(sign for sign in signs if sign not in TONES)), tone
