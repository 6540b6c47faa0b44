"""Acts on people of the list: seen first, written as facts that supersede, logged, undone; never beyond one's reach."""

import re
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone
from factories import make_duty, make_person, make_posting
from sharing import shared

from courses.standing.coverage import coverage
from courses.standing.rules import seed_requirements
from courses.standing.standing import rebuild_all
from outbox.draining import drain
from outbox.effects import Effect, EffectState
from people.changes.change import BulkChange
from people.log.audit import Act, Entry, about_person
from people.persons.user import User
from people.postings.posting import Posting
from people.privacy.erasure import erase
from people.rights.roles import RoleKind, give
from people.roster.acting import BY_HAND, ActReason
from people.undoing.carrying_out import undo

NOW = timezone.make_aware(datetime(2026, 11, 24, 9))
TODAY = date(2026, 11, 24)
COURSE = "nhan-dien-nan-nhan"
ACT = "/bao-cao/danh-sach/viec/{}/"
ADD = "/bao-cao/danh-sach/them/"
WHY = "Quyết định 12 của đơn vị"


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(NOW, tick=False):
        yield


@shared(on=NOW - timedelta(minutes=1))
def province(units, cast):
    seed_requirements(timezone.make_aware(datetime(2024, 1, 1)))
    make_duty("xac_minh", "Xác minh")
    rebuild_all()
    return cast


def done(client, kind, people, **fields):
    """Looks first, then does what was shown."""
    data = {"nguoi": [one.pk for one in people], "on": "24/11/2026", "reason": WHY, **fields}
    page = client.post(ACT.format(kind), data)
    mark = re.search(r'name="ghi" value="(\w+)"', page.content.decode())
    return client.post(ACT.format(kind), {**data, "ghi": mark[1]}) if mark else page


def believed(person):
    rows = Posting.objects.current().filter(person=person).order_by("start").prefetch_related("duties")
    return [(one.unit.code, one.start, one.end, sorted(duty.key for duty in one.duties.all())) for one in rows]


def test_a_move_is_shown_first_with_what_it_does_to_the_figure(province, client_of):
    client = client_of(province.trainer)
    data = {"nguoi": [province.learner.pk], "on": "24/11/2026", "unit": "Xã Avương", "reason": WHY}
    before = believed(province.learner)
    page = client.post(ACT.format("chuyen"), data)
    assert "Sẽ ghi cho 1 người" in page.content.decode()
    assert page.context["effects"] == []  # both communes are hers
    assert believed(province.learner) == before
    assert not BulkChange.objects.exists()
    ended = client.post(ACT.format("thoi"), {"nguoi": [province.learner.pk], "on": "24/11/2026", "reason": WHY})
    assert [(one.required, one.required_after) for one in ended.context["effects"]][:1] == [(1, 0)]
    assert believed(province.learner) == before


def test_a_move_supersedes_is_logged_and_counts_where_she_is(province, client_of):
    known = coverage(COURSE, unit="20455", known_on=date(2026, 11, 23)).as_dict()
    answer = done(client_of(province.trainer), "chuyen", [province.learner], unit="20458")
    assert answer["Location"] == "/bao-cao/can-bo/TG-001/"
    assert believed(province.learner) == [
        ("20455", date(2025, 7, 1), date(2026, 11, 23), ["ho_tro_nan_nhan"]),
        ("20458", date(2026, 11, 24), None, ["ho_tro_nan_nhan"]),
    ]
    figures = {code: coverage(COURSE, unit=code).total.required for code in ("20455", "20458", "48")}
    assert figures == {"20455": 0, "20458": 1, "48": 2}
    assert coverage(COURSE, unit="20455", as_of=date(2026, 11, 23)).total.required == 1
    assert coverage(COURSE, unit="20455", known_on=date(2026, 11, 23)).as_dict() == known
    [entry] = about_person(province.learner).filter(act=Act.CHANGED_ROSTER)
    assert (entry.by, entry.count) == (province.trainer, 1)
    assert ActReason.objects.get().reason == WHY


