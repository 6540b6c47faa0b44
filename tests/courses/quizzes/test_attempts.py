"""Attempts: started, answered, submitted. An answer that the server acknowledged is never lost."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from random import Random
from uuid import uuid4

import pytest
from django.db.models import QuerySet
from factories import make_course, make_duty
from sharing import shared

from courses.attempts import answering
from courses.attempts.answering import AlreadySubmitted, Conflict, SavedAnswer, _insert, flag, save_answer
from courses.attempts.attempt import Answer, Attempt, AttemptItem, Mark
from courses.content.course import CoursePage
from courses.progress.lessons import LessonSeen
from courses.questions.kinds.kind import BadAnswer
from courses.questions.versions import QuestionVersion
from courses.questions.writing import create_or_update_question
from courses.quizzes.admission import Admission, Refused, admission, grant, start
from courses.quizzes.reviewing import review
from courses.quizzes.showing import slots
from courses.quizzes.submitting import submit, submit_own
from courses.requirements.requirement import Requirement, RequirementRule
from pages.serving.version import raise_version
from people.log.audit import Act, Entry

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)


@shared
def small_course():
    return make_course()


def right_of(item) -> list[str]:
    return item.version.key["right"]


def wrong_of(item) -> list[str]:
    return [choice["id"] for choice in item.version.structure["choices"] if choice["id"] not in right_of(item)][:1]


def save(attempt, position, choice, *, based_on=0, token=None, now=NOW, person=None):
    chosen = [choice] if isinstance(choice, str) else choice
    return save_answer(
        person or attempt.person,
        attempt.pk,
        position,
        {"choice": chosen},
        based_on=based_on,
        token=token or uuid4(),
        now=now,
    )


def answer_all(attempt, right=True):
    for item in attempt.items.select_related("version"):
        save(attempt, item.position, (right_of if right else wrong_of)(item))


def fail_one(person, quiz, now):
    attempt = start(person, quiz, now)
    return submit(attempt, now)


# --- starting


def test_an_attempt_freezes_versions_order_and_rules(cast, small_course):
    attempt = start(cast.learner, small_course.quiz, NOW)
    small_course.quiz.pass_percent = 10
    small_course.quiz.save()
    create_or_update_question(
        category="nhan-dien-nan-nhan",
        name="Câu 1",
        kind="single_choice",
        text="Câu hỏi khác hẳn?",
        choices=[{"text": "Đúng"}, {"text": "Sai 1", "right": True}],
    )
    attempt.refresh_from_db()
    first = attempt.items.select_related("version").get(position=1)
    assert attempt.rules["pass_percent"] == 80
    assert first.version.frozen().text("text") == "Câu hỏi 1?"
    assert sorted(first.choice_order) == sorted(choice["id"] for choice in first.version.structure["choices"])


def test_starting_again_resumes_the_open_attempt(cast, small_course):
    assert start(cast.learner, small_course.quiz, NOW) == start(cast.learner, small_course.quiz, LATER)


def test_choices_keep_their_order_where_the_quiz_says_so(cast, small_course):
    small_course.quiz.shuffle_choices = False
    attempt = start(cast.learner, small_course.quiz, NOW)
    item = attempt.items.select_related("version").first()
    assert item.choice_order == [choice["id"] for choice in item.version.structure["choices"]]


def test_a_question_taken_offline_is_asked_no_more(cast, small_course):
    small_course.questions[0].unpublish()
    assert start(cast.learner, small_course.quiz, NOW).items.count() == 3


def test_after_the_last_allowed_attempt_the_trainer_can_give_one_more(cast, small_course):
    small_course.quiz.attempt_limit = 1
    fail_one(cast.learner, small_course.quiz, NOW)
    with pytest.raises(Refused, match="hết số lần làm"):
        start(cast.learner, small_course.quiz, LATER)
    grant(cast.learner, small_course.quiz, cast.trainer, "Mất điện", LATER)
    assert start(cast.learner, small_course.quiz, LATER).number == 2


def test_after_a_failed_attempt_one_waits_and_is_told_until_when(cast, small_course):
    small_course.quiz.wait_minutes = 10
    fail_one(cast.learner, small_course.quiz, NOW)
    with pytest.raises(Refused, match="mở lúc 08:10"):
        start(cast.learner, small_course.quiz, LATER)
    assert admission(cast.learner, small_course.quiz, LATER).opens_at == NOW + timedelta(minutes=10)
    assert start(cast.learner, small_course.quiz, NOW + timedelta(minutes=10)).number == 2


def test_after_a_pass_nobody_waits_and_the_limit_counts_anew(cast, small_course):
    small_course.quiz.wait_minutes, small_course.quiz.attempt_limit = 10, 1
    attempt = start(cast.learner, small_course.quiz, NOW)
    answer_all(attempt)
    submit(attempt, NOW)
    assert start(cast.learner, small_course.quiz, LATER).number == 2


def test_a_pass_opens_the_count_anew_without_the_attempts_granted_before_it(cast, small_course):
    small_course.quiz.wait_minutes, small_course.quiz.attempt_limit = 0, 1
    fail_one(cast.learner, small_course.quiz, NOW)
    grant(cast.learner, small_course.quiz, cast.trainer, "Mất điện", NOW)
    attempt = start(cast.learner, small_course.quiz, NOW)
    answer_all(attempt)
    submit(attempt, NOW)
    assert admission(cast.learner, small_course.quiz, LATER).left == 1
    fail_one(cast.learner, small_course.quiz, LATER)
    assert admission(cast.learner, small_course.quiz, LATER).left == 0
    grant(cast.learner, small_course.quiz, cast.trainer, "Mất điện lần nữa", LATER)
    assert admission(cast.learner, small_course.quiz, LATER).left == 1


def pass_one(person, quiz, now):
    attempt = start(person, quiz, now)
    for item in attempt.items.select_related("version"):
        save(attempt, item.position, right_of(item), person=person)
    return submit(attempt, now)


def require(months, course="nhan-dien-nan-nhan"):
    requirement = Requirement.objects.create(key=course, name=course)
    terms = {"deadline": date(2026, 12, 15), "validity_months": months, "course_key": course}
    RequirementRule.objects.create(requirement=requirement, duty=make_duty(), **terms)


def test_practice_after_a_pass_uses_up_nothing_of_a_renewal(cast):
    quiz = make_course(lessons=0, attempt_limit=2, wait_minutes=0).quiz
    require(months=12)
    assert pass_one(cast.learner, quiz, NOW).completes
    fail_one(cast.learner, quiz, LATER)
    fail_one(cast.learner, quiz, LATER)
    practising = admission(cast.learner, quiz, LATER)
    assert (practising.refusal, practising.left) == ("", None)
    a_year_later = NOW.replace(year=2027)
    assert admission(cast.learner, quiz, a_year_later - timedelta(days=1)).left is None
    assert admission(cast.learner, quiz, a_year_later).left == 2
    fail_one(cast.learner, quiz, a_year_later)
    assert admission(cast.learner, quiz, a_year_later).left == 1
    fail_one(cast.learner, quiz, a_year_later)
    with pytest.raises(Refused, match="hết số lần làm"):
        start(cast.learner, quiz, a_year_later)
    grant(cast.learner, quiz, cast.trainer, "Gia hạn", a_year_later)
    assert pass_one(cast.learner, quiz, a_year_later).completes
    assert admission(cast.learner, quiz, a_year_later).left is None


def test_what_was_granted_in_an_earlier_period_stays_there(cast):
    quiz = make_course(lessons=0, attempt_limit=1, wait_minutes=0).quiz
    require(months=12)
    pass_one(cast.learner, quiz, NOW)
    grant(cast.learner, quiz, cast.trainer, "Muốn tập thêm", LATER)
    assert admission(cast.learner, quiz, NOW.replace(year=2027)).left == 1


def test_what_was_granted_to_somebody_else_or_for_another_quiz_is_not_counted(cast, small_course):
    small_course.quiz.attempt_limit = 1
    fail_one(cast.learner, small_course.quiz, NOW)
    other = make_course("khoa-khac", questions=1).quiz
    grant(cast.other_learner, small_course.quiz, cast.trainer, "Mất điện", LATER)
    grant(cast.learner, other, cast.trainer, "Mất điện", LATER)
    assert admission(cast.learner, small_course.quiz, LATER).left == 0


def test_without_a_limit_nobody_is_told_how_many_are_left(cast, small_course):
    small_course.quiz.attempt_limit = 0
    fail_one(cast.learner, small_course.quiz, NOW)
    assert admission(cast.learner, small_course.quiz, NOW + timedelta(days=1)).left is None


def test_what_is_left_counts_down_and_never_below_nothing(cast, small_course):
    small_course.quiz.attempt_limit, small_course.quiz.wait_minutes = 3, 0
    left = [admission(cast.learner, small_course.quiz, NOW).left]
    for _time in range(3):
        fail_one(cast.learner, small_course.quiz, NOW)
        left.append(admission(cast.learner, small_course.quiz, NOW).left)
    small_course.quiz.attempt_limit = 1
    left.append(admission(cast.learner, small_course.quiz, NOW).left)
    assert left == [3, 2, 1, 0, 0]


def test_an_open_attempt_is_resumed_whatever_the_limit_and_knows_those_before_it(cast, small_course):
    small_course.quiz.wait_minutes = 0
    first = fail_one(cast.learner, small_course.quiz, NOW)
    second = start(cast.learner, small_course.quiz, LATER)
    small_course.quiz.attempt_limit = 1
    found = admission(cast.learner, small_course.quiz, LATER)
    assert (found.open, found.past, found.refusal) == (second, [first], "")
    assert admission(cast.other_learner, small_course.quiz, LATER).open is None


@pytest.mark.parametrize(("seconds", "waits"), [(599, True), (600, False), (601, False)])
def test_the_wait_ends_on_the_second(cast, small_course, seconds, waits):
    small_course.quiz.wait_minutes = 10
    fail_one(cast.learner, small_course.quiz, NOW)
    found = admission(cast.learner, small_course.quiz, NOW + timedelta(seconds=seconds))
    assert (found.opens_at is not None, bool(found.refusal)) == (waits, waits)


def test_the_wait_counts_from_the_latest_attempt(cast, small_course):
    small_course.quiz.wait_minutes = 10
    fail_one(cast.learner, small_course.quiz, NOW)
    hour_later = NOW + timedelta(hours=1)
    fail_one(cast.learner, small_course.quiz, hour_later)
    assert admission(cast.learner, small_course.quiz, hour_later).opens_at == hour_later + timedelta(minutes=10)


def test_only_the_latest_attempt_decides_whether_one_waits(cast, small_course):
    small_course.quiz.wait_minutes = 10
    failed = fail_one(cast.learner, small_course.quiz, NOW)
    passed_at = failed.submitted_at + timedelta(minutes=10)
    attempt = start(cast.learner, small_course.quiz, passed_at)
    answer_all(attempt)
    submit(attempt, passed_at)
    assert admission(cast.learner, small_course.quiz, passed_at).opens_at is None
    practice = fail_one(cast.learner, small_course.quiz, passed_at + timedelta(hours=1))
    opens_at = practice.submitted_at + timedelta(minutes=10)
    assert admission(cast.learner, small_course.quiz, practice.submitted_at).opens_at == opens_at


def test_a_wait_until_another_day_names_the_day(cast, small_course):
    small_course.quiz.wait_minutes = 24 * 60
    fail_one(cast.learner, small_course.quiz, NOW)
    assert "mở lúc 08:00 03/03/2026" in admission(cast.learner, small_course.quiz, LATER).refusal
    assert "mở lúc 08:00." in admission(cast.learner, small_course.quiz, NOW + timedelta(hours=20)).refusal


def test_the_best_attempt_is_a_passed_one_and_then_the_one_with_most_points():
    def tried(passed, score):
        return Attempt(passed=passed, score=score, max_score=100, submitted_at=NOW)

    low, high, passed = tried(False, 10), tried(False, 70), tried(True, 60)
    assert Admission(past=[low, high]).best is high
    assert Admission(past=[low, high, passed]).best is passed
    higher = Attempt(passed=False, score=211, max_score=300, scale=3, submitted_at=NOW)
    assert higher.percent == high.percent
    assert Admission(past=[high, higher]).best is higher
    assert Admission().best is None


def test_an_attempt_keeps_the_words_and_rules_of_the_quiz(cast, small_course):
    small_course.quiz.pass_percent, small_course.quiz.wait_minutes = 70, 5
    attempt = start(cast.learner, small_course.quiz, NOW)
    assert attempt.rules == {
        "title": "Bài kiểm tra cuối khóa",
        "language": "vi",
        "pass_percent": 70,
        "wait_minutes": 5,
    }
    assert (attempt.number, attempt.started_at, attempt.course_key) == (1, NOW, small_course.course.key)


def test_an_attempt_keeps_the_points_and_the_lesson_of_each_question(cast, small_course):
    small_course.quiz.questions.filter(sort_order=1).update(points=300)
    small_course.quiz.questions.filter(sort_order=2).update(lesson=None)
    small_course.quiz.shuffle_questions = False
    items = list(start(cast.learner, small_course.quiz, NOW).items.select_related("version").order_by("position"))
    first, second = (lesson.translation_key for lesson in small_course.lessons)
    assert [(item.position, item.points, item.lesson_key) for item in items] == [
        (1, 100, first),
        (2, 300, second),
        (3, 100, None),
        (4, 100, second),
    ]
    assert [item.version.frozen().text("text") for item in items] == [f"Câu hỏi {n}?" for n in (1, 2, 3, 4)]


def test_what_was_published_since_decides_also_for_who_names_no_version(cast, small_course):
    quiz = small_course.quiz
    assert admission(cast.learner, quiz, NOW).refusal == ""
    assert start(cast.learner, quiz, NOW).items.count() == 4
    for question in small_course.questions[:3]:
        question.unpublish()
    raise_version()
    assert start(cast.other_learner, quiz, NOW).items.count() == 1
    small_course.questions[3].unpublish()
    raise_version()
    assert "chưa có câu hỏi nào" in admission(cast.trainer, quiz, NOW).refusal


def test_the_same_source_of_chance_draws_the_same_order(cast, small_course):
    small_course.quiz.shuffle_questions = small_course.quiz.shuffle_choices = True
    drawn = [
        [
            (item.version_id, item.choice_order)
            for item in start(person, small_course.quiz, NOW, Random(1)).items.order_by("position")
        ]
        for person in (cast.learner, cast.other_learner)
    ]
    assert drawn[0] == drawn[1]


def test_questions_and_choices_are_drawn_anew_where_the_quiz_says_so(cast, small_course):
    small_course.quiz.shuffle_questions = small_course.quiz.shuffle_choices = True
    orders, choices = set(), set()
    for number, person in enumerate([cast.learner, cast.other_learner, cast.trainer, cast.editor]):
        items = (
            start(person, small_course.quiz, NOW, Random(number)).items.select_related("version").order_by("position")
        )
        orders.add(tuple(item.version.frozen().text("text") for item in items))
        choices |= {tuple(item.choice_order) for item in items if item.version.frozen().text("text") == "Câu hỏi 1?"}
    assert len(orders) > 1
    assert len(choices) > 1
    assert all(sorted(order) == [f"Câu hỏi {n}?" for n in (1, 2, 3, 4)] for order in orders)


def test_a_question_that_was_never_published_is_not_asked(cast, small_course):
    key = small_course.questions[0].translation_key
    QuerySet(QuestionVersion).filter(question_key=key).delete()
    items = start(cast.learner, small_course.quiz, NOW).items.all()
    assert [item.position for item in items] == [1, 2, 3]


def test_a_quiz_that_is_offline_cannot_be_started(cast, small_course):
    small_course.quiz.live = False
    with pytest.raises(Refused, match="chưa có câu hỏi nào được xuất bản"):
        start(cast.learner, small_course.quiz, NOW)


def test_who_grants_leaves_the_reason_and_a_trace_and_a_double_click_grants_once(cast, small_course):
    given = grant(cast.learner, small_course.quiz, cast.trainer, "  Mất điện ", LATER, seen=0)
    assert (given.reason, given.given_by, given.given_at, given.quiz_key) == (
        "Mất điện", cast.trainer, LATER, small_course.quiz.translation_key
    )  # fmt: skip
    entry = Entry.objects.get(act=Act.GRANTED)
    assert (entry.by, entry.person, entry.detail, entry.at) == (
        cast.trainer,
        cast.learner,
        small_course.quiz.title,
        LATER,
    )
    assert grant(cast.learner, small_course.quiz, cast.trainer, "Mất điện", LATER, seen=0) is None
    assert Entry.objects.filter(act=Act.GRANTED).count() == 1
    assert grant(cast.learner, small_course.quiz, cast.trainer, "Lần nữa", LATER, seen=1)
    assert grant(cast.learner, small_course.quiz, cast.trainer, "Lần nữa", LATER)


def test_a_course_that_must_come_first_is_named(cast, small_course):
    first = make_course("hoc-truoc", title="Khóa học trước", questions=1)
    course = CoursePage.objects.get(pk=small_course.course.pk)
    course.prerequisites.add(first.course)
    course.save()
    with pytest.raises(Refused, match="Khóa học trước"):
        start(cast.learner, small_course.quiz, NOW)


def test_several_courses_that_must_come_first_are_all_named(cast, small_course):
    course = CoursePage.objects.get(pk=small_course.course.pk)
    course.prerequisites.add(*(make_course(f"truoc-{n}", title=f"Khóa {n}", questions=0).course for n in (1, 2)))
    course.save()
    with pytest.raises(Refused, match="“Khóa 1”, “Khóa 2”"):
        start(cast.learner, small_course.quiz, NOW)


def test_where_the_order_is_enforced_the_lessons_come_first(cast, small_course):
    CoursePage.objects.filter(pk=small_course.course.pk).update(order_enforced=True)
    with pytest.raises(Refused, match="Còn 2 mục chưa học xong"):
        start(cast.learner, small_course.quiz, NOW)
    for lesson in small_course.lessons:
        LessonSeen.objects.create(
            person=cast.learner, lesson_key=lesson.translation_key, course_key=small_course.course.key, seen_at=NOW
        )
    assert start(cast.learner, small_course.quiz, NOW)


def test_a_quiz_without_questions_cannot_be_started(cast, db):
    with pytest.raises(Refused, match="chưa có câu hỏi"):
        start(cast.learner, make_course(questions=0).quiz, NOW)


# --- saving


@pytest.fixture
def attempt(cast, small_course):
    return start(cast.learner, small_course.quiz, NOW)


@pytest.fixture
def item(attempt):
    return attempt.items.select_related("version").get(position=1)


def test_each_save_is_a_row_and_the_last_one_is_the_answer(attempt, item):
    first, second = item.choice_order[:2]
    assert save(attempt, 1, first) == SavedAnswer(1, {"choices": [first]}, NOW)
    assert save(attempt, 1, second, based_on=1, now=LATER) == SavedAnswer(2, {"choices": [second]}, LATER)
    assert list(Answer.objects.filter(item=item).order_by("sequence").values_list("sequence", flat=True)) == [1, 2]


def test_a_repeated_request_is_one_save(attempt, item):
    token = uuid4()
    first = save(attempt, 1, item.choice_order[0], token=token)
    save(attempt, 1, item.choice_order[1], based_on=1)
    assert save(attempt, 1, item.choice_order[0], token=token, now=LATER) == first
    assert Answer.objects.filter(item=item).count() == 2


def test_saving_what_is_already_kept_writes_nothing(attempt, item):
    save(attempt, 1, item.choice_order[0])
    assert save(attempt, 1, item.choice_order[0], based_on=0, now=LATER) == SavedAnswer(
        1, {"choices": [item.choice_order[0]]}, NOW
    )
    assert Answer.objects.count() == 1


def test_an_untouched_question_leaves_no_row(attempt):
    assert save(attempt, 1, []) == SavedAnswer(0, {"choices": []}, None)
    assert not Answer.objects.exists()


def test_a_stale_tab_is_refused_and_given_both_answers(attempt, item):
    save(attempt, 1, item.choice_order[0])
    outcome = save(attempt, 1, item.choice_order[1], based_on=0, now=LATER)
    assert outcome == Conflict(1, {"choices": [item.choice_order[0]]}, NOW, {"choices": [item.choice_order[1]]})
    assert Answer.objects.count() == 1


def test_a_page_that_claims_an_answer_that_never_was_is_refused(attempt, item):
    save(attempt, 1, item.choice_order[0])
    assert isinstance(save(attempt, 1, item.choice_order[1], based_on=7), Conflict)


def test_a_choice_of_another_question_is_refused(attempt, item):
    with pytest.raises(BadAnswer, match="không có trong câu này"):
        save(attempt, 1, "not-a-choice")
    with pytest.raises(BadAnswer, match="chỉ được chọn một"):
        save(attempt, 1, item.choice_order[:2])
    assert not Answer.objects.exists()


def test_somebody_elses_attempt_does_not_exist(cast, attempt, item):
    for act in (
        lambda: save(attempt, 1, item.choice_order[0], person=cast.other_learner),
        lambda: flag(cast.other_learner, attempt.pk, 1, True),
        lambda: save(attempt, 99, item.choice_order[0]),
    ):
        with pytest.raises(AttemptItem.DoesNotExist):
            act()


def test_a_submitted_attempt_takes_no_answer_but_still_knows_a_repeated_one(attempt, item):
    token = uuid4()
    saved = save(attempt, 1, item.choice_order[0], token=token)
    submit(attempt, LATER)
    with pytest.raises(AlreadySubmitted, match="đã nộp"):
        save(attempt, 2, "x")
    assert save(attempt, 1, item.choice_order[0], token=token) == saved


def test_a_repeated_request_is_told_its_own_answer_after_later_ones(attempt, item):
    tokens = [uuid4() for _save in range(5)]
    for n, token in enumerate(tokens):
        save(attempt, 1, item.choice_order[n % 2], based_on=n, token=token)
    told = save(attempt, 1, item.choice_order[1], based_on=1, token=tokens[1], now=LATER)
    assert (told.sequence, told.saved_at, Answer.objects.count()) == (2, NOW, 5)


def test_a_save_reads_as_much_however_often_the_answer_was_changed(attempt, item):
    tokens = [uuid4() for _save in range(5)]
    for n, token in enumerate(tokens):
        save(attempt, 1, item.choice_order[n % 2], based_on=n, token=token)
    *_item, answers = answering._state(attempt.person, attempt.pk, 1, tokens[1])
    assert [(sequence, token) for sequence, _response, _at, token in answers] == [(5, tokens[4]), (2, tokens[1])]
    *_item, answers = answering._state(attempt.person, attempt.pk, 1, uuid4())
    assert [sequence for sequence, *_rest in answers] == [5]


def test_the_number_of_an_answer_is_taken_once_even_where_both_looked_first(attempt, item):
    assert _insert(attempt.pk, item.pk, 1, {"choices": []}, uuid4(), NOW)
    assert not _insert(attempt.pk, item.pk, 1, {"choices": []}, uuid4(), NOW)


def test_an_answer_that_comes_between_looking_and_writing_is_not_overwritten(attempt, item, monkeypatch):
    write = answering._insert

    def late(*arguments):
        monkeypatch.setattr(answering, "_insert", write)
        save(attempt, 1, item.choice_order[0])
        return write(*arguments)

    monkeypatch.setattr(answering, "_insert", late)
    assert isinstance(save(attempt, 1, item.choice_order[1]), Conflict)


def test_a_submission_that_comes_between_looking_and_writing_is_told(attempt, item, monkeypatch):
    write = answering._insert

    def late(*arguments):
        submit(attempt, NOW)
        return write(*arguments)

    monkeypatch.setattr(answering, "_insert", late)
    with pytest.raises(AlreadySubmitted):
        save(attempt, 1, item.choice_order[1])
    assert not Answer.objects.exists()


# --- submitting


def test_an_attempt_is_judged_by_its_frozen_rules(attempt):
    answer_all(attempt)
    judged = submit(attempt, LATER)
    assert (judged.score, judged.max_score, judged.passed, judged.percent) == (400, 400, True, 100)


def test_the_latest_answers_are_told_by_question(attempt, item):
    first, second = item.choice_order[:2]
    save(attempt, 1, first)
    save(attempt, 1, second, based_on=1, now=LATER)
    answered = [(slot.item, slot.sequence, slot.response, slot.saved_at) for slot in slots(attempt) if slot.sequence]
    assert answered == [(item, 2, {"choices": [second]}, LATER)]


def test_of_several_answers_the_last_one_is_judged(attempt, item):
    answer_all(attempt)
    save(attempt, 1, wrong_of(item), based_on=1)
    judged = submit(attempt, LATER)
    assert (judged.score, judged.passed, judged.submitted_at) == (300, False, LATER)
    assert dict(Mark.objects.values_list("item__position", "points")) == {1: 0, 2: 100, 3: 100, 4: 100}
    assert set(Mark.objects.values_list("made_at", flat=True)) == {LATER}


def test_somebody_elses_attempt_cannot_be_submitted(cast, attempt):
    with pytest.raises(Attempt.DoesNotExist):
        submit_own(cast.other_learner, attempt.pk, LATER)
    attempt.refresh_from_db()
    assert attempt.submitted_at is None


@pytest.mark.parametrize(("pass_percent", "passed"), [(74, True), (75, True), (76, False)])
def test_exactly_the_pass_mark_passes(cast, small_course, pass_percent, passed):
    """Three of four are 75 %."""
    small_course.quiz.pass_percent = pass_percent
    attempt = start(cast.learner, small_course.quiz, NOW)
    for item in attempt.items.select_related("version").exclude(position=4):
        save(attempt, item.position, right_of(item))
    judged = submit(attempt, LATER)
    assert (judged.percent, judged.passed) == (75, passed)


def test_a_hundredth_of_a_point_below_the_pass_mark_does_not_pass(attempt, small_course):
    """Of 4 points at 80 % one needs 3.20: 3.19 are 79.75 %."""
    points = {1: 319, 2: 80, 3: 1, 4: 0}
    for position, worth in points.items():
        AttemptItem.objects.filter(attempt=attempt, position=position).update(points=worth)
    item = attempt.items.select_related("version").get(position=1)
    save(attempt, 1, right_of(item))
    judged = submit(attempt, LATER)
    assert (judged.score, judged.max_score, judged.percent, judged.passed) == (319, 400, 79, False)


def test_two_wholes_and_three_times_two_thirds_are_exactly_four_fifths_and_pass(cast):
    quiz = make_course(questions=5).quiz
    attempt = start(cast.learner, quiz, NOW)
    choices = [{"text": text, "right": text != "Bốn"} for text in ("Một", "Hai", "Ba", "Bốn")]
    question = create_or_update_question(
        category="thu", name="Ba ý", kind="multiple_choice", text="Ba ý nào đúng?", choices=choices
    )
    of_three = QuestionVersion.objects.get(question_key=question.translation_key)
    AttemptItem.objects.filter(attempt=attempt, position__gt=2).update(version=of_three)
    for item in attempt.items.select_related("version"):
        save(attempt, item.position, right_of(item) if item.position < 3 else right_of(item)[:2])
    judged = submit(attempt, LATER)
    assert (judged.share, judged.percent, judged.passed) == (Fraction(4, 5), 80, True)
    judged.refresh_from_db()
    assert (judged.score, judged.max_score, judged.scale, judged.points) == (1200, 1500, 3, "4/5")
    assert [str(mark.earned) for mark in Mark.objects.order_by("item__position")] == ["100", "100", *["200/3"] * 3]
    assert [row.points_text for row in review(judged).wrong] == ["0,66"] * 3


def test_a_row_from_before_there_were_parts_keeps_its_meaning():
    old = Attempt(passed=False, score=398, max_score=500, submitted_at=NOW)
    assert (old.percent, old.points, Mark(points=66).earned) == (79, "3,98/5", 66)


def test_an_unanswered_question_earns_nothing(attempt, item):
    save(attempt, 1, right_of(item))
    judged = submit(attempt, LATER)
    assert (judged.score, judged.passed, judged.percent) == (100, False, 25)
    assert Mark.objects.count() == 4


def test_submitting_again_changes_nothing(attempt, item):
    answer_all(attempt)
    first = submit(attempt, LATER)
    again = submit(attempt, LATER + timedelta(hours=1))
    assert (again.submitted_at, again.score) == (first.submitted_at, first.score)
    assert Mark.objects.count() == 4


def test_a_corrected_key_later_leaves_the_answers_and_marks_as_they_were(attempt):
    answer_all(attempt)
    submit(attempt, LATER)
    create_or_update_question(
        category="nhan-dien-nan-nhan",
        name="Câu 1",
        kind="single_choice",
        text="Câu hỏi 1?",
        choices=[{"text": "Đúng"}, {"text": "Sai 1", "right": True}, {"text": "Sai 2"}],
    )
    assert [item.right for item in review(attempt).items] == [True] * 4
    assert QuestionVersion.objects.filter(question_key=attempt.items.first().version.question_key).count() == 2


def test_a_review_says_per_question_what_was_right_and_what_to_read(attempt, small_course):
    answer_all(attempt, right=False)
    item = attempt.items.select_related("version").get(position=2)
    save(attempt, 2, right_of(item), based_on=1)
    submit(attempt, LATER)
    result = review(Attempt.objects.get(pk=attempt.pk))
    assert [item.slot.position for item in result.right] == [2]
    assert [lesson.title for lesson in result.lessons_to_read] == ["Mục 1", "Mục 2"]
    assert [(bar.module.title, bar.right, bar.total) for bar in result.bars] == [("Mô-đun 1", 1, 4)]
    assert result.items[0].question["explanation"] == "Lý do 1."
    assert result.items[0].question["source"] == "Nguồn 1."
