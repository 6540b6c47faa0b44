"""Telephone and identity numbers in a text, however they are written: with spaces, dots, +84, full width, in words.

Groups of digits are joined over what people set between them; a window of groups that has the build of a number is one.
A window has at most 15 digits, so the work grows with the length of the text alone.

Sources: mobile numbers 03, 05, 07, 08, 09 and lines 02 by the numbering plan (circular 22/2014/TT-BTTTT, changed in
2018); the identity number by decree 70/2024/NĐ-CP: province of birth (3), century and sex (1), year (2), six at random.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from letters.identifying.finding import Finding, Sign

LEAST_DIGITS, MOST_DIGITS = 9, 15
# what stands between two groups of one number: at most three of these
GAP = frozenset(
    " .,-/()_*\u00b7\u2022\u00a0\u2009\u202f\u2010\u2011\u2012\u2013\t\n\r\u200b\u200c\u200d\u2060\ufeff\u00ad"
)
LONGEST_GAP = 3
WORDS = {
    word: digit
    for digit, words in enumerate(
        ["không khong", "một mốt mot", "hai", "ba", "bốn tư bon", "năm lăm nam lam", "sáu sau", "bảy bẩy bay",
         "tám tam", "chín chin"]
    )
    for word in words.split()
}  # fmt: skip
GROUP = re.compile(rf"\d+|(?<!\w)(?:{'|'.join(WORDS)})(?!\w)", re.IGNORECASE)
# full width, superscript, circled, mathematical: each is one sign, so places stay the same
DIGITS = {
    code: str(digit)
    for code in (*range(0x80, 0x2800), *range(0xFF10, 0xFF1A), *range(0x1D7CE, 0x1D800))
    if (digit := unicodedata.digit(chr(code), None)) is not None
}
# "O9O5", "09l5": a letter that stands for the digit that it looks like
LIKE_ZERO = re.compile(r"(?<![^\W\d_])[oO](?=\d)|(?<=\d)[oO](?=\d|(?![^\W_]))")
LIKE_ONE = re.compile(r"(?<=\d)[lI|](?=\d)")
# what is set like a slash: U+2044, U+2215, full width; between groups other signs too, as in 0905|123|456
LIKE_SLASH = re.compile(
    "[\u2044\u2215\uff0f]|(?<=\\d)\\\\(?=\\d)|(?<=\\d\\d)\\|(?=\\d\\d)|(?<=\\d{4})\\|(?=\\d)|(?<=\\d)\\|(?=\\d{3}(?!\\d))"
    "|(?<=\\d{3})[:'\u2019~](?=\\d\\d)"
)
# another number after a slash
BEGINS = re.compile(r"0[235789]\d+")
# of short ones with which a long one stands in one run: 111/0905/123/456
SHORTS = re.compile(r"(?:11\d|10\d\d|1[89]00\d{4,6})+")
PLACES = re.compile(r"\d{1,3}\.\d{4,}\s{0,3}[,;]\s{0,3}\d{1,3}\.\d{4,}")

DIALLED = re.compile(r"0[35789]\d{8}|02\d{8,9}|01[2689]\d{8}")
FROM_ABROAD = re.compile(r"(?:00)?84(?:0?([35789]\d{8}|2\d{8,9}))")
WITHOUT_ZERO = re.compile(r"[35789]\d{8}")
PROVINCES = frozenset(
    "001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038 040 042 "
    "044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 080 082 083 084 086 087 "
    "089 091 092 093 094 095 096".split()
)
CALL = re.compile(
    r"(?:điện\s?thoại|dien thoai|di động|sđt|đtdđ|dđ|đt|sdt|dt|gọi|zalo|viber|whatsapp|hotline|liên hệ|liên lạc|tel"
    r"|phone|nhắn|số máy)[^.;!?\n]{0,15}$",
    re.IGNORECASE,
)
CALL_BESIDE = re.compile(r"(?:sđt|đtdđ|dđ|đt|sdt|gọi|goi|zalo|tel|phone|cccd|cmnd|cmt|số|so|call)$", re.IGNORECASE)
CARD = re.compile(
    r"(?:cccd|cmnd|cmtnd|cmt|căn cước|can cuoc|chứng minh(?: nhân dân| thư)?|giấy tờ tùy thân|(?:số|mã) định danh)"
    r"[^.;!?\n]{0,40}$",
    re.IGNORECASE,
)
INSURED = re.compile(r"(?:bhxh|bhyt|bảo hiểm (?:xã hội|y tế))[^.;!?\n]{0,30}$", re.IGNORECASE)
TAX = re.compile(r"(?:mst|mã số thuế)[^.;!?\n]{0,15}$", re.IGNORECASE)
PASSPORT = re.compile(
    r"(?:hộ chiếu|ho chieu|passport)[^.;!?\n\d]{0,25}?(?<!\w)([A-Z]{1,2}\s?\d{7,8})(?!\d)", re.IGNORECASE
)
HEALTH_CARD = re.compile(r"(?<!\w)[A-Z]{2}[ -]?\d[ -]?\d{2}[ -]?\d{2}[ -]?\d{3}[ -]?\d{5}(?!\d)")
MONEY = re.compile(r"\s{0,2}(?:đồng|vnđ|vnd|usd|kíp|kip|triệu|tỷ|đ(?!\w)|₫)", re.IGNORECASE)
CODE = re.compile(r"[A-ZĐ]{1,8}$")
LOOK_BACK = 60


@dataclass(frozen=True, slots=True)
class Group:
    """`digits` is one for a number that is a word. `gap` is what stands between it and the group before, None where
    they are no parts of one number.
    """

    digits: str
    start: int
    end: int
    gap: str | None
    is_word: bool = False

    @property
    def is_tight(self) -> bool:
        """Joined as in 15.0905 or 2026/09."""
        return self.gap is not None and len(self.gap) == 1 and self.gap in ".-/,"


class Before:
    """What stands before a number, asked only where its build leaves it open."""

    def __init__(self, text: str, start: int):
        self.text = text
        self.words = text[max(0, start - LOOK_BACK) : start]
        self.has_plus = self.words.endswith("+")

    @cached_property
    def names_a_card(self) -> bool:
        return bool(CARD.search(self.words))

    @cached_property
    def names_an_insurance(self) -> bool:
        return bool(INSURED.search(self.words))

    @cached_property
    def names_a_tax(self) -> bool:
        return bool(TAX.search(self.words))

    @cached_property
    def asks_to_call(self) -> bool:
        return bool(CALL.search(self.words))


def numbers_in(text: str) -> Iterator[Finding]:
    """In the order of the text, none within another. `text` is in NFC."""
    text = _legible(text)
    groups = _groups(text)
    # of no number: the place before the first is none either
    place, ended = 0, -2
    while place < len(groups):
        found = _number_at(text, groups, place, ended)
        if found is None:
            place += 1
            continue
        ended, finding = found
        yield finding
        place = ended + 1
    for match in PASSPORT.finditer(text):
        yield Finding(Sign.IDENTITY, *match.span(1))
    for match in HEALTH_CARD.finditer(text):
        yield Finding(Sign.IDENTITY, *match.span())


def _legible(text: str) -> str:
    """The same number of signs, each digit as 0 to 9."""
    text = text.translate(DIGITS)
    text = LIKE_ONE.sub("1", LIKE_ZERO.sub("0", LIKE_SLASH.sub("/", text)))
    return PLACES.sub(lambda match: "x" * len(match[0]), text)


def _groups(text: str) -> list[Group]:
    groups: list[Group] = []
    end = None
    for match in GROUP.finditer(text):
        gap = text[end : match.start()] if end is not None and match.start() - end <= LONGEST_GAP + 1 else None
        if gap is not None and not _joins(gap):
            gap = None
        is_word = not match[0][0].isdigit()
        digits = str(WORDS[match[0].lower()]) if is_word else match[0]
        groups.append(Group(digits, *match.span(), gap, is_word))
        end = match.end()
    return groups


def _joins(gap: str) -> bool:
    bare = gap.replace("+", "", 1)
    return len(bare) <= LONGEST_GAP and all(sign in GAP for sign in bare) and "\n\n" not in bare and "+" not in gap


def _number_at(text: str, groups: list[Group], first: int, ended: int) -> tuple[int, Finding] | None:
    """The longest number that begins with this group, and the place of its last group. `ended` is the place of the last
    group of the number before.
    """
    begins = (ended == first - 1 and groups[first].gap == "/") or _may_begin(text, groups, first)
    if not begins and not _is_behind_shorts(text, groups, first, ended):
        return None
    found, digits, last, before = None, "", first, Before(text, groups[first].start)
    while last < len(groups) and (last == first or groups[last].gap is not None):
        digits += groups[last].digits
        if len(digits) > MOST_DIGITS:
            break
        window = groups[first : last + 1]
        is_whole = len(digits) >= LEAST_DIGITS and _may_end(groups, first, last)
        sign = _sign(before, window, digits) if is_whole else None
        if sign and (begins or sign is Sign.TELEPHONE):
            said = _home(digits) if sign is Sign.TELEPHONE else ""
            found = last, Finding(sign, window[0].start - before.has_plus, window[-1].end, said)
        last += 1
    return found


def _may_begin(text: str, groups: list[Group], place: int) -> bool:
    group = groups[place]
    if group.is_tight and len(group.digits) < 9:
        return False
    before = text[max(0, group.start - LOOK_BACK) : group.start]
    if not before or not group.digits:
        return True
    beside = before[:-1] if before[-1] in "-_.:" else before
    if beside and (beside[-1].isalpha() or beside[-1] == "_"):
        return bool(CALL_BESIDE.search(beside)) or (beside != before and not CODE.search(beside))
    return True


def _is_behind_shorts(text: str, groups: list[Group], place: int, ended: int) -> bool:
    """In one run with them, which nothing else begins."""
    first, digits = place, ""
    while first and groups[first].is_tight and len(digits) < MOST_DIGITS:
        first -= 1
        digits = groups[first].digits + digits
        if SHORTS.fullmatch(digits) and (ended == first - 1 or _may_begin(text, groups, first)):
            return bool(BEGINS.fullmatch(groups[place].digits))
    return False


def _is_before_shorts(groups: list[Group], place: int) -> bool:
    """From here to the end of the run, or to another long number, there are none but they."""
    digits = ""
    while place < len(groups) and groups[place].is_tight and len(digits) < MOST_DIGITS:
        if BEGINS.fullmatch(groups[place].digits):
            break
        digits += groups[place].digits
        place += 1
    return not digits or bool(SHORTS.fullmatch(digits))


def _may_end(groups: list[Group], first: int, last: int) -> bool:
    after = groups[last + 1] if last + 1 < len(groups) else None
    if after is None or not after.is_tight or first == last or len(after.digits) >= 9:
        return True
    # 0905.123.456/0914.123.456, 0235.3852123/124
    slashed = any("/" in (group.gap or "") for group in groups[first + 1 : last + 1])
    return after.gap == "/" and (not slashed or _is_before_shorts(groups, last + 1))


def _sign(before: Before, window: list[Group], digits: str) -> Sign | None:
    if len(digits) in (9, 12) and before.names_a_card:
        return Sign.IDENTITY
    if len(digits) == 10 and before.names_an_insurance:
        return Sign.IDENTITY
    if not _looks_grouped(before.text, window):
        return None
    if len(digits) == 12 and digits[:3] in PROVINCES and digits[3] in "0123":
        return Sign.IDENTITY
    if digits[0] != "0" and MONEY.match(before.text, window[-1].end):
        return None
    if before.has_plus:
        return None if _is_thousands(before.text, window) else Sign.TELEPHONE
    if DIALLED.fullmatch(digits):
        return None if before.names_a_tax else Sign.TELEPHONE
    if FROM_ABROAD.fullmatch(digits) or (WITHOUT_ZERO.fullmatch(digits) and before.asks_to_call):
        return Sign.TELEPHONE
    return None


def _looks_grouped(text: str, window: list[Group]) -> bool:
    """As numbers are grouped, not as days and figures beside each other are, nor as “05 năm 2026”."""
    if sum(group.is_word for group in window) in (1, 2):
        return False
    lengths = [len(group.digits) for group in window]
    if len(lengths) == 1 or set(lengths) == {1} or lengths[0] == 1:
        return True
    if lengths[0] == 2:
        between = {text[one.end : two.start] for one, two in zip(window, window[1:], strict=False)}
        return len(between) == 1 if set(lengths) == {2} else 2 not in lengths[1:] or window[0].digits == "84"
    return True


def _is_thousands(text: str, window: list[Group]) -> bool:
    first, *others = (group.digits for group in window)
    grouped = len(others) > 1 and len(first) <= 3 and {len(one) for one in others} == {3}
    return grouped and first != "84" and text[window[0].end] == "."


def _home(digits: str) -> str:
    """As it is dialled within the country."""
    if match := FROM_ABROAD.fullmatch(digits):
        return "0" + match[1]
    return "0" + digits if WITHOUT_ZERO.fullmatch(digits) else digits
