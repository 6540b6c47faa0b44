"""Chains through what a trainer does with people: choosing, moving, reliefs, reminders, call lists, calendars, buddies.

The player answers for the commune of Tây Giang alone. Whatever she sends about somebody of Thạnh Mỹ, however she comes
by the number, leaves that person as she is and tells the player nothing: no name, file, telephone, number or question.
"""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone
from factories import make_person, make_posting
from sharing import shared

from courses.acts.choice import Choice, choose
from courses.assigned.assignment import Assignment
from courses.buddies.buddy import Buddy
from courses.calendars.address import CalendarAddress
from courses.calendars.address import make as make_calendar
from courses.requirements.relief import ReliefKind, ReliefRequest, RequestState
from courses.requirements.requirement import Requirement
from courses.standing.rules import seed_requirements
from courses.standing.standing import rebuild_all, refresh
from outbox.draining import drain
from outbox.effects import Effect
from people.messages.day_message import DayMessage, MessageState, Why
from people.postings.posting import Posting
from people.rights.roles import RoleKind, end, give
from people.rights.scope import can_see
from people.signing_in.activation import ActivationSlip

NOW = timezone.make_aware(datetime(2026, 11, 24, 9))
PHONE, MAIL = "0905000002", "far@example.vn"


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(NOW, tick=False):
        yield


@shared(on=NOW - timedelta(hours=1))
def province(cast):
    seed_requirements(timezone.make_aware(datetime(2024, 1, 1)))
    far = cast.other_learner
    far.phone, far.email = "+84905000002", MAIL
    far.save()
    rebuild_all()
    return cast


@pytest.fixture(params=[RoleKind.TRAINER, RoleKind.UNIT_HEAD, RoleKind.ADMINISTRATOR])
def player(request, province):
    person = make_person("Người Giữ Quyền", "VT-choi", email="choi@example.vn")
    give(person, request.param, province.units.tay_giang)
    return person


@pytest.fixture
def far(province):
    return province.other_learner


def tells_nothing(answer, far) -> bool:
    words = answer.content.decode() if not answer.streaming else b"".join(answer.streaming_content).decode("latin-1")
    return not any(one in words for one in (far.full_name, PHONE, MAIL, far.staff_code))


def believed() -> list:
    return list(Posting.objects.current().order_by("pk").values_list("pk", "person", "unit", "start", "end"))


def a_relief_of(cast, person, unit, by):
    asked = {"person": person, "unit": unit, "requirement": Requirement.objects.first(), "kind": ReliefKind.EXCUSE}
    days = {"start": date(2026, 11, 24), "end": date(2027, 1, 1), "asked_at": NOW, "changed_at": NOW}
    return ReliefRequest.objects.create(reason="Đi học dài ngày", asked_by=by, **asked, **days)


# --- the roster


@pytest.mark.parametrize("kind", ["chuyen", "thoi", "giao", "bo"])
def test_nobody_of_another_commune_is_moved_ended_or_given_a_duty(province, client_of, player, far, kind):
    client, before = client_of(player), believed()
    address = f"/bao-cao/danh-sach/viec/{kind}/"
    posting = Posting.objects.current().get(person=far)
    said = {"nguoi": far.pk, "on": "25/11/2026", "unit": "20455", "reason": "Theo quyết định", "cong_tac": posting.pk}
    assert tells_nothing(client.get(address, {"nguoi": far.pk, "cong_tac": posting.pk}), far)
    for more in ({}, {"duty": "1"}, {"ghi": "0" * 16}):
        assert tells_nothing(client.post(address, {**said, **more}), far)
    assert believed() == before


def test_her_code_typed_into_the_forms_brings_her_into_nobodys_commune(province, client_of, player, far):
    client, before = client_of(player), believed()
    new = {"staff_code": far.staff_code, "full_name": far.full_name, "unit": "20455", "position": "Công chức"}
    client.post("/bao-cao/danh-sach/them/", {**new, "start": "25/11/2026", "reason": "Chuyển đến"})
    assert client.post(f"/bao-cao/danh-sach/sua/{far.staff_code}/", {"email": "toi@example.vn"}).status_code == 404
    assert believed() == before
    assert not can_see(player, far)
    for path in (f"/bao-cao/can-bo/{far.staff_code}/", f"/tai-khoan/phieu-kich-hoat/can-bo/{far.staff_code}/"):
        assert client.get(path).status_code == 404


def test_the_list_and_its_files_hold_nobody_of_another_commune(province, client_of, player, far):
    client = client_of(player)
    for query in ("", "?don_vi=20695", f"?tim={PHONE}", f"?tim={far.staff_code}", "?cong_tac=tat-ca"):
        for path in ("/bao-cao/can-bo/", "/bao-cao/danh-sach/xuat.csv"):
            answer = client.get(path + query)
            words = answer.content.decode() if not answer.streaming else b"".join(answer.streaming_content).decode()
            assert far.full_name not in words
            assert MAIL not in words


