"""Searching the list: every word must begin a word of the exemplar, without diacritics; narrowed by sector and kind."""

from django.db.models import Count, Q, QuerySet

from courses.talk.exemplars.exemplar import Exemplar, ExemplarKind
from courses.talk.exemplars.whose import listed
from letters.folding import searched
from people.units.unit import Sector

# what is longer is not looked for
MOST_LETTERS, MOST_WORDS = 100, 8


def found(asked: str, sector: str, kind: str) -> QuerySet[Exemplar]:
    """With `adopted`, how many units copy it; an unknown sector or kind narrows nothing."""
    rows = listed()
    for word in searched(asked[:MOST_LETTERS]).split()[:MOST_WORDS]:
        rows = rows.filter(search_words__contains=f" {word}")
    if sector in Sector.values:
        rows = rows.filter(sector=sector)
    if kind in ExemplarKind.values:
        rows = rows.filter(kind=kind)
    copied = Count("adoptions", filter=Q(adoptions__ended_at=None))
    return rows.select_related("unit").annotate(adopted=copied).order_by("-listed_at", "-pk")
