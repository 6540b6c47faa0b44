"""The list of courses."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from pages.base import BasePage


class CataloguePage(BasePage):
    is_for_search_engines = True
    template = "pages/catalogue_page.html"
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["courses.CoursePage"]
    # as its pages follow each other
    admin_default_ordering = "ord"
    page_description = _("Danh sách các khóa học.")

    intro = models.TextField(_("lời mở đầu"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("intro")]
    search_fields = [*BasePage.search_fields, index.SearchField("intro")]

    class Meta:
        verbose_name = _("danh mục khóa học")
        verbose_name_plural = _("danh mục khóa học")
