"""Packages are made in the background, a new version as soon as something in one changes or its days are over."""

import zipfile
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.loudspeakers.package_making import voice
from campaigns.messages.message import MessagePage
from campaigns.press.contents import Contents, contents_of, offered
from campaigns.press.press_package import FOLDER, PressPackage, note_withdrawn, withdrawn
from config.languages import NAMES
from outbox.clock import daily, every
from outbox.effects import Job, Refused, effect, enqueue
from outbox.private_files import private_files
from people.times import today

EFFECT = "press_package"
MOST_BYTES = 200 * 1024 * 1024
# of those that were withdrawn, in each package
MOST_WITHDRAWN = 20
LONG_AGO = timedelta(days=60)


@every("campaigns.press.bring_in_step", minutes=5)
def bring_in_step(now: datetime) -> None:
    """Asks for what is lacking; notes what was withdrawn."""
    note_withdrawn(now)
    newest = {row.number: row for row in PressPackage.objects.newest()}
    for message in offered():
        row = newest.get(message.pk)
        found = contents_of(message)
        if found.until(timezone.localdate(now)) >= timezone.localdate(now) and not is_current(row, found):
            version = row.version if row else 0
            enqueue(EFFECT, {"message": message.pk}, key=f"{EFFECT}:{message.pk}:{version}:{found.mark}")


def is_current(row: PressPackage | None, found: Contents) -> bool:
    return row is not None and not row.why and row.made_of == found.mark and row.use_until >= today()


@effect(EFFECT, label=gettext_lazy("Gói cho đài, báo"))
def make(job: Job) -> dict | None:
    message = next((one for one in offered().filter(pk=job.payload["message"])), None)  # type: ignore[attr-defined]
    if message is None:
        return None
    found, now = contents_of(message), job.clock()
    newest = PressPackage.objects.filter(number=message.pk).order_by("-version").first()
    if is_current(newest, found):
        return None
    version = (newest.version if newest else 0) + 1
    row = PressPackage(message=message, number=message.pk, version=version, title=message.title[:255])
    row.made_of, row.made_at, row.use_until = found.mark, now, found.until(timezone.localdate(now))
    row.written, row.spoken, row.notes = [*found.texts], [*found.voices], found.notes
    row.pictures = len(found.pictures) + (found.photo is not None)
    with TemporaryDirectory(prefix="la-chan-press-") as folder, TemporaryFile() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            _write(archive, row, found, Path(folder), job)
        row.size = file.tell()
        if row.size > MOST_BYTES:
            raise Refused(_("Gói nặng quá %d MB: bản ghi hoặc hình của thông điệp này quá lớn.") % (MOST_BYTES >> 20))
        file.seek(0)
        row.file = private_files.save(f"{FOLDER}/{row.file_name}", File(file))
    _keep(row, found)
    return {"version": version}


@transaction.atomic
def _keep(row: PressPackage, found: Contents) -> None:
    MessagePage.objects.select_for_update(of=("self",)).get(pk=row.number)
    last = PressPackage.objects.filter(number=row.number).aggregate(last=Max("version"))["last"] or 0
    row.version = max(row.version, last + 1)
    row.save()
    row.recordings.set(found.voices.values())


