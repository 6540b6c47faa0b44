"""A question with its choices as a page asks it, and what of a form that was sent answers it."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from media.recordings import Recording


@dataclass(frozen=True)
class Answer:
    letter: str
    words: str
    voice: Recording | None = None


@dataclass(frozen=True)
class Question:
    """`right` is a letter. `language` is that of the words; the voices are in the language that was asked for."""

    number: int
    words: str
    answers: tuple[Answer, ...]
    right: str
    why: str = ""
    language: str = "vi"
    voice: Recording | None = None
    voice_of_why: Recording | None = None

    @property
    def letters(self) -> set[str]:
        return {one.letter for one in self.answers}

    @property
    def right_answer(self) -> Answer | None:
        return next((one for one in self.answers if one.letter == self.right), None)


def chosen(given, questions: Iterable[Question]) -> dict[int, str]:
    """By question, the letter that was chosen; what was not chosen is left out."""
    found = {}
    for one in questions:
        letter = given.get(f"cau-{one.number}", "")
        if letter in one.letters:
            found[one.number] = letter
    return found


def number_of(given) -> UUID | None:
    """Of the page that was opened."""
    try:
        return UUID(given.get("so", ""))
    except ValueError:
        return None
