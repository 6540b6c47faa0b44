"""Exemplars: written for a unit, reviewed by another person, listed, copied, told in the annual report."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import REFORM, make_person, make_posting

from courses.talk.exemplars import reviewing, writing
from courses.talk.exemplars.annual import told
from courses.talk.exemplars.exemplar import Adoption, Exemplar, ExemplarState
from courses.talk.exemplars.listing import found
from courses.talk.exemplars.personal_data import exemplars as own_copy
from courses.talk.exemplars.whose import opened_to, units_of, waiting_for, written_by
from courses.talk.exemplars.writing import Words
from courses.talk.refusing import Refused
from people.annual_sections import Asked, values_of
from people.postings.coverage import places_of
from people.privacy import erasure
from people.rights.reader import Reader
from people.rights.roles import RoleKind, give
from people.roster.waiting import Desk
from people.roster.waiting import waiting_for as queue_of
from people.times import today

pytestmark = pytest.mark.django_db
WORDS = Words("Tổ tự quản ở cửa khẩu", "bien_phong", "joining", 2023, "Gặp từng nhóm đi làm xa.", "Mỗi tháng một lần.",
              "Ít người đi lạ hơn.", 12_000_000, "Ngân sách xã", "UBND xã, công chức văn hóa",
              [("Số buổi", 24)])  # fmt: skip
LIST, WORK = "/mo-hinh-hay/", "/mo-hinh-hay/phu-trach/"


@pytest.fixture
def waits(cast):
    return writing.write(cast.unit_head, cast.units.tay_giang, WORDS, uuid4(), True, timezone.now())


@pytest.fixture
def row(cast, waits):
    reviewing.put_on_the_list(cast.manager, waits, waits.stamp, timezone.now())
    waits.refresh_from_db()
    return waits


def form(cast, **fields):
    typed = {"unit": cast.units.tay_giang.pk, "title": WORDS.title, "sector": "bien_phong", "kind": "joining",
             "since": "2023", "what": WORDS.what, "how": WORDS.how, "results": WORDS.results, "cost": "",
             "cost_note": "", "ask_whom": WORDS.ask_whom, "label_1": "Số buổi", "number_1": "24",
             "key": str(uuid4()), "act": "submit"}  # fmt: skip
    return {**typed, **fields}


def page(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


# --- who


def test_a_person_above_reviews_it_and_nobody_her_own(cast, waits):
    assert list(waiting_for(cast.manager)) == [waits]
    for person in (cast.unit_head, cast.trainer, cast.editor, cast.administrator, cast.learner, cast.observer):
        assert not waiting_for(person).exists(), person
    give(cast.unit_head, RoleKind.PROVINCE_MANAGER, cast.units.da_nang)
    assert not waiting_for(type(cast.learner).objects.get(pk=cast.unit_head.pk)).exists()
    above = make_person("Tập Huấn Tỉnh", "DN-9")
    give(above, RoleKind.TRAINER, cast.units.da_nang)
    assert list(waiting_for(above)) == [waits]


def test_a_unit_finds_nothing_of_another_before_it_is_listed(cast, waits):
    there = make_person("Trưởng Thạnh Mỹ", "TM-9")
    give(there, RoleKind.UNIT_HEAD, cast.units.thanh_my)
    assert not opened_to(there).exists()
    assert list(written_by(cast.trainer)) == list(written_by(cast.editor)) == [waits]
    assert list(units_of(there)) == [cast.units.thanh_my]


def test_what_was_read_is_what_is_listed_and_who_wrote_it_anew_is_not_who_reviews(cast, waits):
    before = waits.stamp
    with pytest.raises(Refused, match="cần sửa chỗ nào"):
        reviewing.send_back(cast.manager, waits, "", before, timezone.now())
    writing.rewrite(cast.manager, waits, waits.unit, WORDS, True, timezone.now())
    with pytest.raises(Refused, match="vừa được sửa"):
        reviewing.put_on_the_list(cast.manager, waits, before, timezone.now())
    assert not waiting_for(cast.manager).exists()
    assert list(waits.numbers.values_list("label", "number")) == [("Số buổi", 24)]


def test_the_database_lists_nothing_that_another_did_not_review(cast, waits):
    rows = Exemplar.objects.filter(pk=waits.pk)
    with pytest.raises(IntegrityError, match="listed_once_decided"), transaction.atomic():
        rows.update(state="listed")
    listed = {"state": "listed", "listed_at": timezone.now(), "decided_by": cast.unit_head}
    with pytest.raises(IntegrityError, match="reviewed_by_another"), transaction.atomic():
        rows.update(**listed)
    with pytest.raises(IntegrityError, match="withdrawn_at_a_moment"), transaction.atomic():
        rows.update(state="withdrawn")


def test_a_form_sent_twice_writes_one_and_a_draft_waits_for_nobody(cast):
    key = uuid4()
    for _time in range(2):
        draft = writing.write(cast.unit_head, cast.units.tay_giang, WORDS, key, False, timezone.now())
    assert Exemplar.objects.get() == draft
    assert not waiting_for(cast.manager).exists()
    assert not opened_to(cast.manager).exclude(pk__in=written_by(cast.manager)).exists()


def test_what_is_taken_off_is_not_listed_and_says_why(cast, row):
    with pytest.raises(Refused, match="vì sao rút"):
        writing.take_off(cast.unit_head, row, "", timezone.now())
    writing.take_off(cast.unit_head, row, "Đã thôi làm.", timezone.now())
    assert list(found("", "", "")) == []
    with pytest.raises(Refused, match="đã được rút"):
        writing.take_off(cast.unit_head, row, "Nữa", timezone.now())
    with pytest.raises(Refused, match="đã được đăng hoặc đã rút"):
        writing.rewrite(cast.unit_head, row, row.unit, WORDS, True, timezone.now())


# --- the list


def test_it_is_found_without_diacritics_by_sector_and_by_kind(row):
    for asked in ("tu quan", "Tổ TỰ quản", "cua khau di lam", "xa tay giang", ""):
        assert list(found(asked, "", "")) == [row], asked
    assert list(found("khong co", "", "")) == []
    assert list(found("", "bien_phong", "joining")) == [row]
    assert list(found("", "y_te", "")) == list(found("", "", "school")) == []
    assert list(found("%_" * 200, "x", "x")) == [row], "no word to look for, and no such sector or kind"


def test_whoever_is_signed_in_reads_what_is_listed_and_nothing_else(cast, waits, client_of):
    learner, path = client_of(cast.learner), f"{LIST}{waits.pk}/"
    page(learner, path, 404)
    reviewing.put_on_the_list(cast.manager, waits, waits.stamp, timezone.now())
    html = page(learner, path)
    assert "12.000.000 đồng mỗi năm" in html
    assert "Số buổi" in html
    assert "làm từ năm 2023" in html
    assert "Trần Văn Tâm" not in html
    assert WORDS.title in page(learner, f"{LIST}?q=tu+quan&nganh=bien_phong&loai=joining")
    assert "Không có mô hình nào như vậy" in page(learner, f"{LIST}?q=khongco")
    for wrong in ("?page=x", "?q=%00&nganh=gi&loai=gi&page=-1", f"?q={'x' * 500}", f"{'9' * 30}/"):
        page(learner, LIST + wrong, 404 if wrong.startswith("9") else 200)
    page(client_of(), LIST, 302)


def test_a_list_costs_the_same_for_any_number(cast, row, client_of):
    client = client_of(cast.learner)

    def count():
        with CaptureQueriesContext(connection) as queries:
            page(client, LIST)
        return len(queries)

    count()
    one = count()
    for _time in range(5):
        more = writing.write(cast.unit_head, cast.units.tay_giang, WORDS, uuid4(), True, timezone.now())
        reviewing.put_on_the_list(cast.manager, more, more.stamp, timezone.now())
    assert count() == one <= 8


# --- on screen


def test_from_a_draft_to_the_list_on_screen(cast, client_of):
    head, manager = client_of(cast.unit_head), client_of(cast.manager)
    assert head.post(f"{WORK}moi/", form(cast, act="draft")).status_code == 302
    row = Exemplar.objects.get()
    one = f"{WORK}{row.pk}/"
    assert "Bản nháp" in page(head, one)
    assert 'value="Số buổi"' in page(head, f"{one}sua/")
    assert head.post(f"{one}sua/", form(cast, title="Tổ tự quản cửa khẩu")).status_code == 302
    assert "Tổ tự quản cửa khẩu" in page(manager, f"{WORK}?loc=cho-duyet")
    row.refresh_from_db()
    assert head.post(one, {"act": "list", "seen": row.stamp}).status_code == 403
    assert "cần sửa chỗ nào" in manager.post(one, {"act": "send_back", "seen": row.stamp}).content.decode()
    manager.post(one, {"act": "send_back", "seen": row.stamp, "text": "Thêm số."})
    assert "Thêm số." in page(head, f"{one}sua/")
    head.post(f"{one}sua/", form(cast, number_1="25"))
    row.refresh_from_db()
    assert manager.post(one, {"act": "list", "seen": row.stamp}).status_code == 302
    assert WORDS.title in page(head, LIST)
    page(head, f"{one}sua/", 404)
    assert head.post(one, {"act": "take_off", "text": ""}).status_code == 422
    assert head.post(one, {"act": "x"}).status_code == 404


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title": ""}, "Hãy ghi tên mô hình."),
        ({"what": "x" * 3001}, "Dài quá 3000"),
        ({"since": "2099"}, "ở tương lai"),
        ({"since": "năm ngoái"}, "Ghi một số nguyên"),
        ({"cost": "-1"}, "Kinh phí"),
        ({"cost": "9" * 20}, "Kinh phí"),
        ({"number_1": ""}, "Ghi cả đếm gì và bao nhiêu"),
        ({"label_1": "", "number_1": "5"}, "Ghi cả đếm gì và bao nhiêu"),
        ({"sector": "gi"}, "Hãy chọn một ý"),
        ({"ask_whom": "Gọi anh Tư 0905 123 456"}, "số điện thoại"),
    ],
)
def test_what_is_wrong_comes_back(cast, client_of, fields, sentence):
    answer = client_of(cast.unit_head).post(f"{WORK}moi/", form(cast, **fields))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Exemplar.objects.exists()


def test_nobody_writes_for_a_unit_that_is_not_hers(cast, waits, client_of):
    answer = client_of(cast.unit_head).post(f"{WORK}moi/", form(cast, unit=cast.units.thanh_my.pk))
    assert "Chọn một đơn vị của anh chị" in answer.content.decode()
    there = make_person("Trưởng Thạnh Mỹ", "TM-9")
    give(there, RoleKind.UNIT_HEAD, cast.units.thanh_my)
    for path in (f"{WORK}{waits.pk}/", f"{WORK}{waits.pk}/sua/"):
        page(client_of(there), path, 404)
    assert WORDS.title not in page(client_of(there), WORK)
    for path in (WORK, f"{WORK}moi/", f"{WORK}{waits.pk}/"):
        page(client_of(cast.learner), path, 403)


# --- copying


def test_a_unit_copies_it_once_and_may_give_up(cast, row, client_of):
    there = make_person("Trưởng Thạnh Mỹ", "TM-9")
    give(there, RoleKind.UNIT_HEAD, cast.units.thanh_my)
    client, copy = client_of(there), f"{WORK}{row.pk}/lam-theo/"
    for _time in range(2):
        assert client.post(copy, {"unit": cast.units.thanh_my.pk, "act": "begin"}).url == f"{LIST}{row.pk}/"
    assert Adoption.objects.get().unit == cast.units.thanh_my
    assert "Xã Thạnh Mỹ, từ" in page(client, f"{LIST}{row.pk}/")
    assert "1 đơn vị làm theo" in page(client, LIST)
    for unit in (cast.units.tay_giang.pk, "x", "", "9" * 40):
        assert client.post(copy, {"unit": unit}).status_code == 404
    client.post(copy, {"unit": cast.units.thanh_my.pk, "act": "end"})
    assert not Adoption.objects.filter(ended_at=None).exists()
    client_of(cast.unit_head).post(copy, {"unit": cast.units.tay_giang.pk})
    assert Adoption.objects.count() == 1


# --- told


def test_the_annual_report_counts_what_was_listed_and_copied_in_the_year(cast, row):
    reviewing.adopt(cast.manager, row, cast.units.thanh_my, timezone.now())
    day, moment = today(), timezone.now() + timedelta(seconds=1)

    def figures(unit, first, as_of, at=moment):
        places = places_of(unit, as_of)
        section = told(Asked(places, first, as_of, at, str))
        return {key.split(".")[1]: value for key, value in values_of(section.figures, section.annexes).items()}

    all_of_it = {"so_mo_hinh": 1, "so_don_vi": 1, "so_lam_theo": 1}
    assert figures(cast.units.da_nang, REFORM, day) == all_of_it
    assert figures(cast.units.tay_giang, REFORM, day) == {**all_of_it, "so_lam_theo": 0}
    assert figures(cast.units.da_nang, REFORM, day - timedelta(days=1)) == dict.fromkeys(all_of_it, 0)
    writing.take_off(cast.unit_head, row, "Thôi.", timezone.now() + timedelta(seconds=5))
    assert figures(cast.units.da_nang, REFORM, day) == all_of_it, "as known before"
    later = timezone.now() + timedelta(seconds=9)
    assert figures(cast.units.da_nang, REFORM, day, later)["so_mo_hinh"] == 0
    assert isinstance(moment, datetime)


def test_the_queue_has_what_waits_for_ones_review(cast, waits):
    def listed(person):
        return [one.count for one in queue_of(Desk(Reader(person), today())) if "cho-duyet" in one.address]

    assert (listed(cast.manager), listed(cast.unit_head)) == ([1], [])


def test_the_copy_has_what_one_wrote_and_an_erasure_leaves_it(cast, row):
    assert own_copy(cast.unit_head)[0]["Tên"] == WORDS.title
    make_posting(cast.unit_head, cast.units.tay_giang)
    erasure.erase(cast.unit_head, cast.administrator, timezone.now())
    row.refresh_from_db()
    assert row.state == ExemplarState.LISTED
