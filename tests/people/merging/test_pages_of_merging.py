"""The screens of merging: likely doubles, two records beside each other, what would change, a merge and its undo."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import make_person, make_posting

from courses.completions.completion import Completion
from courses.standing.rules import seed_requirements
from courses.standing.standing import rebuild_all
from people.log.audit import Act, Entry
from people.merging.doubles import doubles
from people.merging.merging import hold_apart, merge
from people.persons.merges import Merge, NotSame
from people.persons.user import User
from people.rights.roles import RoleKind, give

LIST = "/tai-khoan/gop-ho-so/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def twin(cast, units):
    person = make_person("alăng thị hà", "TG-1b", email="cu@example.vn", phone="+84905000077")
    make_posting(person, units.tay_giang, start=date(2025, 9, 1))
    return person


def path(one, other):
    return f"{LIST}{min(one.pk, other.pk)}/{max(one.pk, other.pk)}/"


def pairs(user):
    return [(pair.one.staff_code, pair.other.staff_code) for pair in doubles(user)]


def test_doubles_are_of_one_name_in_one_unit_or_of_codes_spelled_alike(cast, twin, units):
    elsewhere = make_person("Alăng Thị Hà", "TM-2")
    make_posting(elsewhere, units.thanh_my)
    other_name = make_person("Alăng Thị Hạ", "TG-2")
    make_posting(other_name, units.tay_giang)
    alike = make_person("Khác Hẳn", "X-1", shares_code=True)
    make_posting(alike, units.tay_giang)
    User.objects.filter(pk=alike.pk).update(staff_code="tg-2", code_spelling=other_name.code_spelling)
    assert pairs(cast.trainer) == [("TG-001", "TG-1b"), ("TG-2", "tg-2")]
    assert pairs(cast.manager) == pairs(cast.trainer)
    for nobody in (cast.unit_head, cast.learner, cast.observer):
        assert pairs(nobody) == []


def test_of_a_pair_that_was_looked_at_or_is_her_own_or_has_left_nothing_is_offered(cast, twin, units):
    own = make_person("Lê Văn Hùng", "TG-8")
    for person in (own, cast.trainer):
        make_posting(person, units.tay_giang)
    left = make_person("Alăng Thị Hà", "TG-1c")
    make_posting(left, units.tay_giang, end=date(2025, 8, 1))
    assert pairs(cast.trainer) == [("TG-001", "TG-1b")]
    assert pairs(cast.manager) == [("TG-001", "TG-1b"), ("VT-trainer", "TG-8")]
    hold_apart(twin, cast.learner, cast.trainer, timezone.now())
    assert pairs(cast.trainer) == []


def test_a_posting_of_a_former_unit_is_counted_where_the_unit_is_today(cast, units):
    one = make_person("Bríu Văn Bình", "B-1")
    other = make_person("Bríu Văn Bình", "B-2")
    make_posting(one, units.lang, start=date(2024, 5, 1))
    make_posting(other, units.tay_giang)
    assert pairs(cast.trainer) == [("B-1", "B-2")]


def test_she_compares_chooses_sees_what_will_change_and_merges(cast, twin, client_of):
    requirement = seed_requirements()[0]
    Completion.objects.create(
        person=twin, course_key="nhan-dien-nan-nhan", completed_on=date(2026, 1, 5), source="import"
    )
    rebuild_all()
    client = client_of(cast.trainer)
    assert path(cast.learner, twin) in client.get(LIST).content.decode()
    page = client.get(path(cast.learner, twin)).content.decode()
    for said in ("cu@example.vn", "ha@example.vn", "0905000077", "nhan-dien-nan-nhan, 05/01/2026", "Xã Tây Giang"):
        assert said in page
    chosen = client.get(path(cast.learner, twin), {"giu": cast.learner.pk}).content.decode()
    assert f"{requirement.name}, hôm nay: đang tính 2 người" in chosen
    assert "sau khi gộp 1 người (Đã hoàn thành)" in chosen
    assert "sửa cho người được giữ: Xã Tây Giang, Công chức; từ 01/07/2025; Hỗ trợ nạn nhân." in chosen
    assert not Merge.objects.exists()
    answer = client.post(path(cast.learner, twin), {"giu": cast.learner.pk, "ly-do": "Cùng một quyết định"})
    said = Merge.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"{LIST}lan/{said.pk}/")
    assert (said.gone, said.stays, said.by, said.reason) == (twin, cast.learner, cast.trainer, "Cùng một quyết định")
    page = client.get(answer["Location"]).content.decode()
    assert "Hoàn tác lần gộp" in page
    assert f"{LIST}lan/{said.pk}/" in client.get(LIST).content.decode()
    assert client.post(f"{LIST}lan/{said.pk}/").status_code == 302
    assert "lại là hai người" in client.get(f"{LIST}lan/{said.pk}/").content.decode()
    assert client.post(f"{LIST}lan/{said.pk}/").status_code == 422
    assert Entry.objects.filter(act=Act.SAW_PERSON, by=cast.trainer, person=twin).exists()


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({}, "Hãy chọn hồ sơ được giữ lại."),
        ({"giu": "1 2"}, "Hãy chọn hồ sơ được giữ lại."),
        ({"giu": "{pk}", "ly-do": "  "}, "Hãy ghi lý do"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_merged(cast, twin, client_of, form, sentence):
    form = {name: value.format(pk=twin.pk) for name, value in form.items()}
    answer = client_of(cast.trainer).post(path(cast.learner, twin), form)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Merge.objects.exists()


def test_two_people_are_held_apart_and_looked_at_again(cast, twin, client_of):
    client = client_of(cast.trainer)
    assert client.post(path(cast.learner, twin), {"hai-nguoi": "1"}).status_code == 302
    said = NotSame.objects.get()
    page = client.get(LIST).content.decode()
    assert "Không có hai hồ sơ nào" in page
    assert cast.trainer.full_name in page
    assert client_of(cast.other_editor).post(f"{LIST}hai-nguoi/{said.pk}/").status_code == 403
    assert client.post(f"{LIST}hai-nguoi/{said.pk}/")["Location"] == path(cast.learner, twin)
    assert not NotSame.objects.current().exists()


def test_who_may_not_merge_a_pair_reads_why_and_sees_no_address(cast, twin, client_of, units):
    give(twin, RoleKind.COMMUNE_EDITOR, units.tay_giang)
    client = client_of(cast.trainer)
    page = client.get(path(cast.learner, twin)).content.decode()
    assert "quản trị viên cấp tỉnh gộp" in page
    assert "cu@example.vn" not in page
    assert "Gộp hai hồ sơ" not in page
    assert client.post(path(cast.learner, twin), {"giu": twin.pk, "ly-do": "x"}).status_code == 422
    said = merge(twin, cast.learner, cast.administrator, "Một người", timezone.now())
    page = client.get(f"{LIST}lan/{said.pk}/").content.decode()
    assert "quản trị viên cấp tỉnh hoàn tác" in page
    assert "cu@example.vn" not in page


def test_roles_that_ended_are_named_and_offered_to_be_given_again(cast, twin, client_of, units):
    give(twin, RoleKind.COMMUNE_EDITOR, units.tay_giang)
    said = merge(twin, cast.learner, cast.administrator, "Một người", timezone.now())
    client = client_of(cast.administrator)
    offered = '<a href="/cms/vai-tro/new/">Giao lại cho TG-1b</a>'
    for taken_back in (False, True):
        page = client.get(f"{LIST}lan/{said.pk}/").content.decode()
        assert "Vai trò đã kết thúc khi gộp" in page
        assert "Biên tập viên xã, Xã Tây Giang" in page
        assert (offered in page) is taken_back
        client.post(f"{LIST}lan/{said.pk}/")
    assert "in phiếu kích hoạt" in page
    page = client_of(cast.trainer).get(f"{LIST}lan/{said.pk}/").content.decode()
    assert "Quản trị viên cấp tỉnh giao lại nếu cần." in page


def test_a_pair_out_of_reach_is_404_for_everybody_else(cast, twin, client_of):
    for other in (cast.other_learner, cast.manager):
        assert client_of(cast.trainer).get(path(cast.learner, other)).status_code == 404
    assert client_of(cast.trainer).get(f"{LIST}{twin.pk}/{twin.pk}/").status_code == 404
    assert client_of(cast.trainer).get(f"{LIST}{twin.pk}/999999999/").status_code == 404
    assert client_of(cast.unit_head).get(path(cast.learner, twin)).status_code == 403


def queries(client, address):
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_each_page_costs_the_same_for_few_and_for_many(cast, twin, client_of, units):
    client = client_of(cast.trainer)
    few = queries(client, LIST), queries(client, path(cast.learner, twin))
    for number in range(12):
        make_posting(make_person("Alăng Thị Hà", f"N-{number}"), units.tay_giang)
        make_posting(make_person(f"Người {number // 2}", f"M-{number}"), units.tay_giang)
        make_posting(twin, units.avuong, start=date(2024, 1, number + 1), end=date(2024, 1, number + 1))
    apart = User.objects.filter(staff_code__in=["N-1", "N-2"])
    hold_apart(*apart, cast.trainer, timezone.now())
    merge(User.objects.get(staff_code="N-3"), twin, cast.trainer, "Một người", timezone.now())
    assert queries(client, LIST) <= few[0]
    assert queries(client, path(cast.learner, twin)) <= few[1]


def test_the_roster_page_leads_here(cast, client_of):
    assert f'href="{LIST}"' in client_of(cast.manager).get("/bao-cao/danh-sach/").content.decode()
