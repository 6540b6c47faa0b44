"""The learner's own side: when and where, and the word that she cannot come."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.classes.feedback import answers as feedback
from courses.classes.held.sheets import address_of, qr
from courses.classes.planned.participant import TAKING_PART, SeatState
from courses.classes.planned.planning import trainers_of
from courses.classes.planned.seating import leave
from courses.classes.planned.training_class import is_over
from courses.classes.screens import gate
from courses.content.taught import titles
from courses.progress.attended import CourseAttended


@require_http_methods(["GET", "HEAD", "POST"])
@gate.own_page
def mine(request, pk: int) -> HttpResponse:
    own = gate.own_participation_or_404(request.user, pk)
    row, now = own.training_class, timezone.now()
    if request.method == "POST":
        if leave(own, SeatState.DECLINED, now):
            messages.success(request, _("Đã báo không dự. Chỗ này dành cho người trong danh sách chờ."))
        else:
            messages.warning(request, _("Lớp đã học xong hoặc anh chị đã báo rồi, nên không đổi gì."))
        return redirect("classes:mine", own.pk)
    why_not_feedback = feedback.why_not(own, now)
    takes_part = own.state in TAKING_PART and not row.cancelled_at and not is_over(row, now)
    context = {
        "own": own,
        "row": row,
        "course": titles().get(row.course_key, row.course_key),
        "meetings": list(row.meetings.all()),
        "attended": CourseAttended.objects.current().filter(person=own.person_id, training_class=row).first(),
        "trainers": list(trainers_of(row)),
        "code": mark_safe(qr(address_of(own))) if takes_part else "",
        "may_decline": takes_part,
        "may_give_feedback": not why_not_feedback,
        "trail": gate.trail(),
    }
    return render(request, "classes/mine.html", context)
