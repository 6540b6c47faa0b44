"""The topic of a class to come; whoever is invited may decline, so being told of it is no duty and can be stopped."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from django.db.models import Min, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.classes.planned.participant import Participant, SeatState
from people.messages.topics import Falling, Line, Told, Topic, topic
from people.messages.working_days import Window

TOPIC = "lop"
# days before its first meeting
AHEAD = timedelta(days=2)
_DAY = timedelta(days=1)


def _seated(first: date, last: date) -> QuerySet:
    """Who has a seat in a class whose first meeting is on one of these days; `first` of each."""
    rows = Participant.objects.filter(state=SeatState.SEATED, walk_in=False, training_class__cancelled_at=None)
    begins = rows.annotate(first=Min("training_class__meetings__starts_at"))
    return begins.filter(first__gte=_midnight(first), first__lt=_midnight(last + _DAY))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def falling(window: Window) -> Falling:
    """Two days before the first meeting."""
    found: Falling = {}
    for pk, person in _seated(window.after + AHEAD + _DAY, window.last + AHEAD).values_list("pk", "person"):
        found.setdefault(person, set()).add(f"{TOPIC}:{pk}")
    return found


def standing(people: Collection[int], day: date) -> Told:
    """Classes with a seat for her that begin today or within the next days; one query."""
    told: Told = {}
    rows = _seated(day, day + 2 * AHEAD).filter(person__in=people).order_by("first", "pk")
    for pk, person, title, first in rows.values_list("pk", "person", "training_class__title", "first"):
        words = {"title": title, "at": f"{timezone.localtime(first):%H:%M %d/%m/%Y}"}
        said = _("Lớp tập huấn “%(title)s” bắt đầu lúc %(at)s.") % words
        line = Line(said, reverse("classes:mine", args=[pk]))
        told.setdefault(person, {})[f"{TOPIC}:{pk}"] = line
    return told


def connect() -> None:
    topic(Topic(TOPIC, gettext_lazy("Lớp tập huấn được mời"), False, falling, standing))
