"""A role for somebody posted elsewhere: asked for, granted by the province, taken by the official."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from factories import make_person, make_posting

from outbox.effects import Effect
from people.guarding import role_requests
from people.guarding.role_requests import OPEN_FOR, RequestState, RoleRequest
from people.log.audit import Entry, entries_visible_to
from people.privacy import erasure, retention
from people.rights.roles import NotHers, RoleKind, end, give

pytestmark = pytest.mark.django_db
LIST = "/tai-khoan/de-nghi-vai-tro/"


@pytest.fixture
def local(cast):
    person = make_person("Quản Trị Xã", "VT-local", email="local@example.vn")
    give(person, RoleKind.ADMINISTRATOR, cast.units.tay_giang)
    return person


def ask(client, why="Giúp xã mở lớp.", code="TM-001"):
    data = {"staff_code": code, "kind": RoleKind.TRAINER, "unit_code": "20455", "why": why}
    return client.post("/cms/vai-tro/new/", data)


@pytest.fixture
def asked(cast, local, client_of):
    assert ask(client_of(local)).status_code == 302
    return RoleRequest.objects.get()


def answer(client, row, **form):
    return client.post(f"{LIST}{row.pk}/", form)


def consent(client, row, word="nhan"):
    return client.post(f"/tai-khoan/nhan-vai-tro/{row.pk}/", {word: "1"})


def kinds_of(person):
    return list(person.roles.current().values_list("kind", flat=True))


def state_of(row):
    row.refresh_from_db()
    return row.state


def test_a_role_for_ones_own_official_is_given_and_for_anothers_is_asked_for_with_a_reason(cast, local, client_of):
    client = client_of(local)
    assert "ngoài phạm vi quản trị" in ask(client, why=" ").content.decode()
    assert not RoleRequest.objects.exists()
    assert ask(client)["Location"] == LIST
    assert ask(client, code="TG-001").status_code == 302
    assert kinds_of(cast.learner) == [RoleKind.TRAINER]
    assert kinds_of(cast.other_learner) == []
    page = client.get(LIST).content.decode()
    assert "TM-001" in page
    assert cast.other_learner.full_name not in page, "who she is stays untold until the role is hers"


def test_nothing_opens_before_the_province_and_the_official_have_both_agreed(cast, asked, client_of):
    official = client_of(cast.other_learner)
    assert consent(official, asked).status_code == 404
    assert "Nhận vai trò" not in official.get("/tai-khoan/").content.decode()
    answer(client_of(cast.administrator), asked, giao="1")
    assert (state_of(asked), kinds_of(cast.other_learner)) == (RequestState.GRANTED, [])
    assert official.get("/bao-cao/can-bo/TG-001/").status_code == 403
    assert "Nhận vai trò" in official.get("/tai-khoan/").content.decode()
    consent(official, asked)
    assert (state_of(asked), kinds_of(cast.other_learner)) == (RequestState.GIVEN, [RoleKind.TRAINER])
    assert official.get("/bao-cao/can-bo/TG-001/").status_code == 200


@pytest.mark.parametrize("who", ["local", "manager", "other_learner", "learner"])
def test_only_an_administrator_of_the_province_decides_and_only_the_official_agrees(cast, local, asked, client_of, who):
    client = client_of(local if who == "local" else getattr(cast, who))
    answer(client, asked, giao="1")
    assert state_of(asked) == RequestState.ASKED
    answer(client_of(cast.administrator), asked, giao="1")
    if who != "other_learner":
        assert consent(client, asked).status_code == 404
    assert kinds_of(cast.other_learner) == []


def test_who_asked_does_not_decide_even_as_administrator_of_the_province(cast, client_of, local, asked):
    give(local, RoleKind.ADMINISTRATOR, cast.units.da_nang)
    answer(client_of(local), asked, giao="1")
    assert state_of(asked) == RequestState.ASKED
    assert not role_requests.decides(local, asked)


def test_a_refusal_needs_a_reason_which_who_asked_reads(cast, asked, client_of, local):
    client = client_of(cast.administrator)
    answer(client, asked, khong="1", answer=" ")
    assert state_of(asked) == RequestState.ASKED
    answer(client, asked, khong="1", answer="Chị ấy đang nghỉ.")
    assert state_of(asked) == RequestState.REFUSED
    assert "Chị ấy đang nghỉ." in client_of(local).get(LIST).content.decode()
    mail = Effect.objects.get(kind="mail").payload
    assert mail["to"] == "local@example.vn"
    assert "Chị ấy đang nghỉ." in mail["body"]


def test_who_declines_gets_nothing_and_a_withdrawn_request_cannot_be_granted(cast, asked, client_of, local):
    answer(client_of(cast.administrator), asked, giao="1")
    consent(client_of(cast.other_learner), asked, "khong")
    assert (state_of(asked), kinds_of(cast.other_learner)) == (RequestState.DECLINED, [])
    ask(client_of(local))
    again = RoleRequest.objects.open().get()
    answer(client_of(local), again, rut="1")
    assert state_of(again) == RequestState.WITHDRAWN
    assert answer(client_of(cast.administrator), again, giao="1").status_code == 404


def test_who_granted_it_must_still_be_able_to_when_the_official_agrees(cast, asked, client_of):
    answer(client_of(cast.administrator), asked, giao="1")
    end(cast.administrator.roles.get())
    assert consent(client_of(cast.other_learner), asked).status_code == 302
    assert (state_of(asked), kinds_of(cast.other_learner)) == (RequestState.GRANTED, [])


def test_an_unanswered_request_lapses_and_may_be_made_again(cast, asked, client_of, local):
    answer(client_of(cast.administrator), asked, giao="1")
    with time_machine.travel(timezone.now() + OPEN_FOR + timedelta(hours=1), tick=False):
        assert consent(client_of(cast.other_learner), asked).status_code == 404
        retention.forget_role_requests(timezone.now())
        assert state_of(asked) == RequestState.EXPIRED
        ask(client_of(local))
        assert RoleRequest.objects.open().count() == 1
    with time_machine.travel(timezone.now() + timedelta(days=3 * 365), tick=False):
        retention.forget_role_requests(timezone.now())
        retention.forget_role_requests(timezone.now() + timedelta(days=3 * 365))
        assert not RoleRequest.objects.exists()


def test_the_same_request_twice_is_one(asked, client_of, local):
    ask(client_of(local))
    assert RoleRequest.objects.count() == 1


def test_the_log_says_who_asked_and_answered_and_the_commune_does_not_read_whom(cast, asked, client_of, local):
    answer(client_of(cast.administrator), asked, giao="1")
    consent(client_of(cast.other_learner), asked)
    rows = Entry.objects.filter(act__in=["asked_role", "answered_role"]).order_by("pk")
    assert [(row.act, row.by.staff_code) for row in rows] == [
        ("asked_role", "VT-local"), ("answered_role", "VT-administrato"), ("answered_role", "TM-001")
    ]  # fmt: skip
    assert not entries_visible_to(local).filter(act="answered_role").exists()
    assert not entries_visible_to(local).filter(act="asked_role", person=cast.other_learner).exists()


def test_erasing_the_official_takes_the_request_and_its_reason_with_it(cast, asked):
    erasure.erase(cast.other_learner, cast.administrator, timezone.now())
    assert not RoleRequest.objects.exists()


# --- the store itself, and what was given before


def test_the_store_refuses_what_no_screen_asks_about(cast, local):
    with pytest.raises(NotHers, match="đề nghị cấp tỉnh"):
        give(cast.other_learner, RoleKind.TEACHER, cast.units.tay_giang, by=local)
    with pytest.raises(NotHers):
        give(cast.learner, RoleKind.TEACHER, cast.units.thanh_my, by=local)
    with pytest.raises(NotHers):
        give(cast.learner, RoleKind.TEACHER, cast.units.tay_giang, by=cast.manager)
    assert give(cast.learner, RoleKind.TEACHER, cast.units.tay_giang, by=local)
    assert give(cast.other_learner, RoleKind.TEACHER, cast.units.tay_giang, by=cast.administrator)


def test_roles_held_out_of_reach_stay_and_are_listed_to_the_province(cast, client_of):
    make_posting(cast.unit_head, cast.units.school)
    make_posting(cast.editor, cast.units.thanh_my)
    listed = client_of(cast.administrator).get("/cms/vai-tro/", {"held_away": "on"}).context["object_list"]
    codes = {role.user.staff_code for role in listed}
    assert cast.editor.staff_code in codes
    assert cast.teacher.staff_code in codes, "posted nowhere"
    assert not {cast.unit_head.staff_code, cast.manager.staff_code, cast.administrator.staff_code} & codes
    assert cast.editor.roles.current().count() == 1
