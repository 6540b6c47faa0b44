"""`/bao-cao/nhac/goi/`: whom to call, since no mail or text message reached her."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from courses.acts.choice import choose
from courses.reports.query.gate import reading_people
from people.log.audit import Act, record
from people.messages.calls import called, to_call
from people.times import today


@require_http_methods(["GET", "HEAD", "POST"])
@reading_people
def call_list(request):
    """A POST leads on to the printing of whoever is on the list now."""
    calls = to_call(request.user, today())
    if request.method == "POST" and calls:
        people = [call.person.pk for call in calls]
        return redirect("reminders:print_calls", choose(request.user, people, request.path, timezone.now()).pk)
    if calls:
        record(Act.SAW_PEOPLE, request.user, on=today(), count=len(calls))
    trail = [(_("Tiến độ"), reverse("reports:home")), (_("Nhắc"), reverse("reminders:overview"))]
    return render(request, "reminders/calls.html", {"calls": calls, "trail": trail})


@require_POST
@reading_people
def call_made(request, pk: int):
    if not called(request.user, pk, timezone.now(), today()):
        raise Http404
    messages.success(request, _("Đã ghi: đã gọi."))
    return redirect("reminders:calls")
