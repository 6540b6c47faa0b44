"""The background effects of pages; the outbox imports this module at start."""

from pages.laws import indexing as law_citations
from pages.sharing import pictures as share_pictures

__all__ = ["law_citations", "share_pictures"]
