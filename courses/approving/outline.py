"""`/cms/dan-bai/`: the parts of a course in teaching order, their states and places; submitting it from there."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from courses.approval.approval import paths_approved
from courses.approval.submission import PartKind, Submission, open_submission
from courses.approving.deciding import NotDecided, may_review
from courses.approving.forms import SubmitForm
from courses.approving.moving import move
from courses.approving.parts import CourseParts, Part, parts_of, source_page, with_submitted
from courses.approving.submitting import faults_when_live, may_submit, submit, withdraw_submission
from courses.content.course import CoursePage
from letters.numbers import is_number
from people.guarding.wording import writes

# earlier submissions that are shown
SHOWN = 10


@dataclass(frozen=True)
class Line:
    """A part of the outline with what may be done about its place: `modules` are those that it may go to."""

    part: Part
    up: bool = False
    down: bool = False
    modules: tuple[Part, ...] = ()


def of_course(view: Callable) -> Callable:
    """For who may edit the course; reviewers may look."""

    @wraps(view)
    def gate(request, key: str) -> HttpResponse:
        page = source_page(key)
        if page is None:
            raise Http404
        if not (_may_look if request.method == "GET" else may_submit)(request.user, page):
            return permission_denied(request)
        return view(request, page)

    return gate


def _may_look(user, course: CoursePage) -> bool:
    return may_submit(user, course) or may_review(user)


@require_safe
def courses(request) -> HttpResponse:
    """Those that the person may edit; for reviewers all."""
    pages = CoursePage.objects.filter(own_key__isnull=False)
    if not may_review(request.user):
        pages = pages.filter(pk__in=page_permission_policy.instances_user_has_permission_for(request.user, "change"))
        if not pages:
            return permission_denied(request)
    waiting = {one.course_key: one for one in Submission.objects.open().select_related("by")}
    rows = [(page, waiting.get(page.key)) for page in pages.order_by("path")]
    return render(request, "wagtailadmin/courses/outlines.html", {"rows": rows, "breadcrumbs_items": _trail()})


@require_safe
def outline_of(request, pk: int) -> HttpResponse:
    """From any page of a course to its outline."""
    page = get_object_or_404(Page, pk=pk)
    own = CoursePage.objects.ancestor_of(page, inclusive=True).values_list("translation_key", flat=True).first()
    course = CoursePage.objects.filter(translation_key=own, own_key__isnull=False).first()
    if course is None:
        raise Http404
    if not _may_look(request.user, course):
        return permission_denied(request)
    return redirect("course_outline", course.key)


@require_safe
@of_course
def outline(request, course: CoursePage) -> HttpResponse:
    return _shown(request, course, SubmitForm())


def _shown(request, course: CoursePage, form: SubmitForm, names: list[str] | None = None) -> HttpResponse:
    """`names` are the parts that were chosen in a form that was not taken."""
    parts, submission = parts_of(course), open_submission(course.key)
    if submission:
        parts = with_submitted(parts, submission.parts.filter(publishes=True).values_list("kind", "object_id"))
    taken = {part.name for part in parts.changed if part.goes_live_by_itself} if names is None else set(names)
    chosen = [part for part in parts.changed if part.name in taken]
    edits = may_submit(request.user, course)
    earlier = Submission.objects.filter(course_key=course.key)
    if submission:
        earlier = earlier.exclude(pk=submission.pk)
    page = {
        "course": course,
        "title": parts.pages[0].title,
        "parts": parts,
        "lines": _lines(parts, course, request.user) if edits else [Line(part) for part in _below(parts)],
        "edits": edits,
        "goes_live_whole": course.path in paths_approved(),
        "submission": submission,
        "is_own": submission is not None and submission.by_id == request.user.pk,
        "choices": [(part, part.name in taken) for part in parts.changed],
        "faults": [] if submission else faults_when_live(parts, chosen),
        "form": form,
        "earlier": earlier.select_related("by", "decided_by")[:SHOWN],
        "may_review": may_review(request.user),
        "breadcrumbs_items": _trail(parts.pages[0].title),
    }
    return render(request, "wagtailadmin/courses/outline.html", page, status=422 if names is not None else 200)


def _below(parts: CourseParts) -> list[Part]:
    return [part for part in parts.pages if part.kind != PartKind.COURSE]


def _lines(parts: CourseParts, course: CoursePage, user) -> list[Line]:
    """What the rights of the course allow; who asks for a move is asked again (`moving`)."""
    rights, below = course.permissions_for_user(user), _below(parts)
    shown = {part.pk for part in below if any(one.live and one.path.startswith(part.path) for one in below)}
    live_too = rights.can_reorder_children()
    modules = [part for part in below if part.kind == PartKind.MODULE]
    siblings: dict[str, list[int]] = {}
    for part in below:
        siblings.setdefault(part.path[: -Page.steplen], []).append(part.pk)
    lines = []
    for part in below:
        moves, own = live_too or part.pk not in shown, siblings[part.path[: -Page.steplen]]
        others = tuple(one for one in modules if one.path != part.path[: -Page.steplen])
        goes = moves and part.kind != PartKind.MODULE
        lines.append(Line(part, moves and own[0] != part.pk, moves and own[-1] != part.pk, others if goes else ()))
    return lines


def _trail(title: str = "") -> list[dict]:
    items = [{"url": reverse("wagtailadmin_home"), "label": _("Trang chủ")}]
    items.append({"url": reverse("course_outlines") if title else "", "label": _("Dàn bài khóa học")})
    return [*items, {"url": "", "label": title}] if title else items


@require_POST
@of_course
def move_part(request, course: CoursePage) -> HttpResponse:
    named = request.POST.get("phan", "")
    where = request.POST.get("huong") or request.POST.get("mo-dun", "")
    try:
        pk = int(named) if is_number(named) else 0
        messages.success(request, move(course, pk, where, request.user))
    except NotDecided as why:
        messages.error(request, str(why))
        named = ""
    return redirect(reverse("course_outline", args=[course.key]) + (f"#phan-{named}" if named else ""))


@require_POST
@of_course
@writes("course_word", gettext_lazy("Lời nhắn cho người duyệt khóa học"), "word")
def submit_course(request, course: CoursePage) -> HttpResponse:
    form, names = SubmitForm(request.POST), request.POST.getlist("phan")
    if form.is_valid():
        try:
            submit(course, names, form.cleaned_data["word"], request.user, timezone.now())
        except NotDecided as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("Đã gửi duyệt cả khóa; người duyệt được báo."))
            return redirect("course_outline", course.key)
    return _shown(request, course, form, names)


@require_POST
@of_course
def withdraw_course(request, course: CoursePage) -> HttpResponse:
    submission = open_submission(course.key)
    try:
        if submission is None or str(submission.pk) != request.POST.get("submission"):
            raise NotDecided(_("Bài gửi này không còn chờ."))
        withdraw_submission(submission, request.user, timezone.now())
        messages.success(request, _("Đã rút bài gửi duyệt; anh chị sửa tiếp rồi gửi lại."))
    except NotDecided as why:
        messages.error(request, str(why))
    return redirect("course_outline", course.key)


urlpatterns = [
    path("dan-bai/", courses, name="course_outlines"),
    path("dan-bai/trang/<int:pk>/", outline_of, name="outline_of_page"),
    path("dan-bai/<slug:key>/", outline, name="course_outline"),
    path("dan-bai/<slug:key>/doi-cho/", move_part, name="move_course_part"),
    path("dan-bai/<slug:key>/gui-duyet/", submit_course, name="submit_course"),
    path("dan-bai/<slug:key>/rut-bai/", withdraw_course, name="withdraw_submission"),
]
