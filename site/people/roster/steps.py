"""What moving, ending, or giving and taking a duty makes of a posting. Pure: postings in, steps out."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

DAY = timedelta(days=1)


class Kind(models.TextChoices):
    MOVE = "chuyen", gettext_lazy("Chuyển đơn vị")
    END = "thoi", gettext_lazy("Thôi công tác")
    GIVE = "giao", gettext_lazy("Giao nhiệm vụ")
    TAKE = "bo", gettext_lazy("Bỏ nhiệm vụ")


# of one posting, as if it had been so from the start; not offered for many
MEND = "sua"


@dataclass(frozen=True, slots=True)
class Held:
    """A posting as it is believed, or shall be; `pk` None: not yet written."""

    person: int
    unit: int
    position: str
    start: date
    end: date | None
    duties: frozenset[int]
    pk: int | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """`on` is the first day of what is new; of an end the last day that counts. `position` "": the same as before."""

    kind: str
    on: date
    unit: int | None = None
    position: str = ""
    duty: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """`old` is believed no more (None: there was none), `new` instead (None: nothing)."""

    old: Held | None
    new: Held | None


class CannotAct(Exception):
    """str() is one Vietnamese sentence."""


def steps_of(order: Order, held: Held) -> list[Step]:
    """What becomes of one posting. Raises CannotAct."""
    if held.end is not None and held.end < order.on and order.kind != Kind.END:
        raise CannotAct(_("Đã thôi ngày %s, trước ngày này.") % f"{held.end:%d/%m/%Y}")
    if order.kind == Kind.END:
        return _ended(order, held)
    if order.kind == Kind.MOVE:
        return _moved(order, held)
    return _with_duties(order, held)


def _ended(order: Order, held: Held) -> list[Step]:
    if held.end is not None and held.end <= order.on:
        raise CannotAct(_("Đã thôi từ ngày %s.") % f"{held.end:%d/%m/%Y}")
    if held.start > order.on:
        reason = _("Bắt đầu ngày %s, sau ngày thôi. Nếu chưa từng công tác, hãy hoàn tác lần ghi ấy.")
        raise CannotAct(reason % f"{held.start:%d/%m/%Y}")
    return [Step(held, replace(held, end=order.on, pk=None))]


def _moved(order: Order, held: Held) -> list[Step]:
    position = order.position or held.position
    if order.unit == held.unit and position == held.position:
        raise CannotAct(_("Đang ở đúng đơn vị và chức danh này."))
    assert order.unit is not None
    return _split(order, held, replace(held, unit=order.unit, position=position))


def _with_duties(order: Order, held: Held) -> list[Step]:
    assert order.duty is not None
    has = order.duty in held.duties
    if order.kind == Kind.GIVE and has:
        raise CannotAct(_("Đã có nhiệm vụ này."))
    if order.kind == Kind.TAKE and not has:
        raise CannotAct(_("Không có nhiệm vụ này."))
    duties = held.duties ^ {order.duty}
    if held.start >= order.on:
        return [Step(held, replace(held, duties=duties, pk=None))]
    return _split(order, held, replace(held, duties=duties))


def _split(order: Order, held: Held, after: Held) -> list[Step]:
    """Ends the one on the day before and begins the other."""
    if held.start >= order.on:
        reason = _("Bắt đầu ngày %s; ngày chuyển phải sau ngày ấy.")
        raise CannotAct(reason % f"{held.start:%d/%m/%Y}")
    return [Step(held, replace(held, end=order.on - DAY, pk=None)), Step(None, replace(after, start=order.on, pk=None))]
