"""The audit log: who saw or changed whose record, without the contents; read by administrators and by the person."""

import csv
import io
import uuid
from datetime import date, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone
from factories import make_course, make_person, make_posting
from sharing import shared

from courses.certificates import batches
from courses.certificates.issuing import issue
from courses.completions.completion import Completion
from courses.quizzes.admission import grant
from courses.standing.rules import seed_requirements
from courses.standing.standing import rebuild_all
from outbox.draining import drain
from people.changes.change import Origin
from people.log.audit import Act, Entry, about_person, entries_visible_to, record
from people.rights.roles import RoleKind, end, give
from people.roster.confirmations import confirm_roster, take_back
from people.roster.importing import prepare_roster
from people.signing_in.activation import use_slip

NOW = timezone.make_aware(datetime(2026, 11, 24, 9))
LIST = "/bao-cao/nhan-dien-nan-nhan/20455/can-bo/"


@shared
def story(cast):
    seed_requirements(timezone.make_aware(datetime(2024, 1, 1)))
    rebuild_all(now=timezone.now())
    Entry.objects.all().delete()
    return cast


def acts(**about):
    return list(Entry.objects.filter(**about).order_by("pk").values_list("act", flat=True))


def test_opening_a_persons_page_is_recorded_once_each_time(story, client_of):
    client_of(story.trainer).get("/bao-cao/can-bo/TG-001/")
    entry = Entry.objects.get()
    assert (entry.act, entry.by, entry.person) == (Act.SAW_PERSON, story.trainer, story.learner)


def test_a_record_that_may_not_be_seen_leaves_no_entry(story, client_of):
    assert client_of(story.trainer).get("/bao-cao/can-bo/TM-001/").status_code == 404
    assert client_of(story.observer).get("/bao-cao/can-bo/TG-001/").status_code == 403
    assert not Entry.objects.exists()


def test_a_list_costs_one_insert_and_every_person_on_it_finds_it(story, client_of, django_assert_num_queries):
    assert client_of(story.trainer).get(LIST).status_code == 200
    entry = Entry.objects.get()
    assert (entry.act, entry.unit, entry.on, entry.count) == (
        Act.SAW_PEOPLE, story.units.tay_giang, timezone.localdate(), 1
    )  # fmt: skip
    assert list(about_person(story.learner)) == [entry]
    assert not about_person(story.other_learner).exists()


def test_a_list_of_the_province_is_in_the_log_of_everybody_below_it(story, client_of):
    client_of(story.manager).get("/bao-cao/nhan-dien-nan-nhan/48/can-bo/")
    assert [e.unit for e in about_person(story.other_learner)] == [story.units.da_nang]


def test_a_list_of_a_day_before_somebody_came_is_not_about_them(story):
    newcomer = make_person("Mới", "TG-900")
    make_posting(newcomer, story.units.tay_giang, start=date(2026, 10, 1))
    record(Act.SAW_PEOPLE, story.trainer, unit=story.units.tay_giang, on=date(2026, 9, 30), count=1)
    assert not about_person(newcomer).exists()
    record(Act.SAW_PEOPLE, story.trainer, unit=story.units.tay_giang, on=date(2026, 10, 1), count=2)
    assert about_person(newcomer).count() == 1


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_export_says_how_many_and_as_what(story, client_of, kind):
    assert client_of(story.trainer).get(f"{LIST}xuat.{kind}").status_code == 200
    entry = Entry.objects.get()
    assert (entry.act, entry.count, entry.detail) == (Act.EXPORTED_PEOPLE, 1, kind)


