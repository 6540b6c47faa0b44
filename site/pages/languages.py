"""Languages of the public pages: which translations a page has, and what is shown where there is none.

`/<language>/<path>` without a translation shows the Vietnamese page with a notice. Nothing is translated by a machine:
the province's languages have no published text of this kind, and a wrong word can do harm.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import CharField, TextField
from django.utils import translation
from wagtail.models import Page
from wagtail.query import PageQuerySet
from wagtail_localize.fields import get_translatable_fields

from config.languages import NAMES
from letters.sentences import cut

SOURCE = "vi"


@dataclass(frozen=True)
class Tongue:
    """The state of a page in one language. `url` is None where not even the Vietnamese page can be shown."""

    tag: str
    own: str
    url: str | None
    is_here: bool
    is_translated: bool
    is_spoken: bool

    @property
    def is_missing(self) -> bool:
        return not (self.is_here or self.is_translated or self.is_spoken)


def translations_of(page: Page) -> dict[str, Page]:
    """Live translations of the page by language, with the page itself; one query. A copy in which every sentence is
    Vietnamese still is none.
    """
    others = list(page.get_translations().live().filter(alias_of=None).select_related("locale"))
    source = next((one for one in (page, *others) if one.locale.language_code == SOURCE), None)
    for other in others:
        if source is not None and other is not source:
            other._same_as_source = _same(other, source)
    translated = {other.locale.language_code: other for other in others if is_translated(other)}
    return {page.locale.language_code: page, **translated}


def tongues_of(page: Page, spoken: Collection[str] = ()) -> list[Tongue]:
    """The state of the page in every language of the province; `spoken` are the languages with a recording."""
    live = translations_of(page)
    source = live.get(SOURCE)
    return [_tongue(tag, page, live, source, tag in spoken) for tag in NAMES]


def _tongue(tag: str, page: Page, live: dict[str, Page], source: Page | None, spoken: bool) -> Tongue:
    there = live.get(tag)
    url = there.url if there else f"/{tag}{source.url}" if source and source.url else None
    here = tag == page.locale.language_code
    return Tongue(tag, NAMES[tag][1], url, here, there is not None, spoken)


def alternates_of(page: Page) -> list[tuple[str, str]]:
    """(language, path) of the real translations, for hreflang; [] where there is only one language."""
    live = translations_of(page)
    return [(tag, live[tag].url) for tag in NAMES if tag in live] if len(live) > 1 else []


# --- where there is no translation


def show_vietnamese(request, language: str) -> None:
    """Makes the rest of the answer Vietnamese and notes that `language` was requested."""
    request.requested_language = language
    request.LANGUAGE_CODE = SOURCE
    translation.activate(SOURCE)


def missing_language(request) -> Tongue | None:
    """The requested language in which the page does not exist; None where the page is in the requested language."""
    tag = getattr(request, "requested_language", "")
    return Tongue(tag, NAMES[tag][1], None, False, False, False) if tag in NAMES else None


# --- sentences that nobody translated yet


def is_translated(page: Page) -> bool:
    """Whether the page says anything in its own language: neither an alias nor a copy whose texts are all Vietnamese
    still.
    """
    if page.locale.language_code == SOURCE:
        return True
    texts, blocks = same_as_source(page)
    return page.alias_of_id is None and not all(
        _is_same(page, field.field_name, texts, blocks) for field in get_translatable_fields(type(page))
    )


def translated_among(pages: PageQuerySet) -> list[Page]:
    """Those of these pages, as their own classes, that say anything in their own language; queries for each class."""
    found = list(pages.select_related("locale").specific())
    keys = {page.translation_key for page in found}
    sources = Page.objects.filter(translation_key__in=keys, locale__language_code=SOURCE).specific()
    by_key = {source.translation_key: source for source in sources}
    for page in found:
        if (source := by_key.get(page.translation_key)) and type(source) is type(page):
            page._same_as_source = _same(page, source)
    return [page for page in found if is_translated(page)]


def each_in(sources: Iterable[Page], translations: PageQuerySet) -> list:
    """These Vietnamese pages in their order, each as the one of `translations` that says anything in its own language
    where there is one: a list loses nothing because some of it is translated. One query.
    """
    by_key = {page.translation_key: page for page in sources}
    there = {}
    for page in translations.filter(translation_key__in=by_key, alias_of=None):
        page._same_as_source = _same(page, by_key[page.translation_key])
        if is_translated(page):
            there[page.translation_key] = page
    return [there.get(key, source) for key, source in by_key.items()]


def _is_same(page: Page, name: str, texts: set[str], blocks: dict[str, set[str]]) -> bool:
    if name == "slug" or name not in {field.name for field in page._meta.concrete_fields}:
        return True
    value = getattr(page, name)
    if hasattr(value, "raw_data"):
        return all(block["id"] in blocks.get(name, ()) for block in value.raw_data)
    return not isinstance(value, str) or not value or name in texts


def same_as_source(page: Page) -> tuple[set[str], dict[str, set[str]]]:
    """The texts of a translated page that are still Vietnamese: names of fields, and ids of blocks by StreamField. One
    query for a translation, none for a Vietnamese page.
    """
    if page.locale.language_code == SOURCE:
        return set(), {}
    if not hasattr(page, "_same_as_source"):
        page._same_as_source = _compared(page)
    return page._same_as_source


def _compared(page: Page) -> tuple[set[str], dict[str, set[str]]]:
    source = type(page).objects.filter(translation_key=page.translation_key, locale__language_code=SOURCE).first()
    return (set(), {}) if source is None else _same(page, source)


def vietnamese_in(page: Page) -> frozenset[str]:
    """The sentences of the Vietnamese page: where one stands in a translation, nobody translated it yet. Empty for a
    Vietnamese page; no query beyond that of `same_as_source`.
    """
    if page.locale.language_code == SOURCE:
        return frozenset()
    if not hasattr(page, "_vietnamese"):
        same_as_source(page)
        source = getattr(page, "_source", None)
        page._vietnamese = frozenset(piece.text for text in _texts(source) for piece in cut(text))
    return page._vietnamese


def is_partly_translated(page: Page) -> bool:
    """Whether among the words that a translator of this kind of page has to say one sentence is Vietnamese still."""
    words = getattr(page, "translated_words", ())
    if not words or page.locale.language_code == SOURCE:
        return False
    known = vietnamese_in(page)
    return any(piece.text in known for text in _texts(page, words) for piece in cut(text))


def _texts(page: Page | None, names: Collection[str] | None = None) -> Iterator[str]:
    for field in page._meta.concrete_fields if page else ():
        if names is not None and field.name not in names:
            continue
        value = getattr(page, field.attname)
        if isinstance(value, str) and isinstance(field, CharField | TextField):
            yield value
        elif hasattr(value, "raw_data"):
            values = [block["value"] for block in value.raw_data if isinstance(block["value"], dict)]
            yield from (text for inner in values for text in inner.values() if isinstance(text, str))


def _same(page: Page, source: Page) -> tuple[set[str], dict[str, set[str]]]:
    page._source = source
    texts: set[str] = set()
    blocks: dict[str, set[str]] = {}
    for field in page._meta.get_fields():
        if not getattr(field, "concrete", False) or field.is_relation:
            continue
        mine, theirs = getattr(page, field.attname), getattr(source, field.attname)
        if hasattr(mine, "raw_data"):
            blocks[field.name] = _same_blocks(mine.raw_data, theirs.raw_data)
        elif isinstance(mine, str) and mine and mine == theirs:
            texts.add(field.name)
    return texts, blocks


def _same_blocks(mine, theirs) -> set[str]:
    values = {block["id"]: block["value"] for block in theirs}
    return {block["id"] for block in mine if block["id"] in values and values[block["id"]] == block["value"]}