# --- choosing, and every act on who was chosen


def test_whoever_is_ticked_out_of_reach_is_not_chosen(province, client_of, player, far):
    client = client_of(player)
    client.post("/bao-cao/chon/", {"viec": "nhac", "tu": "/bao-cao/can-bo/", "nguoi": [far.pk]})
    everybody = {"viec": "nhac", "tat_ca": "1"}
    client.post("/bao-cao/chon/", {**everybody, "tu": "/bao-cao/can-bo/?don_vi=20695"})
    client.post("/bao-cao/chon/", {**everybody, "tu": "/bao-cao/nhan-dien-nan-nhan/20695/can-bo/"})
    client.post("/bao-cao/chon/", {**everybody, "tu": "/bao-cao/can-bo/?cong_tac=tat-ca"})
    assert far.pk not in {pk for row in Choice.objects.all() for pk in row.people}


def test_an_act_on_a_choice_asks_again_who_is_hers(province, client_of, player, far):
    """As if somebody was chosen while she was answered for, and moved since."""
    client = client_of(player)
    pages = {
        "chon/{}/phieu/": {"batch": "6b2f4c1e-0000-4000-8000-000000000003", "person": far.pk},
        "chon/{}/khoa/": {"khoa": "nhan-dien-nan-nhan"},
        "chon/{}/kem/": {"buddy": player.staff_code},
        "chon/{}/mien/": {"kind": "excuse", "start": "25/11/2026"},
        "chon/{}/gia-han/": {},
        "chon/{}/lop/": {},
        "nhac/chon/{}/": {},
        "nhac/chon/{}/in/": {},
    }
    relief = {"requirement": "nhan-dien-nan-nhan", "end": "01/03/2027", "reason": "Đi học dài ngày."}
    for path, form in pages.items():
        page = f"/bao-cao/{path.format(choose(player, [far.pk], '/bao-cao/can-bo/', NOW).pk)}"
        assert tells_nothing(client.get(page), far), page
        assert tells_nothing(client.post(page, {**relief, **form}), far), page
    drain(NOW)
    for model in (ActivationSlip, Assignment, Buddy, ReliefRequest, DayMessage):
        assert not model.objects.exists(), model
    assert mail.outbox == []
    assert not Effect.objects.filter(kind="call_sheets").exists()


def test_another_trainers_choice_opens_nothing(province, client_of, player, far):
    chosen = choose(province.manager, [far.pk], "/bao-cao/can-bo/", NOW)
    for path in ("chon/{}/phieu/", "chon/{}/khoa/", "chon/{}/kem/", "nhac/chon/{}/", "nhac/chon/{}/in/"):
        for method in ("get", "post"):
            answer = getattr(client_of(player), method)(f"/bao-cao/{path.format(chosen.pk)}")
            assert answer.status_code == 404


def test_who_moved_away_stays_in_the_past_without_telephone_or_mail(province, client_of, player, far):
    """Her figures of those days are the commune's; whoever answers for her today is another."""
    Posting.objects.filter(person=far).update(start=date(2026, 10, 1))
    make_posting(far, province.units.tay_giang, start=date(2026, 1, 1), end=date(2026, 9, 30))
    refresh([far.pk], NOW)
    client = client_of(player)
    page = client.get("/bao-cao/can-bo/?cong_tac=da-thoi").content.decode()
    assert PHONE not in page
    assert MAIL not in page
    file = client.get("/bao-cao/danh-sach/xuat.csv?cong_tac=da-thoi&ngay=2026-11-24")
    words = file.content.decode() if not file.streaming else b"".join(file.streaming_content).decode()
    assert PHONE not in words
    assert MAIL not in words
    chosen = choose(player, [far.pk], "/bao-cao/can-bo/", NOW)
    assert "0 người anh chị phụ trách" in client.get(f"/bao-cao/nhac/chon/{chosen.pk}/in/").content.decode()


# --- reliefs


def test_a_request_of_another_commune_is_neither_seen_decided_nor_withdrawn(province, client_of, player, far):
    row = a_relief_of(province, far, province.units.thanh_my, province.manager)
    client = client_of(player)
    assert tells_nothing(client.get("/bao-cao/mien-hoan/"), far)
    assert tells_nothing(client.get("/bao-cao/mien-hoan/?loc=cho"), far)
    page = f"/bao-cao/mien-hoan/{row.pk}/"
    assert client.get(page).status_code == client.post(page, {"answer": "Rút"}).status_code == 404
    for form in ({"dong_y": "1"}, {"answer": "Không"}):
        client.post("/bao-cao/mien-hoan/quyet-dinh/", {"chon": row.pk, **form})
    row.refresh_from_db()
    assert row.state == RequestState.ASKED


