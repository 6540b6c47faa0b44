"""Vietnamese as keys were struck, where no program made letters of them: “Nguye^~n”, “Nguyeenx”, “Nguye64n”.

VIQR writes marks as signs behind their vowel, Telex as letters, VNI as digits. A text counts as one of these only where
what the keys say are syllables of Vietnamese, two marks at least, and one of them such as names without marks do not
have: Coor, Der, Lee, Loos are names.
"""

import re
import unicodedata
from typing import NamedTuple

from letters.syllables import ACUTE, DOT, GRAVE, HOOK, TILDE, is_syllable

HAT, BREVE, HORN = "\u0302", "\u0306", "\u031b"
# enough for a name to be asked about
MARKS = 2


class Keys(NamedTuple):
    """A way to type. `strong` are the keys that stand in no name that means itself."""

    way: str
    shape: re.Pattern
    tones: dict[str, str]
    marks: dict[str, str]
    strong: str


VIQR = Keys(
    "VIQR",
    re.compile(r"(?:[^\W\d_]|[\^(+~`'?.])+"),
    {"'": ACUTE, "`": GRAVE, "?": HOOK, "~": TILDE, ".": DOT},
    {"^": HAT, "(": BREVE, "+": HORN},
    "^(+~`",
)
TELEX = Keys(
    "Telex",
    re.compile(r"[^\W\d_]+"),
    {"s": ACUTE, "f": GRAVE, "r": HOOK, "x": TILDE, "j": DOT},
    {},
    "wfjx",
)
VNI = Keys(
    "VNI",
    re.compile(r"(?:[^\W_]|\d)+"),
    {"1": ACUTE, "2": GRAVE, "3": HOOK, "4": TILDE, "5": DOT},
    {"6": HAT, "7": HORN, "8": BREVE},
    "123456789",
)
# with marks they are others
VOWELS = "aeiouyăâêôơư"
# a letter that takes the mark, and the mark
TAKES = {HAT: "aeo", BREVE: "a", HORN: "uo"}
ANY_KEY = re.compile(r"[aeiouyd](?:[\^(+~`'?.\d]|[a-z]*[sfrxjwaeod])", re.IGNORECASE)


class Typed(NamedTuple):
    way: str
    text: str


def typed_in(text: str) -> Typed | None:
    """The way in which the text was typed and what it says then, or None; to be asked of a name."""
    if not ANY_KEY.search(text):
        return None
    return next(filter(None, (_read_as(keys, text) for keys in (VIQR, TELEX, VNI))), None)


def _read_as(keys: Keys, text: str) -> Typed | None:
    struck, strong = 0, False

    def word(match: re.Match) -> str:
        nonlocal struck, strong
        said = match[0]
        read, used = _word(keys, said) if said.isascii() else (said, "")
        if not used or not (is_syllable(read) or _are_two(read)):
            return said
        struck += len(used)
        strong = strong or any(key in keys.strong or key == "d" for key in used)
        return _in_case_of(said, read)

    read = keys.shape.sub(word, text)
    return Typed(keys.way, read) if strong and struck >= MARKS else None


# of a name of the mountains that is written in one: Alăng, Zơrâm, Pơloong
OPEN = re.compile("(?:[bcdđghjklmnprtvxyz]{1,2})?[aeioơuư]")


def _are_two(read: str) -> bool:
    """Whether a syllable stands behind an open one without a tone."""
    cuts = range(1, min(4, len(read)))
    return any(OPEN.fullmatch(read[:cut]) and read[cut] not in VOWELS and is_syllable(read[cut:]) for cut in cuts)


def _word(keys: Keys, said: str) -> tuple[str, str]:
    """What the keys say, and those of them that are marks."""
    letters: list[str] = []
    tone, used, rest = "", "", said.lower()
    if keys is not VNI and rest.startswith("dd"):
        letters, used, rest = ["đ"], "d", rest[2:]
    for place, key in enumerate(rest):
        has_vowel = any(one[0] in "aeiouy" for one in letters)
        if key in keys.tones and has_vowel and not tone and not _begins_a_syllable(rest[place + 1 :], keys):
            tone, used = keys.tones[key], used + key
        elif key in keys.marks and _mark(letters, keys.marks[key]):
            used += key
        elif keys is VNI and key == "9" and letters and letters[0] == "d":
            letters[0], used = "đ", used + key
        elif keys is TELEX and key == "w" and (_mark(letters, HORN) or _mark(letters, BREVE)):
            # one key, and no other word has “uow”
            used += key * (2 if "".join(letters[-2:]) == "u\u031bo\u031b" else 1)
        elif keys is TELEX and key in "aeo" and letters and letters[-1] == key:
            letters[-1], used = key + HAT, used + key
        else:
            letters.append(key)
    read = "".join(letters)
    if tone:
        read = _toned(read, tone)
    return unicodedata.normalize("NFC", read), used


def _begins_a_syllable(after: str, keys: Keys) -> bool:
    """Telex's tones are consonants too: what follows must be no vowel that begins another syllable."""
    return keys is TELEX and after[:1] in ("a", "e", "i", "o", "u", "y")


def _mark(letters: list[str], mark: str) -> bool:
    """Puts it on the last letter that takes it; a horn on both of “uo”."""
    for place in range(len(letters) - 1, -1, -1):
        if letters[place] in TAKES[mark]:
            letters[place] += mark
            if mark == HORN and letters[place][0] == "o" and letters[place - 1 : place] == ["u"] and place > 0:
                letters[place - 1] += mark if not "".join(letters[: place - 1]).endswith("q") else ""
            return True
    return False


# where a tone is written: on what has a mark, else on the vowel before the end
NUCLEUS = re.compile("[aeiouy][\u0302\u0306\u031b]?")


def _toned(read: str, tone: str) -> str:
    vowels = list(NUCLEUS.finditer(read))
    if read.startswith(("qu", "gi")) and len(vowels) > 1:
        vowels = vowels[1:]
    if not vowels:
        return read
    marked = [one for one in vowels if len(one[0]) > 1]
    closed = vowels[-1].end() < len(read)
    if marked:
        chosen = marked[-1]
    elif closed or len(vowels) == 1:
        chosen = vowels[-1]
    else:
        chosen = vowels[-2]
    return read[: chosen.end()] + tone + read[chosen.end() :]


def _in_case_of(said: str, read: str) -> str:
    plain = [sign for sign in said if sign.isalpha()]
    if len(plain) > 1 and all(sign.isupper() for sign in plain):
        return read.upper()
    return read[:1].upper() + read[1:] if plain and plain[0].isupper() else read
