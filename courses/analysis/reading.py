"""Everybody's first attempt at a quiz, read from the database for `courses.analysis.statistics`.

First attempts alone: who tries again has seen the questions. Marks and answers come from the database as one row for
each way to answer each question, with the attempts that answered so, so that 100,000 attempts of 20 questions are some
thousand rows.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction
from statistics import median
from uuid import UUID

from django.db import connection
from django.db.models import Aggregate, Exists, OuterRef, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from courses.analysis.statistics import Earned, Sheet
from courses.attempts.attempt import Answer, Attempt, Mark
from courses.standing.recount import room
from people.persons.merges import Merge

# of the latest attempts the time that each question took is read, answer by answer
TIMED = 2000
# whoever left the page meanwhile does not tell how long the question takes
LONGEST = timedelta(minutes=30)
FEWEST_TIMES = 5


class Joined(Aggregate):
    """The values as one text with commas between."""

    function = "GROUP_CONCAT"
    output_field = TextField()

    def __init__(self, expression, **extra):
        super().__init__(Cast(expression, TextField()), **extra)

    def as_postgresql(self, compiler, connection, **context):
        return self.as_sql(
            compiler, connection, function="STRING_AGG", template="%(function)s(%(expressions)s, ',')", **context
        )


@dataclass
class Facts:
    """Of a quiz: `marks` by question version, `responses` of a version as [(response, who)], `months` {first day of the
    month: who handed in}, `seconds` of a version as the median, `passed` and `minutes` of the attempts.
    """

    marks: Sheet = field(default_factory=Sheet)
    responses: dict[int, list[tuple[dict, int]]] = field(default_factory=dict)
    months: dict[datetime, int] = field(default_factory=dict)
    seconds: dict[int, int] = field(default_factory=dict)
    passed: int = 0
    minutes: float | None = None


def first_attempts() -> QuerySet:
    """At quizzes, not re-tests, and handed in; of records that are one person the earliest.

    It costs two queries before it is asked.
    """
    found = Attempt.objects.at_quizzes().filter(number=1, submitted_at__isnull=False).order_by()
    return found.exclude(pk__in=_later_of_one_person(found))


def _later_of_one_person(found: QuerySet) -> list[int]:
    into = Merge.objects.current().into()
    concerned = found.filter(person__in={*into, *into.values()}) if into else found.none()
    known: set[tuple[UUID, int]] = set()
    later = []
    for pk, quiz, person in concerned.order_by("submitted_at", "pk").values_list("pk", "quiz_key", "person"):
        who = quiz, into.get(person, person)
        if who in known:
            later.append(pk)
        known.add(who)
    return later


def facts_of(quiz_key: UUID) -> Facts:
    """Six queries, and three that give PostgreSQL room, however many attempts and questions."""
    with room():
        _whole_answers_first()
        return _read(quiz_key)


def _whole_answers_first() -> None:
    """Rows come through cursors, of which PostgreSQL thinks that only the first tenth is wanted."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL cursor_tuple_fraction = 1")


def _read(quiz_key: UUID) -> Facts:
    attempts = first_attempts().filter(quiz_key=quiz_key)
    facts, places, minutes = Facts(), {}, []
    totals: dict[Earned, list[int]] = defaultdict(list)
    months: dict[datetime, list[int]] = defaultdict(list)
    columns = ("pk", "score", "max_score", "scale", "passed", "started_at", "submitted_at")
    for place, row in enumerate(attempts.order_by("pk").values_list(*columns).iterator(5000)):
        pk, score, best, scale, passed, started, submitted = row
        places[str(pk)] = place
        totals[Earned(Fraction(score, scale), Fraction(best, scale))].append(place)
        months[_month_of(submitted)].append(place)
        facts.passed += passed
        minutes.append((submitted - started).total_seconds() / 60)
    facts.marks.totals = {total: _bits(whose) for total, whose in totals.items()}
    facts.months = {month: _bits(whose) for month, whose in sorted(months.items())}
    facts.minutes = median(minutes) if minutes else None
    for version, earned, who in _marks(attempts, places):
        levels = facts.marks.questions.setdefault(version, {})
        levels[earned] = levels.get(earned, 0) | who
    for version, response, who in _responses(attempts, places):
        facts.responses.setdefault(version, []).append((response, who))
    facts.seconds = _seconds(attempts)
    return facts


def _month_of(moment: datetime) -> datetime:
    return timezone.localtime(moment).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def _bits(places: Iterable[int]) -> int:
    places = list(places)
    if not places:
        return 0
    found = bytearray(max(places) // 8 + 1)
    for place in places:
        found[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(found, "little")


def _who(joined: str, places: Mapping[str, int]) -> int:
    """Attempts that were handed in since their totals were read are left out."""
    return _bits(places[pk] for pk in joined.split(",") if pk in places)


def _marks(attempts: QuerySet, places: Mapping[str, int]) -> Iterator[tuple[int, Earned, int]]:
    """By the latest mark of each item."""
    marks = Mark.objects.filter(item__attempt__in=attempts.values("pk"))
    found = list(_marked(marks, places))
    if any(by != version for version, by, _earned, _who in found):
        # a corrected key marked some anew
        newer = Mark.objects.filter(item=OuterRef("item"))
        marks = marks.exclude(Exists(newer.filter(made_at__gt=OuterRef("made_at"))))
        marks = marks.exclude(Exists(newer.filter(made_at=OuterRef("made_at"), pk__gt=OuterRef("pk"))))
        found = list(_marked(marks, places))
    for version, _by, earned, who in found:
        yield version, earned, who


def _marked(marks: QuerySet, places: Mapping[str, int]) -> Iterator[tuple[int, int, Earned, int]]:
    """(version asked, version by which it was marked, what was earned, who)"""
    rows = marks.order_by().values_list("item__version", "by_version", "item__points", "points", "scale")
    for version, by, out_of, points, scale, joined in rows.annotate(who=Joined("item__attempt")).iterator():
        yield version, by, Earned(Fraction(points, scale), Fraction(out_of)), _who(joined, places)


def _responses(attempts: QuerySet, places: Mapping[str, int]) -> Iterator[tuple[int, dict, int]]:
    """The answers in force."""
    later = Answer.objects.filter(item=OuterRef("item"), sequence__gt=OuterRef("sequence"))
    answers = Answer.objects.filter(~Exists(later), item__attempt__in=attempts.values("pk"))
    rows = answers.order_by().values_list("item__version", "response").annotate(who=Joined("item__attempt"))
    for version, response, joined in rows.iterator():
        yield version, response, _who(joined, places)


def _seconds(attempts: QuerySet) -> dict[int, int]:
    """{question version: how long it took, as the median}: from the save before its first one, or the start, to that.

    Answers that were saved together, as by a page without scripts, tell nothing.
    """
    latest = list(attempts.order_by("-submitted_at").values_list("pk", flat=True)[:TIMED])
    answers = Answer.objects.filter(item__attempt__in=latest).order_by("item__attempt", "saved_at", "pk")
    rows = answers.values_list("item__attempt", "item", "item__version", "saved_at", "item__attempt__started_at")
    took: dict[int, list[float]] = defaultdict(list)
    reached: dict[int, datetime] = {}
    known: set[int] = set()
    for attempt, item, version, saved, started in rows.iterator(5000):
        before = reached.get(attempt, started)
        if item not in known and timedelta(0) < saved - before <= LONGEST:
            took[version].append((saved - before).total_seconds())
        known.add(item)
        reached[attempt] = saved
    return {version: round(median(all_)) for version, all_ in took.items() if len(all_) >= FEWEST_TIMES}
