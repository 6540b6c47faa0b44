"""How long a lesson takes: pure, from the texts that are read.

Minutes are ceil(syllables read / 180 + 0.7 × choices). Of a choice all options are read and the longest answer; a
Vietnamese syllable is a written word. The same formula is in the README of the starter content.
"""

import html
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

from courses.questions.reading import SYLLABLES_A_MINUTE
from courses.questions.reading import syllables as plain_syllables

MINUTES_A_CHOICE = 0.7
TAG = re.compile(r"<[^<>]*>")
# what an editor sets that nobody reads
UNREAD = {
    *("id", "type", "url", "alt", "tone", "verdict", "right", "scene", "image", "recording", "document"),
    *("sectors", "duties"),
}


def syllables(text: str) -> int:
    """In plain text or HTML."""
    return plain_syllables(html.unescape(TAG.sub(" ", text)))


@dataclass(frozen=True)
class Reading:
    """`choices` are decisions and checks."""

    syllables: int
    choices: int

    @property
    def minutes(self) -> int:
        return max(1, math.ceil(self.syllables / SYLLABLES_A_MINUTE + MINUTES_A_CHOICE * self.choices))


def reading_of(texts: Iterable[str], blocks: Iterable[dict]) -> Reading:
    """`texts` stand beside the body (title, objective); `blocks` are its raw data: {"type", "value"}."""
    read, choices = sum(syllables(text) for text in texts), 0
    for block in blocks:
        kind, value = block["type"], block["value"]
        if kind in ("decision", "check"):
            choices += 1
            read += _choice(value)
        else:
            read += sum(syllables(text) for text in _texts(value, listed=kind == "say"))
    return Reading(read, choices)


def _choice(value: dict) -> int:
    options = [option["value"] for option in value["options"]]
    answers = [
        sum(syllables(option.get(key, "")) for key in ("consequence", "remark", "feedback")) for option in options
    ]
    asked = syllables(value["ask"]) + sum(syllables(option["text"]) for option in options)
    return asked + max(answers, default=0)


def _texts(node, listed: bool = False) -> Iterable[str]:
    """Every text below that is read. `listed`: the words to say stand in a list called `right`."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key not in UNREAD or (listed and key == "right"):
                yield from _texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from _texts(value)
    elif isinstance(node, str):
        yield node


def is_off(minutes: int, proposed: int) -> bool:
    """Off by more than a third of what the formula proposes."""
    return abs(minutes - proposed) * 3 > proposed
