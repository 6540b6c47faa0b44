"""The topic of one's own due days: who falls due on the days of a window, and what stands for somebody today."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from courses.reminders.plan import Audience, days_of
from courses.reminders.turning import LATE, Stretch, Turn, turn_of
from courses.requirements.requirement import Requirement
from courses.standing.standing import Standing
from people.messages.topics import Falling, Line, Told
from people.messages.working_days import Window
from people.times import covering

TOPIC = "han"
# what is due later than this is nobody's matter yet
SOON = timedelta(days=60)
CHUNK = 2000

# (person, requirement)
Pair = tuple[int, int]


def falling(window: Window) -> Falling:
    found: Falling = {}
    for (person, requirement), _turn in turning(window, days_of(Audience.SELF).get(Audience.SELF, [])):
        found.setdefault(person, set()).add(f"{TOPIC}:{requirement}")
    return found


def turning(window: Window, offsets: Collection[int]) -> Iterator[tuple[Pair, Turn]]:
    """Those for whom a day that many days after their due day lies in the window; one query, and one for each 2000
    people among them.
    """
    if not offsets:
        return
    begun = Q()
    for days in offsets:
        # late from the day after the due day
        first, last = (day - timedelta(days=days - 1) for day in (window.after, window.last))
        begun |= Q(start__gt=first, start__lte=last)
    rows = Standing.objects.filter(begun, state__in=LATE).order_by()
    pairs = set(rows.values_list("person", "requirement"))
    for pair, turn in turns(pairs, window.last):
        if any(window.holds(turn.day + timedelta(days=days)) for days in offsets):
            yield pair, turn


def turns(pairs: Iterable[Pair], day: date) -> Iterator[tuple[Pair, Turn]]:
    pairs = set(pairs)
    people = sorted({person for person, _requirement in pairs})
    for first in range(0, len(people), CHUNK):
        for pair, stretches in _stretches(people[first : first + CHUNK]).items():
            if pair in pairs and (turn := turn_of(stretches, day)):
                yield pair, turn


def turns_of(person: int, day: date) -> dict[int, Turn]:
    """{requirement: how somebody required on `day` came to be late, else when she next falls due}; one query."""
    stretches = _stretches([person]).items()
    return {requirement: turn for (_person, requirement), rows in stretches if (turn := turn_of(rows, day))}


def _stretches(people: Collection[int]) -> dict[Pair, list[Stretch]]:
    found: dict[Pair, list[Stretch]] = {}
    rows = Standing.objects.filter(person__in=people).order_by()
    columns = ("person", "requirement", "start", "end", "state")
    for person, requirement, start, end, state in rows.values_list(*columns):
        found.setdefault((person, requirement), []).append(Stretch(start, end, state))
    return found


def standing(people: Collection[int], day: date) -> Told:
    """What is late or due soon for each, by the nearest day; two queries."""
    names = dict(Requirement.objects.values_list("pk", "name"))
    rows = sorted(
        ((turn.day, pair, turn) for pair, stretches in _stretches(people).items() if (turn := turn_of(stretches, day))),
        key=lambda row: row[:2],
    )
    told: Told = {}
    for due, (person, requirement), turn in rows:
        if due <= day + SOON:
            line = Line(in_words(names[requirement], turn, day), reverse("my_learning"))
            told.setdefault(person, {})[f"{TOPIC}:{requirement}"] = line
    return told


def in_words(name: str, turn: Turn, day: date) -> str:
    """Of who is late it says since when she is: the deadline itself may have been before she was posted."""
    first = turn.day + timedelta(days=1)
    words = {"name": name, "day": f"{turn.day:%d/%m/%Y}", "n": abs((turn.day - day).days), "first": f"{first:%d/%m/%Y}"}
    if turn.is_late_on(day):
        late = _("%(name)s: hết hiệu lực từ ngày %(first)s, cần học lại.")
        return (late if turn.renews else _("%(name)s: quá hạn từ ngày %(first)s (%(n)d ngày).")) % words
    if turn.day == day:
        return (
            _("%(name)s: hôm nay là ngày cuối còn hiệu lực.") if turn.renews else _("%(name)s: hạn là hôm nay.")
        ) % words
    if turn.renews:
        return _("%(name)s: còn hiệu lực đến hết ngày %(day)s (%(n)d ngày).") % words
    return _("%(name)s: hạn ngày %(day)s (còn %(n)d ngày).") % words


def is_late(day: date) -> Q:
    """Standings of who is overdue or expired on the day."""
    return covering(day) & Q(state__in=LATE)
