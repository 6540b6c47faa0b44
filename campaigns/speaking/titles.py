"""Titles that were recorded and approved, for packages for loudspeakers: one of which a sentence lacks is left out."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from campaigns.loudspeakers.package_making import Stretch, Title
from campaigns.speaking.hearing import standing
from campaigns.speaking.rules import TakeState
from campaigns.speaking.script import TITLE, scripts_of
from campaigns.speaking.speaker import Speaker
from campaigns.speaking.takes import Take
from media.provenance import Use
from people.times import today


def for_loudspeakers(keys: Collection[UUID], language: str) -> dict[UUID, Title]:
    """Whose speakers agreed to loudspeakers; three queries."""
    found = {}
    for (key, _language), lines in scripts_of(keys, [language], [TITLE]).items():
        takes = standing(lines)
        speakers = [take.sound.speaker for take in takes]
        if takes and all(Use.LOUDSPEAKER in one.uses for one in speakers) and all(take.sound.file for take in takes):
            said = tuple(Stretch(take.pk, take.sound.file, take.begins_at, take.ends_at) for take in takes)
            found[key] = Title(said, _last_day(speakers))
    return found


def _last_day(speakers: list[Speaker]) -> date | None:
    return min((one.until for one in speakers if one.until is not None), default=None)


def gone(numbers: Collection[int]) -> set[int]:
    """Of these sentences those that may be heard no more: withdrawn, or whose speaker agrees no more; one query."""
    rows = Take.objects.filter(pk__in=numbers).exclude(state=TakeState.WITHDRAWN)
    return set(numbers) - set(
        rows.filter(sound__speaker__in=Speaker.objects.in_force(today())).values_list("pk", flat=True)
    )
