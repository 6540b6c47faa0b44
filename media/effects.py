"""What the library does in the background; the outbox imports this module at start."""

from media import renditions, stored
from media.checking import scanning
from media.cleaning import left_uploads
from media.consents import ending
from media.replacing import deciding, waiting
from media.sounds import making

__all__ = ["deciding", "ending", "left_uploads", "making", "renditions", "scanning", "stored", "waiting"]
