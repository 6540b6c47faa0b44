"""Who is told something on a day: planned by the clock at the set hour, once for each person and day."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from outbox.clock import every
from outbox.effects import Job, effect, enqueue
from outbox.many import enqueue_many
from people.messages.day_message import DayMessage, DayRun, Declined, MessageState, message_plan
from people.messages.days_off import days_off
from people.messages.sending import DAY_MESSAGE, opening
from people.messages.topics import TOPICS
from people.messages.working_days import CLOSES, MOST_MISSED, Window, is_working, window_of
from people.persons.user import User
from people.write_lock import make_way

PLANNING = "day_messages"
# people of one transaction, which holds SQLite's only write lock
BATCH = 500
# messages handed over in a minute: a mail server takes that many, and a reset link waits behind few
A_MINUTE = 300


@every("people.messages.plan_the_day", minutes=5)
def plan_the_day(now: datetime) -> None:
    """From the set hour on, on a working day, where the province switched it on; a missed hour is made up for."""
    plan, moment = message_plan(), timezone.localtime(now)
    day = moment.date()
    if not plan.is_on or not plan.opens_at <= moment.time() < CLOSES or not is_working(day, days_off(day)):
        return
    if not DayRun.objects.filter(day=day).exclude(planned_at=None).exists():
        enqueue(PLANNING, {"day": day.isoformat()}, f"{PLANNING}:{day}")


@effect(PLANNING, label=_("Lập danh sách nhắc trong ngày"))
def plan(job: Job) -> dict:
    """Interrupted and done again it finds the same window, and the messages that are there."""
    day, now = date.fromisoformat(job.payload["day"]), job.clock()
    run, _made = DayRun.objects.get_or_create(day=day, defaults={"begun_at": now})
    if run.planned_at:
        return {}
    wanted = wanted_in(window_on(day))
    people = sorted(wanted)
    for first in range(0, len(people), BATCH):
        some = people[first : first + BATCH]
        write({person: wanted[person] for person in some}, day, now, before=first)
        job.progress(first + len(some), len(people))
        make_way()
    DayRun.objects.filter(pk=run.pk).update(planned_at=now)
    return {"people": len(people)}


def window_on(day: date) -> Window:
    told = DayRun.objects.filter(day__lt=day).exclude(planned_at=None).order_by("-day").values_list("day", flat=True)
    return window_of(day, told.first(), days_off(date.fromordinal(day.toordinal() - 2 * MOST_MISSED)))


def wanted_in(window: Window) -> dict[int, set[str]]:
    """{person: subjects} of all topics, without who may not sign in and what somebody does not want to hear."""
    wanted: dict[int, set[str]] = defaultdict(set)
    declined = set(Declined.objects.values_list("person", "topic"))
    for topic in TOPICS.values():
        for person, subjects in topic.falling(window).items():
            if topic.is_duty or (person, topic.key) not in declined:
                wanted[person] |= subjects
    active = set(active_among(wanted))
    return {person: subjects for person, subjects in wanted.items() if person in active}


def active_among(people: Iterable[int]) -> Iterator[int]:
    for some in chunks(people):
        yield from User.objects.filter(pk__in=some, is_active=True).values_list("pk", flat=True)


def chunks(people: Iterable[int], of: int = 2000) -> Iterator[list[int]]:
    rest = iter(people)
    while some := list(islice(rest, of)):
        yield some


@transaction.atomic(savepoint=False)
def write(wanted: dict[int, set[str]], day: date, now: datetime, *, by=None, before: int = 0) -> int:
    """Writes a message for each who has none of that day, and asks for its sending; returns how many are new."""
    known = set(DayMessage.objects.filter(day=day, person__in=list(wanted)).values_list("person", flat=True))
    new = [
        DayMessage(person_id=person, day=day, about=sorted(subjects), made_at=now, by=by)
        for person, subjects in wanted.items()
        if person not in known
    ]
    DayMessage.objects.bulk_create(new, ignore_conflicts=True)
    waiting = DayMessage.objects.filter(day=day, person__in=list(wanted), state=MessageState.WAITING)
    crowd = [(f"{DAY_MESSAGE}:{pk}", {"message": pk}) for pk in waiting.order_by("pk").values_list("pk", flat=True)]
    enqueue_many(DAY_MESSAGE, crowd, starts=opening(now), a_minute=A_MINUTE, before=before)
    return len(new)
