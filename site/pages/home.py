"""The home page: leads the public to help and officials to their learning."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Locale, Page, Site

from config.languages import NAMES
from pages import starter
from pages.base import PublicPage
from pages.blocks import HotlineBlock, MessageBlock, VerbBlock


class HomePage(PublicPage):
    template = "pages/home_page.html"
    parent_page_types = ["wagtailcore.Page"]
    max_count_per_parent = 1

    eyebrow = models.CharField(_("dòng trên tên"), max_length=120, blank=True)
    heading = models.CharField(_("tên lớn"), max_length=80)
    lead = models.TextField(_("lời mở đầu"), max_length=400)
    verbs = StreamField([("verb", VerbBlock())], max_num=4, blank=True, verbose_name=_("bốn lời dặn"))
    spoken = models.TextField(_("bài đọc trên loa"), blank=True)
    messages = StreamField([("message", MessageBlock())], blank=True, verbose_name=_("thông điệp"))
    hotlines = StreamField([("hotline", HotlineBlock())], min_num=1, verbose_name=_("gọi cho ai"))
    other_help = models.CharField(_("nơi khác có thể đến"), max_length=250, blank=True)
    officials_lead = models.TextField(_("lời mời cán bộ"), max_length=300, blank=True)

    content_panels = [
        *PublicPage.content_panels,
        MultiFieldPanel([FieldPanel("eyebrow"), FieldPanel("heading"), FieldPanel("lead")], heading=_("Đầu trang")),
        FieldPanel("verbs"),
        FieldPanel("hotlines"),
        FieldPanel("other_help"),
        FieldPanel("messages"),
        FieldPanel("spoken"),
        FieldPanel("officials_lead"),
    ]

    class Meta:
        verbose_name = _("trang đầu")
        verbose_name_plural = _("trang đầu")

    def languages(self) -> list[dict]:
        """Every language of the province with its own name; `url` is None where this page has no translation."""
        live = {page.locale.language_code: page for page in self.get_translations().live().select_related("locale")}
        return [
            {"tag": tag, "own": own, "url": live[tag].url if tag in live else None}
            for tag, (_vietnamese, own) in NAMES.items()
            if tag != self.locale.language_code
        ]

    def get_context(self, request, *args, **kwargs):
        return {**super().get_context(request, *args, **kwargs), "languages": self.languages()}


def create_home() -> HomePage:
    """The live Vietnamese home page at the root of the site; made from the starter text where there is none.

    Wagtail's welcome page goes once nothing lies below it. Doing it again changes nothing, an editor's words least.
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
