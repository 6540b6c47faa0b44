"""A message with its voice on a slow line: how many bytes, and in which order, until it is read and heard. The seconds
are measured by `make soak` alone.
"""

import json
import re
import time

import pytest
from browser.trial import PHONE
from costs import slower

# 100 kbit/s both ways, 400 ms there and back
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 12_500, "uploadThroughput": 12_500}
# the page with all that it fetches by itself; with the voice of thirty seconds
READ, HEARD = 45 * 1024, 150 * 1024
FIRST_CONTENT, VOICE_BEGINS = 3.0, 5.0

VOICE = """
import json, math, random
from array import array
from io import BytesIO
import av
from django.core.files.base import ContentFile
from campaigns.messages.message import MessagePage, MessageRecording
from media.recordings import Recording
from media.sounds.making import make_small
rate, out, noise = 48000, BytesIO(), random.Random(3)
samples = array("h")
for i in range(rate * 30):
    swell = max(0, math.sin(i / 5200)) * (0.6 + 0.4 * math.sin(i / 31000))
    samples.append(int(swell * (5200 * math.sin(2 * math.pi * 170 * i / rate) + noise.gauss(0, 900))))
with av.open(out, "w", format="wav") as container:
    stream = container.add_stream("pcm_s16le", rate=rate)
    stream.layout = "mono"
    frame = av.AudioFrame(format="s16", layout="mono", samples=len(samples))
    frame.planes[0].update(samples.tobytes())
    frame.sample_rate = rate
    for packet in [*stream.encode(frame), *stream.encode(None)]:
        container.mux(packet)
row = Recording(title="Giọng thử", type="audio", duration=30, language="vi", consent_for=["site"])
row.file = ContentFile(out.getvalue(), name="giong-thu.wav")
row.save()
make_small(row)
row.refresh_from_db()
page = MessagePage.objects.live().filter(locale__language_code="vi").exclude(spoken="").first()
MessageRecording.objects.update_or_create(message=page, language="vi", defaults={"recording": row})
page.save_revision().publish()
print("JSON" + json.dumps({"url": page.url, "opus": row.small_opus.size, "aac": row.small_aac.size}))
"""


@pytest.fixture(scope="module")
def spoken(trial) -> dict:
    return json.loads(trial.manage("shell", "-v", "0", "-c", VOICE).partition("JSON")[2])


class Line:
    """What comes over the line: (path, bytes) in the order in which it was asked for."""

    def __init__(self, visitor, *, slow: bool):
        self.asked: dict[str, str] = {}
        self.bytes: dict[str, int] = {}
        session = visitor.context.new_cdp_session(visitor.page)
        session.send("Network.enable")
        if slow:
            session.send("Network.emulateNetworkConditions", SLOW)
        session.on("Network.requestWillBeSent", self._asked)
        session.on("Network.dataReceived", self._came)
        session.on("Network.loadingFinished", self._whole)

    def _asked(self, event) -> None:
        self.asked[event["requestId"]] = event["request"]["url"]

    def _came(self, event) -> None:
        self.bytes[event["requestId"]] = self.bytes.get(event["requestId"], 0) + int(event["encodedDataLength"])

    def _whole(self, event) -> None:
        self.bytes[event["requestId"]] = int(event["encodedDataLength"])

    @property
    def total(self) -> int:
        return sum(self.bytes.values())

    def of(self, part: str) -> list[str]:
        return [url for url in self.asked.values() if part in url]


@pytest.mark.parametrize("slow", [False, pytest.param(True, marks=pytest.mark.soak)], ids=["bytes", "seconds"])
def test_a_message_is_read_and_its_voice_begins_on_a_slow_line(someone, trial, spoken, figure, slow):
    assert spoken["opus"] <= spoken["aac"] <= HEARD - READ
    visitor = someone(None, PHONE)
    page, line = visitor.page, Line(visitor, slow=slow)
    started = time.monotonic()
    page.goto(trial.url + spoken["url"], wait_until="commit")
    page.locator("h1").wait_for()
    first = time.monotonic() - started
    painted = page.evaluate(
        "() => new Promise((done) => new PerformanceObserver((list) => done(list.getEntries()[0].startTime / 1000))"
        ".observe({ type: 'paint', buffered: true }))"
    )
    page.wait_for_load_state("load")
    read = line.total
    # nothing of the voice is fetched before somebody wants it
    assert line.of("/media/small/") == line.of(".webm") == line.of(".m4a") == []
    assert read <= READ
    play = page.locator("a.play")
    assert re.search(r"30 giây · \d+ KB", play.inner_text().replace("\n", " "))
    pressed = time.monotonic()
    play.click()
    page.wait_for_function("() => [...document.querySelectorAll('audio')].some((one) => one.currentTime > 0)")
    begun = time.monotonic() - pressed
    # one file, in the smaller form, and the page stays where it is
    assert len(set(line.of("/small/"))) == 1
    assert page.url == trial.url + spoken["url"]
    page.wait_for_function(
        "() => [...document.querySelectorAll('audio')].some((one) => one.buffered.length &&"
        " one.buffered.end(one.buffered.length - 1) >= one.duration - 1)",
        timeout=60_000,
    )
    figure(
        f"a message with its voice: {read / 1024:.1f} KB read, {line.total / 1024:.1f} KB with the voice "
        f"(Opus {spoken['opus'] / 1024:.1f}, AAC {spoken['aac'] / 1024:.1f}); first content {painted:.2f} s "
        f"({first:.2f} s as seen from here), voice {begun:.2f} s after the press"
        f"{' at 100 kbit/s, 400 ms' if slow else ''}"
    )
    assert line.total <= HEARD
    if slow:
        assert painted <= FIRST_CONTENT * slower()
        assert begun <= VOICE_BEGINS * slower()
