"""A notice comes on its day and goes on its day, everywhere at once, by the clock's own tick."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.cache import caches
from django.core.management import call_command
from factories import make_page

from campaigns.communes.notices import NoticePage
from outbox.chores import publish_scheduled
from outbox.clock import JOBS, tick
from pages.serving import cache

pytestmark = pytest.mark.django_db

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2026, 7, 20, 9, 0, tzinfo=HANOI)
DAY, TICK = timedelta(days=1), timedelta(minutes=1)
TITLE, PATH, SPACE = "Họp thôn Bhlooc", "/xa-phuong/xa-tay-giang/hop-thon-bhlooc/", "/xa-phuong/xa-tay-giang/"
# every place that could tell of it; each is read twice, so that the second comes from the cache
PLACES = ["/", "/xa-phuong/", SPACE, "/sitemap.xml", "/tin.atom", f"{SPACE}tin.atom", "/tim-kiem/?q=bhlooc"]
# the home page and the list of communes name no notices
EVERYWHERE = {PATH, SPACE, "/sitemap.xml", "/tin.atom", f"{SPACE}tin.atom", "/tim-kiem/?q=bhlooc"}


@pytest.fixture
def clock(communes):
    """`clock(timedelta)` moves on, a tick of the real clock a minute at the end of it."""
    cache._entries.clear()
    caches["pages"].clear()
    with time_machine.travel(NOW, tick=False) as traveller:

        def move(span):
            traveller.shift(span)
            tick(datetime.now(HANOI))

        tick(NOW)
        yield move


def notice(space, **fields) -> NoticePage:
    page = make_page(space, NoticePage, TITLE, text="<p>Mời bà con.</p>", live=False, **fields)
    page.save_revision().publish()
    call_command("update_index", verbosity=0)
    return page


def places_that_announce(client) -> set[str]:
    """The places where the notice stands, told or linked to; its own address where it answers."""
    places = {PATH} if client.get(PATH).status_code == 200 else set()
    for place in PLACES:
        texts = [client.get(place).content.decode() for _time in range(2)]
        said = {TITLE in text or PATH in text for text in texts}
        assert len(said) == 1, place
        places |= {place} if said == {True} else set()
    return places


def test_a_notice_is_gone_from_everywhere_when_its_day_has_passed(communes, client, clock):
    notice(communes.tay_giang, expire_at=NOW + DAY)
    assert places_that_announce(client) == EVERYWHERE
    clock(DAY - TICK)
    assert places_that_announce(client) == EVERYWHERE
    clock(2 * TICK)
    assert places_that_announce(client) == set()
    assert client.get(PATH).status_code == 404
    assert NoticePage.objects.get().expired


def test_a_notice_with_a_day_to_come_appears_everywhere_within_a_tick_of_it(communes, client, clock):
    notice(communes.tay_giang, go_live_at=NOW + DAY)
    assert places_that_announce(client) == set()
    clock(DAY - TICK)
    assert places_that_announce(client) == set()
    clock(TICK + timedelta(seconds=1))
    assert places_that_announce(client) == EVERYWHERE


def test_the_clock_looks_every_minute():
    job = JOBS[f"{publish_scheduled.__module__}.{publish_scheduled.__name__}"]
    assert job.every == TICK


def test_what_a_browser_kept_of_a_notice_is_not_confirmed_after_its_day(communes, client, clock):
    notice(communes.tay_giang, expire_at=NOW + DAY)
    known = {place: client.get(place).headers["ETag"] for place in (PATH, SPACE)}
    clock(DAY + TICK)
    assert client.get(PATH, headers={"if-none-match": known[PATH]}).status_code == 404
    assert client.get(SPACE, headers={"if-none-match": known[SPACE]}).status_code == 200


def test_an_expired_notice_that_gets_a_new_day_is_there_again(communes, client, clock):
    page = notice(communes.tay_giang, expire_at=NOW + DAY)
    clock(DAY + TICK)
    page = NoticePage.objects.get(pk=page.pk)
    page.expire_at = NOW + 3 * DAY
    page.save_revision().publish()
    assert places_that_announce(client) == EVERYWHERE
    clock(3 * DAY)
    assert places_that_announce(client) == set()
