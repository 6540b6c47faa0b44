"""Who was reached: verified activities, what communes say of their logs, never 0 for what is not known."""

import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import make_person
from openpyxl import load_workbook

from campaigns.activities.made import writing
from campaigns.activities.made.complete import say_complete, say_spoken
from campaigns.activities.made.focus import named_to, say_assessed
from campaigns.activities.told.beside import Beside
from campaigns.activities.told.coverage import NONE, REACHED, UNKNOWN, Window, coverage
from campaigns.activities.told.section import told, told_of_focus
from campaigns.activities.told.sums import sums
from campaigns.activities.told.thirty_july import summed_words, table
from people.annual_sections import Asked, values_of
from people.postings.coverage import places_of
from people.rights.roles import RoleKind, give
from people.times import today
from people.units.flags import set_flag
from people.units.unit import UnitFlag

pytestmark = pytest.mark.django_db
NOTHING_BESIDE = Beside([], 0, [], 0)
PAGE = "/hoat-dong/do-phu/"


def window(first=None, last=None, geography=None, at=None):
    last = last or today()
    return Window(first or date(last.year, 1, 1), last, geography or last, at)


def row_of(found, unit):
    return next(row for row in found.rows if row.commune.pk == unit.pk)


@pytest.fixture
def listed(log):
    """Tây Giang has victims, Thạnh Mỹ is at risk, Avương was assessed and is neither."""
    now, start = timezone.now(), date(2025, 7, 1)
    set_flag(log.units.tay_giang, UnitFlag.Kind.HAS_VICTIMS, start, now=now)
    set_flag(log.units.thanh_my, UnitFlag.Kind.AT_RISK, start, now=now)
    set_flag(log.units.thanh_my, UnitFlag.Kind.HAS_VICTIMS, start, now=now)
    say_assessed(log.manager, [log.units.avuong], today(), now)
    return log


def test_reached_none_unknown(listed, sent, verified):
    sent(on=today() - timedelta(days=1))
    found = coverage(window())
    assert (found.count(REACHED), found.count(NONE), found.count(UNKNOWN), len(found.focus)) == (0, 0, 2, 2)
    assert len(found.never) == 2
    verified(languages=("vi", "ktv"))
    say_complete(listed.manager, listed.units.thanh_my, today(), timezone.now())
    found = coverage(window())
    assert (found.count(REACHED), found.count(NONE), found.count(UNKNOWN)) == (1, 1, 0)
    assert row_of(found, listed.units.tay_giang).used == {"vi", "ktv"}
    # the log is complete up to today, not to tomorrow
    later = coverage(window(last=today() + timedelta(days=1)))
    assert row_of(later, listed.units.thanh_my).state == UNKNOWN
    assert [row.commune.pk for row in later.never] == [listed.units.thanh_my.pk]


def test_who_is_on_the_list_and_who_was_not_looked_at(listed):
    found = coverage(window())
    assert row_of(found, listed.units.avuong).assessed
    assert not row_of(found, listed.units.avuong).focus
    assert found.not_assessed == len(found.rows) - 3
    set_flag(listed.units.tay_giang, UnitFlag.Kind.HAS_VICTIMS, date(2025, 7, 1), date(2025, 8, 1), now=timezone.now())
    assert not row_of(coverage(window()), listed.units.tay_giang).focus


def test_outside_the_window_it_does_not_count_and_is_the_latest(listed, verified):
    verified(on=today() - timedelta(days=400))
    found = row_of(coverage(window(first=today() - timedelta(days=30))), listed.units.tay_giang)
    assert (found.state, found.latest) == (UNKNOWN, today() - timedelta(days=400))


