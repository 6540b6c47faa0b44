"""The database's own search, which takes whatever is typed under /cms/.

On SQLite a word stands between quotes, so a quote inside it ends the word: one alone was an error. PostgreSQL refuses
a NUL. Both are dashes here, which parts words like them, and which a search for nothing else takes too.
"""

from wagtail.search.backends import database

DASHES = str.maketrans({'"': "-", "\0": "-"})


def _readable(query):
    return query.translate(DASHES) if isinstance(query, str) else query


class AsTyped:
    def search(self, query, *args, **options):
        return super().search(_readable(query), *args, **options)  # type: ignore[misc]

    def autocomplete(self, query, *args, **options):
        return super().autocomplete(_readable(query), *args, **options)  # type: ignore[misc]


def SearchBackend(params):
    stock = type(database.SearchBackend(params))
    return type(stock.__name__, (AsTyped, stock), {})(params)
