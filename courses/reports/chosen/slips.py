"""Activation slips for those among the chosen who cannot sign in yet."""

import uuid

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from courses.acts.choice import Choice, chosen_people
from courses.reports.chosen.gate import frame, of_choice
from letters.numbers import is_number
from people.persons.user import UserQuerySet
from people.screens.slips import MOST_AT_ONCE, batch_of, printed
from people.signing_in.activation import VALID, cannot_sign_in, within_reach


@require_http_methods(["GET", "HEAD", "POST"])
@of_choice
def slips(request, choice: Choice):
    """The codes exist in the answer to the POST only; a pile is at most as large as elsewhere."""
    waiting = _waiting(choice)
    if request.method == "POST":
        ticked = [int(pk) for pk in request.POST.getlist("person") if is_number(pk)]
        if people := list(waiting.filter(pk__in=ticked)[:MOST_AT_ONCE]):
            return printed(request, people, batch_of(request), request.path)
    page = Paginator(waiting, MOST_AT_ONCE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "others": len(choice.people) - page.paginator.count,
        "batch": uuid.uuid4(),
        "days": VALID.days,
        **frame(choice),
    }
    return render(request, "reports/chosen/slips.html", context)


def _waiting(choice: Choice) -> UserQuerySet:
    return chosen_people(choice).filter(cannot_sign_in(), within_reach(choice.by))
