"""A unit where nobody works any more is ended on its own page: told first, its number typed, and undone like a file."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from factories import LAST_OLD_DAY, OLD_MAP, make_person, make_posting

from courses.reports.roster import emptying
from outbox.draining import drain
from outbox.effects import Effect
from people.changes.change import BulkChange
from people.log.audit import Act, Entry, about_person
from people.postings.posting import Posting
from people.rights.roles import RoleKind, give
from people.times import today
from people.undoing.carrying_out import undo

PAGE = "/bao-cao/danh-sach/don-vi/20455/ket-thuc/"

pytestmark = pytest.mark.django_db


def words(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def still_open(unit):
    return Posting.objects.current().filter(unit=unit, end=None).count()


@pytest.fixture
def people(cast):
    """Beside those of the cast: one, one who comes later, one posted in the unit that came before it."""
    units = cast.units
    return [
        make_posting(make_person("Bríu Thị Hoa", "E-1"), units.tay_giang),
        make_posting(make_person("Sắp Đến", "E-2"), units.tay_giang, start=today() + timedelta(days=9)),
        make_posting(make_person("Từ Xã Lăng", "E-3"), units.lang, start=OLD_MAP),
        make_posting(make_person("Ở Trường", "E-4"), units.school),
    ]


def number(client) -> str:
    return re.search(r"(\d+) công tác sẽ kết thúc", words(client.get(PAGE)))[1]


def test_what_it_ends_is_told_and_the_number_is_typed(people, cast, client_of):
    client, units = client_of(cast.manager), cast.units
    page = words(client.get(PAGE))
    assert "Bríu Thị Hoa (E-1)" in page
    assert "Từ Xã Lăng" in page
    assert "Ở Trường" not in page
    before, count = still_open(units.tay_giang), number(client)
    for wrong in ("", "x", "1", count + "0"):
        response = client.post(PAGE, {"so": wrong})
        assert (response.status_code, still_open(units.tay_giang)) == (422, before)
        assert "hãy gõ đúng số" in words(response)
    done = client.post(PAGE, {"so": f" {count} "}, follow=True)
    assert f"{count} công tác đã kết thúc" in words(done)
    assert still_open(units.tay_giang) == still_open(units.lang) == 0
    assert still_open(units.school) == 1
    assert Entry.objects.get(act=Act.ENDED_UNIT).unit == units.tay_giang
    assert Act.ENDED_UNIT in [entry.act for entry in about_person(people[2].person)]
    assert "không có công tác nào đang mở" in words(client.get(PAGE))


def test_it_is_undone_like_an_import(people, cast, client_of):
    client, units = client_of(cast.manager), cast.units
    before = still_open(units.tay_giang)
    client.post(PAGE, {"so": number(client)})
    change = BulkChange.objects.get()
    assert (change.kind, change.name, change.by) == ("emptied_unit", "Xã Tây Giang (20455)", cast.manager)
    assert str(change.pk) in words(client.get("/tai-khoan/thay-doi/"))
    undo(change, change.rows.all(), cast.manager)
    assert (still_open(units.tay_giang), still_open(units.lang)) == (before, 1)


def test_only_who_may_upload_a_roster_and_only_within_reach(people, cast, client_of, monkeypatch):
    head = make_person("Thủ trưởng", "H-1")
    give(head, RoleKind.UNIT_HEAD, cast.units.tay_giang)
    for who in (cast.learner, cast.observer, cast.editor, head):
        assert client_of(who).post(PAGE, {"so": "4"}).status_code == 403
    assert client_of(cast.manager).get(PAGE.replace("20455", "99999")).status_code == 404
    monkeypatch.setattr(emptying, "import_reach", lambda user: {cast.units.thanh_my.pk})
    assert client_of(cast.manager).get(PAGE).status_code == 404
    assert not BulkChange.objects.exists()


def test_a_posting_that_came_meanwhile_is_not_ended_unseen(people, cast, client_of):
    client = client_of(cast.manager)
    count = int(number(client))
    row = emptying.enqueue(
        emptying.END, {"unit": cast.units.tay_giang.pk, "count": count - 1}, requested_by=cast.manager
    )
    drain()
    row.refresh_from_db()
    assert "vừa có thêm công tác" in row.error
    assert number(client) == str(count)


def test_a_large_unit_is_ended_in_the_background(people, cast, client_of, monkeypatch):
    monkeypatch.setattr(emptying, "AT_ONCE", 1)
    client = client_of(cast.manager)
    going = client.post(PAGE, {"so": number(client)}, follow=True)
    assert "Đang kết thúc" in words(going)
    drain()
    assert "đã kết thúc" in words(client.get(going.redirect_chain[-1][0]))


@pytest.mark.parametrize("asked", ["x", "9" * 30, "999"])
def test_a_work_that_is_not_ones_own_is_not_shown(people, cast, client_of, asked):
    assert client_of(cast.manager).get(f"{PAGE}?viec={asked}").status_code in (200, 404)
    assert not Effect.objects.exists()


def test_a_unit_that_was_split_without_an_heir_is_ended_here(cast, client_of):
    from factories import make_succession, make_unit

    from people.units.successions import rebuild_reach

    units = cast.units
    old = make_unit("X9", "Xã Chia", parent=units.quang_nam, start=OLD_MAP, end=LAST_OLD_DAY)
    for new in (units.tay_giang, units.avuong):
        make_succession(old, new, heir=False)
    rebuild_reach()
    make_posting(make_person(), old, start=OLD_MAP)
    page = PAGE.replace("20455", "X9")
    client_of(cast.manager).post(page, {"so": "1"})
    assert still_open(old) == 0


def test_the_same_queries_for_few_and_for_many(cast, client_of):
    client, counts = client_of(cast.manager), []
    for _round in range(2):
        client.get(PAGE)
        with CaptureQueriesContext(connection) as caught:
            client.get(PAGE)
        counts.append(len(caught))
        for _person in range(8):
            make_posting(make_person(), cast.units.tay_giang)
    assert counts[0] == counts[1]
