"""A learner sets aside a course that she was given beyond what is required."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from courses.assigned.assigning import end
from courses.assigned.assignment import Assignment
from people.signing_in.resuming import signed_in_or_kept


@require_POST
@signed_in_or_kept
def set_aside(request, pk: int):
    """Pressed twice it counts once."""
    if not Assignment.objects.filter(pk=pk, person=request.user.pk).exists():
        raise Http404
    if end(pk, request.user, timezone.now()):
        messages.success(request, _("Đã bỏ khỏi danh sách. Anh chị vẫn học được khóa này lúc nào cũng được."))
    return redirect("my_learning")
