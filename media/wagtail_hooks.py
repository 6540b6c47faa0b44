"""The library's additions to Wagtail's editor."""

from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.auth import require_admin_access
from wagtail.admin.menu import MenuItem
from wagtail.documents.views import documents
from wagtail.images.views import images
from wagtailmedia.views import media

from media.checking import doubtful
from media.consents import screens as consents
from media.models import DocumentFile, Picture, Recording
from media.replacing import screens
from media.replacing.deciding import waiting_for
from media.replacing.panel import ReplacementsPanel
from media.replacing.screens import says_that_it_waits

hooks.register("before_serve_document", doubtful.withhold)


@hooks.register("register_admin_urls")
def library_addresses():
    return [
        *doubtful.urlpatterns,
        *consents.urlpatterns,
        *screens.urlpatterns,
        # before Wagtail's own, which keep their names
        path("images/<int:image_id>/", told(images.EditView.as_view(), Picture, "image_id")),
        path("documents/edit/<int:document_id>/", told(documents.EditView.as_view(), DocumentFile, "document_id")),
        path("media/edit/<int:media_id>/", told(media.edit, Recording, "media_id")),
    ]


def told(view, model, argument):
    return require_admin_access(says_that_it_waits(view, model, argument))


class Doubtful(MenuItem):
    def is_shown(self, request):
        return doubtful.may_look(request.user)


@hooks.register("register_reports_menu_item")
def doubtful_documents():
    address = reverse_lazy("doubtful_documents")
    return Doubtful(_("Tài liệu cần xem"), address, icon_name="warning", name="doubtful-documents", order=1100)


@hooks.register("register_reports_menu_item")
def replaced_files():
    return MenuItem(
        _("Tệp thay chờ duyệt"), reverse_lazy("replacements"), icon_name="image", name="replacements", order=1090
    )


@hooks.register("register_reports_menu_item")
def consents_of_files():
    return MenuItem(
        _("Sự đồng ý của người trong tệp"), reverse_lazy("consents"), icon_name="lock", name="consents", order=1080
    )


@hooks.register("construct_homepage_panels")
def replaced_files_panel(request, panels):
    if waiting := waiting_for(request.user):
        panels.append(ReplacementsPanel(waiting))
