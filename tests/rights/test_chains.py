"""Chains of small rights, each played by the real views: give a role → see → edit → sign in as; they end before that.

The table of addresses asks one address at a time; what one act opens for the next is here and in test_chains_of_work.
A player holds one role in the commune of Tây Giang; nobody whom she draws into her commune by a role becomes hers.
"""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.utils import timezone
from factories import make_course, make_person, make_posting

from courses.talk.inquiries.asking import Wish, ask, unit_of
from outbox.effects import Effect
from pages.contacts.contact import Contact
from people.guarding.notices import AccountNotice
from people.log.audit import Act, Entry, entries_visible_to, record
from people.persons.merges import Merge
from people.persons.user import User
from people.postings.posting import Posting
from people.rights.roles import Role, RoleKind, give
from people.rights.scope import PEOPLE_KINDS, answers_for, answers_today, can_see, import_reach, visible_to
from people.roster.importing import prepare_roster
from people.signing_in.activation import ActivationSlip, make_slips
from people.times import today

pytestmark = pytest.mark.django_db
PLAYERS = [RoleKind.ADMINISTRATOR, RoleKind.TRAINER, RoleKind.UNIT_HEAD]
# of another commune, of nowhere, and of the commune but with a role for the province
TARGETS = ["other_learner", "stranger", "manager"]


@pytest.fixture(params=PLAYERS)
def player(request, cast):
    person = make_person("Người Giữ Quyền", "VT-choi")
    make_posting(person, cast.units.tay_giang)
    give(person, request.param, cast.units.tay_giang)
    return person


@pytest.fixture(params=TARGETS)
def target(request, cast):
    person = getattr(cast, request.param)
    if request.param == "manager":
        make_posting(person, cast.units.tay_giang)
    return person


def give_every_role(client, person):
    """What an administrator can ask for; others are led away."""
    for kind in RoleKind.values:
        data = {"staff_code": person.staff_code, "kind": kind, "unit_code": "20455", "why": "Cần người giúp."}
        client.post("/cms/vai-tro/new/", data)


def take_over(client, person):
    """Everything by which an account changes hands: its address, then a slip with and without the second step."""
    mine = {"email": "cua-toi@example.vn", "phone": "", "is_active": "on"}
    client.post(f"/cms/can-bo/edit/{person.pk}/", mine)
    slip = {"reason": "Mất mật khẩu", "batch": "6b2f4c1e-0000-4000-8000-000000000001"}
    for more in ({}, {"drops_second_step": "on"}):
        client.post(f"/tai-khoan/phieu-kich-hoat/can-bo/{person.staff_code}/", {**slip, **more})


def is_untouched(person) -> bool:
    before = (person.email, person.phone, person.password)
    person.refresh_from_db()
    return (person.email, person.phone, person.password) == before and not ActivationSlip.objects.filter(
        person=person
    ).exists()


def test_giving_a_role_seeing_editing_and_signing_in_as_ends_before_its_end(cast, client_of, player, target):
    client = client_of(player)
    give_every_role(client, target)
    take_over(client, target)
    assert is_untouched(target)


def test_a_role_that_was_there_before_makes_nobody_hers(cast, client_of, player, target):
    for kind in (RoleKind.TEACHER, RoleKind.COMMUNE_EDITOR, RoleKind.ADMINISTRATOR):
        give(target, kind, cast.units.tay_giang)
    client = client_of(player)
    take_over(client, target)
    assert is_untouched(target)
    posted_here = target == cast.manager
    assert can_see(player, target) is posted_here
    assert User.objects.filter(visible_to(player, User), pk=target.pk).exists() is posted_here
    assert client.get(f"/bao-cao/can-bo/{target.staff_code}/").status_code == (200 if posted_here else 404)
    assert answers_for(player, target, PEOPLE_KINDS) is answers_today(player, target, PEOPLE_KINDS) is posted_here


def test_the_log_tells_nothing_of_what_a_holder_of_a_role_did_elsewhere(cast, player):
    give(cast.stranger, RoleKind.TRAINER, cast.units.tay_giang)
    record(Act.SAW_PERSON, cast.stranger, person=cast.other_learner)
    record(Act.SAW_PERSON, cast.manager, person=cast.stranger)
    seen = {(entry.act, entry.by_id) for entry in entries_visible_to(player)}
    assert seen & {(Act.SAW_PERSON, cast.stranger.pk), (Act.SAW_PERSON, cast.manager.pk)} == set()


def test_nobody_gives_herself_more_than_she_has(cast, client_of, player):
    before = set(player.roles.current().values_list("kind", "unit"))
    give_every_role(client_of(player), cast.administrator)
    client_of(player).post("/cms/vai-tro/new/", {"staff_code": "VT-choi", "kind": "administrator", "unit_code": "48"})
    gained = set(player.roles.current().values_list("kind", "unit")) - before
    assert gained == set()
    assert not Role.objects.filter(user=cast.administrator, unit=cast.units.tay_giang).exists()


