"""By what people are grouped: the unit below, the sector of their unit, their position, the duty, the course."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.content.course import CoursePage
from courses.requirements.requirement import RequirementRule
from courses.together.counting import Asked, Groups
from letters.folding import spelled, visible
from people.postings.coverage import Places
from people.postings.posting import Duty, Posting
from people.statements.plain_rows import among
from people.times import covering
from people.units.unit import Sector, Unit

# the group of those at the unit itself, and of a position that nobody wrote down
OWN, UNWRITTEN = "truc-thuoc", "khong-ghi"


class Dimension(models.TextChoices):
    UNIT = "don-vi", gettext_lazy("Đơn vị")
    DUTY = "nhiem-vu", gettext_lazy("Nhiệm vụ")
    COURSE = "khoa-hoc", gettext_lazy("Khóa học")
    SECTOR = "nganh", gettext_lazy("Ngành")
    POSITION = "chuc-danh", gettext_lazy("Chức danh")


@dataclass(frozen=True)
class Grouping:
    """`groups` of a row, by the keys of addresses; `names` by key."""

    groups: Groups
    names: Mapping[str, str]


@dataclass(frozen=True)
class Question:
    """What is needed to group: the rules in force by requirement, where units count, the day as known on another."""

    rules: Mapping[int, RequirementRule]
    places: Places
    day: date
    known_on: date | None = None


def grouping(by: Dimension, question: Question, rows: Collection[Asked]) -> Grouping:
    """At most two queries."""
    ways: dict[str, Callable[[Question, Collection[Asked]], Grouping]] = {
        Dimension.UNIT: _by_unit,
        Dimension.DUTY: _by_duty,
        Dimension.COURSE: _by_course,
        Dimension.SECTOR: _by_sector,
        Dimension.POSITION: _by_position,
    }
    return ways[by](question, rows)


def _by_unit(question: Question, rows: Collection[Asked]) -> Grouping:
    where = question.places
    codes = {child.pk: child.code for child in where.children}
    # of each unit once, not of each row
    found: dict[int, tuple[str, ...]] = {}

    def groups(row: Asked) -> Iterable[str]:
        if row.unit not in found:
            child = where.child_of.get(row.unit)
            found[row.unit] = (OWN if child is None else codes[child],)
        return found[row.unit]

    names = {child.code: child.name for child in where.children}
    return Grouping(groups, {**names, OWN: _("Trực thuộc")})


def _by_duty(question: Question, rows: Collection[Asked]) -> Grouping:
    names = dict(Duty.objects.values_list("key", "name"))
    keys = {pk: rule.duty.key for pk, rule in question.rules.items()}
    return Grouping(lambda row: [keys[row.requirement]], names)


def _by_course(question: Question, rows: Collection[Asked]) -> Grouping:
    """Of a programme each of its courses; *completed* is the requirement's."""
    titles = dict(CoursePage.objects.order_by("-locale_id").values_list("key", "title"))
    keys = {pk: rule.course_keys for pk, rule in question.rules.items()}
    names = {key: titles.get(key, key) for asked in keys.values() for key in asked}
    return Grouping(lambda row: keys[row.requirement], names)


def _by_sector(question: Question, rows: Collection[Asked]) -> Grouping:
    """Of the unit in which a posting counts on the day's map; as the unit is described now."""
    own = question.places.own
    at = {own[row.unit] for row in rows if row.unit in own}
    sectors = dict(Unit.every.filter(pk__in=among(at)).values_list("pk", "sector"))
    return Grouping(lambda row: [sectors[own[row.unit]]], {one.value: str(one.label) for one in Sector})


def _by_position(question: Question, rows: Collection[Asked]) -> Grouping:
    """Of the postings with the duty in the row's unit. Positions are typed freely: those of one spelling are one."""
    duties = {pk: rule.duty_id for pk, rule in question.rules.items()}
    held = Posting.objects.known_on(question.known_on).filter(
        covering(question.day),
        duties__in={*duties.values()},
        person__in=among({row.person for row in rows}),
    )
    positions: dict[tuple[int, int, int], set[str]] = defaultdict(set)
    written: dict[str, Counter[str]] = defaultdict(Counter)
    for person, unit, duty, typed in held.values_list("person_id", "unit_id", "duties", "position"):
        key = spelled(typed) or UNWRITTEN
        positions[person, unit, duty].add(key)
        written[key][visible(typed)] += 1
    names = {key: most(forms) for key, forms in written.items()} | {UNWRITTEN: _("Không ghi chức danh")}
    return Grouping(lambda row: positions[row.person, row.unit, duties[row.requirement]], names)


def most(forms: Counter[str]) -> str:
    """The form that is written most, of several the first in the alphabet."""
    return min(forms, key=lambda form: (-forms[form], form))
