"""Who speaks, and what she agreed to before a word of hers is recorded; she needs no account.

Her name is kept only where it may be public. An end, by its day or because she asked, needs no reason.
"""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.languages import LANGUAGES
from media.provenance import Use
from people.free_text import FreeLine


class How(models.TextChoices):
    PAPER = "paper", gettext_lazy("ký trên giấy")
    SAID = "said", gettext_lazy("nói trước người chứng kiến")
    SELF = "self", gettext_lazy("tự đánh dấu trên trang này")


class SpeakerQuerySet(models.QuerySet):
    def in_force(self, day: date):
        return self.filter(Q(until=None) | Q(until__gte=day), ended_at=None)


class Speaker(models.Model):
    language = models.CharField(gettext_lazy("tiếng"), max_length=10, choices=LANGUAGES)
    # NULL of somebody without an account
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # whose telephone she records on, and who wrote down that she agrees
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # "" unless it may be public
    name = FreeLine(gettext_lazy("tên được nêu"), max_length=100, blank=True)
    how = models.CharField(gettext_lazy("đồng ý bằng cách nào"), max_length=5, choices=How.choices)
    # values of media.provenance.Use; always for the site
    uses = models.JSONField(gettext_lazy("đồng ý cho dùng ở"), default=list)
    # the last day; NULL: no end was agreed
    until = models.DateField(gettext_lazy("đến hết ngày"), null=True)
    # under 18 the representative agrees too (Civil Code 2015, article 32; law 91/2025/QH15)
    is_minor = models.BooleanField(gettext_lazy("dưới 18 tuổi"), default=False)
    representative_agreed = models.BooleanField(gettext_lazy("người đại diện cũng đồng ý"), default=False)
    agreed_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    objects = SpeakerQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("người đọc")
        verbose_name_plural = gettext_lazy("người đọc")
        ordering = ["-agreed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_minor=False) | Q(representative_agreed=True), name="speaker_minor_is_represented"
            )
        ]

    def __str__(self):
        if self.name:
            return self.name
        day = f"{timezone.localtime(self.agreed_at):%d/%m/%Y}"
        return _("giọng số %(n)d, đồng ý ngày %(day)s") % {"n": self.pk or 0, "day": day}

    def is_in_force(self, now: datetime) -> bool:
        return self.ended_at is None and (self.until is None or self.until >= timezone.localdate(now))

    @property
    def uses_in_words(self) -> list[str]:
        return [str(label) for value, label in Use.choices if value in self.uses]
