"""The topic of optional courses in a person's message of the day; it is no duty, so she may stop it."""

from collections.abc import Collection
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.assigned.assignment import Assignment, standing_on
from courses.completions.completion import Completion
from courses.content.taught import titles
from people.messages.topics import Falling, Line, Told, Topic, topic
from people.messages.working_days import Window

TOPIC = "them"


def falling(window: Window) -> Falling:
    """On the day on which it was given."""
    rows = Assignment.objects.current().filter(end=None, start__gt=window.after, start__lte=window.last)
    found: Falling = {}
    for person, key in rows.values_list("person", "course_key"):
        found.setdefault(person, set()).add(f"{TOPIC}:{key}")
    return found


def standing(people: Collection[int], day: date) -> Told:
    """What they were given and have not completed; three queries."""
    rows = list(standing_on(day).filter(person__in=people).values_list("person", "course_key").order_by("start", "pk"))
    if not rows:
        return {}
    done = set(Completion.objects.current().filter(person__in=people).values_list("person", "course_key"))
    named: dict[str, str] = titles()
    told: Told = {}
    for person, key in rows:
        if (person, key) not in done and key in named:
            said = _("Khóa học nên học thêm, không bắt buộc: %s.") % named[key]
            told.setdefault(person, {})[f"{TOPIC}:{key}"] = Line(said, reverse("my_learning"))
    return told


def connect() -> None:
    topic(Topic(TOPIC, gettext_lazy("Khóa học được giao thêm, không bắt buộc"), False, falling, standing))
