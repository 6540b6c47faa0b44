"""Sending one message: what is said is asked for as it goes out, so nobody is told what is settled meanwhile.

By mail; else by text message, where a receiver is set; else the person stands on the unit's call list, and so does
whoever could not be reached for good.
"""

from dataclasses import replace
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from outbox import mail, text_messages
from outbox.effects import Job, TryLater, effect, enqueue
from people.messages.day_message import Channel, DayMessage, Declined, MessageState, Why, message_plan
from people.messages.days_off import days_off
from people.messages.topics import TOPICS, Line
from people.messages.working_days import open_from
from people.persons.phones import local_phone
from people.persons.user import User

DAY_MESSAGE = "day_message"
SHUT = gettext_lazy("Chờ đến giờ làm việc.")


def opening(now: datetime) -> datetime:
    """`now` (in Asia/Ho_Chi_Minh) where something may go out, else when it next may; two queries."""
    moment = timezone.localtime(now)
    return open_from(moment, message_plan().opens_at, days_off(moment.date()))


@effect(DAY_MESSAGE, label=gettext_lazy("Gửi tin nhắc"), tries=mail.TRIES, given_up=lambda job: give_up(job))
def send(job: Job) -> dict:
    now = job.clock()
    message = waiting(job)
    if message is None:
        return {}
    opens = opening(now)
    if opens > now:
        raise TryLater((opens - now).total_seconds() / 60, SHUT)
    lines = still_standing([message.person_id], timezone.localdate(now)).get(message.person_id, {})
    if why := why_not(message, lines):
        return end(message, MessageState.WITHHELD, now, why=why)
    channel = Channel(job.payload.get("by") or channel_of(message.person))
    if channel == Channel.CALL:
        return end(message, MessageState.TO_CALL, now, channel=channel, why=Why.NO_ADDRESS)
    hand_over(job, message.person, channel, list(lines.values()))
    return end(message, MessageState.SENT, now, channel=channel)


def waiting(job: Job) -> DayMessage | None:
    rows = DayMessage.objects.filter(pk=job.payload["message"], state=MessageState.WAITING)
    return rows.select_related("person").first()


def channel_of(person: User) -> Channel:
    if person.email:
        return Channel.MAIL
    return Channel.TEXT if person.phone and text_messages.are_on() else Channel.CALL


def why_not(message: DayMessage, lines: dict[str, Line]) -> Why | None:
    """Why the message is not sent now; None where it is. Its own subjects must still stand, not any other."""
    if not message.person.is_active:
        return Why.CLOSED
    if not lines.keys() & set(message.about):
        return Why.SETTLED
    later = DayMessage.objects.filter(person=message.person_id, day__gt=message.day)
    return Why.LATER if later.exists() else None


def still_standing(people: list[int], day: date) -> dict[int, dict[str, Line]]:
    """All that is for each of these people on the day, of every topic that she did not stop."""
    declined = set(Declined.objects.filter(person__in=people).values_list("person", "topic"))
    told: dict[int, dict[str, Line]] = {}
    for topic in TOPICS.values():
        for person, lines in topic.standing(people, day).items():
            if topic.is_duty or (person, topic.key) not in declined:
                said = {subject: replace(line, stoppable=not topic.is_duty) for subject, line in lines.items()}
                told.setdefault(person, {}).update(said)
    return told


def hand_over(job: Job, person: User, channel: Channel, lines: list[Line]) -> None:
    with translation.override(person.reads_in):
        if channel == Channel.TEXT:
            text_messages.deliver(job, local_phone(person.phone or ""), short_text(len(lines)))
        else:
            parts = {"to": person.email or "", "subject": subject(len(lines)), "body": body(person.full_name, lines)}
            mail.deliver(job, parts)


def end(message: DayMessage, state: MessageState, now: datetime, **fields) -> dict:
    rows = DayMessage.objects.filter(pk=message.pk, state=MessageState.WAITING)
    rows.update(state=state, ended_at=now, **fields)
    return {"state": str(state.value)}


def give_up(job: Job) -> None:
    """In the transaction in which the row fails: no mail could be handed over, so a text message, else a call."""
    message, now = waiting(job), job.clock()
    if message is None:
        return
    by_text = message.person.phone and text_messages.are_on() and job.payload.get("by") != Channel.TEXT
    if by_text and message.person.email:
        payload = {"message": message.pk, "by": Channel.TEXT.value}
        enqueue(DAY_MESSAGE, payload, f"{DAY_MESSAGE}:{message.pk}:text")
    else:
        end(message, MessageState.TO_CALL, now, channel=Channel.CALL, why=Why.UNDELIVERED)


# --- words


def subject(count: int) -> str:
    return _("Anh chị có %d việc tập huấn cần xem") % count


def body(name: str, lines: list[Line]) -> str:
    """Names nobody but its reader; lists of others stand behind the links, where rights are asked again."""
    parts = [_("Chào anh chị %s,") % name]
    parts += [f"– {line.text}\n  {settings.BASE_URL}{line.address}" for line in lines]
    if any(line.stoppable for line in lines):
        said = _("Tin về việc không bắt buộc dừng được ở: %s")
        parts.append(said % f"{settings.BASE_URL}{reverse('told')}")
    parts.append(_("Đây là tin tự động trong ngày làm việc. Việc nào đã xong thì không cần làm gì thêm."))
    return "\n\n".join(parts)


def short_text(count: int) -> str:
    """Without a name or the matter, since a telephone lies open."""
    return _("La Chan: anh chi co %(n)d viec tap huan can xem tai %(address)s") % {
        "n": count,
        "address": settings.BASE_URL,
    }
