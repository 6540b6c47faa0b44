"""A copy of one's own data: one zip, made in the background, fetched by its owner only, kept for a short time."""

import csv
import io
import json
import uuid
import zipfile
from datetime import date

import pytest
from django.apps import apps
from django.conf import settings
from django.utils import timezone
from factories import make_course

from courses.attempts.attempt import Answer
from courses.completions.completion import Completion
from courses.quizzes.admission import start
from outbox.draining import drain
from outbox.effects import Effect
from people.privacy import own_data

pytestmark = pytest.mark.django_db
PAGE = "/tai-khoan/du-lieu/"


def fetched(client) -> zipfile.ZipFile:
    client.post(PAGE)
    drain()
    work = Effect.objects.get(kind="own_data")
    answer = client.get(f"{PAGE}{work.pk}/tep/")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith('attachment; filename="du-lieu-cua-toi-')
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def test_the_file_holds_json_csv_and_a_page_to_read(cast, client_of):
    Completion.objects.create(
        person=cast.learner, course_key="nhan-dien-nan-nhan", completed_on=date(2026, 11, 1), source="import",
        evidence="=QĐ 12",
    )  # fmt: skip
    archive = fetched(client_of(cast.learner))
    whole = json.loads(archive.read("du-lieu.json"))
    assert whole["tai-khoan"][0]["Họ tên"] == "Alăng Thị Hà"
    assert whole["cong-tac"][0]["Đơn vị"] == "Xã Tây Giang"
    assert whole["hoan-thanh"][0]["Ngày hoàn thành"] == "2026-11-01"
    rows = list(csv.DictReader(io.StringIO(archive.read("hoan-thanh.csv").decode("utf-8-sig")), delimiter=";"))
    assert rows[0]["Minh chứng"] == "'=QĐ 12"
    assert "Alăng Thị Hà" in archive.read("doc-truoc.html").decode()
    assert {f"{one.name}.csv" for one in own_data.ordered()} | {"du-lieu.json", "doc-truoc.html"} == set(
        archive.namelist()
    )


def test_nobody_elses_data_is_in_it(cast, client_of):
    archive = fetched(client_of(cast.learner))
    text = "".join(archive.read(name).decode() for name in archive.namelist())
    assert "TM-001" not in text
    assert "Zơrâm Văn Nam" not in text


def test_saved_answers_are_in_it_in_words(cast, client_of):
    small_course = make_course()
    attempt = start(cast.learner, small_course.quiz, timezone.now())
    item = attempt.items.select_related("version").first()
    Answer.objects.create(item=item, sequence=1, response={"choices": [item.version.key["right"][0]]})
    rows = json.loads(fetched(client_of(cast.learner)).read("du-lieu.json"))["cau-tra-loi"]
    assert rows[0]["Trả lời"] == "Đúng"
    assert rows[0]["Câu hỏi"].startswith("Câu hỏi")


def test_certificates_slips_and_open_sessions_are_in_it_and_no_secret(cast, client_of):
    from courses.certificates.issuing import issue
    from courses.standing.rules import seed_requirements
    from people.signing_in.activation import make_slips

    now = timezone.now()
    seed_requirements(now)
    completion = Completion.objects.create(
        person=cast.learner, course_key="nhan-dien-nan-nhan", completed_on=now.date(), source="quiz"
    )
    certificate = issue([completion], now)[0]
    ((_person, code),) = make_slips([cast.learner], cast.trainer, now, batch=uuid.uuid4(), reason="Mất điện thoại")
    archive = fetched(client_of(cast.learner))
    whole = json.loads(archive.read("du-lieu.json"))
    assert whole["chung-nhan"][0]["Số"] == certificate.full_number
    assert whole["chung-nhan"][0]["Họ tên trên chứng nhận"] == "Alăng Thị Hà"
    assert whole["chung-nhan"][0]["Mã kiểm tra"] == certificate.written_code
    assert whole["phieu"][0]["Lý do"] == "Mất điện thoại"
    assert len(whole["phien"]) == 1
    assert "In phiếu kích hoạt" in {row["Việc"] for row in whole["nhat-ky"]}
    text = "".join(archive.read(name).decode() for name in archive.namelist())
    slip = cast.learner.slips.get()
    for secret in (code, slip.code_hash, cast.learner.device_sessions.get().session_key):
        assert secret not in text


