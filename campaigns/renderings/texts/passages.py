"""The Vietnamese texts of a message's renderings, who approved them, and what an office still has to settle in them.

A passage that names something unsettled (†) cannot be approved, and nothing that bears an unapproved passage is printed
without *bản nháp – chưa duyệt* across it. A change of the words ends their approval; a point whose sentence was changed
is open again.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from campaigns.messages.message import MessagePage
from campaigns.renderings.formats import AUDIENCES, BESIDE_SCENE, SLOTS
from media.scenes import SceneField
from people.free_text import FreeLine, FreeText


class MessageKit(models.Model):
    """That a message has renderings, and the scene on them; a page may show another one."""

    message = models.OneToOneField(MessagePage, models.CASCADE, related_name="kit")
    # "": words and weave only
    scene = SceneField(_("hình vẽ trên tờ in"))
    # who chose it; NULL: the starter kit, an alert, or an account that was erased since
    scene_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    def __str__(self):
        return str(self.message_id)


class Passage(models.Model):
    message = models.ForeignKey(MessagePage, models.CASCADE, related_name="passages")
    # where it stands: a key of `formats.SLOTS`
    slot = models.CharField(max_length=20)
    # of a leaflet's face; the verb of a poster's line
    title = FreeLine(_("tên mặt, tên dòng"), max_length=60, blank=True)
    text = FreeText(_("lời"))
    # NULL: the starter kit, or an account that was erased since
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField()
    # NULL beside a time: the account was erased since
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "slot"], name="passage_once_a_slot"),
            models.CheckConstraint(
                condition=Q(approved_by=None) | Q(written_by=None) | ~Q(approved_by=F("written_by")),
                name="passage_approved_by_another",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | Q(approved_at__isnull=False), name="passage_approved_at_a_time"
            ),
        ]

    def __str__(self):
        return f"{self.message_id} {self.slot}"

    @property
    def label(self) -> str:
        return str(SLOTS.get(self.slot) or AUDIENCES.get(self.slot.removeprefix("audience."), self.slot))

    @property
    def stands_beside_scene(self) -> bool:
        return self.slot in BESIDE_SCENE or self.slot.startswith("audience.")

    @property
    def open_points(self) -> list["OpenPoint"]:
        """No query where `points__settlements` are prefetched."""
        return [point for point in self.points.all() if point.is_open]

    @property
    def is_approved(self) -> bool:
        return self.approved_at is not None and not self.open_points


class OpenPoint(models.Model):
    """What one office has to settle about one sentence; the starter kit marks it with †, people by a form."""

    passage = models.ForeignKey(Passage, models.CASCADE, related_name="points")
    # "": the sentence was rewritten since, and the point is about the passage
    sentence = models.TextField(blank=True)
    what = FreeLine(_("xác nhận điều gì"), max_length=200)
    office = FreeLine(_("cơ quan xác nhận"), max_length=120)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.what} – {self.office}"

    @property
    def settled(self) -> "Settlement | None":
        return next((row for row in self.settlements.all() if row.reopened_at is None), None)

    @property
    def is_open(self) -> bool:
        return self.settled is None


class Settlement(models.Model):
    """That the office answered: who there, when, by which paper; never changed, only reopened."""

    point = models.ForeignKey(OpenPoint, models.CASCADE, related_name="settlements")
    # a position at the office, not a name
    answered_by = FreeLine(_("ai trả lời"), max_length=120)
    answered_on = models.DateField(_("trả lời ngày"))
    paper = FreeLine(_("căn cứ"), max_length=200)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    reopened_at = models.DateTimeField(null=True)
    reopened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["point"], condition=Q(reopened_at=None), name="point_settled_once"),
            models.CheckConstraint(
                condition=Q(reopened_by=None) | Q(reopened_at__isnull=False), name="point_reopened_at_a_time"
            ),
        ]

    def __str__(self):
        return f"{self.answered_by} {self.answered_on:%d/%m/%Y}"


def passages_of(message: MessagePage | int) -> dict[str, Passage]:
    """By slot, with their points; three queries."""
    pk = message if isinstance(message, int) else message.pk
    rows = Passage.objects.filter(message=pk).prefetch_related("points__settlements").order_by("pk")
    return {row.slot: row for row in rows}


def source_of(message: MessagePage) -> MessagePage:
    """The Vietnamese page of a message, which has the passages."""
    if message.locale.language_code == "vi":
        return message
    return message.get_translations().filter(locale__language_code="vi").first() or message
