"""A course is submitted, reviewed and approved whole: exactly what was submitted goes live, by somebody else's word."""

import html
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from editor_forms import sent
from factories import make_course, make_page, make_person, with_words
from sharing import shared
from wagtail.models import Page, WorkflowState
from wagtail.permissions import page_permission_policy

from courses.approval.approval import Approval
from courses.approval.submission import Submission, SubmissionState, SubmittedPart
from courses.approving import publishing
from courses.approving.deciding import NotDecided, approve
from courses.approving.parts import parts_of
from courses.approving.publishing import approve_submission
from courses.approving.submitting import faults_when_live, send_back, submit, withdraw_submission
from courses.content.course import CoursePage
from courses.content.lesson import LessonPage, ModulePage
from courses.content.quiz import QuizPage
from courses.questions.bank import Question
from courses.questions.changed_keys import holds_of, holds_up
from courses.questions.versions import QuestionVersion
from courses.quizzes.admission import start
from courses.quizzes.submitting import submit as hand_in
from outbox.draining import drain, take
from outbox.effects import LEASE, Effect
from pages.cms.groups import sync_all
from people.log.audit import Act, Entry
from people.persons.user import User
from people.rights.roles import RoleKind, give

COURSE = "nhan-dien-nan-nhan"
OUTLINE = f"/cms/dan-bai/{COURSE}/"
REVIEW = f"/cms/duyet-khoa-hoc/{COURSE}/"
NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def no_second_step(settings):
    settings.SECOND_STEP_REQUIRED = False


@shared
def written(cast):
    """A live course with words in its lessons, and groups that know its pages."""
    made = with_words(make_course(lessons=2, questions=2))
    sync_all()
    made.cast = cast
    made.second_manager = make_person("Lý Thị Xuân", "VT-manager2", email="xuan@example.vn")
    give(made.second_manager, RoleKind.PROVINCE_MANAGER, cast.units.da_nang)
    return made


def again(user):
    """As the next request reads it."""
    return User.objects.get(pk=user.pk)


def edit(page, user, **fields):
    """A draft over what is live."""
    draft = page.get_latest_revision_as_object() if page.latest_revision_id else page
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.save_revision(user=user)
    page.refresh_from_db()
    return page


def names(course) -> list[str]:
    return [part.name for part in parts_of(course).changed if part.goes_live_by_itself]


def submitted(made, by=None, word=""):
    return submit(made.course, names(made.course), word, by or made.cast.trainer, NOW)


def approved(submission, by, **said):
    return approve_submission(submission, TODAY, said.pop("reason", ""), again(by), NOW, **said)


def text_of(response) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())))


def live_sources(lesson) -> str:
    return LessonPage.objects.get(pk=lesson.pk).sources


# --- submitting


def test_a_course_is_submitted_from_its_outline_and_the_approvers_are_told(written, client_of):
    edit(written.lessons[0], written.cast.trainer, sources="Luật 53/2024/QH15")
    trainer = client_of(written.cast.trainer)
    page = trainer.get(OUTLINE)
    assert "Gửi duyệt cả khóa" in text_of(page)
    assert "có sửa chưa đăng" in text_of(page)
    form = {"phan": names(written.course), "word": "Thêm nguồn"}
    assert trainer.post(f"{OUTLINE}gui-duyet/", form).status_code == 302
    row = Submission.objects.get()
    assert (row.by, row.word, row.state) == (written.cast.trainer, "Thêm nguồn", "waiting")
    going = row.parts.filter(publishes=True)
    assert [(part.kind, part.title) for part in going] == [("lessonpage", "Mục 1")]
    assert row.parts.count() == 7  # course, module, two lessons, quiz, two questions
    assert Entry.objects.filter(act=Act.SUBMITTED_COURSE, detail=COURSE).exists()
    assert [mail.payload["to"] for mail in Effect.objects.filter(kind="mail")] == ["xuan@example.vn"]
    assert "Lê Văn Hùng đã gửi duyệt cả khóa" in text_of(trainer.get(OUTLINE))
    assert "1 khóa học chờ anh chị duyệt" in text_of(client_of(written.cast.manager).get("/cms/"))


