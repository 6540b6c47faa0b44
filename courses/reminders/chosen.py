"""What becomes of people chosen from a list, before and when something is done with them."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.acts.choice import Choice, choice_of, chosen_people
from courses.reminders.due import standing
from outbox import text_messages
from outbox.effects import Effect, Job, Refused, effect, enqueue
from people.log.audit import Act, Entry
from people.messages.calls import answered_for
from people.messages.day_message import DayMessage
from people.messages.foreseeing import Example
from people.messages.planning import BATCH, chunks, write
from people.messages.sending import body, opening, subject
from people.persons.user import User
from people.write_lock import make_way

REMIND = "remind_chosen"


@dataclass(frozen=True)
class Reminding:
    """`told` maps the people who would be told to their subjects; the others are numbers of people."""

    told: dict[int, list[str]]
    by_mail: int
    by_text: int
    to_call: int
    already: int
    nothing_due: int
    not_hers: int
    day: date
    example: Example | None


def reminding(choice: Choice) -> Reminding:
    """What reminding them now would do. One message a person and day: who got today's is told nothing more."""
    now = timezone.now()
    day = opening(now).date()
    people = {person.pk: person for person in chosen_people(choice) if person.is_active}
    hers = answered_for(choice.by, people) - {choice.by_id}
    already = set()
    lines: dict[int, dict] = {}
    for some in chunks(sorted(hers)):
        already |= set(DayMessage.objects.filter(day=day, person__in=some).values_list("person", flat=True))
        lines |= standing(some, timezone.localdate(now))
    told = {pk: sorted(lines[pk]) for pk in people if pk in hers and pk in lines and pk not in already}
    ways = [_way(people[pk]) for pk in told]
    first = next(iter(told), None)
    return Reminding(
        told=told,
        by_mail=ways.count("mail"),
        by_text=ways.count("text"),
        to_call=ways.count("call"),
        already=len(already),
        nothing_due=len([pk for pk in hers if pk not in lines and pk not in already]),
        not_hers=len(choice.people) - len(hers),
        day=day,
        example=_example([*lines[first].values()]) if first else None,
    )


def _way(person: User) -> str:
    if person.email:
        return "mail"
    return "text" if person.phone and text_messages.are_on() else "call"


def _example(lines: list) -> Example:
    return Example(subject(len(lines)), body(_("(họ tên người nhận)"), lines))


def ask(choice: Choice) -> Effect:
    """Asked twice it is done once."""
    return enqueue(REMIND, {"choice": choice.pk}, f"{REMIND}:{choice.pk}", requested_by=choice.by)


@effect(REMIND, label=gettext_lazy("Nhắc người đã chọn"))
def remind(job: Job) -> dict:
    """Asks once more who is answered for and what stands, then writes messages that ask again as they go out."""
    now = job.clock()
    choice = choice_of(job.requested_by, job.payload["choice"], now) if job.requested_by else None
    if choice is None:
        raise Refused(_("Lựa chọn này đã cũ hơn một ngày; anh chị chọn lại từ danh sách."))
    found = reminding(choice)
    people = list(found.told)
    for first in range(0, len(people), BATCH):
        some = people[first : first + BATCH]
        with transaction.atomic():
            write({pk: set(found.told[pk]) for pk in some}, found.day, now, by=choice.by, before=first)
            Entry.objects.bulk_create(Entry(act=Act.REMINDED, by=choice.by, person_id=pk, at=now) for pk in some)
        job.progress(first + len(some), len(people))
        make_way()
    return {"people": len(people)}
