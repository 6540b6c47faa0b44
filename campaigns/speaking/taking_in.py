"""A recording comes in: once, however often it is sent, and kept as it came."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.speaking.hearing import ask_to_hear
from campaigns.speaking.rules import Piece, TakeState, pieces_fit
from campaigns.speaking.script import Line, parts_of
from campaigns.speaking.speaker import Speaker
from campaigns.speaking.takes import FOLDER, Sound, Take
from campaigns.translating.refusing import Refused
from campaigns.translating.sentences import SourceSentence
from media.cleaning.demuxers import LONGEST, demuxer_of
from media.cleaning.front_tags import behind_tags
from outbox.private_files import private_files

# what carries no sound of a voice, or what nobody records
READERS = {
    "ogg": "ogg",
    "wav": "wav",
    "flac": "flac",
    "mov": "m4a",
    "matroska": "webm",
    "mp3": "mp3",
    "aac": "aac",
    "amr": "amr",
}
OTHER_KIND = gettext_lazy(
    "Tệp này không phải bản thu WebM, M4A, MP3, OGG hay WAV. Hãy lưu lại thành một trong các loại này."
)


@dataclass
class Taken:
    """`again`: this recording was here already. `old`: sentences whose words changed since they were read."""

    sound: Sound
    again: bool = False
    old: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Sent:
    """`number` was made on the device; `speaker` agreed before."""

    number: UUID
    speaker: Speaker
    upload: File
    pieces: Sequence[Piece]


def take_in(by, page_key: UUID, language: str, sent: Sent, now: datetime) -> Taken:
    """Raises Refused with one sentence where it is no recording, fits no sentence, or nobody agreed to it."""
    if (known := Sound.objects.filter(number=sent.number).first()) is not None:
        return _again(known, page_key, language, by)
    reader, digest = _looked_at(sent.upload)
    if not sent.speaker.is_in_force(now) or sent.speaker.language != language:
        raise Refused(_("Người đọc này không còn đồng ý. Chọn người đọc khác rồi thu lại."))
    if not pieces_fit(sent.pieces):
        raise Refused(_("Chỗ bắt đầu và hết câu không khớp. Hãy thu lại."))
    name = private_files.save(f"{FOLDER}/thu.{reader}", sent.upload)
    try:
        with transaction.atomic():
            taken, is_kept = _stored(by, page_key, language, sent, name, digest, now)
    except BaseException:
        private_files.delete(name)
        raise
    if not is_kept:
        private_files.delete(name)
    return taken


def _again(known: Sound, page_key: UUID, language: str, by) -> Taken:
    if (known.page_key, known.language) != (page_key, language):
        raise Refused(_("Bản thu này đã gửi cho bài khác. Hãy thu lại."))
    return Taken(known, again=True)


def _looked_at(upload: File) -> tuple[str, str]:
    """(ending by content, SHA-256)."""
    try:
        reader = demuxer_of(behind_tags(upload).read(LONGEST))
    except ValueError:
        reader = ""
    if reader not in READERS:
        raise Refused(str(OTHER_KIND))
    upload.seek(0)
    digest = hashlib.file_digest(upload, "sha256").hexdigest()  # type: ignore[arg-type]
    upload.seek(0)
    return READERS[reader], digest


def _stored(by, page_key: UUID, language: str, sent: Sent, name: str, digest: str, now) -> tuple[Taken, bool]:
    """And whether the file is needed: the same bytes are kept once."""
    # of two tabs that send the same at once the second waits here
    list(SourceSentence.objects.select_for_update().filter(page_key=page_key).order_by("pk"))
    lines = {line.source.pk: line for those in parts_of(page_key, language).values() for line in those}
    if (known := Sound.objects.filter(number=sent.number).first()) is not None:
        return _again(known, page_key, language, by), False
    sound = Sound.objects.filter(page_key=page_key, language=language, digest=digest).first()
    is_new = sound is None or not sound.file
    if sound is not None and is_new:
        # its first speaker agrees no more, and it is spoken for anew
        sound.takes.all().delete()
        sound.number, sound.speaker, sound.file, sound.at = sent.number, sent.speaker, name, now
        sound.save()
    if sound is None:
        said = {"page_key": page_key, "language": language, "digest": digest}
        sound = Sound.objects.create(number=sent.number, speaker=sent.speaker, file=name, at=now, **said)
    there = set(sound.takes.values_list("source", flat=True))
    taken, wanted = Taken(sound), [one for one in sent.pieces if one.source in lines and one.source not in there]
    if not wanted and not there:
        raise Refused(_("Câu này không còn trong bài. Mở lại trang để xem."))
    taken.again = not wanted
    for piece in wanted:
        if not _keep(by, sound, lines[piece.source], piece, now):
            taken.old.append(piece.source)
    if wanted:
        ask_to_hear(sound)
    return taken, is_new


def _keep(by, sound: Sound, line: Line, piece: Piece, now: datetime) -> bool:
    """Whether the words are those that stand there now; else the sound is kept and asked for again."""
    is_now = piece.seal == line.seal
    take = Take(sound=sound, source=line.source, language=sound.language, brought_by=by)
    take.begins_at, take.ends_at = piece.begins_at, piece.ends_at
    if is_now:
        take.text, take.of_text = line.text, line.source.text
        waiting = Take.objects.filter(source=line.source, language=sound.language, state=TakeState.AWAITING)
        waiting.update(state=TakeState.REPLACED)
    else:
        take.state, take.decided_at = TakeState.BACK, now
        take.word = _("Câu đã sửa sau khi anh chị thu. Hãy đọc câu mới và thu lại.")
    take.save()
    return is_now
