from wagtail import hooks
from wagtail.snippets.models import register_snippet

from courses.certificates.issuer_admin import IssuerViewSet
from courses.questions.admin import QuestionViewSet, refuse_deletion
from courses.standing.requirement_admin import RequirementViewSet


@hooks.register("register_admin_viewset")
def register_requirements():
    return RequirementViewSet()


@hooks.register("register_admin_viewset")
def register_issuers():
    return IssuerViewSet()


register_snippet(QuestionViewSet)
hooks.register("before_delete_snippet", refuse_deletion)
