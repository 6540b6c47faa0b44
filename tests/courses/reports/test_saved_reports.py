"""What somebody saved comes as a link, weekly or monthly; behind it the rights of that day are asked."""

from datetime import date, datetime
from urllib.parse import quote

import pytest
from django.core import mail
from django.utils import timezone
from factories import make_person

from courses.reports.saved.personal_data import saved as own_copy
from courses.reports.saved.report import MOST, NotSaved, SavedReport, going, last_due, plain, roles_of, save
from courses.reports.saved.sending import send_due
from outbox.draining import drain
from outbox.effects import Effect
from people.messages.days_off import DayOff
from people.privacy import erasure
from people.rights.roles import RoleKind, end, give

pytestmark = pytest.mark.django_db
LIST = "/bao-cao/can-bo/?nhiem_vu=ho_tro_nan_nhan"
ADDRESS = "/bao-cao/dinh-ky/"


def at(year, month, day, hour=8):
    return timezone.make_aware(datetime(year, month, day, hour))


# a Wednesday
SAVED = at(2026, 3, 4)


@pytest.fixture
def reader(cast):
    """Leads training in Tây Giang; has an address."""
    person = make_person("Người Nhận Báo Cáo", "TG-BC", email="bao-cao@example.vn")
    give(person, RoleKind.TRAINER, cast.units.tay_giang)
    return person


@pytest.fixture
def keep(reader):
    def keep(address=LIST, rhythm="weekly", title="Danh sách hỗ trợ"):
        return save(reader, roles_of(reader).get(), title, address, rhythm, SAVED)

    return keep


@pytest.mark.parametrize(
    ("rhythm", "day", "due"),
    [
        ("weekly", date(2026, 3, 4), date(2026, 3, 2)),
        ("weekly", date(2026, 3, 9), date(2026, 3, 9)),
        ("monthly", date(2026, 3, 31), date(2026, 3, 1)),
        ("monthly", date(2026, 4, 1), date(2026, 4, 1)),
    ],
)
def test_the_latest_day_on_which_it_is_due(rhythm, day, due):
    assert last_due(rhythm, day) == due


def test_names_and_fixed_days_are_left_out_and_other_pages_are_refused():
    assert plain("/bao-cao/can-bo/?tim=Ha&nhiem_vu=a&page=3&ngay=2026-01-01&biet_den=2026-01-01") == (
        "/bao-cao/can-bo/?nhiem_vu=a"
    )
    for address in ("https://example.vn/bao-cao/can-bo/", "//example.vn/bao-cao/", "/cms/", "", "/bao-cao/can-bo/x/"):
        with pytest.raises(NotSaved):
            plain(address)


def test_a_list_with_its_filters_is_saved_and_stopped_on_screen(client_of, reader):
    client = client_of(reader)
    page = client.get(LIST).text
    link = f"{ADDRESS}?tu={quote(LIST, safe='')}"
    assert link in page
    assert 'value="Danh sách cán bộ"' in client.get(link).text
    form = {"tu": LIST, "title": "Người hỗ trợ", "rhythm": "monthly", "role": reader.roles.get().pk}
    assert client.post(ADDRESS, form | {"title": ""}).status_code == 422
    assert "số điện thoại" in client.post(ADDRESS, form | {"title": "Gọi 0905 123 456"}).text
    assert "Chỉ lưu được" in client.post(ADDRESS, form | {"tu": "/cms/"}).text
    assert not SavedReport.objects.exists()
    assert "Người hỗ trợ" in client.post(ADDRESS, form, follow=True).text
    assert "đã có trong danh sách" in client.post(ADDRESS, form).text
    made = SavedReport.objects.get()
    opened = client.get(f"{ADDRESS}{made.pk}/")
    assert (opened.status_code, opened["Location"]) == (302, LIST)
    assert "Chưa có báo cáo nào" in client.post(ADDRESS, {"act": "stop", "which": made.pk}, follow=True).text
    assert not SavedReport.objects.exists()


def test_a_link_of_a_mail_that_opens_nothing_any_more_says_why(client_of, keep, reader):
    made = keep()
    client = client_of(reader)
    client.post(ADDRESS, {"act": "stop", "which": made.pk})
    answer = client.get(f"{ADDRESS}{made.pk}/")
    assert (answer.status_code, "Báo cáo định kỳ này không còn: đã dừng" in answer.text) == (404, True)


