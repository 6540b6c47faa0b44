"""That the consent for a file has ended, and where its bytes lie meanwhile."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from media.documents import DocumentFile
from media.pictures import Picture
from media.recordings import Recording

# the columns that say whose consent it is; one of them is filled
FILES = {Picture: "picture", DocumentFile: "document", Recording: "recording"}
MODELS = {name: model for model, name in FILES.items()}


def _only(name: str) -> Q:
    return Q(**{f"{one}__isnull": one != name for one in FILES.values()})


class EndedConsent(models.Model):
    """Never deleted; nobody is asked for a reason, so none is kept."""

    picture = models.ForeignKey(Picture, models.CASCADE, null=True, related_name="ended_consents")
    document = models.ForeignKey(DocumentFile, models.CASCADE, null=True, related_name="ended_consents")
    recording = models.ForeignKey(Recording, models.CASCADE, null=True, related_name="ended_consents")
    at = models.DateTimeField()
    # NULL: by its date, by a command, or by somebody who is gone
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    by_its_date = models.BooleanField(default=False)
    # {field of the file: the name that it had}, to bring it back to
    names = models.JSONField(default=dict)
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # when the bytes were removed for good
    forgotten_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("sự đồng ý đã hết")
        verbose_name_plural = _("sự đồng ý đã hết")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=_only("picture") | _only("document") | _only("recording"), name="ended_consent_of_one"
            ),
            *(
                models.UniqueConstraint(
                    fields=[name], condition=Q(taken_back_at=None), name=f"ended_consent_of_{name}_once"
                )
                for name in FILES.values()
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.file} {timezone.localtime(self.at):%d/%m/%Y}"

    @property
    def kind(self) -> str:
        return next(name for name in FILES.values() if getattr(self, f"{name}_id"))

    @property
    def file(self):
        return getattr(self, self.kind)
