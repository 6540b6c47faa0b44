"""A class counts once a second person has confirmed it: who may, what follows, and what an undo takes back."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from factories import LONG_AGO, make_posting

from courses.attempts.attempt import Attempt
from courses.classes.held.attendance import Attendance, How, NotTaken, mark
from courses.classes.held.confirmation import ClassConfirmation
from courses.classes.held.confirming import ConfirmedMark, attended_enough, confirm, undo
from courses.classes.planned import planning
from courses.classes.planned.planning import Refused
from courses.completions.completion import Completion
from courses.progress.attended import CourseAttended
from courses.progress.lessons import LessonSeen, mark_seen
from courses.standing.recount import standing_on
from courses.standing.standing import Standing, rebuild_all
from outbox.draining import drain
from people.rights.roles import RoleKind, give
from people.times import covering, today

pytestmark = pytest.mark.django_db
YESTERDAY = timedelta(days=1)


@pytest.fixture
def over(plan, invite, people, cast):
    """Two meetings, four days ago and yesterday: An came to both, Bình to one, Chi to none. Of the trainer's hand."""
    row = plan(today() - 4 * YESTERDAY, today() - YESTERDAY)
    row.last_day = today() - YESTERDAY
    invite(row, people.an, people.binh, people.chi)
    places = {one.person_id: one.pk for one in row.participants.all()}
    for n, meeting in enumerate(row.meetings.all()):
        said = {places[people.an.pk]: "late" if n else "present", places[people.binh.pk]: "absent" if n else "present"}
        mark(cast.trainer, meeting, said | {places[people.chi.pk]: "absent"}, How.LIST, timezone.now())
    return row


def confirmed(row, by):
    made = confirm(by, row, timezone.now())
    drain()
    return made


def pass_quiz(person, course, at=None):
    """A passed attempt at the quiz, without the rest of a quiz."""
    at = at or timezone.now()
    return Attempt.objects.create(
        person=person, quiz_key=course.quiz.translation_key, course_key=course.course.key, number=1, started_at=at,
        submitted_at=at, passed=True, score=4, max_score=4, rules={},
    )  # fmt: skip


def done(person) -> int:
    return LessonSeen.objects.filter(person=person).exclude(done_at=None).count()


# --- the share


@pytest.mark.parametrize(
    ("came", "meetings", "share", "enough"),
    [(2, 2, 100, True), (1, 2, 100, False), (2, 3, 66, True), (2, 3, 67, False), (1, 2, 50, True), (0, 1, 1, False)],
)
def test_the_share_of_meetings_in_whole_numbers(came, meetings, share, enough):
    assert attended_enough(came, meetings, share) is enough


# --- who confirms


def test_the_head_confirms_what_the_trainer_took(over, cast, people):
    made = confirmed(over, cast.unit_head)
    assert (made.on, made.by) == (over.last_day, cast.unit_head)
    assert ConfirmedMark.objects.count() == 3
    assert [done(one) for one in (people.an, people.binh, people.chi)] == [2, 0, 0]


def test_confirming_twice_is_confirming_once(over, cast):
    assert confirmed(over, cast.unit_head) == confirmed(over, cast.unit_head)


def test_who_taught_or_took_attendance_or_attended_does_not_confirm(over, cast, people):
    with pytest.raises(Refused, match="dạy lớp này"):
        confirm(cast.trainer, over, timezone.now())
    planning.name_trainers(over, [cast.manager.pk])
    with pytest.raises(Refused, match="đã điểm danh"):
        confirm(cast.trainer, over, timezone.now())
    give(people.an, RoleKind.UNIT_HEAD, cast.units.tay_giang)
    with pytest.raises(Refused, match="có tên trong lớp"):
        confirm(people.an, over, timezone.now())
    assert not ClassConfirmation.objects.exists()


@pytest.mark.parametrize("who", ["taken_by", "person"])
def test_the_database_refuses_it_too(over, cast, who):
    made, marked = confirmed(over, cast.unit_head), Attendance.objects.current().first()
    people = {"person": marked.person, "taken_by": marked.by, "confirmed_by": cast.unit_head}
    people["confirmed_by"] = people[who]
    ConfirmedMark.objects.all().delete()
    with pytest.raises(IntegrityError, match="mark_confirmed_by_a_second_person"), transaction.atomic():
        ConfirmedMark.objects.create(confirmation=made, attendance=marked, **people)