def test_an_act_is_undone_as_an_import_is(province, client_of):
    before = believed(province.learner)
    for kind, fields in [("chuyen", {"unit": "20458"}), ("giao", {"duty": make_duty("xac_minh").pk}), ("thoi", {})]:
        done(client_of(province.manager), kind, [province.learner], **fields)
        change = BulkChange.objects.filter(kind=BY_HAND, undoes=None).latest("pk")
        assert WHY in client_of(province.manager).get(f"/tai-khoan/thay-doi/{change.pk}/").content.decode()
        assert undo(change, change.rows.all(), province.manager)["staying"] == 0
        assert believed(province.learner) == before


def test_many_are_changed_alike_and_who_cannot_be_is_named_with_why(province, client_of):
    second = make_person("Bríu Văn Ba", "TG-002")
    make_posting(second, province.units.tay_giang, duties=())
    client = client_of(province.manager)
    duty = make_duty("ho_tro_nan_nhan")
    data = {"nguoi": [second.pk, province.learner.pk], "on": "24/11/2026", "duty": duty.pk, "reason": WHY}
    page = client.post(ACT.format("giao"), data).content.decode()
    assert "Để nguyên 1 người" in page
    assert "Đã có nhiệm vụ này." in page
    done(client, "giao", [second, province.learner], duty=duty.pk)
    assert believed(second)[-1] == ("20455", TODAY, None, ["ho_tro_nan_nhan"])
    assert len(believed(province.learner)) == 1


def test_all_of_a_narrowed_list_are_meant_without_ticking_each(province, client_of):
    page = client_of(province.manager).post(f"{ACT.format('thoi')}?don_vi=20695", {"tat_ca": "1"})
    assert page.context["people"] == {province.other_learner.pk}


def test_what_is_written_is_what_was_seen(province, client_of):
    client = client_of(province.trainer)
    data = {"nguoi": [province.learner.pk], "on": "24/11/2026", "reason": WHY}
    mark = client.post(ACT.format("thoi"), data).context["mark"]
    page = client.post(ACT.format("thoi"), {**data, "on": "30/11/2026", "ghi": mark})
    assert page.status_code == 200
    assert believed(province.learner)[0][2] is None


def test_nobody_of_another_commune_is_touched_or_named(province, client_of):
    client = client_of(province.trainer)
    for kind, fields in [("thoi", {}), ("chuyen", {"unit": "20455"}), ("giao", {"duty": make_duty("xac_minh").pk})]:
        page = done(client, kind, [province.other_learner], **fields)
        assert "Zơrâm" not in page.content.decode()
        assert "Chưa chọn ai" in page.content.decode()
    away = client.post(ACT.format("chuyen"), {"nguoi": [province.learner.pk], "unit": "20695", "on": "24/11/2026",
                                              "reason": WHY})  # fmt: skip
    assert away.context["form"].errors.keys() == {"unit"}
    assert client.get("/bao-cao/danh-sach/sua/TM-001/").status_code == 404
    assert believed(province.other_learner) == [("20695", date(2025, 7, 1), None, ["ho_tro_nan_nhan"])]


def test_nobody_acts_on_herself(province, client_of):
    make_posting(province.trainer, province.units.tay_giang, duties=())
    page = done(client_of(province.trainer), "giao", [province.trainer], duty=make_duty("xac_minh").pk)
    assert "Không ai tự sửa công tác của mình" in page.content.decode()


# --- adding


def new(**fields):
    return {
        "staff_code": "TG-100", "full_name": "Arâl Thị Bước", "unit": "20455", "position": "Công chức",
        "duties": [make_duty().pk], "start": "01/07/2026", "reason": WHY, **fields,
    }  # fmt: skip


def test_somebody_new_is_added_and_counts(province, client_of):
    answer = client_of(province.unit_head).post(ADD, new(phone="0905 111 222"))
    assert answer["Location"] == "/bao-cao/can-bo/TG-100/"
    person = User.objects.get(staff_code="TG-100")
    assert (person.phone, person.has_usable_password()) == ("+84905111222", False)
    assert coverage(COURSE, unit="20455").total.required == 2
    change = BulkChange.objects.get(kind=BY_HAND)
    undo(change, change.rows.all(), province.manager)
    assert coverage(COURSE, unit="20455").total.required == 1
    assert User.objects.get(staff_code="TG-100").is_active is False


