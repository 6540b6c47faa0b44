"""A province's message in a commune's space: the province's current text, and the commune's own words about place, time
and contacts.
"""

from django.db import models
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, PublishingPanel
from wagtail.models import Page, Revision
from wagtail.search import index
from wagtail.signals import page_published
from wagtail_localize.fields import SynchronizedField

from campaigns.communes.pages import CommunePage
from campaigns.messages.message import MessagePage
from media.pictures import Picture
from people.typed_fields import DayToCome


class CommuneMessagePage(CommunePage):
    template = "pages/commune_message_page.html"
    parent_page_types = ["campaigns.CommuneSpacePage"]
    subpage_types: list[str] = []
    page_description = _("Một thông điệp của tỉnh trong trang của xã, kèm lời của xã.")
    # created by taking a message (campaigns.communes.taking)
    is_creatable = False
    may_be_copied = False

    # if the message is deleted, the commune's own words are kept
    message = models.ForeignKey(
        MessagePage,
        models.SET_NULL,
        null=True,
        related_name="taken",
        verbose_name=_("thông điệp của tỉnh"),
        editable=False,
    )
    # the revision of the message that the commune last marked as read; a newer one is flagged to the editor
    seen = models.ForeignKey(Revision, models.SET_NULL, null=True, related_name="+", editable=False)
    words = models.TextField(
        _("lời của xã"), max_length=1200, blank=True, help_text=_("Vài câu cho bà con mình. Không ghi tên nạn nhân.")
    )
    place = models.CharField(_("địa điểm"), max_length=160, blank=True, help_text=_("Nơi họp, nơi phát tờ rơi…"))
    on = DayToCome(_("ngày"), null=True, blank=True)
    at = models.TimeField(_("giờ"), null=True, blank=True)
    picture = models.ForeignKey(
        Picture, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("hình ảnh")
    )

    content_panels = [
        HelpPanel(template="wagtailadmin/campaigns/message_help.html", heading=_("Lời của tỉnh")),
        FieldPanel("words"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("on"), FieldPanel("at")]), FieldPanel("place")], heading=_("Khi nào, ở đâu")
        ),
        FieldPanel("picture"),
        FieldPanel("insisting"),
    ]
    promote_panels: list = []
    settings_panels = [PublishingPanel(heading=_("Lên trang và hết hạn"))]
    search_fields = [*CommunePage.search_fields, index.SearchField("words"), index.SearchField("place")]
    override_translatable_fields = [
        SynchronizedField("message", overridable=False),
        SynchronizedField("seen", overridable=False),
    ]

    class Meta:
        verbose_name = _("thông điệp đã lấy về")
        verbose_name_plural = _("thông điệp đã lấy về")

    def with_content_json(self, content):
        """Restores the commune's words of a revision, but not its title, message or `seen`."""
        page = super().with_content_json(content)
        for name in ("title", "draft_title", "slug", "message", "seen"):
            setattr(page, name, getattr(self, name))
        return page

    @property
    def is_outdated(self) -> bool:
        """The province changed the message since the commune last marked it as read."""
        return self.message is not None and self.message.live and self.message.live_revision_id != self.seen_id

    def province_message(self):
        """The message in the language of this page, else in Vietnamese; None while it is not live."""
        if self.message is None or not self.message.live:
            return None
        if self.message.locale_id == self.locale_id:
            return self.message
        return self.message.get_translations().live().filter(locale=self.locale_id).first() or self.message

    def serve(self, request, *args, **kwargs):
        if self.province_message() is None and not getattr(request, "is_preview", False):
            return redirect(self.get_parent().url)
        return super().serve(request, *args, **kwargs)


def follow_title(instance, **kwargs) -> None:
    """Copies a new title of the message to the pages that took it."""
    titles = {"title": instance.title, "draft_title": instance.title}
    Page.objects.filter(pk__in=CommuneMessagePage.objects.filter(message=instance).values("pk")).update(**titles)


def connect() -> None:
    page_published.connect(follow_title, sender=MessagePage, dispatch_uid="campaigns.communes.taken_messages")