def test_the_province_sees_edits_and_helps_who_has_no_posting(cast, client_of):
    client = client_of(cast.administrator)
    assert can_see(cast.administrator, cast.stranger)
    assert cast.stranger in User.objects.filter(visible_to(cast.administrator, User))
    assert client.get(f"/cms/can-bo/edit/{cast.stranger.pk}/").status_code == 200
    address = f"/tai-khoan/phieu-kich-hoat/can-bo/{cast.stranger.staff_code}/"
    assert client.get(address).status_code == 200
    assert client_of(cast.manager).get(address).status_code == 200
    record(Act.SAW_PERSON, cast.manager, person=cast.stranger)
    assert Entry.objects.get(person=cast.stranger, by=cast.manager) in entries_visible_to(cast.administrator)


# --- e-mail → reset, slip → account, second step


def test_an_address_written_by_a_file_leads_into_no_account_with_a_role(cast, tmp_path):
    path = tmp_path / "roster.csv"
    header = "ma_can_bo,ho_ten,email,dien_thoai,ma_don_vi,chuc_danh,nhiem_vu,tu_ngay,den_ngay"
    row = f"{cast.administrator.staff_code},Võ Minh Đức,cua-toi@example.vn,,48,,,2026-01-01,"
    path.write_text(f"{header}\n{row}\n")
    give(cast.stranger, RoleKind.TRAINER, cast.units.da_nang)
    prepare_roster(path, timezone.now(), within=import_reach(cast.stranger)).write(lambda done: None)
    assert is_untouched(cast.administrator)


def test_an_address_of_ones_own_official_is_changed_under_her_eyes_and_no_link_of_before_goes_on(
    cast, client_of, player
):
    cast.learner.set_password("mot-mat-khau-dai")
    cast.learner.save()
    take_over(client_of(player), cast.learner)
    told = set(AccountNotice.objects.filter(person=cast.learner).values_list("what", flat=True))
    by_kind = {RoleKind.ADMINISTRATOR: {"contact", "printed"}, RoleKind.TRAINER: {"printed"}}
    assert told == by_kind.get(player.roles.get().kind, {"printed"})
    assert Effect.objects.filter(kind="mail", payload__to="ha@example.vn").exists()


def test_a_slip_ends_where_a_role_begins_that_its_printer_does_not_reach(cast, client_of, player):
    ((_person, code),) = make_slips([cast.learner], player, timezone.now(), batch=uuid4(), reason="Quên")
    give(cast.learner, RoleKind.OBSERVER, cast.units.da_nang)
    form = {"staff_code": "TG-001", "code": code, "password1": "mot-mat-khau-dai", "password2": "mot-mat-khau-dai"}
    thief = Client()
    assert thief.post("/tai-khoan/kich-hoat/", form).status_code == 200
    assert "_auth_user_id" not in thief.session
    client_of(player).post("/tai-khoan/phieu-kich-hoat/can-bo/TG-001/", {"reason": "Quên", "batch": uuid4()})
    assert ActivationSlip.objects.filter(withdrawn_at=None).count() == 0


def test_a_slip_alone_does_not_pass_the_second_step_of_staff(cast, client_of, settings):
    settings.SECOND_STEP_REQUIRED = True
    TOTP.activate(cast.unit_head, "JBSWY3DPEHPK3PXP")
    ((_person, code),) = make_slips([cast.unit_head], cast.administrator, timezone.now(), batch=uuid4(), reason="Quên")
    form = {"staff_code": cast.unit_head.staff_code, "code": code, "password1": "mot-mat-khau-dai"}
    client = Client()
    answer = client.post("/tai-khoan/kich-hoat/", {**form, "password2": "mot-mat-khau-dai"})
    assert answer["Location"] == "/tai-khoan/hai-buoc/xac-nhan/"
    assert client.get("/bao-cao/").status_code == 302


# --- two records → one person


def merges(client, one, other, stays):
    lower, higher = sorted((one.pk, other.pk))
    return client.post(f"/tai-khoan/gop-ho-so/{lower}/{higher}/", {"giu": stays.pk, "ly-do": "Cùng một người"})


def test_giving_a_role_merging_and_signing_in_as_ends_before_its_end(cast, client_of, player, target):
    double = make_person(target.full_name, "VT-doi")
    make_posting(double, cast.units.tay_giang)
    client = client_of(player)
    give_every_role(client, target)
    for stays in (double, target):
        assert merges(client, double, target, stays).status_code in (403, 404, 422)
    take_over(client, target)
    assert is_untouched(target)
    assert not Merge.objects.exists()


def test_nobody_merges_a_record_with_her_own(cast, client_of, player):
    double = make_person(player.full_name, "VT-doi")
    make_posting(double, cast.units.tay_giang)
    client = client_of(player)
    for stays in (player, double):
        assert merges(client, player, double, stays).status_code in (403, 422)
    assert not Merge.objects.exists()


