"""The new file of a picture, a document or a recording, or its new words, beside the old, and what was decided."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from media.documents import WITHHELD, DocumentFile, Scan
from media.pictures import Picture
from media.recordings import Recording
from people.free_text import FreeLine

# the columns that say whose file it is; one of them is filled
TARGETS = {Picture: "picture", DocumentFile: "document", Recording: "recording"}


class ReplacementState(models.TextChoices):
    WAITING = "waiting", _("chờ duyệt")
    APPROVED = "approved", _("đã duyệt")
    REFUSED = "refused", _("không duyệt")
    SUPERSEDED = "superseded", _("đã có tệp thay mới hơn")
    # no live page shows it any more: it took its place undecided, as it would have had it come now
    PLACED = "placed", _("không còn trang nào đang đăng dùng, đã thay")
    TAKEN_BACK = "taken_back", _("đã duyệt rồi rút lại")


# in place of the column of a file: what is said of it
WORDS = "words"
IN_PLACE = (ReplacementState.APPROVED, ReplacementState.PLACED)


def _only(name: str) -> Q:
    return Q(**{f"{one}__isnull": one != name for one in TARGETS.values()})


class Replacement(models.Model):
    picture = models.ForeignKey(Picture, models.CASCADE, null=True, related_name="replacements")
    document = models.ForeignKey(DocumentFile, models.CASCADE, null=True, related_name="replacements")
    recording = models.ForeignKey(Recording, models.CASCADE, null=True, related_name="replacements")
    # which file of it, a recording has a picture too; or WORDS
    field = models.CharField(max_length=10, default="file")
    # no address leads into this folder; "" of words
    file = models.FileField(upload_to="replacing", blank=True)
    # {column: its new value}, and as it was before these took its place; {} of a file
    words = models.JSONField(default=dict, blank=True)
    old_words = models.JSONField(default=dict, blank=True)
    is_clean = models.BooleanField(default=False)
    # one sentence where cleaning broke a limit
    why_refused = models.TextField(blank=True, default="")
    scan = models.CharField(max_length=8, choices=Scan.choices, blank=True, default="")
    # NULL: by a script, or by somebody who is gone
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ReplacementState.choices, default=ReplacementState.WAITING)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = FreeLine(max_length=500, blank=True, default="")
    taken_back_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    taken_back_at = models.DateTimeField(null=True)
    # where the file lies whose place this one took; "" before that
    old = models.CharField(max_length=255, blank=True, default="")
    # when the bytes that are no longer shown were removed
    forgotten_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "at"], name="replacement_state")]
        constraints = [
            models.CheckConstraint(
                condition=_only("picture") | _only("document") | _only("recording"), name="replacement_of_one"
            ),
            models.CheckConstraint(
                condition=Q(by=None) | Q(decided_by=None) | ~Q(by=F("decided_by")), name="replacement_by_another"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at=None) | (~Q(state="waiting") & Q(decided_at__isnull=False)),
                name="replacement_decided_when",
            ),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(reason=""), name="replacement_refused_why"),
            models.CheckConstraint(
                condition=Q(field="words", file="") | (~Q(field="words") & ~Q(file="")),
                name="replacement_file_or_words",
            ),
            *(
                models.UniqueConstraint(
                    fields=[name, "field"], condition=Q(state="waiting"), name=f"replacement_{name}_waits"
                )
                for name in TARGETS.values()
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.target}"

    @property
    def kind(self) -> str:
        return next(name for name in TARGETS.values() if getattr(self, f"{name}_id"))

    @property
    def target(self):
        return getattr(self, self.kind)

    @property
    def is_of_words(self) -> bool:
        return self.field == WORDS

    @property
    def is_picture(self) -> bool:
        return self.kind == "picture" or self.field == "thumbnail"

    @property
    def uploaded_by_user(self):
        """As documents call it; who is told of a virus."""
        return self.by

    @property
    def is_ready(self) -> bool:
        """Cleaned, and found clean where that is asked: what is not is shown to nobody and takes nobody's place."""
        return self.is_clean and self.scan not in WITHHELD

    @property
    def why_not_ready(self) -> str:
        """One sentence; "" where it may be looked at and decided."""
        if self.is_ready:
            return ""
        if self.why_refused or self.scan == Scan.INFECTED:
            return self.why_refused or str(_("Tệp thay có virus nên không dùng được. Tải lên bản sạch."))
        return str(_("Tệp thay còn đang được kiểm tra. Thường mất dưới một phút."))
