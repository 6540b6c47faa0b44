"""What one person must complete, by which day, and their state today."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from django.db.models import Max, OuterRef, QuerySet, Subquery

from courses.requirements.relief import extensions
from courses.standing.facts import rules_by_requirement
from courses.standing.spans import CompletionFact, Rule, State, own_due_day, rule_in_force, valid_until
from courses.standing.standing import Standing
from courses.standing.state_tones import TONES
from people.persons.merges import one_person
from people.postings.posting import Posting
from people.statements.kept import rows_about
from people.times import covering

# a nearer deadline is shown in days
SOON = timedelta(days=30)


@dataclass(frozen=True)
class Due:
    """One course that a requirement asks for. `day` is the last day before overdue; `valid_until` the last day of the
    completion, None if it never lapses. Of a programme, `state` is the course's own, and `programme` says how many of
    its courses are valid.
    """

    name: str
    course_key: str
    state: State
    day: date
    days_left: int
    completed_on: date | None = None
    valid_until: date | None = None
    # the course is completed; of the observed practice that the requirement names, some is not passed yet
    awaits_practice: bool = False
    # (valid courses, all courses) of a programme
    programme: tuple[int, int] | None = None
    # the course that keeps this completion, made under the law before, valid; "" where none does
    refresher: str = ""

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @property
    def to_do(self) -> bool:
        return self.state not in (State.COMPLETED, State.EXCUSED)

    @property
    def is_soon(self) -> bool:
        return self.to_do and 0 <= self.days_left <= SOON.days


def dues(person, completed: dict[str, date], today: date) -> list[Due]:
    """By deadline, the courses of a programme together. `completed` is the last completion by course. Two queries,
    three where a rule has days of grace.
    """
    # a person is in one state a day, in however many units
    standings = {
        key: (name, State(state), (extended,) if extended else ())
        for key, name, state, extended in rows_about(person, ("standings", today), partial(_standings, today))
    }
    rules = (
        {key: rule_in_force(versions, today) for key, versions in rules_by_requirement().items()} if standings else {}
    )
    mine = {key: rule for key in standings if (rule := rules.get(key))}
    starts = _starts(person, today) if any(rule.grace_days for rule in mine.values()) else {}
    person_dues = [due for key, rule in mine.items() for due in _dues(*standings[key], rule, starts, completed, today)]
    return sorted(person_dues, key=lambda due: (not due.to_do, due.day, due.name))


def _standings(today: date, person) -> QuerySet:
    """(requirement, its name, state, her own due day where one was granted)."""
    granted = extensions().filter(person__in=one_person(person), requirement=OuterRef("requirement")).order_by()
    latest = Subquery(granted.values("requirement").annotate(latest=Max("end")).values("latest"))
    rows = Standing.objects.filter(covering(today), person=person.pk).annotate(extended=latest)
    return rows.values_list("requirement", "requirement__name", "state", "extended")


def _dues(
    name: str,
    state: State,
    extended: tuple[date, ...],
    rule: Rule,
    starts: dict[int, date],
    completed: dict[str, date],
    today: date,
) -> list[Due]:
    """One for each course of the rule."""
    day = own_due_day(rule, starts.get(rule.duty, today), extended)
    refresher = rule.law.refresher if rule.law else ""
    until = {
        key: valid_until(CompletionFact(key, done), rule, refresher in completed)
        for key in rule.courses
        if (done := completed.get(key))
    }
    valid = {key for key, last in until.items() if last is None or today <= last}
    awaits = bool(rule.rubrics) and state in (State.IN_PROGRESS, State.OVERDUE)
    programme = (len(valid), len(rule.courses)) if rule.more_courses else None
    return [
        Due(
            name,
            key,
            state if programme is None else _own_state(state, key, until, valid),
            day,
            (day - today).days,
            completed.get(key),
            until.get(key),
            awaits and key in completed,
            programme,
            refresher if key in completed and rule.law and completed[key] < rule.law.begins else "",
        )
        for key in rule.courses
    ]


def _own_state(state: State, key: str, made: Collection[str], valid: Collection[str]) -> State:
    """Of one course of a programme whose state this is."""
    if state in (State.COMPLETED, State.EXCUSED):
        return state
    if key in valid:
        return State.COMPLETED
    return State.EXPIRED if key in made else state


def _starts(person, today: date) -> dict[int, date]:
    """The earliest start of a posting held today, by duty."""
    rows = Posting.objects.current().filter(covering(today), person=person, duties__isnull=False)
    return dict(rows.order_by("-start").values_list("duties", "start"))
