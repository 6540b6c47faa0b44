"""The size of letters with which words fill a printed card.

It is worked out here, from how many letters there are, since no script and no inline style may do it in the page; each
size is a class of `static/css/school.css`.
"""

import re
from html import unescape
from math import ceil

from django.utils.html import strip_tags

# points; 13 is the least
SIZES = (13, 16, 20, 24, 30, 38)
MM_A_POINT = 0.353
# a letter's width and a line's height, as parts of the size: of a wide bold face, so that others leave room
LETTER, LINE = 0.56, 1.35
# a line is left when a word no longer fits, on the average a little early
FILLED = 0.88
PARAGRAPHS = re.compile(r"</p>|</li>|<br ?/?>")


def size_filling(html: str, width: float, height: float) -> int:
    """The largest size in points with which this rich text stays within a card of so many millimetres."""
    lines = [text for part in PARAGRAPHS.split(html) if (text := unescape(strip_tags(part)).strip())]
    fitting = (size for size in reversed(SIZES) if _fits(lines, size * MM_A_POINT, width, height))
    return next(fitting, SIZES[0])


def _fits(lines: list[str], size: float, width: float, height: float) -> bool:
    longest = max((len(word) for line in lines for word in line.split()), default=0)
    rows = sum(ceil(len(line) * LETTER * size / (width * FILLED)) for line in lines)
    # half a line lies between paragraphs
    return longest * LETTER * size <= width and (rows + len(lines) / 2) * LINE * size <= height
