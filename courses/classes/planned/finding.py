"""Whom one could invite to a class: its people, narrowed by unit, duty, state and words."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from courses.classes.planned.participant import Participant, SeatState
from courses.classes.planned.seating import may_be_invited
from courses.classes.planned.training_class import TrainingClass
from courses.requirements.requirement import RequirementRule
from courses.standing.spans import State
from courses.standing.standing import Standing
from people.persons.user import UserQuerySet
from people.postings.posting import Duty, Posting
from people.rights import scope
from people.times import covering
from people.units.unit import Unit

# what is asked of a person by a requirement of the class's course
STATES = {
    "qua-han": (_("Quá hạn hoặc hết hiệu lực"), (State.OVERDUE, State.EXPIRED)),
    "chua-xong": (
        _("Chưa hoàn thành"),
        (State.OVERDUE, State.EXPIRED, State.IN_PROGRESS, State.NOT_STARTED),
    ),
}


@dataclass(frozen=True)
class Filter:
    """Each "" leaves its side open; what names nothing finds nobody."""

    unit: str = ""
    duty: str = ""
    state: str = ""
    words: str = ""

    @classmethod
    def of(cls, parameters) -> "Filter":
        names = ("don-vi", "nhiem-vu", "tinh-trang", "tim")
        return cls(*(parameters.get(name, "").strip()[:100] for name in names))


def found(user, training_class: TrainingClass, wanted: Filter, day: date) -> UserQuerySet:
    """Not yet in the class, by name. `day` is today, of which states and duties are asked."""
    inside = Participant.objects.filter(training_class=training_class).exclude(
        state__in=(SeatState.OFF, SeatState.DECLINED)
    )
    people = may_be_invited(user, training_class).exclude(pk__in=inside.values("person"))
    postings = Posting.objects.current().filter(covering(day))
    if wanted.unit:
        units = Unit.objects.on(day).filter(code=wanted.unit).values_list("pk", flat=True)
        people = people.filter(pk__in=postings.filter(unit__in=scope.under(units, day)).values("person"))
    if wanted.duty:
        people = people.filter(pk__in=postings.filter(duties__key=wanted.duty).values("person"))
    if wanted.state in STATES:
        people = people.filter(_in_states(training_class.course_key, STATES[wanted.state][1], day))
    if wanted.words:
        people = people.found(wanted.words)
    return people.by_name()


def _in_states(course_key: str, states, day: date) -> Q:
    rules = RequirementRule.objects.current()
    asking = {rule.requirement_id for rule in rules if course_key in rule.course_keys}
    rows = Standing.objects.filter(covering(day), requirement__in=asking, state__in=states)
    return Q(pk__in=rows.values("person"))


def units_of(training_class: TrainingClass, day: date) -> QuerySet[Unit]:
    """The class's unit and those below it, for the filter."""
    return Unit.objects.on(day).filter(pk__in=scope.under([training_class.unit_id], day)).by_name()


def duties() -> QuerySet[Duty]:
    return Duty.objects.order_by("name")