def test_who_left_comes_back_under_her_own_code(province, client_of):
    left = make_person("Coor Thị Bốn", "TG-003")
    make_posting(left, province.units.tay_giang, end=date(2026, 1, 31))
    people = User.objects.count()
    client = client_of(province.unit_head)
    assert client.post(ADD, new(staff_code="tg–003", full_name="Coor Thị Bốn"))["Location"].endswith("/TG-003/")
    assert User.objects.count() == people
    assert [end for _unit, _start, end, _duties in believed(left)] == [date(2026, 1, 31), None]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"staff_code": "TG-001", "full_name": "Người Khác"}, "full_name"),
        ({"staff_code": "TG-999", "full_name": "Alăng Thị Hà"}, "staff_code"),
        ({"staff_code": "TG-999", "full_name": "Alăng Thị Hà", "phone": "0905000001"}, "staff_code"),
        ({"staff_code": "7", "full_name": "Ai Đó"}, "staff_code"),
        ({"staff_code": "TM-001", "full_name": "Zơrâm Văn Nam"}, "staff_code"),
        ({"unit": "20695"}, "unit"),
        ({"end": "01/01/2026"}, "end"),
        ({"staff_code": "TG-001", "full_name": "Alăng Thị Hà", "start": "01/07/2025"}, "start"),
        ({"reason": ""}, "reason"),
    ],
)
def test_nobody_becomes_a_second_person_in_silence(province, client_of, fields, field):
    zeros = make_person("Số Không", "007")
    make_posting(zeros, province.units.tay_giang)
    people, postings = User.objects.count(), Posting.objects.count()
    page = client_of(province.trainer).post(ADD, new(**fields))
    assert page.status_code == 422
    assert page.context["form"].errors.keys() == {field}
    assert (User.objects.count(), Posting.objects.count()) == (people, postings)
    if fields.get("staff_code") == "TM-001":
        assert "ngoài phạm vi" in page.content.decode()


def test_nobody_is_asked_about_another_person_before_somebody_resembles_her(province, client_of):
    client = client_of(province.trainer)
    pages = [client.get(ADD), client.post(ADD, new(staff_code="TG-101", full_name="Alăng Thị Hà"))]
    assert ["is_other" in page.context["form"].fields for page in pages] == [False, True]


def test_another_person_of_the_same_name_is_added_when_it_was_looked_at_and_a_shared_address_stays_out(
    province, client_of
):
    fields = new(staff_code="TG-101", full_name="Alăng Thị Hà", is_other="on", phone="0905000001")
    page = client_of(province.trainer).post(ADD, fields, follow=True)
    assert "đã thuộc về người khác" in page.content.decode()
    assert User.objects.get(staff_code="TG-101").phone is None


def test_by_adding_somebody_a_commune_opens_no_account_of_another(province, client_of):
    """The chain: add → answer for → print a slip → sign in as."""
    client = client_of(province.trainer)
    client.post(ADD, new(staff_code="TM-001", full_name="Zơrâm Văn Nam", is_other="on"))
    assert client.get("/tai-khoan/phieu-kich-hoat/can-bo/TM-001/").status_code == 404
    assert len(believed(province.other_learner)) == 1


# --- correcting


def test_a_name_and_addresses_are_corrected_with_their_earlier_values(province, client_of):
    address = "/bao-cao/danh-sach/sua/TG-001/"
    client = client_of(province.trainer)
    fields = {"full_name": "Alăng Thị Hạ", "email": "", "phone": "0905 000 009", "reason": WHY}
    assert client.post(address, fields).status_code == 302
    person = User.objects.get(staff_code="TG-001")
    assert (person.full_name, person.email, person.phone) == ("Alăng Thị Hạ", None, "+84905000009")
    assert Entry.objects.filter(act=Act.CHANGED_CONTACT, person=person, by=province.trainer).exists()
    change = BulkChange.objects.get(kind=BY_HAND)
    undo(change, change.rows.all(), province.manager)
    person.refresh_from_db()
    assert (person.full_name, person.email, person.phone) == ("Alăng Thị Hà", "ha@example.vn", "+84905000001")


def test_an_address_of_somebody_else_is_refused_beside_the_field(province, client_of):
    make_posting(make_person("Ai", "TG-7", phone="+84905000007"), province.units.tay_giang)
    fields = {"full_name": "Alăng Thị Hà", "email": "ha@example.vn", "phone": "0905000007", "reason": WHY}
    page = client_of(province.trainer).post("/bao-cao/danh-sach/sua/TG-001/", fields)
    assert page.context["form"].errors.keys() == {"phone"}


