"""What a sentence's sound and a message's voice are in; pure. `text` is what was read, "" where the language has no
words of the sentence, so that the speaker said the Vietnamese one in her own.
"""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

# seconds; what is shorter is a slip of the finger
SHORTEST = 0.3
# pieces of one upload, and seconds into it
MOST_PIECES, LATEST = 200, 15 * 60


class TakeState(models.TextChoices):
    AWAITING = "awaiting", _("chờ duyệt")
    APPROVED = "approved", _("đã duyệt")
    BACK = "back", _("gửi lại để thu lại")
    REPLACED = "replaced", _("đã có bản mới")
    WITHDRAWN = "withdrawn", _("đã rút")


# of a sentence without any sound, or whose sound reads other words than there are now
MISSING, OUTDATED = "missing", "outdated"
# of a whole voice, beside the others
SPEAKER, PUBLISHED, JOINING = "speaker", "published", "joining"
LABELS = {
    MISSING: _("chưa có"),
    OUTDATED: _("chữ đã sửa, cần thu lại"),
    SPEAKER: _("chờ người đọc"),
    JOINING: _("đang ghép"),
    PUBLISHED: _("đã đăng"),
    **{state.value: state.label for state in TakeState},
}
# the states in which a sentence asks for a sound
TO_SPEAK = frozenset({MISSING, OUTDATED, TakeState.BACK.value, TakeState.WITHDRAWN.value})


def seal(text: str, source: str) -> str:
    """Of the words as the page showed them: what was read from an older page is known by it."""
    return hashlib.sha256(f"{text}\0{source}".encode()).hexdigest()[:16]


def is_of(take_text: str, take_source: str, text: str, source: str) -> bool:
    """Whether a sound says what stands there now. What was said without words of the language stays right when
    somebody writes them down.
    """
    return take_source == source and take_text in ("", text)


@dataclass(frozen=True)
class Piece:
    """A sentence within a recording, in seconds; `ends_at` None: to its end."""

    source: int
    seal: str
    begins_at: float = 0.0
    ends_at: float | None = None


def pieces_fit(pieces: Collection[Piece]) -> bool:
    """One after the other, each long enough, no sentence twice."""
    if not 0 < len(pieces) <= MOST_PIECES or len({one.source for one in pieces}) < len(pieces):
        return False
    at = 0.0
    for one in pieces:
        ends = LATEST if one.ends_at is None else one.ends_at
        if not (at <= one.begins_at and one.begins_at + SHORTEST <= ends <= LATEST):
            return False
        at = ends
    return True


def voice_state(states: Iterable[str], *, is_public: bool, was_withdrawn: bool, may_begin: bool) -> str:
    """Of a whole message by the states of its sentences. `may_begin`: each has approved words, or the language has none
    at all and a speaker begins.
    """
    there = set(states)
    if is_public:
        return PUBLISHED if there <= {TakeState.APPROVED.value} else OUTDATED
    if was_withdrawn:
        return TakeState.WITHDRAWN
    if not there:
        return MISSING
    if there == {TakeState.APPROVED.value}:
        return JOINING
    if there & TO_SPEAK:
        return SPEAKER if may_begin or there != {MISSING} else MISSING
    return TakeState.AWAITING