def test_asked_twice_while_it_is_made_it_is_made_once(cast, client_of):
    client = client_of(cast.learner)
    client.post(PAGE)
    client.post(PAGE)
    assert Effect.objects.filter(kind="own_data").count() == 1
    assert "Đang chờ" in client.get(PAGE).content.decode()


def test_only_its_owner_fetches_the_file(cast, client_of):
    client_of(cast.learner).post(PAGE)
    drain()
    work = Effect.objects.get(kind="own_data")
    for who in (cast.other_learner, cast.trainer, cast.administrator):
        assert client_of(who).get(f"{PAGE}{work.pk}/tep/").status_code == 404
        assert client_of(who).get(f"/bao-cao/viec/{work.pk}/tep/").status_code in (403, 404)


def test_an_expired_file_says_so_and_is_gone(cast, client_of):
    from outbox.private_files import private_files

    client = client_of(cast.learner)
    client.post(PAGE)
    drain()
    work = Effect.objects.get(kind="own_data")
    private_files.delete(work.result["file"])
    assert "đã hết hạn giữ" in client.get(PAGE).content.decode()
    assert client.get(f"{PAGE}{work.pk}/tep/").status_code == 404


# what points at a person and is not theirs: what they did to others, or what others need; each with its reason
NOT_THEIRS = {
    "TalkNews.person": "that there is news of her own words; goes when she opens them, or after 30 days",
    "Exemplar.decided_by": "about another's wording",
    "Adoption.by": "what a unit does",
    "ClinicCase.moderated_by": "about another's case",
    "Contribution.moderated_by": "about another's words",
    "KeptAnswer.decided_by": "about another's wording",
    "Entry.by": "what they did is in the log of those whom it concerned",
    "Entry.person": "read through about_person, as nhat-ky",
    "ErasureRequest.person": "shown on the very page of the data",
    "ErasureRequest.decided_by": "about somebody else",
    "AccountNotice.by": "about somebody else",
    "RoleRequest.decided_by": "about somebody else",
    "Relief.asked_by": "as its request",
    "Relief.granted_by": "as its request",
    "ReliefRequest.asked_by": "about somebody else; her own acts are in the log of each",
    "ReliefRequest.decided_by": "about somebody else",
    "Choice.by": "ids of others, for a day",
    "DayMessage.by": "about somebody else",
    "DayMessage.called_by": "about somebody else",
    "RosterConfirmation.confirmed_by": "about a unit",
    "Void.by": "about somebody else",
    "AnnualReport.made_by": "about a unit, and it names nobody",
    "Reform.by": "about units",
    "Reform.reversed_by": "about units",
    "BulkChange.by": "about others; what one did to them is in the log of each",
    "EditionArrival.asked_by": "about the courses of the province",
    "Recognition.by": "about somebody else",
    "AttemptGrant.given_by": "about somebody else",
    "Effect.requested_by": "technical; goes after 30 days",
    "Standing.person": "as tien-do",
    "Answer.item": "as cau-tra-loi",
    "ActivationSlip.made_by": "about somebody else",
    "Revocation.by": "about somebody else",
    "EndedConsent.by": "about a file of the library",
    "EndedConsent.taken_back_by": "about a file of the library",
    "Replacement.by": "about a file of the library",
    "Replacement.decided_by": "about a file of the library",
    "Replacement.taken_back_by": "about a file of the library",
    "Merge.by": "about somebody else",
    "NotSame.by": "about somebody else",
    "Contact.confirmed_by": "about a number of the province",
    "ContactCall.called_by": "about a number of the province",
    "MessageKit.scene_by": "about a text of the campaign",
    "Passage.written_by": "about a text of the campaign",
    "Passage.approved_by": "about a text of the campaign",
    "Settlement.recorded_by": "about a text of the campaign",
    "Settlement.reopened_by": "about a text of the campaign",
    "SheetVersion.issued_by": "about what a commune printed",
    "SheetVersion.taken_down_by": "about what a commune printed",
    "Package.deleted_by": "about what a commune played",
    "Withdrawal.by": "about what was printed",
    "StepDone.by": "about the plan of a commune",
    "ContactVersion.written_by": "about a number of the province",
    "ContactVersion.decided_by": "about a number of the province",
    "ContactTakenOff.by": "about a number of the province",
    "Participant.invited_by": "about somebody else",
    "TrainingClass.planned_by": "about a class of the province",
    "Attendance.by": "about somebody else",
    "Paper.sent_by": "about others",
    "ClassConfirmation.by": "about others",
    "ClassConfirmation.undone_by": "about others",
    "ConfirmedMark.person": "as diem-danh-lop",
    "ConfirmedMark.taken_by": "about somebody else",
    "ConfirmedMark.confirmed_by": "about somebody else",
    "TrainingElsewhere.entered_by": "about somebody else",
    "TrainingElsewhere.decided_by": "about somebody else",
    "Assignment.given_by": "about somebody else",
    "Assignment.ended_by": "as hoc-them",
    "Buddy.named_by": "about somebody else",
    "Buddy.ended_by": "as kem-nhau",
    "Plan.made_by": "as ke-hoach-nam",
    "ColumnMapping.by": "about the columns of a unit's files",
    "FiledPaper.sent_by": "about others",
    "WalkInUndone.by": "about somebody else",
    "WalkInAnswer.by": "about somebody else",
    "WalkInAnswer.written_by": "about somebody else",
    "SentenceStep.by": "as cau-dich",
    "Room.opened_by": "as so-hoat-dong, once it was closed",
    "SourceSentence.change_said_by": "about a sentence of the province",
}
HELD = {
    "PersonNumber.person",
    "ReportedPerson.person", "Posting.person", "ChangedRow.person", "Role.user", "LessonSeen.person",
    "Place.person", "Tick.person", "CourseBegun.person", "Try.person", "LessonNote.person", "Attempt.person",
    "Completion.person", "Excuse.person", "ReliefRequest.person", "Relief.person", "AttemptGrant.person",
    "Certificate.person", "DeviceSession.person", "ActivationSlip.person", "ConversationRun.person",
    "Approval.by", "Submission.by", "Submission.decided_by", "Settlement.entered_by", "Performance.person",
    "Performance.first", "Performance.second", "PracticeSession.leader", "PracticeSession.second",
    "CourseNews.person", "Insistence.by", "DayMessage.person", "Declined.person", "Merge.gone", "Merge.stays",
    "NotSame.one", "NotSame.other", "RoleRequest.person", "RoleRequest.asked_by", "SignIn.person",
    "AccountNotice.person", "Participant.person", "Attendance.person", "CourseAttended.person",
    "WalkInAnswer.person", "CalendarAddress.person", "TrainingElsewhere.person",
    "SavedReport.person", "Assignment.person", "Buddy.person", "Buddy.buddy",
    "Inquiry.asked_by", "Said.by", "KeptAnswer.proposed_by",
    "PlanVersion.written_by", "PlanVersion.submitted_by", "PlanVersion.decided_by", "Result.recorded_by",
    "PublicFigures.by", "PublicFigures.ended_by", "Activity.written_by", "Activity.decided_by",
    "SentenceTranslation.translator", "SentenceTranslation.live_translator", "SentenceTranslation.approver",
    "Remark.by", "Remark.answered_by", "GlossaryWord.proposed_by", "GlossaryWord.agreed_by", "NamedApprover.person",
    "LogComplete.by", "SpokenThere.by", "Evidence.sent_by", "HeldApart.by", "Assessed.by",
    "Slot.planned_by", "Play.by", "Play.confirmed_by", "PulseCount.by", "Package.asked_by",
    "AlertWording.written_by", "AlertWording.approved_by", "Alert.ended_by",
    "LessonLog.written_by", "LessonLog.taught_by", "ClassCount.by", "PackApproval.by", "ClassRun.by", "QuizTally.by",
    "CopyWording.by", "CopyWording.sent_by", "CopyWording.decided_by",
    "Speaker.person", "Speaker.written_by", "Take.brought_by", "Take.approver",
    "ClinicCase.author", "Contribution.by", "Exemplar.written_by", "Remarking.by",
}  # fmt: skip


def test_every_table_of_ours_that_names_a_person_is_in_the_copy_or_says_why_not():
    ours = {"people", "courses", "outbox", "pages", "media", "campaigns"}
    naming = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in ours
        for field in model._meta.get_fields()
        if field.concrete
        and field.is_relation
        and field.related_model is apps.get_model(settings.AUTH_USER_MODEL)
        and not field.many_to_many
    }
    editors = {name for name in naming if name.split(".")[1] in {"owner", "locked_by", "uploaded_by_user"}}
    assert naming - editors - HELD - NOT_THEIRS.keys() == set()