def test_whoever_holds_a_role_is_corrected_by_who_could_print_her_a_slip_only(province, client_of):
    make_posting(province.editor, province.units.tay_giang)
    address = f"/bao-cao/danh-sach/sua/{province.editor.staff_code}/"
    assert client_of(province.trainer).get(address).status_code == 403
    assert client_of(province.manager).get(address).status_code == 200
    # and her page leads there nobody who would be refused
    record = f"/bao-cao/can-bo/{province.editor.staff_code}/"
    assert address not in client_of(province.trainer).get(record).content.decode()
    assert address in client_of(province.manager).get(record).content.decode()


def test_an_erasure_takes_the_reason_and_the_kept_values(province, client_of):
    done(client_of(province.manager), "thoi", [province.learner])
    erase(province.learner, province.administrator, NOW)
    assert ActReason.objects.get().reason == ""


def test_a_reason_that_tells_a_number_is_refused(province, client_of):
    page = client_of(province.trainer).post(
        ACT.format("thoi"), {"nguoi": [province.learner.pk], "on": "24/11/2026", "reason": "Gọi 0905123456"}
    )
    assert page.status_code == 422
    assert not BulkChange.objects.exists()


def test_an_observer_and_a_learner_act_on_nobody(province, client_of):
    for who in ("observer", "learner"):
        for address in (ACT.format("thoi"), ADD, "/bao-cao/danh-sach/sua/TM-001/"):
            assert client_of(getattr(province, who)).get(address).status_code == 403


def test_an_administrator_of_one_commune_acts_in_it_alone(province, client_of):
    local = make_person("Quản Trị Xã", "VT-local")
    give(local, RoleKind.ADMINISTRATOR, province.units.tay_giang)
    assert done(client_of(local), "thoi", [province.learner]).status_code == 302
    assert "Chưa chọn ai" in done(client_of(local), "thoi", [province.other_learner]).content.decode()


# --- more people than somebody waits for


def begun(client, monkeypatch, kind="thoi", **fields):
    """The page of an act on all of a list that is longer than what is done at once, and what was typed."""
    monkeypatch.setattr("courses.reports.roster.acts.MOST_PEOPLE", 3)
    address = f"{ACT.format(kind)}?tim=briu"
    kept = re.search(r'name="lua_chon" value="(\d+)"', client.post(address, {"tat_ca": "1"}).content.decode())
    data = {"lua_chon": kept[1], "on": "24/11/2026", "reason": WHY, **fields}
    page = client.post(address, data).content.decode()
    return address, data, page, re.search(r'name="ghi" value="(\w+)"', page)[1]


@pytest.fixture
def crowd(province):
    people = [make_person(f"Bríu Người {n}", f"X-{n:03}") for n in range(8)]
    for person in people:
        make_posting(person, province.units.tay_giang)
    rebuild_all()
    return people


def test_many_are_seen_written_in_the_background_as_one_change_and_undone(province, crowd, client_of, monkeypatch):
    client = client_of(province.trainer)
    address, data, page, mark = begun(client, monkeypatch)
    assert "Sẽ ghi cho 8 người" in page
    assert "chưa tính trước" in page
    assert page.count('name="nguoi"') == 0
    for _twice in range(2):
        assert client.post(address, {**data, "ghi": mark})["Location"] == "/bao-cao/viec/"
    assert Posting.objects.current().filter(person__in=crowd, end=None).count() == 8
    drain(NOW)
    assert Posting.objects.current().filter(person__in=crowd, end=TODAY).count() == 8
    work = Effect.objects.get(kind="roster_act")
    assert (work.done, work.total) == (8, 8)
    change = BulkChange.objects.get(kind=BY_HAND)
    assert f"/tai-khoan/thay-doi/{change.pk}/" in client.get("/bao-cao/viec/").content.decode()
    undo(change, change.rows.all(), province.manager)
    assert Posting.objects.current().filter(person__in=crowd, end=None).count() == 8


