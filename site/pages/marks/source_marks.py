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
# the keys of starter files that say where something was read
SOURCES = ("source", "sources")
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


def cleaned_data(data, where: str, name: str = ""):
    """(the data of a starter file without marks, [(where, text, Mark)]): † in every text, addresses in its sources."""
    if isinstance(data, str):
        text, mark = cleaned(data) if name in SOURCES else _without_dagger(data)
        return text, [(where, data.strip(), mark)] if mark else []
    if isinstance(data, dict):
        parts = {key: cleaned_data(value, _place(where, data), key) for key, value in data.items()}
        return {key: part for key, (part, _found) in parts.items()}, [
            one for _p, found in parts.values() for one in found
        ]
    if isinstance(data, list):
        rows = [cleaned_data(value, where, name) for value in data]
        return [row for row, _found in rows], [one for _row, found in rows for one in found]
    return data, []


def _place(where: str, data: dict) -> str:
    title = data.get("title") or data.get("code")
    return f"{where}, {title}" if isinstance(title, str) and title not in where else where


def _without_dagger(text: str) -> tuple[str, Mark]:
    if DAGGER not in text:
        return text, Mark()
    return re.sub(rf"[ \t]*{DAGGER}", "", text), Mark(unverified=True)


def _tidy(text: str) -> str:
    """Closes up what stood around a mark: spaces, and separators with nothing between them."""
    text = re.sub(r"\(\s*[;,:–-]*\s*\)|\[\s*[;,:–-]*\s*\]", "", text)
    text = re.sub(r"[ \t]+([.,;:)\]”!?])", r"\1", text)
    text = re.sub(r"([(\[])\s+", r"\1", text)
    text = re.sub(r"(?:[;,]\s*)+(?=[;.])", "", text)
    text = re.sub(r"^[ \t]*(?:[;,–-][ \t]*)+|(?:[ \t]*[;,–-])+[ \t]*$", "", text, flags=re.MULTILINE)
    return re.sub(r"[ \t]{2,}", " ", text).strip() if "\n" not in text else re.sub(r"(?<=\S)[ \t]{2,}", " ", text)