def test_plays_by_month_and_languages_that_lack(listed, verified):
    verified(kind="phat-loa", quantity=14, minutes=7)
    say_spoken(listed.editor, listed.units.tay_giang, {"vi", "ktv"}, timezone.now())
    found = coverage(window())
    row = row_of(found, listed.units.tay_giang)
    assert row.plays == {(today().year, today().month): 14}
    assert row.missing == {"ktv"}
    assert ("ktv", 0, 1) in found.by_language
    assert row_of(found, listed.units.avuong).spoken is None


def test_what_was_known_at_a_moment(listed, said, verified):
    row = verified()
    then = timezone.now()
    writing.withdraw(listed.editor, row.key, "Nhầm.", timezone.now())
    assert coverage(window()).count(REACHED) == 0
    assert coverage(window(at=then)).count(REACHED) == 1


def test_an_activity_of_a_commune_that_was_merged_counts_at_its_successor(listed, verified):
    before = coverage(window(first=date(2025, 6, 1), last=date(2025, 6, 30), geography=date(2025, 6, 30)))
    old = before.rows[0].commune
    from people.units.unit import Unit

    unit = Unit.objects.get(pk=old.pk)
    verified(commune=unit, on=date(2025, 6, 10))
    now = coverage(window(first=date(2025, 6, 1)))
    assert sum(row.activities for row in now.rows) == 1
    assert old.pk not in {row.commune.pk for row in now.rows}


def test_the_queries_are_ten_whatever_there_is(listed, verified):
    def queries():
        with CaptureQueriesContext(connection) as spent:
            coverage(window())
        return len(spent)

    assert queries() == 10
    for number in range(4):
        verified(on=today() - timedelta(days=number), languages=("vi", "lo"))
    assert queries() == 10


def test_sums_add_what_is_known_and_count_what_is_not(log, verified):
    verified(people=30, women=12, minors=10, hamlet=log.hamlet, budget=100_000)
    verified(people=3, on=today() - timedelta(days=1))
    verified(on=today() - timedelta(days=2))
    verified(kind="phat-loa", quantity=6, minutes=9)
    found = sums(window(), [log.units.tay_giang.pk])
    people = found.people["people"]
    assert (people.told, people.known, people.small, people.unknown) == (30, 1, 1, 1)
    assert summed_words(people) == "30, chưa kể 1 ô dưới 5, 1 hoạt động chưa có số liệu"
    assert found.hamlets == (1, 1)
    cells = {cell.label: cell.value for cell in table(found, NOTHING_BESIDE, told_by="Xã", period="", who="")}
    assert cells["Phát loa"] == "6 lượt phát; 9 phút"
    assert cells["Treo áp phích"] == "chưa ghi"
    assert cells["Nguồn huy động hợp pháp khác (đồng)"] == "chưa có số liệu"
    assert cells["Số thôn có hoạt động / tổng số thôn"] == "1 / 1"


def test_the_report_asks_as_much_whatever_there_is(log, verified):
    def queries():
        with CaptureQueriesContext(connection) as spent:
            sums(window(), [log.units.tay_giang.pk])
        return len(spent)

    few = queries()
    for number in range(4):
        verified(people=30, on=today() - timedelta(days=number))
    assert queries() == few == 6


# --- at the doors


def test_the_list_is_named_to_managers_trainers_and_its_own_staff(listed, verified, client_of):
    verified()
    own, other, neither = listed.units.tay_giang, listed.units.thanh_my, listed.units.avuong
    assert named_to(listed.editor) >= {own.pk}
    assert other.pk not in named_to(listed.editor)
    for person, names in ((listed.manager, {own, other, neither}), (listed.editor, {own}), (listed.unit_head, {own})):
        page = client_of(person).get(PAGE).content.decode()
        for unit in (own, other, neither):
            assert (f">{unit.name}" in page) is (unit in names), (person, unit)
    everywhere = make_person("Giám Sát Tỉnh")
    give(everywhere, RoleKind.OBSERVER, listed.units.da_nang)
    for person in (everywhere, listed.administrator):
        page = client_of(person).get(PAGE).content.decode()
        assert "1/2" in page
        for path in (PAGE, f"{PAGE}bang.csv"):
            text = client_of(person).get(path).content.decode()
            assert not any(unit.name in text for unit in (own, other, neither)), (person, path)
    below = make_person("Giám Sát Xã")
    give(below, RoleKind.OBSERVER, own)
    assert "không ở cấp tỉnh" in client_of(below).get(PAGE).content.decode()
    for person in (listed.learner, listed.stranger, listed.teacher, listed.translator):
        assert client_of(person).get(PAGE).status_code == 403


