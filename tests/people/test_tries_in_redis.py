"""Counts of tries in a real Redis, where one answers on this machine: windows, giving back, two processes at once."""

import os
import secrets
import socket

import pytest
from django.core.cache import cache
from django.utils import timezone

from people import tries
from people.tries import Count, Full

ADDRESS, NUMBER = ("127.0.0.1", 6379), 13


@pytest.fixture
def redis(settings):
    """A client beside the cache; keys of this test alone, which are gone afterwards."""
    try:
        socket.create_connection(ADDRESS, timeout=2).close()
    except OSError:
        pytest.skip("no Redis answers on 127.0.0.1:6379 (Debian: apt-get install redis-server)")
    prefix, at = f"test-{secrets.token_hex(6)}", f"redis://{ADDRESS[0]}:{ADDRESS[1]}/{NUMBER}"
    backend = "django.core.cache.backends.redis.RedisCache"
    settings.CACHES = {**settings.CACHES, "default": {"BACKEND": backend, "LOCATION": at, "KEY_PREFIX": prefix}}
    settings.TRIES_IN_CACHE = True
    client = cache._cache.get_client()
    yield client
    for key in client.scan_iter(f"{prefix}:*"):
        client.delete(key)


def taken(count: Count, times: int) -> int:
    """How many of so many tries are let through."""
    let_through = 0
    for _try in range(times):
        try:
            tries.take([count], timezone.now())
        except Full:
            continue
        let_through += 1
    return let_through


def test_a_limit_holds_says_until_when_and_gives_back(redis):
    few, many = Count("few", 3, 60), Count("many", 100, 600)
    now = timezone.now()
    for _try in range(3):
        tries.take([few, many], now)
    with pytest.raises(Full) as full:
        tries.take([few, many], now)
    assert full.value.count == few
    assert 0 < (full.value.until - now).total_seconds() <= 60
    # what was full was counted nowhere
    assert {key: number for key, (number, _until) in tries.taken([few, many], now).items()} == {"few": 3, "many": 3}
    tries.give_back([few, many], now)
    assert taken(few, 5) == 1
    tries.forget(["few"])
    assert "few" not in tries.taken([few, many], now)
    assert taken(few, 5) == 3


def test_a_window_closes_by_itself_however_often_it_is_counted(redis):
    count = Count("short", 2, 30)
    taken(count, 20)
    for key in (cache.make_key("short"), cache.make_key("short:end")):
        assert 0 < redis.ttl(key) <= 30, key
    # as when the time is over
    redis.delete(cache.make_key("short"), cache.make_key("short:end"))
    assert taken(count, 5) == 2


def test_two_processes_share_one_limit(redis):
    count, children = Count("shared", 20, 60), []
    for _process in range(2):
        child = os.fork()
        if not child:
            let_through = 255
            try:
                let_through = taken(count, 30)
            finally:
                # nothing of the tests ends here twice
                os._exit(let_through)
        children.append(child)
    each = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    assert sum(each) == 20, each
    assert taken(count, 1) == 0
