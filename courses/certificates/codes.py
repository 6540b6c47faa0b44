"""The public code of a certificate: it cannot be guessed and is hard to misread.

80 random bits in Crockford's base 32, which has no I, L, O or U; written LC-XXXX-XXXX-XXXX-XXXX and read with or
without the hyphens, in either case, with O for 0 and I or L for 1.
"""

import re
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16
PREFIX = "LC"
_AS_READ = str.maketrans("OIL", "011")


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _sign in range(LENGTH))


def written(code: str) -> str:
    return "-".join([PREFIX, *(code[place : place + 4] for place in range(0, LENGTH, 4))])


def read(text: str) -> str:
    """The code as it is stored; "" where the text cannot be a code (the caller looks "" up like any other)."""
    signs = re.sub(r"[\s\-–._]", "", text[:60]).upper()
    # the prefix contains an L: remove it before letters are read as digits
    signs = signs.removeprefix(PREFIX) if len(signs) == LENGTH + len(PREFIX) else signs
    signs = signs.translate(_AS_READ)
    return signs if len(signs) == LENGTH and set(signs) <= set(ALPHABET) else ""