def test_nothing_that_cannot_work_is_submitted_and_each_fault_has_a_link(written, client_of):
    edit(written.lessons[0], written.cast.trainer, body=[])
    trainer = client_of(written.cast.trainer)
    page = trainer.get(OUTLINE)
    assert "Mục học chưa có nội dung." in text_of(page)
    assert f"/cms/pages/{written.lessons[0].pk}/edit/" in page.content.decode()
    refused = trainer.post(f"{OUTLINE}gui-duyet/", {"phan": names(written.course)})
    assert refused.status_code == 422
    assert "Còn 1 chỗ chưa dùng được, như “Mục 1”" in text_of(refused)
    # without that part the rest works
    assert trainer.post(f"{OUTLINE}gui-duyet/", {"phan": []}).status_code == 302
    assert not SubmittedPart.objects.filter(publishes=True).exists()


def test_drafts_are_checked_as_if_they_were_live(written):
    course, trainer = written.course, written.cast.trainer
    lesson = make_page(written.module, LessonPage, "Mới", live=False)
    choice = {"ask": "", "options": []}
    edit(lesson, trainer, body=[("decision", choice)])
    quiz = make_page(course, QuizPage, "Bài hai", live=False)
    edit(quiz, trainer, draw_from="nhom", draw_total=2)
    question = Question(category="nhom", name="", objective="1.1/1", locale=course.locale, live=False)
    question.save()
    question.text = "x"
    Question.objects.filter(pk=question.pk).update(text="Hỏi gì?")
    with pytest.raises(NotDecided):
        submitted(written)
    parts = parts_of(course)
    said = {(fault.title, fault.what) for fault in faults_when_live(parts, parts.changed)}
    assert ("Bài hai", "Bài rút 2 câu mà nhóm “nhom” chỉ có 1 câu rút được.") in said
    assert any(title == "Mới" and what.startswith("nội dung, phần 1") for title, what in said)
    assert any(what == "Câu hỏi chưa có tên ngắn." for _title, what in said)
    assert any(what == "Câu hỏi chưa có nội dung." for _title, what in said)


def test_what_was_withdrawn_comes_back_only_when_somebody_chooses_it(written):
    LessonPage.objects.get(pk=written.lessons[1].pk).unpublish()
    assert names(written.course) == []
    part = next(part for part in parts_of(written.course).changed)
    assert part.withdrawn
    submission = submit(written.course, [part.name], "", written.cast.trainer, NOW)
    approved(submission, written.cast.manager)
    assert LessonPage.objects.get(pk=written.lessons[1].pk).live


def test_a_part_that_was_edited_meanwhile_is_looked_at_again(written):
    edit(written.lessons[0], written.cast.trainer, sources="A")
    seen = names(written.course)
    edit(written.lessons[0], written.cast.trainer, sources="B")
    with pytest.raises(NotDecided, match="vừa được sửa"):
        submit(written.course, seen, "", written.cast.trainer, NOW)


def test_one_submission_at_a_time(written):
    submitted(written)
    with pytest.raises(NotDecided, match="đã có một bài gửi duyệt"):
        submitted(written, written.cast.manager)


def test_the_submitter_withdraws_and_nobody_else(written, client_of):
    submission = submitted(written)
    with pytest.raises(NotDecided, match="Chỉ người gửi"):
        withdraw_submission(submission, written.cast.manager, NOW)
    trainer = client_of(written.cast.trainer)
    trainer.post(f"{OUTLINE}rut-bai/", {"submission": submission.pk})
    assert Submission.objects.get().state == SubmissionState.WITHDRAWN
    told = trainer.post(f"{OUTLINE}rut-bai/", {"submission": submission.pk}, follow=True)
    assert "Bài gửi này không còn chờ." in text_of(told)


# --- deciding


