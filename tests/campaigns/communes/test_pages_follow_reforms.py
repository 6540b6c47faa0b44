"""What a commune has on its pages follows its unit through a reform, and comes back with it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from factories import make_page
from numbers_called import called
from reformed import carried_out, draft
from time_machine import travel
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale

from campaigns.communes.commune import CommuneSpacePage
from campaigns.communes.notices import NoticePage
from campaigns.communes.taken_messages import CommuneMessagePage
from campaigns.communes.taking import take
from campaigns.review.panel import waiting_for
from campaigns.spaces.spaces import bring_in_step
from outbox.draining import drain
from pages.contacts.contact import Contact
from people.reforms import acts
from people.reforms.acts import Target
from people.reforms.applying import apply, follow_the_day, preview
from people.reforms.finding import known
from people.reforms.reform import Reform
from people.reforms.reversing import look, reverse
from people.times import today
from people.units.successions import rebuild_reach
from people.units.unit import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def reach(communes):
    rebuild_reach()


def notice(space, title="Họp thôn", **fields):
    page = make_page(space, NoticePage, title, text="<p>Mời bà con.</p>", **fields)
    page.save_revision().publish()
    return page


def merging(communes, on=None):
    """Tây Giang and Avương become xã Sông Vàng."""
    on = on or today()
    olds = [known(unit, on) for unit in (communes.units.tay_giang, communes.units.avuong)]
    return draft(on, acts.merging(olds, Target("20701", "Xã Sông Vàng", "xa", "chinh_quyen", "48", True), on))


def at(client, address):
    answer = client.get(address)
    return answer.status_code if answer.status_code != 302 else answer.url


def test_pages_of_merged_communes_stand_in_the_new_space_and_their_old_addresses_lead_to_them(communes, client_of):
    coming = notice(communes.tay_giang, on=today() + timedelta(days=3))
    notice(communes.avuong, on=today() + timedelta(days=5))
    hidden = make_page(communes.avuong, NoticePage, "Bản nháp", text="<p>Chưa xong.</p>", live=False)
    carried_out(merging(communes))
    client = client_of()
    assert client.get("/xa-phuong/xa-song-vang/hop-thon/").status_code == 200
    assert client.get("/xa-phuong/xa-song-vang/hop-thon-2/").status_code == 200
    assert at(client, "/xa-phuong/xa-tay-giang/") == "/xa-phuong/xa-song-vang/"
    assert at(client, "/xa-phuong/xa-tay-giang/hop-thon/") == "/xa-phuong/xa-song-vang/hop-thon-2/"
    assert at(client, "/xa-phuong/xa-avuong/hop-thon/") == "/xa-phuong/xa-song-vang/hop-thon/"
    # under the prefix of a language too
    assert at(client, "/en/xa-phuong/xa-tay-giang/hop-thon/") == "/en/xa-phuong/xa-song-vang/hop-thon-2/"
    assert at(client, "/en/xa-phuong/xa-avuong/") == "/en/xa-phuong/xa-song-vang/"
    hidden.refresh_from_db()
    assert (hidden.live, hidden.get_parent().title) == (False, "Xã Sông Vàng")
    listed = client.get("/xa-phuong/xa-song-vang/?x=1").context_data["coming"]
    assert coming.pk in [page.pk for page in listed]


def test_taken_back_every_page_stands_where_it_stood_and_nothing_is_left_in_between(communes, client_of):
    notice(communes.tay_giang)
    notice(communes.avuong)
    before = {page.pk: page.url_path for page in NoticePage.objects.all()}
    reform = carried_out(merging(communes))
    reverse(reform, None)
    assert {page.pk: page.url_path for page in NoticePage.objects.live()} == before
    client = client_of()
    for slug in ("xa-tay-giang", "xa-avuong"):
        assert client.get(f"/xa-phuong/{slug}/").status_code == 200
        assert client.get(f"/xa-phuong/{slug}/hop-thon/").status_code == 200
    assert client.get("/xa-phuong/xa-song-vang/").status_code == 404
    assert client.get("/xa-phuong/xa-song-vang/hop-thon/").status_code == 404
    assert not Redirect.objects.exists()
    assert not Unit.objects.filter(code="20701").exists()
    assert Unit.every.filter(code="20701").exists()


def test_what_was_written_in_the_new_space_since_stays_and_is_listed(communes, client_of):
    notice(communes.tay_giang)
    reform = carried_out(merging(communes))
    since = notice(CommuneSpacePage.objects.get(unit__code="20701"), "Viết sau")
    assert look(reform, None).left == ["Trang “Viết sau” của Xã Sông Vàng"]
    done = reverse(reform, None)
    assert done["left"] == ["Trang “Viết sau” của Xã Sông Vàng"]
    since.refresh_from_db()
    assert (since.live, since.get_parent().title) == (False, "Xã Sông Vàng")
    assert at(client_of(), "/xa-phuong/xa-song-vang/viet-sau/") == "/xa-phuong/"


def test_one_message_that_both_took_stays_once_and_both_words_are_kept(communes, client_of):
    for space, words in ((communes.tay_giang, "Lời Tây Giang"), (communes.avuong, "Lời Avương")):
        page = take(space, communes.message, communes.cast.editor)
        page.words = words
        page.save_revision().publish()
    reform = carried_out(merging(communes))
    pages = CommuneMessagePage.objects.order_by("-live", "pk")
    assert [(page.live, page.get_parent().title) for page in pages] == [(True, "Xã Sông Vàng"), (False, "Xã Sông Vàng")]
    assert {page.words for page in pages} == {"Lời Tây Giang", "Lời Avương"}
    assert at(client_of(), f"/xa-phuong/xa-avuong/{pages[1].slug}/".replace("-2/", "/")) == pages[0].url
    reverse(reform, None)
    assert [(page.live, page.get_parent().title) for page in pages.order_by("title", "pk")] in (
        [(True, "Xã Tây Giang"), (True, "Xã Avương")],
        [(True, "Xã Avương"), (True, "Xã Tây Giang")],
    )


def test_a_page_that_waits_for_its_review_goes_on_waiting_in_the_new_space(communes, client_of):
    page = notice(communes.tay_giang)
    page.text = "<p>Sửa.</p>"
    page.save_revision(user=communes.cast.editor)
    page.get_workflow().start(page, communes.cast.editor)
    carried_out(merging(communes))
    waiting = waiting_for(communes.cast.unit_head) or waiting_for(communes.cast.manager)
    assert [(one.page.pk, one.space.title) for one in waiting] == [(page.pk, "Xã Sông Vàng")]


def test_a_translation_follows_into_the_space_of_its_language(communes, client_of):
    page = notice(communes.avuong)
    english = Locale.objects.get(language_code="en")
    copy = page.copy_for_translation(english, copy_parents=True)
    copy.title, copy.text = "Meeting", "<p>Come.</p>"
    copy.save_revision().publish()
    old = copy.url
    assert client_of().get(old).status_code == 200
    reform = carried_out(merging(communes))
    copy.refresh_from_db()
    assert copy.get_parent().specific.unit.code == "20701"
    assert at(client_of(), old) == copy.url
    reverse(reform, None)
    copy.refresh_from_db()
    assert (copy.url, copy.live) == (old, True)


def test_numbers_follow_and_one_that_is_there_already_stays(communes, client_of):
    units = communes.units
    for unit, number in ((units.tay_giang, "0235 1"), (units.avuong, "0235 1"), (units.avuong, "0235 2")):
        called(
            Contact.objects.create(number=number, name="UBND", when="Giờ làm việc", unit=unit), communes.cast.manager
        )
    reform = carried_out(merging(communes))
    at_new = Contact.objects.filter(unit__code="20701").order_by("number")
    assert [contact.number for contact in at_new] == ["0235 1", "0235 2"]
    assert "0235 2" in client_of().get("/xa-phuong/xa-song-vang/").content.decode()
    reverse(reform, None)
    assert sorted(Contact.objects.values_list("unit__name", "number")) == [
        ("Xã Avương", "0235 1"), ("Xã Avương", "0235 2"), ("Xã Tây Giang", "0235 1"),
    ]  # fmt: skip


def test_a_unit_that_only_changes_its_name_keeps_its_space_and_its_address(communes, client_of):
    notice(communes.avuong)
    on = today()
    old = known(communes.units.avuong, on)
    renamed = draft(on, acts.renaming(old, Target(old.code, "Phường Avương", "phuong", old.sector, "48", True), on))
    reform = carried_out(renamed)
    space = CommuneSpacePage.objects.get(pk=communes.avuong.pk)
    assert (space.title, space.url, space.own_unit) == ("Phường Avương", "/xa-phuong/xa-avuong/", space.unit_id)
    notice(space, "Viết sau")
    # the space goes back, and with it what stands in it
    assert look(reform, None).left == []
    assert reverse(reform, None)["left"] == []
    space = CommuneSpacePage.objects.get(pk=communes.avuong.pk)
    assert (space.title, space.unit, space.own_unit) == ("Xã Avương", communes.units.avuong, communes.units.avuong.pk)
    assert client_of().get("/xa-phuong/xa-avuong/hop-thon/").status_code == 200


def test_without_an_heir_the_space_closes_and_its_pages_follow_when_one_is_named_or_come_back(communes, client_of):
    notice(communes.avuong)
    on = today()
    parts = [Target(f"2070{n}", f"Xã Phần {n}", "xa", "chinh_quyen", "48", True) for n in (1, 2)]
    reform = carried_out(draft(on, acts.splitting(known(communes.units.avuong, on), parts, on)))
    assert at(client_of(), "/xa-phuong/xa-avuong/hop-thon/") == "/xa-phuong/"
    naming = [{"kind": "bang", "said": "", "units": [], "successions": [
        {"ma_cu": "20458", "ma_moi": "20702", "thua_ke": "1", "quyet_dinh": "", "ngay": on.isoformat()}]}]  # fmt: skip
    later = carried_out(draft(on, *naming))
    assert at(client_of(), "/xa-phuong/xa-avuong/hop-thon/") == "/xa-phuong/xa-phan-2/hop-thon/"
    assert client_of().get("/xa-phuong/xa-phan-2/hop-thon/").status_code == 200
    reverse(later, None)
    assert at(client_of(), "/xa-phuong/xa-avuong/hop-thon/") == "/xa-phuong/"
    reverse(reform, None)
    assert client_of().get("/xa-phuong/xa-avuong/hop-thon/").status_code == 200


def test_a_reform_to_come_moves_nothing_before_its_day(communes, client_of):
    notice(communes.avuong)
    on = today() + timedelta(days=30)
    reform = merging(communes, on)
    carried_out(reform)
    assert client_of().get("/xa-phuong/xa-avuong/hop-thon/").status_code == 200
    with travel(timezone.now() + timedelta(days=30, hours=12)):
        follow_the_day(timezone.now())
        drain()
        assert at(client_of(), "/xa-phuong/xa-avuong/hop-thon/") == "/xa-phuong/xa-song-vang/hop-thon/"
        assert Reform.objects.get(pk=reform.pk).carried_at is not None


def test_whoever_comes_first_to_the_spaces_moves_the_pages(communes, client_of):
    """The change of the map is followed in the background too; that must not close what still has to move."""
    notice(communes.avuong)
    reform = merging(communes)
    apply(reform.pk, None, timezone.now())
    bring_in_step(today())
    assert at(client_of(), "/xa-phuong/xa-avuong/hop-thon/") == "/xa-phuong/xa-song-vang/hop-thon/"
    reform = carried_out(reform)
    reverse(reform, None)
    assert client_of().get("/xa-phuong/xa-avuong/hop-thon/").status_code == 200


def test_while_a_reform_is_taken_back_nobody_closes_what_has_come_back(communes):
    notice(communes.avuong)
    reform = carried_out(merging(communes))
    Reform.objects.filter(pk=reform.pk).update(reversing_at=timezone.now())
    assert bring_in_step(today()) == 0
    reverse(Reform.objects.select_related("change").get(pk=reform.pk), None)
    assert NoticePage.objects.live().count() == 1


def test_the_preview_tells_what_moves_and_changes_nothing(communes):
    notice(communes.avuong, on=today() + timedelta(days=1))
    notice(communes.tay_giang, on=today() - timedelta(days=1))
    take(communes.avuong, communes.message, communes.cast.editor)
    Contact.objects.create(number="0235 1", name="UBND", when="Giờ", unit=communes.units.avuong)
    told = preview(merging(communes))
    assert {one["title"]: one["count"] for one in told["moves"]} == {
        "Trang của xã": 2, "Thông báo sắp tới": 1, "Thông báo khác": 1, "Thông điệp đã lấy": 1, "Số liên hệ": 1,
    }  # fmt: skip
    assert not Unit.objects.filter(code="20701").exists()
