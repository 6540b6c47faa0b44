"""The package of a week for a stick, and what other sites take: feeds, a card in a frame."""

import json
import zipfile
from datetime import time, timedelta
from io import BytesIO
from types import SimpleNamespace
from xml.etree import ElementTree

import av
import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from sharing import shared
from wagtail.models import PageLogEntry

from campaigns.communes.notices import NoticePage
from campaigns.loudspeakers import package_making
from campaigns.loudspeakers.package import Package, ask, to_delete, week_of, withdrawn, work_of
from campaigns.loudspeakers.package_making import Stretch, Title, week
from campaigns.loudspeakers.slot import Slot
from campaigns.messages.message import MessagePage, MessageRecording
from campaigns.renderings import holding
from campaigns.translating.sentences import SourceSentence
from media.models import Recording
from media.sounds import for_players
from media.sounds.for_players import mp3
from outbox.draining import drain
from outbox.private_files import private_files
from people.log.audit import Act, Entry
from people.times import today

pytestmark = pytest.mark.django_db


def a_sound(path, seconds: float = 1.0) -> bytes:
    """A tone as WAV."""
    import math

    rate = 48_000
    with av.open(str(path), "w", format="wav") as out:
        stream = out.add_stream("pcm_s16le", rate=rate)
        stream.layout = "mono"
        samples = b"".join(
            int(9000 * math.sin(n * 440 * 2 * math.pi / rate)).to_bytes(2, "little", signed=True)
            for n in range(int(rate * seconds))
        )
        frame = av.AudioFrame(format="s16", layout="mono", samples=int(rate * seconds))
        frame.rate = rate
        frame.planes[0].update(samples)
        out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path.read_bytes()


@shared
def spoken(communes):
    """The message with a Vietnamese voice that may go on loudspeakers; two slots a day in Tây Giang."""
    message, unit = communes.message, communes.units.tay_giang
    voice = Recording(title="Giọng đọc", type="audio", duration=1, language="vi", consent_for=["site", "loudspeaker"])
    voice.file.name, voice.is_clean = "media/giong.wav", True
    Recording.objects.bulk_create([voice])
    voice = Recording.objects.get(title="Giọng đọc")
    MessageRecording.objects.create(message=message, language="vi", recording=voice)
    fields = {"first_day": today(), "last_day": today() + timedelta(days=30), "planned_by": communes.cast.editor}
    key = message.translation_key
    slots = [Slot.objects.create(commune=unit, message_key=key, at=time(hour), **fields) for hour in (17, 5)]
    return SimpleNamespace(**vars(communes), voice=voice, slots=slots, unit=unit)


def asked(it, language="vi") -> Package:
    return ask(it.unit, week_of(today()), language, it.cast.editor, timezone.now())[0]


def tracks(package):
    found = week(package)
    return found.tracks, found.notes


def test_plays_stand_in_their_order_by_names_that_fat32_takes(spoken):
    found, notes = tracks(asked(spoken))
    names = [one.name for one in found]
    assert names == sorted(names)
    assert len(names) == 2 * (7 - today().weekday())
    first, second = names[:2]
    assert (first[:4], first[-23:]) == ("001-", "-0500-di-lam-xa.mp3"[-23:]) or first.endswith("-0500-di-lam-xa.mp3")
    assert second.endswith("-1700-di-lam-xa.mp3")
    assert all(name.isascii() and len(name) < 80 and not set(name) & set('\\/:*?"<>| ') for name in names)
    assert notes == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"consent_for": ["site"]}, "chưa đồng ý cho phát trên loa"),
        ({"consent_for": []}, "chưa đồng ý cho phát trên loa"),
        ({"consent_until": today() - timedelta(days=30)}, "đến trước tuần này"),
        ({"consent_ended": True}, "chưa có tiếng nói bằng tiếng Việt"),
    ],
)
def test_a_voice_that_may_not_be_played_is_left_out_and_named(spoken, change, said):
    Recording.objects.filter(pk=spoken.voice.pk).update(**change)
    found, notes = tracks(asked(spoken))
    assert found == []
    assert notes[0].startswith("Đi làm xa: ")
    assert said in notes[0]


def test_a_language_without_a_voice_is_told_and_nothing_is_made(spoken):
    row = asked(spoken, "lo")
    drain()
    work = work_of(row)
    assert (work.state, work.error) == ("failed", "Đi làm xa: chưa có tiếng nói bằng tiếng Lào.")