def test_approving_publishes_exactly_what_was_submitted_and_is_the_approval(written, client_of):
    lesson, trainer = written.lessons[0], written.cast.trainer
    edit(lesson, trainer, sources="Như đã gửi")
    submission = submitted(written)
    # autosave writes on in the very revision
    draft = lesson.get_latest_revision_as_object()
    draft.sources = "Sửa sau khi gửi"
    draft.save_revision(user=trainer, overwrite_revision=lesson.latest_revision)
    manager = client_of(written.cast.manager)
    page = text_of(manager.get(REVIEW))
    assert "1 phần được sửa sau khi gửi" in page
    assert "So sánh Mục 1" in page
    form = {"submission": submission.pk, "on": "24/11/2026", "reason": "Đã đọc"}
    assert manager.post(f"{REVIEW}duyet/", form).status_code == 302
    assert live_sources(lesson) == "Như đã gửi"
    page = LessonPage.objects.get(pk=lesson.pk)
    assert page.has_unpublished_changes
    assert page.get_latest_revision_as_object().sources == "Sửa sau khi gửi"
    approval = Approval.objects.get()
    assert (approval.by, approval.on, approval.is_approval) == (written.cast.manager, TODAY, True)
    assert approval.texts[f"page {lesson.translation_key}"][0] == "Mục 1"
    submission.refresh_from_db()
    assert (submission.state, submission.decided_by, submission.approved_on) == (
        "approved",
        written.cast.manager,
        TODAY,
    )
    assert "có sửa sau ngày duyệt" not in text_of(manager.get(REVIEW))


def test_what_nobody_edited_since_has_nothing_left_to_publish(written):
    edit(written.lessons[0], written.cast.trainer, sources="A")
    approved(submitted(written), written.cast.manager)
    page = LessonPage.objects.get(pk=written.lessons[0].pk)
    assert (page.live_revision_id, page.has_unpublished_changes) == (page.latest_revision_id, False)
    assert names(written.course) == []


def test_a_new_course_goes_live_whole(written, client_of):
    parent, trainer = written.course.get_parent(), written.cast.trainer
    course = make_page(parent, CoursePage, "Khóa mới", slug="khoa-moi", live=False)
    module = make_page(course, ModulePage, "Mô-đun", live=False)
    lesson = make_page(module, LessonPage, "Bài", live=False)
    lesson.body = [("takeaway", "Một câu.")]
    lesson.save()
    all_names = [part.name for part in parts_of(course).changed]
    with pytest.raises(NotDecided, match="Trang khóa học chưa đăng"):
        submit(course, all_names[1:], "", trainer, NOW)
    submission = submit(course, all_names, "", trainer, NOW)
    assert "Khóa mới" in text_of(client_of(written.cast.manager).get("/cms/duyet-khoa-hoc/"))
    assert client_of(written.cast.manager).get("/cms/duyet-khoa-hoc/khoa-moi/").status_code == 200
    approved(submission, written.cast.manager)
    assert [page.live for page in Page.objects.descendant_of(course, inclusive=True)] == [True] * 3
    assert Approval.objects.get().course_key == "khoa-moi"


def test_questions_go_live_with_their_versions_and_a_changed_key_asks_first(written, client_of):
    person, question = make_person("Người làm"), written.questions[0]
    hand_in(start(person, written.quiz, NOW), NOW)
    draft = question.get_latest_revision_as_object()
    for row in draft.body[0].value["choices"]:
        row["right"] = row["text"] == "Sai 1"
    draft.save_revision(user=written.cast.trainer)
    submission = submitted(written)
    manager = client_of(written.cast.manager)
    assert "1 lần làm bài đã chấm theo đáp án cũ" in text_of(manager.get(REVIEW))
    with pytest.raises(NotDecided, match="Có câu đổi đáp án"):
        approved(submission, written.cast.manager)
    form = {"submission": submission.pk, "on": "24/11/2026", "reason": "", "marked": "1"}
    manager.post(f"{REVIEW}duyet/", form)
    current = QuestionVersion.objects.current([question.translation_key])[question.translation_key]
    version = QuestionVersion.objects.get(pk=current)
    assert [version.texts["vi"][id] for id in version.key["right"]] == ["Sai 1"]


def test_a_question_that_waits_with_its_course_neither_goes_live_nor_comes_down_by_itself(written, client_of):
    question = written.questions[0]
    question.save_revision(user=written.cast.trainer)
    submitted(written)
    said = "Câu hỏi đang chờ duyệt cùng khóa “Nhận diện nạn nhân bị mua bán”; trong lúc chờ, không đăng hay gỡ riêng."
    # the second stays as it is live, and belongs to the course all the same
    for each in written.questions[:2]:
        assert holds_of(each.pk, each.category) == holds_up(each.pk) == [said]
        address = reverse(Question.snippet_viewset.get_url_name("unpublish"), args=[each.pk])
        answer = client_of(written.cast.manager).post(address, follow=True)
        assert said in answer.content.decode()
        assert Question.objects.get(pk=each.pk).live


