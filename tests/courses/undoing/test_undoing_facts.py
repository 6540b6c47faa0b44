"""Imports of excuses and completions are undone row by row; certificates end with their completions, figures follow."""

from datetime import date, datetime

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from courses.certificates.certificate import Certificate, CertificateState, Revocation
from courses.certificates.issuers import Issuer
from courses.certificates.issuing import NotIssued, reissue
from courses.completions.completion import Completion, void
from courses.completions.filed import prepare_completions
from courses.requirements.requirement import Excuse
from courses.standing.coverage import coverage
from courses.standing.excuses import prepare_excuses
from courses.standing.rules import seed_requirements
from people.changes.change import BulkChange
from people.undoing.carrying_out import preview, undo

COURSE = "nhan-dien-nan-nhan"
MONDAY, TUESDAY, WEDNESDAY = (timezone.make_aware(datetime(2026, 3, day, 9)) for day in (2, 3, 4))
EXCUSES, COMPLETIONS = "ma_can_bo,yeu_cau,ly_do,tu_ngay,den_ngay", "ma_can_bo,khoa_hoc,ngay_hoan_thanh,minh_chung"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def requirement(cast):
    found = seed_requirements(timezone.make_aware(datetime(2024, 1, 1)))[0]
    call_command("recompute")
    return found


@pytest.fixture
def bring(tmp_path, requirement):
    def bring(header, *lines):
        path = tmp_path / "f.csv"
        path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
        prepare = prepare_excuses if header == EXCUSES else prepare_completions
        prepare(path, timezone.now()).carry_out()
        return BulkChange.objects.filter(undoes=None).latest("pk")

    return bring


def undone(change, **which):
    return undo(change, change.rows.filter(**which), None)


def counts(**question):
    figure = coverage(COURSE, **question).as_dict()
    return figure["required"], figure["completed"], figure["excused"]


def test_an_excuse_goes_back_to_what_was_believed_before(bring, monday, cast):
    before = counts()
    first = bring(EXCUSES, f"TG-001,{COURSE},Ốm,2026-01-01,")
    monday.move_to(TUESDAY)
    second = bring(EXCUSES, f"TG-001,{COURSE},Ốm,2026-01-01,2026-12-31", f"TM-001,{COURSE},Ốm,2026-01-01,")
    assert counts()[2] == before[2] + 2
    monday.move_to(WEDNESDAY)
    known = counts(known_on=TUESDAY.date())
    assert undone(second)["going"] == 2
    excuse = Excuse.objects.current().get()
    assert (excuse.person, excuse.end, excuse.recorded_at) == (cast.learner, None, WEDNESDAY)
    assert counts()[2] == before[2] + 1
    assert counts(known_on=TUESDAY.date()) == known
    undone(first)
    assert counts() == before
    call_command("recompute", check=True)


def test_the_certificates_of_its_completions_are_revoked_with_that_reason(bring, monday, cast):
    Issuer.objects.create(
        unit=cast.units.da_nang, organisation="ĐN", mark="ĐN", place="Đà Nẵng", signer_name="A", imported_too=True
    )
    before = counts()
    change = bring(COMPLETIONS, f"TG-001,{COURSE},2026-03-02,Số 12", f"TM-001,{COURSE},2026-03-01,")
    assert counts()[1] == before[1] + 2
    monday.move_to(TUESDAY)
    numbers = {one.full_number for one in Certificate.objects.all()}
    assert {text for number in numbers for text in preview(change.rows.all())["others"] if number in text} == {
        f"Thu hồi Giấy chứng nhận số {number}." for number in numbers
    }
    known = counts(known_on=MONDAY.date())
    result = undone(change)
    assert result["going"] == 2
    states = {one.state_on(TUESDAY.date()) for one in Certificate.objects.with_ending()}
    assert states == {CertificateState.REVOKED}
    assert set(Revocation.objects.values_list("reason", "on")) == {
        ("Đã hoàn tác “Nhập lần hoàn thành” ngày 02/03/2026.", TUESDAY.date())
    }
    assert (counts(), counts(known_on=MONDAY.date())) == (before, known)
    call_command("recompute", check=True)
    with pytest.raises(NotIssued, match="đã được rút lại"):
        reissue(Certificate.objects.first(), "in lại", cast.administrator, TUESDAY)
    # and the undo undone: completions count and certificates are valid again
    again = undone(BulkChange.objects.get(pk=result["undo"]))
    assert again["going"] == 4
    assert counts()[1] == before[1] + 2
    states = {one.state_on(TUESDAY.date()) for one in Certificate.objects.with_ending()}
    assert states == {CertificateState.VALID}


def test_evidence_comes_back_and_its_certificate_stays(bring, cast, monday):
    Issuer.objects.create(
        unit=cast.units.da_nang, organisation="ĐN", mark="ĐN", place="Đà Nẵng", signer_name="A", imported_too=True
    )
    bring(COMPLETIONS, f"TG-001,{COURSE},2026-03-02,Số 12")
    second = bring(COMPLETIONS, f"TG-001,{COURSE},2026-03-02,Số 13")
    assert preview(second.rows.all())["others"] == []
    undone(second)
    assert Completion.objects.current().get().evidence == "Số 12"
    assert not Revocation.objects.exists()


def test_a_completion_that_was_voided_or_earned_since_stays(bring, cast):
    change = bring(COMPLETIONS, f"TG-001,{COURSE},2026-03-02,", f"TM-001,{COURSE},2026-03-02,")
    voided, earned = (Completion.objects.get(person=who) for who in (cast.learner, cast.other_learner))
    void(voided, date(2026, 3, 2), "Nhầm người", cast.administrator, MONDAY)
    Completion.objects.filter(pk=earned.pk).supersede(MONDAY)
    Completion.objects.create(
        person=cast.other_learner, course_key=COURSE, completed_on=MONDAY.date(), source="quiz", recorded_at=MONDAY
    )
    assert (undone(change)["going"], change.rows.exclude(stays="").count()) == (0, 2)
    assert Completion.objects.current().count() == 2


def test_an_import_of_facts_is_a_change_by_the_command_with_its_rows(tmp_path, requirement):
    path = tmp_path / "mien.csv"
    path.write_text(f"{EXCUSES}\nTG-001,{COURSE},Ốm,2026-01-01,\n")
    call_command("import_excuses", str(path))
    change = BulkChange.objects.get()
    assert (change.kind, change.by, change.name, change.written) == ("excuses", None, "mien.csv", 1)
    assert change.rows.get().line == "2"
    call_command("import_excuses", str(path))
    assert BulkChange.objects.count() == 1
