"""The background effects of pages; the outbox imports this module at start."""

from pages.laws import indexing as law_citations
from pages.serving import changes
from pages.sharing import pictures as share_pictures

__all__ = ["changes", "law_citations", "share_pictures"]
