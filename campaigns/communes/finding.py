"""Searches the list of communes by any part of a current or former name."""

from collections import defaultdict

from campaigns.communes.commune import CommuneSpacePage, CommunesPage
from campaigns.communes.former import former_names
from letters.place_names import ways_to_write
from pages.identity.slugs import neutral_slug
from people.units.unit import UnitKind

GROUPS = [
    (UnitKind.COMMUNE, "Xã"),
    (UnitKind.WARD, "Phường"),
    (UnitKind.TOWNSHIP, "Thị trấn"),
    (UnitKind.SPECIAL_ZONE, "Đặc khu"),
]
LONGEST = 60


def communes_context(request, communes: CommunesPage) -> dict:
    return spaces_context(communes, request.GET.get("tim", ""))


def spaces_context(communes: CommunesPage, query: str) -> dict:
    """`groups` [(heading, spaces)], the normalised `query`, `count`; each space has `url_here` and, in `formerly`, the
    former names that match. At most three queries.
    """
    query = " ".join(query.split())[:LONGEST]
    spaces = list(CommuneSpacePage.objects.child_of(communes).live().select_related("unit"))
    base = communes.url or "/"
    former = former_names() if query else {}
    matches = []
    for space in spaces:
        space.url_here = f"{base}{space.slug}/"
        space.formerly = [name for name in former.get(space.unit_id, ()) if _holds(name, query)]
        if not query or space.formerly or _holds(space.title, query):
            matches.append(space)
    return {"groups": _grouped(matches), "query": query, "count": len(matches), "all": len(spaces)}


def _holds(name: str, query: str) -> bool:
    """Compares without diacritics, so that "tay giang" matches Tây Giang, and "bhalee" Bha Lê; a query without letters
    matches nothing.
    """
    folded = neutral_slug(query)
    return bool(folded) and any(folded in neutral_slug(way) for way in (name, *ways_to_write(name)))


def _grouped(spaces: list[CommuneSpacePage]) -> list[tuple[str, list[CommuneSpacePage]]]:
    by_kind = defaultdict(list)
    # đ is a letter of its own, after d
    for space in sorted(spaces, key=lambda space: neutral_slug(space.title.replace("Đ", "Dz").replace("đ", "dz"))):
        by_kind[space.unit.kind].append(space)
    return [(heading, by_kind[kind]) for kind, heading in GROUPS if by_kind[kind]]
