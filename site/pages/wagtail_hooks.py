from django.conf import settings
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogFormatter

from outbox.chores import NOT_PUBLISHED
from pages.cms import exports as cms_exports
from pages.cms import page_lists as cms_lists
from pages.cms import syncing
from pages.cms.explorer_menu import PagesOfTheMenu
from pages.cms.middleware import choosable
from pages.cms.typed_times import read_aloud
from pages.contacts.admin import ContactViewSet
from pages.contacts.panel import panels_for
from pages.editors import naming
from pages.home.queue import QueuePanel, desk_of_editor
from pages.home.translators import TranslatorPanel, concerns
from people.signing_in.landing import LEARNING, own_work

cms_lists.connect()
cms_exports.connect()
naming.connect()
syncing.connect()

WAY_BACK = "way-back"
LAST = 10_000
# their screens are shut (pages.cms.entrance)
NEWS = ("whats-new-in-wagtail", "editor-guide")
SHUT_ITEMS = {"users", "groups", "sites"}


@hooks.register("construct_settings_menu")
def without_shut_screens(request, menu_items):
    menu_items[:] = [item for item in menu_items if item.name not in SHUT_ITEMS]


@hooks.register("construct_help_menu")
def without_news_of_wagtail(request, menu_items):
    """Pages of its makers, in English, with a number beside them that asks to be looked at."""
    menu_items[:] = [item for item in menu_items if not item.name.startswith(NEWS)]


@hooks.register("register_log_actions")
def acts_of_the_clock(actions):
    @actions.register_action(NOT_PUBLISHED)
    class NotPublished(LogFormatter):
        label = _("Đến giờ hẹn, không lên trang")

        def format_message(self, log_entry):
            return _("Đến giờ hẹn nhưng không lên trang: %s") % log_entry.data["why"]


# corrections of Wagtail's own screens (docs/look.md names each)
@hooks.register("insert_global_admin_css")
def mended_look():
    return format_html('<link rel="stylesheet" href="{}">', static("cms/mended.css"))


@hooks.register("insert_global_admin_css")
def own_colours():
    return format_html('<link rel="stylesheet" href="{}">', static("cms/brand.css"))


@hooks.register("insert_global_admin_css")
def open_without_scripts():
    return format_html('<noscript><link rel="stylesheet" href="{}"></noscript>', static("cms/without_scripts.css"))


class WayBack(MenuItem):
    """To what the person does on the site itself; an editor's own work is here, so hers leads to what she learns."""

    def render_component(self, request):
        work = own_work(request.user)
        url = LEARNING if work.startswith(settings.EDITOR_PATH) else work
        return MenuItem(self.label, url, self.name, icon_name=self.icon_name).render_component(request)


@hooks.register("register_admin_menu_item")
def way_back():
    return WayBack(_("Về trang làm việc"), LEARNING, WAY_BACK, icon_name="arrow-left", order=10)


@hooks.register("insert_global_admin_js")
def mended_names():
    return format_html('<script type="module" src="{}"></script>', static("cms/mended.js"))


@hooks.register("insert_global_admin_js")
def typed_times_shown():
    script = '<script type="module" src="{}" data-ask="{}"></script>'
    return format_html(script, static("cms/typed_times.js"), reverse("read_aloud"))


@hooks.register("register_admin_urls")
def typed_times_address():
    return [path("doc-ngay-gio/", read_aloud, name="read_aloud")]


@hooks.register("register_admin_viewset")
def register_contacts():
    return ContactViewSet()


@hooks.register("construct_page_chooser_queryset")
def without_drafts_of_others(pages, request):
    return choosable(request.user, pages)


# after those that leave out Wagtail's own panels
@hooks.register("construct_homepage_panels", order=LAST)
def panels_of_pages(request, panels):
    if desk := desk_of_editor(request.user):
        panels.insert(0, QueuePanel(desk))
    if concerns(request.user):
        panels.append(TranslatorPanel())
    panels += panels_for(request.user)


@hooks.register("construct_admin_api")
def menu_of_pages(api):
    api.register_endpoint("pages", PagesOfTheMenu)