@pytest.mark.parametrize("kind", [RoleKind.TRAINER, RoleKind.PROVINCE_MANAGER])
def test_who_holds_a_role_is_merged_by_the_province_alone(cast, client_of, kind):
    unit = {RoleKind.TRAINER: cast.units.tay_giang}.get(kind, cast.units.da_nang)
    by = make_person("Người Gộp", "VT-gop")
    make_posting(by, unit)
    give(by, kind, unit)
    double = make_person("Alăng Thị Hà", "VT-doi")
    make_posting(double, cast.units.tay_giang)
    give(double, RoleKind.TRAINER, cast.units.da_nang)
    for stays in (double, cast.learner):
        assert merges(client_of(by), cast.learner, double, stays).status_code == 422
    assert merges(client_of(cast.administrator), cast.learner, double, cast.learner).status_code == 302
    assert not double.roles.current().exists()


# --- an inquiry → a role, a posting → reading it


def asked_by(person, lesson):
    wish = Wish(lesson.course.key, lesson.lessons[0].translation_key, "Gọi ai ban đêm?", True, False)
    return ask(person, wish if unit_of(person) else replace(wish, for_unit=False), uuid4(), timezone.now())


def test_giving_a_role_and_asking_for_what_its_holder_asked_ends_before_its_end(cast, client_of, player, target):
    row = asked_by(target, make_course(lessons=1))
    client = client_of(player)
    give_every_role(client, target)
    give(target, RoleKind.TEACHER, cast.units.tay_giang)
    answers = player.roles.get().kind == RoleKind.TRAINER and target == cast.manager
    for path in (f"/hoi-dap/cau/{row.pk}/", f"/hoi-dap/phu-trach/cau/{row.pk}/", "/hoi-dap/phu-trach/"):
        shown = client.get(path)
        read = shown.status_code == 200 and "Gọi ai ban đêm?" in shown.content.decode()
        assert read is (answers and "phu-trach" in path), path
    form = {"act": "close", "text": "Đã nói."}
    assert (client.post(f"/hoi-dap/phu-trach/cau/{row.pk}/", form).status_code == 302) is answers


def test_a_transfer_takes_the_inquiry_along_and_leaves_nothing_behind(cast, client_of):
    there = make_person("Tập Huấn Thạnh Mỹ", "VT-tm")
    give(there, RoleKind.TRAINER, cast.units.thanh_my)
    row = asked_by(cast.learner, make_course(lessons=1))
    path = f"/hoi-dap/phu-trach/cau/{row.pk}/"
    assert [client_of(one).get(path).status_code for one in (cast.trainer, there)] == [200, 404]
    Posting.objects.filter(person=cast.learner).update(end=today() - timedelta(days=1))
    make_posting(cast.learner, cast.units.thanh_my, start=today())
    assert [client_of(one).get(path).status_code for one in (cast.trainer, there)] == [404, 200]
    assert client_of(cast.trainer).post(path, {"act": "close", "text": "Đã nói."}).status_code == 404


# --- writing a number → a role → confirming it


@pytest.mark.parametrize("kind", [RoleKind.COMMUNE_EDITOR, RoleKind.ADMINISTRATOR])
def test_who_writes_a_number_makes_it_public_by_no_role_that_she_gets(cast, client_of, kind):
    writer = make_person("Người Viết Số", "VT-viet")
    make_posting(writer, cast.units.tay_giang)
    give(writer, kind, cast.units.tay_giang)
    client = client_of(writer)
    number = {"number": "0235 379 6123", "name": "Công an xã", "when": "Cần gặp", "order": 1, "unit_code": "20455"}
    assert client.post("/cms/so-lien-he/new/", number).status_code == 302
    contact = Contact.objects.get(number="0235 379 6123")
    for gained in (None, RoleKind.UNIT_HEAD, RoleKind.PROVINCE_MANAGER):
        client.post("/cms/vai-tro/new/", {"staff_code": "VT-viet", "kind": "unit_head", "unit_code": "20455"})
        if gained:
            give(writer, gained, cast.units.tay_giang if gained == RoleKind.UNIT_HEAD else cast.units.da_nang)
        client = client_of(writer)
        client.post(f"/cms/so-lien-he/goi-thu/{contact.pk}/", {"called_on": f"{today():%d/%m/%Y}", "answered": "1"})
        answer = {"version": contact.waiting().pk, "decision": "confirm", "called_on": f"{today():%d/%m/%Y}"}
        client.post(f"/cms/so-lien-he/goi-lan-hai/{contact.pk}/", {**answer, "dialled": "0235 379 6123", "why": ""})
        # written anew by her second self, it is hers still
        client.post(f"/cms/so-lien-he/edit/{contact.pk}/", {**number, "name": f"Công an xã {gained or ''}"})
        assert not Contact.objects.get(pk=contact.pk).is_public
