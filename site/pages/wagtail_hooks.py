from wagtail import hooks

from pages.contact_admin import ContactViewSet

# their screens are shut (pages.cms_entrance): rights follow from roles
SHUT_ITEMS = {"users", "groups"}


@hooks.register("construct_settings_menu")
def without_users_and_groups(request, menu_items):
    menu_items[:] = [item for item in menu_items if item.name not in SHUT_ITEMS]


@hooks.register("register_admin_viewset")
def register_contacts():
    return ContactViewSet()
