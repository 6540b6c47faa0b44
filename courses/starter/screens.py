"""`/cms/ban-thu-hai/`: what the second edition would replace, what was changed by hand, and the start; for managers."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied
from wagtail.admin.ui.components import Component

from courses.content.catalogue import CataloguePage
from courses.content.course import CoursePage
from courses.content.lesson import LessonPage
from courses.questions.versions import SOURCE_LANGUAGE
from courses.starter.arrival import arrival, ask_for_it
from courses.starter.bringing import bring, learners_amid
from courses.starter.edition import COURSES, course_texts, modules_of
from courses.starter.first_edition import changed_by_hand, first_courses, first_pages, first_questions
from outbox.effects import Effect, EffectState, Job, Refused, effect, enqueue, retry
from people.rights.admin_policy import MANAGERS
from people.rights.scope import kinds_at_the_top

EDITION = "second_edition"
# rows of a list that a screen shows; the number of all stands above
SHOWN = 200


@dataclass(frozen=True)
class Coming:
    """A course of the second edition; `known` is its page where there is one."""

    title: str
    lessons: int
    questions: int
    known: CoursePage | None


def coming() -> list[Coming]:
    pages = {page.key: page for page in CoursePage.objects.filter(locale__language_code=SOURCE_LANGUAGE)}
    return [
        Coming(
            course_texts(key)["title"],
            sum(len(module["lessons"]) for module in modules_of(key)),
            sum(len(module["bank"]) for module in modules_of(key)),
            pages.get(key),
        )
        for key in COURSES
    ]


def may_bring(user) -> bool:
    return bool(kinds_at_the_top(user) & MANAGERS)


def managing(view: Callable) -> Callable:
    @wraps(view)
    def gate(request) -> HttpResponse:
        return view(request) if may_bring(request.user) else permission_denied(request)

    return gate


@require_http_methods(["GET", "HEAD", "POST"])
@managing
def second_edition(request) -> HttpResponse:
    """GET shows what would happen or how far it is; POST starts it, once."""
    if request.method == "POST":
        start(request.user)
        messages.success(request, _("Bản thứ hai đang được nạp. Trang này cho biết đã đến đâu."))
        return redirect("second_edition")
    row, work = arrival(), Effect.objects.filter(kind=EDITION).first()
    context = {
        "row": row,
        "work": work,
        "failed": work is not None and work.state == EffectState.FAILED,
        **({} if row else preview()),
        "page_title": _("Bản thứ hai của các khóa học"),
        "header_title": _("Bản thứ hai của các khóa học"),
        "header_icon": "doc-full-inverse",
        "breadcrumbs_items": [{"url": "", "label": _("Bản thứ hai của các khóa học")}],
    }
    return TemplateResponse(request, "wagtailadmin/courses/second_edition.html", context)


def preview() -> dict:
    pages, changed = first_pages(), changed_by_hand()
    live = [page for page in pages if page.live]
    return {
        "coming": coming(),
        "changed": changed[:SHOWN],
        "changed_count": len(changed),
        "withdrawn": live[:SHOWN],
        "withdrawn_count": len(live),
        "lessons": sum(isinstance(page.specific_deferred, LessonPage) for page in live),
        "questions": first_questions().filter(live=True).count(),
        "learners": len({person for course in first_courses() for person in learners_amid(course.key)}),
    }


def start(by) -> None:
    """Asks for it; asked for already, a failed try is tried again and nothing else happens."""
    now = timezone.now()
    with transaction.atomic():
        if ask_for_it(now, by).finished_at is None:
            retry(enqueue(EDITION, {}, key=EDITION, requested_by=by), now)


@effect(EDITION, label=gettext_lazy("Nạp bản thứ hai của các khóa học"))
def bring_second_edition(job: Job) -> dict:
    catalogue = CataloguePage.objects.filter(locale__language_code=SOURCE_LANGUAGE).order_by("path").first()
    row = arrival()
    if catalogue is None or row is None:
        raise Refused(_("Không còn trang “Khóa học” để nạp vào; hãy tạo lại trang ấy rồi bắt đầu lại."))
    if row.finished_at is None:
        bring(row, catalogue, job.progress)
    return {}


class EditionPanel(Component):
    """On the first page of /cms/, for who may start it, as long as it waits or is under way."""

    name = EDITION
    template_name = "wagtailadmin/courses/second_edition_panel.html"
    order = 80


def offers(user) -> bool:
    if not may_bring(user):
        return False
    row = arrival()
    return row is None or row.finished_at is None
