"""What a person's message of the day may be about; the apps that know register it, nothing here imports them.

    topic(Topic("han", _("Hạn tập huấn của mình"), is_duty=True, falling=falling, standing=standing))

`falling` says for whom something falls on the days of a window. `standing` says what is still so, and is asked twice:
as the message is planned and again as it goes out, so that nobody is told what is settled meanwhile.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from people.messages.working_days import Window


@dataclass(frozen=True)
class Line:
    """One sentence of a message, about its reader or with numbers only; `address` is the path that it leads to.
    `stoppable` is set as it is sent: its topic is no duty, so the message says where to stop it.
    """

    text: str
    address: str
    stoppable: bool = False


# {person: subjects}; a subject is a word of the topic's own, like "han:12"
Falling = dict[int, set[str]]
# {person: {subject: line}}
Told = dict[int, dict[str, Line]]


@dataclass(frozen=True)
class Topic:
    """What is a duty cannot be stopped by who is told."""

    key: str
    label: str | Promise
    is_duty: bool
    falling: Callable[[Window], Falling]
    standing: Callable[[Collection[int], date], Told]


TOPICS: dict[str, Topic] = {}


def topic(one: Topic) -> None:
    TOPICS[one.key] = one


def stoppable() -> list[Topic]:
    return [one for one in TOPICS.values() if not one.is_duty]