def test_a_class_that_is_not_over_or_not_marked_whole_is_not_confirmed(plan, over, cast, invite, people):
    with pytest.raises(Refused, match="chưa học xong"):
        confirm(cast.unit_head, plan(), timezone.now())
    empty = plan(today() - YESTERDAY)
    with pytest.raises(Refused, match="Chưa ghi ai có mặt"):
        confirm(cast.unit_head, empty, timezone.now())
    an = over.participants.get(person=people.an)
    mark(cast.trainer, over.meetings.first(), {an.pk: ""}, How.LIST, timezone.now())
    with pytest.raises(Refused, match="Còn 1 lượt chưa ghi"):
        confirm(cast.unit_head, over, timezone.now())


def test_once_confirmed_attendance_and_class_stay_as_they_are(over, cast, people):
    confirmed(over, cast.unit_head)
    an = over.participants.get(person=people.an)
    with pytest.raises(NotTaken, match="đã xác nhận"):
        mark(cast.trainer, over.meetings.first(), {an.pk: "absent"}, How.LIST, timezone.now())
    with pytest.raises(Refused, match="không hủy"):
        planning.cancel(over, timezone.now())
    with pytest.raises(Refused, match="đã xác nhận"):
        planning.change(over, {"title": "x", "seats": 9, "share": 1, "cost": None}, [], timezone.now())


def test_the_database_keeps_one_confirmation_and_a_reason_for_its_undo(over, cast):
    made = confirmed(over, cast.unit_head)
    with pytest.raises(IntegrityError), transaction.atomic():
        ClassConfirmation.objects.create(training_class=over, by=cast.manager, on=today())
    with pytest.raises(IntegrityError, match="undone_by_somebody"), transaction.atomic():
        ClassConfirmation.objects.filter(pk=made.pk).update(superseded_at=timezone.now())


# --- what follows


def test_the_lessons_are_done_with_their_origin_and_the_quiz_is_left(over, cast, people, course):
    confirmed(over, cast.unit_head)
    rows = LessonSeen.objects.filter(person=people.an)
    assert {(row.seen_by_class, row.done_by_class) for row in rows} == {(True, True)}
    fact = CourseAttended.objects.get()
    assert (fact.person, fact.on, fact.training_class) == (people.an, over.last_day, over)
    assert not Completion.objects.exists()


def test_who_passed_the_quiz_before_is_completed_as_of_the_last_meeting(over, cast, people, course):
    pass_quiz(people.an, course, timezone.now() - 10 * YESTERDAY)
    confirmed(over, cast.unit_head)
    (made,) = Completion.objects.all()
    assert (made.person, made.completed_on, made.source) == (people.an, over.last_day, "quiz")
    assert "Lớp tháng Bảy" in made.reason


def test_who_passed_the_quiz_after_the_class_is_completed_as_of_the_quiz(over, cast, people, course):
    pass_quiz(people.an, course)
    confirmed(over, cast.unit_head)
    assert Completion.objects.get().completed_on == today()


def test_counting_a_second_time_changes_nothing(over, cast, people, course):
    from courses.classes.held.counting import follow

    pass_quiz(people.an, course, timezone.now() - 10 * YESTERDAY)
    made = confirmed(over, cast.unit_head)
    assert follow(made, timezone.now()) == 0
    assert (Completion.objects.count(), CourseAttended.objects.count(), LessonSeen.objects.count()) == (1, 1, 2)


def test_figures_begin_the_course_on_the_last_day_and_both_formulations_agree(over, cast, people, requirement):
    requirement.rules.update(recorded_at=LONG_AGO)
    before = timezone.now()
    confirmed(over, cast.unit_head)
    rebuild_all()

    def state(day):
        return Standing.objects.filter(covering(day), person=people.an).values_list("state", flat=True)[0]

    def told(day, known_on=None):
        return {person: state for person, _unit, state in standing_on(requirement, day, known_on)}[people.an.pk]

    for day, expected in ((over.last_day - YESTERDAY, "not_started"), (over.last_day, "in_progress")):
        assert (state(day), told(day)) == (expected, expected)
    # as known before it was confirmed, the figure of that day stays
    assert told(over.last_day, timezone.localdate(before) - YESTERDAY) == "not_started"


# --- undoing


