"""The record of a performance as it is shown: both forms side by side, and what was agreed."""

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from courses.practice.observed.agreeing import AgreedLevel, How, Proposal, given_levels
from courses.practice.observed.agreement import apart
from courses.practice.observed.filling import NO_OCCASION
from courses.practice.observed.observation import ObservedLevel
from courses.practice.observed.outcome import Agreed, share_of
from courses.practice.observed.session import Performance
from courses.practice.observed.versions import Behaviour, FrozenRubric


@dataclass(frozen=True)
class RecordRow:
    """One behaviour. `agreed` is None while it is open; `named` is {place: proposal} of the observers."""

    rubric: FrozenRubric
    behaviour: Behaviour
    first: ObservedLevel
    second: ObservedLevel
    agreed: AgreedLevel | None
    named: dict[int, Proposal]

    @property
    def is_alike(self) -> bool:
        return self.first.level == self.second.level

    @property
    def needs_reason(self) -> bool:
        return apart(self.first.level, self.second.level)

    @property
    def is_unsettled(self) -> bool:
        """Both observers have named a level, and not the same one."""
        return self.agreed is None and len(self.named) == 2

    @property
    def choices(self) -> list[tuple[str, str, str]]:
        """(value, name, description) of the two levels that were given."""
        return [
            (NO_OCCASION if level is None else str(level), self.name_of(level), self.words_of(level))
            for level in sorted({self.first.level, self.second.level}, key=lambda level: level or 0)
        ]

    def name_of(self, level: int | None) -> str:
        if level is None:
            return _("Không có dịp")
        label = next(one.label for one in self.rubric.levels if one.number == level)
        return _("Mức %(number)d, %(label)s") % {"number": level, "label": label[0].lower() + label[1:]}

    def words_of(self, level: int | None) -> str:
        """The described level; "" for no occasion."""
        return "" if level is None else self.behaviour.levels[level]

    @property
    def first_name(self) -> str:
        return self.name_of(self.first.level)

    @property
    def second_name(self) -> str:
        return self.name_of(self.second.level)

    @property
    def agreed_name(self) -> str:
        return self.name_of(self.agreed.level) if self.agreed else ""

    @property
    def agreed_words(self) -> str:
        return self.words_of(self.agreed.level) if self.agreed else ""

    @property
    def named_by(self) -> list[tuple[int, str, str]]:
        """(place, level, reason) of what the observers have named."""
        return [(place, self.name_of(one.level), one.reason) for place, one in sorted(self.named.items())]

    @property
    def how(self) -> str:
        return str(How(self.agreed.how).label) if self.agreed else ""


@dataclass(frozen=True)
class Record:
    rows: list[RecordRow]
    rubric: FrozenRubric

    @property
    def open(self) -> list[RecordRow]:
        return [row for row in self.rows if row.agreed is None]

    @property
    def differences(self) -> int:
        return sum(not row.is_alike for row in self.rows)

    @property
    def seen(self) -> int:
        """Behaviours that had occasion, of the agreed ones."""
        return sum(row.agreed is not None and row.agreed.level is not None for row in self.rows)

    @property
    def reached(self) -> int:
        share: Fraction | None = share_of(self.rubric.rule, self._agreed())
        return int(share * self.seen) if share is not None else 0

    def _agreed(self) -> list[Agreed]:
        return [Agreed(row.behaviour.critical, row.agreed.level) for row in self.rows if row.agreed]


def record_of(performance: Performance) -> Record:
    """Three queries; both forms must be in."""
    rubric = performance.session.version.frozen
    given = given_levels(performance)
    agreed = {row.behaviour: row for row in performance.agreed.all()}
    named: dict[str, dict[int, Proposal]] = {}
    for one in performance.proposals.all():
        named.setdefault(one.behaviour, {})[one.place] = one
    rows = [
        RecordRow(rubric, behaviour, *given[behaviour.id], agreed.get(behaviour.id), named.get(behaviour.id, {}))
        for behaviour in rubric.behaviours
    ]
    return Record(rows, rubric)
