"""Exemplars in a person's message of the day: that there is news of one that she wrote, and that some wait for her
review.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.talk import news
from courses.talk.exemplars.exemplar import Exemplar, ExemplarState
from courses.talk.exemplars.whose import REVIEWING_KINDS, WRITING_KINDS
from courses.talk.news import NewsKind
from people.messages.day_before import before_one_of
from people.messages.topics import Falling, Line, Told, Topic, topic
from people.messages.working_days import Window
from people.rights.scope import at_the_top, holders
from people.times import covering
from people.units.successions import Reach

HERS, WAITING = "mo-hinh", "duyet-mo-hinh"
KINDS = (NewsKind.EXEMPLAR,)


def hers_falling(window: Window) -> Falling:
    return {person: {HERS} for person in news.falling(window, KINDS)}


def hers_standing(people: Collection[int], day: date) -> Told:
    """Of who still writes for a unit: nobody else opens the page. A fixed number of queries."""
    unopened = news.unopened(people, KINDS)
    writing = {person for who in holders(WRITING_KINDS, day).values() for person in who} if unopened else set()
    said = _("%(n)d mô hình hay anh chị viết có tin mới.")
    return {
        person: {HERS: Line(said % {"n": len(rows)}, reverse("exemplars:open", args=[rows[-1]]))}
        for (person, _kind), rows in unopened.items()
        if person in writing
    }


# --- reviewers


def waiting_falling(window: Window) -> Falling:
    rows = Exemplar.objects.filter(before_one_of(window, "written_at"), state=ExemplarState.WAITING)
    return {person: {WAITING} for who in _reviewers(rows, window.last).values() for person in who}


def waiting_standing(people: Collection[int], day: date) -> Told:
    """A constant number of queries."""
    counts: dict[int, int] = defaultdict(int)
    for who in _reviewers(Exemplar.objects.filter(state=ExemplarState.WAITING), day).values():
        for person in who & set(people):
            counts[person] += 1
    said, address = _("%(n)d mô hình hay chờ anh chị đọc và duyệt."), f"{reverse('exemplars:work')}?loc=cho-duyet"
    return {person: {WAITING: Line(said % {"n": n}, address)} for person, n in counts.items()}


def _reviewers(exemplars, day: date) -> dict[int, set[int]]:
    """Whom each waits for: of those who may review it the nearest above, never who wrote it. `whose.reviewed_by` is the
    rule of one reader; a test compares.
    """
    rows = list(exemplars.values_list("pk", "unit", "written_by"))
    if not rows:
        return {}
    held = holders(REVIEWING_KINDS, day)
    top = at_the_top(held, day)
    reach = Reach.objects.filter(covering(day), unit__in={unit for _pk, unit, _by in rows}).order_by("depth")
    above: dict[int, list[int]] = defaultdict(list)
    for unit, ancestor, depth in reach.values_list("unit", "ancestor", "depth"):
        # at the province, which has none above, another one of the province
        if depth or ancestor in top:
            above[unit].append(ancestor)
    return {pk: _nearest(above[unit], held, by) for pk, unit, by in rows}


def _nearest(above: list[int], held: dict[int, set[int]], by: int) -> set[int]:
    return next((who for unit in above if (who := held.get(unit, set()) - {by})), set())


def connect() -> None:
    topic(Topic(HERS, gettext_lazy("Tin về mô hình hay của mình"), False, hers_falling, hers_standing))
    topic(Topic(WAITING, gettext_lazy("Mô hình hay chờ mình duyệt"), False, waiting_falling, waiting_standing))
