"""Captions as browsers read them (WebVTT): what is said from when to when, so that the words follow a voice or a film.

A cue in another language than its recording bears it as WebVTT's language span: `<lang vi>…</lang>`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape, unescape

from django.utils.translation import gettext as _

HEAD = "WEBVTT"
TIME = r"(?:(\d{1,3}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
LINE = re.compile(rf"{TIME}[ \t]+-->[ \t]+{TIME}(?:[ \t].*)?")
SPAN = re.compile(r"<lang ([A-Za-z0-9-]{2,20})>(.*)</lang>", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
LONGEST, MOST_CUES = 100_000, 2_000


@dataclass(frozen=True)
class Cue:
    """Seconds from the beginning; `language` "" means that of the recording."""

    begins: float
    ends: float
    text: str
    language: str = ""


def written(cues: Iterable[Cue], language: str = "") -> str:
    parts = [HEAD]
    for cue in cues:
        text = escape(" ".join(cue.text.split()), quote=False)
        if cue.language not in ("", language):
            text = f"<lang {cue.language}>{text}</lang>"
        parts.append(f"{_clock(cue.begins)} --> {_clock(cue.ends)}\n{text}")
    return "\n\n".join(parts) + "\n"


def as_text(cues: Iterable[Cue], language: str) -> tuple[str, str]:
    """(transcript, captions) of the same words, of a recording in this language."""
    those = list(cues)
    return "\n".join(cue.text for cue in those), written(those, language)


def cues_of(text: str) -> list[Cue]:
    """[] where the text is none or has none."""
    blocks = re.split(r"\n[ \t]*\n", text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").strip())
    if not re.match(rf"{HEAD}(?:[ \t\n]|\Z)", blocks[0]):
        return []
    found = [cue for block in blocks[1:] if (cue := _cue(block)) is not None]
    return found[:MOST_CUES]


def why_not(text: str) -> str:
    """One sentence that says what to do; "" where it is good or empty."""
    if not text.strip():
        return ""
    cues = cues_of(text)
    if len(text) > LONGEST or not cues:
        return _("Phụ đề viết theo WebVTT: dòng đầu là WEBVTT, mỗi câu có dòng giờ như “00:01.000 --> 00:03.500”.")
    if any(cue.ends <= cue.begins for cue in cues):
        return _("Có câu phụ đề hết trước khi bắt đầu: hãy sửa dòng giờ của câu ấy.")
    return ""


def _cue(block: str) -> Cue | None:
    lines = block.split("\n")
    for place, line in enumerate(lines[:2]):
        if match := LINE.fullmatch(line.strip()):
            words = "\n".join(lines[place + 1 :]).strip()
            span = SPAN.fullmatch(words)
            language, said = span.groups() if span else ("", words)
            plain = " ".join(unescape(TAG.sub("", said)).split())
            times = match.groups()
            return Cue(_seconds(times[:4]), _seconds(times[4:]), plain, language) if plain else None
    return None


def _seconds(parts) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000


def _clock(seconds: float) -> str:
    whole = round(seconds * 1000)
    minutes, rest = divmod(whole, 60_000)
    hours, minutes = divmod(minutes, 60)
    clock = f"{minutes:02}:{rest // 1000:02}.{rest % 1000:03}"
    return f"{hours:02}:{clock}" if hours else clock
