"""Which completions rest on a pass that is none any more, and what was issued for them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Subquery

from courses.attempts.attempt import Attempt
from courses.certificates.certificate import Certificate
from courses.completions.completion import Completion, Void
from people.persons.merges import Merge


@dataclass(frozen=True)
class LostPass:
    """An attempt that passed by the earlier key and does not by the one in force."""

    attempt: int
    person: int
    course_key: str
    quiz_key: UUID
    submitted_at: datetime


@dataclass(frozen=True)
class Unearned:
    """`voided_on` None: it counts."""

    completion: Completion
    has_certificate: bool
    voided_on: date | None


def unearned(lost: Iterable[LostPass]) -> list[Unearned]:
    """The completions that rested on these passes, where no other pass of the quiz stands in for it; four queries.

    A completion by tests rests on one pass of each required quiz since the completion before it.
    """
    lost = list(lost)
    if not lost:
        return []
    into = Merge.objects.current().into()
    people = {one.person for one in lost} | {into.get(one.person, one.person) for one in lost}
    people |= {gone for gone, stays in into.items() if stays in people}
    passes: dict[tuple[int, UUID], list[tuple[datetime, int]]] = defaultdict(list)
    rows = Attempt.objects.at_quizzes().filter(person__in=people, passed=True)
    for pk, person, quiz, at in rows.values_list("pk", "person", "quiz_key", "submitted_at"):
        passes[into.get(person, person), quiz].append((at, pk))
    gone = {one.attempt for one in lost}
    completions: dict[tuple[int, str], list] = defaultdict(list)
    for row in _completions(people, {one.course_key for one in lost}):
        completions[into.get(row.person_id, row.person_id), row.course_key].append(row)
    found: dict[int, Unearned] = {}
    for one in lost:
        who = into.get(one.person, one.person)
        before: datetime | None = None
        others = [at for at, pk in passes[who, one.quiz_key] if pk not in gone]
        for row in completions[who, one.course_key]:
            since, before = before, row.recorded_at
            if one.submitted_at > row.recorded_at or (since and one.submitted_at <= since):
                continue
            if not any(at <= row.recorded_at and (not since or at > since) for at in others):
                found[row.pk] = Unearned(row, row.certified, row.void_on)
    return sorted(found.values(), key=lambda one: (one.completion.person.name_order, one.completion.pk))


def _completions(people: set[int], courses: set[str]) -> list:
    """As they were recorded; `certified`: a certificate was issued; `void_on`: since when it does not count."""
    void = Void.objects.current().filter(completion=OuterRef("pk"))
    certificates = Certificate.objects.filter(completion=OuterRef("pk"))
    rows = Completion.objects.current().filter(person__in=people, course_key__in=courses, source=Completion.Source.QUIZ)
    rows = rows.annotate(certified=Exists(certificates), void_on=Subquery(void.values("on")[:1]))
    return list(rows.select_related("person").order_by("recorded_at", "pk"))
