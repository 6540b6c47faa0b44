"""Chosen people get slips, are invited to a class, or asked to be excused or given more time; each is seen before."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import make_course, make_person, make_posting

from courses.classes.planned import planning
from courses.classes.planned.participant import Participant, SeatState
from courses.content.course import CoursePage
from courses.requirements.relief import ReliefKind, ReliefRequest
from courses.standing.standing import rebuild_all
from people.signing_in.activation import ActivationSlip
from people.times import today

BATCH = "6b2f4c1e-0000-4000-8000-000000000002"


def a_class(cast, unit=None, seats=3, leader=None, day=1):
    if not CoursePage.objects.exists():
        make_course()
    at = [timezone.make_aware(datetime.combine(today() + timedelta(days=day), time(hour))) for hour in (8, 11)]
    fields = {"course_key": "nhan-dien-nan-nhan", "unit": unit or cast.units.tay_giang, "title": "Lớp tháng Mười hai"}
    meetings = [planning.MeetingTimes(at[0], at[1], "Hội trường")]
    return planning.plan(
        leader or cast.trainer, {**fields, "seats": seats, "share": 100, "cost": None}, meetings, timezone.now()
    )


def officials(cast, count, unit=None):
    made = []
    for n in range(count):
        person = make_person(f"Bríu Người {n:02}", f"CH-{n:02}")
        make_posting(person, unit or cast.units.tay_giang)
        made.append(person)
    rebuild_all()
    return made


def test_each_act_stands_below_the_list_for_who_may_do_it(province, client_of):
    page = client_of(province.trainer).get("/bao-cao/can-bo/").content.decode()
    for label in ("In phiếu kích hoạt", "Mời vào lớp", "Đề nghị miễn, hoãn", "Đề nghị gia hạn"):
        assert f"{label}</button>" in page
    heads = client_of(province.unit_head).get("/bao-cao/can-bo/").content.decode()
    assert "Mời vào lớp</button>" not in heads
    assert "Đề nghị gia hạn</button>" in heads


# --- a class


def test_the_chosen_are_invited_after_it_was_seen_who_gets_a_seat(province, client_of, choose):
    row, people = a_class(province, seats=2), officials(province, 3)
    client = client_of(province.manager)
    page = choose(client, "lop", *people, province.other_learner)
    seen = client.get(page).content.decode()
    assert "Lớp tháng Mười hai" in seen
    for said in ("Có chỗ ngay: 2", "Vào danh sách chờ: 1", "Không mời được: 1"):
        assert said in seen
    assert not Participant.objects.exists()
    client.post(page, {"lop": row.pk})
    states = list(Participant.objects.order_by("person__name_order").values_list("person__staff_code", "state"))
    assert states == [("CH-00", SeatState.SEATED), ("CH-01", SeatState.SEATED), ("CH-02", SeatState.WAITING)]
    assert "Đã ở trong lớp, giữ nguyên: 3" in client.get(f"{page}?lop={row.pk}").content.decode()


def test_of_several_classes_one_is_chosen_first(province, client_of, choose):
    first, second = a_class(province), a_class(province, day=2)
    client = client_of(province.trainer)
    page = choose(client, "lop", province.learner)
    assert "Có chỗ ngay" not in client.get(page).content.decode()
    assert "Có chỗ ngay: 1" in client.get(f"{page}?lop={second.pk}").content.decode()
    client.post(page)
    assert not Participant.objects.exists()
    client.post(page, {"lop": second.pk})
    assert Participant.objects.get().training_class_id == second.pk != first.pk


def test_nobody_invites_to_a_class_of_another_commune_and_a_head_to_none(province, client_of, choose):
    row = a_class(province, unit=province.units.thanh_my, leader=province.manager)
    client = client_of(province.trainer)
    page = choose(client, "lop", province.learner)
    seen = client.get(f"{page}?lop={row.pk}").content.decode()
    assert "Chưa có lớp nào sắp mở" in seen
    assert "Lớp tháng Mười hai" not in seen
    client.post(page, {"lop": row.pk})
    assert not Participant.objects.exists()
    head = client_of(province.unit_head)
    assert head.get(choose(head, "gia-han", province.learner).replace("gia-han", "lop")).status_code == 403


def test_as_many_queries_for_twenty_classes_and_people_as_for_one(province, client_of, choose):
    a_class(province)
    client = client_of(province.manager)

    def counted(*people):
        page = choose(client, "lop", *people)
        row = planning.TrainingClass.objects.first()
        client.get(f"{page}?lop={row.pk}")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"{page}?lop={row.pk}")
        return len(queries)

    few = counted(province.learner)
    for day in range(2, 10):
        a_class(province, day=day)
    assert counted(*officials(province, 20)) == few


# --- excused, given more time


def test_more_time_is_asked_for_those_of_whom_the_requirement_is_asked(province, client_of, choose):
    spare = make_person("Bríu Không Nhiệm Vụ", "CH-90")
    make_posting(spare, province.units.tay_giang, duties=())
    client = client_of(province.trainer)
    page = choose(client, "gia-han", province.learner, spare)
    seen = client.get(page).content.decode()
    assert "Đề nghị cho 2 trong 2 người đã chọn" in seen
    assert 'name="start"' not in seen
    said = {"requirement": "nhan-dien-nan-nhan", "end": "01/03/2027", "reason": "Đi học dài ngày."}
    answer = client.post(page, said, follow=True)
    asked = ReliefRequest.objects.get()
    assert (asked.person, asked.kind, asked.end) == (province.learner, ReliefKind.EXTENSION, date(2027, 3, 1))
    assert asked.asked_by == province.trainer
    assert "Đã gửi đề nghị cho 1 người" in answer.content.decode()
    assert "1 người không có trong đề nghị" in answer.content.decode()
    client.post(page, said)
    assert ReliefRequest.objects.count() == 1


def test_an_excuse_needs_its_days_and_a_reason_and_what_was_typed_stays(province, client_of, choose):
    client = client_of(province.unit_head)
    page = choose(client, "mien", province.learner)
    said = {"kind": "excuse", "requirement": "nhan-dien-nan-nhan", "end": "01/03/2027", "reason": "Nghỉ thai sản."}
    wrong = client.post(page, said)
    assert wrong.status_code == 422
    assert "Hãy ghi ngày đầu tiên được miễn hoặc hoãn." in wrong.content.decode()
    assert "Nghỉ thai sản." in wrong.content.decode()
    assert client.post(page, {**said, "start": "25/11/2026", "kind": "extension"}).status_code == 422
    assert client.post(page, {**said, "start": "25/11/2026", "reason": "Gọi 0905123456"}).status_code == 422
    assert client.post(page, {**said, "start": "25/11/2026"}).status_code == 302
    assert ReliefRequest.objects.get().kind == ReliefKind.EXCUSE


def test_nobody_asks_for_herself_nor_where_nobody_is_required(province, client_of, choose):
    make_posting(province.trainer, province.units.tay_giang)
    rebuild_all()
    client = client_of(province.trainer)
    page = choose(client, "gia-han", province.trainer)
    assert "Đề nghị cho 0 trong 1 người" in client.get(page).content.decode()
    spare = make_person("Bríu Không Nhiệm Vụ", "CH-90")
    make_posting(spare, province.units.tay_giang, duties=())
    said = {"requirement": "nhan-dien-nan-nhan", "end": "01/03/2027", "reason": "Đi học dài ngày."}
    answer = client.post(choose(client, "gia-han", spare), said)
    assert answer.status_code == 422
    assert "không ai trong những người đã chọn phải hoàn thành" in answer.content.decode()
    assert not ReliefRequest.objects.exists()


# --- slips


def test_slips_are_for_those_among_the_chosen_who_cannot_sign_in(province, client_of, choose):
    people = officials(province, 2)
    province.learner.set_password("mot-mat-khau-dai")
    province.learner.save()
    client = client_of(province.trainer)
    page = choose(client, "phieu", *people, province.learner)
    seen = client.get(page).content.decode()
    assert "Trong 3 người đã chọn, 2 người chưa đăng nhập được" in seen
    assert "Alăng" not in seen
    sheet = client.post(
        page, {"batch": BATCH, "person": [people[0].pk, province.learner.pk, province.other_learner.pk]}
    )
    assert "Bríu Người 00" in sheet.content.decode()
    assert "no-store" in sheet["Cache-Control"]
    assert set(ActivationSlip.objects.values_list("person", flat=True)) == {people[0].pk}
    assert client.post(page, {"batch": BATCH, "person": people[0].pk}).status_code == 409


@pytest.mark.parametrize("act", ["phieu", "lop", "mien", "gia-han"])
def test_another_ones_choice_opens_no_act(province, client_of, choose, act):
    page = choose(client_of(province.manager), act, province.learner)
    assert client_of(province.manager).get(page).status_code == 200
    assert client_of(province.administrator).get(page).status_code == 404
    assert client_of(province.trainer).post(page, {"batch": BATCH}).status_code == 404
