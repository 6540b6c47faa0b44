"""What the library does in the background; the outbox imports this module at start."""

from media import renditions, stored
from media.checking import scanning
from media.replacing import deciding, waiting

__all__ = ["deciding", "renditions", "scanning", "stored", "waiting"]
