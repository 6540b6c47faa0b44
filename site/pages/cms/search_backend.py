"""Wagtail's own search under /cms/ (pages, documents, pictures, recordings), folded like ours: what is indexed and what
is typed. Stock search finds nothing for "dai loc", and breaks on a quote that is not closed (SQLite) or on a NUL.
"""

from copy import copy
from typing import Any

from django.utils.encoding import force_str
from wagtail.search.backends import database
from wagtail.search.index import RelatedFields
from wagtail.search.query import MATCH_NONE, And, Phrase, PlainText, SearchQuery

from letters.folding import searched

# letters that are read of what was typed
LONGEST = 200


def SearchBackend(params):
    """The stock backend of the database, between two foldings."""
    stock = type(database.SearchBackend(params))
    index = type("FoldedIndex", (FoldedIndex, stock.index_class), {})
    return type("FoldedBackend", (FoldedBackend, stock), {"index_class": index})(params)


class FoldedBackend:
    def search(self, query, *args, **kwargs):
        return super().search(folded_query(query), *args, **kwargs)  # type: ignore[misc]

    def autocomplete(self, query, *args, **kwargs):
        return super().autocomplete(folded_query(query), *args, **kwargs)  # type: ignore[misc]


class FoldedIndex:
    def add_items(self, model, objs):
        super().add_items(model, [FoldedObject(one) for one in objs])  # type: ignore[misc]


class FoldedObject:
    """What the stock index asks of an object, with folded values."""

    def __init__(self, of):
        self.of, self.pk = of, of.pk

    def get_search_fields(self):
        return [_folded_field(field) for field in self.of.get_search_fields()]


def folded_query(query: str | SearchQuery) -> str | SearchQuery:
    """All its words; nothing fits what has none."""
    words = searched(_text(query)[:LONGEST])
    if query == "" or not isinstance(query, str | PlainText | Phrase | And):
        return query
    return PlainText(words) if words else MATCH_NONE


def _text(query: str | SearchQuery) -> str:
    if isinstance(query, And):
        return " ".join(map(_text, query.subqueries))
    return query if isinstance(query, str) else getattr(query, "query_string", "")


def _folded_field(field) -> Any:
    value_of, field = field.get_value, copy(field)
    if isinstance(field, RelatedFields):
        field.get_value = lambda of: value_of(getattr(of, "of", of))
        field.fields = [_folded_field(one) for one in field.fields]
    else:
        field.get_value = lambda of: _folded(value_of(getattr(of, "of", of)))
    return field


def _folded(value) -> str:
    if isinstance(value, dict):
        value = list(value.values())
    return " ".join(map(_folded, value)) if isinstance(value, list) else searched(force_str(value or ""))
