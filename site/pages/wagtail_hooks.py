from wagtail import hooks

# their screens are shut (pages.cms_entrance): rights follow from roles
SHUT_ITEMS = {"users", "groups"}


@hooks.register("construct_settings_menu")
def without_users_and_groups(request, menu_items):
    menu_items[:] = [item for item in menu_items if item.name not in SHUT_ITEMS]
