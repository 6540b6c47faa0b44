"""What the library does in the background; the outbox imports this module at start."""

from media import renditions, stored
from media.checking import scanning

__all__ = ["renditions", "scanning", "stored"]
