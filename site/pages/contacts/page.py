"""The page of numbers to call: every public number of the province."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from pages.base import PublicPage
from pages.contacts.contact import Contact


class ContactsPage(PublicPage):
    template = "pages/contacts_page.html"
    parent_page_types = ["pages.HomePage"]
    subpage_types: list[str] = []
    page_description = _("Gọi cho ai: các số đã gọi thử, lấy từ danh sách số liên hệ.")

    search_terms = (
        _("đường dây nóng"),
        _("hotline"),
        _("tổng đài"),
        _("số điện thoại"),
        _("báo tin, tố giác, trình báo"),
    )

    heading = models.CharField(_("tên lớn"), max_length=80)
    lead = models.TextField(_("lời mở đầu"), max_length=400, blank=True)
    what_to_say = models.TextField(_("gọi thì nói gì"), blank=True, help_text=_("Mỗi dòng một ý."))
    other_help = models.TextField(_("nơi khác có thể đến"), max_length=400, blank=True)

    content_panels = [
        *PublicPage.content_panels,
        FieldPanel("heading"),
        FieldPanel("lead"),
        FieldPanel("what_to_say"),
        FieldPanel("other_help"),
    ]
    search_fields = [
        *PublicPage.search_fields,
        index.SearchField("heading"),
        index.SearchField("lead"),
        index.SearchField("what_to_say"),
        index.SearchField("other_help"),
    ]

    class Meta:
        verbose_name = _("trang gọi cho ai")
        verbose_name_plural = _("trang gọi cho ai")

    def get_context(self, request, *args, **kwargs):
        public = Contact.objects.provincial().public()
        return {
            **super().get_context(request, *args, **kwargs),
            "contacts": [contact for contact in public if not contact.abroad],
            "abroad": [contact for contact in public if contact.abroad],
        }
