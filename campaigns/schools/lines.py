"""What a printed sheet makes of signs in its words: dots to write on, boxes to tick."""

import re

# shorter runs are blanks inside a sentence, as for a date
DOTS = re.compile(r"\.{10,}")
# a box to tick begins a line, else several run together
BOX = re.compile(r"(?<=[^>\s])\s*☐")


def has_lines(html: str) -> bool:
    return bool(DOTS.search(html))


def with_lines(html: str) -> str:
    return BOX.sub("<br>☐", DOTS.sub('<span class="fill"></span>', html))
