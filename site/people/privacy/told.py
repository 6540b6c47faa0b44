"""`/tai-khoan/tin-nhac/`: what somebody is told in her message of the day, and what of it she stops."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people.messages.day_message import Declined
from people.messages.topics import TOPICS, stoppable
from people.signing_in.resuming import signed_in_or_kept


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_or_kept
def told(request):
    """A POST with `nhan` (keys) keeps those topics and stops the others that may be stopped."""
    mine = Declined.objects.filter(person=request.user.pk)
    if request.method == "POST":
        wanted = set(request.POST.getlist("nhan"))
        stopped = [topic.key for topic in stoppable() if topic.key not in wanted]
        mine.exclude(topic__in=stopped).delete()
        rows = [Declined(person=request.user, topic=key) for key in stopped]
        Declined.objects.bulk_create(rows, ignore_conflicts=True)
        messages.success(request, _("Đã lưu."))
        return redirect("told")
    declined = set(mine.values_list("topic", flat=True))
    context = {
        "duties": [topic for topic in TOPICS.values() if topic.is_duty],
        "stoppable": [(topic, topic.key not in declined) for topic in stoppable()],
        "trail": [(_("Tài khoản"), reverse("account"))],
    }
    return render(request, "account/told.html", context)
