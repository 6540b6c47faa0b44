"""The library's additions to Wagtail's editor."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from media.checking import doubtful

hooks.register("before_serve_document", doubtful.withhold)


@hooks.register("register_admin_urls")
def library_addresses():
    return [*doubtful.urlpatterns]


class Doubtful(MenuItem):
    def is_shown(self, request):
        return doubtful.may_look(request.user)


@hooks.register("register_reports_menu_item")
def doubtful_documents():
    address = reverse_lazy("doubtful_documents")
    return Doubtful(_("Tài liệu cần xem"), address, icon_name="warning", name="doubtful-documents", order=1100)
