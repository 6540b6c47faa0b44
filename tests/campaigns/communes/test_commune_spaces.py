"""Every commune has a space, which follows its unit through names and reforms, and which the public reads."""

import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from factories import LONG_AGO, make_page, make_succession, make_unit
from numbers_called import called
from time_machine import travel
from wagtail.models import Locale

from campaigns.communes.commune import CommuneSpacePage
from campaigns.communes.notices import NoticePage
from campaigns.spaces.schedule import follow_the_day
from campaigns.spaces.spaces import bring_in_step
from media.holdings import UnitCollection
from outbox.draining import drain
from outbox.effects import Effect
from pages.contacts.contact import Contact
from people.times import today
from people.units.successions import rebuild_reach
from people.units.unit import Unit, UnitKind

pytestmark = pytest.mark.django_db
LATER = date(2026, 3, 1)


def live(page) -> bool:
    return CommuneSpacePage.objects.get(pk=page.pk).live


def end_unit(unit, new, on=LATER):
    """`unit` ends the day before `on` and goes into `new`."""
    last = on - timedelta(days=1)
    Unit.objects.filter(pk=unit.pk).update(valid_to=last)
    unit.versions.update(valid_to=last)
    make_succession(unit, new, on=on)
    rebuild_reach()


def notice(space, title="Họp thôn", **fields):
    page = make_page(space, NoticePage, title, text="<p>Mời bà con.</p>", **fields)
    page.save_revision().publish()
    return page


# --- in step with the units


def test_every_commune_has_one_space_under_its_own_name_at_a_plain_address(communes):
    spaces = CommuneSpacePage.objects.child_of(communes.page)
    assert [(space.title, space.slug, space.live) for space in spaces.order_by("title")] == [
        ("Xã Avương", "xa-avuong", True),
        ("Xã Thạnh Mỹ", "xa-thanh-my", True),
        ("Xã Tây Giang", "xa-tay-giang", True),
    ]
    assert communes.tay_giang.url == "/xa-phuong/xa-tay-giang/"


def test_the_board_offers_communes_in_the_order_of_the_dictionary(communes, client_of):
    make_unit("20701", "Xã Đắc Pring", parent=communes.units.da_nang)
    bring_in_step(today())
    html = client_of(communes.cast.manager).get("/dich/bang/").content.decode()
    names = re.findall(r"<option[^>]*>(Xã [A-ZĐ][^<]+)</option>", html)
    assert names == ["Xã Avương", "Xã Đắc Pring", "Xã Tây Giang", "Xã Thạnh Mỹ"]


def test_the_database_itself_holds_one_space_of_a_unit_in_a_language(communes):
    locale = Locale.objects.get_or_create(language_code="lo")[0]
    other = communes.tay_giang.copy_for_translation(locale, copy_parents=True)
    assert (other.unit, other.own_unit) == (communes.tay_giang.unit, None)
    again = CommuneSpacePage(unit=communes.tay_giang.unit, title="Trang thứ hai", slug="trang-thu-hai")
    with pytest.raises(ValidationError), transaction.atomic():
        communes.page.add_child(instance=again)
    with pytest.raises(IntegrityError), transaction.atomic():
        CommuneSpacePage.objects.filter(pk=communes.avuong.pk).update(own_unit=communes.tay_giang.own_unit)


def test_schools_districts_and_ended_units_have_none(communes):
    kinds = {UnitKind.SCHOOL, UnitKind.DISTRICT, UnitKind.CITY, UnitKind.PROVINCE}
    assert not CommuneSpacePage.objects.filter(unit__kind__in=kinds).exists()
    assert not CommuneSpacePage.objects.filter(unit=communes.units.bha_le).exists()


def test_a_second_round_changes_nothing(communes):
    before = list(CommuneSpacePage.objects.values_list("pk", "latest_revision"))
    assert bring_in_step(today()) == 0
    assert list(CommuneSpacePage.objects.values_list("pk", "latest_revision")) == before


def test_a_corrected_name_follows_in_every_language_and_the_address_stays(communes):
    english = communes.page.copy_for_translation(Locale.objects.get(language_code="en"), copy_parents=True)
    copy = communes.tay_giang.copy_for_translation(english.locale)
    Unit.objects.filter(pk=communes.units.tay_giang.pk).update(name="Xã Tây Giang Thượng")
    bring_in_step(today())
    for space in (communes.tay_giang, copy):
        space.refresh_from_db()
        assert (space.title, space.slug) == ("Xã Tây Giang Thượng", "xa-tay-giang")
    assert UnitCollection.objects.get(unit=communes.units.tay_giang).collection.name == "Xã Tây Giang Thượng"


def test_an_older_draft_does_not_bring_the_former_name_back(communes):
    space = communes.tay_giang
    space.intro = "Chào bà con"
    draft = space.save_revision()
    Unit.objects.filter(pk=communes.units.tay_giang.pk).update(name="Xã Tây Giang Thượng")
    bring_in_step(today())
    draft.refresh_from_db()
    draft.publish()
    space.refresh_from_db()
    assert (space.title, space.intro) == ("Xã Tây Giang Thượng", "Chào bà con")


