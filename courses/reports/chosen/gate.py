"""Who opens the page of an act: whoever chose the people, within a day."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.acts.choice import Choice, choice_of
from courses.reports.query.gate import reading_people


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