def test_a_void_a_grant_and_a_contact_leave_who_and_whose_but_no_reason(story, client_of):
    completion = Completion.objects.create(
        person=story.learner, course_key="nhan-dien-nan-nhan", completed_on=date(2026, 11, 1), source="import"
    )
    client_of(story.trainer).post(
        "/bao-cao/can-bo/TG-001/", {"completion": completion.pk, "on": "2026-11-02", "reason": "Lý do riêng"}
    )
    grant(story.learner, make_course().quiz, story.trainer, "Mất điện ở nhà", timezone.now())
    client = client_of(story.administrator)
    client.post(f"/cms/can-bo/edit/{story.learner.pk}/", {"email": "moi@example.vn", "phone": "", "is_active": "on"})
    rows = Entry.objects.filter(person=story.learner).order_by("pk")
    assert [row.act for row in rows] == [Act.VOIDED, Act.GRANTED, Act.CHANGED_CONTACT]
    kept = " ".join(row.detail for row in rows)
    assert "Lý do riêng" not in kept
    assert "Mất điện" not in kept
    assert "moi@example.vn" not in kept
    assert rows[2].detail == "email,phone"


def test_roles_say_who_gave_and_who_ended_them(story, client_of):
    client = client_of(story.administrator)
    client.post("/cms/vai-tro/new/", {"staff_code": "LA-001", "kind": RoleKind.OBSERVER, "unit_code": "48"})
    role = story.stranger.roles.get()
    client.post(f"/cms/vai-tro/delete/{role.pk}/")
    entries = Entry.objects.filter(person=story.stranger).order_by("pk")
    assert [(row.act, row.by, row.detail) for row in entries] == [
        (Act.GAVE_ROLE, story.administrator, RoleKind.OBSERVER),
        (Act.ENDED_ROLE, story.administrator, RoleKind.OBSERVER),
    ]
    assert entries[0].detail_text == "Người giám sát"


def test_a_role_given_on_the_server_itself_names_nobody(story):
    end(give(story.stranger, RoleKind.OBSERVER, story.units.da_nang))
    assert set(Entry.objects.values_list("by", flat=True)) == {None}


def test_a_confirmation_and_its_withdrawal_are_recorded_about_the_unit(story):
    confirmation = confirm_roster(story.units.tay_giang, story.unit_head, NOW)
    take_back(confirmation, NOW, story.unit_head)
    take_back(confirmation, NOW, story.unit_head)
    assert acts(unit=story.units.tay_giang) == [Act.CONFIRMED, Act.UNCONFIRMED]


def test_an_import_is_in_the_log_of_those_whose_posting_it_changed(story, tmp_path):
    path = tmp_path / "roster.csv"
    header = "ma_can_bo,ho_ten,email,dien_thoai,ma_don_vi,chuc_danh,nhiem_vu,tu_ngay,den_ngay"
    path.write_text(f"{header}\nTG-001,Alăng Thị Hà,,,20455,Trưởng,,2026-01-01,\n")
    prepare_roster(path, NOW, origin=Origin(by=story.manager)).write(lambda done: None)
    assert [(e.act, e.by, e.count) for e in about_person(story.learner)] == [(Act.IMPORTED_ROSTER, story.manager, 1)]
    assert not about_person(story.other_learner).exists()


def test_looking_at_ones_own_record_is_nobodys_business(story):
    record(Act.SAW_PERSON, story.learner, person=story.learner)
    assert not Entry.objects.exists()


def test_learning_leaves_nothing_in_the_log(story, client_of):
    client = client_of(story.learner)
    for path in ("/hoc-tap/", "/tai-khoan/", "/tai-khoan/nhat-ky/", "/hoc-tap/bai-lam/"):
        assert client.get(path).status_code == 200
    assert not Entry.objects.exists()


def test_a_person_reads_who_saw_their_record(story, client_of):
    client_of(story.trainer).get("/bao-cao/can-bo/TG-001/")
    page = client_of(story.learner).get("/tai-khoan/nhat-ky/").content.decode()
    assert "Lê Văn Hùng" in page
    assert "Xem hồ sơ" in page
    assert "Lê Văn Hùng" not in client_of(story.other_learner).get("/tai-khoan/nhat-ky/").content.decode()


def test_the_log_costs_the_same_for_two_entries_and_for_forty(story, client_of, django_assert_max_num_queries):
    client = client_of(story.learner)
    for _n in range(40):
        record(Act.SAW_PERSON, story.trainer, person=story.learner)
    with django_assert_max_num_queries(7):  # session, user, menu's roles, oversees, count, entries, savepoint
        client.get("/tai-khoan/nhat-ky/")
    client = client_of(story.administrator)
    with django_assert_max_num_queries(9):  # the same, the insert of this very look, and its reach
        client.get("/tai-khoan/nhat-ky/tat-ca/")


