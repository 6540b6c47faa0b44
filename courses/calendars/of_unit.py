"""The calendar of a unit, for who answers for it: when how many fall due, and its classes. It names nobody."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from courses.calendars.event import MOST_EVENTS, Event
from courses.calendars.own import KEPT
from courses.classes.planned.participant import SeatState
from courses.classes.planned.training_class import Meeting
from courses.reminders.turning import LATE
from courses.standing.spans import State
from courses.standing.standing import Standing
from people.rights.scope import resting_on, under
from people.times import covering, today
from people.units.unit import Unit

# days ahead of which somebody's falling due is told
AHEAD = timedelta(days=400)
_DAY = timedelta(days=1)


def unit_events(unit: Unit, now: datetime) -> list[Event]:
    """Of the unit, or of what took it over, and all below; two queries, four more for a unit that has ended."""
    day = today()
    below = under(resting_on(unit, day), day)
    return _dues(unit, below, day) + _meetings(below, now)


def falling_due(units: QuerySet, day: date) -> QuerySet:
    """(requirement, its key and name, first day late, whether a completion lapses, people), by day. Counted are those
    whom `turning.turn_of` calls required today, not late, and next due then; each person once a day.
    """
    same = Standing.objects.filter(person=OuterRef("person"), requirement=OuterRef("requirement")).order_by()
    earlier = same.filter(Q(end=None) | Q(end__gte=day), state__in=LATE, start__lt=OuterRef("start"))
    today_required = same.filter(covering(day))
    rows = Standing.objects.filter(
        Exists(today_required),
        ~Exists(today_required.filter(state=State.EXCUSED)),
        ~Exists(earlier),
        unit__in=units,
        state__in=LATE,
        start__gt=day,
        start__lte=day + AHEAD,
    )
    columns = ("start", "state", "requirement", "requirement__key", "requirement__name")
    return rows.order_by(*columns).values_list(*columns).annotate(n=Count("person", distinct=True))


def _dues(unit: Unit, below: QuerySet, day: date) -> list[Event]:
    return [
        Event(
            known_by=f"don-vi/{unit.pk}/{pk}/{state}/{first_late:%Y%m%d}",
            starts=first_late - _DAY,
            ends=None,
            title=(
                _("%(n)d người hết hiệu lực: %(name)s")
                if state == State.EXPIRED
                else _("%(n)d người đến hạn: %(name)s")
            )
            % {"n": n, "name": name},
            words=unit.name,
            place="",
            address=settings.BASE_URL + reverse("reports:people", args=[key, unit.code]),
        )
        for first_late, state, pk, key, name, n in falling_due(below, day)[:MOST_EVENTS]
    ]


def _meetings(below: QuerySet, now: datetime) -> list[Event]:
    taken = Count(
        "training_class__participants",
        filter=Q(training_class__participants__state=SeatState.SEATED, training_class__participants__walk_in=False),
    )
    rows = Meeting.objects.filter(
        training_class__unit__in=below, training_class__cancelled_at=None, ends_at__gt=now - KEPT
    )
    rows = rows.select_related("training_class__unit").annotate(taken=taken).order_by("starts_at", "pk")
    return [_meeting(meeting) for meeting in rows[:MOST_EVENTS]]


def _meeting(meeting: Meeting) -> Event:
    row = meeting.training_class
    words = {"unit": row.unit.name, "taken": meeting.taken, "seats": row.seats}  # type: ignore[attr-defined]
    return Event(
        known_by=f"lop/{row.pk}/{meeting.starts_at:%Y%m%dT%H%MZ}",
        starts=meeting.starts_at,
        ends=meeting.ends_at,
        title=_("Lớp tập huấn: %s") % row.title,
        words=_("%(unit)s. Đã có người: %(taken)d trên %(seats)d chỗ.") % words,
        place=meeting.room,
        address=settings.BASE_URL + reverse("classes:class", args=[row.pk]),
    )
