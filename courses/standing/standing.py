"""The standing of each person towards each requirement, as spans of days, and the daily counts derived from them.

Derived from the current postings, excuses, completions, voids, lessons seen and rules (`courses.standing.spans`);
refreshed when one of them changes, never edited. `courses.standing.recount` computes the same, as a check.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from itertools import islice

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.utils import timezone

from courses.completions.signals import completion_recorded, completion_voided, completions_recognised, course_begun
from courses.practice.observed.session import performance_settled
from courses.requirements.requirement import Requirement
from courses.retests.results import retest_answered
from courses.retests.rules import Knowledge
from courses.standing.facts import PersonFacts, facts_of_people, rules_by_requirement
from courses.standing.spans import Span, State, add_days, spans
from people.merging.merging import merges_changed
from people.persons.merges import with_whom_they_went_into
from people.postings.posting import Posting, postings_changed
from people.statements.plain_rows import insert_rows
from people.units.successions import reach_changed
from people.units.unit import Unit
from people.write_lock import make_way

TOLD = [("", ""), *((one.value, one.label) for one in (Knowledge.STILL_KNOWS, Knowledge.TO_REVIEW))]

# people a transaction: on SQLite it holds the only write lock, at most about half a second
BATCH = 1000


class Standing(models.Model):
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="standings")
    # without own indexes, since those below begin with the requirement and each index slows a rebuild
    requirement = models.ForeignKey(Requirement, models.CASCADE, related_name="standings", db_index=False)
    # the unit of the posting, not its successor: `Reach` places it on the map of any day
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+", db_index=False)
    start = models.DateField()
    # NULL: open
    end = models.DateField(null=True)
    state = models.CharField(max_length=12, choices=State.choices)
    # on some of these days the person counts in another unit too, so counting must be distinct
    shared = models.BooleanField(default=False)
    # completed, but only by content that was not approved
    unapproved = models.BooleanField(default=False)
    # completed: what the latest re-test told; "": nothing is known, or not completed
    knowledge = models.CharField(max_length=11, choices=TOLD, default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["requirement", "person", "unit", "start"], name="standing_one_state_at_a_time"
            )
        ]
        indexes = [
            models.Index(
                fields=["requirement", "start", "end", "unit", "state", "unapproved", "knowledge"],
                name="standing_on_a_day",
            ),
            # one commune among ten thousand units, without going through the whole province
            models.Index(
                fields=["requirement", "unit", "start", "end", "state", "unapproved", "knowledge", "shared"],
                name="standing_of_a_unit",
            ),
            models.Index(
                fields=["requirement", "start", "end"], condition=models.Q(shared=True), name="standing_shared_on_a_day"
            ),
            # what ended since a day that is counted
            models.Index(fields=["requirement", "end"], name="standing_ending"),
            # who is late or falls due, person by person, by the day, in a unit; with the state SQLite reads no row
            models.Index(
                fields=["person", "requirement", "start", "end", "state"],
                condition=models.Q(state__in=[State.OVERDUE, State.EXPIRED]),
                name="standing_due_of_person",
            ),
            models.Index(
                fields=["start", "end", "person", "requirement", "state"],
                condition=models.Q(state__in=[State.OVERDUE, State.EXPIRED]),
                name="standing_due_by_day",
            ),
            models.Index(
                fields=["unit", "start", "end", "person", "requirement", "state"],
                condition=models.Q(state__in=[State.OVERDUE, State.EXPIRED]),
                name="standing_due_in_unit",
            ),
        ]


class DailyCount(models.Model):
    """Distinct people by state on a day, at a unit and below, on that day's own map."""

    requirement = models.ForeignKey(Requirement, models.CASCADE, related_name="daily_counts")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    day = models.DateField()
    required = models.PositiveIntegerField(default=0)
    completed = models.PositiveIntegerField(default=0)
    expired = models.PositiveIntegerField(default=0)
    overdue = models.PositiveIntegerField(default=0)
    in_progress = models.PositiveIntegerField(default=0)
    not_started = models.PositiveIntegerField(default=0)
    excused = models.PositiveIntegerField(default=0)
    # of the completed, as in Standing
    unapproved = models.PositiveIntegerField(default=0)
    still_knows = models.PositiveIntegerField(default=0)
    to_review = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["requirement", "unit", "day"], name="daily_count_once")]


# what a person may be counted as, each a column of DailyCount; `required` is a sum of them
COUNTED = (*(state.value for state in State), "unapproved", "still_knows", "to_review")


def counted_as(state: str, unapproved: bool, knowledge: str) -> list[str]:
    """The state, and once more what a completion rests on and what is known of it."""
    return [state, *(["unapproved"] if unapproved else []), *([knowledge] if knowledge else [])]


class StaleCount(models.Model):
    """Daily counts from `since` on must be made again. Rows instead of an update, so that writers never wait."""

    requirement = models.ForeignKey(Requirement, models.CASCADE, related_name="stale_counts")
    since = models.DateField()


Row = tuple[int, int, int, date, date | None, str, bool, bool, str]
COLUMNS = (
    *("person_id", "requirement_id", "unit_id", "start", "end", "state"),
    *("shared", "unapproved", "knowledge"),
)


def refresh(
    person_ids: Iterable[int],
    now: datetime | None = None,
    requirement: Requirement | None = None,
    *,
    locked: bool = False,
) -> int:
    """Updates the standings of these people; returns the number of changed rows.

    At most 6 queries for up to 1,000 people (7 if a past day changed), in the caller's transaction if there is one.
    Call it after a change of their facts; `locked` if the caller's transaction has locked these people's rows.
    """
    today = timezone.localdate(now)
    return sum(_refresh(batch, today, requirement, locked) for batch in _batches(sorted(set(person_ids))))