def test_only_administrators_open_the_whole_log(story, client_of):
    for who in ("learner", "trainer", "unit_head", "observer", "manager", "editor"):
        assert client_of(getattr(story, who)).get("/tai-khoan/nhat-ky/tat-ca/").status_code == 403
        assert client_of(getattr(story, who)).get("/tai-khoan/nhat-ky/tat-ca/xuat.csv").status_code == 403
    assert client_of(story.administrator).get("/tai-khoan/nhat-ky/tat-ca/").status_code == 200


def test_an_administrator_of_a_commune_reads_of_that_commune_only(story):
    local = make_person("Quản Trị Xã", "VT-xa")
    give(local, RoleKind.ADMINISTRATOR, story.units.tay_giang)
    Entry.objects.all().delete()
    record(Act.SAW_PERSON, story.manager, person=story.learner)
    record(Act.SAW_PERSON, story.manager, person=story.other_learner)
    record(Act.SAW_PEOPLE, story.manager, unit=story.units.thanh_my, on=date(2026, 11, 1))
    assert [entry.person for entry in entries_visible_to(local)] == [story.learner]
    assert entries_visible_to(story.administrator).count() == 3


def read(answer):
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_the_export_is_filtered_by_day_and_person_and_says_that_it_was_made(story, client_of):
    for day, person in ((1, story.learner), (2, story.learner), (2, story.other_learner)):
        record(Act.SAW_PERSON, story.manager, person=person, at=timezone.make_aware(datetime(2026, 11, day, 23, 59)))
    client = client_of(story.administrator)
    rows = read(client.get("/tai-khoan/nhat-ky/tat-ca/xuat.csv?tu=2026-11-02&den=02/11/2026&ma=tg-001"))
    assert [row[4] for row in rows[1:]] == ["TG-001"]
    assert rows[1][0] == "2026-11-02 23:59:00"
    assert acts(by=story.administrator) == [Act.EXPORTED_AUDIT]
    assert client.get("/tai-khoan/nhat-ky/tat-ca/xuat.csv?tu=hom-qua").status_code == 400


def test_the_export_runs_no_formula(story, client_of):
    story.learner.full_name = "=1+1"
    story.learner.save()
    record(Act.SAW_PERSON, story.manager, person=story.learner)
    rows = read(client_of(story.administrator).get("/tai-khoan/nhat-ky/tat-ca/xuat.csv"))
    assert "'=1+1" in [row[5] for row in rows]


def test_reading_the_log_is_itself_in_the_log(story, client_of):
    client_of(story.administrator).get("/tai-khoan/nhat-ky/tat-ca/")
    assert acts(by=story.administrator) == [Act.SAW_AUDIT]


def test_the_list_of_people_under_cms_is_recorded(story, client_of):
    assert client_of(story.administrator).get("/cms/can-bo/").status_code == 200
    entry = Entry.objects.get()
    assert (entry.act, entry.unit) == (Act.SAW_PEOPLE, story.units.da_nang)
    assert timezone.now() - entry.at < timedelta(minutes=1)


# --- certificates and slips


@pytest.fixture
def certificate(story):
    completion = Completion.objects.create(
        person=story.learner, course_key="nhan-dien-nan-nhan", completed_on=NOW.date(), source="quiz"
    )
    story.uncertified = Completion.objects.create(
        person=story.learner, course_key="nhan-dien-nan-nhan", completed_on=date(2026, 9, 1), source="import"
    )
    return issue([completion], NOW)[0]


