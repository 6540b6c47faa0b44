from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from courses.approving import screens
from courses.approving.deciding import may_review
from courses.certificates.issuer_admin import IssuerViewSet
from courses.practice.conversations.words import ConversationWordsViewSet
from courses.practice.observed.rubric_admin import GuideViewSet, RubricViewSet
from courses.questions.admin import QuestionViewSet, refuse_deletion
from courses.quizzes.guessing_admin import guessing, warn_of_page, warn_of_question
from courses.standing.requirement_admin import RequirementViewSet
from courses.starter.screens import EditionPanel, offers, second_edition


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
    return screens.urlpatterns


@hooks.register("register_admin_menu_item")
def show_approvals():
    address = reverse_lazy("course_approvals")
    return ApprovalsItem(_("Duyệt khóa học"), address, icon_name="clipboard-list", name="course-approvals", order=804)


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
