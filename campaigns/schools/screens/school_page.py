"""What a school's manager keeps of her school: every entry of the year, and how many classes there are."""

from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from campaigns.schools.log import whose
from campaigns.schools.log.classes import MOST_CLASSES, classes_of, confirm_classes
from campaigns.schools.log.lesson_log import LessonLog
from campaigns.schools.log.years import first_day, in_words, school_year_of
from campaigns.schools.screens import gate
from campaigns.schools.screens.inviting_page import InvitingForm
from letters.numbers import is_number
from people.persons.user import User
from people.signing_in.activation import within_reach
from people.times import today

ON_A_PAGE = 30


def _teachers(user, school) -> list[tuple[User, bool]]:
    """(teacher, whether she may print a slip for that one); two queries."""
    teachers = whose.teachers_of(school)
    hers = set(teachers.filter(within_reach(user)).values_list("pk", flat=True))
    return [(one, one.pk in hers) for one in teachers]


class ClassesForm(forms.Form):
    number = forms.IntegerField(
        label=gettext_lazy("Số lớp năm học này"),
        min_value=1,
        max_value=MOST_CLASSES,
        error_messages={"invalid": gettext_lazy("Ghi bằng chữ số, ví dụ 12.")},
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@gate.managing
def school(request) -> HttpResponse:
    """`truong` names one of several that she manages."""
    managed = list(whose.schools_of(request.user, whose.MANAGING_KINDS))
    if not managed:
        raise PermissionDenied(_("Vai trò của anh chị không gắn với trường nào đang có."))
    asked = (request.POST if request.method == "POST" else request.GET).get("truong", "")
    wanted = int(asked) if is_number(asked) else 0
    chosen = next((one for one in managed if one.pk == wanted), managed[0])
    year = school_year_of(today())
    form = ClassesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        confirm_classes(request.user, chosen, year, form.cleaned_data["number"], timezone.now())
        messages.success(request, _("Đã xác nhận số lớp của năm học này."))
        return redirect(f"{request.path}?truong={chosen.pk}")
    rows = LessonLog.objects.standing().filter(school=chosen, on__gte=first_day(year)).select_related("taught_by")
    context = {
        "school": chosen,
        "managed": managed,
        "form": form,
        "known": classes_of(chosen, year),
        "year": in_words(year),
        "teachers": _teachers(request.user, chosen),
        "inviting": InvitingForm(),
        "batch": uuid4(),
        "query": f"truong={chosen.pk}&",
        "page": Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page")),
        "trail": gate.trail(),
    }
    return render(request, "schools/school.html", context, status=422 if form.errors else 200)