def _write(archive: zipfile.ZipFile, row: PressPackage, found: Contents, folder: Path, job: Job) -> None:
    names = []

    def put(name: str, content: bytes | str) -> None:
        names.append(name)
        text = content if isinstance(content, bytes) else as_text(content)
        archive.writestr(name, text)

    for tag, said in found.texts.items():
        put(f"loi/{tag}.txt", "\n\n".join(f"{label.upper()}\n{words}" for label, words in said))
    for number, (tag, voice_row) in enumerate(found.voices.items(), 1):
        names.append(f"tieng/{tag}.mp3")
        archive.write(voice(voice_row, folder), names[-1], zipfile.ZIP_STORED)
        if voice_row.captions:
            put(f"tieng/{tag}.vtt", voice_row.captions)
        elif voice_row.transcript:
            put(f"tieng/{tag}.txt", voice_row.transcript)
        job.progress(number, len(found.voices))
    for one in found.pictures:
        with one.file.open("rb") as content:
            put(f"hinh/{one.slot}-{one.size}.png", content.read())
    if found.photo is not None:
        with found.photo.file.open("rb") as content:
            put(f"hinh/anh{Path(found.photo.file.name).suffix}", content.read())
    if found.pictures or found.photo:
        put("hinh/LOI-TA-HINH.txt", "\n".join(_alternatives(found)))
    archive.writestr("DOC-TRUOC.txt", as_text(read_me(row, found, names)))


def as_text(said: str) -> bytes:
    """With a mark of order for old Windows, lines as it ends them."""
    return ("\ufeff" + said.replace("\r\n", "\n").replace("\n", "\r\n") + "\r\n").encode()


def _alternatives(found: Contents) -> list[str]:
    said = [f"{one.slot}-{one.size}.png: {one.alt}" for one in found.pictures]
    if (photo := found.photo) is not None:
        origin = "; ".join(part for part in (photo.credit, photo.get_licence_display()) if part)
        said.append(f"anh{Path(photo.file.name).suffix}: {photo.default_alt_text} ({origin})")
    return said


def read_me(row: PressPackage, found: Contents, names: list[str]) -> str:
    address = settings.BASE_URL + reverse("press_package", args=[row.number])
    credits = [
        _("%(language)s: giọng đọc %(name)s") % {"language": NAMES[tag][0], "name": one.credit}
        for tag, one in found.voices.items()
        if one.may_be_named and one.credit and tag in NAMES
    ]
    words = {"number": row.number, "version": row.version, "title": row.title}
    return "\n".join(
        [
            _("Gói cho đài, báo số %(number)s, bản %(version)s: %(title)s") % words,
            _("Làm ngày %(day)s. Chỉ dùng đến hết ngày %(until)s.")
            % {"day": f"{timezone.localdate(row.made_at):%d/%m/%Y}", "until": f"{row.use_until:%d/%m/%Y}"},
            _("Trước mỗi lần phát, đăng: mở %s xem gói có bị rút, có bản mới không.") % address,
            "",
            _("Dùng nguyên lời, kèm số 111 (miễn phí, ngày đêm). Không thêm tên, thôn, hình của ai."),
            _("Không dịch bằng máy, không đọc bằng giọng máy: tiếng nào chưa có thì chưa có người bản ngữ duyệt."),
            "",
            _("Trong gói:"),
            *names,
            *credits,
            *(["", _("Để ngoài:"), *found.notes] if found.notes else []),
            *_withdrawn_before(row),
        ]
    )


def _withdrawn_before(row: PressPackage) -> list[str]:
    rows = PressPackage.objects.exclude(withdrawn_at=None).order_by("-withdrawn_at")[:MOST_WITHDRAWN]
    said = [
        _("Gói số %(number)s, bản %(version)s, %(title)s: %(why)s")
        % {"number": one.number, "version": one.version, "title": one.title, "why": one.why}
        for one in rows
    ]
    return ["", _("ĐÃ RÚT, HÃY GỠ:"), *said] if said else []


@daily("campaigns.press.forget", at="04:05")
def forget(now: datetime) -> None:
    """The files of versions that nobody may take any more; their rows stay, since their addresses are in packages."""
    newest = set(PressPackage.objects.newest().values_list("pk", flat=True))
    rows = PressPackage.objects.exclude(file="")
    gone = withdrawn(rows)
    for row in rows:
        if row.pk in gone or row.pk not in newest or row.use_until < timezone.localdate(now):
            name = row.file
            PressPackage.objects.filter(pk=row.pk).update(file="")
            private_files.delete(name)