def test_somebody_elses_is_neither_opened_nor_stopped(client_of, keep, cast):
    made = keep()
    for person in (cast.trainer, cast.manager):
        assert client_of(person).get(f"{ADDRESS}{made.pk}/").status_code == 404
        assert client_of(person).post(ADDRESS, {"act": "stop", "which": made.pk}).status_code == 404
        assert "Danh sách hỗ trợ" not in client_of(person).get(ADDRESS).text
    assert client_of(cast.learner).get(ADDRESS).status_code == 403
    assert SavedReport.objects.exists()


def test_another_units_figures_can_be_saved_by_address_and_are_not_opened(client_of, keep, cast, requirement):
    """Saving opens nothing: the page behind the link asks."""
    made = keep(f"/bao-cao/{requirement.key}/{cast.units.thanh_my.code}/can-bo/")
    assert client_of(made.person).get(f"{ADDRESS}{made.pk}/", follow=True).status_code == 404


def test_the_mail_has_links_and_titles_and_comes_on_monday_once(keep, reader):
    made = keep()
    keep("/bao-cao/", "monthly", "Tiến độ tháng")
    assert send_due(at(2026, 3, 6)) == 0
    assert send_due(at(2026, 3, 8)) == 0
    assert send_due(at(2026, 3, 9)) == 1
    assert send_due(at(2026, 3, 9, 9)) == 0
    drain()
    [sent] = mail.outbox
    assert sent.to == ["bao-cao@example.vn"]
    assert f"{ADDRESS}{made.pk}/" in sent.body
    assert "Danh sách hỗ trợ" in sent.body
    assert "Tiến độ tháng" not in sent.body
    # neither the page with its filters nor anybody on it
    assert "nhiem_vu" not in sent.body
    assert "Alăng" not in sent.body
    # the first of April is a Wednesday
    assert send_due(at(2026, 4, 1)) == 1


def test_a_holiday_and_a_clock_that_stood_still_are_made_up_for(keep):
    keep()
    DayOff.objects.create(day=date(2026, 3, 9), name="Nghỉ bù")
    assert send_due(at(2026, 3, 9)) == 0
    assert send_due(at(2026, 3, 10)) == 1
    assert send_due(at(2026, 4, 2)) == 1
    assert send_due(at(2026, 4, 3)) == 0


def test_it_ends_with_the_role_and_with_the_account(client_of, keep, reader, cast):
    made = keep()
    end(reader.roles.get())
    give(reader, RoleKind.TRAINER, cast.units.tay_giang)
    assert list(going()) == []
    assert send_due(at(2026, 3, 9)) == 0
    assert client_of(reader).get(f"{ADDRESS}{made.pk}/").status_code == 404
    again = keep(rhythm="monthly")
    # what ended made room
    assert list(SavedReport.objects.all()) == [again]
    reader.is_active = False
    reader.save()
    assert send_due(at(2026, 4, 1)) == 0
    assert not Effect.objects.filter(key__startswith="saved_reports").exists()


def test_ten_a_person_and_none_without_an_address(keep, reader):
    for n in range(MOST):
        keep(f"/bao-cao/can-bo/?nganh={n}")
    with pytest.raises(NotSaved, match="nhiều nhất 10"):
        keep("/bao-cao/")
    SavedReport.objects.all().delete()
    reader.email = None
    reader.save()
    with pytest.raises(NotSaved, match="chưa có email"):
        keep()


def test_the_page_costs_the_same_for_any_number(client_of, keep, reader, django_assert_max_num_queries):
    client = client_of(reader)
    keep()
    client.get(ADDRESS)
    with django_assert_max_num_queries(12) as first:
        client.get(ADDRESS)
    for n in range(4):
        keep(f"/bao-cao/can-bo/?nganh={n}")
    with django_assert_max_num_queries(len(first)):
        assert client.get(ADDRESS).text.count("Dừng nhận<") == 5


def test_it_is_in_her_own_copy_and_gone_with_an_erasure(keep, reader, cast):
    keep()
    assert own_copy(reader)[0]["Trang và bộ lọc"] == LIST
    erasure.erase(reader, cast.administrator, timezone.now())
    assert not SavedReport.objects.exists()
