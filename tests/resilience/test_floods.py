"""Ten hostile searches beside a reader, through nginx with the file that we ship: her page comes as it always does."""

import http.client
import statistics
import threading
import time
from contextlib import contextmanager
from urllib.parse import quote

import pytest
from nginx import in_front_of, with_nginx

PAGE, SEARCH = "/khoa-hoc/", "/tim-kiem/"
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
WORDS = quote("bán người bế ")
# beyond what the door takes, and the most that it takes
BODIES = [f"q={WORDS * n}".encode() for n in (4_500_000 // len(WORDS), 64_000 // len(WORDS))]
SEARCHERS, READINGS = 10, 30


@contextmanager
def searching(port: int, statuses: list[int]):
    """So many people who send one such search after another until the block ends."""
    ended = threading.Event()

    def search(body: bytes):
        while not ended.is_set():
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            try:
                line.request("POST", SEARCH, body, FORM)
                statuses.append(line.getresponse().status)
            except OSError:  # refused while the body is still on its way
                statuses.append(413)
            finally:
                line.close()
            ended.wait(0.5)

    threads = [threading.Thread(target=search, args=(BODIES[n % 2],)) for n in range(SEARCHERS)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        for thread in threads:
            thread.join()


def seconds(port: int) -> list[float]:
    """Of each of so many readings, one after the other, of a page that is drawn for the reader."""
    took = []
    for number in range(READINGS):
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        begun = time.monotonic()
        line.request("GET", f"{PAGE}?lan={number}")
        assert line.getresponse().read()
        took.append(time.monotonic() - begun)
        line.close()
    return took


@with_nginx
@pytest.mark.soak
def test_ten_hostile_searches_leave_a_readers_page_as_quick_as_it_was(installation, figure):
    statuses: list[int] = []
    with in_front_of(installation.port, installation.folder / "var") as port:
        seconds(port)
        quiet = statistics.median(seconds(port))
        with searching(port, statuses):
            beside = statistics.median(seconds(port))
    figure(
        f"a page beside {SEARCHERS} hostile searches: {beside * 1000:.0f} ms, quiet {quiet * 1000:.0f} ms; "
        f"{len(statuses)} searches, {statuses.count(413)} refused"
    )
    assert {413, 200} >= set(statuses)
    assert beside <= 2 * quiet
