"""What still holds a sentence that was withdrawn: sheets on walls, voices, packages. Whoever makes such things says
where they are (`HOLDERS`); the desk lists them for who said that the sentence was wrong.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from campaigns.translating.sentences import SourceSentence


@dataclass(frozen=True)
class Held:
    """Things of one kind that hold it: `named` are the first of them, of `count`; `url` leads to what can be done."""

    kind: str | Promise
    count: int
    named: tuple[str, ...] = ()
    url: str = ""
    act: str | Promise = ""


# each returns what it knows to hold a sentence, with a constant number of queries
HOLDERS: list[Callable[[SourceSentence], list[Held]]] = []
# of a kind, how many are named
NAMED = 20


def held(sentence: SourceSentence) -> list[Held]:
    return [one for holder in HOLDERS for one in holder(sentence) if one.count]
