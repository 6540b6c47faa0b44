"""A course is completed once, with its evidence: all required lessons seen and all required quizzes passed."""

from datetime import UTC, date, datetime, timedelta

from factories import make_course, make_page
from sharing import shared

from courses.attempts.answering import save_answer
from courses.completions.completion import Completion, Void, complete_if_done, completed_keys, next_in, void
from courses.content.lesson import LessonPage
from courses.content.quiz import QuizPage, QuizQuestion
from courses.progress.lessons import LessonSeen
from courses.quizzes.admission import start
from courses.quizzes.submitting import submit

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
    from uuid import uuid4

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
