"""What stands in front of Wagtail under /cms/: people sign in through allauth, and are given rights by roles.

Wagtail's own screens for sign-in, passwords, users and groups are shut, for superusers too, since each of them would be
a second way to do what must leave its trace in roles; so are those that can only break something. docs/wagtail.md lists
all that we mend.
"""

from allauth.account.views import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import path, re_path
from django.utils.http import url_has_allowed_host_and_scheme
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import AccountView
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView

from pages.cms import reach as cms_doors


def entrance(request):
    """Wagtail sends here whoever it does not let in. Somebody signed in has no right to enter; sending them on to sign
    in again would lead them back here for ever.
    """
    if request.user.is_authenticated:
        raise PermissionDenied
    target = request.GET.get("next", "")
    here = {request.get_host()}
    if not url_has_allowed_host_and_scheme(target, allowed_hosts=here, require_https=request.is_secure()):
        target = "/cms/"
    return redirect_to_login(target)


class Account(AccountView):
    """How Wagtail looks and what it sends by mail; name, e-mail and password belong to `/tai-khoan/`."""

    def get_panels(self):
        return [panel for panel in super().get_panels() if panel.name not in {"name_email", "password"}]


def shut(request, *args, **kwargs):
    raise Http404


urlpatterns = [
    path("login/", entrance),
    path("logout/", logout),
    path("account/", require_admin_access(Account.as_view())),
    # there is one site, and settings say where it is (BASE_URL): its form could only take it away
    re_path(r"^(?:users|groups|sites|password_reset)(?:/|$)", shut),
    re_path(r"^bulk/(?:people|auth)/", shut),
    path("bulk/<str:app_label>/<str:model_name>/<str:action>/", cms_doors.bulk_action),
    path("choose-page/<int:parent_page_id>/", cms_doors.choose_below),
    path("choose-page/search/", cms_doors.choose_search),
    path("choose-page/chosen-multiple/", cms_doors.chosen_pages),
    path("media/usage/<int:media_id>/", cms_doors.recording_usage),
    path("reports/page-types-usage/", cms_doors.whole_tree_only(PageTypesUsageReportView.as_view())),
    path(
        "reports/page-types-usage/results/",
        cms_doors.whole_tree_only(PageTypesUsageReportView.as_view(results_only=True)),
    ),
    # a number to call is chosen from those that were called on trial (pages.contacts.blocks), never typed into a link
    path("choose-phone-link/", shut),
    # pages by which Wagtail's developers look at an error
    re_path(r"^(?:failwhale|test404)/", shut),
    # every file of the library for whoever may enter, whatever they may choose; nothing of the editor asks for these
    re_path(r"^api/main/(?:documents|images)/", shut),
    # acts on pages beside the forms that guard them, as copying a course so that it is live; no screen sends any
    re_path(r"^api/main/pages/\d+/action/", shut),
]
