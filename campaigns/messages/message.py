"""A message: what recruiters say, the truth, what to ask, what to do, and a recording in each language."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField
from wagtailmedia.edit_handlers import MediaChooserPanel

from campaigns.messages.blocks import PartBlock, QuestionBlock
from config.languages import LANGUAGES
from media.illustrations import Illustrated, illustration_panel
from media.models import Recording
from pages.base import BasePermissionTester, PublicPage
from pages.cms.forms import PageForm
from pages.languages import SOURCE, each_in

ONE_A_LINE = _("Mỗi dòng một câu.")


class MessageKind(models.TextChoices):
    MESSAGE = "message", _("thông điệp")
    # five sentences of advice among villagers; shown at the top of the home page
    VILLAGE = "village", _("lời dặn của thôn")
    # written and approved in the room of alerts alone
    ALERT = "alert", _("cảnh báo")


class MessageForm(PageForm):
    """Offers no kind that is not written here."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "kind" in self.fields:
            kinds = [(value, label) for value, label in MessageKind.choices if value != MessageKind.ALERT]
            self.fields["kind"].choices = kinds  # type: ignore[attr-defined]


class AlertPermissionTester(BasePermissionTester):
    """Nobody changes an alert in the editor: it is what two people of the province agreed on."""

    def __init__(self, user, page):
        super().__init__(AnonymousUser(), page)
        self.permissions: set[str] = set()


class MessagePage(Illustrated, PublicPage):
    base_form_class = MessageForm
    template = "campaigns/message_page.html"
    parent_page_types = ["campaigns.CampaignPage", "campaigns.AlertsPage"]
    subpage_types: list[str] = []
    page_description = _("Một thông điệp: họ hay nói gì, sự thật, điều phải hỏi, việc nên làm; chữ và tiếng nói.")

    # what a translator says in another language, in the order in which it is read
    translated_words = (
        *("title", "subject", "heading", "summary", "said", "truth", "checks_heading", "checks"),
        *("act_heading", "act", "remember", "parts", "spoken"),
    )

    kind = models.CharField(_("loại"), max_length=10, choices=MessageKind.choices, default=MessageKind.MESSAGE)
    heading = models.CharField(_("tên lớn"), max_length=80)
    subject = models.CharField(_("chuyện gì"), max_length=120, blank=True, help_text=_("Hiện trên tên lớn."))
    said = models.TextField(_("họ hay nói"), blank=True, help_text=ONE_A_LINE)
    truth = models.TextField(_("sự thật"), blank=True)
    checks_heading = models.CharField(_("tên của phần phải hỏi"), max_length=120, blank=True)
    checks = StreamField([("question", QuestionBlock())], blank=True, verbose_name=_("điều phải hỏi"))
    act_heading = models.CharField(_("tên của phần nên làm"), max_length=120, blank=True)
    act = models.TextField(_("nên làm"), blank=True, help_text=_("Hiện cạnh số 111."))
    remember = models.TextField(_("nhớ"), blank=True)
    parts = StreamField([("part", PartBlock())], blank=True, verbose_name=_("nói riêng với"))
    spoken = models.TextField(_("bài đọc trên loa, 30 giây"), blank=True)
    sources = models.TextField(_("nguồn"), blank=True, help_text=_("Mỗi dòng một nguồn."))
    search_words = models.CharField(
        _("lời người ta hay gõ để tìm"),
        max_length=400,
        blank=True,
        help_text=_("Không hiện trên trang. Ví dụ: lấy chồng Trung Quốc, cô dâu."),
    )

    override_translatable_fields = [
        SynchronizedField("kind", overridable=False),
        SynchronizedField("recordings", overridable=False),
        SynchronizedField("scene"),
        SynchronizedField("picture"),
    ]
    content_panels = [
        *PublicPage.content_panels,
        MultiFieldPanel([FieldPanel("subject"), FieldPanel("heading"), FieldPanel("kind")], heading=_("Đầu trang")),
        InlinePanel(
            "recordings",
            heading=_("Tiếng nói"),
            label=_("bản ghi âm"),
            help_text=_("Mỗi tiếng một bản, do người bản ngữ đọc. Tiếng chưa có bản ghi thì trang nói là chưa có."),
        ),
        illustration_panel(),
        MultiFieldPanel([FieldPanel("said"), FieldPanel("truth")], heading=_("Nghe gì, tin gì")),
        MultiFieldPanel([FieldPanel("checks_heading"), FieldPanel("checks")], heading=_("Phải hỏi")),
        MultiFieldPanel([FieldPanel("act_heading"), FieldPanel("act"), FieldPanel("remember")], heading=_("Nên làm")),
        FieldPanel("parts"),
        FieldPanel("spoken"),
        FieldPanel("sources"),
        FieldPanel("search_words"),
    ]
    search_fields = [
        *PublicPage.search_fields,
        *(index.SearchField(name) for name in ("heading", "subject", "said", "truth", "checks", "act", "remember")),
        index.SearchField("parts"),
        index.SearchField("spoken"),
        index.SearchField("search_words"),
        index.FilterField("kind"),
    ]

    class Meta:
        verbose_name = _("thông điệp")
        verbose_name_plural = _("thông điệp")

    @property
    def share_card_title(self) -> str:
        return self.heading

    def permissions_for_user(self, user):
        return AlertPermissionTester(user, self) if self.is_alert else super().permissions_for_user(user)

    def unpublish(self, set_expired=False, commit=True, user=None, log_action=True):
        """Of an alert nobody has the right under /cms/; the rooms that take one down ask who may before."""
        if not self.is_alert:
            return super().unpublish(set_expired, commit, user, log_action)
        action = UnpublishPageAction(self, set_expired=set_expired, commit=commit, user=user, log_action=log_action)
        return action.execute(skip_permission_checks=True)

    @property
    def is_alert(self) -> bool:
        return self.kind == MessageKind.ALERT

    @property
    def frame_address(self) -> str:
        """Of its card in the pages of others."""
        return f"{settings.BASE_URL}/the-tin/{self.pk}/"

    @property
    def said_lines(self) -> list[str]:
        return [line for line in self.said.splitlines() if line.strip()]

    @property
    def source_lines(self) -> list[str]:
        return [line for line in self.sources.splitlines() if line.strip()]

    @property
    def spoken_languages(self) -> set[str]:
        rows = [row for row in self.recordings.all() if row.recording_id and not row.recording.consent_ended]
        return {row.language for row in rows}


