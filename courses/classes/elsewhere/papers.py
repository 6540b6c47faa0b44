"""The paper that proves a training elsewhere: a photograph, cleaned as those of sign-in sheets are, or a PDF.

A PDF cannot be written anew here as a picture can. So it is looked at and handed out as a download: what is no PDF, has
a password or says that it runs or carries something is refused, and where there is a scanner it is asked first.
"""

import re
from datetime import datetime
from functools import partial
from pathlib import PurePath
from typing import IO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from courses.classes.elsewhere.training import PDF, TrainingElsewhere
from courses.classes.held.papers import MOST_BYTES, cleaned_photo
from media.contents import clamd
from media.contents.kinds import why_not
from outbox.clock import daily
from outbox.private_files import keep_longer, private_files

FOLDER = "elsewhere-papers"
# names of ISO 32000 for what runs by itself, what is carried along, and a password
ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|Encrypt)\b")

# not with the exports, which go after two weeks
keep_longer(FOLDER)


def cleaned_paper(upload: File) -> File:
    """Raises ValidationError with one sentence that says what to do."""
    if PurePath(str(upload.name)).suffix.lower() != PDF:
        return cleaned_photo(upload)
    if (upload.size or 0) > MOST_BYTES:
        raise ValidationError(_("Tệp quá lớn: nhiều nhất %d MB. Thu nhỏ rồi gửi lại.") % (MOST_BYTES // 1024 // 1024))
    if sentence := why_not(str(upload.name), upload):
        raise ValidationError(sentence)
    if ACTIVE.search(upload.read()):
        raise ValidationError(
            _("Tệp PDF này có mật khẩu, chương trình hay tệp đính kèm. Chụp ảnh tờ giấy rồi gửi ảnh.")
        )
    upload.seek(0)
    _scan(upload)
    return upload


def _scan(upload: IO[bytes]) -> None:
    if not settings.CLAMAV_URL:
        return
    try:
        found = clamd.infection(settings.CLAMAV_URL, upload)
    except clamd.Away:
        raise ValidationError(_("Chưa quét virus được. Ít phút nữa gửi lại, hoặc chụp ảnh tờ giấy.")) from None
    if found:
        raise ValidationError(_("Tệp này có virus nên không nhận. Chụp ảnh tờ giấy rồi gửi ảnh."))
    upload.seek(0)


def keep_paper(paper: File) -> str:
    """The name of the private file; `paper` as by `cleaned_paper`."""
    return private_files.save(f"{FOLDER}/giay{PurePath(str(paper.name)).suffix.lower()}", paper)


def end_paper(row: TrainingElsewhere) -> None:
    """The file goes only with what says that it went: an erasure that is taken back leaves both."""
    TrainingElsewhere.objects.filter(pk=row.pk).update(paper="")
    if row.paper:
        transaction.on_commit(partial(private_files.delete, row.paper), robust=True)


@daily("courses.classes.elsewhere.end_old", at="03:43")
def end_old(now: datetime) -> None:
    """The row stays, so that it can be told that there was a paper."""
    old = now - settings.RETENTION["elsewhere_papers"]
    for row in TrainingElsewhere.objects.filter(changed_at__lt=old).exclude(paper=""):
        end_paper(row)
