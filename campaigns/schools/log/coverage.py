"""Which schools taught which lessons in a school year, up to a day: by school, commune, grade and language.

A school whose log is empty *has not taught as far as is known*; how many classes it has is known only where it
confirmed. Nobody is named, and no number of pupils stands here.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet

from campaigns.activities.made.activity import Activity
from campaigns.schools.log.lesson_log import ClassCount, LessonLog
from campaigns.schools.log.years import first_day, last_day
from people.times import covering, known_on
from people.units.levels import levels_of
from people.units.successions import Reach
from people.units.unit import COMMUNE_KINDS, Unit, UnitKind


@dataclass(frozen=True)
class Window:
    """The days of the school year up to `day`; `at` is the moment as known at, None: now."""

    year: int
    day: date
    at: datetime | None = None

    @property
    def first(self) -> date:
        return first_day(self.year)

    @property
    def last(self) -> date:
        return min(self.day, last_day(self.year))


@dataclass
class SchoolRow:
    """`classes` None: the school has not confirmed them."""

    pk: int
    code: str
    name: str
    commune: str
    levels: list[str]
    classes: int | None
    lessons: int = 0
    verified: int = 0
    approved: int = 0
    packs: set = field(default_factory=set)
    grades: set = field(default_factory=set)
    languages: set = field(default_factory=set)
    last: date | None = None

    @property
    def has_taught(self) -> bool:
        return self.lessons > 0


@dataclass(frozen=True)
class Coverage:
    window: Window
    rows: list[SchoolRow]
    # (grade or None, language) of each lesson
    taught: list[tuple[int | None, str]]

    @property
    def schools(self) -> int:
        return len(self.rows)

    @property
    def with_lessons(self) -> int:
        return sum(row.has_taught for row in self.rows)

    @property
    def lessons(self) -> int:
        return sum(row.lessons for row in self.rows)

    @property
    def verified(self) -> int:
        return sum(row.verified for row in self.rows)

    @property
    def classes(self) -> int:
        """Of the schools that confirmed theirs."""
        return sum(row.classes for row in self.rows if row.classes is not None)

    @property
    def unconfirmed(self) -> int:
        return sum(row.classes is None for row in self.rows)

    @property
    def silent(self) -> list[SchoolRow]:
        return [row for row in self.rows if not row.has_taught]

    def by_grade(self) -> list[tuple[int | None, int]]:
        counted = Counter(grade for grade, _held_in in self.taught)
        return sorted(counted.items(), key=lambda pair: (pair[0] is None, pair[0] or 0))

    def by_language(self) -> list[tuple[str, int]]:
        return Counter(tag for _grade, held_in in self.taught for tag in held_in.split()).most_common()

    def by_commune(self) -> list[tuple[str, int, int, int]]:
        """(commune, schools, schools that taught, lessons)"""
        found: dict[str, list[SchoolRow]] = {}
        for row in self.rows:
            found.setdefault(row.commune, []).append(row)
        told = [
            (name, len(rows), sum(row.has_taught for row in rows), sum(row.lessons for row in rows))
            for name, rows in found.items()
        ]
        return sorted(told)


def logged(window: Window) -> QuerySet[LessonLog]:
    """Entries that stand, of activities that were not withdrawn."""
    rows = LessonLog.objects.filter(known_on(window.at), on__gte=window.first, on__lte=window.last)
    if window.at is None:
        rows = rows.filter(withdrawn=False)
    activity = Activity.objects.filter(known_on(window.at), key=OuterRef("activity_key"))
    verified = Activity.objects.counted_at(window.at).filter(key=OuterRef("activity_key"))
    return rows.filter(Exists(activity)).annotate(is_verified=Exists(verified))


def coverage(window: Window, under: Collection[int] | None, level: str = "") -> Coverage:
    """Of the schools that count below these units on the last day (None: all). Seven queries, whatever there is."""
    schools = Unit.objects.on(window.last).filter(kind=UnitKind.SCHOOL)
    if under is not None:
        reached = Reach.objects.filter(covering(window.last), ancestor__in=list(under))
        schools = schools.filter(pk__in=reached.values("unit"))
    above = Reach.objects.filter(covering(window.last), unit__kind=UnitKind.SCHOOL, ancestor__kind__in=COMMUNE_KINDS)
    communes = dict(above.values_list("unit", "ancestor__name"))
    levels = levels_of()
    counted = ClassCount.objects.filter(known_on(window.at), year=window.year)
    classes = dict(counted.values_list("school", "number"))
    rows = {
        pk: SchoolRow(pk, code, name, communes.get(pk, ""), levels.get(pk, "").split(), classes.get(pk))
        for pk, code, name in schools.by_name().values_list("pk", "code", "name")
    }
    if level:
        rows = {pk: row for pk, row in rows.items() if level in row.levels}
    # what a school did before it was merged counts at the school that took it over
    takes = Reach.objects.filter(covering(window.last), depth=0, unit__kind=UnitKind.SCHOOL, undivided=False)
    counts_at = dict(takes.values_list("unit", "ancestor"))
    taught = []
    columns = ("school", "pack", "on", "grade", "held_in", "approved", "is_verified")
    for school, pack, on, grade, held_in, approved, verified in logged(window).order_by("on").values_list(*columns):
        if (row := rows.get(counts_at.get(school, school))) is None:
            continue
        row.lessons, row.verified, row.approved = row.lessons + 1, row.verified + verified, row.approved + approved
        row.packs.add(pack)
        row.grades.add(grade)
        row.languages.update(held_in.split())
        row.last = on
        taught.append((grade, held_in))
    return Coverage(window, list(rows.values()), taught)
