"""What was in review page by page when whole courses came: it goes on, and nothing that was said is lost."""

from importlib import import_module

from django.apps import apps
from factories import make_course, make_page, with_words
from sharing import shared
from wagtail.models import GroupApprovalTask, ReferenceIndex, Revision, Workflow, WorkflowState, WorkflowTask

from courses.approval.submission import Submission
from courses.content.course import CoursePage
from courses.content.lesson import LessonPage, ModulePage
from courses.content.quiz import QuizQuestion
from courses.questions.bank import Question

step = import_module("courses.migrations.0022_submitted_whole")


@shared
def reviewed(cast):
    """Two lessons of a course in review, one sent back, and one of another course; all by the old way."""
    made = with_words(make_course(lessons=3, questions=1))
    workflow = Workflow.objects.create(name="Duyệt trước khi đăng", active=True)
    task = GroupApprovalTask.objects.create(name="Duyệt", active=True)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    for lesson in made.lessons:
        draft = LessonPage.objects.get(pk=lesson.pk)
        draft.sources = "Đã gửi"
        draft.save_revision(user=cast.trainer)
        workflow.start(draft, cast.trainer)
    state = made.lessons[2].workflow_states.get()
    state.current_task_state.reject(user=cast.manager, update=True, comment="Thiếu nguồn")
    other = make_page(made.course.get_parent(), CoursePage, "Khóa khác", slug="khac", key="khac")
    lonely = make_page(make_page(other, ModulePage, "Mô-đun"), LessonPage, "Riêng", live=False)
    lonely.save_revision(user=cast.administrator)
    workflow.start(lonely, cast.administrator)
    made.cast, made.lonely = cast, lonely
    return made


def test_what_was_in_review_goes_on_as_submissions_of_whole_courses(reviewed):
    step.submit_whole(apps, None)
    waiting = {one.course_key: one for one in Submission.objects.open()}
    assert {key: one.by for key, one in waiting.items()} == {
        "nhan-dien-nan-nhan": reviewed.cast.trainer,
        "khac": reviewed.cast.administrator,
    }
    parts = waiting["nhan-dien-nan-nhan"].parts
    assert list(parts.filter(publishes=True).values_list("title", flat=True)) == ["Mục 1", "Mục 2"]
    assert parts.filter(publishes=False).count() == 4  # course, module, the third lesson, quiz
    assert {part.revision.content["sources"] for part in parts.filter(publishes=True)} == {"Đã gửi"}
    assert waiting["khac"].parts.get(publishes=True).object_id == reviewed.lonely.pk
    back = Submission.objects.get(state="sent_back")
    assert (back.reason, back.decided_by, back.by) == ("Thiếu nguồn", reviewed.cast.manager, reviewed.cast.trainer)
    assert set(WorkflowState.objects.values_list("status", flat=True)) == {"cancelled"}
    assert not LessonPage.objects.get(pk=reviewed.lessons[0].pk).workflow_in_progress


def test_a_second_time_changes_nothing(reviewed):
    step.submit_whole(apps, None)
    before = Submission.objects.count()
    step.submit_whole(apps, None)
    assert Submission.objects.count() == before


def test_drafts_without_a_word_go_with_what_hangs_on_them_and_the_others_say_what_they_ask(reviewed):
    asked = reviewed.questions[0]
    locale = asked.locale
    empty = Question.objects.create(name="", locale=locale, live=False)
    empty.save_revision(clean=False)
    listed = Question.objects.create(name="", category="b", locale=locale, live=False)
    QuizQuestion.objects.create(quiz=reviewed.quiz, question=listed)
    Question.objects.update(text="")
    step.say_what_is_asked(apps, None)
    step.drop_what_was_never_begun(apps, None)
    asked.refresh_from_db()
    assert asked.text == "Câu hỏi 1?"
    assert set(Question.objects.values_list("pk", flat=True)) == {asked.pk, listed.pk}
    assert not Revision.objects.filter(content_type__model="question", object_id=str(empty.pk)).exists()
    assert not ReferenceIndex.objects.filter(base_content_type__model="question", object_id=str(empty.pk)).exists()
