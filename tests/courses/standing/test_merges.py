"""Two records that are merged count as one person from then on; as known on an earlier day they count two."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from factories import make_course, make_person, make_posting, make_relief
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from courses.attempts.attempt import Attempt
from courses.certificates.batches import selected_certificates
from courses.certificates.certificate import Certificate
from courses.certificates.issuing import issue
from courses.completions.completion import Completion, Void, complete_if_done, completed_keys, void
from courses.content.structure import structure
from courses.learning.outline import outlines
from courses.learning.screens_check import differences as screens_that_differ
from courses.practice.observed.rubric import Rubric
from courses.practice.observed.session import Performance, PracticeSession
from courses.practice.observed.versions import record
from courses.progress.lessons import LessonSeen, mark_seen
from courses.requirements.requirement import Excuse
from courses.retests.retest import Retest, RetestResult
from courses.standing.coverage import coverage
from courses.standing.daily_counts import recount_all
from courses.standing.people_standing import people_standing
from courses.standing.recount import counted_on, standing_in_full, standing_on
from courses.standing.rules import change_rule, seed_requirements
from courses.standing.second_formulation import differences
from courses.standing.standing import Standing, rebuild_all, refresh
from courses.starter.rubrics import load_rubrics
from people.merging.merging import CannotMerge, merge, take_back
from people.persons.merges import Merge
from people.postings.posting import Posting
from people.times import covering

COURSE = "nhan-dien-nan-nhan"
LONG_AGO = timezone.make_aware(datetime(2024, 1, 1))
SUNDAY, MONDAY, TUESDAY = (timezone.make_aware(datetime(2026, 3, day, 9)) for day in (1, 2, 3))
WHY = "Cùng một người."

pytestmark = pytest.mark.django_db


@pytest.fixture
def monday():
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def requirement(units, monday):
    return seed_requirements(LONG_AGO)[0]


@pytest.fixture
def pair(requirement, cast, units):
    """She has two codes in one commune; what she learnt is under the one that goes."""
    gone = make_person("Alăng Thị Hà", "TG-1b")
    make_posting(gone, units.tay_giang)
    rebuild_all(now=MONDAY)
    return gone, cast.learner


def completed(person, on, source="import", **fields):
    fields = {"recorded_at": LONG_AGO, "course_key": COURSE, **fields}
    return Completion.objects.create(person=person, completed_on=on, source=source, **fields)


def told(requirement, **days):
    return coverage(requirement, **days).as_dict() | {"known_on": None}


def state(requirement, person):
    standing = Standing.objects.filter(covering(timezone.localdate()), requirement=requirement, person=person)
    return [(one.unit.name, one.state) for one in standing]


def agree():
    """Both formulations, the daily counts, and what the pages say."""
    assert list(differences()) == []
    assert list(screens_that_differ(timezone.localdate())) == []


def test_from_the_merge_on_she_counts_once_with_what_she_learnt_under_either(requirement, pair, cast, monday):
    gone, stays = pair
    completed(gone, date(2026, 1, 10))
    rebuild_all(now=MONDAY)
    recount_all(MONDAY)
    before = told(requirement, as_of=SUNDAY.date(), known_on=SUNDAY.date())
    assert (before["required"], before["completed"]) == (3, 1)
    monday.move_to(TUESDAY)
    merge(gone, stays, cast.trainer, WHY, TUESDAY)
    recount_all(TUESDAY)
    assert (coverage(requirement).total.required, coverage(requirement).total.completed) == (2, 1)
    assert state(requirement, stays) == [("Xã Tây Giang", "completed")]
    assert state(requirement, gone) == []
    assert told(requirement, as_of=SUNDAY.date(), known_on=SUNDAY.date()) == before
    agree()
    # a void of the other's completion is hers
    void(Completion.objects.get(person=gone), TUESDAY.date(), "Nhầm", None, TUESDAY)
    assert state(requirement, stays) == [("Xã Tây Giang", "not_started")]
    recount_all(TUESDAY)
    agree()


def test_taken_back_the_figures_of_each_day_are_as_that_day_knew_them(requirement, pair, cast, monday):
    gone, stays = pair
    completed(gone, date(2026, 1, 10))
    Excuse.objects.create(
        person=gone, requirement=requirement, reason="Ốm", start=date(2026, 3, 2), recorded_at=LONG_AGO
    )
    rebuild_all(now=MONDAY)
    said = merge(gone, stays, cast.trainer, WHY, MONDAY)
    assert state(requirement, stays) == [("Xã Tây Giang", "excused")]
    assert Excuse.objects.current().get().person == stays
    merged = told(requirement, as_of=MONDAY.date())
    monday.move_to(TUESDAY)
    take_back(said, cast.trainer, TUESDAY)
    assert Excuse.objects.current().get().person == gone
    assert state(requirement, stays) == [("Xã Tây Giang", "not_started")]
    assert state(requirement, gone) == [("Xã Tây Giang", "excused")]
    assert told(requirement, as_of=MONDAY.date(), known_on=MONDAY.date()) == merged
    recount_all(TUESDAY)
    agree()


def test_a_merge_of_this_morning_is_known_from_its_moment_on(requirement, pair, cast, monday):
    merge(*pair, cast.trainer, WHY, MONDAY)
    monday.shift(timedelta(hours=1))
    before = coverage(requirement, known_on=MONDAY - timedelta(microseconds=1)).total
    assert (before.required, coverage(requirement, known_on=MONDAY).total.required) == (3, 2)


def test_of_two_excuses_from_one_day_the_longer_one_holds_and_both_come_back(requirement, pair, cast):
    gone, stays = pair
    for person, end in ((gone, None), (stays, date(2026, 3, 5))):
        Excuse.objects.create(
            person=person, requirement=requirement, reason="Ốm", start=date(2026, 3, 1), end=end, recorded_at=LONG_AGO
        )
    said = merge(gone, stays, None, WHY, MONDAY)
    assert [(one.person, one.end) for one in Excuse.objects.current()] == [(stays, None)]
    take_back(said, None, TUESDAY)
    assert {(one.person, one.end) for one in Excuse.objects.current()} == {(gone, None), (stays, date(2026, 3, 5))}


def test_relief_granted_under_one_record_is_hers_and_its_day_is_told(requirement, pair, cast):
    gone, stays = pair
    change_rule(requirement, LONG_AGO + timedelta(days=1), deadline=date(2026, 2, 1))
    due = date(2026, 4, 1)
    make_relief(cast, gone, requirement, "extension", date(2026, 1, 1), due)
    rebuild_all(now=MONDAY)
    assert (state(requirement, stays)[0][1], state(requirement, gone)[0][1]) == ("overdue", "not_started")
    said = merge(gone, stays, None, WHY, MONDAY)
    assert state(requirement, stays) == [("Xã Tây Giang", "not_started")]
    row = next(one for one in people_standing(requirement, None, MONDAY.date()) if one.person_id == stays.pk)
    assert row.due == due
    recount_all(MONDAY)
    agree()
    take_back(said, None, TUESDAY)
    assert state(requirement, stays)[0][1] == "overdue"


def test_practice_observed_under_one_record_counts_with_a_completion_under_the_other(requirement, pair, cast, units):
    gone, stays = pair
    load_rubrics()
    change_rule(requirement, LONG_AGO + timedelta(days=1), rubric_keys=["buoi-gap-dau"])
    rubric = Rubric.objects.get(key="buoi-gap-dau")
    session = PracticeSession.objects.create(
        rubric=rubric,
        version=record(rubric),
        unit=units.tay_giang,
        on=date(2026, 2, 1),
        leader=cast.trainer,
        second=cast.manager,
    )
    Performance.objects.create(
        session=session, person=gone, first=cast.trainer, second=cast.manager, outcome="passed", settled_at=SUNDAY
    )
    completed(stays, date(2026, 1, 10))
    rebuild_all(now=MONDAY)
    assert state(requirement, stays) == [("Xã Tây Giang", "in_progress")]
    merge(gone, stays, None, WHY, MONDAY)
    assert state(requirement, stays) == [("Xã Tây Giang", "completed")]
    recount_all(MONDAY)
    agree()


def retested(completion, on, right):
    attempt = Attempt.objects.create(
        person=completion.person, quiz_key=uuid4(), course_key=COURSE, number=1, closes_at=TUESDAY
    )
    retest = Retest.objects.create(completion=completion, months=1, attempt=attempt, objectives=[])
    at = timezone.make_aware(datetime(on.year, on.month, on.day, 9))
    RetestResult.objects.create(retest=retest, on=on, right=right, recorded_at=at)


def test_a_retest_tells_of_the_latest_completion_of_either(requirement, pair, cast):
    gone, stays = pair
    retested(completed(gone, date(2026, 1, 10)), date(2026, 2, 12), 5)
    retested(completed(stays, date(2025, 12, 1)), date(2026, 1, 3), 2)
    rebuild_all(now=MONDAY)
    merge(gone, stays, None, WHY, MONDAY)
    figure = coverage(requirement).total.counts()
    assert (figure["completed"], figure["still_knows"], figure["to_review"]) == (1, 1, 0)
    recount_all(MONDAY)
    agree()


def test_lessons_and_quizzes_done_under_either_are_done_and_complete_together(requirement, pair, cast, client_of):
    gone, stays = pair
    made = make_course(lessons=2, questions=1)
    first, second = made.lessons
    mark_seen(gone, COURSE, first.translation_key, SUNDAY)
    mark_seen(stays, COURSE, second.translation_key, SUNDAY)
    Attempt.objects.create(
        person=gone,
        quiz_key=made.quiz.translation_key,
        course_key=COURSE,
        number=1,
        submitted_at=SUNDAY,
        score=1,
        max_score=1,
        passed=True,
    )
    assert complete_if_done(stays, made.course, SUNDAY) is None
    said = merge(gone, stays, None, WHY, MONDAY)
    assert completed_keys(stays, [COURSE]) == {COURSE}
    assert Completion.objects.get().reason == "Đã xong mọi mục khi gộp hai hồ sơ của mình."
    outline = outlines([structure(made.course)], stays)[0]
    assert all(step.done for step in outline.steps)
    recount_all(MONDAY)
    agree()
    take_back(said, None, TUESDAY)
    assert completed_keys(stays, [COURSE]) == {COURSE}
    assert LessonSeen.objects.filter(person=gone).count() == 1


def test_certificates_of_both_stay_checkable_and_are_among_hers(requirement, pair, cast, client, client_of):
    gone, stays = pair
    papers = issue([completed(gone, date(2026, 1, 10)), completed(stays, date(2026, 1, 20))], MONDAY)
    later = completed(gone, date(2026, 2, 20))
    merge(gone, stays, None, WHY, MONDAY)
    for paper in papers:
        assert "còn giá trị" in client.get(paper.path).content.decode()
    hers, of_trainer = (client_of(person) for person in (stays, cast.trainer))
    page = hers.get("/hoc-tap/chung-nhan/").content.decode()
    assert all(paper.full_number in page for paper in papers)
    assert hers.get(f"/hoc-tap/chung-nhan/{papers[0].pk}.pdf").status_code == 200
    # whoever answers for her reads all of it at her page, and issues what is missing to where she is posted
    inside = selected_certificates(cast.units.tay_giang.pk, COURSE, None, None, MONDAY.date())
    assert {*papers} <= {*inside}
    page = of_trainer.get("/bao-cao/can-bo/TG-001/").content.decode()
    assert all(paper.full_number in page for paper in papers)
    assert of_trainer.get("/bao-cao/can-bo/TG-1b/")["Location"] == "/bao-cao/can-bo/TG-001/"
    assert of_trainer.post(f"/bao-cao/chung-nhan/cap/{later.pk}/").status_code == 302
    assert Certificate.objects.get(completed_on=later.completed_on).person_unit == "Xã Tây Giang"


# --- whatever was merged and taken back

NAMES = ["A", "B", "C"]
day = some.dates(date(2025, 12, 1), date(2026, 2, 28))
facts = some.fixed_dictionaries(
    {
        "postings": some.lists(
            some.tuples(some.sampled_from(["tay_giang", "avuong"]), day, some.none() | some.integers(1, 90)),
            max_size=2,
            unique_by=lambda row: row[:2],
        ),
        "excuses": some.lists(some.tuples(day, some.none() | some.integers(1, 40)), max_size=1),
        "completions": some.lists(
            some.tuples(day, some.sampled_from(["quiz", "import"]), some.booleans(), some.none() | some.integers(0, 5)),
            max_size=2,
            unique_by=lambda row: row[0],
        ),
        "lesson": some.none() | day,
    }
)
acts = some.lists(
    some.tuples(some.booleans(), some.integers(0, 2), some.integers(0, 2), some.integers(0, 9)), min_size=2, max_size=3
)


def noon(on):
    return timezone.make_aware(datetime(on.year, on.month, on.day, 12))


def made_up(units, person, known, requirement):
    for unit, start, days in known["postings"]:
        end = start + timedelta(days=days) if days else None
        make_posting(person, getattr(units, unit), start=start, end=end)
    for start, days in known["excuses"]:
        end = start + timedelta(days=days) if days else None
        Excuse.objects.create(
            person=person, requirement=requirement, reason="Ốm", start=start, end=end, recorded_at=LONG_AGO
        )
    for on, source, voided, right in known["completions"]:
        completion = completed(person, on, source)
        if voided:
            Void.objects.create(completion=completion, on=on + timedelta(days=10), reason="x", recorded_at=LONG_AGO)
        if right is not None:
            retested(completion, on + timedelta(days=right + 1), right)
    if known["lesson"]:
        LessonSeen.objects.create(person=person, course_key=COURSE, lesson_key=uuid4(), seen_at=noon(known["lesson"]))


def rows_known(requirement, day, known_on=None):
    """Who stands where, and how many are completed in which way, as known on a day."""
    known_on = known_on or timezone.localdate()
    alone, several = counted_on(requirement, day, known_on, Q())
    return sorted(standing_on(requirement, day, known_on)), sorted(alone), sorted(several)


@settings(max_examples=2, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(some.tuples(facts, facts, facts), acts)
def test_whatever_is_merged_and_taken_back_each_day_keeps_what_it_knew(units, requirement, known, acts):
    with transaction.atomic(), time_machine.travel(MONDAY, tick=False) as clock:
        people = [make_person("Alăng Thị Hà", f"M-{name}") for name in NAMES]
        for person, what in zip(people, known, strict=True):
            made_up(units, person, what, requirement)
        refresh([person.pk for person in people], MONDAY, requirement)
        asked, kept = [date(2026, 1, 15), MONDAY.date()], {}
        for merging, one, other, which in acts:
            kept |= {(timezone.localdate(), on): rows_known(requirement, on) for on in asked}
            clock.shift(timedelta(days=1))
            merges = list(Merge.objects.current().order_by("pk"))
            if merging or not merges:
                try:
                    merge(people[one], people[other], None, WHY, timezone.now())
                except CannotMerge:
                    continue
            else:
                take_back(merges[which % len(merges)], None, timezone.now())
            agree_on(requirement, people, asked)
            gone = set(Merge.objects.current().values_list("gone", flat=True))
            assert not Posting.objects.current().filter(person__in=gone).exists()
            assert not Standing.objects.filter(person__in=gone).exists()
        for said in Merge.objects.current().order_by("-pk"):
            clock.shift(timedelta(days=1))
            take_back(said, None, timezone.now())
        agree_on(requirement, people, asked)
        assert {key: rows_known(requirement, key[1], key[0]) for key in kept} == kept
        transaction.set_rollback(True)


def agree_on(requirement, people, days):
    """Of these people on these days: what is kept, and what the second formulation counts."""
    columns = ("person_id", "unit_id", "state", "unapproved", "knowledge")
    for on in days:
        stored = Standing.objects.filter(covering(on), requirement=requirement, person__in=people)
        assert sorted(stored.values_list(*columns)) == sorted(standing_in_full(requirement, on, Q(person__in=people)))
