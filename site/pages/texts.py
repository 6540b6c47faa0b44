"""A page of running text: what a law says, how the site works, a text with its source."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from pages.base import PublicPage
from pages.text_blocks import QuoteBlock, TableBlock, TextBlock


class TextPage(PublicPage):
    template = "pages/text_page.html"
    parent_page_types = ["pages.HomePage", "pages.TextPage"]
    subpage_types = ["pages.TextPage"]
    page_description = _("Một trang chữ: đoạn văn, trích nguyên văn, bảng, kèm nguồn.")

    intro = models.TextField(_("lời mở đầu"), max_length=400, blank=True)
    body = StreamField(
        [("text", TextBlock()), ("quote", QuoteBlock()), ("table", TableBlock())], verbose_name=_("nội dung")
    )
    sources = models.TextField(_("nguồn"), blank=True, help_text=_("Mỗi dòng một nguồn; hiện ở cuối trang."))

    content_panels = [
        *PublicPage.content_panels,
        FieldPanel("intro"),
        FieldPanel("body"),
        FieldPanel("sources"),
    ]
    search_fields = [
        *PublicPage.search_fields,
        *(index.SearchField(name) for name in ("intro", "body", "sources")),
    ]

    class Meta:
        verbose_name = _("trang chữ")
        verbose_name_plural = _("trang chữ")

    @property
    def source_lines(self) -> list[str]:
        return [line for line in self.sources.splitlines() if line.strip()]

    def get_context(self, request, *args, **kwargs):
        below = self.get_children().live().public().order_by("path")
        return {**super().get_context(request, *args, **kwargs), "below": below}
