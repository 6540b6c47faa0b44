"""The two foldings of a text, never mixed, and what is left of a text without the signs that nobody can see.

`spelled` decides who and what is meant: two texts that are spelled alike name the same thing. It drops only what people
write differently without meaning to: case, on which vowel a tone stands, which of three Đ it is, the kind of a dash, a
space or an apostrophe, letters of other scripts that look Latin. Marks and đ stay: "ĐN" is not "DN", "Hà" is not "Hạ",
0 is not O.

`searched` is for finding: it also drops the marks, reads đ as d, and leaves only words. `marked` is the same with the
marks; it puts what was typed exactly above look-alikes.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import filterfalse

# letters of a name or a code, at most
OFTEN = 60
# a text has few different signs, and they are looked at one by one
by_sign = lru_cache(maxsize=8192)
# grave, hook above, tilde, acute, dot below: people put them on different vowels ("hoà", "hòa")
TONES = "\u0300\u0309\u0303\u0301\u0323"
# circumflex, breve and horn make another letter
SHAPES = "\u0302\u0306\u031b"
VOWELS = re.compile(f"(?:[aeiouy][{SHAPES}{TONES}]*)+")
TONE = re.compile(f"[{TONES}]")
LATIN_MARKS = re.compile("[\u0300-\u036f]")
SPACES = re.compile(r"[\s\x00-\x1f\x7f\u2800]+")
# fillers and selectors of variants, whose category does not say that they have no shape
FILLERS = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0"
SELECTORS = {*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}
APOSTROPHES = dict.fromkeys(map(ord, "‘’‛ʼʻʽ′`´ˈ"), "'")
DASHES = dict.fromkeys(map(ord, "\u2212\u2043\u02d7"), "-")
# in lower case: Icelandic, African and Turkish letters that look like ours, some only in capitals
OURS = str.maketrans("ðɖıɑɡ", "đđiag")
STRUCK = re.compile("d[\u0335\u0336]")
# Cyrillic and Greek, in lower case, by the look of their capitals
LOOK_ALIKES = str.maketrans("авсԁеһіјкмнорԛѕтуүѵԝх" + "αβεζηικμνορτυχ", "abcdehijkmhopqstyyvwx" + "abezhikmnoptyx")
# Latin letters that have no Unicode decomposition
PLAIN = str.maketrans("đƀɓ", "dbb")


def visible(text: str) -> str:
    """The text as somebody sees it: no invisible signs, single spaces, marks and letters composed."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", "".join(filterfalse(_is_invisible, text)))
    return SPACES.sub(" ", text).strip()


def spelled(text: str) -> str:
    """Equal for two texts that are spelled alike."""
    # a list says the same names and codes again and again; whole pages are not kept
    return _spelled_often(text) if len(text) <= OFTEN else _spelled(text)


def _spelled(text: str) -> str:
    text = visible(text)
    if text.isascii():
        return text.casefold().replace("`", "'")
    text = unicodedata.normalize("NFKC", text.translate(APOSTROPHES)).casefold()
    text = unicodedata.normalize("NFKD", text).translate(OURS).translate(LOOK_ALIKES)
    text = VOWELS.sub(_tone_last, STRUCK.sub("đ", text))
    return SPACES.sub(" ", "".join(map(_plain_sign, unicodedata.normalize("NFC", text)))).strip()


_spelled_often = lru_cache(maxsize=4096)(_spelled)


def searched(text: str) -> str:
    """Words in lower case without marks, joined by single spaces: "Tr’Hy, HOÀ ở đó" is "trhy hoa o do".

    Only marks of Latin letters go; the vowel signs of Lao are letters.
    """
    return without_marks(marked(text))


def marked(text: str) -> str:
    """The same with marks: "hoà" and "hòa" are equal, "hoa" is different."""
    return " ".join("".join(map(_word_sign, spelled(text).replace("'", ""))).split())


def without_marks(words: str) -> str:
    """`searched` of a text of which `marked` is there."""
    return LATIN_MARKS.sub("", unicodedata.normalize("NFKD", words)).translate(PLAIN)


@by_sign
def _is_invisible(sign: str) -> bool:
    return unicodedata.category(sign) == "Cf" or sign in FILLERS or ord(sign) in SELECTORS


def _tone_last(vowels: re.Match) -> str:
    tones = TONE.findall(vowels[0])
    return TONE.sub("", vowels[0]) + "".join(sorted({*tones})) if tones else vowels[0]


@by_sign
def _plain_sign(sign: str) -> str:
    if sign.isascii():
        return sign
    if unicodedata.category(sign) == "Pd":
        return "-"
    return str(unicodedata.decimal(sign, DASHES.get(ord(sign), sign)))


@by_sign
def _word_sign(sign: str) -> str:
    return sign if unicodedata.category(sign)[0] in "LMN" else " "
