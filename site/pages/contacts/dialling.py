"""A telephone number as it is dialled, and the numbers of the whole country."""

import re
import unicodedata

# emergency and help numbers of the whole country, which are the province's alone and need no trial call
NATIONAL_NUMBERS = ("111", "113", "114", "115")


def bare(number: str) -> str:
    """The digits that a telephone dials: "1800 1581" is "18001581", "+84 (0)236…" is "+84236…".
    Digits of full width are digits.
    """
    dialled = number.replace("(0)", "") if "+" in number else number
    return "".join("+" if sign == "+" else str(unicodedata.decimal(sign, "")) for sign in dialled)


def home(number: str) -> str:
    """As it is dialled within the country: +84905…, 0084905… and 84905… are 0905…"""
    digits = bare(number)
    return re.sub(r"^(?:\+84|0084|84(?=[2-9]\d{8,9}$))0?", "0", digits)


def is_national(number: str) -> bool:
    return bare(number) in NATIONAL_NUMBERS


def is_national_abroad(number: str) -> bool:
    """A short number of this country with a plus or +84 before it, which no telephone abroad can call."""
    return re.sub(r"^\+(?:84)?0?", "", bare(number)) in NATIONAL_NUMBERS
