"""Units under /cms/: who may look, what is found, and flags that are superseded, never edited."""

from datetime import date

import pytest
from django.urls import reverse
from factories import make_person

from people.persons.user import User
from people.screens.unit_admin import UnitViewSet
from people.units.unit import UnitFlag

pytestmark = pytest.mark.django_db

LIST = "/cms/don-vi/"


@pytest.fixture
def administrator(db, units):
    return make_person("Võ Minh Đức", "QT-1", is_superuser=True)


def cells(**given):
    empty = {f"{kind}_{name}": "" for kind in UnitFlag.Kind.values for name in ("start", "end", "reason")}
    return {**empty, **given}


def names(response):
    return {unit.name for unit in response.context["object_list"]}


def test_an_administrator_finds_units_by_name_kind_and_day(administrator, client_of):
    client = client_of(administrator)
    assert names(client.get(LIST, {"q": "Lăng"})) == {"Xã Lăng"}
    assert names(client.get(LIST, {"kind": "huyen"})) == {"Huyện Tây Giang", "Huyện Nam Giang"}
    today = names(client.get(LIST, {"day": "2026-01-01"}))
    assert "Xã Avương" in today
    assert "Xã Bha Lê" not in today


def test_a_flag_is_given_corrected_and_taken_back_with_every_belief_kept(administrator, client_of, units):
    client, edit = client_of(administrator), reverse("units:edit", args=[units.tay_giang.pk])
    given = cells(nguy_co_start="2025-08-01", nguy_co_reason="Vùng biên")
    assert client.post(edit, given).status_code == 302
    client.post(edit, given)
    client.post(edit, cells(nguy_co_start="2025-08-01", nguy_co_end="2026-07-31", nguy_co_reason="Vùng biên"))
    client.post(edit, cells())
    flags = UnitFlag.objects.filter(unit=units.tay_giang).order_by("pk")
    assert [(f.end, f.superseded_at is None) for f in flags] == [(None, False), (date(2026, 7, 31), False)]


def test_a_flag_that_ends_before_it_starts_is_refused(administrator, client_of, units):
    edit = reverse("units:edit", args=[units.tay_giang.pk])
    response = client_of(administrator).post(edit, cells(nguy_co_start="2025-08-01", nguy_co_end="2025-07-01"))
    assert "Ngày kết thúc trước ngày bắt đầu; hãy sửa lại." in response.content.decode()
    assert not UnitFlag.objects.exists()


def test_nobody_adds_or_deletes_a_unit_by_hand(administrator, client_of, units):
    client = client_of(administrator)
    for address in ("/cms/don-vi/new/", f"/cms/don-vi/delete/{units.lang.pk}/"):
        assert client.get(address).status_code == 302


def test_the_rule_reads_the_same_for_one_person_and_for_all(cast):
    policy = UnitViewSet().permission_policy
    everybody = User.objects.all()
    for action in ("view", "change", "add", "delete"):
        allowed = {user.full_name for user in everybody if policy.user_has_permission(user, action)}
        assert allowed == {user.full_name for user in policy.users_with_permission(action)}
    assert {user.full_name for user in policy.users_with_permission("change")} == {"Trần Thị Lan", "Võ Minh Đức"}


@pytest.mark.parametrize("name", ["editor", "trainer", "observer", "learner", "stranger"])
def test_other_roles_do_not_see_the_units(cast, client_of, name):
    assert client_of(getattr(cast, name)).get(LIST).status_code in (302, 403)


def test_the_list_costs_the_same_however_many_units_it_shows(administrator, client_of, django_assert_max_num_queries):
    client = client_of(administrator)
    client.get(LIST)
    with django_assert_max_num_queries(20):
        client.get(LIST)
