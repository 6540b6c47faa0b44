"""Completions follow what a course asks: what is withdrawn, moved, required no more or new."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from factories import make_course, make_duty, make_page, make_person
from sharing import shared
from time_machine import travel

from courses.completions.completion import Completion, void
from courses.completions.following import (
    FOLLOW,
    AskedSteps,
    Change,
    asked_steps,
    follow,
    follow_all,
    named,
    who_has_done_all,
)
from courses.completions.moved_lessons import begin
from courses.content.lesson import LessonPage
from courses.content.quiz import QuizPage
from courses.learning.screens_check import differences
from courses.personal_data import begun as own_begun
from courses.progress.begun import CourseBegun
from courses.progress.lessons import mark_seen
from courses.progress.news import CourseNews
from courses.quizzes.admission import start
from courses.quizzes.submitting import submit
from courses.reports.query.people_rows import activity
from courses.requirements.requirement import Requirement, RequirementRule
from courses.standing.daily_counts import daily_counts
from courses.standing.recount import standing_on
from courses.standing.second_formulation import differences as recounted
from courses.standing.standing import Standing, rebuild_all
from courses.starter.bringing import learners_amid
from outbox.draining import drain
from outbox.effects import Effect
from pages.serving.version import raise_version
from people.postings.posting import Posting

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
KEY = "nhan-dien-nan-nhan"


@pytest.fixture(autouse=True)
def on_one_day():
    with travel(NOW, tick=False):
        yield


@shared
def small_course():
    """Three lessons and a quiz without questions' weight on what is tested here."""
    course = make_course(lessons=3, questions=1)
    requirement = Requirement.objects.create(key=KEY, name="Nhận diện")
    terms = {"deadline": date(2026, 1, 1), "validity_months": 24, "course_key": KEY}
    RequirementRule.objects.create(requirement=requirement, duty=make_duty(), **terms)
    return course


def read(person, *lessons, at=NOW):
    for lesson in lessons:
        mark_seen(person, KEY, lesson.translation_key, at)


def passes(person, quiz, at=NOW):
    quiz.pass_percent = 0
    return submit(start(person, quiz, at), at)


def completions(person):
    return list(Completion.objects.current().filter(person=person).values_list("completed_on", "reason"))


def completed_since(day: str, title: str):
    return f"Từ {day} khóa học không còn yêu cầu: “{title}”."


# --- a step that is asked no more


@pytest.mark.parametrize("way", ["unpublish", "delete", "move", "not required"])
def test_who_has_done_the_rest_is_completed_as_of_the_day_of_the_change(cast, small_course, way):
    first, second, third = small_course.lessons
    read(cast.learner, first, second)
    passes(cast.learner, small_course.quiz)
    read(cast.other_learner, first)
    assert completions(cast.learner) == []
    other = make_course("khoa-khac", lessons=0, questions=0)
    with travel(NOW + timedelta(days=3), tick=False):
        if way == "unpublish":
            third.unpublish()
        elif way == "delete":
            third.delete()
        elif way == "move":
            third.move(other.module, pos="last-child")
        else:
            third.required = False
            third.save_revision().publish()
    # the worker was off for two days
    with travel(NOW + timedelta(days=5), tick=False):
        drain()
    assert completions(cast.learner) == [(date(2026, 3, 5), completed_since("05/03/2026", "Mục 3"))]
    assert completions(cast.other_learner) == []
    found = Completion.objects.get()
    assert (found.recorded_at, found.evidence) == (NOW + timedelta(days=5), "Bài kiểm tra cuối khóa: 0 %")
    assert Standing.objects.filter(person=cast.learner, state="completed", start=date(2026, 3, 5)).exists()


def test_a_withdrawn_quiz_completes_who_read_everything(cast, small_course):
    read(cast.learner, *small_course.lessons)
    small_course.quiz.unpublish()
    drain()
    assert completions(cast.learner) == [(date(2026, 3, 2), completed_since("02/03/2026", "Bài kiểm tra cuối khóa"))]


def test_what_came_to_a_course_done_already_completes_it(cast, small_course):
    """A lesson that was read in one course is moved to another; so is a quiz that was passed."""
    other = make_course("khoa-khac", lessons=0, questions=1)
    read(cast.learner, *small_course.lessons)
    passes(cast.learner, other.quiz)
    other.module.delete()
    small_course.module.move(other.course, pos="first-child")
    drain()
    assert list(Completion.objects.values_list("person", "course_key")) == [(cast.learner.pk, "khoa-khac")]


