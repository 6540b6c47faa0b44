"""The end of what a speaker agreed to: every voice with a word of hers leaves every public place in the same
transaction. A mistake is taken back while the originals are kept (`RETENTION["ended_consents"]`); then they go for
good.
"""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from campaigns.speaking.rules import TakeState
from campaigns.speaking.speaker import Speaker
from campaigns.speaking.takes import MessageVoice, Sound
from media.consents.ending import consent_changed, end
from media.models import Recording
from outbox.clock import daily
from outbox.private_files import private_files
from people.privacy.erasure import person_erased

MOST_A_DAY = 500


@transaction.atomic
def end_speaker(speaker: Speaker, now: datetime, by=None) -> int:
    """How many voices are heard no more."""
    held = Speaker.objects.select_for_update().get(pk=speaker.pk)
    if held.ended_at is not None:
        return 0
    held.ended_at = now
    held.save(update_fields=["ended_at"])
    count = 0
    for voice in MessageVoice.objects.filter(takes__sound__speaker=held).exclude(recording=None).distinct():
        count += end(voice.recording, now, by=by) is not None
    return count


def _recording_changed(sender, row, **kwargs) -> None:
    """Ended or taken back in the library: so is what its speakers agreed to, unless one of them was the reason."""
    voice = MessageVoice.objects.filter(recording=row).first()
    if voice is None:
        return
    speakers = Speaker.objects.filter(sounds__takes__in=voice.takes.all()).distinct()
    if not row.consent_ended:
        speakers.filter(ended_at__isnull=False).update(ended_at=None)
    elif not speakers.exclude(ended_at=None).exists():
        Speaker.objects.filter(pk__in=list(speakers.values_list("pk", flat=True))).update(ended_at=timezone.now())


@daily("campaigns.speaking.forget", at="03:58")
def forget(now: datetime) -> None:
    """Originals of who agrees no more, and those that nobody took or that a newer one replaced."""
    over = now - settings.RETENTION["ended_consents"]
    day = timezone.localdate(over)
    ended = Q(speaker__ended_at__lt=over) | Q(speaker__until__lt=day)
    for sound in Sound.objects.filter(ended).exclude(file="")[:MOST_A_DAY]:
        _remove(sound)
    long_ago = now - settings.RETENTION["replaced_files"]
    used = Q(takes__state__in=(TakeState.AWAITING, TakeState.APPROVED))
    unused = Sound.objects.filter(at__lt=long_ago).exclude(file="").exclude(pk__in=Sound.objects.filter(used))
    for sound in unused[:MOST_A_DAY]:
        _remove(sound)


def _remove(sound: Sound) -> None:
    names = [sound.file, *(take.heard for take in sound.takes.all())]
    sound.takes.update(heard="")
    Sound.objects.filter(pk=sound.pk).update(file="")
    for name in names:
        if name:
            private_files.delete(name)


def _erased(sender, person, now: datetime | None = None, **kwargs) -> None:
    at = now or timezone.now()
    for speaker in Speaker.objects.filter(person=person):
        end_speaker(speaker, at)
    Speaker.objects.filter(person=person).update(name="", person=None)


def connect() -> None:
    consent_changed.connect(_recording_changed, sender=Recording, dispatch_uid="campaigns.speaking")
    person_erased.connect(_erased, dispatch_uid="campaigns.speaking")