def test_a_week_is_made_in_the_background_fetched_and_ends_with_its_voice(spoken, client_of, monkeypatch):
    monkeypatch.setattr(
        package_making, "mp3_apart", lambda source, path: path.write_bytes(b"mp3" + source.read_bytes())
    )
    spoken.voice.file.storage.delete("media/giong.wav")
    spoken.voice.file.storage.save("media/giong.wav", ContentFile(b"RIFF"))
    Recording.objects.filter(pk=spoken.voice.pk).update(consent_until=week_of(today()) + timedelta(days=6))
    client = client_of(spoken.cast.editor)
    base = f"/loa-xa/{spoken.unit.pk}/goi/"
    assert client.post(base, {"week": "2020-01-06", "language": "vi"}).status_code == 422
    answer = client.post(base, {"week": f"{week_of(today()):%Y-%m-%d}", "language": "vi"})
    row = Package.objects.get()
    assert "Đang làm" in client.get(answer["Location"]).content.decode()
    drain()
    work = work_of(row)
    assert (work.state, work.done, work.total) == ("done", 1, 1)
    with zipfile.ZipFile(BytesIO(private_files.open(work.result["file"]).read())) as archive:
        names = archive.namelist()
        assert archive.read(names[0]) == b"mp3RIFF"
        told = archive.read("DOC-TRUOC.txt").decode("utf-8-sig")
    assert names[-1] == "DOC-TRUOC.txt"
    assert f"Gói số {row.pk}" in told
    assert f"{week_of(today()) + timedelta(days=6):%d/%m/%Y}" in told
    page = client.get(answer["Location"]).content.decode()
    assert "lượt phát" in page
    assert client.get(f"{answer['Location']}tep/")["Content-Disposition"].startswith("attachment")
    sentence = SourceSentence(page_key=spoken.message.translation_key, path="truth", text="x")
    assert holding.packages(sentence)[0].count == 1
    Recording.objects.filter(pk=spoken.voice.pk).update(consent_ended=True)
    assert client.get(f"{answer['Location']}tep/").status_code == 302
    assert "Xóa gói khỏi USB" in client.get(answer["Location"]).content.decode()
    assert "đã rút: xóa khỏi thẻ" in client.get(base).content.decode()
    assert client_of(spoken.cast.learner).get(answer["Location"]).status_code == 403


def test_a_title_that_was_recorded_is_played_before_its_message(spoken, monkeypatch, tmp_path):
    """As the room that records them says; without one the message stands by itself."""
    name = private_files.save("voices/ten.ogg", ContentFile(b"title"))
    title = Title((Stretch(7, name, 1.0, 2.5),), until=week_of(today()) + timedelta(days=3))
    key = spoken.message.translation_key
    monkeypatch.setattr(package_making, "_TITLES", [lambda keys, language: {key: title} if key in keys else {}])
    found = week(asked(spoken))
    assert [one.is_title for one in found.tracks[:4]] == [True, False, True, False]
    assert found.tracks[0].name.endswith("-0500-ten-di-lam-xa.mp3")
    assert [one.name[:3] for one in found.tracks[:4]] == ["001", "002", "003", "004"]
    assert len(found.plays) * 2 == len(found.tracks)
    cut = {}

    def joined(pieces, path, form):
        cut["pieces"] = pieces
        path.write_bytes(b"cut")

    monkeypatch.setattr(package_making, "joined_apart", joined)
    monkeypatch.setattr(package_making, "mp3_apart", lambda source, path: path.write_bytes(source.read_bytes()))
    made = package_making._title(title, tmp_path)
    assert made.read_bytes() == b"cut"
    assert (cut["pieces"][0]["begins_at"], cut["pieces"][0]["ends_at"]) == (1.0, 2.5)
    ended = Title(title.said, until=week_of(today()) - timedelta(days=1))
    monkeypatch.setattr(package_making, "_TITLES", [lambda keys, language: {key: ended}])
    assert not [one for one in week(asked(spoken)).tracks if one.is_title]


def test_a_message_that_is_over_falls_out_of_the_week_and_of_packages_and_is_named(spoken, client_of, monkeypatch):
    package = asked(spoken)
    package.made, package.voices, package.messages = True, 1, str(spoken.message.translation_key)
    package.save()
    package.recordings.set([spoken.voice])
    assert withdrawn([package]) == {}
    MessageRecording.objects.all().delete()
    assert "đã rút hoặc đã có bản mới" in withdrawn([package])[package.pk]
    MessageRecording.objects.create(message=spoken.message, language="vi", recording=spoken.voice)
    spoken.message.unpublish()
    assert tracks(package) == ([], ["Đi làm xa: đã rút, không phát nữa."])
    assert withdrawn([package]) == {package.pk: "“Đi làm xa”: đã rút."}
    client = client_of(spoken.cast.editor)
    assert "“Đi làm xa”: đã rút." in client.get(f"/loa-xa/goi/{package.pk}/").content.decode()
    assert "đã rút: xóa khỏi thẻ" in client.get(f"/loa-xa/{spoken.unit.pk}/goi/").content.decode()


