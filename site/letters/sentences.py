"""A text cut into sentences, so that its translation is made, checked, shown and corrected sentence by sentence.

Cutting loses nothing: `joined(cut(text))` is the text without the space before it. A line is never part of a sentence
of another line. A full stop ends a sentence where a capital, a figure or an opening quote follows; not after a short
form (TP., ThS.) and not after the number or letter that begins a line ("1. ", "A. ").
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

GAP = re.compile(r"(?P<end>[.!?…]+[”’\"')\]»]*)(?P<gap>[^\S\r\n]+)|(?P<line>[^\S\r\n]*(?:\r\n|\r|\n)\s*)")
OPENING = "“‘\"'([«–-"
SHORT_FORMS = frozenset("tp p q ths ts bs pgs gs ks cn tr nxb st mr mrs dr đ/c".split())
NUMBERED = re.compile(r"(?:\d{1,3}|[^\W\d_])\.")
# of two sentences that stand in each other's place, how alike they are to be one that was changed
ALIKE = 0.5


@dataclass(frozen=True)
class Piece:
    """A sentence and what stands between it and the next: spaces or the end of a line; "" after the last."""

    text: str
    after: str = ""


def cut(text: str) -> list[Piece]:
    """[] for a text without words."""
    text = text.lstrip()
    pieces: list[Piece] = []
    start = 0
    for match in GAP.finditer(text):
        if match["line"] is None and not _ends(text, start, match):
            continue
        pieces.append(_piece(text[start : match.end()]))
        start = match.end()
    return [*pieces, _piece(text[start:])] if text[start:] else pieces


def _piece(said: str) -> Piece:
    words = said.rstrip()
    return Piece(words, said[len(words) :])


def _ends(text: str, start: int, match: re.Match) -> bool:
    follows = text[match.end() : match.end() + 3].lstrip(OPENING + " ")[:1]
    opened = text[match.end() : match.end() + 1]
    if not (follows.isupper() or follows.isdigit() or opened in tuple("“‘\"'(«")):
        return False
    said = text[start : match.end("end")]
    if NUMBERED.fullmatch(said):
        return False
    last = re.split(r"[\s“‘\"'(«]", said)[-1]
    return not (match["end"] == "." and last[:-1].casefold() in SHORT_FORMS)


def joined(pieces: Iterable[Piece]) -> str:
    return "".join(piece.text + piece.after for piece in pieces)


def aligned(before: Sequence[str], now: Sequence[str]) -> list[int | None]:
    """For each sentence of `now` the place in `before` of the sentence that it is, as it was or changed; None: a new
    one. No place twice. What stands unchanged is found first, also where it moved; of what changed, as many as before
    stand for each other in their order, else those that are alike.
    """
    found: list[int | None] = [None] * len(now)
    blocks = SequenceMatcher(None, list(before), list(now), autojunk=False).get_opcodes()
    for tag, first, _last, start, end in blocks:
        if tag == "equal":
            found[start:end] = range(first, first + end - start)
    for tag, _first, _last, start, end in blocks:
        if tag != "equal":
            _moved(before, now, found, range(start, end))
    for tag, first, last, start, end in blocks:
        if tag == "replace":
            _changed(before, now, found, range(first, last), range(start, end))
    return found


def _moved(before, now, found: list[int | None], places: range) -> None:
    free = {text: place for place, text in enumerate(before) if place not in found}
    for place in places:
        if now[place] in free:
            found[place] = free.pop(now[place])


def _changed(before, now, found: list[int | None], old: range, new: range) -> None:
    gone = [place for place in old if place not in found]
    came = [place for place in new if found[place] is None]
    if len(gone) == len(came):
        for place, was in zip(came, gone, strict=True):
            found[place] = was
        return
    least = 0
    for place in came:
        likely = [(SequenceMatcher(None, before[was], now[place]).ratio(), -was) for was in gone if was >= least]
        alike, was = max(likely, default=(0.0, 0))
        if alike >= ALIKE:
            found[place], least = -was, -was + 1


def known_among(text: str, known: frozenset[str] | set[str]) -> list[tuple[Piece, bool]]:
    """The sentences of a text, each with whether it is one of the `known`: of a translated text, what is still in the
    language from which it is translated.
    """
    return [(piece, piece.text in known) for piece in cut(text)]
