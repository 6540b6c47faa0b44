"""What `manage.py seed` asks of the pages once all content is there."""

from pages.cms import groups
from pages.laws import indexing
from pages.search import index


def derived() -> None:
    # groups are given what the new pages ask for
    groups.sync_all()
    index.index_all(missing_only=True)
    indexing.index_all()
