"""The people behind a figure, as known now: their units, their states and the days that matter."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property

from django.db.models import BigIntegerField, Exists, F, FilteredRelation, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from courses.completions.completion import Completion
from courses.requirements.relief import extensions
from courses.requirements.requirement import Requirement
from courses.standing.facts import rules_by_requirement
from courses.standing.spans import CompletionFact, Rule, State, add_days, own_due_day, rule_in_force
from courses.standing.standing import Standing
from people.persons.merges import Merge, hers, with_merged
from people.persons.user import User
from people.postings.coverage import CoverageError, Places, places, under, written
from people.postings.posting import Posting
from people.statements.plain_rows import among
from people.times import covering
from people.units.successions import Reach

# people that an export reads at a time
CHUNK = 2000


@dataclass(frozen=True)
class Placement:
    """A posting with the duty, and the unit in which it counts on the geography date.

    `undivided`: it counts there only because its unit was split without an heir.
    """

    unit_id: int
    code: str
    unit: str
    position: str
    undivided: bool = False


@dataclass(frozen=True)
class PersonRow:
    """One person. `since` is the first day of the state, without a break (if asked for); `due` the last before overdue.

    `completed_on` is the last completion that counts, `valid_until` its last day or None where it never lapses; of a
    programme the day on which each course was made, and the first last day of the courses.
    `unapproved`: completed, but only by content that was not approved. `knowledge`: what the latest re-test told.
    """

    person_id: int
    staff_code: str
    full_name: str
    state: State
    since: date | None
    placements: tuple[Placement, ...]
    completed_on: date | None
    valid_until: date | None
    due: date | None
    unapproved: bool = False
    knowledge: str = ""


def people_standing(
    requirement: Requirement,
    unit: str | Places | None,
    as_of: date,
    geography: date | None = None,
    *,
    states: Collection[str] | None = None,
    child: str | None = None,
    rule: Rule | None = None,
    with_since: bool = True,
    unapproved: bool | None = None,
    knowledge: str | None = None,
    found: str = "",
    many: bool = False,
) -> "PeopleStanding":
    """Everybody who counts at or below the unit (a code, or the `places` of a coverage), once each, by given name.

    `states` filters by state, `unapproved` by what a completion rests on, `knowledge` by re-tests ("" is
    not known), `found` by words of name, code, e-mail or telephone; `child` by one direct child's code, "" for
    the people posted at the unit itself. `many`: thousands are known to be there, so that the first of them are looked
    for among everybody in the order of names instead of being sorted. For a Paginator: `count()` is one query, a slice
    five (`many`: six); one less if the `rule`
    in force is given, one less without `since`. Raises CoverageError.
    """
    where = unit if isinstance(unit, Places) else places(unit, geography or as_of)
    here = under(where.unit.pk, where.geography)
    if child == "":
        here = under(where.unit.pk, where.geography, depth=0)
    elif child is not None:
        known = {c.code: c.pk for c in where.children}
        if child not in known:
            params = {"code": child, "unit": where.unit.name, "day": written(where.geography)}
            reason = _("Không có đơn vị mã %(code)s trực thuộc %(unit)s vào ngày %(day)s.")
            raise CoverageError(reason % params)
        here = under(known[child], where.geography)
    rows = Standing.objects.filter(covering(as_of), here, requirement=requirement)
    if states is not None:
        rows = rows.filter(state__in=states)
    if unapproved is not None:
        rows = rows.filter(unapproved=unapproved)
    if knowledge is not None:
        rows = rows.filter(knowledge=knowledge)
    if found:
        rows = rows.filter(person__in=User.objects.found(found).values("pk"))
    return PeopleStanding(requirement, where, as_of, rows, rule, with_since, many)


class PeopleStanding:
    """A list for Django's Paginator; iteration reads in chunks, for exports."""

    def __init__(
        self,
        requirement: Requirement,
        where: Places,
        as_of: date,
        rows: QuerySet,
        rule: Rule | None = None,
        with_since: bool = True,
        many: bool = False,
    ):
        self.requirement, self.where, self.as_of = requirement, where, as_of
        self._given_rule, self._with_since = rule, with_since
        self._standings, self._many = rows.order_by(), many
        columns = ("person_id", "person__staff_code", "person__full_name", "state", "unapproved", "knowledge")
        # a person is in one state a day, in however many units
        self._people = rows.order_by("person__name_order", "person_id").values_list(*columns).distinct()

    def count(self) -> int:
        return self._people.order_by().count()

    def __len__(self) -> int:
        return self.count()

    def ids(self) -> QuerySet:
        """For use as a subquery."""
        return self._people.order_by().values("person_id")

    def __iter__(self) -> Iterator[PersonRow]:
        chunk: list = []
        for person in self._people.iterator(chunk_size=CHUNK):
            chunk.append(person)
            if len(chunk) == CHUNK:
                yield from self._rows(chunk)
                chunk = []
        yield from self._rows(chunk)

    def __getitem__(self, place: slice) -> list[PersonRow]:
        people = self._people
        if self._many:
            held = User.objects.filter(Exists(self._standings.filter(person=OuterRef("pk")))).order_by(
                "name_order", "pk"
            )
            people = people.filter(person__in=list(held.values_list("pk", flat=True)[place]))
            place = slice(None)
        return self._rows(list(people[place]))

    @cached_property
    def _rule(self) -> Rule | None:
        return self._given_rule or rule_in_force(
            rules_by_requirement(self.requirement).get(self.requirement.pk, ()), self.as_of
        )

    def _rows(self, people: list[tuple[int, str, str, str, bool, str]]) -> list[PersonRow]:
        ids = [person for person, *_others in people]
        if not ids or self._rule is None:
            return []
        since = self._since(ids) if self._with_since else {}
        completions = self._completions(ids, self._rule)
        placements, begun = self._postings(ids)
        return [
            PersonRow(
                person_id=person,
                staff_code=staff_code,
                full_name=full_name,
                state=State(state),
                since=since.get(person),
                placements=tuple(placements[person]),
                completed_on=completions[person][0] if person in completions else None,
                valid_until=completions[person][1] if person in completions else None,
                due=own_due_day(self._rule, *begun[person]) if person in begun else None,
                unapproved=unapproved,
                knowledge=knowledge,
            )
            for person, staff_code, full_name, state, unapproved, knowledge in people
        ]

    def _since(self, ids: list[int]) -> Mapping[int, date]:
        """By person: the first day of the unbroken run of spans in the same state, in any unit."""
        begun = Standing.objects.filter(requirement=self.requirement, person__in=among(ids), start__lte=self.as_of)
        since: dict[int, date] = {}
        state_of: dict[int, str] = {}
        for person, state, start, end in begun.order_by("-start").values_list("person_id", "state", "start", "end"):
            if end is None or end >= self.as_of:
                state_of.setdefault(person, state)
                since[person] = min(start, since.get(person, start))
            elif state == state_of.get(person) and add_days(end, 1) >= since[person]:
                since[person] = min(start, since[person])
        return since

    def _completions(self, ids: list[int], rule: Rule) -> Mapping[int, tuple[date, date | None]]:
        """By person: the day of the latest completion that counts on the day, also of a record that was merged into
        hers, and until when it is valid; of a programme that of the course made last, and until one of them lapses.
        Nobody who lacks a course.
        """
        refresher = rule.law.refresher if rule.law else ""
        stays = Merge.objects.current().filter(gone=OuterRef("person")).values("stays")[:1]
        void = FilteredRelation("voids", condition=Q(voids__superseded_at=None))
        completions = Completion.objects.current().filter(
            person__in=with_merged(ids), course_key__in=[*rule.courses, refresher], completed_on__lte=self.as_of
        )
        counted = completions.annotate(void=void).filter(Q(void__on=None) | Q(void__on__gt=self.as_of))
        who = Coalesce(Subquery(stays), F("person_id"), output_field=BigIntegerField())
        rows = counted.annotate(who=who).order_by("completed_on").values_list("who", "course_key", "completed_on")
        latest: dict[int, dict[str, CompletionFact]] = defaultdict(dict)
        for person, course, on in rows:
            latest[person][course] = CompletionFact(course, on)
        # of thousands of people many completed on one day
        last_day = cache(rule.validity.last_day)
        told = {}
        for person, every in latest.items():
            made = [every[course] for course in rule.courses if course in every]
            if len(made) == len(rule.courses):
                until = (last_day(one.on, refresher in every) for one in made)
                told[person] = max(one.on for one in made), min((day for day in until if day), default=None)
        return told

    def _postings(
        self, ids: list[int]
    ) -> tuple[Mapping[int, list[Placement]], Mapping[int, tuple[date, tuple[date, ...]]]]:
        """By person: the placements under the unit; the start of the earliest posting with the duty in any unit, with
        the due day that was granted.
        """
        postings = Posting.objects.current().filter(covering(self.as_of), person__in=among(ids), duties=self._rule.duty)
        day = self.where.geography
        then = covering(day, "unit__reaches__start", "unit__reaches__end")
        at = FilteredRelation("unit__reaches", condition=Q(unit__reaches__depth=0) & then)
        own = ("at__ancestor", "at__ancestor__code", "at__ancestor__name")
        granted = extensions().filter(hers("person"), requirement=self.requirement).order_by()
        latest = Subquery(granted.values("requirement").annotate(latest=Max("end")).values("latest"))
        columns = ("person_id", "start", "extended", *own, "position", "at__undivided", "here")
        placements: dict[int, list[Placement]] = defaultdict(list)
        begun: dict[int, tuple[date, tuple[date, ...]]] = {}
        told = postings.annotate(at=at, here=self._is_here(), extended=latest)
        for person, start, extended, *placement, here in told.order_by("start", "pk").values_list(*columns):
            begun.setdefault(person, (start, (extended,) if extended else ()))
            if here:
                placements[person].append(Placement(*placement))
        return placements, begun

    def _is_here(self) -> Exists:
        """Whether a posting counts at or below the unit."""
        reached = Reach.objects.filter(covering(self.where.geography), ancestor=self.where.unit.pk)
        return Exists(reached.filter(unit=OuterRef("unit")))
