"""The owner is told what happened to her account, and for a week undoes it."""

import re
import uuid
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.utils import timezone
from factories import make_person, make_posting

from outbox.effects import Effect
from people.guarding.notices import UNDONE_WITHIN, AccountNotice, NoticeKind
from people.guarding.password_resets import send_link
from people.log.audit import Entry
from people.persons.user import User
from people.privacy import erasure, retention
from people.rights.roles import RoleKind, give
from people.signing_in.activation import ActivationSlip, find_slip, make_slips, use_slip

pytestmark = pytest.mark.django_db
PASSWORD = "mot-mat-khau-dai"


@pytest.fixture
def learner(cast):
    cast.learner.set_password(PASSWORD)
    cast.learner.save()
    return cast.learner


def edit(client, person, **data):
    form = {"email": person.email or "", "phone": person.phone or "", "is_active": "on", **data}
    assert client.post(f"/cms/can-bo/edit/{person.pk}/", form).status_code == 302


def mails():
    return [effect.payload for effect in Effect.objects.filter(kind="mail").order_by("pk")]


def link_in(mail):
    return re.search(r"/tai-khoan/khoi-phuc/\S+/", mail["body"])[0]


def told():
    return list(AccountNotice.objects.order_by("pk").values_list("what", flat=True))


def test_a_changed_address_is_told_to_the_old_one_which_takes_it_back(cast, learner, client_of):
    edit(client_of(cast.administrator), learner, email="cua-ke-khac@example.vn")
    (mail,) = mails()
    assert mail["to"] == "ha@example.vn"
    # whoever has the new address uses it
    Client().post("/tai-khoan/password/reset/", {"email": "cua-ke-khac@example.vn"})
    send_link(Effect.objects.get(kind="password_reset"))
    thief = client_of(learner)
    make_slips([learner], cast.administrator, timezone.now(), batch=uuid.uuid4(), reason="Quên")
    TOTP.activate(learner, "JBSWY3DPEHPK3PXP")
    link = link_in(mail)
    assert "Lấy lại tài khoản" in Client().get(link).content.decode()
    learner.refresh_from_db()
    assert learner.email == "cua-ke-khac@example.vn", "looking undoes nothing"
    assert "phiếu kích hoạt mới" in Client().post(link).content.decode()
    learner.refresh_from_db()
    assert learner.email == "ha@example.vn"
    assert not learner.has_usable_password()
    assert not learner.authenticator_set.exists()
    assert not ActivationSlip.objects.filter(withdrawn_at=None).exists()
    assert thief.get("/tai-khoan/").status_code == 302
    (reset,) = [
        mail for mail in mails() if mail["to"] == "cua-ke-khac@example.vn" and "/password/reset/" in mail["body"]
    ]
    assert Client().get(re.search(r"/tai-khoan/password/reset/key/\S+/", reset["body"])[0]).status_code == 200
    assert Client().post(link).status_code == 404, "once"
    assert Entry.objects.filter(act="restored", person=learner, by=None).exists()


def test_after_a_week_the_link_is_over_and_the_old_address_is_not_kept(cast, learner, client_of):
    edit(client_of(cast.administrator), learner, email="moi@example.vn")
    link = link_in(mails()[0])
    with time_machine.travel(timezone.now() + UNDONE_WITHIN + timedelta(minutes=1)):
        assert Client().post(link).status_code == 404
        retention.forget_audit(timezone.now())
    assert AccountNotice.objects.get().old == {}
    learner.refresh_from_db()
    assert learner.email == "moi@example.vn"
    assert Client().get("/tai-khoan/khoi-phuc/x/").status_code == 404


def test_an_address_that_somebody_else_bears_by_now_is_not_taken_back(cast, learner, client_of):
    edit(client_of(cast.administrator), learner, email="moi@example.vn")
    User.objects.filter(pk=cast.other_learner.pk).update(email="ha@example.vn")
    assert Client().post(link_in(mails()[0])).status_code == 200
    learner.refresh_from_db()
    assert learner.email == "moi@example.vn"
    assert not learner.has_usable_password()


