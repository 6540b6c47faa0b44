"""The origin of a file: who made it, under which licence, in which language, and what the people in it agreed to."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from config.languages import LANGUAGES


class Licence(models.TextChoices):
    UNSAID = "", _("chưa ghi")
    OWN = "own", _("của tỉnh hoặc đơn vị")
    PERMITTED = "permitted", _("được phép dùng, theo văn bản")
    CC0 = "cc0", "CC0"
    CC_BY = "cc-by", "CC BY"
    CC_BY_SA = "cc-by-sa", "CC BY-SA"


class Use(models.TextChoices):
    """What the people in a file agreed that it is used for."""

    SITE = "site", _("trang này và mạng của đơn vị")
    LOUDSPEAKER = "loudspeaker", _("loa truyền thanh")
    BROADCAST = "broadcast", _("đài, báo")
    SCHOOL = "school", _("trường học")


class Provenance(models.Model):
    credit = models.CharField(_("nguồn, tác giả"), max_length=200, blank=True)
    licence = models.CharField(_("giấy phép"), max_length=12, choices=Licence.choices, blank=True, default="")
    language = models.CharField(
        _("ngôn ngữ"), max_length=10, choices=LANGUAGES, blank=True, help_text=_("Để trống nếu không có lời.")
    )
    # how the people seen or heard agreed (law 91/2025/QH15); silence is not consent
    consent = models.TextField(
        _("sự đồng ý"),
        blank=True,
        help_text=_("Ai đồng ý, ngày nào, bằng cách nào. Không ghi thông tin của nạn nhân."),
    )
    # values of Use; [] where it was not said
    consent_for = models.JSONField(_("đồng ý cho dùng ở"), default=list, blank=True)
    # the last day; NULL: no end was agreed
    consent_until = models.DateField(_("đồng ý đến hết ngày"), null=True, blank=True)
    may_be_named = models.BooleanField(_("người trong tệp đồng ý được nêu tên"), default=False)
    # under 18 the representative agrees too (Civil Code 2015 article 32; law 91/2025/QH15)
    shows_minor = models.BooleanField(_("có người dưới 18 tuổi"), default=False)
    representative_agreed = models.BooleanField(_("người đại diện của người dưới 18 tuổi cũng đồng ý"), default=False)
    # by its date or withdrawn: nothing shows the file, its bytes are where no address leads (media.consents)
    consent_ended = models.BooleanField(default=False, editable=False, db_index=True)

    # when its file was replaced and nobody had to decide, since no live page showed it
    replaced_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    def consent_is_over_on(self, day: date) -> bool:
        return self.consent_until is not None and self.consent_until < day


# of the forms of all three kinds of file, in their order
PROVENANCE_FIELDS = (
    "credit",
    "licence",
    "language",
    "consent",
    "consent_for",
    "consent_until",
    "may_be_named",
    "shows_minor",
    "representative_agreed",
)
