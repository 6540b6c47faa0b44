"""Sends and approves sounds of the message in the language that there is not."""

from uuid import uuid4

from django.core.files.base import ContentFile
from nonsense import THU
from tones import spoken

from campaigns.speaking.rules import Piece
from campaigns.speaking.script import script_of
from campaigns.speaking.speaker import Speaker
from campaigns.speaking.taking_in import Sent, take_in
from campaigns.translating.deciding import approve as approve_words
from campaigns.translating.sentences import SentenceTranslation
from campaigns.translating.working import Typed, seal, write

FIRST, SECOND = "Một câu để đọc.", "Gọi số ấy."


def make_speaker(writer, **said):
    said = {"language": THU, "person": writer, "written_by": writer, "how": "self", "uses": ["site"], **said}
    return Speaker.objects.create(**said)


def words_for(it, *texts):
    """Approved words of the two sentences; "" leaves one to be said from the Vietnamese."""
    for line, text in zip(script_of(it.key, THU), texts, strict=False):
        source = line.source
        row = SentenceTranslation.objects.filter(source=source).first()
        if text:
            write(
                it.writer,
                it.orthography,
                it.key,
                [Typed(source.pk, text, seal(source, row))],
                it.now,
                hand_over=[source.pk],
            )
            row = SentenceTranslation.objects.get(source=source)
            approve_words(it.approver, it.orthography, it.key, {source.pk: seal(source, row)}, it.now)


_TONES: dict[tuple, bytes] = {}


def tone(kind="ogg", seconds=1, loud=2000) -> ContentFile:
    place = (kind, seconds, loud)
    if place not in _TONES:
        _TONES[place] = spoken(kind, loud=loud, seconds=seconds, quiet=0)
    return ContentFile(_TONES[place], name=f"thu.{kind}")


def send(it, line, upload=None, *, number=None, by=None, speaker=None, begins=0.0, ends=None):
    sent = Sent(
        number or uuid4(),
        speaker or it.speaker,
        upload or tone(loud=1000 + line.source.pk),
        [Piece(line.source.pk, line.seal, begins, ends)],
    )
    return take_in(by or it.voice, it.key, THU, sent, it.now)


def lines(it):
    return script_of(it.key, THU)