def test_a_withdrawn_course_and_one_that_changes_as_before_conclude_nothing(cast, small_course):
    read(cast.learner, *small_course.lessons)
    small_course.lessons[0].title = "Mục đầu"
    small_course.lessons[0].save_revision().publish()
    small_course.course.unpublish()
    small_course.quiz.unpublish()
    assert drain() == 0
    assert completions(cast.learner) == []
    small_course.course.save_revision().publish()
    drain()
    assert completions(cast.learner) == [(date(2026, 3, 2), completed_since("02/03/2026", "Bài kiểm tra cuối khóa"))]


def test_nothing_is_queued_where_nobody_began(small_course):
    small_course.lessons[0].unpublish()
    assert not Effect.objects.filter(kind=FOLLOW).exists()
    assert len(AskedSteps.objects.get(course_key=KEY).steps) == 3


def test_a_completion_once_given_stays_and_is_no_renewal(cast, small_course):
    read(cast.learner, *small_course.lessons)
    passes(cast.learner, small_course.quiz)
    with travel(NOW + timedelta(days=1), tick=False):
        small_course.lessons[0].unpublish()
        make_page(small_course.module, LessonPage, "Mục mới")
        drain()
    assert completions(cast.learner) == [(date(2026, 3, 2), "")]


def test_two_changes_before_the_worker_comes_are_followed_together_and_a_second_run_changes_nothing(cast, small_course):
    first, second, third = small_course.lessons
    read(cast.learner, first)
    passes(cast.learner, small_course.quiz)
    second.unpublish()
    third.unpublish()
    assert Effect.objects.filter(kind=FOLLOW).count() == 1
    drain()
    assert len(completions(cast.learner)) == 1
    assert follow(KEY, date(2026, 3, 2), NOW) == 0


def test_what_no_signal_told_of_is_followed_by_night(cast, small_course):
    """An upgrade, or rows that were changed in the database."""
    read(cast.learner, *small_course.lessons)
    QuizPage.objects.filter(pk=small_course.quiz.pk).update(live=False)
    assert drain() == 0
    assert follow_all(NOW) == 1
    assert follow_all(NOW) == 0
    AskedSteps.objects.all().delete()
    Completion.objects.all().delete()
    assert follow_all(NOW) == 1
    assert completions(cast.learner) == [(date(2026, 3, 2), "Đã xong mọi mục mà khóa học yêu cầu tính đến 02/03/2026.")]


# --- a step that is new


def test_who_completed_is_told_once_what_is_new_and_the_others_are_not(cast, small_course, client_of):
    read(cast.learner, *small_course.lessons)
    passes(cast.learner, small_course.quiz)
    read(cast.other_learner, *small_course.lessons)
    new = make_page(small_course.module, LessonPage, "Mục mới")
    drain()
    news = CourseNews.objects.get()
    assert (news.person, news.steps) == (cast.learner, [str(new.translation_key)])
    page = " ".join(client_of(cast.learner).get("/hoc-tap/").content.decode().split())
    assert f'có thêm: <a href="{new.url}">Mục mới</a>' in page
    assert "vẫn được giữ" in page
    read(cast.learner, new)
    assert "có thêm" not in client_of(cast.learner).get("/hoc-tap/").content.decode()


def test_what_is_new_later_is_told_again_with_what_was_not_read_yet(cast, small_course):
    read(cast.learner, *small_course.lessons)
    passes(cast.learner, small_course.quiz)
    keys = []
    for title in ("Mục mới", "Mục mới nữa"):
        keys.append(str(make_page(small_course.module, LessonPage, title).translation_key))
        drain()
    assert CourseNews.objects.get().steps == keys
    CourseNews.objects.update(read_at=NOW)
    keys.append(str(make_page(small_course.module, LessonPage, "Mục thứ ba").translation_key))
    drain()
    assert (CourseNews.objects.get().steps, CourseNews.objects.get().read_at) == (keys[2:], None)


# --- by sets, as by person