def test_a_commune_that_becomes_a_ward_keeps_its_space_its_files_and_its_address(communes):
    ward = make_unit("20700", "Phường Thạnh Mỹ", UnitKind.WARD, communes.units.da_nang, start=LATER)
    end_unit(communes.units.thanh_my, ward)
    bring_in_step(LATER)
    space = CommuneSpacePage.objects.get(pk=communes.thanh_my.pk)
    assert (space.unit, space.title, space.slug, space.live) == (ward, "Phường Thạnh Mỹ", "xa-thanh-my", True)
    assert UnitCollection.objects.get(unit=ward).collection.name == "Phường Thạnh Mỹ"
    assert CommuneSpacePage.objects.child_of(communes.page).count() == 3


def test_a_commune_that_goes_into_another_closes_and_leads_there_with_nothing_deleted(communes, client_of):
    meeting = notice(communes.avuong)
    end_unit(communes.units.avuong, communes.units.tay_giang)
    bring_in_step(LATER)
    assert not live(communes.avuong)
    assert NoticePage.objects.get(pk=meeting.pk).live is False
    for address in ("/xa-phuong/xa-avuong/", "/xa-phuong/xa-avuong/hop-thon/"):
        answer = client_of().get(address)
        assert (answer.status_code, answer.url) == (302, "/xa-phuong/xa-tay-giang/")


def test_two_communes_that_become_a_third_both_lead_to_it(communes, client_of):
    new = make_unit("20701", "Xã Sông Vàng", parent=communes.units.da_nang, start=LATER)
    end_unit(communes.units.avuong, new)
    end_unit(communes.units.tay_giang, new)
    bring_in_step(LATER)
    assert CommuneSpacePage.objects.get(unit=new).url == "/xa-phuong/xa-song-vang/"
    for slug in ("xa-avuong", "xa-tay-giang"):
        assert client_of().get(f"/xa-phuong/{slug}/").url == "/xa-phuong/xa-song-vang/"


def test_a_division_without_an_heir_leads_to_the_list(communes, client_of):
    last = LATER - timedelta(days=1)
    parts = [make_unit(f"2071{n}", f"Xã Phần {n}", parent=communes.units.da_nang, start=LATER) for n in (1, 2)]
    Unit.objects.filter(pk=communes.units.avuong.pk).update(valid_to=last)
    for part in parts:
        make_succession(communes.units.avuong, part, heir=False, on=LATER)
    rebuild_reach()
    bring_in_step(LATER)
    assert client_of().get("/xa-phuong/xa-avuong/").url == "/xa-phuong/"
    assert CommuneSpacePage.objects.filter(unit__in=parts, live=True).count() == 2


def test_a_corrected_map_opens_a_closed_space_again(communes, client_of):
    end_unit(communes.units.avuong, communes.units.tay_giang)
    bring_in_step(LATER)
    communes.units.avuong.successions.update(superseded_at=LONG_AGO)
    Unit.objects.filter(pk=communes.units.avuong.pk).update(valid_to=None)
    rebuild_reach()
    bring_in_step(LATER)
    assert client_of().get("/xa-phuong/xa-avuong/").status_code == 200


def test_an_import_that_changes_the_map_is_followed_in_the_background(communes, django_capture_on_commit_callbacks):
    make_unit("20702", "Xã Mới", parent=communes.units.da_nang)
    with django_capture_on_commit_callbacks(execute=True):
        rebuild_reach()
    assert Effect.objects.filter(kind="commune_spaces").exists()
    drain()
    assert CommuneSpacePage.objects.filter(title="Xã Mới", live=True).exists()


def test_a_reform_dated_ahead_is_followed_on_its_day(communes):
    new = make_unit("20703", "Xã Sau", parent=communes.units.da_nang, start=today() + timedelta(days=30))
    rebuild_reach()
    follow_the_day(timezone.now())
    assert not CommuneSpacePage.objects.filter(unit=new).exists()
    with travel(timezone.now() + timedelta(days=31)):
        follow_the_day(timezone.now())
    assert CommuneSpacePage.objects.filter(unit=new, live=True).exists()


# --- what the public reads


def test_people_find_their_commune_without_marks_and_by_its_former_name(communes, client_of):
    def communes_found(query):
        html = client_of().get("/xa-phuong/", {"tim": query}).content.decode()
        return {name for name in ("Xã Avương", "Xã Tây Giang", "Xã Thạnh Mỹ") if f">{name}</a>" in html}

    assert communes_found("") == {"Xã Avương", "Xã Tây Giang", "Xã Thạnh Mỹ"}
    assert communes_found("tay giang") == {"Xã Tây Giang"}
    assert communes_found("THẠNH") == {"Xã Thạnh Mỹ"}
    for written in ("bha le", "Bha Lêê", "bhalee", "Bhalêê", "BHALÊ", "xã Bha Lêê"):
        assert communes_found(written) == {"Xã Avương"}, written
    assert communes_found("không có đâu") == communes_found("???") == set()


