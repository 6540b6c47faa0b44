"""Chooses the recording of a message for a reader's language."""

from dataclasses import dataclass

from campaigns.messages.message import MessagePage
from config.languages import NAMES
from media.models import Recording


@dataclass(frozen=True)
class Voice:
    """`recording` is in `language`, None if there is none yet; `spoken` is the language that the reader wants."""

    recording: Recording | None
    language: str
    spoken: str

    @property
    def own(self) -> str:
        """The language's own name."""
        return NAMES[self.language][1]

    @property
    def is_missing(self) -> bool:
        return self.recording is None


def recordings_of(message: MessagePage) -> dict[str, Recording]:
    """Recordings by language; one query, none if they were prefetched. A draft may have rows without one; one whose
    speaker agrees no more is none.
    """
    rows = [row for row in message.recordings.all() if row.recording_id and not row.recording.consent_ended]
    return {row.language: row.recording for row in rows}


def voice_in(message: MessagePage, language: str) -> Voice:
    """The recording in this language, else the Vietnamese one, else none."""
    recordings = recordings_of(message)
    for tag in (language, "vi"):
        if tag in recordings:
            return Voice(recordings[tag], tag, language)
    return Voice(None, language, language)
