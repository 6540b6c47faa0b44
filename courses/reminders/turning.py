"""When somebody falls due, told from the spans of her standing alone. Pure.

Whatever moves a day – an extension, a longer grace, a renewal, an excuse – has moved the spans already, so a reminder
knows of it without a rule of its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from courses.standing.spans import State

LATE = (State.OVERDUE, State.EXPIRED)
_DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Stretch:
    """Days, `end` inclusive or None for open, on which somebody was in one state in some unit."""

    start: date
    end: date | None
    state: str


@dataclass(frozen=True)
class Turn:
    """`day` is the last day on which all is well; the next one is late. `renews`: a completion lapses then."""

    day: date
    state: State
    renews: bool

    def is_late_on(self, today: date) -> bool:
        return self.day < today


def turn_of(stretches: Iterable[Stretch], today: date) -> Turn | None:
    """How somebody required `today` came to be late, else when she next falls due; None for who is not required today
    or excused, and for who never falls due.
    """
    ordered = sorted(stretches, key=lambda one: (one.start, one.end or date.max))
    now = [one for one in ordered if one.start <= today <= (one.end or date.max)]
    if not now or any(one.state == State.EXCUSED for one in now):
        return None
    turn: Turn | None = None
    until = date.min
    for one in ordered:
        if one.state not in LATE:
            continue
        if turn is None or one.start > until + _DAY:
            if turn and until >= today:
                break
            turn, until = Turn(one.start - _DAY, State(one.state), one.state == State.EXPIRED), date.min
        until = max(until, one.end or date.max)
        if until == date.max:
            break
    return turn if turn and until >= today else None
