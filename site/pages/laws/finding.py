"""What cites the law, as one reader may know of it. A fixed number of queries, however much cites."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from letters.folding import searched
from pages.laws.citation import LawCitation
from pages.laws.kinds import Led, Reading, Shown, all_leads, kinds
from pages.laws.known import title_of
from pages.laws.parsing import citations


@dataclass(frozen=True)
class Citing:
    """One thing that cites, with what of the article it names: ("khoản 1", "khoản 2 điểm c"), () for all of it."""

    shown: Shown
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    label: str | Promise
    citing: tuple[Citing, ...]


@dataclass(frozen=True)
class Article:
    """`count` is how many things cite it that the reader may know of; `number` "" is the document as a whole."""

    document: str
    slug: str
    number: str
    count: int

    @property
    def title(self) -> str:
        return title_of(self.document)


@dataclass(frozen=True)
class Document:
    number: str
    slug: str
    articles: tuple[Article, ...]

    @property
    def title(self) -> str:
        return title_of(self.number)

    @property
    def counted(self) -> int:
        return sum(1 for article in self.articles if article.number)


def documents(reading: Reading, wanted: Q | None = None) -> list[Document]:
    """Each with its articles in order; those with most articles first."""
    rows = _readable(reading, LawCitation.objects.filter(wanted or Q()))
    found: dict[tuple[str, str], dict[str, set]] = defaultdict(lambda: defaultdict(set))
    for row, shown in rows:
        found[row.document, row.slug][row.article].add((row.kind, row.target, shown.title))
    made = [
        Document(
            number, slug, tuple(Article(number, slug, article, len(by[article])) for article in sorted(by, key=order))
        )
        for (number, slug), by in found.items()
    ]
    return sorted(made, key=lambda one: (-len(one.articles), one.number))


def order(article: str) -> tuple[int, str]:
    """6 before 6a before 10."""
    digits = "".join(letter for letter in article if letter.isdecimal())
    return int(digits or 0), article


def of_article(reading: Reading, slug: str, article: str) -> tuple[str, list[Group], list[Led]] | None:
    """(the document's number, what cites, what else it leads to); None where the reader may know of nothing there."""
    found = _readable(reading, LawCitation.objects.filter(slug=slug, article=article))
    if not found:
        return None
    number = found[0][0].document
    cited = [(row.kind, row.target, row.place, row.is_draft) for row, _shown in found]
    led = [one for lead in all_leads() if (one := lead(reading, number, article, cited)) is not None]
    return number, _groups(found), [one for one in led if one.shown]


def _groups(found: list[tuple[LawCitation, Shown]]) -> list[Group]:
    """One thing once, however many of its places cite; the link leads to the first of them."""
    by_kind: dict[str, dict[tuple, list]] = defaultdict(dict)
    for row, shown in found:
        thing = shown.title, shown.note, shown.address.partition("#")[0]
        _first, cited = by_kind[row.kind].setdefault(thing, [shown, set()])
        cited.add((row.clause, row.point))
    return [
        Group(kind.label, tuple(Citing(first, _parts(cited)) for first, cited in by_kind[kind.key].values()))
        for kind in kinds()
        if kind.key in by_kind
    ]


def _parts(cited: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    named = sorted((one for one in cited if one[0]), key=lambda one: (order(one[0]), one[1]))
    clause, point = _("khoản %s"), _("điểm %s")
    return tuple(clause % one[0] + (f" {point % one[1]}" if one[1] else "") for one in named)


def _readable(reading: Reading, rows) -> list[tuple[LawCitation, Shown]]:
    """The rows that the reader may know of, with what she sees of each; one query and what the kinds ask."""
    listed = list(rows.order_by("pk"))
    by_kind: dict[str, list[LawCitation]] = defaultdict(list)
    for row in listed:
        by_kind[row.kind].append(row)
    found = []
    for kind in kinds():
        of_kind = by_kind.get(kind.key, [])
        if of_kind:
            shown = kind.show(reading, {(row.target, row.place, row.is_draft) for row in of_kind})
            for row in of_kind:
                if one := shown.get((row.target, row.place, row.is_draft)):
                    found.append((row, one))
    return found


def search(reading: Reading, typed: str) -> list[Document]:
    """Documents and articles that are meant: “khoản 2 Điều 15 Luật 53/2024/QH15”, “Điều 15”, or words of a title."""
    meant = [one for one in citations(typed) if one.article or one.document]
    if meant:
        wanted = Q(pk__in=[])
        for one in meant:
            of = {"document": one.document} if one.document else {}
            wanted |= Q(**of, **({"article": one.article} if one.article else {}))
        return documents(reading, wanted)
    words = searched(typed).split()
    if not words:
        return []
    every = documents(reading)
    return [one for one in every if all(word in searched(f"{one.title} {one.number}") for word in words)]


def of_slug(slug: str) -> Q:
    return Q(slug=slug)


def led_to(reading: Reading, document: str) -> list[Led]:
    """What a document that nothing cites as a whole leads to all the same."""
    led = [lead(reading, document, "", []) for lead in all_leads()]
    return [one for one in led if one is not None and one.shown]
