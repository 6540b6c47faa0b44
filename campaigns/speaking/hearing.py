"""What the worker makes of sounds: of each sentence what its approver hears, of all the voice of the message."""

from collections.abc import Iterable
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.speaking.publishing import put_public
from campaigns.speaking.rules import TakeState
from campaigns.speaking.script import WHOLE, Line, name_of, script_of
from campaigns.speaking.speaker import Speaker
from campaigns.speaking.takes import FOLDER, MessageVoice, Sound, Take
from campaigns.translating.kinds import source_of
from letters.order import name_order
from media.holdings import shared_collection
from media.provenance import Licence, Use
from media.recordings import Recording
from media.sounds.apart import NotMastered, Silent, joined_apart
from media.sounds.captions import Cue, as_text
from media.sounds.making import make_small
from outbox.effects import Job, Refused, effect, enqueue
from outbox.private_files import on_disk, private_files

HEARD, JOINED = "voice_heard", "voice_joined"


# --- each sentence


def ask_to_hear(sound: Sound) -> None:
    waiting = sound.takes.filter(heard="", state=TakeState.AWAITING).order_by("pk").values_list("pk", flat=True)
    for pk in waiting:
        enqueue(HEARD, {"take": pk}, key=f"{HEARD}:{pk}")


@effect(HEARD, label=gettext_lazy("Làm bản nghe của một câu đã thu"))
def hear(job: Job) -> dict | None:
    take = Take.objects.filter(pk=job.payload["take"], heard="").select_related("sound").first()
    if take is None or not take.sound.file:
        return None
    with TemporaryDirectory(prefix="la-chan-voice-") as folder, on_disk(take.sound.file) as source:
        path = Path(folder) / "heard.m4a"
        try:
            made = joined_apart([_piece(take, source)], path, "heard")
        except NotMastered as why:
            sentence = _("Không nghe thấy tiếng trong câu này. Hãy để máy gần miệng và thu lại.")
            if not isinstance(why, Silent):
                sentence = _("Không đọc được bản thu của câu này. Hãy thu lại.")
            Take.objects.filter(pk=take.pk, state=TakeState.AWAITING).update(
                state=TakeState.BACK, word=sentence, decided_at=job.clock()
            )
            return {}
        name = private_files.save(f"{FOLDER}/cau.m4a", ContentFile(path.read_bytes()))
    Take.objects.filter(pk=take.pk).update(heard=name, seconds=made.seconds)
    return {}


def _piece(take: Take, path: Path) -> dict:
    return {"path": str(path), "begins_at": take.begins_at, "ends_at": take.ends_at}


# --- the whole message


def standing(lines: list[Line]) -> list[Take]:
    """The approved sound of each sentence; [] unless each has one that says what stands there."""
    found = [line.standing for line in lines if line.standing is not None and line.fits(line.standing)]
    return found if found and len(found) == len(lines) else []


def ask_to_join(page_key: UUID, language: str, part: str = WHOLE) -> bool:
    """Whether all sentences are approved, so that the voice is made."""
    takes = standing(script_of(page_key, language, part))
    voice = _made_before(page_key, language, part)
    if not takes or (voice is not None and _is_made_of(voice, takes)):
        return False
    enqueue(JOINED, {"page": str(page_key), "language": language, "part": part}, key=None)
    return True


def _made_before(page_key: UUID, language: str, part: str) -> MessageVoice | None:
    rows = MessageVoice.objects.filter(page_key=page_key, language=language, part=part)
    return rows.filter(recording__consent_ended=False).first()


def _is_made_of(voice: MessageVoice, takes: list[Take]) -> bool:
    return set(voice.takes.values_list("pk", flat=True)) == {take.pk for take in takes}


@effect(JOINED, label=gettext_lazy("Ghép các câu thành tiếng nói của thông điệp"))
def join(job: Job) -> dict | None:
    key, language, part = UUID(job.payload["page"]), job.payload["language"], job.payload.get("part", WHOLE)
    lines = script_of(key, language, part)
    takes = standing(lines)
    page = source_of(key)
    made_before = _made_before(key, language, part)
    if not takes or page is None or (made_before is not None and _is_made_of(made_before, takes)):
        # asked twice, or something was withdrawn meanwhile; the next approval asks anew
        return None
    with TemporaryDirectory(prefix="la-chan-voice-") as folder, ExitStack() as files:
        paths = {take.sound_id: files.enter_context(on_disk(take.sound.file)) for take in takes}
        path = Path(folder) / "voice.m4a"
        try:
            made = joined_apart([_piece(take, paths[take.sound_id]) for take in takes], path, "whole")
        except NotMastered:
            raise Refused(_("Không ghép được các câu. Hãy nghe lại từng câu và thu lại câu hỏng.")) from None
        cues = [
            Cue(begins, ends, line.shown, "vi" if line.is_vietnamese else language)
            for line, (begins, ends) in zip(lines, made.times, strict=True)
        ]
        row = _recording(
            ": ".join(one for one in (page.title, name_of(part)) if one), language, takes, cues, made.seconds
        )
        named = "-".join(one.replace(".", "-") for one in (page.slug, part, language) if one)
        row.file = ContentFile(path.read_bytes(), name=f"{named}.m4a")
        row.save()
    make_small(row)
    if not _put((key, language, part), row, takes, job.clock()):
        row.delete()
        return None
    return {"seconds": made.seconds}


def _by_name(speakers: Iterable[Speaker]) -> list[str]:
    return sorted((one.name for one in speakers), key=name_order)


def _recording(title: str, language: str, takes: list[Take], cues: list[Cue], seconds: float) -> Recording:
    """With what its speakers agreed to, the least of it where they are several."""
    speakers = {take.sound.speaker for take in takes}
    ends = [one.until for one in speakers if one.until is not None]
    named = bool(speakers) and all(one.name for one in speakers)
    row = Recording(title=title, type="audio", duration=seconds, language=language, licence=Licence.OWN)
    row.consent_for = [use.value for use in Use if all(use.value in one.uses for one in speakers)]
    row.consent_until = min(ends, default=None)
    row.may_be_named, row.credit = named, ", ".join(_by_name(speakers)) if named else ""
    row.shows_minor = row.representative_agreed = any(one.is_minor for one in speakers)
    row.consent = _("Người đọc đồng ý trước khi thu, ghi ở trang thu tiếng.")
    row.transcript, row.captions = as_text(cues, language)
    if (shared := shared_collection()) is not None:
        row.collection = shared
    return row


@transaction.atomic
def _put(place: tuple[UUID, str, str], row: Recording, takes: list[Take], now: datetime) -> bool:
    """False where something was decided while it was made."""
    key, language, part = place
    rows = MessageVoice.objects.select_for_update()
    voice, _made = rows.get_or_create(page_key=key, language=language, part=part)
    if [take.pk for take in standing(script_of(*place))] != [take.pk for take in takes]:
        return False
    old = voice.recording
    voice.recording, voice.made_at, voice.withdrawn_at = row, now, None
    voice.save()
    voice.takes.set(takes)
    put_public(voice)
    if old is not None and old.pk != row.pk and not old.consent_ended:
        # that a consent ended stays known
        old.delete()
    return True
