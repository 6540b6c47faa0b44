"""A result that was changed by marking again, in a person's message of the day; no duty hangs on it, so she may stop
it. What became of it is read where it stands.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.attempts.remarks import Remarked
from people.messages.day_before import before_one_of
from people.messages.topics import Falling, Line, Told, Topic, topic
from people.messages.working_days import Window

TOPIC = "cham-lai"


def falling(window: Window) -> Falling:
    """On the day after."""
    found: Falling = defaultdict(set)
    rows = Remarked.objects.filter(before_one_of(window, "at"), read_at=None)
    for person in rows.values_list("attempt__person", flat=True):
        found[person].add(TOPIC)
    return found


def standing(people: Collection[int], day: date) -> Told:
    """Who has not opened it; one query."""
    rows = Remarked.objects.filter(attempt__person__in=people, read_at=None)
    said = _("Một bài kiểm tra của anh chị được chấm lại vì một đáp án đã sửa.")
    return {
        person: {TOPIC: Line(said, reverse("my_learning"))}
        for person in rows.order_by().values_list("attempt__person", flat=True).distinct()
    }


def connect() -> None:
    topic(Topic(TOPIC, gettext_lazy("Bài của mình được chấm lại"), False, falling, standing))
