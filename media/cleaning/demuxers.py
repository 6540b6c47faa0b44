"""Which of FFmpeg's readers a recording is given to, by its first bytes.

FFmpeg would choose by itself, and among its readers are play lists (HLS, DASH, concat) that fetch whatever address or
file they name. None of those is in the table, so that a recording never makes the server ask anybody for anything.
"""

# of each reader (what stands there, from which byte on)
MARKS = {
    "ogg": [(b"OggS", 0)],
    "wav": [(b"WAVE", 8)],
    "aiff": [(b"AIFF", 8), (b"AIFC", 8)],
    "avi": [(b"AVI ", 8)],
    "flac": [(b"fLaC", 0)],
    # MP4, M4A, MOV, 3GP; `wide`, `mdat` and `moov` begin those of old telephones
    "mov": [(b"ftyp", 4), (b"moov", 4), (b"mdat", 4), (b"wide", 4)],
    "matroska": [(b"\x1a\x45\xdf\xa3", 0)],
    "mpeg": [(b"\x00\x00\x01\xba", 0)],
    "asf": [(b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", 0)],
    "amr": [(b"#!AMR", 0)],
    "mp3": [(b"ID3", 0)],
}
LONGEST = 16


def demuxer_of(head: bytes) -> str:
    """`head` are the first LONGEST bytes. Raises ValueError where they begin no recording."""
    for reader, marks in MARKS.items():
        if any(head[place : place + len(mark)] == mark for mark, place in marks):
            return reader
    if is_frame(head):
        return "aac" if head[1] & 0xF6 == 0xF0 else "mp3"
    raise ValueError("no recording")


def is_frame(head: bytes) -> bool:
    """Of MPEG sound, layer I to III, or of AAC (ISO 11172-3, 13818-7), which begin with eleven or twelve ones."""
    return len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0