def test_the_sets_find_whom_the_rule_finds(cast, small_course, django_assert_num_queries):
    read(cast.learner, *small_course.lessons)
    passes(cast.learner, small_course.quiz)
    read(cast.other_learner, *small_course.lessons)
    steps = asked_steps(small_course.course)
    Completion.objects.all().delete()
    with django_assert_num_queries(5):  # quizzes, conversations, lessons, completions, attempts
        assert who_has_done_all(small_course.course, steps) == {cast.learner.pk}
    follow(KEY, date(2026, 3, 2), NOW)
    assert who_has_done_all(small_course.course, steps) == set()
    passes(cast.learner, small_course.quiz, NOW + timedelta(days=400))
    Completion.objects.filter(completed_on__gt=date(2026, 3, 2)).delete()
    assert who_has_done_all(small_course.course, steps) == {cast.learner.pk}
    assert who_has_done_all(small_course.course, ()) == set()


@pytest.mark.parametrize(
    ("titles", "words"),
    [(["A"], "“A”"), (["A", "B", "C"], "“A”, “B”, “C”"), (["A", "B", "C", "D", "E"], "“A”, “B”, “C” và 2 mục khác")],
)
def test_a_reason_names_three_steps_at_most(titles, words):
    assert named(titles) == words


def test_a_reason_fits_its_column():
    change = Change(tuple(f"{n}" * 255 for n in range(9)), ())
    assert len(change.reason(date(2026, 3, 2))) <= 300


# --- what screens say


def test_the_check_says_where_a_page_and_the_figures_disagree(cast, small_course):
    day = date(2026, 3, 2)
    rebuild_all()
    read(cast.learner, *small_course.lessons)
    rebuild_all()
    assert list(differences(day)) == []
    QuizPage.objects.filter(pk=small_course.quiz.pk).update(live=False)
    raise_version()
    code = cast.learner.staff_code
    assert list(differences(day)) == [
        f"{KEY}: trang của {code} ghi đã xong mọi mục bắt buộc, số liệu ghi chưa hoàn thành."
    ]
    follow_all(NOW)
    assert list(differences(day)) == []


def test_a_voided_completion_leads_to_the_quiz_and_does_not_say_that_all_is_done(cast, small_course, client_of):
    read(cast.learner, *small_course.lessons)
    passes(cast.learner, small_course.quiz)
    void(Completion.objects.get(), date(2026, 3, 2), "Làm hộ", cast.trainer, NOW)
    page = " ".join(client_of(cast.learner).get(small_course.course.url).content.decode().split())
    assert "Lần hoàn thành trước không còn được tính" in page
    assert f'href="{small_course.quiz.url}"' in page
    assert "đang được ghi" not in page
    assert list(differences(date(2026, 3, 2))) == []


def test_a_lapsed_completion_is_lapsed_on_both(cast, small_course):
    Completion.objects.create(
        person=cast.learner, course_key=KEY, completed_on=date(2024, 3, 2), source=Completion.Source.IMPORT
    )
    for day in (date(2026, 3, 1), date(2026, 3, 2)):
        assert list(differences(day)) == []


def test_the_check_asks_as_many_questions_for_one_person_as_for_ten(cast, small_course):
    def cost():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert list(differences(date(2026, 3, 2))) == []
        return len(queries)

    read(cast.learner, *small_course.lessons)
    cost()  # the structure is read once
    one = cost()
    for number in range(10):
        read(make_person(f"Người {number}"), *small_course.lessons)
    assert cost() == one


# --- a lesson that was read elsewhere


@shared
def moved():
    """Two courses asked of the same people; a lesson of the first is moved to the second."""
    first, second = make_course(lessons=3, questions=1), make_course("khoa-khac", lessons=2, questions=1)
    for key in (KEY, "khoa-khac"):
        requirement = Requirement.objects.create(key=key, name=key)
        terms = {"deadline": date(2026, 12, 1), "validity_months": 24, "course_key": key}
        RequirementRule.objects.create(requirement=requirement, duty=make_duty(), **terms)
    for kind in (Posting, RequirementRule):
        kind.objects.update(recorded_at=NOW - timedelta(days=1))
    return SimpleNamespace(first=first, second=second)


def spans_of(person, key="khoa-khac"):
    rows = Standing.objects.filter(person=person, requirement__key=key).order_by("start")
    return [(row.state, row.start) for row in rows]


