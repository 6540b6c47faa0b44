"""What the library does in the background; the outbox imports this module at start."""

from media import renditions, stored

__all__ = ["renditions", "stored"]
