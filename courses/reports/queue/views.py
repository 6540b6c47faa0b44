"""The page of units where nobody holds a duty, and the queue as the first page shows it."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from courses.reports.query.gate import reading_people
from courses.reports.query.query import in_force, rules_known
from courses.reports.query.unit_meant import unit_meant
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
    """In the whole of the reader's reach; `don_vi`, a code, and `yeu_cau` narrow it to what stands beside a figure."""
    desk, code, key = Desk(request.reader, today()), request.GET.get("don_vi", ""), request.GET.get("yeu_cau", "")
    unit, problem = unit_meant(desk.roster, code)
    rules = [one for one in rules_known(None) if one.requirement.key == key] if key else []
    rule = in_force(rules, rules[0].requirement, today()) if rules else None
    found = unheld([unit.pk] if unit else desk.roots, today(), [rule.duty] if rule else None)
    page = {
        "found": found,
        "unit": unit,
        "duty": rule.duty if rule else None,
        "problem": problem,
        "trail": [(_("Tiến độ"), reverse("reports:home"))],
    }
    return render(request, "reports/unheld.html", page)
