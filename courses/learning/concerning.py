"""The lessons of a course that concern somebody by sector or duty: a list at its head; order and access stay."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from courses.content.concerns import together
from courses.learning.outline import LearnerStep, Outline
from people.postings.posting import Posting
from people.times import covering


@dataclass(frozen=True, slots=True)
class Concerning:
    """A lesson, or with `passages` only so many blocks of it; `url` leads to the first of them."""

    step: LearnerStep
    url: str
    names: list[str]
    passages: int = 0


def concerning(person, outline: Outline, today: date) -> list[Concerning]:
    """In order; no query in a course that names nobody, else one. Nobody's for an anonymous visitor."""
    marked = [step for step in outline.steps if step.concerns or step.passages]
    if person is None or not marked:
        return []
    postings = Posting.objects.current().filter(covering(today), person_id=person.pk)
    rows = list(postings.values_list("unit__sector", "duties__key"))
    sectors, duties = {sector for sector, _duty in rows}, {duty for _sector, duty in rows}
    found = (_for_these(step, sectors, duties) for step in marked)
    return [lesson for lesson in found if lesson is not None]


def _for_these(step: LearnerStep, sectors: Collection[str], duties: Collection[str]) -> Concerning | None:
    if step.concerns.meet(sectors, duties):
        return Concerning(step, step.url, step.concerns.names)
    passages = [passage for passage in step.passages if passage.concerns.meet(sectors, duties)]
    if not passages:
        return None
    names = together(passage.concerns for passage in passages).names
    return Concerning(step, f"{step.url}#b-{passages[0].block_id}", names, len(passages))
