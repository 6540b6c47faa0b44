"""Chains through the campaign's rooms: the log of activities, loudspeakers, prints, translating, consents of people in
pictures.

The player holds one role in Tây Giang. Whatever she sends about Thạnh Mỹ, with numbers that are there, leaves it as it
is and tells her nothing; once her role has ended the same holds of Tây Giang, in the same session.
"""

from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from factories import make_person, make_posting
from rows import create_activities, create_slots

from campaigns.activities.made.activity import Activity
from campaigns.loudspeakers.playing import log_unplanned
from campaigns.loudspeakers.slot import Play, Slot
from people.rights.roles import Role, RoleKind, end, give
from people.times import today

pytestmark = pytest.mark.django_db
PLAYERS = [RoleKind.UNIT_HEAD, RoleKind.COMMUNE_EDITOR, RoleKind.TRAINER, RoleKind.TRANSLATOR, RoleKind.ADMINISTRATOR]


@pytest.fixture(params=PLAYERS)
def player(request, cast):
    person = make_person("Người Giữ Quyền", "VT-choi", email="choi@example.vn")
    make_posting(person, cast.units.tay_giang)
    give(person, request.param, cast.units.tay_giang)
    return person


@pytest.fixture
def far_editor(cast):
    person = make_person("Biên Tập Xa", "TM-bt")
    give(person, RoleKind.COMMUNE_EDITOR, cast.units.thanh_my)
    return person


@pytest.fixture
def rows(cast, far_editor):
    return {**create_activities(cast, far_editor), **create_slots(cast)}


def everything() -> list:
    """All that a chain could have changed."""
    return [
        list(Activity.objects.order_by("pk").values()),
        list(Slot.objects.order_by("pk").values()),
        list(Play.objects.order_by("pk").values()),
        list(Role.objects.order_by("pk").values()),
    ]


def shut(answer) -> bool:
    return answer.status_code in (302, 403, 404, 405)


def test_an_activity_of_another_commune_is_neither_read_verified_changed_nor_shown(cast, client_of, player, rows):
    client, far = client_of(player), cast.units.thanh_my
    row, before = rows["activities"][far.pk], everything()
    address = f"/hoat-dong/muc/{row.key}/"
    for act in ("verify", "send_back", "withdraw", "confirm", "refuse", "same", "other"):
        assert shut(client.post(address, {"act": act, "which": row.pk, "row": row.pk, "reason": "Tôi muốn"}))
    said = {"unit": far.pk, "commune": far.pk, "on": f"{today():%d/%m/%Y}", "people": 99, "send": "1"}
    for sub in ("", "sua/", "hoi-nhanh/"):
        assert shut(client.get(address + sub))
        assert shut(client.post(address + sub, said))
    photo = rows["activity_photos"][far.pk]
    assert shut(client.get(f"/hoat-dong/anh/{photo.pk}/"))
    assert shut(client.post(f"/hoat-dong/anh/{photo.pk}/xoa/"))
    assert everything() == before


def test_an_activity_is_written_for_no_commune_of_another(cast, client_of, player, rows):
    client, far, before = client_of(player), cast.units.thanh_my, everything()
    said = {"unit": far.pk, "commune": far.pk, "on": f"{today():%d/%m/%Y}", "people": 99, "languages": "vi"}
    for more in ({}, {"send": "1"}, {"key": str(rows["activities"][far.pk].key)}):
        client.post("/hoat-dong/ghi/noi-chuyen/", {**said, **more})
    assert shut(client.get(f"/hoat-dong/xa/{far.pk}/"))
    assert shut(client.post(f"/hoat-dong/xa/{far.pk}/", {"act": "add", "name": "Thôn của tôi"}))
    assert not Activity.objects.filter(unit=far).exclude(pk=rows["activities"][far.pk].pk).exists()
    assert everything() == before


