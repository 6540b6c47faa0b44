from wagtail import hooks
from wagtail.snippets.models import register_snippet

from courses.certificates.issuer_admin import IssuerViewSet
from courses.practice.conversations.words import ConversationWordsViewSet
from courses.practice.observed.rubric_admin import GuideViewSet, RubricViewSet
from courses.questions.admin import QuestionViewSet, refuse_deletion
from courses.standing.requirement_admin import RequirementViewSet


@hooks.register("register_admin_viewset")
def register_requirements():
    return RequirementViewSet()


@hooks.register("register_admin_viewset")
def register_issuers():
    return IssuerViewSet()


@hooks.register("register_admin_viewset")
def register_rubrics():
    return [RubricViewSet(), GuideViewSet()]


register_snippet(QuestionViewSet)
register_snippet(ConversationWordsViewSet)
hooks.register("before_delete_snippet", refuse_deletion)
