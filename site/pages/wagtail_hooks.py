from wagtail import hooks

from pages import cms_lists
from pages.cms_gates import choosable
from pages.cms_menu import PagesOfTheMenu
from pages.contact_admin import ContactViewSet

cms_lists.connect()

# their screens are shut (pages.cms_entrance): rights follow from roles
SHUT_ITEMS = {"users", "groups"}


@hooks.register("construct_settings_menu")
def without_users_and_groups(request, menu_items):
    menu_items[:] = [item for item in menu_items if item.name not in SHUT_ITEMS]


@hooks.register("register_admin_viewset")
def register_contacts():
    return ContactViewSet()


@hooks.register("construct_page_chooser_queryset")
def without_drafts_of_others(pages, request):
    return choosable(request.user, pages)


@hooks.register("construct_admin_api")
def menu_of_pages(api):
    api.register_endpoint("pages", PagesOfTheMenu)
