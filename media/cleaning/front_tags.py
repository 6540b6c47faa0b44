"""ID3 tags that stand in front of a recording, whatever its format: telephones and converters put them there too."""

from io import SEEK_CUR, SEEK_END, SEEK_SET

HEAD = 10
FOOTER_FLAG = 0x10


def behind_tags(file) -> "Behind":
    """The file as if it began where its last tag in front ends (id3.org, 2.4; one may follow another)."""
    start = 0
    while length := _length(_at(file, start)):
        start += length
    return Behind(file, start)


def _at(file, place: int) -> bytes:
    file.seek(place)
    return file.read(HEAD)


def _length(head: bytes) -> int:
    """Of the tag that begins with these bytes; 0 where none does."""
    is_tag = (
        len(head) == HEAD and head.startswith(b"ID3") and head[3] < 0xFF and head[4] < 0xFF and max(head[6:]) < 0x80
    )
    if not is_tag:
        return 0
    size = sum(byte << shift for byte, shift in zip(head[6:], (21, 14, 7, 0), strict=True))
    return HEAD + size + (HEAD if head[5] & FOOTER_FLAG else 0)


class Behind:
    """A file read from a place on, which counts as its beginning."""

    def __init__(self, file, start: int):
        self.file, self.start = file, start
        self.seek(0)

    def read(self, size: int = -1) -> bytes:
        return self.file.read(size)

    def tell(self) -> int:
        return self.file.tell() - self.start

    def seek(self, offset: int, whence: int = SEEK_SET) -> int:
        if whence == SEEK_SET:
            self.file.seek(self.start + offset)
        else:
            assert whence in (SEEK_CUR, SEEK_END)
            self.file.seek(offset, whence)
        return self.tell()
