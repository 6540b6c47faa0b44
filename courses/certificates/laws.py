"""Under which law a completion was made: a change of the law revokes no certificate, and its check page says it."""

from dataclasses import dataclass
from datetime import date

from courses.requirements.requirement import RequirementRule


@dataclass(frozen=True)
class Law:
    """A law that a rule names, from the day on which it is the law; `is_later`: the completion was made before it."""

    name: str
    begins: date
    is_later: bool


def law_of(course_key: str, completed_on: date) -> Law | None:
    """The latest law by then of those that rules of the course name, else the first that came after; None where no rule
    names one. One query.
    """
    rules = RequirementRule.objects.current().exclude(law="").order_by("law_begins")
    named = [rule for rule in rules if course_key in rule.course_keys]
    before = [rule for rule in named if rule.law_begins and rule.law_begins <= completed_on]
    chosen = before[-1] if before else next(iter(named), None)
    if chosen is None or chosen.law_begins is None:
        return None
    return Law(chosen.law, chosen.law_begins, is_later=not before)
