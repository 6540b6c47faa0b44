"""What a package for broadcasters and press holds of a message: approved words, voices whose speakers agreed to it,
pictures. What is not approved, not settled or not agreed to is left out and named.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _

from campaigns.loudspeakers.bulletin import UNSETTLED
from campaigns.loudspeakers.reading_out import readings
from campaigns.messages.message import MessagePage
from campaigns.messages.voices import recordings_of
from campaigns.renderings.formats import slot_label
from campaigns.renderings.pictures import MessagePicture
from campaigns.renderings.reading import WITH_POINTS
from campaigns.renderings.texts.at_the_desk import spoken_in
from campaigns.renderings.texts.languages import text_path
from config.languages import NAMES, in_sentence
from media.pictures import Picture
from media.provenance import Use
from media.recordings import Recording
from pages import languages

# a version is made anew when this is over
DAYS = timedelta(days=30)
SLOTS = ("share", "loud.30", "loud.60")


@dataclass
class Contents:
    """`texts` are by language, each a list of (what it is, words); `notes` sentences about what was left out."""

    message: MessagePage
    texts: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    voices: dict[str, Recording] = field(default_factory=dict)
    pictures: list[MessagePicture] = field(default_factory=list)
    photo: Picture | None = None
    notes: list[str] = field(default_factory=list)
    # the last day of an alert, of a consent
    ends: list[date] = field(default_factory=list)

    def until(self, day: date) -> date:
        return min([day + DAYS, *self.ends])

    @property
    def mark(self) -> str:
        """Of all that stands in it but number, version and days."""
        photo = self.photo and [self.photo.pk, self.photo.file_hash, self.photo.credit, self.photo.licence]
        voices = {tag: [one.pk, one.file_hash, one.file.name, one.captions] for tag, one in self.voices.items()}
        held = [self.texts, voices, [[one.slot, one.size, one.made_of] for one in self.pictures], photo, self.notes]
        ends = [f"{day:%Y-%m-%d}" for day in self.ends]
        said = json.dumps([self.message.title, held, ends], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()[:40]


def offered() -> Iterable[MessagePage]:
    """The live Vietnamese messages, with what is read of each."""
    rows = MessagePage.objects.live().public().filter(locale__language_code="vi", alias_of=None)
    rows = rows.select_related("locale", "picture").order_by("path")
    return rows.prefetch_related(WITH_POINTS, "recordings__recording", "pictures_to_post")


def contents_of(message: MessagePage) -> Contents:
    """Of one of `offered`; some ten queries."""
    found = Contents(message)
    reading = readings([message.translation_key])[message.translation_key]
    if reading.last_day is not None:
        found.ends.append(reading.last_day)
    _put_words(found)
    _put_voices(found)
    _put_pictures(found)
    return found


# --- words


def _put_words(found: Contents) -> None:
    message = found.message
    said = _of_page(message, found.notes)
    by_slot = {one.slot: one for one in message.passages.all()}
    for slot in SLOTS:
        if slot not in by_slot:
            continue
        if by_slot[slot].is_approved:
            said.append((slot_label(slot), by_slot[slot].text))
        else:
            found.notes.append(_("%s: chưa duyệt, để ngoài.") % slot_label(slot))
    found.texts["vi"] = said
    for tag, those in _translated(message).items():
        if those:
            found.texts[tag] = those


def _translated(message: MessagePage) -> dict[str, list[tuple[str, str]]]:
    """By language, in the order of the languages: a page that is translated whole, the words of sheets that are."""
    pages = message.get_translations().live().filter(alias_of=None).select_related("locale")
    whole = {page.locale.language_code: page for page in pages if not languages.is_partly_translated(page)}
    sheets = spoken_in(message)
    found = {}
    for tag in NAMES:
        said = _of_page(whole[tag], []) if tag in whole else []
        if tag in sheets:
            paths = [(slot, sheets[tag].text(text_path(slot))) for slot in SLOTS]
            said += [(slot_label(slot), text) for slot, text in paths if text]
        found[tag] = said
    found.pop("vi", None)
    return found


def _of_page(page: MessagePage, notes: list[str]) -> list[tuple[str, str]]:
    """(heading, words) in the order of reading; a part in which something is not settled is left out."""
    said = []
    for label, text in _parts(page):
        if UNSETTLED in text:
            notes.append(_("“%s”: còn điều chờ xác nhận, để ngoài.") % label)
        elif text.strip():
            said.append((label, text.strip()))
    return said


def _parts(page: MessagePage) -> Iterator[tuple[str, str]]:
    yield _("Tiêu đề"), page.heading or page.title
    yield _("Tóm tắt"), page.summary
    yield _("Họ hay nói"), page.said
    yield _("Sự thật"), page.truth
    yield page.checks_heading or _("Phải hỏi"), "\n".join(_asked(page))
    yield page.act_heading or _("Nên làm"), page.act
    yield _("Nhớ"), page.remember


def _asked(page: MessagePage) -> Iterator[str]:
    for block in page.checks:
        yield " ".join(part for part in (block.value["question"], block.value.get("words", "")) if part)


# --- voices and pictures


def _put_voices(found: Contents) -> None:
    for tag, row in recordings_of(found.message).items():
        if Use.BROADCAST in row.consent_for:
            found.voices[tag] = row
            if row.consent_until is not None:
                found.ends.append(row.consent_until)
        else:
            name = in_sentence(NAMES[tag][0]) if tag in NAMES else tag
            found.notes.append(_("Bản đọc bằng %s: người nói chưa đồng ý cho đài, báo, để ngoài.") % name)


def _put_pictures(found: Contents) -> None:
    found.pictures = sorted(found.message.pictures_to_post.all(), key=lambda one: (one.slot, one.size))
    photo = found.message.picture
    if photo is None or photo.consent_ended or not photo.is_clean:
        return
    if Use.BROADCAST in photo.consent_for:
        found.photo = photo
        if photo.consent_until is not None:
            found.ends.append(photo.consent_until)
    else:
        found.notes.append(_("Hình của trang: người trong hình chưa đồng ý cho đài, báo, để ngoài."))