def test_undone_the_lessons_that_only_the_class_made_done_are_open_again(over, cast, people, course):
    first = course.lessons[0].translation_key
    mark_seen(people.an, course.course.key, first, timezone.now() - 20 * YESTERDAY)
    confirmed(over, cast.unit_head)
    assert undo(cast.unit_head, over, "Ghi nhầm", timezone.now())
    drain()
    assert [row.lesson_key for row in LessonSeen.objects.filter(person=people.an)] == [first]
    assert not CourseAttended.objects.current().exists()
    assert CourseAttended.objects.count() == 1


def test_what_she_read_herself_after_the_class_stays_hers(over, cast, people, course):
    confirmed(over, cast.unit_head)
    assert mark_seen(people.an, course.course.key, course.lessons[0].translation_key, timezone.now())
    undo(cast.unit_head, over, "Ghi nhầm", timezone.now())
    drain()
    (kept,) = LessonSeen.objects.filter(person=people.an)
    assert (kept.lesson_key, kept.seen_by_class) == (course.lessons[0].translation_key, False)


def test_a_completion_once_given_stays_and_its_lessons_too(over, cast, people, course):
    pass_quiz(people.an, course, timezone.now() - 10 * YESTERDAY)
    confirmed(over, cast.unit_head)
    undo(cast.unit_head, over, "Ghi nhầm", timezone.now())
    drain()
    assert Completion.objects.current().count() == 1
    assert done(people.an) == 2


def test_corrected_and_confirmed_anew_it_counts_by_the_new_attendance(over, cast, people):
    confirmed(over, cast.unit_head)
    undo(cast.unit_head, over, "Ghi nhầm", timezone.now())
    drain()
    binh = over.participants.get(person=people.binh)
    mark(cast.trainer, over.meetings.last(), {binh.pk: "late"}, How.LIST, timezone.now())
    confirmed(over, cast.unit_head)
    assert [done(one) for one in (people.an, people.binh)] == [2, 2]
    assert ClassConfirmation.objects.count() == 2


def test_undone_and_confirmed_before_the_worker_came_it_counts_once(over, cast, people):
    confirm(cast.unit_head, over, timezone.now())
    undo(cast.unit_head, over, "Ghi nhầm", timezone.now())
    confirm(cast.unit_head, over, timezone.now())
    drain()
    assert done(people.an) == 2
    assert CourseAttended.objects.current().count() == 1


# --- the page


def test_the_page_of_the_head(client_of, over, cast, people):
    client, address = client_of(cast.unit_head), f"/lop-tap-huan/lop/{over.pk}/xac-nhan/"
    assert "chưa tính" in client.get(f"/lop-tap-huan/lop/{over.pk}/").text
    page = client.get(address).text
    assert "1/3 người dự đủ" in page
    assert "Bríu Bình" in page
    assert "dạy lớp này" in client_of(cast.trainer).get(address).text
    assert "dạy lớp này" in client_of(cast.trainer).post(address, {"act": "confirm"}, follow=True).text
    assert not ClassConfirmation.objects.exists()
    assert "Trần Văn Tâm xác nhận" in client.post(address, {"act": "confirm"}, follow=True).text
    assert "Đã xác nhận" in client.get("/lop-tap-huan/?tinh-trang=confirmed").text
    assert client.post(address, {"act": "undo", "reason": ""}).status_code == 422
    assert "số điện thoại" in client.post(address, {"act": "undo", "reason": "Gọi 0905 123 456"}).text
    assert "Ghi nhầm buổi hai" in client.post(address, {"act": "undo", "reason": "Ghi nhầm buổi hai"}, follow=True).text
    assert not ClassConfirmation.objects.current().exists()


def test_the_learner_is_told_that_it_counts(client_of, over, cast, people):
    confirmed(over, cast.unit_head)
    own = over.participants.get(person=people.an)
    assert "tính là xong từ ngày" in client_of(people.an).get(f"/lop-tap-huan/cua-toi/{own.pk}/").text


def test_the_page_costs_the_same_for_any_number_of_people(
    client_of, over, cast, people, invite, django_assert_max_num_queries
):
    client, address = client_of(cast.unit_head), f"/lop-tap-huan/lop/{over.pk}/xac-nhan/"
    client.get(address)
    with django_assert_max_num_queries(18) as first:
        client.get(address)
    over.seats = 9
    over.save()
    make_posting(cast.editor, cast.units.tay_giang)
    invite(over, people.dung, cast.editor)
    with django_assert_max_num_queries(len(first)):
        client.get(address)
