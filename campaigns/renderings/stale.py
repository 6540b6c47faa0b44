"""Which issued sheets no longer show what is true: another number to call, or words that were rewritten."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.renderings.formats import FORMATS
from campaigns.renderings.sheets import SheetVersion
from campaigns.renderings.texts.at_the_desk import every_sheets_key
from campaigns.renderings.texts.languages import SCENE, WORD, paths_of_format
from campaigns.renderings.texts.own_words import printed_contact
from campaigns.translating.kinds import PRINTED
from campaigns.translating.sentences import SentenceTranslation


class Why(models.TextChoices):
    NUMBER = "number", _("Số liên hệ trên tờ đã đổi, đã gỡ hoặc hết hạn dùng.")
    CONTACT = "contact", _("Tên hoặc giờ trực của số liên hệ đã đổi.")
    WORDS = "words", _("Lời của tỉnh đã đổi.")
    TRANSLATION = "translation", _("Bản dịch đã đổi hoặc đã rút.")


@dataclass(frozen=True)
class Stale:
    version: SheetVersion
    why: Why


def stale_of(units: Iterable[int] | None) -> list[Stale]:
    """The newest versions of these units' sheets (None: of the province's own) that show what is not so any more; two
    queries, and two more where one is in another language than Vietnamese.
    """
    whose = {"sheet__unit": None} if units is None else {"sheet__unit__in": units}
    rows = SheetVersion.objects.newest().filter(withdrawal=None, sheet__message__live=True, **whose)
    rows = rows.select_related("contact", "sheet__message", "sheet__unit").order_by("sheet__unit", "sheet")
    rows = list(rows.prefetch_related("sheet__message__passages"))
    changed = _changed({(row.sheet.message.translation_key, row.sheet.language) for row in rows})
    found = ((row, _called_otherwise(row) or _said_otherwise(row, changed)) for row in rows)
    return [Stale(row, why) for row, why in found if why]


def _called_otherwise(row: SheetVersion) -> Why | None:
    if not row.contact_number:
        return None
    if row.contact is None or not row.contact.is_shown or row.contact.number != row.contact_number:
        return Why.NUMBER
    now = printed_contact(row.contact, row.sheet.language)
    said = [(row.contact_name, now["name"]), (row.contact_hours, now["hours"])]
    return Why.CONTACT if any(was is not None and was != here for was, here in said) else None


def _said_otherwise(row: SheetVersion, changed: dict) -> Why | None:
    if row.sheet.language == "vi":
        return Why.WORDS if _rewritten(row) else None
    at = _last(row, changed)
    return Why.TRANSLATION if at is not None and at > row.issued_at else None


def _rewritten(row: SheetVersion) -> bool:
    one = FORMATS.get(row.sheet.format)
    slots = {*one.slots, f"audience.{row.sheet.audience}"} if one else set()
    passages = row.sheet.message.passages.all()
    return any(passage.slot in slots and passage.written_at > row.issued_at for passage in passages)


# --- other languages


def _changed(sheets: set[tuple]) -> dict[tuple, datetime]:
    """{(page, language, path): when it was approved or withdrawn last} of what stands on these sheets."""
    languages = {language for _key, language in sheets if language != "vi"}
    if not languages:
        return {}
    keys = {key for key, language in sheets if language != "vi"}
    rows = SentenceTranslation.objects.filter(
        source__page_key__in={*keys, every_sheets_key()},
        source__path__startswith=f"{PRINTED}/",
        orthography__language__in=languages,
        orthography__is_live=True,
    )
    found: dict[tuple, datetime] = {}
    names = ("source__page_key", "orthography__language", "source__path", "approved_at", "withdrawn_at")
    for key, language, path, approved, withdrawn in rows.values_list(*names):
        if times := [at for at in (approved, withdrawn, found.get((key, language, path))) if at is not None]:
            found[key, language, path] = max(times)
    return found


def _last(row: SheetVersion, changed: dict[tuple, datetime]) -> datetime | None:
    one = FORMATS.get(row.sheet.format)
    if one is None:
        return None
    paths = {*paths_of_format(one, row.sheet.audience), SCENE}
    key, language = row.sheet.message.translation_key, row.sheet.language
    times = [
        at
        for (page, tongue, path), at in changed.items()
        if tongue == language and (path.startswith(WORD) or (page == key and path in paths))
    ]
    return max(times, default=None)
