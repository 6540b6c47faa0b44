"""The steps of a lesson as they are taught: in 45 minutes, or in 30 where the lesson has a short plan.

Run mode, the board form and the USB copy read these and nothing of the blocks.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

CODES = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")


@dataclass(frozen=True)
class Step:
    """`script` and `shown` are rich text (`.source`); the class may see `title` and `shown`, never `script`. `codes`
    are those of cards and sheets that the step uses, as typed.
    """

    number: int
    title: str
    begins: int
    ends: int
    things: str
    script: Any
    shown: Any

    @property
    def minutes(self) -> int:
        return self.ends - self.begins

    @property
    def codes(self) -> list[str]:
        return CODES.findall(self.things)

    @property
    def has_shown(self) -> bool:
        return bool(self.shown and self.shown.source)


def steps_of(page) -> list[Step]:
    return [
        _step(number, value, value["begins"] or 0, value["ends"] or 0) for number, value in enumerate(_written(page), 1)
    ]


def short_steps_of(page) -> list[Step]:
    """The plan of 30 minutes, without what it leaves out; empty where the lesson has none."""
    steps: list[Step] = []
    until = 0
    for value in _written(page):
        if minutes := value.get("short"):
            steps.append(_step(len(steps) + 1, value, until, until + minutes))
            until += minutes
    return steps


def _step(number: int, value, begins: int, ends: int) -> Step:
    return Step(number, value["title"], begins, ends, value["things"] or "", value["script"], value.get("shown"))


def _written(page) -> Iterator[Any]:
    for part in page.body:
        if part.block_type == "timeline":
            yield from part.value["steps"]
