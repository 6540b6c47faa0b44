"""Why somebody counts otherwise on a second day than on a first: exactly one cause for each person.

Pure. The first that fits, in this order:

- she did not count at the unit and does now: the rule asks her now (RULE), her unit is here on the second day's map
  (REFORMED), she was posted here without the duty (GIVEN), else she CAME;
- she counted and does no more: the same the other way round (RULE, REFORMED, TAKEN), else she LEFT;
- she counts on both days in another state: an excuse began (EXCUSED) or ended (BACK); by the rule of the first day she
  would stand as she did, or what she completed between would still count (RULE); she COMPLETED; a completion was
  VOIDED, or it LAPSED, be it one made between; her due day passed (LATE) or is later now (MOVED); she read her first
  lesson (STARTED). OTHER is what none of these explains; no fact leads there.

What happened between the days and had passed by the second one is no change: figures of two days know nothing of it.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.standing.spans import State


class Cause(models.TextChoices):
    CAME = "den", _("Đến")
    LEFT = "di", _("Đi")
    GIVEN = "nhan-viec", _("Nhận nhiệm vụ")
    TAKEN = "thoi-viec", _("Thôi nhiệm vụ")
    REFORMED = "sap-xep", _("Sắp xếp đơn vị")
    RULE = "quy-dinh", _("Đổi quy định")
    EXCUSED = "mien", _("Bắt đầu miễn")
    BACK = "het-mien", _("Hết miễn")
    COMPLETED = "hoan-thanh", _("Hoàn thành")
    LAPSED = "het-hieu-luc", _("Hết hiệu lực")
    VOIDED = "bi-huy", _("Bị hủy")
    LATE = "qua-han", _("Quá hạn")
    MOVED = "lui-han", _("Hạn lùi")
    STARTED = "bat-dau", _("Bắt đầu học")
    OTHER = "khac", _("Lý do khác")


@dataclass(frozen=True, slots=True)
class Side:
    """One person on one day. `state` is None where she does not count at the unit. `posts` are (unit, duty) of her
    postings anywhere, by id; duty 0 for one that carries none.
    """

    state: str | None = None
    posts: frozenset[tuple[int, int]] = frozenset()

    def units(self) -> set[int]:
        return {unit for unit, _duty in self.posts}

    def with_duty(self, duty: int | None) -> set[int]:
        return {unit for unit, held in self.posts if held == duty}


@dataclass(frozen=True, slots=True)
class Frame:
    """What both days ask of everybody: the duty of the rule in force (None before the first rule), and the units, by
    id, that count at or below the unit on each day's map.
    """

    duties: tuple[int | None, int | None]
    here: tuple[frozenset[int], frozenset[int]]
    # another version of the rule is in force on the second day
    ruled_anew: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """`kept` is her state on the second day by the rule of the first, None where it asks nothing of her; read only
    where the rule is another. `voided`: between the days a completion of hers was voided that the rule asks for;
    `lapsed_anyway`: each of those would have lapsed by the second day.
    """

    before: Side
    after: Side
    kept: str | None = None
    voided: bool = False
    lapsed_anyway: bool = False


# completed by the rule of the first day, lapsed by that of the second
RULED_OUT = (State.COMPLETED, State.EXPIRED)


def cause_of(change: Change, frame: Frame) -> Cause | None:
    """None where both days tell the same of her."""
    before, after = change.before.state, change.after.state
    if before == after:
        return None
    if before is None:
        return _entering(change, frame)
    if after is None:
        return _leaving(change, frame)
    if State.EXCUSED in (before, after):
        return Cause.EXCUSED if after == State.EXCUSED else Cause.BACK
    if frame.ruled_anew and (change.kept in (None, before) or (change.kept, after) == RULED_OUT):
        return Cause.RULE
    cause = _turning(change, before, after)
    # no one fact leads from the one state to the other: she did something between, and the rule asks for another
    return Cause.RULE if cause == Cause.OTHER and frame.ruled_anew else cause


def _entering(change: Change, frame: Frame) -> Cause:
    (first, second), then = frame.here, change.before
    asked = then.with_duty(frame.duties[1])
    if frame.ruled_anew and asked & first:
        return Cause.RULE
    if asked & second:
        return Cause.REFORMED
    return Cause.GIVEN if then.units() & (first | second) else Cause.CAME


def _leaving(change: Change, frame: Frame) -> Cause:
    (first, second), now = frame.here, change.after
    asked = now.with_duty(frame.duties[0])
    if frame.ruled_anew and asked & second:
        return Cause.RULE
    if asked & first:
        return Cause.REFORMED
    return Cause.TAKEN if now.units() & (first | second) else Cause.LEFT


def _turning(change: Change, before: str, after: str) -> Cause:
    """Neither state is *excused*."""
    if after == State.COMPLETED:
        return Cause.COMPLETED
    if before in (State.COMPLETED, State.EXPIRED):
        if change.voided and not (after == State.EXPIRED and change.lapsed_anyway):
            return Cause.VOIDED
        return Cause.LAPSED if before == State.COMPLETED else Cause.OTHER
    if after == State.EXPIRED:
        return Cause.LAPSED
    if after == State.OVERDUE:
        return Cause.LATE
    if change.voided:
        return Cause.VOIDED
    if before == State.OVERDUE:
        return Cause.MOVED
    return Cause.STARTED if after == State.IN_PROGRESS else Cause.OTHER