def rebuild_all(progress: Callable[[int, int], None] | None = None, now: datetime | None = None) -> int:
    """Updates everybody's standings; returns the number of changed rows. Calls `progress(done, of)` per batch."""
    return refresh_steadily({*_distinct(Posting), *_distinct(Standing)}, now, progress=progress)


def refresh_steadily(
    person_ids: Iterable[int],
    now: datetime | None = None,
    requirement: Requirement | None = None,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """`refresh` for many people, outside any transaction; other writers get the lock between batches."""
    today, people = timezone.localdate(now), sorted(set(person_ids))
    changed = done = 0
    for batch in _batches(people):
        changed += _refresh(batch, today, requirement, False)
        done += len(batch)
        if progress:
            progress(done, len(people))
        make_way()
    return changed


def _distinct(model) -> Iterator[int]:
    return model.objects.order_by().values_list("person_id", flat=True).distinct().iterator()


def _batches(ids: list[int]) -> Iterator[list[int]]:
    remaining = iter(ids)
    while batch := list(islice(remaining, BATCH)):
        yield batch


def _refresh(ids: list[int], today: date, requirement: Requirement | None, locked: bool) -> int:
    """One transaction. By the lock on the people a second writer waits and then reads what the first one wrote.

    FOR NO KEY UPDATE, so that inserts of rows that refer to these people need not wait.
    """
    with transaction.atomic(savepoint=False):
        if not locked:
            people = get_user_model().objects.filter(pk__in=with_whom_they_went_into(ids)).order_by("pk")
            ids = list(people.select_for_update(no_key=True).values_list("pk", flat=True))
        rules, known = rules_by_requirement(requirement), facts_of_people(ids)
        if others := known.keys() - {*ids}:
            # merged meanwhile: what a record learnt is told of whom it was merged into
            return _refresh(sorted({*ids, *others}), today, requirement, False)
        wanted = {
            (person, key, s.unit, s.start, s.end, s.state, s.shared, s.unapproved, s.knowledge)
            for person, key, s in _standings(known, rules)
        }
        present = _present(ids, requirement)
        gone = [pk for row, pk in present.items() if row not in wanted]
        new = [row for row in wanted if row not in present]
        if gone:
            delete_rows(Standing.objects.filter(pk__in=gone))
        if new:
            insert_rows(Standing, COLUMNS, sorted(new, key=lambda r: tuple(r[:4])))
        _mark_stale(set(present) - wanted, set(new), today)
    return len(gone) + len(new)


def delete_rows(rows: models.QuerySet) -> None:
    """One DELETE. `delete()` would read every row first, because Wagtail listens to deletions of any model."""
    rows._raw_delete(rows.db)


def _standings(known: dict[int, PersonFacts], rules) -> Iterator[tuple[int, int, Span]]:
    for person, person_facts in known.items():
        for key, versions in rules.items():
            for span in spans(versions, person_facts.facts_towards(key)):
                yield person, key, span


def _present(ids: list[int], requirement: Requirement | None) -> dict[Row, int]:
    rows = Standing.objects.filter(person__in=ids)
    if requirement:
        rows = rows.filter(requirement=requirement)
    return {row[:-1]: row[-1] for row in rows.values_list(*COLUMNS, "pk")}


def _mark_stale(gone: set[Row], new: set[Row], today: date) -> None:
    """Records from which past day on each requirement's daily counts changed."""
    before, after = ({(*r[:4], r[5], r[7], r[8]): r[4] for r in rows} for rows in (gone, new))
    since: dict[int, date] = {}
    for key in before.keys() | after.keys():
        day = key[3]
        if key in before and key in after:
            # the span was lengthened or shortened: days up to the earlier end are unchanged
            ends = [end for end in (before[key], after[key]) if end]
            if before[key] == after[key]:
                continue
            day = add_days(min(ends), 1)
        since[key[1]] = min(day, since.get(key[1], day))
    stale = [StaleCount(requirement_id=key, since=day) for key, day in since.items() if day < today]
    if stale:
        StaleCount.objects.bulk_create(stale)


def connect() -> None:
    """Updates the standings after changes of postings and completions, and the daily counts after changes of the map,
    in the same transaction.
    """
    completion_recorded.connect(_follow_completions, dispatch_uid="courses.standing")
    course_begun.connect(_follow_completions, dispatch_uid="courses.standing")
    completion_voided.connect(_follow_completions, dispatch_uid="courses.standing")
    completions_recognised.connect(_follow_completions, dispatch_uid="courses.standing")
    performance_settled.connect(_follow_completions, dispatch_uid="courses.standing")
    retest_answered.connect(_follow_retests, dispatch_uid="courses.standing")
    merges_changed.connect(_follow_merges, dispatch_uid="courses.standing")
    postings_changed.connect(_follow_postings, dispatch_uid="courses.standing")
    reach_changed.connect(_follow_map, dispatch_uid="courses.standing")


def _follow_postings(sender, person_ids, now, **kwargs) -> None:
    refresh(person_ids, now)


def _follow_merges(sender, gone, stays, now, **kwargs) -> None:
    refresh([gone.pk, stays.pk], now, locked=True)


def _follow_retests(sender, person_ids, now, **kwargs) -> None:
    refresh(person_ids, now)


def _follow_completions(sender, person_ids, now, locked=False, **kwargs) -> None:
    refresh(person_ids, now, locked=locked)


def _follow_map(sender, since, **kwargs) -> None:
    if since < timezone.localdate():
        StaleCount.objects.bulk_create(StaleCount(requirement=r, since=since) for r in Requirement.objects.all())
