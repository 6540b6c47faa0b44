"""`/canh-bao/`: the page above all alerts. Alerts come below it by approval alone."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from pages.base import BasePermissionTester, PublicPage
from pages.home.page import HomePage
from pages.publishing import add_published

TITLE, SLUG = "Cảnh báo", "canh-bao"
INTRO = "Tin của tỉnh về cách lừa mới. Thấy chưa yên thì dừng lại, hỏi người mình tin, hoặc gọi 111."
SUMMARY = "Tin của tỉnh: điều cần biết và việc nên làm."


class AlertsPermissionTester(BasePermissionTester):
    def can_add_subpage(self):
        return False


class AlertsPage(PublicPage):
    template = "campaigns/alerts_page.html"
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["campaigns.MessagePage"]
    max_count_per_parent = 1
    is_creatable = False
    may_be_copied = False
    page_description = _("Danh sách cảnh báo của tỉnh.")
    feed_path = "/tin.atom"
    translated_words = ("title", "summary", "intro")

    intro = models.TextField(_("lời mở đầu"), max_length=400, blank=True)

    content_panels = [*PublicPage.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("trang cảnh báo")
        verbose_name_plural = _("trang cảnh báo")

    def permissions_for_user(self, user):
        return AlertsPermissionTester(user, self)


def create_alerts(home: HomePage) -> AlertsPage:
    """Gets or creates it below the Vietnamese home page."""
    page = AlertsPage.objects.child_of(home).first()
    if page is None:
        page = add_published(home, AlertsPage(title=TITLE, slug=SLUG, intro=INTRO, summary=SUMMARY))
    return page
