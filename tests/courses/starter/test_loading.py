"""What a new installation has: four courses of the second edition, with their banks and final quizzes."""

from datetime import date
from random import Random

import pytest
from banks import FINAL_DRAWS
from banks import items as bank_items
from conversations import STARTERS
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.utils import timezone
from sharing import shared
from wagtail.models import Page, Revision

from courses.approval.approval import Approval
from courses.content.catalogue import CataloguePage
from courses.content.course import CoursePage
from courses.content.lesson import LessonPage, ModulePage
from courses.content.quiz import QuizPage
from courses.practice.conversations.page import ConversationPage
from courses.questions.bank import Question
from courses.questions.versions import QuestionVersion
from courses.quizzes.drawing import QuizQuestions
from courses.requirements.requirement import Requirement
from courses.starter.edition import COURSES, course_texts, modules_of
from courses.starter.loading import pieces_of, write_course
from courses.starter.seeding import seed

FOR_REVIEWERS = ("†", "người duyệt bổ sung", "read_at", "for_reviewer", "unverified")


@shared
def first_seeding():
    """What was said while the content of a new site came."""
    said: list[str] = []
    seed(timezone.now(), said.append)
    return said


@shared
def new_site(first_seeding):
    return CataloguePage.objects.get()


def courses_of(catalogue) -> list[CoursePage]:
    return list(CoursePage.objects.child_of(catalogue).order_by("path"))


def test_there_are_four_courses_each_with_its_words_and_unapproved(new_site):
    assert not Approval.objects.exists()
    courses = courses_of(new_site)
    assert [course.key for course in courses] == list(COURSES)
    for course in courses:
        assert course.summary, course.key
        assert course.audience
        assert "giả định" in course.note
        objectives = [line for module in modules_of(course.key) for line in module["module"]["objectives"]]
        assert course.objectives.splitlines() == objectives


def test_each_course_has_its_modules_and_lessons_in_order_then_practice_and_then_its_quiz(new_site):
    for course in courses_of(new_site):
        below = [page.specific for page in course.get_children()]
        count, quiz = len(modules_of(course.key)), below[-1]
        modules, practice = below[:count], below[count:-1]
        assert all(page.get_children().type(ConversationPage).exists() for page in practice)
        assert [page.slug for page in modules] == [one["module"]["slug"] for one in modules_of(course.key)]
        for page, module in zip(modules, modules_of(course.key), strict=True):
            lessons = [lesson.specific for lesson in page.get_children()]
            assert [lesson.title for lesson in lessons] == [one["title"] for one in module["lessons"]]
            assert [lesson.minutes for lesson in lessons] == [one["minutes"] for one in module["lessons"]]
            assert all(lesson.objective and lesson.sources for lesson in lessons)
        assert isinstance(quiz, QuizPage)
        assert all(page.live for page in course.get_descendants())


def test_conversations_come_with_the_courses(new_site):
    assert ConversationPage.objects.count() == len(STARTERS)
    assert Page.objects.filter(slug="tap-hoi-chuyen").exists()


def test_only_lessons_for_police_and_border_guards_are_marked(new_site):
    marked = {tuple(lesson.sectors) for lesson in LessonPage.objects.order_by("path")}
    assert marked == {(), ("cong_an", "bien_phong")}
    verifying = CoursePage.objects.get(key="xac-minh-lap-ho-so")
    assert {tuple(one.sectors) for one in LessonPage.objects.descendant_of(verifying)} == {("cong_an", "bien_phong")}


def test_the_final_quizzes_draw_20_20_6_and_12_and_open_after_the_lessons(new_site):
    for course in courses_of(new_site):
        quiz = QuizPage.objects.descendant_of(course).get()
        each, total = FINAL_DRAWS[course.key]
        assert (quiz.draw_each, quiz.pass_percent, quiz.wait_minutes, quiz.attempt_limit) == (each, 80, 10, 0)
        assert quiz.open_after_lessons
        assert len(QuizQuestions.of(quiz).drawn((), Random(1))) == total


