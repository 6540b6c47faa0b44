"""Columns for free text refuse a certain number at the store, whichever way a row is written."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from people import free_text
from people.free_text import FreeLine, FreeText, imported, refusals
from people.units.unit import UnitFlag

pytestmark = pytest.mark.django_db
NUMBER = "Gọi anh Tư 0905 123 456"
# every column in which people write about people; a new one is named here with its model
COLUMNS = {
    "campaigns.copyWording.reason", "people.activationslip.reason", "people.actReason.reason", "people.merge.reason",
    "people.roleRequest.why", "people.roleRequest.answer",
    "people.erasureRequest.answer", "people.unitFlag.reason", "people.insistence.reason",
    "courses.excuse.reason", "courses.reliefRequest.reason", "courses.reliefRequest.answer",
    "courses.completion.evidence",
    "courses.completion.reason", "courses.void.reason", "courses.recognition.reason", "courses.remarking.reason",
    "courses.certificate.reissued_because",
    "courses.revocation.reason", "courses.attemptGrant.reason", "courses.followUp.words", "courses.lessonNote.text",
    "courses.proposal.reason", "courses.agreedLevel.reason", "courses.observedLevel.evidence",
    "courses.performance.keep",
    "courses.performance.change", "courses.performance.answer", "courses.submission.word", "courses.submission.reason",
    "courses.approval.reason", "courses.settlement.word", "pages.contactVersion.why", "pages.contactTakenOff.why",
    "media.replacement.reason", "courses.annualReport.reason", "courses.reportPattern.wording",
    "courses.trainingClass.title", "courses.meeting.room",
    "courses.classConfirmation.undone_because", "courses.feedbackWords.text",
    "courses.walkInUndone.because", "courses.savedReport.title",
    "courses.clinicCase.asked", "courses.clinicCase.happened", "courses.clinicCase.done", "courses.clinicCase.word",
    "courses.clinicCase.summary", "courses.contribution.text", "courses.contribution.word",
    "courses.exemplar.title", "courses.exemplar.what", "courses.exemplar.how", "courses.exemplar.results",
    "courses.exemplar.cost_note", "courses.exemplar.ask_whom", "courses.exemplar.word", "courses.exemplarResult.label",
    "courses.said.text", "courses.keptAnswer.question", "courses.keptAnswer.answer", "courses.keptAnswer.word",
    "courses.trainingElsewhere.held_by", "courses.trainingElsewhere.note", "courses.trainingElsewhere.answer",
    "courses.planVersion.reason", "courses.planVersion.basis", "courses.planVersion.answer", "courses.task.title",
    "courses.task.expected", "courses.task.who", "courses.task.left_out_why", "courses.budgetLine.words",
    "courses.result.note",
    "campaigns.activity.note", "campaigns.activity.answer", "campaigns.hamlet.name", "campaigns.activityKind.name",
    "campaigns.sentenceTranslation.word", "campaigns.remark.text", "campaigns.remark.proposal",
    "campaigns.remark.answer", "campaigns.speaker.name", "campaigns.take.word",
    "campaigns.lessonLog.improve",
    "campaigns.passage.title", "campaigns.passage.text", "campaigns.openPoint.what", "campaigns.openPoint.office",
    "campaigns.settlement.answered_by",
    "campaigns.settlement.paper", "campaigns.withdrawal.why",
    "campaigns.alert.why", "campaigns.alertWording.title", "campaigns.alertWording.how",
    "campaigns.alertWording.signs", "campaigns.alertWording.act", "campaigns.alertWording.spoken",
    "campaigns.alertWording.word",
}  # fmt: skip


def flag(units, reason):
    return UnitFlag(unit=units.tay_giang, kind=UnitFlag.Kind.values[0], start="2026-01-01", reason=reason)


def test_the_columns_of_free_text():
    found = {
        f"{model._meta.label_lower}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, FreeLine | FreeText)
    }
    assert found == {name.lower() for name in COLUMNS}


def test_every_way_to_write_a_row_is_refused(units):
    good = flag(units, "Chưa có tên.")
    good.save()
    for write in (
        lambda: flag(units, NUMBER).save(),
        lambda: UnitFlag.objects.bulk_create([flag(units, NUMBER)]),
        lambda: UnitFlag.objects.filter(pk=good.pk).update(reason="CCCD 048199012345"),
        lambda: UnitFlag.objects.bulk_update([_with(good, NUMBER)], ["reason"]),
    ):
        with pytest.raises(ValidationError) as refused, transaction.atomic():
            write()
        assert "0905" not in str(refused.value)
    good.refresh_from_db()
    assert good.reason == "Chưa có tên."


def _with(row, reason):
    row.reason = reason
    return row


def test_what_is_stored_since_before_stays_and_may_be_superseded(units, monkeypatch):
    row = flag(units, NUMBER)
    with monkeypatch.context() as before:
        before.setattr(free_text, "refusals", lambda text: [])
        row.save()
    row.end = timezone.localdate() + timedelta(days=400)
    row.save()
    row.pk, row.end = None, None
    row.start = "2027-01-01"
    row.save()
    assert UnitFlag.objects.filter(reason=NUMBER).count() == 2


def test_a_good_text_asks_nothing_and_a_public_number_passes(units, django_assert_num_queries, monkeypatch):
    row = flag(units, "Chưa có tên.")
    with django_assert_num_queries(1):
        row.save()
    monkeypatch.setattr(free_text, "_PUBLIC", [lambda: ["0905123456"]])
    row.reason = NUMBER
    with django_assert_num_queries(1):
        row.save()


def test_a_text_beyond_all_bounds_is_not_looked_through():
    assert refusals("0 " * 3_000_000) == ["Chữ dài quá 50000 chữ cái; ghi ngắn lại."]


def test_an_imported_text_loses_its_number_and_keeps_its_row():
    notes = []
    assert imported("Nghỉ ốm, gọi 0905 123 456", notes.append) == "Nghỉ ốm, gọi [đã bỏ số điện thoại]"
    assert imported("Nạn nhân sinh năm 2008", notes.append) == "Nạn nhân sinh năm 2008"
    assert imported("Nghỉ thai sản", notes.append) == "Nghỉ thai sản"
    assert notes == [
        "Đã bỏ số điện thoại khỏi phần chữ; dòng vẫn được nhập.",
        "Phần chữ có thể nói về một người thật (ngày hoặc năm sinh của người trong vụ việc); hãy xem lại tệp.",
    ]
    assert len(imported("0905 123 456 " * 20, lambda note: None, 300)) <= 300
