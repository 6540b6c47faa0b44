"""The page of units where nobody holds a duty, and the queue as the first page shows it."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from courses.reports.query.gate import reading_people
from courses.standing.unheld import unheld
from people.rights.reader import Reader
from people.roster.waiting import Desk, waiting_for
from people.times import today


def queue_part(reader: Reader) -> dict:
    """Of the context of the first page; nothing for who answers for nobody, an observer."""
    desk = Desk(reader, today())
    return {"has_queue": desk.answers, "queue": waiting_for(desk) if desk.answers else []}


@require_safe
@reading_people
def duties_of_nobody(request):
    found = unheld(Desk(request.reader, today()).roots, today())
    page = {"found": found, "trail": [(_("Tiến độ"), reverse("reports:home"))]}
    return render(request, "reports/unheld.html", page)
