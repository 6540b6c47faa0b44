"""The second edition comes to a site that has the first: once, page by page, nothing lost; by a manager if need be."""

from datetime import date
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.utils import timezone
from factories import make_person
from sharing import shared
from wagtail.models import Locale, Page

from courses.approval.approval import Approval, approval_on
from courses.approving.deciding import approve
from courses.approving.readiness import faults_of
from courses.attempts.answering import save_answer
from courses.attempts.attempt import Attempt
from courses.completions.completion import Completion, void
from courses.content.catalogue import CataloguePage
from courses.content.course import CoursePage
from courses.content.lesson import LessonPage, ModulePage
from courses.content.quiz import QuizPage, QuizQuestion
from courses.progress.lessons import mark_seen
from courses.progress.news import CourseNews
from courses.questions.bank import Question
from courses.questions.writing import create_or_update_question
from courses.quizzes.admission import start
from courses.quizzes.submitting import submit
from courses.starter import bringing, loading, screens
from courses.starter.arrival import EditionArrival, arrival
from courses.starter.bringing import learners_amid, seed_courses
from courses.starter.conversations import load_conversations
from courses.starter.edition import modules_of
from courses.starter.first_edition import changed_by_hand, first_pages, first_questions
from courses.starter.loading import edition_keys
from outbox.draining import drain
from outbox.effects import Effect, EffectState
from pages.home.page import create_home
from pages.publishing import add_published
from people.times import today

FIRST = "nhan-dien-nan-nhan"
SCREEN = "/cms/ban-thu-hai/"
NOW = timezone.now()


@shared
def first():
    """One course as the program wrote the first edition: no owner, one creation and one publication each."""
    catalogue = add_published(create_home(), CataloguePage(title="Khóa học", slug="khoa-hoc"))
    course = add_published(catalogue, CoursePage(title="Nhận diện nạn nhân", slug=FIRST, key=FIRST, summary="Cũ."))
    module = add_published(course, ModulePage(title="1.1. Luật", slug="mo-dun-1-1"))
    body = [("takeaway", "Nhớ nghe.")]
    lessons = [add_published(module, LessonPage(title=f"Mục {n}", slug=f"muc-{n}", body=body)) for n in (1, 2)]
    choices = [{"text": "Đúng", "right": True}, {"text": "Sai"}]
    place = {"category": f"{FIRST}/1.1", "kind": "single_choice", "choices": choices}
    questions = [create_or_update_question(name=f"1.1 câu {n}", text=f"Hỏi {n}?", **place) for n in (1, 2)]
    quiz = QuizPage(title="Bài kiểm tra cuối khóa", slug="bai-kiem-tra")
    quiz.questions = [QuizQuestion(question=question, sort_order=n) for n, question in enumerate(questions)]
    add_published(course, quiz)
    return SimpleNamespace(course=course, module=module, lessons=lessons, quiz=quiz, questions=questions)


def shorter(module: dict) -> dict:
    lesson = module["lessons"][0]
    bank = [one for one in module["bank"] if one["lesson"] == lesson["slug"]][:2]
    return {**module, "lessons": [lesson], "bank": bank}


@pytest.fixture
def one_course(monkeypatch):
    """For what happens to the pages and people of one course: the other three are not brought, and of each of its
    modules one lesson with two questions."""
    edition_keys()  # of the whole edition, for all tests of this process
    short = [shorter(module) for module in modules_of(FIRST)]
    monkeypatch.setattr(bringing, "COURSES", (FIRST,))
    monkeypatch.setattr(loading, "modules_of", lambda key: short)


def bring_by_seed() -> list[str]:
    said: list[str] = []
    seed_courses(CataloguePage.objects.get(), timezone.now(), said.append)
    return said


def edit(page, by, title="Sửa tay"):
    page.title = title
    page.save_revision(user=by, log_action=True).publish(user=by, skip_permission_checks=True)


def test_what_nobody_touched_is_the_first_edition_and_unchanged(first):
    assert [page.pk for page in first_pages()] == [page.pk for page in (first.module, *first.lessons, first.quiz)]
    assert set(first_questions()) == set(first.questions)
    assert changed_by_hand() == []


def test_seed_brings_it_once_and_withdraws_the_old_pages_without_deleting_one(first):
    before = Page.objects.count()
    bring_by_seed()
    row = arrival()
    assert row.finished_at
    assert not row.on_new_site
    assert row.asked_by is None
    for page in (first.module, *first.lessons, first.quiz):
        page.refresh_from_db()
        assert not page.live
    assert not Question.objects.filter(pk__in=[one.pk for one in first.questions], live=True).exists()
    course = CoursePage.objects.get(key=FIRST)
    assert course.pk == first.course.pk
    assert LessonPage.objects.descendant_of(course).live().count() == 15
    assert QuizPage.objects.descendant_of(course).live().get().url.endswith("/bai-kiem-tra/")
    assert CoursePage.objects.count() == 4
    # what comes with the product can be approved as it is
    assert [fault for page in CoursePage.objects.all() for fault in faults_of(page)] == []
    after = Page.objects.count()
    assert after > before
    assert bring_by_seed() == []
    assert (Page.objects.count(), EditionArrival.objects.count()) == (after, 1)


