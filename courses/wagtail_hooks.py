from wagtail import hooks

from courses.requirement_admin import RequirementViewSet


@hooks.register("register_admin_viewset")
def register_requirements():
    return RequirementViewSet()
