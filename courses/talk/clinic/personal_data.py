"""Cases and contributions in a person's own data copy, and what the erasure of a person takes away: whose they are."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.talk.clinic.case import ClinicCase, Contribution
from people.persons.user import User
from people.privacy.erasure import person_erased
from people.privacy.own_data import section


@section("ca-da-neu", gettext_lazy("Ca tôi nêu trong góc bàn ca"), order=92)
def cases(person: User) -> list[dict]:
    return [
        {
            _("Muốn hỏi"): row.asked,
            _("Chuyện xảy ra"): row.happened,
            _("Đã làm"): row.done,
            _("Ngành"): row.get_sector_display(),
            _("Tình trạng"): row.get_state_display(),
            _("Nêu lúc"): row.told_at,
            _("Lý do gửi lại"): row.word,
        }
        for row in ClinicCase.objects.filter(author=person).order_by("told_at", "pk")
    ]


@section("loi-gop", gettext_lazy("Lời tôi góp trong góc bàn ca"), order=93)
def contributions(person: User) -> list[dict]:
    return [
        {_("Lời góp"): row.text, _("Tình trạng"): row.get_state_display(), _("Lúc"): row.at, _("Lý do"): row.word}
        for row in Contribution.objects.filter(by=person)
    ]


def connect() -> None:
    person_erased.connect(_forget, dispatch_uid="courses.talk.clinic")


def _forget(sender, person: User, now: datetime, **kwargs) -> None:
    """The words name nobody and help others; whose they are is forgotten. What waits or was withdrawn goes."""
    hers = ClinicCase.objects.filter(author=person)
    hers.exclude(state__in=["open", "closed"]).delete()
    hers.update(author=None)
    theirs = Contribution.objects.filter(by=person)
    theirs.exclude(state="shown").delete()
    theirs.update(by=None)