def test_what_changed_after_it_was_seen_is_not_written(province, crowd, client_of, monkeypatch):
    client = client_of(province.trainer)
    address, data, _page, mark = begun(client, monkeypatch)
    client.post(address, {**data, "ghi": mark})
    Posting.objects.filter(person=crowd[0]).update(end=date(2026, 11, 10))
    drain(NOW)
    assert Effect.objects.get(kind="roster_act").state == EffectState.FAILED
    assert Posting.objects.current().filter(person__in=crowd[1:], end=None).count() == 7


def test_an_attempt_that_was_killed_goes_on_where_it_was(province, crowd, client_of, monkeypatch):
    client = client_of(province.trainer)
    address, data, _page, mark = begun(client, monkeypatch)
    client.post(address, {**data, "ghi": mark})
    Effect.objects.filter(kind="roster_act").update(attempts=1)
    for person in crowd[:3]:
        Posting.objects.filter(person=person).update(end=TODAY)
    drain(NOW)
    assert Posting.objects.current().filter(person__in=crowd, end=TODAY).count() == 8
    assert Effect.objects.get(kind="roster_act").state == EffectState.DONE


def test_a_kept_list_is_ones_own_and_who_left_her_reach_stays(province, crowd, client_of, monkeypatch):
    client = client_of(province.trainer)
    address, data, _page, mark = begun(client, monkeypatch)
    assert client_of(province.manager).post(address, {**data, "ghi": mark}).status_code == 404
    Posting.objects.filter(person=crowd[0]).update(unit=province.units.thanh_my)
    client.post(address, {**data, "ghi": mark})
    drain(NOW)
    assert believed(crowd[0])[0][2] is None


# --- what was written wrongly


def mended(client, posting, **fields):
    """Looks first, then does what was shown."""
    now = {"unit": posting.unit.code, "position": posting.position, "start": f"{posting.start:%d/%m/%Y}", "end": ""}
    data = now | {"duties": [one.pk for one in posting.duties.all()], "reason": WHY} | fields
    address = f"/bao-cao/danh-sach/cong-tac/{posting.pk}/"
    page = client.post(address, data)
    mark = re.search(r'name="ghi" value="(\w+)"', page.content.decode())
    return page, client.post(address, {**data, "ghi": mark[1]}) if mark else None


def posting_of(person):
    return Posting.objects.current().get(person=person)


def test_a_posting_is_mended_as_if_it_had_been_so_and_undone(province, client_of):
    client, before = client_of(province.trainer), believed(province.learner)
    page, answer = mended(client, posting_of(province.learner), start="01/09/2025", duties=[])
    assert "phải hoàn thành 1 → 0" in page.content.decode()
    assert believed(province.learner) == [("20455", date(2025, 9, 1), None, [])]
    assert answer["Location"].endswith(f"/can-bo/{province.learner.staff_code}/")
    assert Posting.objects.filter(person=province.learner).exclude(superseded_at=None).count() == 1
    change = BulkChange.objects.get(kind=BY_HAND)
    assert change.name.startswith("Sửa một công tác")
    assert undo(change, change.rows.all(), province.manager)["staying"] == 0
    assert believed(province.learner) == before


def test_nothing_is_written_before_it_was_seen_nor_where_nothing_differs(province, client_of):
    client, posting = client_of(province.trainer), posting_of(province.learner)
    page, answer = mended(client, posting)
    assert (page.status_code, answer) == (422, None)
    assert "Chưa sửa gì." in page.content.decode()
    page, answer = mended(client, posting, end="01/01/2020")
    assert (page.status_code, answer) == (422, None)
    assert Posting.objects.filter(person=province.learner).count() == 1


def test_two_postings_alike_on_the_same_days_are_refused(province, client_of):
    second = make_posting(province.learner, province.units.tay_giang, position="Phó", duties=())
    page, answer = mended(client_of(province.trainer), second, position="Công chức", start="01/10/2025")
    assert answer is None
    assert "đã có công tác ấy" in page.content.decode()


def test_nobody_mends_what_is_hers_of_another_commune_or_into_one(province, client_of):
    own = make_posting(province.trainer, province.units.tay_giang)
    client = client_of(province.trainer)
    for posting in (own, posting_of(province.other_learner)):
        assert client.get(f"/bao-cao/danh-sach/cong-tac/{posting.pk}/").status_code == 404
    page, answer = mended(client, posting_of(province.learner), unit="20695")
    assert answer is None
    assert "Không có đơn vị này trong phạm vi của anh chị" in page.content.decode()
