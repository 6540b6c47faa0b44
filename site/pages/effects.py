"""The background effects of pages; the outbox imports this module at start."""

from pages.sharing import pictures as share_pictures

__all__ = ["share_pictures"]
