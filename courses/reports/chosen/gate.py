"""Who opens the page of an act: whoever chose the people, within a day. Who ends what an act gave."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.acts.choice import Choice, choice_of
from courses.reports.query.gate import reading_people
from letters.numbers import is_number
from people.messages.calls import answered_for


def of_choice(view: Callable) -> Callable:
    """Decorates the page of an act: it is given the choice, which is one's own and of the last day, else 404."""

    @reading_people
    @wraps(view)
    def page(request, pk: int):
        choice = choice_of(request.user, pk, timezone.now())
        if choice is None:
            raise Http404
        return view(request, choice)

    return page


def frame(choice: Choice) -> dict:
    """Of each act's page: the choice, of how many people, and the way back to the list."""
    trail = [(_("Tiến độ"), reverse("reports:home")), (_("Danh sách cán bộ"), choice.source)]
    return {"choice": choice, "chosen": len(choice.people), "trail": trail}


def end_row(request, rows: QuerySet, end: Callable, said: str) -> None:
    """Ends the row of `rows` whose id was posted as `thoi`; 404 where its person is not answered for by the sender.

    `end(pk, by, now)` says whether it did; `said` is the sentence for it.
    """
    typed = request.POST.get("thoi", "")
    row = rows.filter(pk=int(typed)).first() if is_number(typed) else None
    if row is None or row.person_id not in answered_for(request.user, [row.person_id]):
        raise Http404
    if end(row.pk, request.user, timezone.now()):
        messages.success(request, said)
