"""Roles, people and duties under /cms/: given and ended, put right, never more than the administrator reaches."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import make_person, make_posting, make_unit

from letters.order import text_order
from people.merging.merging import merge
from people.persons.user import User
from people.postings.posting import Duty
from people.privacy import erasure
from people.rights.roles import Role, RoleKind, TooManyRoles, give
from people.screens.role_admin import may_edit
from people.units.unit import UnitKind

pytestmark = pytest.mark.django_db


def given(client, code="LA-001", kind=RoleKind.TRAINER, unit="20455"):
    return client.post("/cms/vai-tro/new/", {"staff_code": code, "kind": kind, "unit_code": unit})


def test_an_administrator_gives_a_role_by_staff_code_and_unit_code(cast, client_of):
    assert given(client_of(cast.administrator), code="la-001").status_code == 302
    role = cast.stranger.roles.get()
    assert (role.kind, role.unit, role.ended_at) == (RoleKind.TRAINER, cast.units.tay_giang, None)
    assert cast.stranger.groups.count() == 1


def test_a_role_is_ended_with_its_rights_and_stays_on_record(cast, client_of):
    role = cast.trainer.roles.first()
    client = client_of(cast.administrator)
    assert "Lịch sử vai trò vẫn được giữ" in client.get(f"/cms/vai-tro/delete/{role.pk}/").content.decode()
    client.post(f"/cms/vai-tro/delete/{role.pk}/")
    role.refresh_from_db()
    assert role.ended_at
    assert cast.trainer.groups.count() == 1


def test_a_role_is_never_edited(cast, client_of):
    role = cast.trainer.roles.first()
    client_of(cast.administrator).post(f"/cms/vai-tro/edit/{role.pk}/", {"kind": RoleKind.ADMINISTRATOR})
    role.refresh_from_db()
    assert role.kind == RoleKind.TRAINER


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"code": "KHONG"}, "Không có cán bộ nào mang mã này"),
        ({"unit": "504"}, "Hôm nay không có đơn vị nào mang mã này"),
        ({"unit": "HUE"}, "ngoài phạm vi quản trị"),
        ({"code": "VT-editor", "kind": RoleKind.COMMUNE_EDITOR}, "đang giữ đúng vai trò đó"),
    ],
)
def test_a_wrong_role_is_refused_in_one_sentence(cast, client_of, wrong, says):
    make_unit("HUE", "Thành phố Huế", UnitKind.CITY)
    before = Role.objects.count()
    assert says in given(client_of(cast.administrator), **wrong).content.decode()
    assert Role.objects.count() == before


def test_nobody_gets_more_roles_than_wagtail_can_bear(cast, client_of):
    for number in range(10):
        give(cast.stranger, RoleKind.TRAINER, make_unit(f"S{number}", f"Trường {number}", UnitKind.SCHOOL))
    assert "nhiều nhất 10 vai trò" in given(client_of(cast.administrator)).content.decode()


@pytest.mark.parametrize("path", ["/cms/vai-tro/", "/cms/vai-tro/new/", "/cms/can-bo/"])
@pytest.mark.parametrize("who", ["manager", "trainer", "editor", "learner"])
def test_only_administrators_see_roles_and_people(cast, client_of, path, who):
    assert client_of(getattr(cast, who)).get(path).status_code == 302


def test_the_list_of_people_shows_where_they_are(cast, client_of):
    client = client_of(cast.administrator)
    assert "Xã Tây Giang: Công chức" in client.get("/cms/can-bo/", {"q": "TG-001"}).content.decode()


def test_lists_of_people_and_units_sorted_by_name_stand_in_vietnamese_order(cast, client_of):
    client = client_of(cast.administrator)
    for number, name in enumerate(["Zơrâm Thị Ân", "Âu Văn Ăn", "Đỗ Văn An"]):
        make_posting(make_person(name, f"S-{number}"), cast.units.tay_giang)
    for asked, listed in [("full_name", "S-2 S-1 S-0"), ("-full_name", "S-0 S-1 S-2")]:
        rows = client.get("/cms/can-bo/", {"ordering": asked, "q": "S"}).context["object_list"]
        assert " ".join(person.staff_code for person in rows if person.staff_code[:2] == "S-") == listed
    make_unit("X1", "Xã Đại Lộc", parent=cast.units.da_nang)
    names = [unit.name for unit in client.get("/cms/don-vi/", {"ordering": "name", "q": "xã"}).context["object_list"]]
    assert names == sorted(names, key=text_order)


def test_the_list_says_which_codes_are_spelled_alike_since_before(cast, client_of):
    client = client_of(cast.administrator)
    assert "chỉ khác cách viết" not in client.get("/cms/can-bo/").content.decode()
    other = make_person("Alăng Thị Hạ", "X-1", shares_code=True)
    User.objects.filter(pk=other.pk).update(staff_code="tg-001")
    make_posting(other, cast.units.tay_giang)
    page = client.get("/cms/can-bo/").content.decode()
    for person, said in ((cast.learner, "“TG-001” (Alăng Thị Hà)"), (other, "“tg-001” (Alăng Thị Hạ)")):
        assert f'<a href="/cms/can-bo/edit/{person.pk}/">{said}</a>' in page
    pair = f"/tai-khoan/gop-ho-so/{cast.learner.pk}/{other.pk}/"
    assert f'<a href="{pair}">so sánh và gộp “tg-001”</a>' in page
    assert client.get(pair).status_code == 200
    merge(other, cast.learner, cast.administrator, "Một người", timezone.now())
    page = client.get("/cms/can-bo/").content.decode()
    assert "chỉ khác cách viết" not in page
    assert "tg-001" not in page


def queries(client):
    with CaptureQueriesContext(connection) as queries:
        client.get("/cms/can-bo/")
    return len(queries)


def test_the_list_of_people_costs_the_same_for_two_and_for_many(cast, client_of):
    client = client_of(cast.administrator)
    few = queries(client)
    for number in range(20):
        make_posting(make_person(f"Người {number}"), cast.units.tay_giang)
    assert queries(client) <= few


def test_an_address_is_put_right_and_kept_in_one_form(cast, client_of):
    client = client_of(cast.administrator)
    path = f"/cms/can-bo/edit/{cast.learner.pk}/"
    data = {"email": "MOI@example.vn", "phone": "DĐ: +84 (0)905 999 888 (Zalo)", "is_active": "on"}
    assert client.post(path, data).status_code == 302
    cast.learner.refresh_from_db()
    assert (cast.learner.email, cast.learner.phone) == ("moi@example.vn", "+84905999888")
    client.post(path, {"email": "", "phone": "", "is_active": "on"})
    cast.learner.refresh_from_db()
    assert (cast.learner.email, cast.learner.phone) == (None, None)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"email": "HA@example.vn"}, "Email này đang thuộc về người khác."),
        ({"phone": "0905000001"}, "Điện thoại"),
        ({"phone": "12"}, "Số điện thoại không đúng dạng"),
    ],
)
def test_an_address_that_cannot_be_is_refused(cast, client_of, data, says):
    answer = client_of(cast.administrator).post(
        f"/cms/can-bo/edit/{cast.other_learner.pk}/", {**data, "is_active": "on"}
    )
    assert answer.status_code == 200
    assert says.lower() in answer.content.decode().lower()


def test_no_administrator_takes_over_a_superusers_account(cast, client_of):
    chief = make_person("Siêu Quản Trị", "SU", is_superuser=True)
    give(chief, RoleKind.ADMINISTRATOR, cast.units.da_nang)
    client = client_of(cast.administrator)
    assert client.get(f"/cms/can-bo/edit/{chief.pk}/").status_code == 404
    assert client.get(f"/cms/vai-tro/delete/{chief.roles.get().pk}/").status_code == 404


def test_an_administrator_of_a_commune_takes_over_no_account_of_the_province(cast, client_of):
    give(cast.stranger, RoleKind.ADMINISTRATOR, cast.units.tay_giang)
    make_posting(cast.manager, cast.units.tay_giang)
    client = client_of(cast.stranger)
    assert client.get(f"/cms/can-bo/edit/{cast.learner.pk}/").status_code == 200
    assert client.get(f"/cms/can-bo/edit/{cast.manager.pk}/").status_code == 404


def test_what_wagtail_keeps_about_people_and_roles_ends_where_the_administrators_reach_does(cast, client_of):
    give(cast.stranger, RoleKind.ADMINISTRATOR, cast.units.tay_giang)
    client = client_of(cast.stranger)
    near, far = cast.editor.roles.get(), cast.other_editor.roles.get()
    for view in ("history", "history-results", "usage"):
        assert client.get(f"/cms/can-bo/{view}/{cast.learner.pk}/").status_code == 200
        assert client.get(f"/cms/can-bo/{view}/{cast.other_learner.pk}/").status_code == 404
    assert client.get(f"/cms/vai-tro/history/{near.pk}/").status_code == 200
    assert client.get(f"/cms/vai-tro/history/{far.pk}/").status_code == 404


def test_a_duty_is_added_and_renamed_and_keeps_its_key(cast, client_of):
    client = client_of(cast.manager)
    client.post("/cms/nhiem-vu/new/", {"name": "Tiếp nhận, đón nạn nhân"})
    duty = Duty.objects.get(key="tiep_nhan_don_nan_nhan")
    client.post(f"/cms/nhiem-vu/edit/{duty.pk}/", {"name": "Đón nạn nhân"})
    duty.refresh_from_db()
    assert (duty.key, duty.name) == ("tiep_nhan_don_nan_nhan", "Đón nạn nhân")
    client.post(f"/cms/nhiem-vu/delete/{duty.pk}/")
    assert Duty.objects.filter(pk=duty.pk).exists()


def test_no_way_of_giving_goes_beyond_ten_roles(cast):
    for number in range(10):
        give(cast.stranger, RoleKind.TRAINER, make_unit(f"X{number}", f"Xã {number}", parent=cast.units.da_nang))
    with pytest.raises(TooManyRoles, match="nhiều nhất 10 vai trò"):
        give(cast.stranger, RoleKind.OBSERVER, cast.units.da_nang)
    role = cast.stranger.roles.first()
    assert give(cast.stranger, role.kind, role.unit) == role
    assert cast.stranger.roles.current().count() == 10


# --- whom an administrator of a commune still answers for


@pytest.fixture
def local(cast):
    person = make_person("Quản Trị Xã", "VT-local")
    give(person, RoleKind.ADMINISTRATOR, cast.units.tay_giang)
    return person


def moved(cast, to=None):
    """Posted in Tây Giang until the end of 2025, then in `to` or nowhere."""
    person = make_person("Người Chuyển", "TG-800")
    make_posting(person, cast.units.tay_giang, end=date(2025, 12, 31))
    if to is not None:
        make_posting(person, to, start=date(2026, 1, 1))
    return person


def test_who_has_moved_to_another_commune_is_out_of_the_old_ones_hands(cast, local, client_of):
    person = moved(cast, cast.units.thanh_my)
    address = f"/cms/can-bo/edit/{person.pk}/"
    assert not may_edit(local, person)
    assert client_of(local).post(address, {"email": "x@example.vn", "is_active": "on"}).status_code == 404
    assert may_edit(cast.administrator, person)
    erasure_request = erasure.ask(person, timezone.now())
    assert client_of(local).post(f"/tai-khoan/xoa/{erasure_request.pk}/", {"xoa": "1"}).status_code == 404


def test_who_has_left_for_nowhere_stays_with_where_they_were_last(cast, local):
    assert may_edit(local, moved(cast))


def test_who_works_in_two_communes_is_in_the_hands_of_both(cast, local):
    make_posting(cast.other_learner, cast.units.tay_giang)
    assert may_edit(local, cast.other_learner)


def test_an_administrator_of_a_commune_erases_nobody_who_leads_the_province(cast, local, client_of):
    make_posting(cast.manager, cast.units.tay_giang)
    erasure_request = erasure.ask(cast.manager, timezone.now())
    assert client_of(local).post(f"/tai-khoan/xoa/{erasure_request.pk}/", {"xoa": "1"}).status_code == 404
