"""What the worker makes of a week: the voices of a commune's slots as MP3, in their order of play, each behind its
title where that was recorded.

Players read what lies on the stick by its name or by its place, so names begin with the number in the order of play and
lie in that order in the archive. Names are plain ASCII, short, and hold no sign that FAT32 refuses.
"""

import zipfile
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory, TemporaryFile
from uuid import UUID

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.activities.made import whose
from campaigns.loudspeakers.package import EFFECT, WEEK, Package
from campaigns.loudspeakers.reading_out import Reading, calendar_of, readings
from campaigns.loudspeakers.slot import Slot, days_between
from campaigns.messages.message import MessagePage
from campaigns.messages.voices import recordings_of
from config.languages import in_sentence
from media.models import Recording
from media.provenance import Use
from media.sounds.apart import NotMastered, Silent, joined_apart, mp3_apart
from outbox.effects import Job, Refused, effect
from outbox.private_files import on_disk, private_files
from pages.identity.slugs import neutral_slug

MOST_BYTES = 64 * 1024 * 1024
# of a name: the number of a file and enough of the message's name, far below the 255 of FAT32
MOST_LETTERS = 40
DAYS = ("thu-hai", "thu-ba", "thu-tu", "thu-nam", "thu-sau", "thu-bay", "chu-nhat")


@dataclass(frozen=True)
class Stretch:
    """Of a private file; `take` is the number of a sentence that was recorded in it."""

    take: int
    file: str
    begins_at: float = 0
    ends_at: float | None = None


@dataclass(frozen=True)
class Title:
    """A title as it was recorded, sentence by sentence; `until` is the last day agreed."""

    said: tuple[Stretch, ...]
    until: date | None = None

    @property
    def takes(self) -> set[int]:
        return {one.take for one in self.said}


# titles of messages in a language that may be heard on loudspeakers, as the room that records them says
Titles = Callable[[Collection[UUID], str], Mapping[UUID, Title]]
_TITLES: list[Titles] = []


def knows_titles(told: Titles) -> None:
    if told not in _TITLES:
        _TITLES.append(told)


@dataclass(frozen=True)
class Track:
    """One file. `name` is its path in the package; `sound` is a voice, or the title before it."""

    name: str
    slot: Slot
    sound: Recording | Title

    @property
    def is_title(self) -> bool:
        return isinstance(self.sound, Title)


@dataclass
class Week:
    """`notes` are sentences, one for each message that is left out or ends within the week."""

    tracks: list[Track] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def plays(self) -> list[Track]:
        return [one for one in self.tracks if not one.is_title]


def week(package: Package) -> Week:
    """A constant number of queries."""
    sunday = package.monday + WEEK - timedelta(days=1)
    slots = list(Slot.objects.filter(commune=package.commune, first_day__lte=sunday, last_day__gte=package.monday))
    days = days_between(package.monday, sunday)
    planned = {slot.message_key for slot in slots if any(slot.is_on(day) for day in days)}
    said = readings(planned)
    voices = _voices(planned, package.language)
    titles = {key: one for told in _TITLES for key, one in told(planned, package.language).items()}
    faults = {key: _fault(said[key], voices.get(key), package) for key in planned}
    found = Week(notes=[f"{said[key].title}: {faults[key]}" for key in _in_order(planned, said) if faults[key]])
    for day, those in calendar_of(slots, said, days):
        for slot in those:
            key, page = slot.message_key, said[slot.message_key].page
            if faults[key] or page is None:
                continue
            title = titles.get(key)
            if title is not None and (title.until is None or title.until >= package.monday):
                found.tracks.append(Track(_name(day, len(found.tracks) + 1, slot, f"ten-{page.slug}"), slot, title))
            found.tracks.append(Track(_name(day, len(found.tracks) + 1, slot, page.slug), slot, voices[key]))
    _note_ends(found, said, sunday)
    return found


def _in_order(keys: Iterable[UUID], said: Mapping[UUID, Reading]) -> list[UUID]:
    return sorted(keys, key=lambda key: (said[key].title, str(key)))


def _voices(keys: Collection[UUID], language: str) -> dict[UUID, Recording]:
    pages = MessagePage.objects.live().filter(translation_key__in=keys, locale__language_code="vi")
    found = {page.translation_key: recordings_of(page) for page in pages.prefetch_related("recordings__recording")}
    return {key: those[language] for key, those in found.items() if language in those}


def _fault(reading: Reading, voice: Recording | None, package: Package) -> str:
    """Why it is not played; "" where it may be."""
    if not reading.is_read_on(package.monday):
        return _("%s, không phát nữa.") % reading.why_not_on(package.monday)
    if voice is None:
        return _("chưa có tiếng nói bằng %s.") % in_sentence(package.language_name)
    if Use.LOUDSPEAKER not in voice.consent_for:
        return _("người nói chưa đồng ý cho phát trên loa.")
    if voice.consent_is_over_on(package.monday):
        return _("người nói chỉ đồng ý đến trước tuần này.")
    return ""


def _note_ends(found: Week, said: Mapping[UUID, Reading], sunday: date) -> None:
    """Of alerts that end within the week: they are not played after that day."""
    for key in _in_order({one.slot.message_key for one in found.tracks}, said):
        last = said[key].last_day
        if last is not None and last < sunday:
            words = {"title": said[key].title, "day": f"{last:%d/%m/%Y}"}
            found.notes.append(_("%(title)s: chỉ phát đến hết ngày %(day)s.") % words)