def states_on(person, day, known_on=None):
    requirement = Requirement.objects.get(key="khoa-khac")
    return {state for who, _unit, state in standing_on(requirement, day, known_on) if who == person.pk}


@pytest.mark.parametrize("required", [True, False])
def test_who_read_a_lesson_that_came_has_begun_the_course_from_that_day_on(cast, moved, client_of, required):
    lesson = moved.first.lessons[2]
    LessonPage.objects.filter(pk=lesson.pk).update(required=required)
    lesson.refresh_from_db()
    read(cast.learner, lesson)
    rebuild_all()
    drain()
    later = NOW + timedelta(days=3)
    with travel(later, tick=False):
        lesson.move(moved.second.module, pos="last-child")
        drain()
        begun = CourseBegun.objects.get()
        assert (begun.person, begun.course_key, begun.at, begun.read_at) == (cast.learner, "khoa-khac", later, NOW)
        assert begun.reason == "Đã đọc “Mục 3” ở khóa học khác trước khi mục này chuyển sang."
        assert ("in_progress", date(2026, 3, 5)) in spans_of(cast.learner)
        assert states_on(cast.learner, date(2026, 3, 5)) == {"in_progress"}
        # as known before, and on the days before, nothing moved
        assert states_on(cast.learner, date(2026, 3, 4)) == {"not_started"}
        assert states_on(cast.learner, date(2026, 3, 5), date(2026, 3, 4)) == {"not_started"}
        assert states_on(cast.other_learner, date(2026, 3, 5)) == {"not_started"}
        assert list(differences(date(2026, 3, 5))) == []
        daily_counts(later)
        assert list(recounted()) == []
        assert activity([cast.learner.pk], ["khoa-khac"], date(2026, 3, 5)) == {cast.learner.pk: (NOW, False)}
        assert activity([cast.learner.pk], ["khoa-khac"], date(2026, 3, 4)) == {}
        assert learners_amid("khoa-khac") == {cast.learner.pk}
        assert "Đã đọc “Mục 3”" in str(own_begun(cast.learner))
        # once
        follow("khoa-khac", date(2026, 3, 5), later)
        assert CourseBegun.objects.count() == 1


def test_a_planted_difference_is_said_of_a_lesson_that_was_read_elsewhere(cast, moved):
    read(cast.learner, moved.first.lessons[2])
    moved.first.lessons[2].move(moved.second.module, pos="last-child")
    drain()
    CourseBegun.objects.all().delete()
    said = "ghi Đang học, số liệu ghi Chưa bắt đầu."
    assert [line for line in differences(date(2026, 3, 2)) if line.endswith(said)] != []


def test_who_reads_on_before_the_move_is_followed_is_in_progress_too(cast, moved):
    """The page took the course for begun, so nothing was counted when the next lesson was read."""
    read(cast.learner, moved.first.lessons[2])
    rebuild_all()
    moved.first.lessons[2].move(moved.second.module, pos="last-child")
    mark_seen(cast.learner, "khoa-khac", moved.second.lessons[0].translation_key, NOW)
    drain()
    assert not CourseBegun.objects.filter(course_key="khoa-khac").exists()
    assert ("in_progress", date(2026, 3, 2)) in spans_of(cast.learner)


def test_what_was_moved_before_the_upgrade_is_followed_by_night(cast, moved):
    read(cast.learner, moved.first.lessons[2])
    moved.first.lessons[2].move(moved.second.module, pos="last-child")
    Effect.objects.all().delete()
    AskedSteps.objects.filter(course_key="khoa-khac").update(lessons=None)
    follow_all(NOW)
    assert CourseBegun.objects.get().course_key == "khoa-khac"
    assert set(AskedSteps.objects.get(course_key="khoa-khac").lessons) >= {str(moved.first.lessons[2].translation_key)}


def test_a_move_is_followed_in_as_many_queries_for_one_person_as_for_ten(cast, moved):
    lessons = [str(moved.first.lessons[2].translation_key)]

    def cost():
        CourseBegun.objects.all().delete()
        with CaptureQueriesContext(connection) as queries:
            assert begin(moved.second.course, lessons, NOW) > 0
        return len(queries)

    read(cast.learner, moved.first.lessons[2])
    one = cost()
    read(cast.other_learner, moved.first.lessons[2])
    for number in range(10):
        read(make_person(f"Người {number}"), moved.first.lessons[2])
    assert cost() == one
