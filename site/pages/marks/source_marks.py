"""Takes from a written text what only editors may read: † and the addresses at which a source was read.

† marks what was not checked against the original. Loaders of starter texts call `cleaned`; what they take out is told
by `marks_found`, so that a reviewer's list keeps it.
"""

import re
from dataclasses import dataclass

from django.dispatch import Signal

# sent with `subject` (a slug), `title` and `items`: (where, text, Mark) for each text that had a mark
marks_found = Signal()

DAGGER = "†"
# official sites may be cited; news sites and others are only where it was read
_ADDRESS = r"(?:https?://)?(?:[a-z0-9-]+\.)+(?:vn|com|org|net|rs|tt|int|edu|info|eu|uk|us|au|io)\b(?:\.[a-z]{2}\b)?(?:/[^\s;,)\]”]*)?"
# an address with what was said of it: a day, a comment in brackets, a dash and words
_READ = re.compile(rf"{_ADDRESS}(?:\s+\d{{1,2}}/\d{{1,2}}/\d{{4}})?", re.IGNORECASE)


@dataclass(frozen=True)
class Mark:
    """What was taken from one text."""

    unverified: bool = False
    addresses: tuple[str, ...] = ()

    def __bool__(self):
        return self.unverified or bool(self.addresses)


def cleaned(text: str) -> tuple[str, Mark]:
    """The text without marks, and what they were. A text without any comes back as it is."""
    addresses = tuple(match.group(0).rstrip(".") for match in _READ.finditer(text))
    mark = Mark(DAGGER in text, addresses)
    return (_tidy(_READ.sub("", text.replace(DAGGER, ""))) if mark else text), mark


def _tidy(text: str) -> str:
    """Closes up what stood around a mark: spaces, and separators with nothing between them."""
    text = re.sub(r"\(\s*[;,:–-]*\s*\)|\[\s*[;,:–-]*\s*\]", "", text)
    text = re.sub(r"[ \t]+([.,;:)\]”!?])", r"\1", text)
    text = re.sub(r"([(\[])\s+", r"\1", text)
    text = re.sub(r"(?:[;,]\s*)+(?=[;.])", "", text)
    text = re.sub(r"^[ \t]*(?:[;,–-][ \t]*)+|(?:[ \t]*[;,–-])+[ \t]*$", "", text, flags=re.MULTILINE)
    return re.sub(r"[ \t]{2,}", " ", text).strip() if "\n" not in text else re.sub(r"(?<=\S)[ \t]{2,}", " ", text)
