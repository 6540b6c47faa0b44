"""Finds pages for what somebody typed, best first.

Without marks many words look alike ("bán", "bạn", "bàn"), so words scattered over a long page are no hit: two of them
must be neighbours, or all must be in the title, or all must have exactly the marks that were typed.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from operator import or_

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, IntegerField, Q, Value, When
from wagtail.models import Page, PageViewRestriction, get_page_models

from config.languages import NAMES
from letters.folding import marked, searched
from pages.audiences import Audience
from pages.languages import SOURCE
from pages.search.index import SearchEntry
from pages.search.narrowing import may_fit

MOST_WORDS = 10
# of what was typed; a cry for help that somebody pastes begins within them
MOST_LETTERS = 1000
# nobody turns pages beyond these
MOST_FOUND = 300
A_PAGE = 10

# what people type when they need help now, or a number to call; folded
DISTRESS = {
    *("cuu", "giup", "sos", "help", "nguy hiem", "keu cuu", "so qua", "so hai", "muon ve", "khong ve duoc", "bo tron"),
    *("bi nhot", "bi giu", "bi ep", "bi bat", "bi danh", "bi lua", "bi ban", "bi doa", "bi hiep", "bi xam hai"),
    *("muon chet", "tu tu", "tu sat", "bat coc", "mat tich", "bao luc"),
    *("duong day nong", "hotline", "tong dai", "so dien thoai", "goi ai", "goi dau", "to giac", "bao tin"),
    *("111", "113", "115"),
}


@dataclass(frozen=True)
class SearchQuery:
    """`words` are folded; `typed` is the marked form, or "" where nothing with a mark was typed."""

    words: tuple[str, ...]
    typed: str

    @property
    def is_distress(self) -> bool:
        said = f" {' '.join(self.words)} "
        return any(f" {sign} " in said for sign in DISTRESS)


@dataclass(frozen=True)
class Hit:
    url: str
    title: str
    teaser: str
    language: str
    # the language's own name, "" for Vietnamese
    language_name: str
    label: str


@dataclass(frozen=True)
class SearchResults:
    """`total` counts the pages for the chosen audience; `facets` are {audience: count} over all audiences."""

    total: int
    facets: dict[str, int]
    hits: list[Hit]
    number: int
    pages: int


def read(text: str) -> SearchQuery:
    text = text[:MOST_LETTERS]
    words = searched(text).split()[:MOST_WORDS]
    typed = marked(text).split()[:MOST_WORDS]
    return SearchQuery(tuple(words), " ".join(typed) if typed != words else "")


def find(query: SearchQuery, audience: str = "", number: int = 1) -> SearchResults:
    """Three queries for any number of results: restrictions, matching pages, and the pages shown."""
    fitting = list(_fitting(query))
    facets = {key: sum(_is_for(row, key) for row in fitting) for key in Audience.values}
    wanted = [pk for pk, audiences in fitting if not audience or _is_for((pk, audiences), audience)]
    pages = max(1, -(-len(wanted) // A_PAGE))
    number = min(max(number, 1), pages)
    return SearchResults(len(wanted), facets, _hits(wanted[(number - 1) * A_PAGE : number * A_PAGE]), number, pages)


def _is_for(row: tuple[int, str], audience: str) -> bool:
    return not row[1] or f",{audience}," in row[1]


def _fitting(query: SearchQuery):
    """(page id, audiences) of matching pages, best first."""
    if not query.words:
        return []
    return (
        SearchEntry.objects.filter(_open_to_all(), _matches(query))
        .annotate(score=_score(query), elsewhere=_weight(~Q(page__locale__language_code=SOURCE), 1))
        .order_by("-score", "elsewhere", "title", "pk")
        .values_list("pk", "audiences")[:MOST_FOUND]
    )


def _open_to_all() -> Q:
    """Pages that are live, no alias, for the public and under no restricted page; one query."""
    restrictions = PageViewRestriction.objects.exclude(restriction_type="").select_related("page")
    shut = (Q(page__path__startswith=restriction.page.path) for restriction in restrictions)
    inner = ContentType.objects.get_for_models(*_not_public()).values()
    shut_or_inner = reduce(or_, shut, Q(page__content_type__in=list(inner)))
    return Q(page__live=True, page__alias_of=None) & ~shut_or_inner


def _not_public() -> list[type[Page]]:
    return [model for model in get_page_models() if not getattr(model, "search_is_public", True)]


def find_among(query: SearchQuery, pages: Collection[int]) -> list[int]:
    """Ids of those of the given pages that fit, best first, whoever may open them. One query."""
    if not query.words or not pages:
        return []
    fitting = SearchEntry.objects.filter(_matches(query), pk__in=pages).annotate(score=_score(query))
    return list(fitting.order_by("-score", "title", "pk").values_list("pk", flat=True)[:MOST_FOUND])


def _matches(query: SearchQuery) -> Q:
    """The rule, asked only of the rows that the index of words leaves."""
    return may_fit(query.words, tuple(query.typed.split())) & _fits(query)


def _fits(query: SearchQuery) -> Q:
    everywhere = _all("words", query.words)
    if len(query.words) == 1:
        return everywhere
    near = reduce(or_, (_beside(pair) for pair in pairwise(query.words)))
    exact = _all("marks", query.typed.split()) if query.typed else Q(pk__in=[])
    return everywhere & (near | _all("title", query.words) | exact)


def _beside(pair: tuple[str, str]) -> Q:
    """Neighbours in either order: who types "lào campuchia" means "Campuchia, Lào" as well."""
    first, second = pair
    return Q(words__contains=_begins(f"{first} {second}")) | Q(words__contains=_begins(f"{second} {first}"))


def _all(column: str, words) -> Q:
    return Q(*(Q(**{f"{column}__contains": _begins(word)}) for word in words))


def _begins(words: str) -> str:
    """A pattern for the beginning of a word; in scripts written without spaces, like Lao, for any part of a line."""
    return f" {words}" if words[0] < "\u0e00" else words


def _score(query: SearchQuery):
    phrase = _begins(" ".join(query.words))
    score = _weight(Q(title__contains=phrase), 40) + _weight(_all("title", query.words), 20)
    score += _weight(Q(words__contains=phrase), 12)
    if query.typed:
        score += _weight(Q(marks__contains=_begins(query.typed)), 10)
    for first, second in pairwise(query.words):
        score += _weight(Q(words__contains=_begins(f"{first} {second}")), 2)
    return score


def _weight(condition: Q, points: int):
    return Case(When(condition, then=Value(points)), default=Value(0), output_field=IntegerField())


def _hits(keys: list[int]) -> list[Hit]:
    entries = SearchEntry.objects.select_related("page__locale").in_bulk(keys)
    return [_hit(entries[key].page, entries[key].teaser) for key in keys if key in entries]


def _hit(page: Page, teaser: str) -> Hit:
    model = ContentType.objects.get_for_id(page.content_type_id).model_class()
    label = getattr(model, "search_label", None) or ""
    language = page.locale.language_code
    own = NAMES[language][1] if language != SOURCE and language in NAMES else ""
    return Hit(page.url or "", page.title, teaser, language, own, str(label))
