"""What an office still has to settle (†) is in no voice: its sound is not approved, and a voice that reads it stops."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from campaigns.speaking.publishing import stop
from campaigns.speaking.rules import TakeState
from campaigns.speaking.takes import MessageVoice, Take
from campaigns.translating.sentences import SourceSentence

# {message: sentences}, as the rooms that have them say; a constant number of queries
Told = Callable[[Collection[UUID]], Mapping[UUID, set[str]]]
_TOLD: list[Told] = []


def knows_unsettled(told: Told) -> None:
    if told not in _TOLD:
        _TOLD.append(told)


def unsettled(sources: Iterable[SourceSentence]) -> set[int]:
    """Those of these sentences that are not settled."""
    those = list(sources)
    keys = {source.page_key for source in those}
    said: dict[UUID, set[str]] = {key: set() for key in keys}
    for told in _TOLD if keys else ():
        for key, sentences in told(keys).items():
            said[key] |= {_plain(sentence) for sentence in sentences}
    return {source.pk for source in those if _plain(source.text) in said[source.page_key]}


def _plain(text: str) -> str:
    """Without what differs between a poster and what is read out."""
    return " ".join(text.casefold().split()).strip(' .?!…“”"')


@transaction.atomic
def opened(sender, page_key: UUID, at: datetime, **kwargs) -> None:
    """Something that was approved is open: it waits for its approver again, and nobody hears it meanwhile."""
    takes = Take.objects.filter(source__page_key=page_key, state=TakeState.APPROVED).select_related("source")
    wrong = unsettled(take.source for take in takes)
    those = [take.pk for take in takes if take.source_id in wrong]
    if not those:
        return
    Take.objects.filter(pk__in=those).update(state=TakeState.AWAITING)
    held = MessageVoice.objects.filter(takes__in=those)
    for voice in MessageVoice.objects.select_for_update().filter(pk__in=held.values("pk")):
        stop(voice, at)