def test_sent_back_with_a_reason_that_the_submitter_reads(written, client_of):
    trainer = written.cast.trainer
    User.objects.filter(pk=trainer.pk).update(email="hung@example.vn")
    submission = submitted(written)
    manager = client_of(written.cast.manager)
    refused = manager.post(f"{REVIEW}gui-lai/", {"submission": submission.pk, "gui-lai-reason": " "})
    assert (refused.status_code, Submission.objects.get().state) == (422, "waiting")
    manager.post(f"{REVIEW}gui-lai/", {"submission": submission.pk, "gui-lai-reason": "Mục 2 thiếu nguồn"})
    row = Submission.objects.get()
    assert (row.state, row.decided_by, row.reason) == ("sent_back", written.cast.manager, "Mục 2 thiếu nguồn")
    assert "gửi lại để sửa" in text_of(client_of(trainer).get(OUTLINE))
    assert "Mục 2 thiếu nguồn" in text_of(client_of(trainer).get("/cms/"))
    mail = Effect.objects.get(key=f"mail:course-decided:{submission.pk}")
    assert mail.payload["to"] == "hung@example.vn"
    assert "Mục 2" not in mail.payload["body"]
    # and again
    assert submitted(written).state == "waiting"
    assert "Mục 2 thiếu nguồn" not in text_of(client_of(trainer).get("/cms/"))


# --- the approver is another


