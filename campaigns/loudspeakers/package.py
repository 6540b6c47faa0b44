"""A package of a week for a USB stick or SD card: asked for by who plans the loudspeakers, made in the background
(`package_making`), and played no more once a voice or a message in it was withdrawn.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext as _

from campaigns.loudspeakers.reading_out import readings
from campaigns.messages.message import MessageRecording
from config.languages import LANGUAGES, NAMES
from media.models import Recording
from outbox.effects import Effect, enqueue
from people.log.audit import Act, record
from people.times import today
from people.units.unit import Unit

EFFECT = "loudspeaker_package"
WEEK = timedelta(days=7)


class PackageQuerySet(models.QuerySet):
    def holding(self, message_key):
        """What was made with this message's voice and may still be played."""
        return self.filter(made=True, messages__contains=str(message_key), use_until__gte=today())

    def of_communes(self, units):
        """Made for these, not past their last day, not ticked as deleted."""
        rows = self.filter(made=True, commune__in=units, use_until__gte=today(), deleted_at=None)
        return rows.select_related("commune")


class Package(models.Model):
    """Its key is the number in it. It may be played until `use_until`, and no longer than its voices agreed."""

    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    monday = models.DateField()
    language = models.CharField(max_length=10, choices=LANGUAGES)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField()
    made = models.BooleanField(default=False)
    use_until = models.DateField()
    recordings = models.ManyToManyField(Recording, related_name="+")
    # how many voices it was made with, since a row of one that was withdrawn goes; NULL: made before this was kept
    voices = models.PositiveSmallIntegerField(null=True)
    # titles that were recorded
    titles = models.ManyToManyField("campaigns.Take", related_name="+")
    # keys of the messages in it, a space between them
    messages = models.TextField(blank=True)
    # that its commune deleted it from sticks and cards
    deleted_at = models.DateTimeField(null=True)
    deleted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = PackageQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.pk}"

    @property
    def keys(self) -> list[UUID]:
        return [UUID(key) for key in self.messages.split()]

    @property
    def language_name(self) -> str:
        return NAMES.get(self.language, (self.language,))[0]


def week_of(day: date) -> date:
    """Its Monday."""
    return day - timedelta(days=day.weekday())


@transaction.atomic
def ask(commune: Unit, monday: date, language: str, user, now) -> tuple[Package, Effect]:
    row = Package.objects.create(
        commune=commune, monday=monday, language=language, asked_by=user, asked_at=now, use_until=monday + WEEK
    )
    work = enqueue(EFFECT, {"package": row.pk}, key=f"{EFFECT}:{row.pk}", requested_by=user)
    return row, work


def work_of(package: Package) -> Effect | None:
    return Effect.objects.filter(key=f"{EFFECT}:{package.pk}").first()


def withdrawn(packages: Iterable[Package]) -> dict[int, str]:
    """By package why it goes off the stick, in one sentence; not of those that may be played. A constant number of
    queries.
    """
    rows = list(Package.objects.filter(pk__in=[one.pk for one in packages]).prefetch_related("recordings", "titles"))
    heard = [one.pk for row in rows for one in row.recordings.all()]
    on_pages = set(MessageRecording.objects.filter(recording__in=heard).values_list("recording", flat=True))
    ended_titles = _titles_gone({one.pk for row in rows for one in row.titles.all()})
    said = readings(key for row in rows for key in row.keys)
    return {row.pk: why for row in rows if (why := _why(row, said, on_pages, ended_titles))}


# which recorded titles may be heard no more, as the room that records them says
_TITLES_GONE: list[Callable[[set[int]], set[int]]] = []


def knows_titles_gone(told) -> None:
    """Registers `told(numbers)`, which returns those of them that may be heard no more, with one query."""
    if told not in _TITLES_GONE:
        _TITLES_GONE.append(told)


def _titles_gone(numbers: set[int]) -> set[int]:
    return {one for told in _TITLES_GONE for one in told(numbers)} if numbers else set()


def _why(row: Package, said, on_pages: set[int], ended_titles: set[int]) -> str:
    # an alert that ends within the week is in no play after its last day
    over = [one for key in row.keys if (one := said[key]).over and (one.last_day is None or one.last_day >= today())]
    if over:
        return _("“%(title)s”: %(word)s.") % {"title": over[0].title, "word": over[0].over}
    voices = row.recordings.all()
    if any(one.consent_ended for one in voices) or ended_titles & {one.pk for one in row.titles.all()}:
        return _("Người nói trong gói này không đồng ý nữa.")
    if row.voices is not None and sum(one.pk in on_pages for one in voices) < row.voices:
        return _("Một tiếng nói trong gói này đã rút hoặc đã có bản mới.")
    return ""


def to_delete(units: Iterable[int]) -> list[tuple[Package, str]]:
    """What of these communes has to go off sticks and cards, with why; a constant number of queries."""
    rows = list(Package.objects.of_communes(units))
    why = withdrawn(rows)
    return [(row, why[row.pk]) for row in rows if row.pk in why]


def deleted(package: Package, user, now) -> bool:
    """Its commune ticks *đã xóa*; False where it did already, or where nobody asked for it."""
    if package.pk not in withdrawn([package]):
        return False
    ticked = bool(Package.objects.filter(pk=package.pk, deleted_at=None).update(deleted_at=now, deleted_by=user))
    if ticked:
        record(Act.DELETED_PACKAGE, user, unit=package.commune_id, detail=str(package.pk), at=now)
    return ticked


# of those with one file, how many are named
NAMED = 30


def with_recording(row) -> list[str]:
    """The packages of weeks that are not over with this voice, for who ends its consent; one query."""
    if not isinstance(row, Recording):
        return []
    packages = Package.objects.filter(recordings=row, use_until__gte=today()).select_related("commune")[:NAMED]
    return [
        _("%(commune)s: gói âm thanh số %(number)s, đến hết ngày %(day)s")
        % {"commune": one.commune.name, "number": one.pk, "day": f"{one.use_until:%d/%m/%Y}"}
        for one in packages
    ]