def test_files_of_coverage_and_report(listed, verified, client_of):
    verified(people=30)
    manager = client_of(listed.manager)
    rows = [*load_workbook(io.BytesIO(manager.get(f"{PAGE}bang.xlsx").content)).active.iter_rows(values_only=True)]
    assert any(row[1] == "Xã Tây Giang" and row[3] == "đã đến" for row in rows)
    assert manager.get(f"{PAGE}bang.csv?den=khi-nao").status_code == 400
    report = manager.get("/hoat-dong/bao-cao-30-7/bang.csv").content.decode()
    assert "30" in report
    assert "Buổi nói chuyện ở thôn" in report


def test_days_that_cannot_be_read_are_said_and_others_taken(listed, client_of):
    page = client_of(listed.manager).get(f"{PAGE}?den=khi-nao&ban_do=2025-07-02").content.decode()
    assert "Không hiểu “khi-nao” là ngày nào" in page
    assert 'value="khi-nao"' in page
    assert 'value="2025-07-02"' in page or 'value="02/07/2025"' in page
    assert "Bản đồ không thể cũ hơn" in page
    backwards = client_of(listed.manager).get(f"{PAGE}?tu=2030-01-01").content.decode()
    assert "Ngày đầu sau ngày cuối" in backwards


def test_the_report_is_of_ones_own_communes(listed, verified, client_of):
    verified(people=30)
    page = "/hoat-dong/bao-cao-30-7/"
    assert "Xã Tây Giang" in client_of(listed.editor).get(page).content.decode()
    other = listed.units.thanh_my
    assert client_of(listed.editor).get(f"{page}?xa={other.pk}").status_code == 404
    assert client_of(listed.manager).get(f"{page}?xa={other.pk}").status_code == 200
    assert client_of(listed.observer).get(page).status_code == 403


def test_the_province_says_which_communes_it_assessed(listed, client_of):
    page, manager = "/hoat-dong/trong-diem/", client_of(listed.manager)
    assert listed.units.tay_giang.name not in manager.get(page).content.decode()
    manager.post(page, {"xa": [str(listed.units.tay_giang.pk), "x"]})
    assert row_of(coverage(window()), listed.units.tay_giang).focus
    assert client_of(listed.unit_head).get(page).status_code == 403
    assert client_of(listed.trainer).post(page, {"xa": listed.units.avuong.pk}).status_code == 403


# --- in the annual report


def test_the_section_counts_rows_and_names_no_locality(listed, verified):
    verified(people=30)
    verified(people=3, on=today() - timedelta(days=1))
    asked = Asked(places_of(listed.units.da_nang, today()), date(today().year, 1, 1), today(), timezone.now(), str)
    made = told(asked)
    values = values_of(made.figures, made.annexes)
    assert (values["hoat_dong.so"], values["hoat_dong.luot"], values["hoat_dong.khong_ro"]) == (2, 30, 1)
    assert values["hoat_dong@noi-chuyen.so"] == 2
    focus = told_of_focus(asked)
    values = values_of(focus.figures, focus.annexes)
    if focus.groups:
        assert (values["trong_diem.da_den"], values["trong_diem.tong"]) == (1, 2)
    assert all(len(row) == 2 for row in focus.annexes[0].rows)
    of_one = told_of_focus(Asked(places_of(listed.units.tay_giang, today()), asked.first, today(), asked.at, str))
    assert of_one.groups == ()