def test_nobody_is_excused_by_the_one_who_asked_for_it(province, client_of, player):
    """Ask, then decide oneself: neither under another address, nor after being given more of the same commune."""
    client = client_of(player)
    said = {"codes": province.learner.staff_code, "requirement": "nhan-dien-nan-nhan", "kind": "excuse"}
    days = {"start": "25/11/2026", "end": "01/02/2027", "reason": "Đi học dài ngày."}
    client.post("/bao-cao/mien-hoan/moi/", {**said, **days})
    row = ReliefRequest.objects.get()
    give(player, RoleKind.PROVINCE_MANAGER, province.units.da_nang)
    client_of(player).post("/bao-cao/mien-hoan/quyet-dinh/", {"chon": row.pk, "dong_y": "1"})
    row.refresh_from_db()
    assert row.state == RequestState.ASKED


# --- reminders and the call list


def test_the_call_list_and_its_buttons_are_of_ones_own_people(province, client_of, player, far):
    fields = {"state": MessageState.TO_CALL, "why": Why.NO_ADDRESS, "ended_at": NOW, "about": ["han:1"]}
    about = [f"han:{one.pk}" for one in Requirement.objects.all()]
    call = DayMessage.objects.create(person=far, day=date(2026, 11, 24), **{**fields, "about": about})
    client = client_of(player)
    assert tells_nothing(client.get("/bao-cao/nhac/goi/"), far)
    client.post("/bao-cao/nhac/goi/")
    assert client.post(f"/bao-cao/nhac/goi/{call.pk}/").status_code == 404
    call.refresh_from_db()
    assert call.state == MessageState.TO_CALL
    overview = client.get("/bao-cao/nhac/")
    assert tells_nothing(overview, far)
    assert overview.context["days"] == []
    assert client_of(province.manager).get("/bao-cao/nhac/").context["days"] != []


def test_the_plan_and_the_days_off_are_the_provinces(province, client_of, player):
    client = client_of(player)
    for path in ("ke-hoach/", "ngay-nghi/"):
        assert client.post(f"/bao-cao/nhac/{path}", {"gio": "1", "is_on": "on"}).status_code == 403


# --- calendars


def test_a_calendar_of_ones_unit_holds_no_name_and_no_number_of_another(province, client_of, player, far):
    role = player.roles.get()
    secret = make_calendar(player, role, NOW)
    before = Client().get(f"/lich/{secret}.ics")
    assert before.status_code == 200
    for n in range(3):
        make_posting(make_person(f"Zơrâm Xa {n}", f"TM-9{n}"), province.units.thanh_my)
    rebuild_all()
    after = Client().get(f"/lich/{secret}.ics")
    assert after.content == before.content
    assert tells_nothing(after, far)
    assert province.learner.full_name not in after.content.decode()
    end(role)
    assert Client().get(f"/lich/{secret}.ics").status_code == 404


def test_nobody_makes_or_ends_the_calendar_of_another_ones_role(province, client_of, player):
    foreign = province.manager.roles.first()
    secret = make_calendar(province.manager, foreign, NOW)
    for form in ({}, {"rut": "1"}):
        assert client_of(player).post(f"/lich/don-vi/{foreign.pk}/", form).status_code == 404
    assert Client().get(f"/lich/{secret}.ics").status_code == 200
    assert CalendarAddress.objects.count() == 1


def test_an_ended_role_ends_its_choices_calendars_and_lists(province, client_of, player):
    client = client_of(player)
    chosen = choose(player, [province.learner.pk], "/bao-cao/can-bo/", NOW)
    end(player.roles.get())
    for path in ("nhac/chon/{}/", "nhac/chon/{}/in/", "chon/{}/khoa/", "chon/{}/kem/"):
        assert client.get(f"/bao-cao/{path.format(chosen.pk)}").status_code == 403
    for path in ("nhac/", "nhac/goi/", "mien-hoan/", "can-bo/", "hoc-them/", "kem/"):
        assert client.get(f"/bao-cao/{path}").status_code == 403


# --- extra courses and buddies


def test_what_was_given_and_named_elsewhere_is_neither_seen_nor_ended(province, client_of, player, far):
    row = Assignment.objects.create(person=far, course_key="them", given_by=province.manager, start=date(2026, 11, 1))
    pair = Buddy.objects.create(person=far, buddy=province.stranger, named_by=province.manager, start=date(2026, 11, 1))
    client = client_of(player)
    for path, one in (("hoc-them/", row), ("kem/", pair)):
        assert tells_nothing(client.get(f"/bao-cao/{path}"), far)
        assert client.post(f"/bao-cao/{path}", {"thoi": one.pk}).status_code == 404
    assert client.post(f"/hoc-tap/kem/{pair.pk}/", {"nhan": "1"}).status_code == 404
    assert client.post(f"/hoc-tap/hoc-them/{row.pk}/bo/").status_code == 404
    assert Assignment.objects.current().count() == Buddy.objects.current().count() == 1
