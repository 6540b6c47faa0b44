"""The lessons of a course that are marked for somebody's sector: a list at its head; order and access stay."""

from datetime import date

from courses.learning.outline import LearnerStep, Outline
from people.postings.posting import Posting
from people.times import covering


def concerning(person, outline: Outline, today: date) -> list[LearnerStep]:
    """In order; no query in a course without such marks, else one. Nobody's for an anonymous visitor."""
    marked = [step for step in outline.steps if step.sectors]
    if person is None or not marked:
        return []
    postings = Posting.objects.current().filter(covering(today), person_id=person.pk)
    sectors = set(postings.values_list("unit__sector", flat=True))
    return [step for step in marked if sectors.intersection(step.sectors)]
