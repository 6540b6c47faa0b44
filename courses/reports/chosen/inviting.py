"""Inviting chosen people to a class: which one, who gets a seat, who waits, who cannot be invited."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.acts.choice import Choice
from courses.classes.listing import in_state, with_counts
from courses.classes.planned.seating import foresee, invite
from courses.classes.planned.training_class import ClassState, TrainingClass
from courses.classes.planned.whose import led_by
from courses.reports.chosen.gate import frame, of_choice
from courses.reports.query.gate import forbidden
from letters.numbers import is_number
from people.rights.scope import TRAINING_KINDS

# classes to come that are offered
MOST = 50


@require_http_methods(["GET", "HEAD", "POST"])
@of_choice
def invite_chosen(request, choice: Choice):
    """`lop` is the class: of a GET to be seen, of a POST to be invited to."""
    if not request.reader.holds(TRAINING_KINDS):
        return forbidden(request, _("Mời vào lớp là việc của người phụ trách tập huấn và người quản lý."))
    now = timezone.now()
    classes = list(in_state(with_counts(led_by(request.user)), ClassState.PLANNED, now).order_by("starts_at")[:MOST])
    row = _meant(classes, request.POST.get("lop") or request.GET.get("lop", ""))
    if request.method == "POST" and row:
        done = invite(request.user, row, choice.people, now)
        messages.success(
            request, _("Đã mời: %d người có chỗ, %d người vào danh sách chờ.") % (done.seated, done.waiting)
        )
        return redirect("classes:class", row.pk)
    context = {
        "classes": classes,
        "row": row,
        "found": foresee(request.user, row, choice.people) if row else None,
        **frame(choice),
    }
    return render(request, "reports/chosen/inviting.html", context)


def _meant(classes: list[TrainingClass], typed: str) -> TrainingClass | None:
    """The one that was chosen, or the only one there is."""
    if len(classes) == 1 and not typed:
        return classes[0]
    return next((one for one in classes if is_number(typed) and one.pk == int(typed)), None)
