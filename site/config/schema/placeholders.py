"""What no two databases share, random keys and the moment of their making, stands in a file as a placeholder.

`{uuid 3}` and `{hex 3}` are the two spellings of one key, wherever it is referred to; `{now}` is the moment, in UTC.
"""

import re
from collections import defaultdict
from datetime import datetime
from uuid import UUID, uuid4

# version 4 only: a key that is derived (uuid5) is the same everywhere
RANDOM_KEY = re.compile(r"\b[0-9a-f]{8}(-?)[0-9a-f]{4}\1[4][0-9a-f]{3}\1[89ab][0-9a-f]{3}\1[0-9a-f]{12}\b")
MOMENT = re.compile(r"'(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?)((?:\+00)?)'")
PLACEHOLDER = re.compile(r"\{(?:(now)|(uuid|hex) (\d+))\}")


def put(text: str, since: datetime) -> str:
    """SQL literals with placeholders for random keys and for every moment from `since` on (UTC, without zone)."""
    numbers: dict[str, int] = {}

    def key(found: re.Match) -> str:
        number = numbers.setdefault(found[0].replace("-", ""), len(numbers) + 1)
        return f"{{{'uuid' if found[1] else 'hex'} {number}}}"

    def moment(found: re.Match) -> str:
        return f"'{{now}}{found[2]}'" if datetime.fromisoformat(found[1]) >= since else found[0]

    return MOMENT.sub(moment, RANDOM_KEY.sub(key, text))


def fill(text: str, now: datetime) -> str:
    """The same text with keys that nobody had before; `now` in UTC, without zone."""
    moment = now.isoformat(sep=" ", timespec="microseconds")
    keys: dict[str, UUID] = defaultdict(uuid4)

    def drawn(found: re.Match) -> str:
        if found[1]:
            return moment
        return str(keys[found[3]]) if found[2] == "uuid" else keys[found[3]].hex

    return PLACEHOLDER.sub(drawn, text)


def keys_in(literal: str) -> list[str]:
    """Random keys, in one spelling."""
    return [found[0].replace("-", "") for found in RANDOM_KEY.finditer(literal)]


def is_drawn(literal: str) -> bool:
    """Whether a literal may differ between two databases at all."""
    return bool(RANDOM_KEY.search(literal) or MOMENT.fullmatch(literal))


def masked(literal: str) -> str:
    """For an order that random keys and moments have no say in."""
    return MOMENT.sub("", RANDOM_KEY.sub("", literal))
