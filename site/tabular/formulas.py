"""What a spreadsheet program could run instead of show (OWASP, CSV injection)."""

import re

# a cell that begins so can be taken for a formula; after a tab or a line break, programs look at what follows
QUOTED_CODE = re.compile(r"['’‘`´](?=\S*\d)[^\W_][^\s'’‘`´]*")
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# no spreadsheet file may hold these
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def harmless(value):
    """Text without control characters, and with an apostrophe before what could be taken for a formula. Numbers, days
    and None stay what they are.
    """
    if not isinstance(value, str):
        return value
    # most texts: nothing in them is hidden, and a letter or a figure begins no formula
    if value.isprintable() and value[:1].isalnum():
        return value
    value = CONTROL.sub("", value)
    return "'" + value if _is_risky(value) else value


def unguarded(text: str) -> str:
    """The text as it was before `harmless` put an apostrophe in front."""
    return text[1:] if text.startswith("'") and _is_risky(text[1:]) else text


def _is_risky(text: str) -> bool:
    # what has an apostrophe of its own gets a second one, so that one can be taken away again
    return text.lstrip(" '").startswith(RISKY) or is_quoted_code(text)


def is_quoted_code(text: str) -> bool:
    """A code or figures behind an apostrophe, as people type them so that a spreadsheet leaves them alone."""
    return QUOTED_CODE.fullmatch(text) is not None
