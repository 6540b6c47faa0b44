"""Vietnamese in letters of before Unicode: recognised, and converted as a proposal that somebody has to confirm.

TCVN 5712:1993 (ABC) and VNI wrote with fonts; opened without them, their bytes are letters of Windows-1252:
“NguyÔn V¨n An”, “Nguyeãn Vaên An”. UTF-8 that was read as Windows-1252 or -1258 is “Nguyá»…n VÄƒn An”. A text counts
as one of these only if it has words that can be no Vietnamese syllables, and the conversion has fewer. VISCII
(RFC 1456), the letters of Unix and the early web, is told from TCVN3 by which of the two gives more syllables.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple, Self

from letters.syllables import is_syllable

TONES = dict.fromkeys((0x300, 0x301, 0x303, 0x309, 0x323))
# of Vietnamese, and of names in other languages of the mountains: Bhuốch, Zơrâm, Bh'ling
ONSET = "(?:[bcdđfghjklmnpqrstvwxz]{1,3}|gi|qu)"
OPEN = (
    "(?:iêu|yêu|oai|oay|oao|oeo|uây|uôi|ươi|ươu|uyu|uya|uêu|ia|ya|ua|ưa|ai|ao|au|ay|âu|ây|eo|êu|iu|oi|ôi|ơi|ui|ưi|ưu)"
)
CLOSED = "(?:iê|yê|uô|ươ|oa|oă|oe|oo|uâ|uê|uơ|uyê|uy|[aăâeêioôơuưy])(?:ch|nh|ng|[chklmnprt])?"
SYLLABLES = re.compile(f"{ONSET}?(?:{OPEN}|{CLOSED})(?:{ONSET}(?:{OPEN}|{CLOSED}))*")
# a tone on a consonant, or on the second half of a diphthong
MISPLACED = re.compile(
    "[b-df-hj-np-tv-xzđ]TONE|(?:[aeo]\u0302?|[ou]\u031b|(?<!g)i)[iouy]TONE$".replace(
        "TONE", "[\u0300\u0301\u0303\u0309\u0323]"
    )
)
# between words; the signs of Latin-1 are none, since TCVN3 wrote letters with them
BETWEEN = re.compile(r"[\s\x00-@\[-`{-\x7f\u2010-\u201f\u2022\u2026\ufeff]+")
# as codes and offices are shortened, Đ typed as U+00D0 too, which is é in TCVN3: “LÐ-TB&XH”
SHORTENED = re.compile("[A-ZĐÐ]+")
# signs that stand for nothing else: m², 37°C, N° 5
MEASURE = re.compile("(?:[cdkm]?m)?[\u00b2\u00b3]|[Nn][\u00b0\u00ba]|\u00b0[CF]")
# a sign in place of a letter: within a word, at the end of more than one, or after consonants alone (“K? toán”)
LOST_LETTERS = re.compile(
    r"[^\W\d_]\?+[^\W\d_]|[^\W\d_]\?.*[^\W\d_]\?|(?<![^\W_])[bcdđghklmnpqrstvx]{1,3}\?(?![^\W_])", re.IGNORECASE
)
# between the letters of a name: what some programs put where others put “?”, and some people for a space
FILLED = re.compile(r"(?:[^\W\d_]+[_#*=]+)+[^\W\d_]+")
SIGNS = re.compile("[_#*=]+")
VOWEL = re.compile("[aeiouy]", re.IGNORECASE)
# what programs draw in its place, and U+FFFD that was read as Windows-1252 once more
DRAWN = re.compile("\ufffd|[\u25a0\u25a1\u25ae\u25af]|[^\\W\\d_]\u00bf|\u00bf[^\\W\\d_]|\u00ef\u00bf\u00bd")
# a byte that no table of letters had, and those that are capital letters in VISCII
NO_LETTER = re.compile("[\x02\x05\x06\x14\x19\x80-\x84\x86-\x9f]")
# how a program writes a letter that it cannot show: &#7877;, &ecirc;, \u1ec5, %E1%BB%85
SPELLED_OUT = re.compile(
    r"&(?:#x?[0-9a-f]+|[a-z]{2,8});|\\u[0-9a-f]{4}|%[c-e][0-9a-f](?:%[89ab][0-9a-f])+", re.IGNORECASE
)
# as what UTF-8 is read where a program knows no better: by Windows of the West, of Vietnam, of the middle and the east
# of Europe and of China, by a Macintosh, and by what was DOS
MISREAD = ("cp1252", "cp1258", "mac_roman", "cp437", "cp850", "cp1250", "cp1251", "gb18030")
# a word that can be none against one that is none of Vietnamese
WEIGHT = 4
ADDRESS = re.compile(r"://|www\.|@")

_TCVN3_LETTERS = (
    "\u00a1Ă\u00a2Â\u00a3Ê\u00a4Ô\u00a5Ơ\u00a6Ư\u00a7Đ\u00a8ă\u00a9â\u00aaê\u00abô\u00acơ\u00adư\u00aeđ\u00b5à\u00b6ả\u00b7ã\u00b8á\u00b9ạ"
    "\u00bbằ\u00bcẳ\u00bdẵ\u00beắ\u00c6ặ\u00c7ầ\u00c8ẩ\u00c9ẫ\u00caấ\u00cbậ\u00ccè\u00ceẻ\u00cfẽ\u00d0é\u00d1ẹ\u00d2ề\u00d3ể\u00d4ễ\u00d5ế\u00d6ệ"
    "\u00d7ì\u00d8ỉ\u00dcĩ\u00ddí\u00deị\u00dfò\u00e1ỏ\u00e2õ\u00e3ó\u00e4ọ\u00e5ồ\u00e6ổ\u00e7ỗ\u00e8ố\u00e9ộ\u00eaờ\u00ebở\u00ecỡ\u00edớ\u00eeợ"
    "\u00efù\u00f1ủ\u00f2ũ\u00f3ú\u00f4ụ\u00f5ừ\u00f6ử\u00f7ữ\u00f8ứ\u00f9ự\u00faỳ\u00fbỷ\u00fcỹ\u00fdý\u00feỵ"
)
TCVN3 = str.maketrans(dict(zip(_TCVN3_LETTERS[0::2], _TCVN3_LETTERS[1::2], strict=True)))

# VNI: a letter and a sign for what stands above or below it
_TONE_SIGNS = dict(zip("ùøûõï", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_HAT_SIGNS = dict(zip("âáàåãä", ("", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"), strict=True))
_BREVE_SIGNS = dict(zip("êéèúüë", ("", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"), strict=True))
VNI_ALONE = {"ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ô": "ơ", "ö": "ư"}
VNI_PAIRS = (
    {base + sign: base + mark for base in "aeouy" for sign, mark in _TONE_SIGNS.items()}
    | {base + sign: base + "\u0302" + mark for base in "aeo" for sign, mark in _HAT_SIGNS.items()}
    | {"a" + sign: "a\u0306" + mark for sign, mark in _BREVE_SIGNS.items()}
    | {base + sign: VNI_ALONE[base] + mark for base in "ôö" for sign, mark in _TONE_SIGNS.items()}
)
VNI = re.compile("|".join([*VNI_PAIRS, *VNI_ALONE]), re.IGNORECASE)

# of the bytes that follow each other from 0x80 on, and of six that are signs elsewhere
_VISCII_LETTERS = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)
VISCII = dict(enumerate(_VISCII_LETTERS, start=0x80)) | dict(
    zip((0x02, 0x05, 0x06, 0x14, 0x19, 0x1E), "ẲẴẪỶỸỴ", strict=True)
)


class Proposal(NamedTuple):
    """`way` names the old letters, for the question."""

    way: str
    text: str


class InFont(str):
    """The text of a cell whose font belongs to old letters, so that no word need look strange; `way` as in Proposal."""

    way: str
    capitals: bool

    def __new__(cls, text: str, way: str, capitals: bool = False) -> Self:
        made = super().__new__(cls, text)
        made.way, made.capitals = way, capitals
        return made


def in_font(text: str, font: str) -> str:
    """The text, marked if the font is one of TCVN3 (.VnTime, with capitals .VnTimeH) or of VNI (VNI-Times)."""
    if font.startswith(".Vn"):
        return InFont(text, "TCVN3", font.endswith("H"))
    return InFont(text, "VNI") if font.upper().startswith("VNI") else text


def readings(text: str) -> dict[str, str]:
    """What a text with words that can be no syllables says in each of the old letters, where it has fewer there."""
    # ±, §, ½ by themselves are letters of old tables only where other words are in them, too
    before = strange_words(" ".join(word for word in BETWEEN.split(text) if any(map(str.isalpha, word))))
    if not before:
        return {}
    found = {"UTF-8": _from_utf8(text)} | {way: read(text) for way, read in _READINGS.items()}
    return {way: read for way, read in found.items() if read != text and strange_words(read) < before}


def proposal(text: str, likely: Sequence[str] = ()) -> Proposal | None:
    """What the text says if it is in old letters, or None. Takes it as it stands in the file, before any cleaning.

    Of ways that read equally well the one comes first that does so in `likely`, where the likeliest stands first.
    """
    if isinstance(text, InFont) and not text.isascii() and all(letter < "\u0100" for letter in text):
        read = _READINGS[text.way](text)
        return Proposal(text.way, read.upper() if text.capitals else read)
    found = readings(text)
    if not found:
        return None
    places = {way: place for place, way in enumerate(likely)}

    def how_bad(way: str) -> tuple[int, int, int]:
        return strange_words(found[way]), places.get(way, len(places)), _unlikely_words(found[way])

    way = min(found, key=how_bad)
    return Proposal(way, found[way])


def likeliest(texts: Iterable[str]) -> list[str]:
    """The ways that read best in all of these texts taken together, the best first; none without old letters."""
    bad: dict[str, int] = {}
    for text in texts:
        if text.isascii() or isinstance(text, InFont) or not (found := readings(text)):
            continue
        for way in ("UTF-8", *_READINGS):
            read = found.get(way, text)
            bad[way] = bad.get(way, 0) + strange_words(read) * WEIGHT + _unlikely_words(read)
    return sorted(bad, key=lambda way: bad[way])


def could_be(text: str) -> list[Proposal]:
    """What a text would say in old letters, where it reads well as it stands: “Tó” is “Tú” in TCVN3."""
    if text.isascii() or any(letter >= "\u0100" for letter in text) or strange_words(text):
        return []
    readings = [Proposal(way, read(text)) for way, read in _READINGS.items()]
    return [reading for reading in readings if reading.text != text and not strange_words(reading.text)]


def is_broken(text: str, *, is_name: bool, is_code: bool = False) -> bool:
    """Whether letters were lost for good: U+FFFD, or “?” in their place. In a name or code no “?” is meant, and no code
    of a letter; in a name no sign in place of a letter either (“L_ Qu_nh”).
    """
    if DRAWN.search(text) or ((is_name or is_code) and SPELLED_OUT.search(text)) or (is_name and _is_filled(text)):
        return True
    if NO_LETTER.search(text) and not proposal(text):
        # else it was shown as what it says, and is meant as it stands
        return True
    if "?" not in text:
        return False
    return is_name or is_code or bool(LOST_LETTERS.search(text) and not ADDRESS.search(text))


def _is_filled(name: str) -> bool:
    """Whether what stands between signs is no syllable, since its vowel was lost; between syllables a sign stands for a
    space (“Thi_tran”, “Nguyễn Văn_B”).
    """
    parts = [part for match in FILLED.finditer(name) for part in SIGNS.split(match[0])]
    return any(not VOWEL.search(unicodedata.normalize("NFD", part)) and not part.isupper() for part in parts)


def strange_words(text: str) -> int:
    """How many words have a letter beyond ASCII and can be no syllables of Vietnamese."""
    if text.isascii():
        return 0
    return sum(not _is_readable(word) for word in BETWEEN.split(unicodedata.normalize("NFC", text)) if word)


def _unlikely_words(text: str) -> int:
    """How many words are no syllables of Vietnamese, strictly."""
    words = BETWEEN.split(unicodedata.normalize("NFC", text))
    return sum(not is_syllable(word) for word in words if word and not SHORTENED.fullmatch(word))


@lru_cache(maxsize=20_000)
def _is_readable(word: str) -> bool:
    if word.isascii() or SHORTENED.fullmatch(word) or MEASURE.fullmatch(word):
        return True
    if not (word.islower() or word.isupper() or word.istitle()):
        return False
    parts = unicodedata.normalize("NFD", word.lower())
    bare = parts.translate(TONES)
    if len(parts) - len(bare) > 1 or MISPLACED.search(parts):
        return False
    return bool(SYLLABLES.fullmatch(unicodedata.normalize("NFC", bare)))


def _from_tcvn3(text: str) -> str:
    # capitals were the letters of a font of capitals, so only those without marks show it
    return " ".join(_all_capitals(word.translate(TCVN3), word) for word in text.split(" "))


def _all_capitals(read: str, word: str) -> str:
    plain = [letter for letter in word if letter.isascii() and letter.isalpha()]
    return read.upper() if len(plain) > 1 and all(letter.isupper() for letter in plain) else read


def _from_vni(text: str) -> str:
    def letter(match: re.Match) -> str:
        found = match[0].lower()
        read = VNI_PAIRS.get(found) or VNI_ALONE[found]
        return read.upper() if match[0][0].isupper() else read

    return unicodedata.normalize("NFC", VNI.sub(letter, text))


def _from_utf8(text: str) -> str:
    """The whole undone, or else each word by itself: some were typed again since."""
    whole = _undone(text)
    return whole if whole != text else " ".join(map(_undone, text.split(" ")))


def _undone(text: str) -> str:
    """Undoes one or two readings of UTF-8 as something else; the text itself where it was none."""
    for _round in range(2):
        # a no-break space that belongs to a letter is often made a plain one
        for candidate in (text, re.sub(r"(?<=[ÃĂº»]) ", "\u00a0", text)):
            for encoding in MISREAD:
                try:
                    read = b"".join(_byte(letter, encoding) for letter in candidate).decode("utf-8")
                except UnicodeError:
                    continue
                break
            else:
                continue
            break
        else:
            return text
        if read == text:
            return text
        text = read
    return text


def _byte(letter: str, encoding: str) -> bytes:
    # bytes that the encoding leaves open were kept as control characters
    return bytes([ord(letter)]) if "\x80" <= letter <= "\x9f" else letter.encode(encoding)


def _from_1258(text: str) -> str:
    """Undoes a reading of Windows-1258 as Windows-1252, in which its tones are letters: “NguyêÞn”."""
    try:
        return unicodedata.normalize("NFC", text.encode("cp1252").decode("cp1258"))
    except UnicodeError:
        return text


def _from_viscii(text: str) -> str:
    """The text itself where it has a letter that was no byte."""
    try:
        kept = [_byte(letter, "cp1252")[0] for letter in text]
    except UnicodeError:
        return text
    return "".join(VISCII.get(byte, chr(byte)) for byte in kept)


_READINGS = {"TCVN3": _from_tcvn3, "VNI": _from_vni, "Windows-1258": _from_1258, "VISCII": _from_viscii}