def test_packages_are_looked_at_with_a_constant_number_of_queries(spoken, django_assert_num_queries):
    rows = [asked(spoken) for _n in range(3)]
    for one in rows:
        one.messages, one.voices = str(spoken.message.translation_key), 1
        one.save()
        one.recordings.set([spoken.voice])
    for some in (rows[:1], rows):
        with django_assert_num_queries(6):
            assert withdrawn(some) == {}


def test_a_package_that_no_stick_holds_is_refused(spoken, monkeypatch):
    monkeypatch.setattr(package_making, "MOST_BYTES", 3)
    monkeypatch.setattr(package_making, "mp3_apart", lambda source, path: path.write_bytes(b"mp3mp3"))
    spoken.voice.file.storage.delete("media/giong.wav")
    spoken.voice.file.storage.save("media/giong.wav", ContentFile(b"RIFF"))
    row = asked(spoken)
    drain()
    assert "bớt lượt phát" in work_of(row).error


def test_a_sound_for_players_is_mp3_of_96_kbit_and_more_without_tags(tmp_path):
    a_sound(tmp_path / "source")
    mp3(tmp_path / "source", tmp_path / "play.mp3")
    with av.open(str(tmp_path / "play.mp3")) as made:
        (stream,) = made.streams.audio
        assert (stream.codec_context.name[:3], stream.rate, stream.channels) == ("mp3", 48_000, 1)
        assert stream.bit_rate >= for_players.BITS
        assert not made.metadata


# --- what other sites take


def test_the_feeds_say_the_same_in_three_forms_with_the_voice(spoken, client):
    rss = ElementTree.fromstring(client.get("/tin.rss").content)
    (item,) = rss.findall("channel/item")
    told = json.loads(client.get("/tin.json").content)
    (same,) = told["items"]
    assert (item.findtext("guid"), item.findtext("title")) == (same["id"], same["title"])
    assert item.find("enclosure").get("url") == same["attachments"][0]["url"]
    assert same["attachments"][0]["url"].startswith("http")
    assert client.get("/tin.json")["Content-Type"].startswith("application/feed+json")
    slug = spoken.tay_giang.slug
    assert json.loads(client.get(f"/xa-phuong/{slug}/tin.json").content)["items"] == []
    assert client.get(f"/xa-phuong/{slug}/tin.rss").status_code == 200
    assert client.get("/xa-phuong/khong-co/tin.json").status_code == 404


def test_a_message_taken_down_keeps_its_id_and_says_so_without_its_words(spoken, client):
    before = json.loads(client.get("/tin.json").content)["items"][0]
    spoken.message.unpublish()
    (item,) = json.loads(client.get("/tin.json").content)["items"]
    assert (item["id"], item["url"]) == (before["id"], before["url"])
    assert item["title"] == "Đã rút, hãy gỡ"
    assert "attachments" not in item
    assert before["title"] not in json.dumps(item, ensure_ascii=False)
    assert item["date_modified"] > before["date_modified"]
    # what was never public is told to nobody
    type(spoken.message).objects.update(first_published_at=None)
    assert json.loads(client.get("/tin.json").content)["items"] == []


def test_a_notice_taken_down_says_so_in_its_communes_feed_for_two_months_and_one_past_its_day_is_gone(spoken, client):
    notice = NoticePage(title="Họp thôn", slug="hop-thon", text="<p>Tối thứ bảy.</p>", live=True)
    spoken.tay_giang.add_child(instance=notice)
    notice.save_revision().publish()
    notice.refresh_from_db()
    notice.unpublish()
    address = f"/xa-phuong/{spoken.tay_giang.slug}/tin.json"
    (item,) = json.loads(client.get(address).content)["items"]
    assert item["title"] == "Đã rút, hãy gỡ"
    PageLogEntry.objects.update(timestamp=timezone.now() - timedelta(days=61))
    assert json.loads(client.get(address).content)["items"] == []
    PageLogEntry.objects.update(timestamp=timezone.now())
    NoticePage.objects.update(expired=True)
    assert json.loads(client.get(address).content)["items"] == []


