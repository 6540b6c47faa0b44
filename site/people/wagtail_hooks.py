from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from people.screens.person_admin import DutyViewSet, PersonViewSet
from people.screens.role_admin import RoleViewSet
from people.screens.unit_admin import UnitViewSet


@hooks.register("register_admin_viewset")
def register_units():
    return UnitViewSet()


class PeopleGroup(ViewSetGroup):
    menu_label = _("Con người")
    menu_icon = "group"
    menu_order = 810
    items = (PersonViewSet, RoleViewSet, DutyViewSet)


@hooks.register("register_admin_viewset")
def register_people():
    return PeopleGroup()