class MessageRecording(models.Model):
    """The recording of a message in one language; the same for the Vietnamese page and every translation."""

    message = ParentalKey(MessagePage, on_delete=models.CASCADE, related_name="recordings")
    language = models.CharField(_("tiếng"), max_length=10, choices=LANGUAGES)
    recording = models.ForeignKey(Recording, models.CASCADE, related_name="+", verbose_name=_("bản ghi âm"))

    panels = [FieldPanel("language"), MediaChooserPanel("recording", media_type="audio")]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["message", "language"],
                name="message_one_recording_a_language",
                violation_error_message=_("Mỗi tiếng chỉ có một bản ghi âm."),
            )
        ]

    def __str__(self):
        return f"{self.get_language_display()}: {self.recording if self.recording_id else ''}"


def messages_of(campaign) -> list[MessagePage]:
    """The live messages in tree order, the village's last, with their recordings; two queries. Of a campaign in another
    language all of them too, those in Vietnamese that it has not yet; three more.
    """
    every = MessagePage.objects.live().select_related("locale").prefetch_related("recordings__recording")
    source = None
    if campaign.locale.language_code != SOURCE:
        source = campaign.get_translations().filter(locale__language_code=SOURCE).first()
    live = every.child_of(source or campaign).order_by("path")
    if source is not None:
        live = each_in(live, every.filter(locale_id=campaign.locale_id))
    return sorted(live, key=lambda message: message.kind == MessageKind.VILLAGE)


def campaign_context(request, campaign) -> dict:
    return {"campaign_messages": messages_of(campaign)}