def test_no_slot_or_play_of_another_commune_is_ended_confirmed_or_dropped_by_the_page_of_ones_own(
    cast, client_of, player, far_editor, rows
):
    """The page is of her commune, the number in the form is not."""
    client, home, far = client_of(player), cast.units.tay_giang, cast.units.thanh_my
    slot = rows["slots"][far.pk]
    log_unplanned(far_editor, far, str(uuid4()), today(), 5, uuid4(), timezone.now())
    play, before = Play.objects.get(commune=far), everything()
    for page in (home, far):
        for act, which in (("confirm", play.pk), ("refuse", play.pk), ("end", slot.pk)):
            client.post(f"/loa-xa/{page.pk}/", {"act": act, "which": which})
    for path in (f"{far.pk}/", f"to-tin/{slot.pk}.pdf", f"goi/{rows['sound_packages'][far.pk].pk}/"):
        assert shut(client.get(f"/loa-xa/{path}"))
    assert everything() == before


def test_the_code_on_a_bulletin_gives_no_right_and_confirms_nothing(cast, rows):
    slot, client = rows["slots"][cast.units.thanh_my.pk], Client()
    for act in ("confirm", "refuse", "end", "slot", "play"):
        client.post(f"/loa/{slot.token}/", {"act": act, "which": slot.pk})
    slot.refresh_from_db()
    assert slot.ended_on is None
    assert not Play.objects.exclude(confirmed=None).exists()
    # pressed by however many, it is one play of the day
    assert Play.objects.filter(slot=slot).count() <= 1
    assert shut(client.get(f"/loa-xa/{cast.units.thanh_my.pk}/"))


def test_who_logged_a_play_does_not_make_it_count_by_a_second_role(cast, client_of, rows):
    person = make_person("Một Mình", "TG-mm")
    give(person, RoleKind.COMMUNE_EDITOR, cast.units.tay_giang)
    give(person, RoleKind.UNIT_HEAD, cast.units.tay_giang)
    log_unplanned(person, cast.units.tay_giang, str(uuid4()), today(), 5, uuid4(), timezone.now())
    play = Play.objects.get(commune=cast.units.tay_giang)
    client_of(person).post(f"/loa-xa/{cast.units.tay_giang.pk}/", {"act": "confirm", "which": play.pk})
    play.refresh_from_db()
    assert play.confirmed is None


def test_prints_translating_and_consents_open_by_no_role_of_another_kind_or_place(cast, client_of, player):
    client, before = client_of(player), everything()
    assert shut(client.get(f"/in-an/xa/{cast.units.thanh_my.pk}/"))
    for path in ("loi/", "tat-ca/", "rut/", "ke-hoach/", "ke-hoach/them/"):
        assert shut(client.get(f"/in-an/{path}"))
        assert shut(client.post(f"/in-an/{path}", {"why": "Tôi muốn", "message": 1, "ghi": "1"}))
    # a translator's role that names no language opens none
    for path in ("/dich/vi/", "/dich/qaa-x-thu/", "/dich/lo/"):
        assert shut(client.get(path))
        assert shut(client.post(path, {"text": "x", "act": "approve", "dong-y": "1"}))
    assert everything() == before


def test_a_role_that_ended_shuts_its_commune_in_the_same_session(cast, client_of, rows):
    person = make_person("Người Thôi Việc", "TG-tv")
    role = give(person, RoleKind.UNIT_HEAD, cast.units.tay_giang)
    client, home = client_of(person), cast.units.tay_giang
    row = rows["activities"][home.pk]
    assert client.get(f"/hoat-dong/muc/{row.key}/").status_code == 200
    end(role)
    before = everything()
    for path in (f"/hoat-dong/muc/{row.key}/", f"/loa-xa/{home.pk}/", "/cms/dong-y/", f"/in-an/xa/{home.pk}/"):
        assert shut(client.get(path))
        assert shut(client.post(path, {"act": "verify", "which": row.pk, "row": row.pk}))
    assert everything() == before
