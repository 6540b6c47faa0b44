"""`/bao-cao/nhac/`: what goes out next to one's people, what went out, and who has to be called."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from courses.reminders.gate import sets_the_plan
from courses.reports.query.gate import reading_people
from people.messages.calls import to_call
from people.messages.day_message import DayMessage, DayRun, MessageState, message_plan
from people.messages.foreseeing import foresee
from people.persons.user import User
from people.rights.scope import visible_to
from people.times import today

SHOWN = timedelta(days=30)


@dataclass(frozen=True)
class Day:
    """Of one day, the people of one's reach by what became of their message."""

    day: date
    waiting: int
    sent: int
    withheld: int
    to_call: int
    called: int

    @property
    def total(self) -> int:
        return self.waiting + self.sent + self.withheld + self.to_call + self.called

    @property
    def handed(self) -> int:
        return self.total - self.waiting


@require_safe
@reading_people
def overview(request):
    now, sets = timezone.now(), sets_the_plan(request.user)
    mine = User.objects.filter(visible_to(request.user, User))
    days = _days(mine, today())
    context = {
        "plan": message_plan(),
        "foreseen": foresee(now, None if sets else set(mine.values_list("pk", flat=True))),
        "days": days,
        "planning": DayRun.objects.filter(day=today(), planned_at=None).exists(),
        "under_way": [day for day in days if day.waiting],
        "calls": len(to_call(request.user, today())),
        "sets_the_plan": sets,
        "trail": [(_("Tiến độ"), reverse("reports:home"))],
    }
    return render(request, "reminders/overview.html", context)


def _days(people, day: date) -> list[Day]:
    """Latest first; one query."""
    rows = DayMessage.objects.filter(day__gt=day - SHOWN, person__in=people.values("pk"))
    counts: dict[date, dict[str, int]] = defaultdict(lambda: dict.fromkeys(MessageState.values, 0))
    for one, state, count in rows.order_by().values_list("day", "state").annotate(n=Count("pk")):
        counts[one][state] = count
    return [Day(one, **counts[one]) for one in sorted(counts, reverse=True)]
