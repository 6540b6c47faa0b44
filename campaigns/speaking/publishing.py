"""The voice of a message on its pages: a row of the Vietnamese page and of each translation, whatever an editor's draft
of before holds.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.db.models.functions import Coalesce, Greatest
from wagtail.models import ReferenceIndex
from wagtail.signals import page_published

from campaigns.messages.message import MessagePage, MessageRecording
from campaigns.speaking.rules import TakeState
from campaigns.speaking.script import BULLETIN, MESSAGE, WHOLE, parts_of
from campaigns.speaking.takes import MessageVoice, Take
from campaigns.translating.deciding import said_wrong
from campaigns.translating.sentences import SourceSentence
from media.recordings import Recording
from pages.serving.version import raise_version


def put_public(voice: MessageVoice) -> None:
    """Within the transaction that decided it. What is asked of a message shows its voices itself."""
    pages = MessagePage.objects.filter(translation_key=voice.page_key)
    for page in pages if voice.part == WHOLE else ():
        rows = MessageRecording.objects.filter(message=page, language=voice.language)
        if voice.recording_id is not None:
            rows.exclude(recording=voice.recording).delete()
            _made, is_new = MessageRecording.objects.get_or_create(
                message=page, language=voice.language, recording=voice.recording
            )
            changed = is_new
        else:
            changed = bool(rows.filter(recording=voice.stopped).delete()[0]) if voice.stopped_id else False
        if changed:
            ReferenceIndex.create_or_update_for_object(page)
    raise_version()


def stop(voice: MessageVoice, now: datetime) -> None:
    """What it says is wrong: nobody hears it any more."""
    if voice.recording is not None:
        row, voice.recording = voice.recording, None
        voice.withdrawn_at = now
        voice.save()
        MessageRecording.objects.filter(recording=row).delete()
        if not row.consent_ended:
            # that a consent ended stays known
            row.delete()
    raise_version()


def _said_wrong(sender, sources: Iterable[SourceSentence], at: datetime, **kwargs) -> None:
    """The sounds of these sentences are withdrawn in every language, and each voice in which one was read stops."""
    wrong = list(sources)
    takes = Take.objects.filter(source__in=wrong, state__in=(TakeState.AWAITING, TakeState.APPROVED))
    those = list(takes.select_for_update())
    Take.objects.filter(pk__in=[take.pk for take in those]).update(state=TakeState.WITHDRAWN, decided_at=at)
    held = MessageVoice.objects.filter(takes__source__in=wrong)
    for voice in MessageVoice.objects.select_for_update().filter(pk__in=held.values("pk")):
        stop(voice, at)
    _stop_library_recordings(wrong, at)


def _stop_library_recordings(wrong: list[SourceSentence], at: datetime) -> None:
    """Recordings that were chosen by hand: what they read is not known by sentence, so that those from before the
    correction stop, the Vietnamese one too.
    """
    changed = dict(
        SourceSentence.objects.filter(pk__in=[one.pk for one in wrong])
        .order_by()
        .values_list("page_key")
        .annotate(at=Max("changed_at"))
    )
    pages = MessagePage.objects.filter(translation_key__in=changed)
    rows = (
        MessageRecording.objects.filter(message__in=pages, recording__voice_of=None)
        .annotate(since=Greatest("recording__created_at", Coalesce("recording__replaced_at", "recording__created_at")))
        .select_related("message", "recording")
    )
    for row in rows:
        key = row.message.translation_key
        if changed[key] is None or row.since >= changed[key]:
            continue
        voice, _made = MessageVoice.objects.get_or_create(page_key=key, language=row.language, part=WHOLE)
        voice.stopped, voice.withdrawn_at = row.recording, at
        voice.save()
        put_public(voice)


def heard_in(sources: Collection[SourceSentence]) -> dict[int, set[str]]:
    """In which languages each of these sentences has a sound; of recordings that were chosen by hand all that is read
    of their message. Two queries.
    """
    found: dict[int, set[str]] = defaultdict(set)
    takes = Take.objects.filter(source__in=sources, state__in=(TakeState.AWAITING, TakeState.APPROVED))
    for pk, language in takes.values_list("source", "language"):
        found[pk].add(language)
    rows = MessageRecording.objects.filter(
        message__translation_key__in={source.page_key for source in sources},
        message__locale__language_code="vi",
        recording__voice_of=None,
        recording__consent_ended=False,
    )
    by_hand: dict[UUID, set[str]] = defaultdict(set)
    for key, language in rows.values_list("message__translation_key", "language"):
        by_hand[key].add(language)
    for source in sources:
        if source.path.partition("/")[0] in {BULLETIN, *MESSAGE}:
            found[source.pk] |= by_hand[source.page_key]
    return found


def withdraw(voice: MessageVoice, now: datetime) -> None:
    """By who leads: the approved sentences stay, the voice comes back when one of them is approved anew."""
    with transaction.atomic():
        stop(MessageVoice.objects.select_for_update().get(pk=voice.pk), now)


def _published(sender, instance, **kwargs) -> None:
    """A draft from before knows nothing of the voice."""
    rows = MessageVoice.objects.filter(page_key=instance.translation_key, part=WHOLE)
    for voice in rows.select_related("recording"):
        put_public(voice)


def public_voices(keys: Iterable[UUID]) -> set[tuple[UUID, str]]:
    """(message, language) that a reader hears; one query."""
    rows = MessageRecording.objects.filter(
        message__translation_key__in=list(keys), message__locale__language_code="vi", recording__consent_ended=False
    )
    return set(rows.values_list("message__translation_key", "language"))


def voices_of_questions(page_key: UUID) -> dict[tuple[str, str], Recording]:
    """By language and part, of those alone that say what is asked now: another order of the answers would lead a
    listener astray. Two queries, and three for each language that has any.
    """
    rows = MessageVoice.objects.filter(page_key=page_key, recording__consent_ended=False).exclude(part=WHOLE)
    made: dict[str, dict[str, MessageVoice]] = defaultdict(dict)
    for voice in rows.select_related("recording").prefetch_related("takes"):
        made[voice.language][voice.part] = voice
    found = {}
    for language, by_part in made.items():
        for part, lines in parts_of(page_key, language, list(by_part)).items():
            says = [line.standing for line in lines if line.standing is not None and line.fits(line.standing)]
            recording = by_part[part].recording
            if recording is not None and set(says) == set(by_part[part].takes.all()) and len(says) == len(lines):
                found[language, part] = recording
    return found


def connect() -> None:
    said_wrong.connect(_said_wrong, dispatch_uid="campaigns.speaking")
    page_published.connect(_published, sender=MessagePage, dispatch_uid="campaigns.speaking")
