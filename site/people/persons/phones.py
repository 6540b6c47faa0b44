"""Telephone numbers as people write them in a cell, a form or a search."""

import re

from letters.folding import spelled

# bounded, since two of them stand beside each other
SIGNS = r"[\s.\-()/|\\]{0,6}"
# after the zero or +84: nine digits of a mobile, ten of a line in an office
NATIONAL = rf"(?:[35789](?:{SIGNS}\d){{8}}|2(?:{SIGNS}\d){{9}})"
# nobody dials the zero after +84, but many write it, some in brackets
OURS = re.compile(rf"(?<!\d)(?:(?:\+\s*|00)?84{SIGNS}0?|0){SIGNS}({NATIONAL})(?!\d)")
FOREIGN = re.compile(rf"(?:\+|\b00)(?!\s*84)(\d(?:{SIGNS}\d){{7,14}})(?!\d)")
# a spreadsheet took the zero in front for nothing
WITHOUT_ZERO = re.compile(r"[35789]\d{8}|2\d{9}")
# numbers of before 2018 and of services
OTHERS = re.compile(r"(?:0|\+?84)([1246]\d{7,9})")


def normal_phone(text: str) -> str:
    """The first telephone number in the text as + and digits, +84 for Vietnam; "" where there is none."""
    return next(iter(phones_in(text)), "")


def phones_in(text: str) -> list[str]:
    """Every number of "DĐ: 0905 123 456 / 0236 3821 411 (CQ)", each once, in the order in which they stand."""
    text = spelled(text or "")
    found = [(match.start(), "+84" + _digits(match[1])) for match in OURS.finditer(text)]
    found += [(match.start(), "+" + _digits(match[1])) for match in FOREIGN.finditer(text)]
    if not found:
        digits = re.sub(SIGNS, "", text)
        if WITHOUT_ZERO.fullmatch(digits):
            return ["+84" + digits]
        other = OTHERS.fullmatch(digits)
        return ["+84" + other[1]] if other else []
    return [*dict.fromkeys(number for _place, number in sorted(found))]


def only_phone(text: str) -> str:
    """The number, where the text says nothing else; else ""."""
    return normal_phone(text) if typed_digits(text) else ""


def typed_digits(text: str) -> str:
    """The digits of a text that may be a telephone or the beginning of one; "" for any other text. With slashes it is
    one only whole, as a code may have them.
    """
    text = spelled(text)
    return _digits(text) if re.fullmatch(r"[\d\s.\-()+]*", text) or OURS.fullmatch(text.strip()) else ""


def local_phone(phone: str) -> str:
    """As it is dialled in Vietnam: 0905123456."""
    return "0" + phone[3:] if phone.startswith("+84") else phone.removeprefix("+")


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