def test_the_card_alone_may_be_framed_and_has_no_script_and_no_cookie(spoken, client):
    answer = client.get(f"/the-tin/{spoken.message.pk}/")
    said = answer.content.decode()
    assert "frame-ancestors *" in answer["Content-Security-Policy"]
    assert "script-src 'none'" in answer["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer
    assert not answer.cookies
    assert "<script" not in said
    assert 'href="tel:111"' in said
    assert "Việc nhẹ, lương cao" in said
    page = client.get(spoken.message.url)
    assert page["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    share = client.get(f"/chia-se/{spoken.message.pk}/").content.decode()
    assert f"/the-tin/{spoken.message.pk}/" in share
    spoken.message.unpublish()
    assert client.get(f"/the-tin/{spoken.message.pk}/").status_code == 404
    assert client.get("/the-tin/99999999999999999999/").status_code == 404


# --- withdrawn


@pytest.fixture
def kept(spoken, monkeypatch):
    """A package of this week that was made and fetched."""
    monkeypatch.setattr(
        package_making, "mp3_apart", lambda source, path: path.write_bytes(b"mp3" + source.read_bytes())
    )
    spoken.voice.file.storage.delete("media/giong.wav")
    spoken.voice.file.storage.save("media/giong.wav", ContentFile(b"RIFF"))
    spoken.package = asked(spoken)
    drain()
    spoken.address = f"/loa-xa/goi/{spoken.package.pk}/"
    return spoken


def taken_off(it) -> None:
    """A voice that was withdrawn or made anew is no recording any more."""
    MessageRecording.objects.all().delete()
    Recording.objects.get(pk=it.voice.pk).delete()


def unpublished(it) -> None:
    MessagePage.objects.get(pk=it.message.pk).unpublish()


def ended(it) -> None:
    Recording.objects.filter(pk=it.voice.pk).update(consent_ended=True)


@pytest.mark.parametrize(
    ("withdraw", "why"),
    [
        (taken_off, "đã rút hoặc đã có bản mới"),
        (unpublished, "đã rút."),
        (ended, "không đồng ý nữa"),
    ],
    ids=["voice", "message", "consent"],
)
def test_what_was_withdrawn_is_handed_out_no_more_and_stands_in_the_communes_lists_until_it_is_ticked(
    kept, client_of, withdraw, why
):
    client, lists = client_of(kept.cast.editor), [f"/loa-xa/{kept.unit.pk}/", f"/in-an/xa/{kept.tay_giang.pk}/"]
    assert client.get(f"{kept.address}tep/").status_code == 200
    assert not any(kept.address in client.get(path).content.decode() for path in lists)
    # before anything was withdrawn there is nothing to tick
    client.post(kept.address)
    withdraw(kept)
    assert client.get(f"{kept.address}tep/").status_code == 302
    for path in lists:
        shown = client.get(path).content.decode()
        assert kept.address in shown, path
        assert why in shown, path
    assert why in client.get(kept.address).content.decode()
    # another commune ticks nothing here
    assert client_of(kept.cast.other_editor).post(kept.address).status_code in (403, 404)
    assert Package.objects.get().deleted_at is None
    client.post(kept.address)
    row = Package.objects.get()
    assert (row.deleted_at is not None, row.deleted_by) == (True, kept.cast.editor)
    assert Entry.objects.filter(act=Act.DELETED_PACKAGE, unit=kept.unit, detail=str(row.pk)).count() == 1
    assert not any(kept.address in client.get(path).content.decode() for path in lists)
    assert client.get(f"{kept.address}tep/").status_code == 302
    assert "đã rút, xã đã xóa" in client.get(f"/loa-xa/{kept.unit.pk}/goi/").content.decode()


def test_the_list_of_packages_asks_the_same_for_many_as_for_one(kept, client_of, django_assert_max_num_queries):
    for n in range(6):
        row = Package.objects.create(
            commune=kept.unit, monday=week_of(today()), language="vi", asked_at=timezone.now(), made=True,
            use_until=today() + timedelta(days=6), messages=str(kept.message.translation_key), voices=1 + n,
        )  # fmt: skip
        row.recordings.add(kept.voice)
    with django_assert_max_num_queries(8):
        assert len(to_delete([kept.unit.pk])) == 5


def test_a_slot_of_a_withdrawn_message_says_so_by_its_name(spoken, client_of):
    unpublished(spoken)
    shown = client_of(spoken.cast.editor).get(f"/loa-xa/{spoken.unit.pk}/").content.decode()
    assert "Không đọc nữa" in shown
    assert f"17:00 · {spoken.message.title}" in shown
    assert "<b>đã rút</b>" in shown
    assert "tờ tin, PDF" not in shown
