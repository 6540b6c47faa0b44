from media.consents.ended import EndedConsent
from media.documents import DocumentFile
from media.holdings import UnitCollection
from media.pictures import Picture, Rendition
from media.recordings import Recording
from media.replacing.replacement import Replacement
from media.replacing.scheduled import ScheduledFile

__all__ = [
    "DocumentFile",
    "EndedConsent",
    "Picture",
    "Recording",
    "Rendition",
    "Replacement",
    "ScheduledFile",
    "UnitCollection",
]