def test_every_item_of_the_banks_is_a_live_question_of_its_lesson(new_site):
    items = [item for course in COURSES for _code, item in bank_items(course)]
    assert Question.objects.count() == len(items) == 246
    assert QuestionVersion.objects.count() == 246
    for question in Question.objects.select_related("lesson", "live_revision").prefetch_related("tags"):
        course, code = question.category.split("/")
        assert {tag.name for tag in question.tags.all()} == {course, code}
        assert question.objective.startswith(f"{code}/")
        assert question.lesson.slug
        assert question.live_revision_id == question.latest_revision_id
        assert question.live_revision.content["name"] == question.name
        assert len(question.live_revision.content["tagged_items"]) == 2


def test_what_is_for_reviewers_stands_on_no_page_and_in_no_question(new_site):
    # a conversation keeps it among its sources, for editors; its pages have a test of their own
    for revision in Revision.objects.exclude(content_type=ContentType.objects.get_for_model(ConversationPage)):
        text = str(revision.content)
        assert not [word for word in FOR_REVIEWERS if word in text], revision.object_str


def test_who_verifies_must_take_the_course_on_verifying_and_nobody_the_refresher(new_site):
    requirement = Requirement.objects.get(key="xac-minh-lap-ho-so")
    rule = requirement.rules.get()
    assert requirement.name == CoursePage.objects.get(key="xac-minh-lap-ho-so").title
    assert (rule.duty.key, rule.course_key, rule.deadline) == ("xac_minh", "xac-minh-lap-ho-so", date(2026, 12, 15))
    assert (rule.validity_months, rule.grace_days) == (24, 0)
    assert not Requirement.objects.filter(rules__course_key="luat-moi-2024").exists()


def test_seeding_again_changes_nothing_and_keeps_an_editors_words(new_site):
    lesson = LessonPage.objects.order_by("path").first()
    lesson.title = "Tên do biên tập viên đặt"
    lesson.save_revision().publish()
    question = Question.objects.first()
    question.body[0].value["text"] = "Câu do biên tập viên sửa?"
    question.save_revision().publish()
    before = (Page.objects.count(), Question.objects.count(), Revision.objects.count())
    keys = set(Page.objects.values_list("translation_key", flat=True))
    seed(timezone.now(), lambda line: None)
    assert (Page.objects.count(), Question.objects.count(), Revision.objects.count()) == before
    assert set(Page.objects.values_list("translation_key", flat=True)) == keys
    lesson.refresh_from_db()
    assert lesson.title == "Tên do biên tập viên đặt"
    question.refresh_from_db()
    assert question.body[0].value["text"] == "Câu do biên tập viên sửa?"


def test_a_course_of_which_half_is_there_is_brought_to_its_end(new_site):
    course = CoursePage.objects.get(key="luat-moi-2024")
    module = ModulePage.objects.child_of(course).get()
    kept = LessonPage.objects.child_of(module).first()
    LessonPage.objects.child_of(module).last().delete()
    Question.objects.filter(category="luat-moi-2024/3.1", name__endswith="1").delete()
    pieces = list(write_course("luat-moi-2024", new_site))
    assert len(pieces) == pieces_of("luat-moi-2024") == 8
    assert LessonPage.objects.child_of(module).count() == 3
    assert LessonPage.objects.filter(pk=kept.pk, live=True).exists()
    assert Question.objects.filter(category="luat-moi-2024/3.1", live=True).count() == 20
    assert course.get_children().last().slug == "bai-kiem-tra"


def test_the_minutes_and_the_lessons_to_read_again_are_in_order(new_site, capsys):
    call_command("check_lessons")
    assert "đều ổn" in capsys.readouterr().out


@pytest.mark.parametrize("key", COURSES)
def test_no_strategy_of_guessing_is_named_in_a_seeded_quiz(new_site, key, capsys):
    call_command("check_bank", key)
    assert "!" not in capsys.readouterr().out


def test_seeding_says_which_courses_come_and_nothing_when_they_are_there(first_seeding):
    titles = [course_texts(key)["title"] for key in COURSES]
    assert [line for line in first_seeding if line in titles] == titles
    assert [line for line in first_seeding if "đoán mò" in line] == []
    said: list[str] = []
    seed(timezone.now(), said.append)
    assert not set(said) & set(titles)
