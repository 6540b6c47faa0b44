"""`/bao-cao/chon/`: takes the people who are ticked in a list, or all that match it, and leads on to the act."""

from urllib.parse import parse_qsl

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from courses.acts.choice import MOST, choose
from courses.acts.registry import act_named
from courses.reports.people.views import PeopleSelection, people_query
from courses.reports.query.gate import forbidden, reading_people
from courses.reports.roster.selection import Selection
from letters.numbers import is_number
from people.persons.user import User
from people.rights.scope import visible_to

# what the path of a list of the people behind a figure ends in
OF_FIGURE = "can-bo"


@require_POST
@reading_people
def choosing(request):
    """`nguoi` are ids, or with `tat_ca` all of the list at `tu` (path and filters); `viec` is the act's key."""
    act = act_named(request.user, request.POST.get("viec", ""))
    if act is None:
        return forbidden(request, _("Việc này không thuộc vai trò của anh chị."))
    source = request.POST.get("tu", "")
    source = source if source.startswith("/bao-cao/") else "/bao-cao/can-bo/"
    wanted = _all_of(request, source) if request.POST.get("tat_ca") else _ticked(request)
    hers = User.objects.filter(visible_to(request.user, User), pk__in=wanted)
    people = list(hers.values_list("pk", flat=True)[: MOST + 1])
    if not people:
        messages.error(request, _("Hãy đánh dấu ít nhất một người, hoặc chọn tất cả người khớp."))
        return redirect(source)
    if len(people) > MOST:
        messages.error(request, _("Nhiều hơn %d người: hãy lọc hẹp hơn rồi làm từng phần.") % MOST)
        return redirect(source)
    return redirect(act.page, choose(request.user, people, source, timezone.now()).pk)


def _ticked(request) -> list[int]:
    return [int(pk) for pk in request.POST.getlist("nguoi") if is_number(pk)]


def _all_of(request, source: str):
    """Ids of all that the list shows on all its pages; as a subquery where it can be one."""
    path, _mark, typed = source.partition("?")
    filters = dict(parse_qsl(typed))
    parts = path.strip("/").split("/")[1:]
    if len(parts) == 3 and parts[2] == OF_FIGURE:
        query, answer = people_query(request, parts[0], parts[1], filters)
        return PeopleSelection(query, answer, filters).people().ids()
    return Selection(request.user, filters).people().order_by().values("pk")