def test_a_certificate_issued_fetched_revoked_or_issued_again_by_hand_leaves_whose_and_who(
    story, certificate, client_of
):
    client = client_of(story.trainer)
    client.get(f"/bao-cao/chung-nhan/{certificate.pk}.pdf")
    client.post(f"/bao-cao/chung-nhan/cap/{story.uncertified.pk}/")
    client.post(f"/bao-cao/chung-nhan/{certificate.pk}/cap-lai/", {"reason": "Sai tên"})
    client.post(f"/bao-cao/chung-nhan/{certificate.pk}/thu-hoi/", {"reason": "Cấp nhầm"})
    assert acts(person=story.learner, by=story.trainer) == [
        Act.FETCHED_CERTIFICATE, Act.ISSUED, Act.REISSUED, Act.REVOKED
    ]  # fmt: skip
    assert set(Entry.objects.values_list("detail", flat=True)) == {"nhan-dien-nan-nhan"}
    page = client_of(story.learner).get("/tai-khoan/nhat-ky/").content.decode()
    assert "Thu hồi chứng nhận" in page
    assert "Cấp nhầm" not in page


def test_a_certificate_that_comes_by_itself_or_is_ones_own_leaves_no_trace(story, certificate, client_of):
    client_of(story.learner).get(f"/hoc-tap/chung-nhan/{certificate.pk}.pdf")
    assert acts() == []


def test_a_trainers_own_certificate_and_page_leave_no_trace_from_the_reports_either(story, client_of):
    make_posting(story.trainer, story.units.tay_giang)
    done = Completion.objects.create(
        person=story.trainer, course_key="nhan-dien-nan-nhan", completed_on=NOW.date(), source="quiz"
    )
    (own,) = issue([done], NOW)
    client = client_of(story.trainer)
    assert client.get(f"/bao-cao/chung-nhan/{own.pk}.pdf").status_code == 200
    assert client.get(f"/bao-cao/can-bo/{story.trainer.staff_code}/").status_code == 200
    assert acts() == []


def test_a_form_without_a_reason_or_of_somebody_else_leaves_no_trace(story, certificate, client_of):
    client_of(story.trainer).post(f"/bao-cao/chung-nhan/{certificate.pk}/thu-hoi/", {"reason": ""})
    client_of(story.unit_head).post(f"/bao-cao/chung-nhan/{certificate.pk}/thu-hoi/", {"reason": "x"})
    assert acts() == []


def test_a_batch_is_in_the_log_of_everybody_in_its_reach(story, certificate):
    batches.ask(story.units.tay_giang, "", None, None, story.trainer)
    drain(kinds={batches.BATCH})
    entry = Entry.objects.get()
    assert (entry.act, entry.by, entry.unit, entry.count) == (
        Act.PRINTED_CERTIFICATES, story.trainer, story.units.tay_giang, 1
    )  # fmt: skip
    assert list(about_person(story.learner)) == [entry]


def test_slips_are_in_the_log_of_each_for_whom_one_was_printed(story, client_of):
    other = make_person("Khác", "TG-901")
    make_posting(other, story.units.tay_giang)
    client = client_of(story.trainer)
    sent = {"person": [story.learner.pk, other.pk], "batch": str(uuid.uuid4())}
    for _again in range(2):
        client.post("/tai-khoan/phieu-kich-hoat/20455/", sent)
    assert acts(person=story.learner) == acts(person=other) == [Act.PRINTED_SLIP]
    assert "In phiếu kích hoạt" in client_of(story.learner).get("/tai-khoan/nhat-ky/").content.decode()


def test_a_slip_that_drops_the_second_step_says_so_and_so_does_its_use(story, client_of):
    second_step = Authenticator.objects.create(user=story.learner, type="totp", data={})
    sent = {"reason": "Mất điện thoại", "drops_second_step": "on", "batch": str(uuid.uuid4())}
    client_of(story.administrator).post("/tai-khoan/phieu-kich-hoat/can-bo/TG-001/", sent)
    assert acts(person=story.learner) == [Act.PRINTED_SLIP_DROPPING]
    use_slip(story.learner.slips.get(), "mot-mat-khau-dai", timezone.now())
    assert acts(person=story.learner) == [Act.PRINTED_SLIP_DROPPING, Act.DROPPED_SECOND_STEP]
    assert not Authenticator.objects.filter(pk=second_step.pk).exists()
