from django.conf import settings
from django.urls import path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem, SubmitForModerationMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.snippets.models import register_snippet

from courses.approval.part_of_course import PartOfCourse
from courses.approval.review_items import hand_on
from courses.approving import outline, screens
from courses.approving.deciding import may_review
from courses.approving.panels import panels_for
from courses.certificates.issuer_admin import IssuerViewSet
from courses.content.course import CoursePage
from courses.practice.conversations.words import ConversationWordsViewSet
from courses.practice.observed.rubric_admin import GuideViewSet, RubricViewSet
from courses.questions.admin import QuestionViewSet, refuse_deletion
from courses.quizzes.guessing_admin import guessing, warn_of_page, warn_of_question
from courses.standing.managing.requirement_admin import RequirementViewSet
from courses.starter.screens import EditionPanel, offers, second_edition
from people.rights.roles import PEOPLE_KINDS, RoleKind, role_kinds


@hooks.register("register_admin_viewset")
def register_requirements():
    return RequirementViewSet()


@hooks.register("register_admin_viewset")
def register_issuers():
    return IssuerViewSet()


@hooks.register("register_admin_urls")
def guessing_address():
    return [path("doan-mo/", guessing, name="guessing")]


@hooks.register("register_admin_urls")
def register_approvals():
    return [*screens.urlpatterns, *outline.urlpatterns]


@hooks.register("register_admin_menu_item")
def show_approvals():
    address = reverse_lazy("course_approvals")
    return ApprovalsItem(_("Duyệt khóa học"), address, icon_name="clipboard-list", name="course-approvals", order=804)


@hooks.register("register_admin_menu_item")
def show_outlines():
    address = reverse_lazy("course_outlines")
    return OutlinesItem(_("Dàn bài khóa học"), address, icon_name="list-ol", name="course-outlines", order=803)


class OutlinesItem(MenuItem):
    def is_shown(self, request):
        return RoleKind.TRAINER in role_kinds(request.user) or may_review(request.user)


class QueuePanel(Component):
    """The way to the queue of who answers for people; what waits is asked for there, not here."""

    name = "queue"
    template_name = "wagtailadmin/courses/queue_panel.html"
    order = 50


@hooks.register("construct_homepage_panels")
def course_panels(request, panels):
    panels += panels_for(request.user)
    if role_kinds(request.user) & PEOPLE_KINDS:
        panels.append(QueuePanel())


class SubmitCourse(ActionMenuItem):
    """In the place of Wagtail's own button: a course is submitted whole."""

    name = "submit-course"
    label = _("Dàn bài, gửi duyệt cả khóa")
    icon_name = "list-ol"

    def is_shown(self, context):
        return context["view"] == "edit"

    def get_url(self, parent_context):
        return reverse("outline_of_page", args=[parent_context["page"].pk])


@hooks.register("construct_page_action_menu")
def submitted_whole(items, request, context):
    page = context.get("page")
    if page is not None and isinstance(page, PartOfCourse) and page.is_original:
        items.append(SubmitCourse())
    elif page is None and request.resolver_match.kwargs.get("content_type_model_name") == "coursepage":
        # it stands under the catalogue, which has a review of its own
        items[:] = [item for item in items if not isinstance(item, SubmitForModerationMenuItem)]


@hooks.register("after_copy_page")
def copied_courses_are_checked_too(request, page, new_page):
    """With what is below them, since the items are about that. Both trees have the same order."""
    pairs = [CoursePage.objects.descendant_of(one, inclusive=True).order_by("path") for one in (page, new_page)]
    for course, copied in zip(*pairs, strict=False):
        if not copied.is_leaf():
            hand_on(course.key, copied.key)


@hooks.register("before_create_page")
def never_submitted_alone(request, parent_page, page_class):
    """A form that asks for it all the same keeps a draft."""
    original = parent_page.locale.language_code == settings.LANGUAGE_CODE
    if issubclass(page_class, PartOfCourse) and original and "action-submit" in request.POST:
        request.POST = request.POST.copy()
        del request.POST["action-submit"]


class ApprovalsItem(MenuItem):
    def is_shown(self, request):
        return may_review(request.user)


@hooks.register("register_admin_viewset")
def register_rubrics():
    return [RubricViewSet(), GuideViewSet()]


@hooks.register("register_admin_urls")
def second_edition_address():
    return [path("ban-thu-hai/", second_edition, name="second_edition")]


@hooks.register("construct_homepage_panels")
def second_edition_panel(request, panels):
    if offers(request.user):
        panels.append(EditionPanel())


register_snippet(QuestionViewSet)
register_snippet(ConversationWordsViewSet)
hooks.register("before_delete_snippet", refuse_deletion)
hooks.register("after_publish_page", warn_of_page)
hooks.register("after_create_snippet", warn_of_question)
hooks.register("after_edit_snippet", warn_of_question)
