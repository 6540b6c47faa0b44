"""A person's own calendar: when she falls due, and the meetings of classes in which she has a seat."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from courses.calendars.event import MOST_EVENTS, Event
from courses.classes.planned.participant import Participant, SeatState
from courses.reminders.due import turns_of
from courses.reminders.turning import Turn
from courses.requirements.requirement import Requirement
from people.persons.user import User
from people.times import today

# what is over stays so long
KEPT = timedelta(days=30)


def own_events(person: User, now: datetime) -> list[Event]:
    """Four queries, three where she has no seat."""
    return _dues(person, today()) + _meetings(person, now)


def _dues(person: User, day: date) -> list[Event]:
    """Her own due days: extensions, excuses, grace and what lapses are in her standing already."""
    names = dict(Requirement.objects.values_list("pk", "name"))
    found = turns_of(person.pk, day)
    return [_due(person, pk, names[pk], turn, day) for pk, turn in sorted(found.items(), key=lambda one: one[1].day)]


def _due(person: User, requirement: int, name: str, turn: Turn, day: date) -> Event:
    # no number of days left: it would change every day
    if turn.is_late_on(day):
        title = _("Hết hiệu lực, cần học lại: %s") if turn.renews else _("Đã quá hạn: %s")
    else:
        title = _("Ngày cuối còn hiệu lực: %s") if turn.renews else _("Hạn tập huấn: %s")
    return Event(
        known_by=f"han/{person.pk}/{requirement}",
        starts=turn.day,
        ends=None,
        title=title % name,
        words=_("Mở “Việc của tôi” để học tiếp."),
        place="",
        address=settings.BASE_URL + reverse("my_learning"),
    )


def _meetings(person: User, now: datetime) -> list[Event]:
    rows = Participant.objects.filter(person=person.pk, state=SeatState.SEATED, training_class__cancelled_at=None)
    rows = rows.select_related("training_class__unit").prefetch_related("training_class__meetings")
    return [
        Event(
            known_by=f"lop/{person.pk}/{own.training_class_id}/{meeting.starts_at:%Y%m%dT%H%MZ}",
            starts=meeting.starts_at,
            ends=meeting.ends_at,
            title=_("Lớp tập huấn: %s") % own.training_class.title,
            words=own.training_class.unit.name,
            place=meeting.room,
            address=settings.BASE_URL + reverse("classes:mine", args=[own.pk]),
        )
        for own in rows.order_by("-pk")[:MOST_EVENTS]
        for meeting in own.training_class.meetings.all()
        if meeting.ends_at > now - KEPT
    ]