def test_a_search_that_finds_nothing_says_so_and_repeats_no_markup(communes, client_of):
    html = client_of().get("/xa-phuong/", {"tim": "<script>alert(1)</script>"}).content.decode()
    assert "Không có xã, phường nào tên" in html
    assert "<script>alert" not in html


def test_the_list_takes_the_same_queries_however_many_communes(communes, client_of, django_assert_max_num_queries):
    for n in range(30):
        make_unit(f"3{n:04}", f"Xã Số {n}", parent=communes.units.da_nang)
    rebuild_reach()
    bring_in_step(today())
    client_of().get("/xa-phuong/")
    # routing is kept; the list, crumbs, the reading of old names, the session's absence
    with django_assert_max_num_queries(10):
        client_of().get("/xa-phuong/", {"tim": "xa"})


def test_a_space_shows_what_is_to_come_apart_from_what_is_past(communes, client_of):
    notice(communes.tay_giang, "Sắp tới", on=today() + timedelta(days=3), place="Nhà văn hóa thôn")
    notice(communes.tay_giang, "Không hẹn ngày")
    notice(communes.tay_giang, "Hôm qua", on=today() - timedelta(days=1))
    context = client_of().get("/xa-phuong/xa-tay-giang/?x=1").context_data
    assert [page.title for page in context["coming"]] == ["Sắp tới", "Không hẹn ngày"] or [
        page.title for page in context["coming"]
    ] == ["Không hẹn ngày", "Sắp tới"]
    assert [page.title for page in context["past"]] == ["Hôm qua"]


def test_a_space_without_content_of_its_own_shows_the_provinces_and_says_once_what_is_missing(communes, client_of):
    html = client_of().get("/xa-phuong/xa-tay-giang/").content.decode()
    assert 'href="/ngay-30-7/di-lam-xa/"' in html
    assert "Trước là Xã Lăng." in html
    assert html.count("chưa đăng") == 1
    assert "Xã Tây Giang chưa đăng thông báo mới và số điện thoại riêng ở đây." in html
    assert 'href="tel:111"' in html
    for promise in ("đang xác nhận", "Số trực", "Xã chưa chọn"):
        assert promise not in html


def test_what_a_space_has_is_not_called_missing(communes, client_of):
    notice(communes.tay_giang, "Sắp tới", on=today() + timedelta(days=3))
    number = Contact.objects.create(number="0235 1", name="UBND xã", when="Giờ làm việc", unit=communes.units.tay_giang)
    html = client_of().get("/xa-phuong/xa-tay-giang/").content.decode()
    assert "Xã Tây Giang chưa đăng số điện thoại riêng ở đây." in html
    called(number, communes.cast.manager)
    html = client_of().get("/xa-phuong/xa-tay-giang/").content.decode()
    assert "chưa đăng" not in html
    assert 'href="tel:02351"' in html


def test_confirmed_numbers_of_the_former_communes_stand_there_with_their_name(communes, client_of):
    numbers = [
        Contact.objects.create(number=f"0235 {n}", name="Trạm y tế", when="Giờ làm việc", unit=unit)
        for n, unit in enumerate((communes.units.lang, communes.units.lang, communes.units.bha_le), start=1)
    ]
    called(numbers[0], communes.cast.manager)
    html = client_of().get("/xa-phuong/xa-tay-giang/").content.decode()
    assert "Xã Lăng cũ: Trạm y tế." in html
    assert 'href="tel:02351"' in html
    assert "02352" not in html, "nobody called it"
    assert "02353" not in html, "of another commune"


@pytest.mark.parametrize(
    "query", ["Bha Lê", "bha le", "xã Bha Lê", "Bha Lêê", "Bhalêê", "bhalee", "Bha-lêê", "xã bhalê"]
)
def test_the_search_of_the_site_finds_a_commune_by_its_former_name(communes, client_of, query):
    html = client_of().get("/tim-kiem/", {"q": query}).content.decode()
    assert '<h2><a href="/xa-phuong/xa-avuong/">Xã Avương</a></h2>' in html
    assert "trước là Xã Bha Lê" in html


def test_the_search_follows_a_change_of_the_map_without_anybody_saving_a_page(communes, client_of):
    end_unit(communes.units.avuong, communes.units.tay_giang)
    bring_in_step(LATER)
    assert "/xa-phuong/xa-tay-giang/" in client_of().get("/tim-kiem/", {"q": "avuong"}).content.decode()
    assert bring_in_step(LATER) == 0


def test_a_notice_that_is_past_says_so(communes, client_of):
    page = notice(communes.tay_giang, "Hôm qua", on=today() - timedelta(days=1))
    assert "Việc này đã qua." in client_of().get(page.url).content.decode()
