"""A course is completed once, with its evidence: all required lessons seen and all required quizzes passed."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from factories import make_course, make_page
from sharing import shared

from courses.attempts.answering import save_answer
from courses.completions.completion import (
    Completion,
    Void,
    after_submission,
    complete_if_done,
    completed_keys,
    courses_to_complete_first,
    lessons_to_see_before,
    next_in,
    source_course,
    void,
)
from courses.content.course import CoursePage
from courses.content.lesson import LessonPage
from courses.content.quiz import QuizPage, QuizQuestion
from courses.progress.lessons import LessonSeen
from courses.quizzes.admission import start
from courses.quizzes.submitting import submit
from courses.standing.rules import seed_requirements
from courses.standing.standing import Standing
from people.log.audit import Act, Entry

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
NEXT_DAY = NOW + timedelta(days=1)


@shared
def small_course():
    return make_course()


def see(person, small_course, lessons=None, at=NOW):
    for lesson in small_course.lessons if lessons is None else lessons:
        LessonSeen.objects.create(
            person=person, lesson_key=lesson.translation_key, course_key=small_course.course.key, seen_at=at
        )


def take(person, quiz, now, right=True):
    attempt = start(person, quiz, now)
    for item in attempt.items.select_related("version"):
        key = item.version.key["right"][0]
        choice = key if right else next(id for id in item.choice_order if id != key)
        save_answer(person, attempt.pk, item.position, {"choice": [choice]}, based_on=0, token=attempt_token(), now=now)
    return submit(attempt, now)


def attempt_token():
    return uuid4()


def test_passing_after_all_lessons_completes_the_course(cast, small_course):
    see(cast.learner, small_course)
    attempt = take(cast.learner, small_course.quiz, NOW)
    completion = Completion.objects.get()
    assert (completion.person, completion.course_key) == (cast.learner, small_course.course.key)
    assert (completion.completed_on, completion.attempt) == (TODAY, attempt)
    assert completion.evidence == "Bài kiểm tra cuối khóa: 100 %"


def test_a_pass_counts_from_the_day_the_last_lesson_was_seen(cast, small_course):
    see(cast.learner, small_course, small_course.lessons[:1])
    take(cast.learner, small_course.quiz, NOW)
    assert not Completion.objects.exists()
    see(cast.learner, small_course, small_course.lessons[1:], NEXT_DAY)
    complete_if_done(cast.learner, small_course.course, NEXT_DAY)
    assert Completion.objects.get().completed_on == date(2026, 3, 3)


def test_asking_again_records_nothing_more(cast, small_course):
    see(cast.learner, small_course)
    take(cast.learner, small_course.quiz, NOW)
    assert complete_if_done(cast.learner, small_course.course, NEXT_DAY) is None
    assert Completion.objects.count() == 1


def test_a_failed_attempt_completes_nothing(cast, small_course):
    see(cast.learner, small_course)
    take(cast.learner, small_course.quiz, NOW, right=False)
    assert not Completion.objects.exists()


def test_what_is_not_required_or_not_published_is_not_asked_for(cast, small_course):
    see(cast.learner, small_course)
    make_page(small_course.module, LessonPage, "Đọc thêm", required=False)
    make_page(small_course.module, LessonPage, "Bản nháp", live=False)
    take(cast.learner, small_course.quiz, NOW)
    assert Completion.objects.count() == 1


def test_every_required_quiz_must_be_passed(cast, small_course):
    second = make_page(small_course.module, QuizPage, "Bài giữa khóa")
    QuizQuestion.objects.create(quiz=second, question=small_course.questions[0])
    see(cast.learner, small_course)
    take(cast.learner, small_course.quiz, NOW)
    assert not Completion.objects.exists()
    take(cast.learner, second, NEXT_DAY)
    assert Completion.objects.get().evidence == "Bài giữa khóa: 100 %"


def test_a_renewal_asks_for_every_required_quiz_again(cast, small_course):
    second = make_page(small_course.module, QuizPage, "Bài giữa khóa")
    QuizQuestion.objects.create(quiz=second, question=small_course.questions[0])
    see(cast.learner, small_course)
    take(cast.learner, small_course.quiz, NOW)
    take(cast.learner, second, NOW)
    assert Completion.objects.count() == 1
    take(cast.learner, second, NEXT_DAY)
    take(cast.learner, second, NEXT_DAY + timedelta(hours=1))
    assert Completion.objects.count() == 1
    take(cast.learner, small_course.quiz, NEXT_DAY + timedelta(days=1))
    assert [one.completed_on for one in Completion.objects.order_by("completed_on")] == [TODAY, date(2026, 3, 4)]


def test_a_course_without_a_quiz_is_completed_by_its_lessons_once(cast, small_course):
    small_course.quiz.delete()
    see(cast.learner, small_course)
    assert complete_if_done(cast.learner, small_course.course, NOW)
    assert complete_if_done(cast.learner, small_course.course, NEXT_DAY) is None


def test_an_empty_course_is_completed_by_nobody(cast, small_course):
    small_course.quiz.delete()
    LessonPage.objects.update(required=False)
    assert complete_if_done(cast.learner, small_course.course, NOW) is None


def test_passing_again_later_renews(cast, small_course):
    see(cast.learner, small_course)
    take(cast.learner, small_course.quiz, NOW)
    take(cast.learner, small_course.quiz, NEXT_DAY)
    assert list(Completion.objects.order_by("completed_on").values_list("completed_on", flat=True)) == [
        TODAY,
        date(2026, 3, 3),
    ]


def test_passing_twice_on_one_day_is_one_completion(cast, small_course):
    see(cast.learner, small_course)
    take(cast.learner, small_course.quiz, NOW)
    take(cast.learner, small_course.quiz, NOW + timedelta(hours=1))
    assert Completion.objects.count() == 1


def test_a_void_is_a_dated_fact_and_a_new_pass_counts_again(cast, small_course):
    see(cast.learner, small_course)
    take(cast.learner, small_course.quiz, NOW)
    void(Completion.objects.get(), TODAY, "Làm hộ", cast.manager, NOW)
    assert completed_keys(cast.learner, [small_course.course.key], TODAY) == set()
    take(cast.learner, small_course.quiz, NOW + timedelta(hours=1))
    assert completed_keys(cast.learner, [small_course.course.key], TODAY) == {small_course.course.key}
    assert Completion.objects.count() == 2
    assert Completion.objects.current().count() == 1


def test_a_void_can_be_corrected_without_being_edited(cast, small_course):
    see(cast.learner, small_course)
    take(cast.learner, small_course.quiz, NOW)
    completion = Completion.objects.get()
    first = void(completion, TODAY, "Làm hộ", cast.manager, NOW)
    assert void(completion, TODAY, "Làm hộ", cast.manager, NEXT_DAY) == first
    second = void(completion, date(2026, 3, 1), "Làm hộ", cast.manager, NEXT_DAY)
    first.refresh_from_db()
    assert first.superseded_at == NEXT_DAY
    assert list(Void.objects.current()) == [second]


def test_what_is_next_is_the_first_open_lesson_then_the_quiz(cast, small_course):
    assert next_in(cast.learner, small_course.course) == small_course.lessons[0]
    see(cast.learner, small_course)
    assert next_in(cast.learner, small_course.course) == small_course.quiz
    take(cast.learner, small_course.quiz, NOW)
    assert next_in(cast.learner, small_course.course) is None


def test_the_evidence_is_the_latest_passed_quiz_with_its_whole_percent(cast, small_course):
    small_course.quiz.pass_percent = 60
    see(cast.learner, small_course)
    attempt = start(cast.learner, small_course.quiz, NOW)
    attempt.items.filter(position=4).update(points=50)
    for item in attempt.items.select_related("version").exclude(position=1):
        chosen = {"choice": item.version.key["right"]}
        save_answer(cast.learner, attempt.pk, item.position, chosen, based_on=0, token=attempt_token(), now=NOW)
    submit(attempt, NOW)
    completion = Completion.objects.get()
    # 250 of 350 hundredths are 71.4 %
    assert completion.evidence == "Bài kiểm tra cuối khóa: 71 %"
    assert (completion.source, completion.recorded_at, completion.attempt_id) == ("quiz", NOW, attempt.pk)


def test_the_latest_of_several_passes_is_the_evidence(cast, small_course):
    see(cast.learner, small_course, small_course.lessons[:1])
    take(cast.learner, small_course.quiz, NOW)
    latest = take(cast.learner, small_course.quiz, NEXT_DAY)
    see(cast.learner, small_course, small_course.lessons[1:], NEXT_DAY)
    assert complete_if_done(cast.learner, small_course.course, NEXT_DAY).attempt == latest


def test_of_several_quizzes_the_one_passed_last_is_the_evidence_whichever_was_begun_first(cast, small_course):
    second = make_page(small_course.module, QuizPage, "Bài giữa khóa")
    QuizQuestion.objects.create(quiz=second, question=small_course.questions[0])
    see(cast.learner, small_course)
    start(cast.learner, second, NOW)
    take(cast.learner, small_course.quiz, NOW)
    last = take(cast.learner, second, NEXT_DAY)
    assert Completion.objects.get().attempt == last


def test_what_somebody_else_has_done_completes_nothing(cast, small_course):
    see(cast.other_learner, small_course)
    take(cast.learner, small_course.quiz, NOW)
    assert complete_if_done(cast.learner, small_course.course, NOW) is None
    see(cast.learner, small_course)
    take(cast.other_learner, small_course.quiz, NOW, right=False)
    assert complete_if_done(cast.other_learner, small_course.course, NOW) is None
    assert complete_if_done(cast.learner, small_course.course, NOW).person == cast.learner


def brought_in(person, small_course, on):
    return Completion.objects.create(
        person=person, course_key=small_course.course.key, completed_on=on, source="import"
    )


def test_a_completion_from_the_files_asks_for_nothing_again(cast, small_course):
    """Only a completion on the system dates what must be passed again."""
    take(cast.learner, small_course.quiz, NOW)
    brought_in(cast.learner, small_course, date(2026, 3, 3))
    see(cast.learner, small_course)
    assert complete_if_done(cast.learner, small_course.course, NEXT_DAY) is None
    assert complete_if_done(cast.learner, small_course.course, NEXT_DAY + timedelta(days=1))


def test_a_completion_of_a_day_from_the_files_stands_for_that_day(cast, small_course):
    brought_in(cast.learner, small_course, TODAY)
    see(cast.learner, small_course)
    take(cast.learner, small_course.quiz, NOW)
    assert Completion.objects.get().source == "import"


def test_a_void_counts_from_its_day_on_and_for_its_course_and_person(cast, small_course):
    void(brought_in(cast.learner, small_course, TODAY), date(2026, 3, 10), "  Làm hộ ", cast.manager, NOW)
    brought_in(cast.other_learner, small_course, TODAY)
    key = small_course.course.key
    for day, counts in [(9, True), (10, False), (11, False)]:
        assert (key in completed_keys(cast.learner, [key, "khac"], date(2026, 3, day))) is counts
    assert completed_keys(cast.other_learner, [key, "khac"]) == {key}
    assert completed_keys(cast.other_learner, ["khac"]) == set()
    assert completed_keys(cast.learner, [key]) == set()


def test_a_void_is_kept_with_who_and_why_and_changes_the_standing(cast, small_course):
    requirement = seed_requirements()[0]
    completion = brought_in(cast.learner, small_course, TODAY)
    made_void = void(completion, TODAY, "  Làm hộ ", cast.manager, NOW)
    assert (made_void.reason, made_void.by, made_void.on, made_void.recorded_at) == ("Làm hộ", cast.manager, TODAY, NOW)
    entry = Entry.objects.get(act=Act.VOIDED)
    assert (entry.by, entry.person, entry.detail, entry.at) == (
        cast.manager,
        cast.learner,
        small_course.course.key,
        NOW,
    )
    assert void(completion, TODAY, "Làm hộ", cast.manager, NEXT_DAY) == made_void
    assert Entry.objects.filter(act=Act.VOIDED).count() == 1
    assert void(completion, TODAY, "Nhầm người", cast.manager, NEXT_DAY) != made_void
    standings = Standing.objects.filter(requirement=requirement, person=cast.learner)
    assert standings.exists()
    assert not standings.filter(state="completed").exists()


def test_completing_changes_the_standing_at_once(cast, small_course):
    requirement = seed_requirements()[0]
    see(cast.learner, small_course)
    take(cast.learner, small_course.quiz, NOW)
    assert Standing.objects.filter(requirement=requirement, person=cast.learner, state="completed").exists()


def test_the_course_is_the_published_one_with_this_key(cast, small_course):
    assert source_course(small_course.course.key) == small_course.course
    assert source_course("khong-co") is None
    CoursePage.objects.filter(pk=small_course.course.pk).update(live=False)
    assert source_course(small_course.course.key) is None


def test_an_attempt_completes_only_when_it_was_passed_and_its_course_is_still_there(cast, small_course):
    see(cast.learner, small_course)
    failed = take(cast.learner, small_course.quiz, NOW, right=False)
    passed = take(cast.learner, small_course.quiz, NEXT_DAY)
    Completion.objects.all().delete()
    assert after_submission(failed, NEXT_DAY) is None
    assert after_submission(passed, NEXT_DAY).attempt == passed
    CoursePage.objects.filter(pk=small_course.course.pk).update(live=False)
    assert after_submission(passed, NEXT_DAY + timedelta(days=1)) is None


def test_what_is_next_leaves_out_what_is_not_required_or_published_or_done_by_others(cast, small_course):
    see(cast.other_learner, small_course)
    LessonPage.objects.filter(pk=small_course.lessons[0].pk).update(required=False)
    assert next_in(cast.learner, small_course.course) == small_course.lessons[1]
    see(cast.learner, small_course)
    take(cast.other_learner, small_course.quiz, NOW)
    assert next_in(cast.learner, small_course.course) == small_course.quiz
    early = make_page(small_course.module, QuizPage, "Bài giữa khóa")
    assert next_in(cast.learner, small_course.course) == early
    QuizPage.objects.filter(pk=early.pk).update(live=False)
    assert next_in(cast.learner, small_course.course) == small_course.quiz
    QuizPage.objects.filter(pk=small_course.quiz.pk).update(required=False)
    assert next_in(cast.learner, small_course.course) is None


def test_only_required_lessons_that_stand_before_the_quiz_come_first(cast, small_course):
    assert lessons_to_see_before(cast.learner, small_course.course, small_course.quiz) == 2
    early = make_page(small_course.module, QuizPage, "Bài giữa khóa")
    make_page(small_course.module, LessonPage, "Mục 3")
    assert lessons_to_see_before(cast.learner, small_course.course, early) == 2
    assert lessons_to_see_before(cast.learner, small_course.course, small_course.quiz) == 3
    see(cast.learner, small_course, small_course.lessons[:1])
    assert lessons_to_see_before(cast.learner, small_course.course, early) == 1
    assert lessons_to_see_before(cast.other_learner, small_course.course, early) == 2


def test_courses_that_come_first_are_named_until_they_are_completed(cast, small_course):
    assert courses_to_complete_first(cast.learner, {}) == []
    course = CoursePage.objects.get(pk=small_course.course.pk)
    others = [make_course(f"truoc-{n}", title=f"Khóa {n}", questions=0) for n in (1, 2)]
    titles = {other.course.key: other.course.title for other in others}
    course.save()
    assert set(courses_to_complete_first(cast.learner, titles)) == {"Khóa 1", "Khóa 2"}
    completion = brought_in(cast.learner, others[0], TODAY)
    assert courses_to_complete_first(cast.learner, titles) == ["Khóa 2"]
    void(completion, date(2026, 3, 10), "Làm hộ", cast.manager, NOW)
    assert courses_to_complete_first(cast.learner, titles, date(2026, 3, 9)) == ["Khóa 2"]
    assert len(courses_to_complete_first(cast.learner, titles, date(2026, 3, 10))) == 2
