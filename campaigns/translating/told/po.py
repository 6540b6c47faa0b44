"""A page's sentences as a PO file, for who translates with a tool of hers, and back. Each entry is one sentence.

An entry is known by its context (the number of the sentence); the comment holds its seal. One whose Vietnamese is
another now, or that somebody changed since it was taken, is refused with its line; a changed one arrives as a draft.
"""

from dataclasses import dataclass, field
from datetime import datetime

import polib
from django.utils.translation import gettext as _
from wagtail.models import Page

from campaigns.translating.orthography import Orthography
from campaigns.translating.refusing import Refused
from campaigns.translating.rules import State
from campaigns.translating.sentences import SentenceTranslation, SourceSentence
from campaigns.translating.working import Typed, cleaned, seal, write
from letters.numbers import is_number

SEAL = "dau: "
MOST_BYTES = 500_000


def exported(page: Page, orthography: Orthography) -> str:
    file = polib.POFile(wrapwidth=0)
    file.metadata = {
        "Project-Id-Version": str(page.title),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": orthography.language,
    }
    sources = SourceSentence.objects.of(page.translation_key)
    rows = {
        row.source_id: row for row in SentenceTranslation.objects.filter(orthography=orthography, source__in=sources)
    }
    for source in sources:
        row = rows.get(source.pk)
        is_old = row is not None and row.of_text not in ("", source.text)
        entry = polib.POEntry(
            msgctxt=str(source.pk), msgid=source.text, msgstr=row.text if row else "", comment=SEAL + seal(source, row)
        )
        entry.occurrences = [(source.path, "")]
        if is_old or (row is not None and row.state == State.WITHDRAWN):
            entry.flags = ["fuzzy"]
            entry.previous_msgid = row.of_text if row else ""
        file.append(entry)
    return str(file)


@dataclass
class Brought:
    taken: int = 0
    unchanged: int = 0
    # (line, why)
    refused: list[tuple[int, str]] = field(default_factory=list)


def bring_in(by, page: Page, orthography: Orthography, content: bytes, now: datetime) -> Brought:
    """Raises Refused where the file is none."""
    entries = _read(content)
    sources = {one.pk: one for one in SourceSentence.objects.of(page.translation_key)}
    rows = {
        row.source_id: row for row in SentenceTranslation.objects.filter(orthography=orthography, source__in=sources)
    }
    brought, typed, seen = Brought(), [], set()
    for entry in entries:
        text, key = cleaned(entry.msgstr), int(entry.msgctxt) if is_number(entry.msgctxt or "") else 0
        source, row = sources.get(key), rows.get(key)
        if source is None:
            why = _("Không có câu này trong trang: tệp của trang khác, hay câu đã bỏ.")
        elif entry.msgid != source.text:
            why = _("Câu tiếng Việt đã sửa, nay là: %s") % source.text
        elif key in seen:
            why = _("Câu này có hai lần trong tệp.")
        elif not text or text == (row.text if row else ""):
            brought.unchanged += 1
            continue
        elif _seal_of(entry) != seal(source, row):
            why = _("Có người đã sửa câu dịch này sau khi tệp được tải về.")
        else:
            seen.add(key)
            typed.append(Typed(key, text, seal(source, row)))
            continue
        brought.refused.append((entry.linenum, why))
    outcome = write(by, orthography, page.translation_key, typed, now)
    brought.taken = outcome.saved
    return brought


def _read(content: bytes) -> polib.POFile:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(_("Tệp không phải chữ UTF-8; hãy lưu lại dạng PO, UTF-8.")) from error
    # polib opens what is the name of a file: a text with an entry is none
    if 'msgid "' not in text or "\n" not in text or len(content) > MOST_BYTES:
        raise Refused(_("Đây không phải tệp PO của bàn dịch; hãy tải tệp ở bài này rồi dịch vào đó."))
    try:
        return polib.pofile(text, check_for_duplicates=False)
    except (OSError, ValueError) as error:
        raise Refused(_("Không đọc được tệp PO: %s") % str(error)[:200]) from error


def _seal_of(entry: polib.POEntry) -> str:
    lines = (line for line in entry.comment.splitlines() if line.startswith(SEAL))
    return next(lines, "").removeprefix(SEAL).strip()
