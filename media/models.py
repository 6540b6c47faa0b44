from media.documents import DocumentFile
from media.holdings import UnitCollection
from media.pictures import Picture, Rendition
from media.recordings import Recording

__all__ = ["DocumentFile", "Picture", "Recording", "Rendition", "UnitCollection"]
