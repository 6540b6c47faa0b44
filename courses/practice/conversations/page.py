"""The page of a conversation, as editors write it; `courses.learning.conversations` lets learners play it."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.forms.utils import ErrorList
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.blocks import StreamBlockValidationError, StructBlockValidationError, TextBlock
from wagtail.fields import StreamField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from courses.approval.part_of_course import PartOfCourse
from courses.practice.conversations.blocks import (
    EndBlock,
    ItemBlock,
    NeedlessBlock,
    SourceBlock,
    TurnBlock,
)
from courses.practice.conversations.map_panel import MapPanel
from courses.practice.conversations.rules.checks import Note, faults
from courses.practice.conversations.rules.graph import POINTS, TRUST, Conversation, read
from courses.practice.conversations.writing import content_of
from media.scenes import SceneField
from pages.base import BasePage
from pages.cms.forms import PageForm

PLAY_THROUGH = "chay-thu"
SCORINGS = [(TRUST, _("Lòng tin: cuộc hỏi chuyện")), (POINTS, _("Điểm: tình huống rẽ nhánh"))]


TRUST_FIELDS = ("trust_start", "trust_min", "trust_max", "trust_close_at")


def sentence(note: Note) -> str:
    return f"{note.turn}: {note.text}" if note.turn else note.text


def at_their_turns(found: list[Note], turns) -> StreamBlockValidationError:
    """One error that shows each fault at its turn, and the others above all turns."""
    places = {child.value["name"]: place for place, child in enumerate(turns)}
    at: dict[int, list[str]] = {}
    for note in found:
        at.setdefault(places.get(note.turn, -1), []).append(note.text if note.turn in places else sentence(note))
    whole = at.pop(-1, [])
    blocks = {
        place: StructBlockValidationError(non_block_errors=ErrorList([ValidationError(text) for text in texts]))
        for place, texts in at.items()
    }
    return StreamBlockValidationError(blocks, ErrorList([ValidationError(text) for text in whole]))


class ConversationForm(PageForm):
    """A draft may be unfinished; what is published or submitted can be played to an end."""

    def clean(self):
        data = super().clean()
        if not self.is_deferred_validation and not self.errors:
            page = self.instance
            for name in ("turns", "ends", "must_learn", "first", "scoring", *TRUST_FIELDS):
                setattr(page, name, data[name])
            if found := faults(page.conversation()):
                self.add_error("turns", at_their_turns(found, data["turns"]))
        return data


class ConversationPage(PartOfCourse, BasePage):
    template = "practice/intro.html"
    parent_page_types = ["courses.CoursePage", "courses.ModulePage"]
    subpage_types: list[str] = []
    page_description = _("Một cuộc hỏi chuyện giả định để tập, hoặc một tình huống rẽ nhánh.")
    base_form_class = ConversationForm

    minutes = models.PositiveSmallIntegerField(_("số phút"), default=15, validators=[MinValueValidator(1)])
    required = models.BooleanField(
        _("bắt buộc"),
        default=False,
        help_text=_(
            "Khi đánh dấu, muốn xong khóa phải có một lần tập tới kết thúc mà người kia không đóng lại, không bỏ đi; "
            "với tình huống rẽ nhánh là một lần đạt."
        ),
    )
    scoring = models.CharField(_("tính theo"), max_length=10, choices=SCORINGS, default=TRUST)
    pass_points = models.SmallIntegerField(
        _("điểm đạt"), default=0, help_text=_("Chỉ cho tình huống rẽ nhánh: đạt là kết thúc tốt và từ số điểm này.")
    )
    scene = SceneField(_("hình vẽ"))
    scene_alt = models.CharField(_("lời tả hình"), max_length=300, blank=True)

    call = models.CharField(_("gọi là"), max_length=60, blank=True)
    age = models.PositiveSmallIntegerField(_("tuổi"), null=True, blank=True)
    appears = models.TextField(_("trông thấy"), blank=True)
    hidden = models.TextField(_("điều chưa biết"), blank=True, help_text=_("Chỉ kể sau khi tập xong."))
    fears = models.TextField(_("sợ gì"), blank=True, help_text=_("Mỗi dòng một điều; kể sau khi tập xong."))
    wants = models.TextField(_("mong gì"), blank=True, help_text=_("Mỗi dòng một điều; kể sau khi tập xong."))

    where = models.CharField(_("ở đâu"), max_length=200, blank=True)
    when = models.CharField(_("lúc nào"), max_length=200, blank=True)
    role = models.CharField(_("người tập là ai"), max_length=200, blank=True)
    around = models.CharField(_("xung quanh"), max_length=300, blank=True)
    before = models.CharField(_("trước đó"), max_length=300, blank=True)

    must_learn = StreamField([("item", ItemBlock())], blank=True, verbose_name=_("điều cần biết"))
    never_needed = StreamField([("item", NeedlessBlock())], blank=True, verbose_name=_("điều không cần hỏi"))
    trust_start = models.SmallIntegerField(_("lòng tin lúc đầu"), default=5)
    trust_min = models.SmallIntegerField(_("thấp nhất"), default=0)
    trust_max = models.SmallIntegerField(_("cao nhất"), default=20)
    trust_close_at = models.SmallIntegerField(_("đóng lại khi còn"), default=0)
    first = models.SlugField(_("lượt đầu"), max_length=40, default="t1")
    turns = StreamField([("turn", TurnBlock())], blank=True, verbose_name=_("các lượt"))
    ends = StreamField([("end", EndBlock())], blank=True, verbose_name=_("các kết thúc"))
    keep_words = StreamField(
        [("word", TextBlock(rows=1, label=_("Câu nên giữ")))], blank=True, verbose_name=_("câu nên giữ")
    )
    sources = StreamField([("source", SourceBlock())], blank=True, verbose_name=_("nguồn"))

    override_translatable_fields = [
        *[SynchronizedField(name, overridable=False) for name in ("scoring", "first", "scene", "required")],
        *[SynchronizedField(name, overridable=False) for name in ("pass_points", *TRUST_FIELDS)],
    ]
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("scoring"), FieldPanel("pass_points")]), FieldPanel("role")],
            heading=_("Cách tập"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("call"), FieldPanel("age")]),
                *[FieldPanel(name) for name in ("appears", "hidden", "fears", "wants")],
            ],
            heading=_("Người kia"),
        ),
        MultiFieldPanel([FieldPanel(name) for name in ("where", "when", "around", "before")], heading=_("Bối cảnh")),
        MultiFieldPanel([FieldPanel("scene"), FieldPanel("scene_alt")], heading=_("Hình vẽ")),
        FieldPanel("must_learn"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel(name) for name in TRUST_FIELDS]), FieldPanel("first")], heading=_("Bắt đầu")
        ),
        FieldPanel("turns"),
        MapPanel(heading=_("Bản đồ và ghi chú")),
        FieldPanel("ends"),
        FieldPanel("never_needed"),
        FieldPanel("keep_words"),
        FieldPanel("sources"),
        FieldPanel("minutes"),
        FieldPanel("required"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("before"), index.SearchField("where")]

    preview_modes = [("", _("Trang giới thiệu")), (PLAY_THROUGH, _("Chạy thử"))]

    class Meta:
        verbose_name = _("cuộc hỏi chuyện")
        verbose_name_plural = _("cuộc hỏi chuyện")

    def save(self, clean=True, **kwargs):
        """Nothing goes live that cannot be played, whichever way it is published."""
        if clean and self.live and (found := faults(self.conversation())):
            raise ValidationError([sentence(note) for note in found])
        return super().save(clean=clean, **kwargs)

    def make_preview_request(self, original_request=None, preview_mode=None, extra_request_attrs=None):
        """The preview has a request of its own, without the query that says what was said so far."""
        self.tried = original_request.GET.get("noi", "") if original_request else ""
        return super().make_preview_request(original_request, preview_mode, extra_request_attrs)

    def get_preview_template(self, request, mode_name):
        return "practice/trial.html" if mode_name == PLAY_THROUGH else self.template

    def content(self) -> dict:
        return content_of(self)

    def conversation(self) -> Conversation:
        return read(self.content())