def test_who_submitted_never_approves_by_any_door(written, client_of):
    manager, lesson = written.cast.manager, written.lessons[0]
    edit(lesson, manager, sources="Của tôi")
    submission = submitted(written, manager)
    with pytest.raises(NotDecided, match="người khác phải duyệt"):
        approved(submission, manager)
    client = client_of(manager)
    assert "Duyệt và đăng cả khóa" not in text_of(client.get(REVIEW))
    form = {"submission": submission.pk, "on": "24/11/2026", "reason": "x"}
    assert client.post(f"{REVIEW}duyet/", form).status_code == 422
    with pytest.raises(NotDecided, match="bài gửi duyệt đang chờ"):
        approve(written.course, TODAY, "x", again(manager), NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.filter(pk=submission.pk).update(
            state=SubmissionState.APPROVED, decided_by=manager, decided_at=NOW
        )
    # Wagtail's own doors: the editor's button, a list of pages, a workflow, a rule that publishes by itself
    edit_view = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    form_class = LessonPage.get_edit_handler().get_form_class()
    data = sent(form_class(instance=lesson.get_latest_revision_as_object(), for_user=manager))
    assert client.post(edit_view, data | {"action-publish": "1"}).status_code == 302
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client.post(f"{bulk}?id={lesson.pk}", {"include_descendants": "on"})
    client.post(f"{bulk}?id={written.course.pk}", {"include_descendants": "on"})
    assert client.post(edit_view, data | {"action-submit": "1"}).status_code == 302
    assert not WorkflowState.objects.filter(base_content_type__model="page").exists()
    with pytest.raises(Exception, match="permission"):
        lesson.latest_revision.publish(user=again(manager))
    assert live_sources(lesson) == ""
    assert not Approval.objects.exists()
    approved(submission, written.second_manager)
    assert live_sources(lesson) == "Của tôi"


def test_without_a_submission_only_what_is_live_is_approved_and_not_by_who_wrote_it(written):
    manager, other = written.cast.manager, written.second_manager
    edit(written.lessons[0], written.cast.trainer, sources="Chưa đăng")
    with pytest.raises(NotDecided, match="Còn 1 phần chưa đăng, như “Mục 1”"):
        approve(written.course, TODAY, "", manager, NOW)
    edit(written.lessons[0], manager, sources="Quản lý tự đăng")
    LessonPage.objects.get(pk=written.lessons[0].pk).latest_revision.publish(user=again(manager))
    with pytest.raises(NotDecided, match="Anh chị đã viết “Mục 1”"):
        approve(written.course, TODAY, "", again(manager), NOW)
    assert approve(written.course, TODAY, "", other, NOW).by == other


def test_who_may_neither_edit_nor_review_has_no_part_in_it(written, client_of):
    submission = submitted(written)
    for person in (written.cast.editor, written.cast.translator, written.cast.teacher, written.cast.learner):
        client = client_of(person)
        assert client.get(OUTLINE).status_code == 302
        client.post(f"{OUTLINE}gui-duyet/", {"phan": []})
        client.post(f"{OUTLINE}rut-bai/", {"submission": submission.pk})
        client.post(f"{REVIEW}duyet/", {"submission": submission.pk, "on": "24/11/2026", "reason": "x"})
        client.post(f"{REVIEW}gui-lai/", {"submission": submission.pk, "gui-lai-reason": "x"})
    # who writes for the province submits, and does not decide
    client = client_of(written.cast.trainer)
    client.post(f"{REVIEW}duyet/", {"submission": submission.pk, "on": "24/11/2026", "reason": "x"})
    client.post(f"{REVIEW}gui-lai/", {"submission": submission.pk, "gui-lai-reason": "x"})
    with pytest.raises(NotDecided, match="Chỉ quản lý cấp tỉnh"):
        approved(submission, written.cast.administrator)
    with pytest.raises(NotDecided, match="Chỉ người duyệt"):
        send_back(submission, "x", again(written.cast.administrator), NOW)
    assert Submission.objects.get().state == "waiting"


# --- what happens meanwhile


def test_the_second_approver_is_told_what_the_first_decided(written, client_of):
    submission = submitted(written)
    approved(submission, written.cast.manager)
    with pytest.raises(NotDecided, match="Đã duyệt, Trần Thị Lan"):
        approved(submission, written.second_manager)
    other = client_of(written.second_manager)
    form = {"submission": submission.pk, "on": "24/11/2026", "reason": "x", "gui-lai-reason": "x"}
    for door in ("duyet/", "gui-lai/"):
        told = other.post(f"{REVIEW}{door}", form, follow=True)
        assert "Bài gửi này không còn chờ" in text_of(told)
    assert Approval.objects.count() == 1
    with pytest.raises(NotDecided, match="Đã duyệt"):
        withdraw_submission(submission, again(written.cast.trainer), NOW)


def moved(it):
    other = make_page(it.course.get_parent(), CoursePage, "Khóa khác", slug="khac", key="khac")
    it.lessons[0].move(make_page(other, ModulePage, "Mô-đun khác"), pos="last-child")


MEANWHILE = [
    (lambda it: LessonPage.objects.get(pk=it.lessons[0].pk).delete(), "“Mục 1” đã bị xóa sau khi gửi."),
    (moved, "“Mục 1” đã được chuyển ra khỏi khóa học sau khi gửi."),
    (lambda it: LessonPage.objects.get(pk=it.lessons[1].pk).unpublish(), "“Mục 2” đã được gỡ xuống sau khi gửi."),
    (lambda it: it.lessons[1].save_revision().publish(), "“Mục 2” đã được đăng bản khác sau khi gửi."),
    (
        lambda it: SubmittedPart.objects.get(publishes=True).revision.delete(),
        "“Mục 1” bản đã gửi không còn trong lịch sử.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("change", "sentence"), MEANWHILE)
def test_what_became_something_else_since_is_one_sentence_and_nothing_is_half_done(
    written, client_of, change, sentence
):
    edit(written.lessons[0], written.cast.trainer, sources="Mới")
    submission = submitted(written)
    change(written)
    manager = client_of(written.cast.manager)
    assert sentence in text_of(manager.get(REVIEW))
    form = {"submission": submission.pk, "on": "24/11/2026", "reason": "x"}
    refused = manager.post(f"{REVIEW}duyet/", form)
    assert refused.status_code == 422
    assert "Không duyệt được như đã gửi, 1 phần đã khác" in text_of(refused)
    assert (Submission.objects.get().state, Approval.objects.count()) == ("waiting", 0)
    assert manager.post(f"{REVIEW}gui-lai/", {"submission": submission.pk, "gui-lai-reason": "x"}).status_code == 302


def test_a_deleted_course_leaves_no_submission_that_nobody_can_end(written, client_of):
    submission = submitted(written)
    CoursePage.objects.get(pk=written.course.pk).delete()
    submission.refresh_from_db()
    assert (submission.state, submission.course) == ("withdrawn", None)
    assert client_of(written.cast.manager).get("/cms/duyet-khoa-hoc/").status_code == 200
    assert client_of(written.cast.manager).get(OUTLINE).status_code == 404


def test_much_is_published_in_the_background_all_of_it_or_nothing(written, client_of, monkeypatch):
    monkeypatch.setattr(publishing, "AT_ONCE", 0)
    for lesson in written.lessons:
        edit(lesson, written.cast.trainer, sources="Mới")
    submission = submitted(written)
    manager = client_of(written.cast.manager)
    form = {"submission": submission.pk, "on": "24/11/2026", "reason": ""}
    told = manager.post(f"{REVIEW}duyet/", form, follow=True)
    assert "Đang đăng: 0/2 phần" in text_of(told)
    with pytest.raises(NotDecided, match="đang đăng, Trần Thị Lan"):
        approved(submission, written.second_manager)
    # the second of the two is gone when its turn comes
    second = LessonPage.objects.get(pk=written.lessons[1].pk)
    path = second.path
    Page.objects.filter(pk=second.pk).update(path="0001zzzz")
    drain()
    assert live_sources(written.lessons[0]) == ""
    submission.refresh_from_db()
    assert (submission.state, submission.decided_by, Approval.objects.count()) == ("waiting", None, 0)
    Page.objects.filter(pk=second.pk).update(path=path)
    approved(submission, written.second_manager)
    drain()
    assert [live_sources(lesson) for lesson in written.lessons] == ["Mới", "Mới"]
    assert Approval.objects.get().by == written.second_manager
    # a worker that was killed after the commit does it again
    publishing.publish_submitted(type("Job", (), {"payload": {"submission": submission.pk}})())
    assert Approval.objects.count() == 1


@pytest.mark.parametrize("in_background", [False, True])
@pytest.mark.parametrize("edited", ["quiz", "question"])
def test_who_approves_reads_what_guessing_earns(written, client_of, monkeypatch, in_background, edited):
    if in_background:
        monkeypatch.setattr(publishing, "AT_ONCE", 0)
    monkeypatch.setattr(publishing, "warnings_of", lambda quiz: [f"{quiz.title}: đoán {n}." for n in range(7)])
    manager = client_of(written.cast.manager)
    if edited == "quiz":
        edit(QuizPage.objects.get(pk=written.quiz.pk), written.cast.trainer, intro="Mới")
    else:
        question = Question.objects.get(pk=written.questions[0].pk)
        question.body[0].value["text"] = "Hỏi khác?"
        question.save_revision(user=written.cast.trainer)
    submission = submitted(written)
    told = "các bài kiểm tra có chỗ giúp người đoán mò"
    assert told not in text_of(manager.get(REVIEW))
    answer = manager.post(
        f"{REVIEW}duyet/", {"submission": submission.pk, "on": "24/11/2026", "reason": ""}, follow=True
    )
    assert (told in text_of(answer)) is not in_background
    drain()
    said = text_of(manager.get(REVIEW))
    assert told in said
    assert f"{written.quiz.title}: đoán 4. … và 2 điều nữa." in re.sub(r" +", " ", said)
    # the next time nothing of it went live
    edit(written.lessons[0], written.cast.trainer, sources="Mới")
    approved(submitted(written), written.cast.manager)
    drain()
    assert told not in text_of(manager.get(REVIEW))


@pytest.mark.parametrize("in_background", [False, True])
def test_an_unexpected_error_ends_in_a_sentence_and_can_be_tried_again(written, client_of, monkeypatch, in_background):
    if in_background:
        monkeypatch.setattr(publishing, "AT_ONCE", 0)
    edit(written.lessons[0], written.cast.trainer, sources="Mới")
    submission, manager = submitted(written), client_of(written.cast.manager)
    with monkeypatch.context() as broken:
        broken.setattr(publishing, "approve_live", lambda *said: 1 / 0)
        form = {"submission": submission.pk, "on": "24/11/2026", "reason": ""}
        told = text_of(manager.post(f"{REVIEW}duyet/", form, follow=True))
        assert ("Đã duyệt nhưng chưa đăng được: Máy chủ gặp lỗi khi làm việc này." in told) is not in_background
        at, shown = timezone.now(), []
        while not (row := Effect.objects.get(kind=publishing.PUBLISH)).is_finished:
            shown += [text_of(manager.get(REVIEW))] if row.attempts else []
            at = max(at, row.available_at)
            drain(at)
    assert row.attempts == publishing.TRIES
    assert ["Máy chủ tự thử lại lúc" in said for said in shown] == [True] * (publishing.TRIES - 1)
    # within two minutes somebody who looks is told, and may decide anew
    assert at - timezone.now() < timedelta(minutes=2)
    assert live_sources(written.lessons[0]) == ""
    submission.refresh_from_db()
    assert (submission.state, submission.decided_by, Approval.objects.count()) == ("waiting", None, 0)
    said = text_of(manager.get(REVIEW))
    assert "vẫn không đăng được; khóa học như trước khi duyệt. Máy chủ gặp lỗi khi làm việc này." in said
    assert "Đăng lại" in said
    assert "Gửi lại, nêu lý do" in said
    manager.post(f"{REVIEW}duyet/", form)
    drain()
    assert live_sources(written.lessons[0]) == "Mới"
    assert "không đăng được" not in text_of(manager.get(REVIEW))


def test_what_killed_every_worker_waits_again(written, client_of, monkeypatch):
    monkeypatch.setattr(publishing, "AT_ONCE", 0)
    edit(written.lessons[0], written.cast.trainer, sources="Mới")
    submission = submitted(written)
    approved(submission, written.cast.manager)
    at = timezone.now()
    for _death in range(publishing.TRIES):
        assert take(at, "killed", {publishing.PUBLISH})
        at += LEASE + timedelta(seconds=1)
    drain(at)
    assert Submission.objects.get().state == "waiting"
    assert "ngắt giữa chừng nhiều lần" in text_of(client_of(written.cast.manager).get(REVIEW))
    assert send_back(submission, "Thử lại sau", again(written.second_manager), NOW) is None


def test_a_page_that_may_not_go_live_takes_everything_back(written, client_of):
    for lesson in written.lessons:
        edit(lesson, written.cast.trainer, sources="Mới")
    submission = submitted(written)
    # another page took the address of the second since
    LessonPage.objects.filter(pk=written.lessons[1].pk).update(slug="giu-cho")
    pinned = SubmittedPart.objects.get(title="Mục 2").revision
    pinned.content = {**pinned.content, "slug": written.lessons[0].slug}
    pinned.save()
    row = approved(submission, written.cast.manager)
    assert "“Mục 2”" in row.error
    assert "khóa học như trước khi duyệt" in text_of(client_of(written.second_manager).get(REVIEW))
    assert live_sources(written.lessons[0]) == ""
    assert (Submission.objects.get().state, Approval.objects.count()) == ("waiting", 0)


# --- costs


def test_more_parts_cost_no_query_more(written, client_of):
    def more(start):
        for number in range(start, start + 4):
            lesson = make_page(written.module, LessonPage, f"Thêm {number}", live=False)
            edit(lesson, written.cast.trainer, body=[("takeaway", "Một câu.")])

    trainer, manager = client_of(written.cast.trainer), client_of(written.cast.manager)
    counts = []
    for first in (0, 10):
        more(first)
        trainer.get(OUTLINE)
        with CaptureQueriesContext(connection) as outline:
            trainer.get(OUTLINE)
        submission = submitted(written)
        manager.get(REVIEW)
        with CaptureQueriesContext(connection) as review:
            manager.get(REVIEW)
        counts.append((len(outline), len(review)))
        withdraw_submission(submission, again(written.cast.trainer), NOW)
    # the second outline names one earlier submission
    assert counts[0] == counts[1], counts
    assert max(counts[0]) <= 60


def test_whoever_may_edit_the_page_may_submit_the_course(written):
    assert page_permission_policy.user_has_permission_for_instance(written.cast.trainer, "change", written.course)
    assert not page_permission_policy.user_has_permission_for_instance(written.cast.trainer, "publish", written.course)
