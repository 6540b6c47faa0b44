"""What a printed sheet makes of signs in its words: dots to write on, boxes to tick."""

import re

# shorter runs are blanks inside a sentence, as for a date
DOTS = re.compile(r"\.{10,}")
# a box to tick begins a line, else several run together
BOX = re.compile(r"(?<=</b>)\s*☐|(?<=[^>\s])\s*☐")


def apart(html: str) -> str:
    """With every box to tick at the beginning of a line."""
    return BOX.sub("<br>☐", html)


def with_lines(html: str) -> str:
    return apart(DOTS.sub('<span class="fill"></span>', html))
