"""An exemplar (“mô hình hay”): what a unit does well, how, with which results, at what cost, and which office to ask.

The province's plan asks that models which work are “nhân rộng”: an adoption is the fact that another unit copies one.
"""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.free_text import FreeLine, FreeText
from people.units.unit import Sector, Unit

TITLE_LETTERS, TEXT_LETTERS, LINE_LETTERS = 150, 3000, 200
# pairs of words and number
MOST_RESULTS = 3


class ExemplarState(models.TextChoices):
    DRAFT = "draft", _("Bản nháp")
    WAITING = "waiting", _("Chờ duyệt")
    REFUSED = "refused", _("Gửi lại để sửa")
    LISTED = "listed", _("Đã đăng")
    WITHDRAWN = "withdrawn", _("Đã rút")


# in these its words may still be changed
WRITTEN = [ExemplarState.DRAFT, ExemplarState.WAITING, ExemplarState.REFUSED]


class ExemplarKind(models.TextChoices):
    TELLING = "telling", _("Truyền thông, phòng ngừa")
    CHECKING = "checking", _("Phát hiện, xác minh")
    RECEIVING = "receiving", _("Tiếp nhận, hỗ trợ ban đầu")
    RETURNING = "returning", _("Hòa nhập, học nghề, việc làm")
    JOINING = "joining", _("Phối hợp nhiều ngành, nhiều xã")
    SCHOOL = "school", _("Trong trường học")


class Exemplar(models.Model):
    key = models.UUIDField(default=uuid4, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    title = FreeLine(max_length=TITLE_LETTERS)
    sector = models.CharField(max_length=20, choices=Sector.choices)
    kind = models.CharField(max_length=10, choices=ExemplarKind.choices)
    # the year in which it began
    since = models.PositiveSmallIntegerField()
    what = FreeText()
    how = FreeText()
    results = FreeText()
    # in đồng, a year; NULL: not known
    cost = models.PositiveBigIntegerField(null=True, blank=True)
    cost_note = FreeLine(max_length=LINE_LETTERS, blank=True)
    # an office and a position, nobody's name
    ask_whom = FreeLine(max_length=LINE_LETTERS)
    # words of all that is searched, as `letters.folding.searched` folds them
    search_words = models.TextField()
    state = models.CharField(max_length=9, choices=ExemplarState.choices, default=ExemplarState.DRAFT)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # of these words
    written_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    word = FreeLine(max_length=300, blank=True)
    listed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-listed_at", "-changed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="listed") | Q(listed_at__isnull=False, decided_by__isnull=False),
                name="exemplar_listed_once_decided",
            ),
            models.CheckConstraint(
                condition=~Q(state="listed") | ~Q(decided_by=F("written_by")), name="exemplar_reviewed_by_another"
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_at__isnull=False)
                | (~Q(state="withdrawn") & Q(withdrawn_at=None)),
                name="exemplar_withdrawn_at_a_moment",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="exemplar_has_a_title"),
            models.CheckConstraint(condition=Q(since__gte=1990, since__lte=2100), name="exemplar_since_a_year"),
        ]
        indexes = [models.Index(fields=["state", "sector", "kind"], name="exemplar_found")]

    @property
    def money(self) -> str:
        """The cost as it is written here: 12.000.000."""
        return f"{self.cost or 0:,}".replace(",", ".")

    @property
    def stamp(self) -> str:
        return str(self.written_at.timestamp())


class ExemplarResult(models.Model):
    """“Số người được tư vấn: 120”."""

    exemplar = models.ForeignKey(Exemplar, models.CASCADE, related_name="numbers")
    label = FreeLine(max_length=80)
    number = models.PositiveIntegerField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(label=""), name="exemplar_number_of_something")]


class Adoption(models.Model):
    """A unit copies an exemplar since a moment, until another where it gave up."""

    exemplar = models.ForeignKey(Exemplar, models.CASCADE, related_name="adoptions")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["exemplar", "unit"], condition=Q(ended_at=None), name="adopted_once"),
        ]
