"""Giving chosen people a course beyond what is required, and the list of who was given what."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.acts.choice import Choice
from courses.assigned.assigning import assign, end, sort_out
from courses.assigned.assignment import standing_on
from courses.completions.completion import Completion
from courses.content.taught import titles
from courses.reports.chosen.gate import end_row, frame, of_choice
from courses.reports.query.gate import reading_people
from people.log.audit import Act, record
from people.messages.calls import answered_for
from people.persons.user import User
from people.rights.scope import visible_to
from people.times import today

PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@of_choice
def assign_chosen(request, choice: Choice):
    """`khoa` is the course: of a GET to be seen, of a POST to be given."""
    courses = titles()
    key = request.POST.get("khoa") or request.GET.get("khoa", "")
    key = key if key in courses else ""
    if request.method == "POST" and key:
        given = assign(request.user, choice.people, key, timezone.now())
        messages.success(request, _("Đã giao khóa học thêm cho %d người. Con số tiến độ không đổi.") % given)
        return redirect("reports:assigned")
    context = {
        "courses": [(one, title, one == key) for one, title in courses.items()],
        "title_of_course": courses.get(key, ""),
        "key": key,
        "found": sort_out(request.user, choice.people, key, today()) if key else None,
        **frame(choice),
    }
    return render(request, "reports/chosen/assigning.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@reading_people
def assigned(request):
    """Who was given what, the latest day first, its people by name. A POST with `thoi` (an id) ends one."""
    reached = User.objects.filter(visible_to(request.user, User)).values("pk")
    given = standing_on(today()).filter(person__in=reached)
    if request.method == "POST":
        end_row(request, given, end, _("Đã thôi giao khóa học này."))
        return redirect("reports:assigned")
    listed = given.select_related("person", "given_by").order_by("-start", "person__name_order", "-pk")
    page = Paginator(listed, PAGE).get_page(request.GET.get("page"))
    found = list(page.object_list)
    if found:
        record(Act.SAW_PEOPLE, request.user, on=today(), count=len(found))
    people, courses = [row.person_id for row in found], titles()
    done = set(Completion.objects.current().filter(person__in=people).values_list("person", "course_key"))
    hers, rows = answered_for(request.user, people), []
    for row in found:
        title, is_done = courses.get(row.course_key, row.course_key), (row.person_id, row.course_key) in done
        rows.append((row, title, is_done, row.person_id in hers))
    context = {
        "page": page,
        "rows": rows,
        "trail": [(_("Tiến độ"), reverse("reports:home")), (_("Danh sách cán bộ"), reverse("reports:find"))],
    }
    return render(request, "reports/chosen/assigned.html", context)
