"""Normal forms of words for searching, the same for all spellings of a word.

`fold` is the form that is compared: no marks, no case, no apostrophes. `marked` keeps the marks and drops only the
differences of spelling; it ranks exact matches of typed marks above look-alikes.
"""

import re
import unicodedata

# letters without a Unicode decomposition
LETTERS = str.maketrans("đĐƀƁƂɓ", "dDbBbb")
# glottal stops and quotation marks, which keyboards confuse
APOSTROPHES = dict.fromkeys(map(ord, "'‘’‛ʼʻʽ′`´ˈ"))
LATIN_MARKS = re.compile("[\u0300-\u036f]")
# grave, acute, tilde, hook above, dot below: people put them on different vowels ("hoà", "hòa")
TONES = "\u0300\u0301\u0303\u0309\u0323"


def fold(text: str) -> str:
    """Words in lower case without marks, joined by single spaces: "Tr’Hy, HOÀ ở đó" is "trhy hoa o do".

    Only marks of Latin letters go; the vowel signs of Lao are letters.
    """
    plain = unicodedata.normalize("NFKD", text.translate(APOSTROPHES))
    return _spaced(LATIN_MARKS.sub("", plain).translate(LETTERS))


def marked(text: str) -> str:
    """The same with marks, the tones at the end of their word: "hoà" and "hòa" are equal, "hoa" is different."""
    words = _spaced(unicodedata.normalize("NFKD", text.translate(APOSTROPHES))).split(" ")
    return unicodedata.normalize("NFC", " ".join(_tone_last(word) for word in words))


def _tone_last(word: str) -> str:
    tones = "".join(sorted(sign for sign in word if sign in TONES))
    return "".join(sign for sign in word if sign not in TONES) + tones if tones else word


def _spaced(text: str) -> str:
    return " ".join("".join(map(_letter, text.casefold())).split())


def _letter(sign: str) -> str:
    category = unicodedata.category(sign)
    # zero-width signs occur inside words
    return sign if category[0] in "LMN" else "" if category == "Cf" else " "
