"""What would go out next: seen before it does, with counts and one example, by the very functions that send it."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from outbox import text_messages
from people.messages.day_message import Channel, DayRun, message_plan
from people.messages.days_off import days_off
from people.messages.planning import chunks, wanted_in, window_on
from people.messages.sending import body, still_standing, subject
from people.messages.topics import TOPICS
from people.messages.working_days import CLOSES, working_from
from people.persons.user import User
from people.typed_times import day_in_full


@dataclass(frozen=True)
class Example:
    subject: str
    body: str


@dataclass(frozen=True)
class Foreseen:
    """`by_topic` and `by_channel` are (label, people); somebody may be in several topics and is in one channel."""

    day: date
    people: int
    by_topic: list[tuple[str, int]]
    by_channel: list[tuple[str, int]]
    example: Example | None

    @property
    def in_full(self) -> str:
        return day_in_full(self.day)


def next_day(now: datetime) -> date:
    """The working day whose messages are planned next."""
    moment = timezone.localtime(now)
    day = moment.date()
    over = moment.time() >= CLOSES or DayRun.objects.filter(day=day).exclude(planned_at=None).exists()
    return working_from(day + timedelta(days=1) if over else day, days_off(day))


def foresee(now: datetime, within: Collection[int] | None = None) -> Foreseen:
    """`within` are the ids of the people of whom the reader may know; None is everybody. It writes nothing."""
    day = next_day(now)
    wanted = wanted_in(window_on(day))
    if within is not None:
        wanted = {person: subjects for person, subjects in wanted.items() if person in within}
    topics = Counter(topic for subjects in wanted.values() for topic in {one.partition(":")[0] for one in subjects})
    channels = _channels(wanted)
    return Foreseen(
        day=day,
        people=len(wanted),
        by_topic=[(str(topic.label), topics[topic.key]) for topic in TOPICS.values() if topics[topic.key]],
        by_channel=[(str(channel.label), channels[channel]) for channel in Channel if channels[channel]],
        example=_example(sorted(wanted), day),
    )


def _channels(people: Collection[int]) -> Counter:
    counted: Counter = Counter()
    for some in chunks(people):
        for email, phone in User.objects.filter(pk__in=some).values_list("email", "phone"):
            by_text = phone and text_messages.are_on()
            counted[Channel.MAIL if email else Channel.TEXT if by_text else Channel.CALL] += 1
    return counted


def _example(people: list[int], day: date) -> Example | None:
    """Of the first of them, without her name: what she is told is hers."""
    for person in people[:1]:
        if lines := still_standing([person], day).get(person):
            return Example(subject(len(lines)), body(_("(họ tên người nhận)"), [*lines.values()]))
    return None


def is_switched_on() -> bool:
    return message_plan().is_on
