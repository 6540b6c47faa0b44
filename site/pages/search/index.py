"""The search index: one row of folded words for each page whose class has a `search_label`.

It is our own table, since stock search finds nothing for "mua ban nguoi", and since there are so few syllables without
marks that only their order tells a hit from noise, while a full-text index ranks by their number. Rows are updated when
a page is published; a search checks which pages are live and open to everybody.
"""

from collections.abc import Iterable

from django.db import models
from django.db.models.signals import post_save
from django.utils.html import strip_tags
from wagtail.models import Page
from wagtail.search import index

from letters.cutting import shortened
from letters.folding import marked, searched, without_marks

# the index holds the beginning of a longer page
MOST_LETTERS = 60_000
TEASER_LETTERS = 180


class SearchEntry(models.Model):
    """`title` and `words` are folded, `marks` is marked; each starts with a space, so that " word" matches the
    beginning of a word.
    """

    page = models.OneToOneField(Page, models.CASCADE, primary_key=True, related_name="search_entry")
    title = models.TextField()
    words = models.TextField()
    marks = models.TextField()
    teaser = models.CharField(max_length=200)
    # ",nguoi_dan,hoc_sinh,"; "" is for everybody
    audiences = models.CharField(max_length=200)

    def __str__(self):
        return self.title.strip()


def put(page: Page) -> None:
    """Writes the row of a page as it is published now, or removes it."""
    if not (page.live and is_searchable(type(page)) and page.is_found):
        SearchEntry.objects.filter(pk=page.pk).delete()
        return
    SearchEntry.objects.update_or_create(page_id=page.pk, defaults=row_of(page))


def is_searchable(model) -> bool:
    return getattr(model, "search_label", None) is not None


def row_of(page) -> dict:
    title = f"{page.title} {getattr(page, 'share_card_title', '')}"
    texts = [title, *map(str, page.search_terms), *texts_of(page)]
    everything = " ".join(texts)[:MOST_LETTERS]
    marks = marked(everything)
    audiences = getattr(page, "audiences", None) or page.search_audiences
    return {
        "title": f" {searched(title)}",
        "words": f" {without_marks(marks)}",
        "marks": f" {marks}",
        "teaser": teaser_of(page, texts),
        "audiences": f",{','.join(audiences)}," if audiences else "",
    }


def texts_of(page) -> list[str]:
    """All texts that the page's class declares as searchable, without markup."""
    texts = []
    for field in type(page).get_search_fields():
        if type(field) is index.SearchField and field.field_name != "title":
            value = field.get_value(page)
            texts += [strip_tags(str(part)) for part in _parts(value) if part]
    return texts


def _parts(value) -> Iterable:
    return value if isinstance(value, list | tuple) else [value]


def teaser_of(page, texts: list[str]) -> str:
    said = getattr(page, "share_text", "") or next((text for text in texts[1:] if len(text) > 20), "")
    return shortened(" ".join(said.split()), TEASER_LETTERS)


def index_all(missing_only: bool = False) -> int:
    """Writes the rows of existing pages; returns how many."""
    pages = Page.objects.live()
    if missing_only:
        pages = pages.filter(search_entry=None)
    count = 0
    for page in pages.specific().iterator(chunk_size=200):
        put(page)
        count += is_searchable(type(page))
    return count


def _page_saved(sender, instance, update_fields=None, raw=False, **kwargs) -> None:
    # a save of single fields may hold a draft in memory, not the published page
    if isinstance(instance, Page) and sender is not Page and update_fields is None and not raw:
        put(instance)


def connect() -> None:
    post_save.connect(_page_saved, dispatch_uid="search_index")
