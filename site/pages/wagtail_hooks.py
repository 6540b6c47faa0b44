from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks

from pages.cms import exports as cms_exports
from pages.cms import page_lists as cms_lists
from pages.cms import syncing
from pages.cms.explorer_menu import PagesOfTheMenu
from pages.cms.middleware import choosable
from pages.contacts.admin import ContactViewSet

cms_lists.connect()
cms_exports.connect()
syncing.connect()

# their screens are shut (pages.cms.entrance): rights follow from roles
SHUT_ITEMS = {"users", "groups"}


@hooks.register("construct_settings_menu")
def without_users_and_groups(request, menu_items):
    menu_items[:] = [item for item in menu_items if item.name not in SHUT_ITEMS]


# corrections of Wagtail's own screens (docs/look.md names each)
@hooks.register("insert_global_admin_css")
def mended_look():
    return format_html('<link rel="stylesheet" href="{}">', static("cms/mended.css"))


@hooks.register("insert_global_admin_js")
def mended_names():
    return format_html('<script type="module" src="{}"></script>', static("cms/mended.js"))


@hooks.register("register_admin_viewset")
def register_contacts():
    return ContactViewSet()


@hooks.register("construct_page_chooser_queryset")
def without_drafts_of_others(pages, request):
    return choosable(request.user, pages)


@hooks.register("construct_admin_api")
def menu_of_pages(api):
    api.register_endpoint("pages", PagesOfTheMenu)
