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
# what the recordings of each reader are called; the first that can hold it, where the name says another kind
CALLED = {
    "ogg": ("ogg", "oga", "ogv", "opus"),
    "wav": ("wav",),
    "aiff": ("aiff", "aif"),
    "avi": ("avi",),
    "flac": ("flac",),
    "mov": ("mp4", "m4a", "m4v", "mov", "3gp"),
    "matroska": ("webm", "mkv"),
    "mpeg": ("mpg", "mpeg"),
    "asf": ("wmv", "wma"),
    "amr": ("amr",),
    "mp3": ("mp3",),
    "aac": ("aac",),
}
# of sound alone
CALLED_SOUND = {"mov": ("m4a", "mp4"), "matroska": ("ogg", "webm", "mkv"), "asf": ("wma",)}
# films that a telephone plays, whatever they were packed in before
PLAYED = ("mp4", "m4v", "mov", "webm")


def demuxer_of(head: bytes) -> str:
    """`head` are the first LONGEST bytes. Raises ValueError where they begin no recording."""
    for reader, marks in MARKS.items():
        if any(head[place : place + len(mark)] == mark for mark, place in marks):
            return reader
    if is_frame(head):
        return "aac" if head[1] & 0xF6 == 0xF0 else "mp3"
    raise ValueError("no recording")


def endings_for(named: str, reader: str, *, moves: bool) -> list[str]:
    """What the recording may be called, best first. `named`: as it came, which is often another kind than it is."""
    own = CALLED[reader] if moves else CALLED_SOUND.get(reader, CALLED[reader])
    keeps_name = named in CALLED[reader] or (moves and named in PLAYED)
    return [*dict.fromkeys((*((named,) if keeps_name else ()), *own))]


def is_frame(head: bytes) -> bool:
    """Of MPEG sound, layer I to III, or of AAC (ISO 11172-3, 13818-7), which begin with eleven or twelve ones."""
    return len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0
