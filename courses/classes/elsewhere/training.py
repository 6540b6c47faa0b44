"""A training that somebody had elsewhere: entered with its paper, waiting for a second person.

The row is what was entered and answered; the completion that comes of it is a fact of its own, which is voided or
undone like any other.
"""

from pathlib import PurePath

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.completions.completion import Completion
from courses.completions.filed import FIRST_LAW
from people.free_text import FreeLine

# what a browser shows of itself, and what it hands out
TYPES = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}
PDF = ".pdf"


class EntryState(models.TextChoices):
    WAITING = "waiting", _("Chờ người thứ hai")
    AGREED = "agreed", _("Đã đồng ý")
    REFUSED = "refused", _("Không đồng ý")


class TrainingElsewhere(models.Model):
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    course_key = models.SlugField(max_length=80)
    # day in Asia/Ho_Chi_Minh
    completed_on = models.DateField()
    held_by = FreeLine(max_length=150, blank=True)
    note = FreeLine(max_length=300, blank=True)
    # of a private file; "" once it has ended
    paper = models.CharField(max_length=200, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=EntryState.choices, default=EntryState.WAITING)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    # for who entered it
    answer = FreeLine(max_length=300, blank=True)
    # when the state last changed
    changed_at = models.DateTimeField()
    completion = models.OneToOneField(Completion, models.PROTECT, null=True, related_name="entered_elsewhere")

    class Meta:
        ordering = ["entered_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "course_key", "completed_on"],
                condition=Q(state="waiting"),
                name="elsewhere_waits_once",
            ),
            models.CheckConstraint(condition=~Q(entered_by=F("person")), name="elsewhere_entered_for_another"),
            models.CheckConstraint(
                condition=Q(decided_by=None) | (~Q(decided_by=F("entered_by")) & ~Q(decided_by=F("person"))),
                name="elsewhere_decided_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_by=None) | (~Q(state="waiting") & Q(decided_by__isnull=False)),
                name="elsewhere_decided_by_one",
            ),
            models.CheckConstraint(
                condition=Q(state="agreed", completion__isnull=False) | (Q(completion=None) & ~Q(state="agreed")),
                name="elsewhere_counts_once_agreed",
            ),
            models.CheckConstraint(condition=Q(completed_on__gte=FIRST_LAW), name="elsewhere_since_the_first_law"),
        ]
        indexes = [models.Index(fields=["state", "changed_at"], name="elsewhere_by_state")]

    @property
    def is_pdf(self) -> bool:
        return PurePath(self.paper).suffix.lower() == PDF

    @property
    def content_type(self) -> str:
        known = {**TYPES, PDF: "application/pdf"}
        return known.get(PurePath(self.paper).suffix.lower(), "application/octet-stream")
