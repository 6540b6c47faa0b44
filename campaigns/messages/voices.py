"""Which recording a reader hears, and in which languages there is one."""

from dataclasses import dataclass

from campaigns.messages.message import MessagePage
from config.languages import NAMES
from media.models import Recording


@dataclass(frozen=True)
class Voice:
    """`recording` in `language`, or None where nobody recorded it yet; `spoken` is the language the reader wants."""

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

    @property
    def is_other(self) -> bool:
        """In Vietnamese, since there is none in the language wanted."""
        return self.recording is not None and self.language != self.spoken


def recordings_of(message: MessagePage) -> dict[str, Recording]:
    """By language; one query, none where they were fetched before."""
    return {row.language: row.recording for row in message.recordings.all()}


def voice_in(message: MessagePage, language: str) -> Voice:
    """The recording in this language, else the Vietnamese one, else none."""
    recordings = recordings_of(message)
    for tag in (language, "vi"):
        if tag in recordings:
            return Voice(recordings[tag], tag, language)
    return Voice(None, language, language)
