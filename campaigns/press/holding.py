"""Packages for broadcasters and press that still hold a sentence which was said to have been wrong."""

from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.press.press_package import PressPackage
from campaigns.translating.holding import HOLDERS, NAMED, Held
from campaigns.translating.sentences import SourceSentence
from media.consents.reach import knows_packages
from media.recordings import Recording
from people.times import today


def press_packages(sentence: SourceSentence) -> list[Held]:
    """Those made before it was corrected; they say so at their address. Two queries."""
    rows = PressPackage.objects.filter(message__translation_key=sentence.page_key)
    if sentence.changed_at is not None:
        rows = rows.filter(made_at__lt=sentence.changed_at)
    count = rows.count()
    named = tuple(
        _("gói số %(number)s, bản %(version)s, đến hết ngày %(day)s")
        % {"number": one.number, "version": one.version, "day": f"{one.use_until:%d/%m/%Y}"}
        for one in rows[:NAMED]
    )
    return [Held(_("Gói cho đài, báo: báo cho nơi đã lấy"), count, named, reverse("press_packages"), _("Xem các gói"))]


def with_recording(row) -> list[str]:
    """Versions that are not over with this voice, for who ends its consent; one query."""
    if not isinstance(row, Recording):
        return []
    rows = PressPackage.objects.filter(recordings=row, use_until__gte=today())
    return [
        _("Đài, báo: gói số %(number)s, bản %(version)s, đến hết ngày %(day)s")
        % {"number": one.number, "version": one.version, "day": f"{one.use_until:%d/%m/%Y}"}
        for one in rows[:NAMED]
    ]


def connect() -> None:
    knows_packages(with_recording)
    if press_packages not in HOLDERS:
        HOLDERS.append(press_packages)
