"""Which attempts were marked by another key than the one in force, and what the key in force gives them."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from math import floor, lcm
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from courses.attempts.attempt import Answer, Mark
from courses.questions.kinds.kind import Frozen, kind
from courses.questions.versions import QuestionVersion


@dataclass(frozen=True)
class Keys:
    """Of a question: the version in force, the versions with another key, and those of them to whose answers the key in
    force can be put, because they asked of the same options.
    """

    question_key: UUID
    in_force: QuestionVersion
    others: frozenset[int]
    alike: frozenset[int]


def is_alike(asked: QuestionVersion, corrected: QuestionVersion) -> bool:
    """Whether an answer to the one is an answer to the other: same kind, same parts, in whatever order or words."""
    return asked.kind == corrected.kind and _sorted(asked.structure) == _sorted(corrected.structure)


def _sorted(structure):
    if isinstance(structure, Mapping):
        return {name: _sorted(part) for name, part in structure.items()}
    if isinstance(structure, list):
        return sorted((_sorted(part) for part in structure), key=lambda part: json.dumps(part, sort_keys=True))
    return structure


def keys_of(question_keys: Iterable[UUID] | None = None) -> list[Keys]:
    """Those of the questions (None: of all) that ever had another key than today; two queries."""
    versions = QuestionVersion.objects.all()
    if question_keys is not None:
        versions = versions.filter(question_key__in=list(question_keys))
    several = versions.order_by().values("question_key").annotate(n=Count("pk")).filter(n__gt=1)
    rows = QuestionVersion.objects.filter(question_key__in=several.values("question_key"))
    by_question: dict[UUID, list[QuestionVersion]] = defaultdict(list)
    for row in rows.defer("texts").order_by("current_since", "pk"):
        by_question[row.question_key].append(row)
    found = []
    for question_key, versions_of_it in by_question.items():
        current = versions_of_it[-1]
        others = [one for one in versions_of_it if (one.kind, one.key) != (current.kind, current.key)]
        if others:
            alike = frozenset(one.pk for one in others if is_alike(one, current))
            found.append(Keys(question_key, current, frozenset(one.pk for one in others), alike))
    return found


def in_force(marks: QuerySet) -> QuerySet:
    """Without those after which the same answer was marked again."""
    later = Mark.objects.filter(item=OuterRef("item"))
    same_time = Q(made_at=OuterRef("made_at"), pk__gt=OuterRef("pk"))
    return marks.exclude(Exists(later.filter(Q(made_at__gt=OuterRef("made_at")) | same_time)))


def marks_by(versions: Iterable[int]) -> QuerySet:
    """Of attempts that were handed in."""
    return in_force(Mark.objects.filter(by_version__in=list(versions), item__attempt__submitted_at__isnull=False))


def attempts_marked_by(keys: Iterable[Keys], *, alike: bool) -> dict[UUID, int]:
    """{question: how many attempts stand marked by another key}; `alike` false: of those that cannot be marked again.
    One query.
    """
    wanted = {pk: one.question_key for one in keys for pk in (one.alike if alike else one.others - one.alike)}
    counts: dict[UUID, int] = defaultdict(int)
    if wanted:
        rows = marks_by(wanted).order_by().values("by_version").annotate(n=Count("item__attempt", distinct=True))
        for pk, n in rows.values_list("by_version", "n"):
            counts[wanted[pk]] += n
    return dict(counts)


@dataclass(frozen=True)
class Outcome:
    """What an attempt becomes: shares and points exact, in hundredths; `items` {item: what it earns now}."""

    attempt: int
    person: int
    course_key: str
    quiz_key: UUID
    submitted_at: datetime
    is_retest: bool
    before: Fraction
    after: Fraction
    max_score: Fraction
    passed_before: bool
    passed: bool
    items: dict[int, Fraction] = field(default_factory=dict)
    # of a re-test: a question wholly right became wrong or the other way round
    turns: bool = False

    @property
    def changes(self) -> bool:
        return self.before != self.after

    @property
    def percent_before(self) -> int:
        return floor(self.before * 100 / self.max_score)

    @property
    def percent(self) -> int:
        return floor(self.after * 100 / self.max_score)


class Marker:
    """Marks answers by the key in force; what was answered alike is worked out once."""

    def __init__(self, corrected: QuestionVersion):
        self.corrected = corrected
        self.known: dict[tuple[str, int, str], Fraction] = {}

    def earned(self, language: str, out_of: int, response: Mapping | None) -> Fraction:
        """Hundredths of a point."""
        asked = (language, out_of, json.dumps(response, sort_keys=True))
        if asked not in self.known:
            question: Frozen = self.corrected.frozen(language)
            points = kind(question.kind).mark(question, response, out_of).points
            self.known[asked] = Fraction(points)
        return self.known[asked]


COLUMNS = (
    "item",
    "points",
    "scale",
    "item__points",
    "item__attempt",
    "item__attempt__person",
    "item__attempt__course_key",
    "item__attempt__quiz_key",
    "item__attempt__submitted_at",
    "item__attempt__closes_at",
    "item__attempt__score",
    "item__attempt__max_score",
    "item__attempt__scale",
    "item__attempt__passed",
    "item__attempt__rules",
)
ATTEMPT = COLUMNS.index("item__attempt")


def outcomes(keys: Keys, attempts: Iterable[int] | None = None) -> Iterator[Outcome]:
    """Of every attempt (of these alone) that stands marked by another key; one query, in the order of the attempts."""
    marks = marks_by(keys.alike)
    if attempts is not None:
        marks = marks.filter(item__attempt__in=list(attempts))
    answers = Answer.objects.filter(item=OuterRef("item")).order_by("-sequence")
    rows = marks.annotate(response=Subquery(answers.values("response")[:1])).order_by("item__attempt", "item")
    marker = Marker(QuestionVersion.objects.get(pk=keys.in_force.pk))
    here: list[tuple] = []
    for row in rows.values_list(*COLUMNS, "response").iterator(2000):
        if here and here[-1][ATTEMPT] != row[ATTEMPT]:
            yield _outcome(here, marker)
            here = []
        here.append(row)
    if here:
        yield _outcome(here, marker)


def _outcome(rows: list[tuple], marker: Marker) -> Outcome:
    attempt, person, course_key, quiz_key, submitted_at, closes_at, *result = rows[0][ATTEMPT:-1]
    score, best, scale, passed, rules = result
    after, turns, items = Fraction(score, scale), False, {}
    for item, points, parts, out_of, *_attempt, response in rows:
        earned, had = marker.earned(rules["language"], out_of, response), Fraction(points, parts)
        after += earned - had
        turns = turns or (earned == out_of) != (had == out_of)
        items[item] = earned
    return Outcome(
        attempt=attempt,
        person=person,
        course_key=course_key,
        quiz_key=quiz_key,
        submitted_at=submitted_at,
        is_retest=closes_at is not None,
        before=Fraction(score, scale),
        after=after,
        max_score=Fraction(best, scale),
        passed_before=passed,
        passed=after * 100 >= rules["pass_percent"] * Fraction(best, scale),
        items=items,
        turns=turns,
    )


def parts_of(outcome: Outcome) -> tuple[int, int, int]:
    """(score, max score, scale) as an attempt keeps them."""
    scale = lcm(outcome.after.denominator, outcome.max_score.denominator)
    return int(outcome.after * scale), int(outcome.max_score * scale), scale
