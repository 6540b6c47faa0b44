"""What a page about two days asks, read from its address: `tu` is the first day, the rest is of any report."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from courses.month_ends.reading import published_days
from courses.movements.bridge import WHAT, Turn, is_brought, is_taken
from courses.movements.causes import Cause
from courses.movements.ends import Asked
from courses.movements.reading import Movement, Told, movement
from courses.reports.query.no_answer import NoAnswer
from courses.reports.query.query import FIRST_DAY, ReportQuery, typed_in
from people.postings.coverage import CoverageError, written
from people.rights.reader import Reader
from people.times import add_months, today
from people.typed_times import NotUnderstood, read_day

# the values of `chieu`
BROUGHT, TAKEN = "tang", "giam"


@dataclass(frozen=True)
class Between:
    query: ReportQuery
    first: date

    @property
    def last(self) -> date:
        return self.query.days.as_of

    def address(self, name: str = "movement", **parameters) -> str:
        return self.query.address(name, **{"tu": self.first.isoformat(), **parameters})

    @property
    def asked(self) -> Asked:
        query, days = self.query, self.query.days
        return Asked(query.requirement, query.unit, self.first, self.last, days.other_geography, days.known_on)

    def movement(self) -> Movement:
        """Raises CoverageError where the unit was not known on the past day of knowledge."""
        made = movement(self.asked)
        self.check(made)
        return made

    def check(self, made: Told) -> None:
        query, days = self.query, self.query.days
        if made.last.places is None:
            params = {"unit": query.unit.name, "day": written(self.last), "known": written(days.known_on or today())}
            raise CoverageError(_("Theo dữ liệu đến %(known)s, chưa có %(unit)s vào ngày %(day)s.") % params)


def read_between(query: ReportQuery, parameters) -> Between:
    """A bad first day falls back to one month before the last, is told with a sentence and stays in its field."""
    last = query.days.as_of
    text = typed_in(parameters, "tu")
    first = _read(text) if text else None
    if first and FIRST_DAY <= first < last:
        return Between(query, first)
    fallback = add_months(last, -1)
    if text:
        params = {"typed": text, "last": written(last), "first": written(fallback)}
        why = _("Ngày đầu “%(typed)s” phải là một ngày trước %(last)s, như %(first)s; đang dùng %(first)s.") % params
        query.days.refuse("tu", text, why)
    return Between(query, fallback)


def _read(text: str) -> date | None:
    try:
        return read_day(text, today()).value
    except NotUnderstood:
        return None


def as_published(between: Between) -> Between:
    """For who may not see names: the latest month end up to the first day. Raises NoAnswer where there is none."""
    ends = published_days(between.query.requirement)
    first = max((day for day in ends if day <= between.first), default=None)
    if first is None:
        earlier = [day for day in ends if day < between.last]
        ways = [(_("Từ ngày %s") % written(earlier[0]), _since(between, earlier[0]))] if earlier else []
        raise NoAnswer(
            _("Chưa có số liệu cuối tháng đến ngày đầu"),
            _("Vai trò của anh chị so sánh hai ngày cuối tháng đã công bố."),
            [*ways, (_("Về con số"), between.query.address())],
        )
    return Between(between.query, first)


def _since(between: Between, day: date) -> str:
    return Between(between.query, day).address()


def first_days(between: Between) -> list[dict]:
    """Days from which people usually ask: a week, the month, the year, the annual report before."""
    last = between.last
    days = [
        (_("7 ngày"), date.fromordinal(last.toordinal() - 7)),
        (_("một tháng"), add_months(last, -1)),
        (_("từ đầu năm"), date(last.year - 1, 12, 31)),
        (_("một năm"), add_months(last, -12)),
    ]
    return [{"label": label, "address": _since(between, day), "current": day == between.first} for label, day in days]


@dataclass(frozen=True)
class Chosen:
    """The rows behind a number: of one cause (None: all), and of those only whom `way` says of `what`."""

    cause: Cause | None
    what: str = ""
    way: str = ""

    def has(self, cause: Cause, turn: Turn) -> bool:
        return (self.cause is None or cause == self.cause) and self._turns(turn)

    def _turns(self, turn: Turn) -> bool:
        if not self.what:
            return True
        states = WHAT[self.what]
        is_in, is_out = is_brought(turn, states), is_taken(turn, states)
        return {BROUGHT: is_in, TAKEN: is_out}.get(self.way, is_in or is_out)

    @property
    def parameters(self) -> dict[str, str]:
        return {"ly_do": self.cause or "", "muc": self.what, "chieu": self.way}


def read_chosen(parameters) -> Chosen:
    """What is unknown is ignored."""
    cause, what, way = (parameters.get(name, "") for name in ("ly_do", "muc", "chieu"))
    known = what if what in WHAT else ""
    return Chosen(
        Cause(cause) if cause in Cause.values else None, known, way if known and way in (BROUGHT, TAKEN) else ""
    )


def sees_people(between: Between, reader: Reader) -> bool:
    return reader.may_see_people(between.query.unit.pk)