def test_each_act_upon_an_account_is_told(cast, learner, client_of):
    edit(client_of(cast.administrator), learner, phone="0905 999 888")
    now = timezone.now()
    ((_person, code),) = make_slips([learner], cast.trainer, now, batch=uuid.uuid4(), reason="Quên")
    use_slip(find_slip("TG-001", code, now), "mat-khau-moi-2026", now)
    client = Client()
    client.post("/tai-khoan/login/", {"login": "TG-001", "password": "mat-khau-moi-2026"})
    client.post("/tai-khoan/reauthenticate/", {"password": "mat-khau-moi-2026"})
    from people.screens.second_step import _changed  # the pages themselves are tried in test_second_step_of_staff

    class Request:
        user, session = learner, client.session

    _changed(Request, {}, {1: "totp"})
    _changed(Request, {1: "totp"}, {})
    assert told() == [
        NoticeKind.CONTACT,
        NoticeKind.PRINTED,
        NoticeKind.USED,
        NoticeKind.STEP_ADDED,
        NoticeKind.STEP_REMOVED,
    ]
    assert {mail["to"] for mail in mails()} == {"ha@example.vn"}
    assert len(mails()) == 5


def test_she_is_told_at_her_next_sign_in_until_she_has_said_that_she_knows(cast, learner, client_of):
    edit(client_of(cast.administrator), learner, phone="0905 999 888")
    client = Client()
    client.post("/tai-khoan/login/", {"login": "TG-001", "password": PASSWORD})
    assert "có thay đổi từ lần trước" in client.get("/hoc-tap/").content.decode()
    page = client.get("/tai-khoan/").content.decode()
    assert "Email hay số điện thoại của tài khoản được đổi" in page
    assert cast.administrator.full_name in page
    client.post("/tai-khoan/da-biet/")
    assert "của tài khoản được đổi" not in client.get("/tai-khoan/").content.decode()


# --- by telephone


@pytest.fixture
def unreachable(cast):
    person = make_person("Zơrâm Thị Lan", "TG-050", phone="+84905000050", password=PASSWORD)
    make_posting(person, cast.units.tay_giang)
    return person


def test_who_has_no_mail_is_called_by_who_answers_for_her_and_did_not_do_it(cast, unreachable, client_of):
    make_slips([unreachable], cast.trainer, timezone.now(), batch=uuid.uuid4(), reason="Quên")
    assert mails() == []
    listed = client_of(cast.unit_head).get("/tai-khoan/goi-bao/").content.decode()
    assert "TG-050" in listed
    assert "+84905000050" in listed
    assert "TG-050" not in client_of(cast.trainer).get("/tai-khoan/goi-bao/").content.decode()
    far = make_person("Trưởng Thạnh Mỹ", "TM-900")
    give(far, RoleKind.UNIT_HEAD, cast.units.thanh_my)
    notice = AccountNotice.objects.get()
    assert "TG-050" not in client_of(far).get("/tai-khoan/goi-bao/").content.decode()
    for nobody in (far, cast.trainer):
        assert client_of(nobody).post(f"/tai-khoan/goi-bao/{notice.pk}/", {"da-goi": "1"}).status_code == 404
    client_of(cast.unit_head).post(f"/tai-khoan/goi-bao/{notice.pk}/", {"da-goi": "1"})
    notice.refresh_from_db()
    assert notice.called_at
    assert "TG-050" not in client_of(cast.unit_head).get("/tai-khoan/goi-bao/").content.decode()


def test_a_first_slip_for_who_never_could_sign_in_calls_nobody(cast, client_of):
    make_slips([cast.other_learner], cast.administrator, timezone.now(), batch=uuid.uuid4())
    assert told() == []


def test_on_request_the_province_restores_and_never_who_did_it(cast, unreachable, client_of):
    edit(client_of(cast.administrator), unreachable, phone="0905 111 222")
    notice = AccountNotice.objects.get()
    assert notice.to_call
    address, button = f"/tai-khoan/goi-bao/{notice.pk}/", {"khoi-phuc": "1"}
    assert client_of(cast.administrator).post(address, button).status_code == 403
    for who in (cast.unit_head, cast.manager):
        assert client_of(who).post(address, button).status_code == 404
    other = make_person("Quản trị khác", "QT-002")
    give(other, RoleKind.ADMINISTRATOR, cast.units.da_nang)
    assert "Khôi phục" in client_of(other).get("/tai-khoan/goi-bao/").content.decode()
    client_of(other).post(address, button)
    unreachable.refresh_from_db()
    assert unreachable.phone == "+84905000050"
    assert not unreachable.has_usable_password()


def test_erasure_takes_the_notices_with_their_old_addresses(cast, learner, client_of):
    edit(client_of(cast.administrator), learner, email="moi@example.vn")
    erasure.erase(learner, cast.administrator, timezone.now())
    assert not AccountNotice.objects.exists()
