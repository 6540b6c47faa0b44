"""The origin of a file: who made it, in which language, and whether the people in it agreed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from config.languages import LANGUAGES


class Provenance(models.Model):
    credit = models.CharField(_("nguồn, tác giả"), max_length=200, blank=True)
    language = models.CharField(
        _("ngôn ngữ"), max_length=10, choices=LANGUAGES, blank=True, help_text=_("Để trống nếu không có lời.")
    )
    # how the people seen or heard agreed (law 91/2025/QH15); silence is not consent
    consent = models.TextField(
        _("sự đồng ý"),
        blank=True,
        help_text=_("Ai đồng ý, ngày nào, bằng cách nào. Không ghi thông tin của nạn nhân."),
    )

    # when its file was replaced and nobody had to decide, since no live page showed it
    replaced_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True
