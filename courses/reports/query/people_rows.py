"""The rows of people behind a figure, for the page and the export."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, Max, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.attempts.attempt import Attempt
from courses.progress.begun import CourseBegun
from courses.progress.lessons import LessonSeen
from courses.retests.rules import Knowledge
from courses.standing.people_standing import PersonRow
from courses.standing.spans import State
from courses.standing.state_tones import TONES
from people.statements.plain_rows import among
from people.times import end_of_day


@dataclass(frozen=True)
class Line:
    """A person's row in words; `last_activity` is None without activity in the course by the as-of day. `too_fast`: an
    attempt by then was handed in sooner than its questions can be read.
    """

    row: PersonRow
    as_of: date
    last_activity: datetime | None
    too_fast: bool = False

    @property
    def name(self) -> str:
        return self.row.full_name

    @property
    def staff_code(self) -> str:
        return self.row.staff_code

    @property
    def address(self) -> str:
        return reverse("reports:person", args=[self.row.staff_code])

    @property
    def state(self) -> str:
        return _("Đã hoàn thành, nội dung chưa duyệt") if self.row.unapproved else str(self.row.state.label)

    @property
    def knowledge(self) -> str:
        """What the latest re-test told of somebody completed; "" of others."""
        if self.row.state != State.COMPLETED:
            return ""
        return str(Knowledge(self.row.knowledge or Knowledge.NOT_KNOWN).label)

    @property
    def knowledge_tag(self) -> str:
        """Only what a re-test told: nobody is marked for not having been asked."""
        return self.knowledge.lower() if self.row.knowledge else ""

    @property
    def tone(self) -> str:
        return TONES[self.row.state]

    @property
    def position(self) -> str:
        return "; ".join(dict.fromkeys(place.position for place in self.row.placements if place.position)) or "–"

    @property
    def unit(self) -> str:
        return "; ".join(dict.fromkeys(place.unit for place in self.row.placements))

    @property
    def undivided(self) -> bool:
        return any(place.undivided for place in self.row.placements)

    @property
    def last_day(self) -> date | None:
        # `timezone.localdate` looks for the zone of each thread, which here is the same for all
        last = self.last_activity
        return last.astimezone(timezone.get_default_timezone()).date() if last else None

    @property
    def without_activity(self) -> str:
        """The text in place of the last day; people who completed in a class have no activity here."""
        return "–" if self.row.state in (State.COMPLETED, State.EXPIRED) else _("Chưa học")

    @property
    def due(self) -> str:
        """The relevant day of this state, in words."""
        row = self.row
        if row.state == State.COMPLETED:
            return _("hiệu lực đến hết %s") % _day(row.valid_until) if row.valid_until else _("không hết hiệu lực")
        if row.state == State.EXPIRED:
            return _("hết hiệu lực sau %s") % _day(row.valid_until)
        if row.state == State.EXCUSED or row.due is None:
            return "–"
        if row.state == State.OVERDUE:
            return _("hạn %(day)s, quá %(n)d ngày") % {"day": _day(row.due), "n": (self.as_of - row.due).days}
        return _("hạn %s") % _day(row.due)


def lines(rows: Iterable[PersonRow], course_keys: Collection[str], as_of: date) -> list[Line]:
    rows = list(rows)
    done = activity([row.person_id for row in rows], course_keys, as_of)
    return [Line(row, as_of, *done.get(row.person_id, (None, False))) for row in rows]


def activity(person_ids: list[int], course_keys: Collection[str], as_of: date) -> dict[int, tuple[datetime, bool]]:
    """By person: the last lesson read or quiz attempted in the courses by the end of `as_of`, in another one where the
    lesson was moved here by then, and whether an attempt was handed in too fast; one query.
    """
    if not person_ids:
        return {}
    about = {"person__in": among(person_ids), "course_key__in": course_keys}
    moved = CourseBegun.objects.filter(**about, at__lt=end_of_day(as_of))
    seen = LessonSeen.objects.filter(**about, seen_at__lt=end_of_day(as_of))
    tried = Attempt.objects.at_quizzes().filter(**about, started_at__lt=end_of_day(as_of))
    at = Max(Coalesce("submitted_at", "started_at"))
    fast = Max(Case(When(too_fast=True, submitted_at__lt=end_of_day(as_of), then=1), default=0))
    read = seen.order_by().values("person_id").annotate(at=Max("seen_at"), fast=Value(0))
    came = moved.order_by().values("person_id").annotate(last=Max("read_at"), fast=Value(0))
    worked = tried.order_by().values("person_id").annotate(at=at, fast=fast)
    columns = ("person_id", "at", "fast")
    latest: dict[int, tuple[datetime, bool]] = {}
    rows = read.values_list(*columns).union(
        worked.values_list(*columns), came.values_list("person_id", "last", "fast"), all=True
    )
    for person, moment, too_fast in rows:
        before, was = latest.get(person, (moment, False))
        latest[person] = max(moment, before), was or bool(too_fast)
    return latest


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else "–"
