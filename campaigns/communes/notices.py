"""What a commune tells its own people: a meeting, a visit, a change."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, PublishingPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from campaigns.communes.pages import CommunePage
from media.pictures import Picture
from people.times import today
from people.typed_fields import DayToCome

CAREFUL = _(
    "Không ghi tên, tuổi, thôn hay chuyện riêng của nạn nhân hoặc gia đình. Không đăng ảnh người chưa đồng ý. "
    "Thông báo được duyệt trước khi đăng."
)


class NoticePage(CommunePage):
    template = "pages/notice_page.html"
    parent_page_types = ["campaigns.CommuneSpacePage"]
    subpage_types: list[str] = []
    page_description = _("Thông báo của xã: việc gì, ở đâu, ngày nào.")

    text = RichTextField(_("nội dung"), features=["bold", "ul", "ol", "link"])
    place = models.CharField(_("địa điểm"), max_length=160, blank=True)
    on = DayToCome(_("ngày diễn ra"), null=True, blank=True)
    at = models.TimeField(_("giờ"), null=True, blank=True)
    picture = models.ForeignKey(
        Picture, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("hình ảnh")
    )

    content_panels = [
        HelpPanel(content=CAREFUL),
        *CommunePage.content_panels,
        FieldPanel("text"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("on"), FieldPanel("at")]), FieldPanel("place")], heading=_("Khi nào, ở đâu")
        ),
        FieldPanel("picture"),
        FieldPanel("insisting"),
    ]
    promote_panels = [FieldPanel("slug"), FieldPanel("summary")]
    settings_panels = [PublishingPanel(heading=_("Lên trang và hết hạn"))]
    search_fields = [*CommunePage.search_fields, index.SearchField("text"), index.SearchField("place")]

    class Meta:
        verbose_name = _("thông báo")
        verbose_name_plural = _("thông báo")

    @property
    def schema_type(self) -> str:  # type: ignore[override]
        return "Event" if self.on else "WebPage"

    def schema_facts(self) -> list[tuple[str, str]]:
        """Adds day and place, so that search engines show them."""
        facts = super().schema_facts() if not self.on else [("startDate", self.starts)]
        return [*facts, ("location", self.place)] if self.on and self.place else facts

    @property
    def starts(self) -> str:
        """ISO 8601; only the day if no hour is given."""
        return f"{self.on}T{self.at:%H:%M}+07:00" if self.at else f"{self.on}"

    def is_past_on(self, day: date) -> bool:
        """A notice without a day is never past; it is shown until it expires."""
        return self.on is not None and self.on < day

    def get_context(self, request, *args, **kwargs):
        return {**super().get_context(request, *args, **kwargs), "is_past": self.is_past_on(today())}
