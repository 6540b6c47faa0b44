"""Which pages are translated at the desk, which of their words, and how words stand in a page.

A path is a field's name ("truth"), or a field, a block and a field of the block ("checks/5f…/question").
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import CharField
from django.utils.functional import Promise
from django.utils.text import capfirst
from wagtail.blocks import StreamValue
from wagtail.models import Page

from campaigns.messages.campaign import CampaignPage
from campaigns.messages.message import MessagePage
from config.languages import NAMES
from pages.home.page import HomePage

SOURCE = "vi"
# begins the path of words that stand beside a page, on its prints
PRINTED = "to-in"


@dataclass(frozen=True)
class Kind:
    """`shared` is the same in every language; the model says which are its `translated_words`."""

    model: type[Page]
    shared: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """None of a page that only lends its place to words beside it."""
        return getattr(self.model, "translated_words", ())


@dataclass(frozen=True)
class Beside:
    """Words that belong to a page and stand elsewhere: on its sheets. `words` gives {path: text}, None for what stays
    as it was last; `label` names a path; `title` names the whole where the page has no words of its own.
    """

    words: Callable[[Page], Mapping[str, str | None]]
    label: Callable[[str], str]
    title: str | Promise


EVERYWHERE = ("audiences", "share_picture", "review_note")
KINDS = [
    Kind(MessagePage, (*EVERYWHERE, "kind", "sources", "search_words", "scene", "picture")),
    Kind(CampaignPage, (*EVERYWHERE, "year", "starts_on", "day", "ends_on", "sources", "show_in_menus")),
    Kind(HomePage, ()),
]
# by model of the page
BESIDE: dict[type[Page], Beside] = {}
BY_MODEL = {kind.model: kind for kind in KINDS}


def translates(kind: Kind) -> None:
    """Registers a kind of page of a room above; before `keeping.connect`."""
    if kind.model not in BY_MODEL:
        KINDS.append(kind)
        BY_MODEL[kind.model] = kind


def kind_of(page: Page) -> Kind | None:
    return BY_MODEL.get(type(page))  # type: ignore[arg-type]


def has_words(page: Page) -> bool:
    """Of its own, so that it is made in each language."""
    kind = kind_of(page)
    return kind is not None and bool(kind.words)


def title_of(page: Page) -> str:
    """As the desk names it."""
    return page.title if has_words(page) else str(BESIDE[type(page)].title)


def is_source(page: Page) -> bool:
    return (
        (has_words(page) or type(page) in BESIDE) and page.locale.language_code == SOURCE and page.alias_of_id is None
    )


def sources() -> Iterator[Page]:
    """Every live Vietnamese page that is translated, words of sheets and campaigns first; one query for each kind."""
    for kind in reversed(KINDS):
        if not kind.words and kind.model not in BESIDE:
            continue
        rows = kind.model.objects.live().filter(locale__language_code=SOURCE, alias_of=None)
        yield from rows.select_related("locale").order_by("path")


def source_of(page_key: UUID) -> Page | None:
    """The Vietnamese page, live or not, as its own class."""
    rows = Page.objects.filter(translation_key=page_key, locale__language_code=SOURCE, alias_of=None)
    page = rows.select_related("locale").first()
    found = page.specific if page else None
    return found if found is not None and is_source(found) else None


def targets_of(page_key: UUID) -> list[Page]:
    """Its pages in other languages of the province that the desk makes, aliases too, as their own class."""
    rows = Page.objects.filter(translation_key=page_key, locale__language_code__in=set(NAMES) - {SOURCE})
    return [page for page in rows.select_related("locale").specific() if has_words(page)]


# --- words in a page


def segments(page: Page) -> Iterator[tuple[str, str]]:
    """(path, text) of each field or part of a block that has words."""
    kind = kind_of(page)
    for name in kind.words if kind else ():
        value = getattr(page, name)
        if isinstance(value, StreamValue):
            yield from _of_blocks(name, value)
        elif value and value.strip():
            yield name, value


def beside(page: Page) -> Mapping[str, str | None]:
    """{path: text} of the words beside a Vietnamese page; None: they stay as they were last."""
    found = BESIDE.get(type(page))
    return found.words(page) if found else {}


def group_of(path: str) -> str:
    """What stands together: a field with its blocks, or one text of a sheet."""
    first, _, rest = path.partition("/")
    return f"{first}/{rest.partition('/')[0]}" if first == PRINTED else first


def _of_blocks(name: str, value: StreamValue) -> Iterator[tuple[str, str]]:
    for block in value.raw_data:
        for part, text in block["value"].items():
            if isinstance(text, str) and text.strip():
                yield f"{name}/{block['id']}/{part}", text


def put(target: Page, source: Page, texts: dict[str, str]) -> None:
    """The source's words with these in their places, and what every language shares, into `target`; unsaved."""
    kind = kind_of(source)
    assert kind is not None
    for name in kind.words:
        value = getattr(source, name)
        if isinstance(value, StreamValue):
            setattr(target, name, [_with_texts(name, block, texts) for block in value.raw_data])
        else:
            setattr(target, name, texts.get(name, value))
    for name in kind.shared:
        setattr(target, name, getattr(source, name))


def _with_texts(name: str, block: dict, texts: dict[str, str]) -> dict:
    value = {part: texts.get(f"{name}/{block['id']}/{part}", text) for part, text in block["value"].items()}
    return {**block, "value": value}


def longest(page: Page, path: str) -> int | None:
    """How many letters the field holds; None: any number."""
    if path.partition("/")[0] == PRINTED:
        return None
    field = page._meta.get_field(path.partition("/")[0])
    return field.max_length if isinstance(field, CharField) else None


def label_of(page: Page, path: str) -> str:
    """The field's name, as its editor reads it."""
    if path.partition("/")[0] == PRINTED:
        return BESIDE[type(page)].label(path)
    return capfirst(str(page._meta.get_field(path.partition("/")[0]).verbose_name))
