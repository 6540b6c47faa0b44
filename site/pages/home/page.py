"""The home page: leads the public to help and officials to their learning.

The apps that own its content (the campaign, the communes, the lessons) offer sections; nothing here imports them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Locale, Page, Site
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from media.illustrations import Illustrated, illustration_panel
from pages.base import BasePermissionTester, PublicPage
from pages.blocks import VerbBlock
from pages.contacts import starter
from people.times import today


@dataclass(frozen=True)
class HomeSection:
    """`template` is rendered with the context that `make(home, day)` returns; not at all where that is None."""

    order: int
    template: str
    make: Callable[["HomePage", date], dict | None]


# candidates for the top of the page in place of its own words: the first whose context is not None is shown
HEROES: list[HomeSection] = []
# sections in their order, beside the numbers to call and under them
SECTIONS: list[HomeSection] = []


def offer_hero(order: int, template: str, make: Callable) -> None:
    """Adds a hero; called by the app that owns it, in its `ready`."""
    HEROES.append(HomeSection(order, template, make))


def offer_section(order: int, template: str, make: Callable) -> None:
    """Adds a section: with an order below 100 beside the numbers to call, from 100 on in full width under them."""
    SECTIONS.append(HomeSection(order, template, make))


def section_contexts(sections: list[HomeSection], home: "HomePage", day: date) -> list[dict]:
    """The contexts of these sections in their order, each with "order" and "template"; without those that are None."""
    contexts = ((section, section.make(home, day)) for section in sorted(sections, key=lambda section: section.order))
    return [
        {"order": section.order, "template": section.template, **context}
        for section, context in contexts
        if context is not None
    ]


class HomePermissionTester(BasePermissionTester):
    """The page on which the site stands is edited, and neither taken down nor moved: every page would be gone."""

    def _carries_the_site(self) -> bool:
        return Site.objects.filter(root_page=self.page.pk).exists()

    def can_delete(self, ignore_bulk=False):
        return super().can_delete(ignore_bulk) and not self._carries_the_site()

    def can_unpublish(self):
        return super().can_unpublish() and not self._carries_the_site()

    def can_set_view_restrictions(self):
        return super().can_set_view_restrictions() and not self._carries_the_site()


class HomePage(Illustrated, PublicPage):
    template = "pages/home_page.html"
    parent_page_types = ["wagtailcore.Page"]
    max_count_per_parent = 1

    eyebrow = models.CharField(_("dòng trên tên"), max_length=120, blank=True)
    heading = models.CharField(_("tên lớn"), max_length=80)
    lead = models.TextField(_("lời mở đầu"), max_length=400)
    verbs = StreamField([("verb", VerbBlock())], max_num=4, blank=True, verbose_name=_("bốn lời dặn"))
    other_help = models.CharField(_("nơi khác có thể đến"), max_length=250, blank=True)
    officials_lead = models.TextField(_("lời mời cán bộ"), max_length=300, blank=True)

    content_panels = [
        *PublicPage.content_panels,
        MultiFieldPanel([FieldPanel("eyebrow"), FieldPanel("heading"), FieldPanel("lead")], heading=_("Đầu trang")),
        illustration_panel(),
        FieldPanel("verbs"),
        FieldPanel("other_help"),
        FieldPanel("officials_lead"),
    ]
    override_translatable_fields = [SynchronizedField("scene"), SynchronizedField("picture")]
    search_fields = [
        *PublicPage.search_fields,
        *(index.SearchField(name) for name in ("eyebrow", "heading", "lead", "verbs", "other_help", "officials_lead")),
    ]

    class Meta:
        verbose_name = _("trang đầu")
        verbose_name_plural = _("trang đầu")

    def permissions_for_user(self, user):
        return HomePermissionTester(user, self)

    @property
    def share_card_title(self) -> str:
        return self.heading

    def get_context(self, request, *args, **kwargs):
        return {**super().get_context(request, *args, **kwargs), **self.sections_on(today())}

    def sections_on(self, day: date) -> dict:
        """The hero and the sections that the page shows on this day besides its own words."""
        sections = section_contexts(SECTIONS, self, day)
        return {
            "hero": next(iter(section_contexts(HEROES, self, day)), None),
            "beside": [section for section in sections if section["order"] < 100],
            "below": [section for section in sections if section["order"] >= 100],
        }


def create_home() -> HomePage:
    """The live Vietnamese home page at the root of the site; created from the starter text where there is none.

    Wagtail's welcome page is deleted once it has no pages below it. A second call changes nothing.
    """
    locale, _created = Locale.objects.get_or_create(language_code="vi")
    home = HomePage.objects.filter(locale=locale).first()
    if home is None:
        home = Page.get_first_root_node().add_child(instance=HomePage(locale=locale, **starter.HOME))
        home.save_revision().publish()
    _set_root(home)
    return home


def _set_root(home: HomePage) -> None:
    site = Site.objects.filter(is_default_site=True).first() or Site(hostname="localhost", is_default_site=True)
    replaced = site.root_page if site.pk else None
    if site.root_page_id != home.pk:
        site.root_page = home
        site.site_name = "Lá Chắn"
        site.save()
    if replaced is not None and replaced.specific_class is Page and not replaced.is_root() and replaced.numchild == 0:
        replaced.delete()
