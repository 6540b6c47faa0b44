from media.documents import DocumentFile
from media.holdings import UnitCollection
from media.pictures import Picture, Rendition
from media.recordings import Recording
from media.replacing.replacement import Replacement

__all__ = ["DocumentFile", "Picture", "Recording", "Rendition", "Replacement", "UnitCollection"]
