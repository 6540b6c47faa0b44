"""A slip and a link to a new password open nothing after a change of who the person is, whichever way it came."""

import re
import uuid

import pytest
from django.test import Client
from django.utils import timezone
from factories import make_person, make_posting

from outbox.effects import Effect
from people.guarding.password_resets import send_link
from people.postings.posting import Posting
from people.privacy import erasure
from people.rights.roles import RoleKind, end, give
from people.roster.importing import prepare_roster
from people.signing_in.activation import ActivationSlip, NotValid, find_slip, holds, make_slips

pytestmark = pytest.mark.django_db
HEADER = "ma_can_bo,ho_ten,email,dien_thoai,ma_don_vi,chuc_danh,nhiem_vu,tu_ngay,den_ngay"
PASSWORD = "mot-mat-khau-dai"


@pytest.fixture
def learner(cast):
    cast.learner.set_password(PASSWORD)
    cast.learner.save()
    return cast.learner


def printed(cast, person):
    ((_person, code),) = make_slips([person], cast.administrator, timezone.now(), batch=uuid.uuid4(), reason="Quên")
    return code


def link_mailed(person):
    Client().post("/tai-khoan/password/reset/", {"email": person.email})
    send_link(Effect.objects.filter(kind="password_reset").latest("pk"))
    body = Effect.objects.filter(kind="mail", payload__to=person.email).latest("pk").payload["body"]
    return re.search(r"/tai-khoan/password/reset/key/\S+/", body)[0]


def opens(link) -> bool:
    return Client().get(link).status_code == 302


def import_row(cast, tmp_path, row):
    path = tmp_path / f"{uuid.uuid4()}.csv"
    path.write_text(f"{HEADER}\n{row}\n")
    prepare_roster(path, timezone.now()).write(lambda done: None)


def given_a_role(cast, client_of, tmp_path):
    give(cast.learner, RoleKind.TEACHER, cast.units.school)


def role_ended(cast, client_of, tmp_path):
    end(cast.learner.roles.current().first())


def moved_by_a_file(cast, client_of, tmp_path):
    import_row(cast, tmp_path, "TG-001,Alăng Thị Hà,,,20695,Công chức,,2026-01-01,")


def posting_ended_by_a_file(cast, client_of, tmp_path):
    import_row(cast, tmp_path, "TG-001,Alăng Thị Hà,,,20455,Công chức,ho_tro_nan_nhan,2025-07-01,2026-12-31")


def address_by_a_file(cast, client_of, tmp_path):
    import_row(cast, tmp_path, "TG-001,Alăng Thị Hà,moi@example.vn,,20455,Công chức,ho_tro_nan_nhan,2025-07-01,")


def address_by_an_administrator(cast, client_of, tmp_path):
    data = {"email": "ha@example.vn", "phone": "0905 999 888", "is_active": "on"}
    client_of(cast.administrator).post(f"/cms/can-bo/edit/{cast.learner.pk}/", data)


CHANGES = [
    given_a_role, role_ended, moved_by_a_file, posting_ended_by_a_file, address_by_a_file, address_by_an_administrator
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_each_change_withdraws_the_slip_and_the_link(cast, learner, client_of, tmp_path, change):
    if change is role_ended:
        give(learner, RoleKind.TEACHER, cast.units.school)
    code, link = printed(cast, learner), link_mailed(learner)
    assert opens(link)
    assert find_slip("TG-001", code, timezone.now())
    change(cast, client_of, tmp_path)
    with pytest.raises(NotValid):
        find_slip("TG-001", code, timezone.now())
    assert ActivationSlip.objects.get().withdrawn_at
    assert not opens(link)


def test_erasure_leaves_neither(cast, learner):
    code, link = printed(cast, learner), link_mailed(learner)
    erasure.erase(learner, cast.administrator, timezone.now())
    assert not opens(link)
    with pytest.raises(NotValid):
        find_slip("TG-001", code, timezone.now())


def test_another_duty_or_the_same_file_again_withdraws_nothing(cast, learner, tmp_path):
    code, link = printed(cast, learner), link_mailed(learner)
    for duties in ("ho_tro_nan_nhan|xac_minh", "ho_tro_nan_nhan|xac_minh"):
        import_row(cast, tmp_path, f"TG-001,Alăng Thị Hà,,,20455,Công chức,{duties},2025-07-01,")
    assert find_slip("TG-001", code, timezone.now())
    assert opens(link)


def test_a_link_of_before_the_upgrade_stays_good_until_the_first_change(learner, cast):
    assert learner.access_round == 0
    link = link_mailed(learner)
    assert opens(link)
    give(learner, RoleKind.TEACHER, cast.units.school)
    assert not opens(link)


# --- asked again when it is used


def test_who_printed_it_must_still_answer_for_her_when_it_is_used(cast, learner):
    printer = make_person("Người In", "VT-in")
    role = give(printer, RoleKind.TRAINER, cast.units.tay_giang)
    ((_person, code),) = make_slips([learner], printer, timezone.now(), batch=uuid.uuid4(), reason="Quên")
    assert find_slip("TG-001", code, timezone.now())
    end(role)
    with pytest.raises(NotValid):
        find_slip("TG-001", code, timezone.now())
    give(printer, RoleKind.TRAINER, cast.units.tay_giang)
    assert find_slip("TG-001", code, timezone.now())
    # by a way that tells nobody
    Posting.objects.filter(person=learner).update(unit=cast.units.thanh_my)
    with pytest.raises(NotValid):
        find_slip("TG-001", code, timezone.now())


def test_a_slip_that_drops_the_second_step_needs_an_administrator_of_her_to_the_end(cast, learner):
    ((_person, code),) = make_slips(
        [learner], cast.administrator, timezone.now(), batch=uuid.uuid4(), drops_second_step=True
    )
    slip = find_slip("TG-001", code, timezone.now())
    end(cast.administrator.roles.get())
    give(cast.administrator, RoleKind.PROVINCE_MANAGER, cast.units.da_nang)
    assert not holds(slip)
    slip.drops_second_step = False
    assert holds(slip)


def test_a_first_roster_costs_no_more_for_being_watched(cast, django_assert_num_queries):
    now = timezone.now()
    people = [make_person(f"Mới {n}") for n in range(20)]
    for person in people:
        make_posting(person, cast.units.tay_giang, at=now)
    from people.guarding.withdrawal import _postings_changed

    # what was written, and who of them has anything to lose: nobody
    with django_assert_num_queries(2):
        _postings_changed(Posting, person_ids={person.pk for person in people}, now=now)
