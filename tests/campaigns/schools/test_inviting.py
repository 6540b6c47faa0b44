"""A school's manager invites teachers of her own school: one role, no posting, a slip that opens that account alone."""

import re
from uuid import uuid4

import pytest
from django.utils import timezone
from factories import make_person, make_posting, make_unit

from people.persons.user import User
from people.postings.posting import Posting
from people.rights.roles import Role, RoleKind, give
from people.signing_in.activation import ActivationSlip, find_slip, within_reach
from people.units.successions import rebuild_reach
from people.units.unit import UnitKind

SCHOOL = "/truong-hoc/nhat-ky/truong/"
INVITE = f"{SCHOOL}moi-giao-vien/"
CODE = re.compile(r"\b([ACDEFGHJKMNPQRTWXY34679]{5}-[ACDEFGHJKMNPQRTWXY34679]{5})\b")


@pytest.fixture
def manager(cast):
    person = make_person("Đỗ Quang Vinh", "TH-1", email="vinh@example.vn")
    give(person, RoleKind.SCHOOL_MANAGER, cast.units.school)
    return person


def asked(school, **more):
    return {"truong": str(school.pk), "batch": str(uuid4()), "full_name": "Bling Thị Mới", **more}


def test_a_teacher_is_invited_with_a_slip_and_nothing_but_that_role(manager, cast, client_of):
    client, posted = client_of(manager), asked(cast.units.school)
    answer = client.post(INVITE, posted)
    assert answer.status_code == 200
    person = User.objects.get(full_name="Bling Thị Mới")
    (role,) = Role.objects.filter(user=person)
    assert (role.kind, role.unit) == (RoleKind.TEACHER, cast.units.school)
    assert not Posting.objects.filter(person=person).exists()
    code = CODE.search(answer.content.decode())[1]
    assert find_slip(person.staff_code, code, timezone.now()).person == person
    # pressed twice
    assert client.post(INVITE, posted).status_code == 409
    assert client.post(INVITE, asked(cast.units.school)).url.startswith(SCHOOL)
    assert User.objects.filter(full_name="Bling Thị Mới").count() == 1
    again = client.post(f"{SCHOOL}phieu/{person.pk}/", asked(cast.units.school))
    assert CODE.search(again.content.decode())[1] != code
    assert ActivationSlip.objects.open(timezone.now()).filter(person=person).count() == 1


def test_nobody_opens_an_account_that_was_not_invited_to_her_school(manager, cast, client_of):
    elsewhere = make_unit("THCS-02", "Trường khác", UnitKind.SCHOOL, cast.units.thanh_my)
    rebuild_reach()
    client = client_of(manager)
    assert client.post(INVITE, asked(elsewhere)).status_code == 404
    official = make_person("Zơrâm Văn Đã", "CB-9")
    make_posting(official, cast.units.school)
    give(official, RoleKind.TEACHER, cast.units.school)
    head = make_person("Lê Văn Hai Vai", "CB-10")
    give(head, RoleKind.TEACHER, cast.units.school)
    give(head, RoleKind.OBSERVER, cast.units.da_nang)
    for person in (official, head, cast.learner):
        assert client.post(f"{SCHOOL}phieu/{person.pk}/", asked(cast.units.school)).status_code == 404
        assert not User.objects.filter(within_reach(manager), pk=person.pk).exists()
    assert client_of(cast.teacher).post(INVITE, asked(cast.units.school)).status_code == 403
    assert not ActivationSlip.objects.exists()
