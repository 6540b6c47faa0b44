"""Prints a message for all communes in the background: a ZIP with a folder for each."""

import zipfile
from tempfile import TemporaryFile

from django.core.files import File
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.communes.reading import local_contacts
from campaigns.messages.message import MessagePage
from campaigns.renderings import drawing, reading, whose
from campaigns.renderings.composing import Unprintable, composed, numbered
from campaigns.renderings.formats import FORMATS
from campaigns.renderings.issuing import issue
from campaigns.renderings.texts.at_the_desk import spoken_in
from config.languages import NAMES
from outbox.effects import Effect, Job, Refused, effect, enqueue
from outbox.private_files import private_files
from pages.identity.slugs import neutral_slug
from people.times import today

BATCH = "sheets_of_communes"
# what a result says of sheets that could not be made
MOST_NOTES = 50


def ask_for_all(message: MessagePage, formats: list[str], user, language: str = "vi") -> Effect:
    """A second request within a minute is the same one."""
    name = message.title if language == "vi" else f"{message.title} ({NAMES[language][0]})"
    payload = {"message": message.pk, "formats": formats, "name": name, "language": language}
    key = f"{BATCH}:{user.pk}:{message.pk}:{language}:{'-'.join(formats)}:{timezone.now():%Y%m%d%H%M}"
    return enqueue(BATCH, payload, key=key[:120], requested_by=user)


@effect(BATCH, label=gettext_lazy("In tờ cho các xã"))
def print_for_all(job: Job) -> dict:
    """Who asked must still lead the province when it runs. A commune's sheet that cannot be made is named and left
    out; where none can be, the reason is that of the first.
    """
    if job.requested_by is None or not whose.leads(job.requested_by):
        raise Refused(_("In cho mọi xã là việc của quản lý cấp tỉnh."))
    message = reading.printed_messages().filter(pk=job.payload["message"]).first()
    if message is None:
        raise Refused(_("Thông điệp này không còn trên trang."))
    with TemporaryFile() as file:
        # PDF is compressed already
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            made, notes = _fill(archive, message, job)
        if not made:
            raise Refused((notes or [_("Chưa có xã nào để in.")])[0][:400])
        file.seek(0)
        name = private_files.save("sheets/to-in.zip", File(file))
    language = job.payload.get("language", "vi")
    tongue = "" if language == "vi" else f"-{language}"
    download = f"to-in{tongue}-{message.slug}-{today():%Y-%m-%d}.zip"
    return {"file": name, "download": download, "rows": made, "notes": notes[:MOST_NOTES]}


def _fill(archive: zipfile.ZipFile, message: MessagePage, job: Job) -> tuple[int, list[str]]:
    """(how many sheets were made, a sentence for each that was not)."""
    chosen = [FORMATS[key] for key in job.payload["formats"] if key in FORMATS]
    spaces, numbers, day = list(whose.spaces(job.requested_by)), reading.national(), today()
    language = job.payload.get("language", "vi")
    spoken = None if language == "vi" else spoken_in(message, [language])[language]
    said = {"numbers": numbers, "language": language, "spoken": spoken}
    total, done, notes = len(spaces) * len(chosen), 0, []
    job.progress(0, total)
    for space in spaces:
        contacts = local_contacts(space)
        for one in chosen:
            try:
                whole = composed(reading.order(message, one, space, contacts=contacts, **said))
                version = issue(whole, job.requested_by, timezone.now())
                drawn = drawing.pdf(one, numbered(whole, version.sheet_id, version.number, day))
                archive.writestr(f"{neutral_slug(space.title)}-{space.unit.code}/{one.key}.pdf", drawn)
            except Unprintable as why:
                notes.append(f"{space.title}, {one.label}: {why}")
            done += 1
            job.progress(done, total)
    return total - len(notes), notes
