"""What pages do in the background; the outbox imports this module at start."""

from pages import share_pictures

__all__ = ["share_pictures"]