def test_what_was_stopped_in_the_middle_goes_on_and_does_nothing_twice(first, one_course, monkeypatch):
    def stops(thing, *rest, **more):
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(bringing, "_withdraw", stops)
        with pytest.raises(KeyboardInterrupt):
            bring_by_seed()
    assert arrival().finished_at is None
    pages, questions = Page.objects.count(), Question.objects.count()
    bring_by_seed()
    assert arrival().finished_at
    assert (Page.objects.count(), Question.objects.count()) == (pages, questions)
    assert not Page.objects.get(pk=first.module.pk).live


def test_a_page_that_an_editor_changed_lets_a_manager_decide(first, cast):
    edit(first.lessons[0], cast.trainer)
    said = bring_by_seed()
    assert "1 chỗ đã sửa tay" in said[0]
    assert arrival() is None
    (changed,) = changed_by_hand()
    assert (changed.title, changed.by) == ("Sửa tay", cast.trainer.full_name)
    assert changed.at
    assert LessonPage.objects.get(pk=first.lessons[0].pk).live


def test_a_draft_a_corrected_question_a_translation_and_an_approval_each_let_a_manager_decide(first, cast):
    approve(first.course, today(), "Đã xem hết.", cast.manager, timezone.now())
    first.lessons[1].title = "Nháp"
    first.lessons[1].save_revision(user=cast.trainer, log_action=True)
    question = first.questions[0]
    question.save_revision(user=cast.trainer, log_action=True).publish(user=cast.trainer, skip_permission_checks=True)
    lao, _created = Locale.objects.get_or_create(language_code="lo")
    first.course.copy_for_translation(lao, copy_parents=True)
    whats = {(one.title, one.what) for one in changed_by_hand()}
    assert (first.course.title, "đã được duyệt") in whats
    assert ("1.1 câu 1: Hỏi 1?", "đã sửa") in whats
    assert any(title == first.course.title and what.startswith("đã dịch sang") for title, what in whats)
    assert len([title for title, what in whats if what == "đã sửa"]) == 2


def test_a_lesson_that_an_editor_added_stays(first, one_course, cast):
    own = LessonPage(title="Bài của xã", slug="bai-cua-xa", owner=cast.trainer)
    add_published(first.module, own)
    assert own.pk not in [page.pk for page in first_pages()]
    bring_by_seed()
    assert LessonPage.objects.get(pk=own.pk).live


def test_an_open_attempt_is_finished_as_drawn_and_completes_nothing(first, one_course):
    person = make_person("Alăng Thị Hà", "CB-1")
    for lesson in first.lessons:
        mark_seen(person, FIRST, lesson.translation_key, NOW)
    attempt = start(person, first.quiz, NOW)
    bring_by_seed()
    for item in attempt.items.select_related("version"):
        _answer(person, attempt, item)
    done = submit(Attempt.objects.get(pk=attempt.pk), timezone.now())
    assert done.passed
    assert not Completion.objects.filter(person=person).exists()


def _answer(person, attempt, item):
    answer = {"choice": item.version.key["right"]}
    save_answer(person, attempt.pk, item.position, answer, based_on=0, token=uuid4(), now=timezone.now())


def test_who_had_completed_stays_so_and_who_was_amid_is_told_once(first, one_course, cast):
    amid, done, voided = (make_person(f"Người {n}", f"CB-{n}") for n in range(3))
    for person in (amid, done, voided):
        mark_seen(person, FIRST, first.lessons[0].translation_key, NOW)
    for person in (done, voided):
        completion = Completion.objects.create(
            person=person, course_key=FIRST, completed_on=date(2026, 1, 2), source="quiz", recorded_at=NOW
        )
    void(completion, date(2026, 2, 1), "Nhầm", cast.manager, timezone.now())
    assert learners_amid(FIRST) == {amid.pk, voided.pk}
    bring_by_seed()
    assert set(CourseNews.objects.values_list("person", "course_key")) == {(amid.pk, FIRST), (voided.pk, FIRST)}
    assert Completion.objects.filter(person=done, superseded_at=None).count() == 1


def test_a_course_in_another_language_of_which_nothing_is_left_is_withdrawn(first, one_course, cast):
    lao, _created = Locale.objects.get_or_create(language_code="lo")
    copies = [first.course.copy_for_translation(lao, copy_parents=True)]
    for page in (first.module, first.lessons[0]):
        copies.append(page.copy_for_translation(lao))
    for copy in copies:
        copy.save_revision().publish()
    screens.start(cast.manager)
    drain(kinds={screens.EDITION})
    assert arrival().finished_at
    for copy in copies:
        assert not Page.objects.get(pk=copy.pk).live, copy


