"""`/bao-cao/can-bo/`: finding one of one's own people by name, code, e-mail or telephone, whatever their duties."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from courses.reports.query.gate import reading_people
from letters.folding import visible
from people.log.audit import Act, record
from people.persons.user import User
from people.postings.posting import Posting
from people.rights import scope
from people.times import covering, today

PAGE = 30
LONGEST = 100


@require_safe
@reading_people
def find(request):
    words = visible(request.GET.get("tim", ""))[:LONGEST]
    people = User.objects.filter(scope.visible_to(request.user, User)).found(words).by_name()
    page = Paginator(people if words else User.objects.none(), PAGE).get_page(request.GET.get("page"))
    found = list(page.object_list)
    if found:
        record(Act.SAW_PEOPLE, request.user, on=today(), count=len(found))
    context = {
        "words": words,
        "page": page,
        "people": [(person, places) for person, places in zip(found, _places(found), strict=True)],
        "page_query": urlencode({"tim": words}) + "&",
        "trail": [(_("Tiến độ"), reverse("reports:home"))],
    }
    return render(request, "reports/find.html", context)


def _places(people: list[User]) -> list[str]:
    """What each holds today, and where it counts; one query."""
    rows = Posting.objects.current().filter(covering(today()), person__in=people).placed_on(today()).order_by("start")
    held: dict[int, list[str]] = {}
    for person, position, place in rows.values_list("person", "position", "place"):
        held.setdefault(person, []).append(f"{position}, {place}" if position else place)
    return ["; ".join(dict.fromkeys(held.get(person.pk, ()))) for person in people]
