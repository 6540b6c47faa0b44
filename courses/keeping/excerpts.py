"""The place in a lesson where a phrase stands, as a line under a search result."""

from collections.abc import Iterator
from html import unescape

from django.utils.html import strip_tags
from django.utils.text import Truncator

from courses.content.bodies import TRIED
from courses.content.lesson import LessonPage
from courses.content.texts import plain
from letters.folding import searched

BEFORE, LENGTH = 8, 30


def readable(page: LessonPage) -> Iterator[str]:
    """The texts of a lesson in reading order. Of a decision or a check only the question, since a search result must
    not tell what is right before somebody chose; what a picture shows is no line to read.
    """
    yield page.objective
    for bound in page.body:
        if bound.block_type in TRIED:
            yield bound.value["ask"]
        elif bound.block_type != "picture":
            for text in bound.block.get_searchable_content(bound.value):
                yield plain(unescape(strip_tags(str(text))))


def excerpt(texts: Iterator[str], words: tuple[str, ...]) -> str:
    """Around the folded `words` where they stand side by side, else around the text with most of them; the first
    text where none has any.
    """
    listed = [text for text in texts if text.strip()]
    if not listed:
        return ""
    phrase, folded = " ".join(words), {text: f" {searched(text)}" for text in listed}
    best = max(listed, key=lambda text: (f" {phrase}" in folded[text], sum(f" {w}" in folded[text] for w in words)))
    return _cut(best, words)


def _cut(text: str, words: tuple[str, ...]) -> str:
    parts = text.split()
    folded = [searched(part) for part in parts]
    places = [n for n in range(len(parts)) if " ".join(folded[n : n + len(words)]).startswith(" ".join(words))]
    single = [n for n, part in enumerate(folded) if any(part.startswith(word) for word in words)]
    start = max(0, (places or single or [0])[0] - BEFORE)
    return ("… " if start else "") + Truncator(" ".join(parts[start:])).words(LENGTH)