def test_conversations_that_were_here_before_come_after_the_new_lessons(first, one_course, cast):
    load_conversations()
    slugs = [page.slug for page in first.course.get_children()]
    assert slugs == ["mo-dun-1-1", "tinh-huong-re-nhanh", "bai-kiem-tra"]
    practice = ModulePage.objects.get(slug="tinh-huong-re-nhanh")
    assert practice.pk not in [page.pk for page in first_pages()]
    screens.start(cast.manager)
    drain(kinds={screens.EDITION})
    live = [page.slug for page in CoursePage.objects.get(pk=first.course.pk).get_children().live()]
    assert live[-3:] == ["quyen-ho-tro-phan-viec", "tinh-huong-re-nhanh", "bai-kiem-tra"]
    assert len(live) == 7


# --- the manager's screen


def test_a_manager_sees_what_comes_what_goes_and_who_changed_what(first, cast, client_of):
    edit(first.lessons[0], cast.trainer)
    mark_seen(cast.learner, FIRST, first.lessons[1].translation_key, NOW)
    text = " ".join(client_of(cast.manager).get(SCREEN).content.decode().split())
    for words in (
        "Luật mới có gì khác: 3 mục học, 20 câu hỏi (khóa mới)",
        "Sửa tay",
        cast.trainer.full_name,
        "Sẽ gỡ xuống: 4 trang",
        "2 mục học",
        "1 người đang học",
    ):
        assert words in text, words
    assert arrival() is None


def test_started_twice_it_comes_once_in_the_background_with_progress(first, cast, client_of):
    edit(first.lessons[0], cast.trainer)
    client = client_of(cast.manager)
    for _time in range(2):
        assert client.post(SCREEN).status_code == 302
    assert Effect.objects.filter(kind=screens.EDITION).count() == 1
    assert "Đang chờ nạp" in client.get(SCREEN).content.decode()
    # what the manager started is the worker's
    assert bring_by_seed() == []
    drain(kinds={screens.EDITION})
    row, work = arrival(), Effect.objects.get(kind=screens.EDITION)
    assert row.finished_at
    assert row.asked_by == cast.manager
    assert (work.state, work.done) == (EffectState.DONE, work.total)
    # of 4 courses: the page, the quiz, 13 modules with a bank, 39 lessons, the end; 4 pages, 2 questions; who is told
    assert work.total == 3 * 4 + 2 * 13 + 39 + 4 + 2 + 1
    pages = Page.objects.count()
    assert client.post(SCREEN).status_code == 302
    drain(kinds={screens.EDITION})
    assert Page.objects.count() == pages
    assert "Bản thứ hai đã có ở đây" in client.get(SCREEN).content.decode()
    # her words stay in the withdrawn page
    assert not LessonPage.objects.get(pk=first.lessons[0].pk, title="Sửa tay").live


def test_a_failed_start_says_so_and_is_tried_again(first, one_course, cast, client_of, monkeypatch):
    client = client_of(cast.manager)
    client.post(SCREEN)
    Effect.objects.filter(kind=screens.EDITION).update(state=EffectState.FAILED, error="Máy chủ đầy.")
    assert "Máy chủ đầy." in client.get(SCREEN).content.decode()
    client.post(SCREEN)
    drain(kinds={screens.EDITION})
    assert arrival().finished_at


def test_the_first_page_of_the_editors_offers_it_to_managers_only(first, cast, client_of):
    assert SCREEN in client_of(cast.manager).get("/cms/").content.decode()
    assert SCREEN not in client_of(cast.trainer).get("/cms/").content.decode()
    EditionArrival.objects.create(edition=2, asked_at=NOW, finished_at=NOW, on_new_site=True)
    assert SCREEN not in client_of(cast.manager).get("/cms/").content.decode()


def test_an_editors_words_about_a_course_stay_and_what_was_approved_is_not(first, one_course, cast):
    first.course.summary = "Lời của tỉnh."
    first.course.save_revision(user=cast.trainer, log_action=True).publish(
        user=cast.trainer, skip_permission_checks=True
    )
    approve(first.course, today(), "Đã xem hết.", cast.manager, timezone.now())
    assert approval_on(FIRST, today())
    screens.start(cast.manager)
    drain(kinds={screens.EDITION})
    assert CoursePage.objects.get(pk=first.course.pk).summary == "Lời của tỉnh."
    assert approval_on(FIRST, today()) is None
    withdrawal = Approval.objects.current().get(course_key=FIRST)
    assert (withdrawal.by, withdrawal.reason) == (cast.manager, "Bản thứ hai thay các mục và câu hỏi đã duyệt.")
