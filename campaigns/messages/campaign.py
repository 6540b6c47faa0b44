"""A campaign of one year around 30/7: its days, its theme, its messages."""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from pages.base import PublicPage
from pages.blocks import VerbBlock
from pages.languages import SOURCE


class Stage(models.TextChoices):
    BEFORE = "before", _("chưa đến")
    RUNNING = "running", _("đang diễn ra, trước ngày 30/7")
    DAY = "day", _("đúng ngày")
    CLOSING = "closing", _("đang diễn ra, sau ngày 30/7")
    OVER = "over", _("đã qua")


OPEN_STAGES = {Stage.RUNNING, Stage.DAY, Stage.CLOSING}


class CampaignQuerySet(PageQuerySet):
    def nearest(self, day: date, language: str = SOURCE):
        """The live campaign under way on `day`, else the next one, else the last that was, in this language or, where
        it has none, in Vietnamese; None without any.
        """
        return self._nearest(day, language) or (self._nearest(day, SOURCE) if language != SOURCE else None)

    def _nearest(self, day: date, language: str):
        live = self.live().filter(locale__language_code=language).select_related("locale")
        return live.filter(ends_on__gte=day).order_by("starts_on").first() or live.order_by("-ends_on").first()


class CampaignPage(PublicPage):
    template = "campaigns/campaign_page.html"
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["campaigns.MessagePage"]
    page_description = _("Chiến dịch 30/7 của một năm, gồm các thông điệp.")

    feed_path = "/tin.atom"

    year = models.PositiveSmallIntegerField(_("năm"), validators=[MinValueValidator(2016)])
    starts_on = models.DateField(_("từ ngày"))
    day = models.DateField(_("ngày chính"), help_text=_("Ngày toàn dân, 30/7."))
    ends_on = models.DateField(_("đến hết ngày"))
    theme = models.CharField(
        _("chủ đề của năm"),
        max_length=200,
        blank=True,
        help_text=_("Cơ quan thường trực điền. Trống thì không hiện."),
    )
    eyebrow = models.CharField(_("dòng trên tên"), max_length=120, blank=True)
    heading = models.CharField(_("tên lớn"), max_length=80)
    lead = models.TextField(_("lời mở đầu"), max_length=400)
    verbs = StreamField([("verb", VerbBlock())], max_num=5, blank=True, verbose_name=_("lời dặn"))
    about = models.TextField(_("vì sao là 30/7"), blank=True, help_text=_("Mỗi dòng một ý."))
    sources = models.TextField(_("nguồn"), blank=True, help_text=_("Mỗi dòng một nguồn."))

    objects = PageManager.from_queryset(CampaignQuerySet)()

    override_translatable_fields = [
        SynchronizedField(name, overridable=False) for name in ("year", "starts_on", "day", "ends_on")
    ]
    content_panels = [
        *PublicPage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("year"),
                FieldRowPanel([FieldPanel("starts_on"), FieldPanel("day"), FieldPanel("ends_on")]),
                FieldPanel("theme"),
            ],
            heading=_("Thời gian"),
        ),
        MultiFieldPanel([FieldPanel("eyebrow"), FieldPanel("heading"), FieldPanel("lead")], heading=_("Đầu trang")),
        FieldPanel("verbs"),
        FieldPanel("about"),
        FieldPanel("sources"),
    ]
    search_fields = [
        *PublicPage.search_fields,
        index.SearchField("heading"),
        index.SearchField("lead"),
        index.SearchField("theme"),
        index.SearchField("about"),
        index.FilterField("year"),
        index.FilterField("starts_on"),
        index.FilterField("ends_on"),
    ]

    class Meta:
        verbose_name = _("chiến dịch 30/7")
        verbose_name_plural = _("chiến dịch 30/7")
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("day")) & Q(day__lte=F("ends_on")), name="campaign_days_in_order"
            ),
        ]

    @property
    def share_card_title(self) -> str:
        return self.heading

    def clean(self):
        super().clean()
        if self.starts_on and self.day and self.ends_on and not self.starts_on <= self.day <= self.ends_on:
            raise ValidationError({"day": gettext("Ngày chính phải nằm trong thời gian của chiến dịch.")})

    def stage_on(self, day: date) -> Stage:
        if day < self.starts_on:
            return Stage.BEFORE
        if day > self.ends_on:
            return Stage.OVER
        if day == self.day:
            return Stage.DAY
        return Stage.RUNNING if day < self.day else Stage.CLOSING

    def days_left_on(self, day: date) -> int:
        """Days until the day itself; 0 from then on."""
        return max((self.day - day).days, 0)
