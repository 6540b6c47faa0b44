"""The words of sheets at the translators' desk: a message's approved passages beside its page, and beside the home page
what the designs say themselves. What is not approved now stays at the desk as it was approved last.
"""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models.signals import post_save
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.messages.message import MessagePage
from campaigns.renderings.formats import SLOTS, slot_label
from campaigns.renderings.texts.languages import PAGE_PICTURE, SCENE, WORD, WORDS, Spoken, text_path, title_path
from campaigns.renderings.texts.passages import passages_of
from campaigns.translating.keeping import words_beside_changed
from campaigns.translating.kinds import BESIDE, PRINTED, SOURCE, Beside
from campaigns.translating.sentences import Change, SentenceTranslation, SourceSentence
from media.illustrations import knows_words, source_words
from media.pictures import Picture
from media.scenes import SCENES
from pages.home.page import HomePage

IN_ORDER = {slot: place for place, slot in enumerate(SLOTS)}


def of_message(message: MessagePage) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    passages = passages_of(message.pk)
    for slot in sorted(passages, key=lambda slot: IN_ORDER.get(slot, len(IN_ORDER))):
        passage = passages[slot]
        for path, text in ((title_path(slot), passage.title), (text_path(slot), passage.text)):
            if text.strip() and not (path == title_path(slot) and _has_no_said_title(slot)):
                found[path] = text if passage.is_approved else None
    kit = getattr(message, "kit", None)
    if kit is not None and kit.scene:
        with translation.override(SOURCE):
            found[SCENE] = str(SCENES[kit.scene])
    if words := source_words(message):
        found[PAGE_PICTURE] = words
    return found


def _has_no_said_title(slot: str) -> bool:
    """A leaflet's cover has that of the message; of a question the title is the letter of its right answer."""
    return slot == "leaflet.1" or slot.startswith("pulse.")


def of_every_sheet(home: HomePage) -> dict[str, str | None]:
    return {WORD + name: said for name, said in WORDS.items()}


def label(path: str) -> str:
    if path == SCENE:
        return _("Tờ in: lời tả hình vẽ")
    if path == PAGE_PICTURE:
        return _("Lời tả hình của trang")
    if path.startswith(WORD):
        return _("Chữ có trên mọi tờ in")
    return _("Tờ in: %s") % slot_label(path.removeprefix(f"{PRINTED}/").partition("/")[0])


def offer() -> None:
    BESIDE[MessagePage] = Beside(of_message, label, gettext_lazy("Thông điệp"))
    knows_words(picture_words)
    post_save.connect(_picture_saved, sender=Picture, dispatch_uid="campaigns.renderings.picture_words")
    BESIDE[HomePage] = Beside(of_every_sheet, label, gettext_lazy("Chữ chung trên tờ in"))


# --- the picture of a page


def picture_words(page) -> str:
    """The approved words for it in the page's language, if all of them are; two queries for a message."""
    if not isinstance(page, MessagePage):
        return ""
    said = _approved_in(page.translation_key, PAGE_PICTURE, page.locale.language_code)
    return " ".join(said) if all(said) else ""


def _approved_in(page_key: UUID, path: str, language: str) -> list[str]:
    """Sentence by sentence, "" for one that has none."""
    sources = list(SourceSentence.objects.of(page_key).filter(path=path))
    rows = SentenceTranslation.objects.filter(source__in=sources, orthography__is_live=True)
    rows = rows.filter(orthography__language=language).exclude(live_text="")
    by_source = {row.source_id: row for row in rows}
    return [by_source[one.pk].live_text if _stands(one, by_source.get(one.pk)) else "" for one in sources]


def _stands(source: SourceSentence, row: SentenceTranslation | None) -> bool:
    """Its Vietnamese is the one that was translated, or was said to mean the same."""
    return row is not None and (row.live_of == source.text or source.change == Change.SAME)


def _picture_saved(sender, instance: Picture, created=False, raw=False, update_fields=None, **kwargs) -> None:
    """The desk has its new words with the messages that show it."""
    if raw or created or (update_fields is not None and not {"description", "is_decoration"} & set(update_fields)):
        return
    pages = MessagePage.objects.live().filter(picture=instance, locale__language_code=SOURCE, alias_of=None)
    for page in pages.select_related("locale"):
        words_beside_changed(page)


# --- what languages have of them


def every_sheets_key() -> UUID | None:
    home = HomePage.objects.filter(locale__language_code=SOURCE).first()
    return home.translation_key if home else None


def spoken_in(message: MessagePage, languages: Iterable[str] | None = None) -> dict[str, Spoken]:
    """By language, of those with an approved sentence of its sheets, or of these; three queries.

    A sentence counts as approved while its Vietnamese is the one that was translated, or was said to mean the same.
    """
    keys = [message.translation_key, every_sheets_key()]
    sources = SourceSentence.objects.present().filter(page_key__in=keys, path__startswith=f"{PRINTED}/")
    by_pk = {one.pk: one for one in sources.order_by("place", "pk")}
    rows = SentenceTranslation.objects.filter(source__in=by_pk, orthography__is_live=True).exclude(live_text="")
    if languages is not None:
        rows = rows.filter(orthography__language__in=languages)
    approved: dict[str, dict[int, str]] = {language: {} for language in languages or ()}
    for row in rows.select_related("orthography"):
        source = by_pk[row.source_id]
        if _stands(source, row):
            approved.setdefault(row.orthography.language, {})[row.source_id] = row.live_text
    return {language: _spoken(language, by_pk, said) for language, said in approved.items()}


def _spoken(language: str, sources: Mapping[int, SourceSentence], approved: Mapping[int, str]) -> Spoken:
    said: dict[str, list[str]] = {}
    lacking: dict[str, list[str]] = {}
    for pk, source in sources.items():
        if pk in approved:
            said.setdefault(source.path, []).append(approved[pk])
        else:
            lacking.setdefault(source.path, []).append(source.text)
    return Spoken(
        language,
        {path: tuple(texts) for path, texts in said.items() if path not in lacking},
        {path: tuple(texts) for path, texts in lacking.items()},
    )
