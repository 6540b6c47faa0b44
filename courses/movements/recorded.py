"""Who recorded what made somebody count otherwise, and when. A constant number of queries for any number of people."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from courses.movements.causes import Cause
from courses.movements.completed import completed_facts, lesson_facts, voided_facts
from courses.movements.facts import Fact, posting_facts, relief_facts
from courses.movements.mapped import reformed_facts, ruled_fact
from courses.movements.reading import Told, Turned
from people.postings.coverage import written

ENTERING, LEAVING = (Cause.CAME, Cause.GIVEN), (Cause.LEFT, Cause.TAKEN)


@dataclass(frozen=True)
class Recorded:
    """`words` say what happened, `by` who wrote it down, "" where nobody did: a day passed; `at` is when."""

    turned: Turned
    words: str
    by: str = ""
    at: datetime | None = None


def recorded(movement: Told, turned: Iterable[Turned]) -> list[Recorded]:
    """In the order of `turned`. At most two queries a cause."""
    turned = list(turned)
    found = _facts(movement, turned)
    return [_row(movement, one, found.get((one.cause, one.person))) for one in turned]


def _row(movement: Told, one: Turned, fact: Fact | None) -> Recorded:
    if fact:
        return Recorded(one, fact.words, fact.by, fact.at)
    return Recorded(one, _of_itself(movement, one.cause))


def _of_itself(movement: Told, cause: Cause) -> str:
    rule = movement.last.rule
    if cause == Cause.LATE and rule:
        return _("Hạn chung %(day)s, hoặc hạn riêng, đã qua.") % {"day": written(rule.deadline)}
    if cause == Cause.MOVED:
        return _("Công tác có ân hạn sớm hơn đã kết thúc, nên hạn lùi lại.")
    return "–"


def _facts(movement: Told, turned: list[Turned]) -> dict[tuple[Cause, int], Fact]:
    by_cause: dict[Cause, list[int]] = {}
    for one in turned:
        by_cause.setdefault(one.cause, []).append(one.person)

    def of(*causes: Cause) -> list[int]:
        return [person for cause in causes for person in by_cause.get(cause, ())]

    first, last = movement.first, movement.last
    told: list[tuple[Collection[Cause], dict[int, Fact]]] = [
        (ENTERING, posting_facts(last, of(*ENTERING), begun=True)),
        (LEAVING, posting_facts(first, of(*LEAVING), begun=False)),
        ((Cause.EXCUSED,), relief_facts(last, of(Cause.EXCUSED))),
        ((Cause.BACK,), relief_facts(first, of(Cause.BACK))),
        ((Cause.COMPLETED, Cause.LAPSED), completed_facts(last, of(Cause.COMPLETED, Cause.LAPSED))),
        ((Cause.VOIDED,), voided_facts(first, last, of(Cause.VOIDED))),
        ((Cause.STARTED,), lesson_facts(last, of(Cause.STARTED))),
        ((Cause.REFORMED,), reformed_facts(first, last, of(Cause.REFORMED))),
    ]
    found = {(cause, person): fact for causes, facts in told for cause in causes for person, fact in facts.items()}
    people = of(Cause.RULE)
    if people and (ruled := ruled_fact(last)):
        found |= {(Cause.RULE, person): ruled for person in people}
    return found
