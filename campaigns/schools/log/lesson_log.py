"""A lesson that was taught, as its teacher or her school wrote it down; no pupil is named.

A row is one entry, never edited: a correction is an entry of its own that supersedes the one before. How many came
stands in the activity of the same `activity_key`, where no number under five is kept.
"""

from typing import ClassVar

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Manager, Q
from django.utils.translation import gettext_lazy as _

from campaigns.schools.facets import bands_of_grade
from people.free_text import FreeText
from people.times import Record, RecordQuerySet
from people.units.unit import Unit

# of a class: "5A", "10-2"; too short for a name
CLASS_NAME = RegexValidator(r"^[0-9A-ZĐa-zđ][0-9A-ZĐa-zđ./-]{0,5}$", _("Ghi tên lớp ngắn, như 5A hay 10-2."))
GRADES = range(1, 13)
LONGEST_NOTE = 500


class Went(models.TextChoices):
    WELL = "tot", _("Tốt")
    FAIRLY = "duoc", _("Tạm được")
    HARD = "kho", _("Khó")


class LessonLogQuerySet(RecordQuerySet):
    def standing(self):
        return self.current().filter(withdrawn=False)


class LessonLog(Record):
    # made on the device, so that what is sent again is known again
    number = models.UUIDField(unique=True, editable=False)
    # of what was sent, so that another text under the same number is refused
    digest = models.CharField(max_length=64, editable=False)
    activity_key = models.UUIDField(editable=False)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")
    # the last entry of a lesson that was not taught after all
    withdrawn = models.BooleanField(default=False)
    school = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    # the `translation_key` of the lesson, and its title on that day
    pack = models.UUIDField()
    title = models.CharField(max_length=255)
    # whether it was approved on the day on which it was taught
    approved = models.BooleanField()
    # day in Asia/Ho_Chi_Minh
    on = models.DateField()
    # NULL: a class without grades, as in vocational schools
    grade = models.PositiveSmallIntegerField(null=True)
    class_name = models.CharField(max_length=6, blank=True, validators=[CLASS_NAME])
    # tags as in `config.languages`, sorted and joined by spaces
    held_in = models.CharField(max_length=200)
    went = models.CharField(max_length=4, choices=Went.choices)
    improve = FreeText(_("điều nên sửa"), max_length=LONGEST_NOTE, blank=True)
    # NULL: the author has not answered what is to be improved
    answered_at = models.DateTimeField(null=True)
    # NULL: by whom the school did not say
    taught_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects: ClassVar[Manager] = LessonLogQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        indexes = [
            models.Index(fields=["school", "on"], name="lesson_log_by_school"),
            models.Index(fields=["written_by", "on"], name="lesson_log_by_writer"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["activity_key"], condition=Q(superseded_at=None), name="lesson_log_one_current"
            ),
            models.CheckConstraint(
                condition=Q(grade=None) | Q(grade__gte=GRADES[0], grade__lte=GRADES[-1]), name="lesson_log_grade"
            ),
        ]

    def __str__(self):
        return f"{self.title}, {self.on}"

    @property
    def class_words(self) -> str:
        return self.class_name or (str(self.grade) if self.grade else "")

    @property
    def languages(self) -> list[str]:
        return self.held_in.split()

    @property
    def bands(self) -> list[str]:
        return bands_of_grade(self.grade)


class ClassCount(Record):
    """How many classes a school has in a school year, as it confirmed; no row is not known, never none."""

    school = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    # in which the school year begins: 2026 is 2026–2027
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "year"], condition=Q(superseded_at=None), name="class_count_once_a_year"
            )
        ]
