"""What a page about several requirements asks, read from its address: `voi` are more of them, `theo` by what."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from courses.reports.figures.views import coverage_for
from courses.reports.query.lookup import read_query
from courses.reports.query.no_answer import NoAnswer
from courses.reports.query.query import ReportQuery, in_force, rules_known
from courses.requirements.requirement import Requirement, RequirementRule
from courses.standing.coverage import Coverage
from courses.together.counting import Outcome
from courses.together.dimensions import Dimension
from courses.together.reading import Together, together
from people.rights.reader import Reader


@dataclass(frozen=True)
class Several:
    """`rules` are those in force on the day, of every requirement; `chosen` are the requirements of the figure."""

    query: ReportQuery
    rules: dict[int, RequirementRule]
    chosen: tuple[Requirement, ...]
    by: Dimension
    group: str
    outcome: Outcome | None
    reader: Reader

    @cached_property
    def answer(self) -> Coverage:
        """Of the page's own requirement: its places and rosters are those of all. Raises Http404, CoverageError."""
        return coverage_for(self.query, self.reader)

    @cached_property
    def together(self) -> Together:
        days = self.query.days
        return together(self.chosen, self.rules, self.answer.places, days.as_of, self.by, days.known_on)

    @property
    def group_name(self) -> str:
        return str(self.together.names.get(self.group, self.group))

    def address(self, name: str = "together", **parameters) -> str:
        """With the same requirements; of the default ones none is named."""
        query = self.query
        others = [one.key for one in self.chosen if one != query.requirement]
        given = {"theo": "" if self.by == Dimension.UNIT else self.by.value, **parameters}
        if len(self.chosen) != len(self.in_force):
            given["voi"] = ",".join(others) or query.requirement.key
        return query.address(name, **given)

    @cached_property
    def in_force(self) -> list[Requirement]:
        return [one for one in self.query.others if one.pk in self.rules]


def read_several(reader: Reader, requirement: str, code: str, parameters) -> Several:
    """By default of every requirement in force on the day. Raises Http404, and NoAnswer for who may not see names: what
    is published of single requirements would, with a sum of them, tell more than either.
    """
    query = read_query(reader, requirement, code, parameters)
    if not reader.may_see_people(query.unit.pk):
        ways = [(one.name, query.about(one)) for one in query.others]
        reason = _("Vai trò của anh chị xem số liệu cuối tháng của từng yêu cầu; con số gộp sẽ để lộ đơn vị nhỏ.")
        raise NoAnswer(_("Không nêu con số gộp"), reason, ways)
    rules = rules_known(query.days.known_on)
    now = {one.pk: rule for one in query.others if (rule := in_force(rules, one, query.days.as_of))}
    asked = {key for text in parameters.getlist("voi") for key in text.split(",") if key}
    chosen = [one for one in query.others if one == query.requirement or not asked or one.key in asked]
    by, outcome = parameters.get("theo", ""), parameters.get("muc", "")
    return Several(
        query,
        now,
        tuple(one for one in chosen if one.pk in now),
        Dimension(by) if by in Dimension.values else Dimension.UNIT,
        parameters.get("nhom", "")[:200],
        Outcome(outcome) if outcome in {*Outcome} else None,
        reader,
    )
