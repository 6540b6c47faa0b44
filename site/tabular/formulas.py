"""What a spreadsheet program could run instead of show (OWASP, CSV injection)."""

import re

# a cell that begins so can be taken for a formula; after a tab or a line break, programs look at what follows
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# no spreadsheet file may hold these
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def harmless(value):
    """Text without control characters, and with an apostrophe before what could be taken for a formula. Numbers, days
    and None stay what they are.
    """
    if not isinstance(value, str):
        return value
    value = CONTROL.sub("", value)
    return "'" + value if value.lstrip(" ").startswith(RISKY) else value