def _name(day: date, number: int, slot: Slot, slug: str) -> str:
    title = neutral_slug(slug)[:MOST_LETTERS].strip("-")
    return f"{number:03d}-{DAYS[day.weekday()]}-{slot.at:%H%M}-{title}.mp3"


# --- in the background


@effect(EFFECT, label=gettext_lazy("Gói âm thanh cho loa"))
def make(job: Job) -> dict:
    package = Package.objects.select_related("commune").get(pk=job.payload["package"])
    if job.requested_by is None or not whose.kept_communes(job.requested_by).filter(pk=package.commune_id).exists():
        raise Refused(_("Gói âm thanh của xã do người giữ lịch loa của xã ấy làm."))
    found = week(package)
    if not found.plays:
        raise Refused((found.notes or [_("Tuần này xã chưa có lịch phát nào.")])[0][:400])
    sounds = {_key(one.sound): one.sound for one in found.tracks}
    with TemporaryDirectory(prefix="la-chan-package-") as folder, TemporaryFile() as file:
        made = {}
        for number, (key, sound) in enumerate(sounds.items(), 1):
            made[key] = _title(sound, Path(folder)) if isinstance(sound, Title) else voice(sound, Path(folder))
            job.progress(number, len(sounds))
        _fits(found.tracks, made)
        until = _end(package, found)
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            for one in found.tracks:
                archive.write(made[_key(one.sound)], one.name)
            archive.writestr("DOC-TRUOC.txt", read_me(package, found, until))
        file.seek(0)
        name = private_files.save("packages/goi-loa.zip", File(file))
    _keep(package, found, until)
    download = f"goi-loa-{package.pk}-{package.monday:%Y-%m-%d}.zip"
    return {"file": name, "download": download, "rows": len(found.plays), "notes": found.notes}


def _key(sound: Recording | Title) -> tuple[str, int]:
    return ("title", sound.said[0].take) if isinstance(sound, Title) else ("voice", sound.pk)


def voice(row: Recording, folder: Path) -> Path:
    """The MP3 of a recording as it was brought. Raises Refused."""
    source, path = folder / f"{row.pk}.source", folder / f"{row.pk}.mp3"
    with row.file.open("rb") as content, source.open("wb") as copy:
        copyfileobj(content, copy)
    try:
        mp3_apart(source, path)
    except Silent:
        raise Refused(_("Bản thu “%s” không có tiếng nào; hãy thu lại.") % row.title) from None
    except NotMastered:
        raise Refused(_("Không đọc được bản thu “%s”; hãy lưu lại thành MP3 rồi thay.") % row.title) from None
    source.unlink()
    return path


def _title(title: Title, folder: Path) -> Path:
    """Cut out of the recordings in which it was read. Raises Refused."""
    number = title.said[0].take
    cut, path = folder / f"title-{number}.m4a", folder / f"title-{number}.mp3"
    try:
        with ExitStack() as files:
            sources = {one.file: str(files.enter_context(on_disk(one.file))) for one in title.said}
            pieces = [
                {"path": sources[one.file], "begins_at": one.begins_at, "ends_at": one.ends_at} for one in title.said
            ]
            joined_apart(pieces, cut, "whole")
        mp3_apart(cut, path)
    except (NotMastered, FileNotFoundError):
        raise Refused(_("Không đọc được tên bài đã thu; hãy thu lại tên bài ấy.")) from None
    cut.unlink(missing_ok=True)
    return path


def _fits(tracks: Iterable[Track], made: Mapping[tuple[str, int], Path]) -> None:
    size = sum(made[_key(one.sound)].stat().st_size for one in tracks)
    if size > MOST_BYTES:
        said = {"size": size // 1024 // 1024, "most": MOST_BYTES // 1024 // 1024}
        raise Refused(_("Gói nặng %(size)d MB, hơn %(most)d MB: bớt lượt phát trong tuần rồi làm lại.") % said)


def _end(package: Package, found: Week) -> date:
    """The last day on which it may be played; an alert is in no play after its own."""
    agreed = [one.sound.until if isinstance(one.sound, Title) else one.sound.consent_until for one in found.tracks]
    return min([package.monday + WEEK - timedelta(days=1), *(day for day in agreed if day is not None)])


@transaction.atomic
def _keep(package: Package, found: Week, until: date) -> None:
    voices = {one.sound.pk for one in found.tracks if isinstance(one.sound, Recording)}
    package.made, package.use_until, package.voices = True, until, len(voices)
    package.messages = " ".join(sorted({str(one.slot.message_key) for one in found.plays}))
    package.save(update_fields=["made", "use_until", "messages", "voices"])
    package.recordings.set(voices)
    package.titles.set({take for one in found.tracks if isinstance(one.sound, Title) for take in one.sound.takes})


def read_me(package: Package, found: Week, until: date) -> str:
    """With a mark of order for old Windows, lines as it ends them."""
    lines = [
        _("Gói số %(number)s · %(commune)s · tuần từ %(day)s")
        % {"number": package.pk, "commune": package.commune.name, "day": f"{package.monday:%d/%m/%Y}"},
        _("Chỉ phát đến hết ngày %s. Sau ngày ấy, hoặc khi được báo rút: xóa gói này.") % f"{until:%d/%m/%Y}",
        _("Chép mọi tệp MP3 vào thẻ trống, theo thứ tự số."),
        "",
        *(one.name for one in found.tracks),
        "",
        *found.notes,
        "111",
    ]
    return "\ufeff" + "\r\n".join(lines) + "\r\n"
