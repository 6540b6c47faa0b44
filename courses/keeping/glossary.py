"""The terms that lessons explain, in the order of a Vietnamese dictionary."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from courses.content.lesson import LessonPage
from courses.learning.outline import LearnerStep, Outline
from letters.folding import spelled
from letters.order import initial, order
from pages.serving import version

# page id, block id, word, meaning
Raw = tuple[int, str, str, str]


@dataclass(frozen=True)
class Term:
    """As one lesson explains it."""

    block_id: str
    word: str
    meaning: str
    step: LearnerStep


@dataclass(frozen=True)
class Entry:
    """A word with every lesson that explains it."""

    word: str
    terms: tuple[Term, ...]

    @property
    def meanings(self) -> list[str]:
        """Each once, however many lessons say it in the same words."""
        return list(dict.fromkeys(term.meaning for term in self.terms))


def terms_of(outline: Outline, content: str) -> list[Term]:
    """One query a course, none while nothing was published since."""
    steps = {step.page_id: step for step in outline.steps if step.is_lesson}
    raw = version.kept(content, ("terms", outline.course.page_id), lambda: read_terms(list(steps)))
    return [Term(block_id, word, meaning, steps[pk]) for pk, block_id, word, meaning in raw if pk in steps]


def read_terms(page_ids: list[int]) -> tuple[Raw, ...]:
    pages = LessonPage.objects.filter(pk__in=page_ids).order_by("path")
    return tuple(
        (page.pk, bound.id, bound.value["word"], bound.value["meaning"])
        for page in pages
        for bound in page.body.blocks_by_name("term")
    )


def entries(terms: Iterable[Term]) -> list[Entry]:
    """In alphabetical order; the same word in capitals is no other word."""
    ordered = sorted(terms, key=lambda term: order(term.word))
    groups = groupby(ordered, key=lambda term: spelled(term.word))
    return [Entry(same[0].word, same) for same in (tuple(group) for _word, group in groups)]


def by_letter(listed: Iterable[Entry]) -> list[tuple[str, list[Entry]]]:
    return [(letter, list(group)) for letter, group in groupby(listed, key=lambda entry: initial(entry.word))]
