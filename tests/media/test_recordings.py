"""A recording of the library does not tell who made it or where, whichever way it came."""

from io import BytesIO
from socket import socket

import av
import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from factories import make_person
from telephones import SECRET, id3, silence, taken

from media.cleaning.recordings import BROKEN_RECORDING, OTHER_KIND, untagged
from media.models import Recording
from media.stored import ask_for_cleaning
from outbox.draining import drain

WORDS = ("title", "location", "location-eng", "comment", "artist")


@pytest.mark.parametrize("kind", ["mp3", "m4a", "mp4", "ogg", "opus", "wav", "aiff"])
def test_nothing_but_the_sound_is_kept(kind):
    raw = silence(kind, tags=True)
    assert SECRET in raw
    kept = untagged(ContentFile(raw, name=f"thu.{kind}")).read()
    assert SECRET not in kept
    assert b"15.83" not in kept
    with av.open(BytesIO(kept)) as before, av.open(BytesIO(raw)) as after:
        assert not set(WORDS) & set(before.metadata)
        assert not before.streams.audio[0].metadata.get("title")
        assert before.streams.audio[0].codec_context.name == after.streams.audio[0].codec_context.name
        frames = [sum(frame.samples for frame in one.decode(audio=0)) for one in (before, after)]
    assert frames[0] == pytest.approx(frames[1], abs=2400)


def test_the_tag_of_a_recording_that_was_put_behind_another_goes_too():
    """What merges recordings of a telephone often copies the files one behind the other."""
    one, both = (untagged(ContentFile(silence("mp3", tags=True) * times, name="thu.mp3")).read() for times in (1, 2))
    assert SECRET not in both
    assert b"ID3" not in both
    assert len(both) == pytest.approx(2 * len(one), rel=0.02)


IN_FRONT = {
    "2.3": id3(3),
    "2.4": id3(4),
    "two": id3(3) + id3(4),
    "with a footer": id3(4, footer=b"3DI\x04\0\x10"),
    "larger than what is read at once": id3(3, padding=300_000),
}


@pytest.mark.parametrize("tag", IN_FRONT.values(), ids=IN_FRONT)
@pytest.mark.parametrize("kind", ["aac", "mp3", "flac", "wav"])
def test_a_tag_in_front_of_the_sound_goes_and_the_sound_is_taken(kind, tag):
    raw = silence(kind)
    kept = untagged(ContentFile(tag + raw, name=f"thu.{kind}")).read()
    assert SECRET not in kept
    assert b"ID3" not in kept
    assert kept == untagged(ContentFile(raw, name=f"thu.{kind}")).read()


def test_a_tag_that_ffmpeg_takes_for_sound_goes_too():
    """Lyrics3 stands behind the sound of an MP3; whoever reads the file gets its author."""
    lyrics = b"LYRICSBEGININD0000200AUT%05d" % len(SECRET) + SECRET
    raw = silence("mp3")
    tagged = raw + lyrics + b"%06dLYRICS200" % len(lyrics) + b"TAG" + SECRET.ljust(125, b"\0")
    kept = untagged(ContentFile(tagged, name="thu.mp3")).read()
    assert SECRET not in kept
    assert kept == untagged(ContentFile(raw, name="thu.mp3")).read()


@pytest.mark.parametrize("content", [b"", b"x", b"<html></html>", silence("m4a")[:60]])
def test_what_is_no_recording_is_refused_in_one_sentence(content):
    with pytest.raises(ValidationError) as refused:
        untagged(ContentFile(content, name="a.m4a"))
    assert refused.value.messages == [str(BROKEN_RECORDING)]


LISTS = [
    "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nhttp://127.0.0.1:{port}/a.ts\n#EXT-X-ENDLIST\n",
    "ffconcat version 1.0\nfile 'http://127.0.0.1:{port}/a.mp3'\n",
    '#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXT-X-MAP:URI="http://127.0.0.1:{port}/a.mp4"\n#EXTINF:9,\nfile:///etc/passwd\n',
    '<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT9S"><Period><AdaptationSet '
    'mimeType="audio/mp4"><Representation id="1" bandwidth="9"><BaseURL>http://127.0.0.1:{port}/a.mp4</BaseURL>'
    '<SegmentBase indexRange="0-9"/></Representation></AdaptationSet></Period></MPD>',
]


@pytest.mark.parametrize("written", LISTS)
def test_a_list_of_addresses_makes_the_server_ask_nobody(written):
    with socket() as ear:
        ear.bind(("127.0.0.1", 0))
        ear.listen()
        ear.settimeout(0.05)
        content = written.format(port=ear.getsockname()[1]).encode()
        for name in ("a.mp3", "a.mp4", "a.webm"):
            with pytest.raises(ValidationError):
                untagged(ContentFile(content, name=name))
        with pytest.raises(TimeoutError):
            ear.accept()


@pytest.mark.parametrize("name", ["a.hls", "a.m3u8", "a.mpd", "a.segment", "a.tee", "a.html", "a"])
def test_what_ffmpeg_would_write_beside_the_file_is_no_kind_of_recording(name):
    with pytest.raises(ValidationError) as refused:
        untagged(ContentFile(silence("mp3"), name=name))
    assert refused.value.messages == [str(OTHER_KIND)]


def test_what_comes_in_any_way_is_clean(db):
    sound = Recording(title="a", type="audio", duration=1)
    sound.file.save("a.mp3", ContentFile(silence("mp3", tags=True)), save=False)
    sound.thumbnail.save("a.jpg", ContentFile(taken("JPEG")), save=False)
    sound.save()
    made = Recording.objects.create(
        title="b", type="audio", duration=1, file=ContentFile(silence("ogg", tags=True), "b.ogg")
    )
    for row in (sound, made):
        row.refresh_from_db()
        assert row.is_clean
        assert SECRET not in row.file.read()
    assert SECRET not in sound.thumbnail.read()


def test_the_picture_of_a_recording_loses_where_it_was_taken_whichever_way_it_comes(db, client_of, settings):
    settings.SECOND_STEP_REQUIRED = False
    assert SECRET in taken("JPEG")
    # by a script, by a queryset's create, by the form
    sound = Recording(title="Lời nhắn", type="audio", duration=1, file=ContentFile(silence("ogg"), "loi.ogg"))
    sound.thumbnail = ContentFile(taken("JPEG"), "a.jpg")
    sound.save()
    assert SECRET not in sound.thumbnail.read()
    other = Recording.objects.create(
        title="Khác",
        type="audio",
        duration=1,
        file=ContentFile(silence("ogg"), "loi.ogg"),
        thumbnail=ContentFile(taken("JPEG"), "b.jpg"),
    )
    assert SECRET not in Recording.objects.get(pk=other.pk).thumbnail.read()
    fields = {
        "title": "Khác",
        "duration": 1,
        "collection": other.collection_id,
        "tags": "",
        "consent": "không có người",
    }
    picture = SimpleUploadedFile("c.jpg", taken("JPEG"))
    manager = client_of(make_person("Quản Trị", "QT-9", is_superuser=True))
    answer = manager.post(f"/cms/media/edit/{other.pk}/", {**fields, "thumbnail": picture})
    assert answer.status_code == 302, answer.context["form"].errors
    kept = Recording.objects.get(pk=other.pk)
    assert kept.thumbnail.name != other.thumbnail.name
    assert SECRET not in kept.thumbnail.read()


@pytest.mark.parametrize("name", ["a.aac", "a.aif", "a.aiff", "a.flac", "a.m4a", "a.mp3", "a.ogg", "a.opus", "a.wav"])
def test_the_form_takes_every_sound_that_is_cleaned(db, client_of, settings, name):
    settings.SECOND_STEP_REQUIRED = False
    kind = {"aif": "aiff"}.get(name[2:], name[2:])
    raw = (id3(3) if kind in ("aac", "flac", "wav") else b"") + silence(kind, tags=kind != "aac")
    assert SECRET in raw
    fields = {"title": "Lời nhắn", "duration": 1, "collection": 1, "tags": "", "consent": "không có người"}
    manager = client_of(make_person("Quản Trị", "QT-9", is_superuser=True))
    answer = manager.post("/cms/media/audio/add/", {**fields, "file": SimpleUploadedFile(name, raw)})
    assert answer.status_code == 302, answer.context["form"].errors
    kept = Recording.objects.get()
    assert kept.is_clean
    assert SECRET not in kept.file.read()


def test_a_picture_of_a_recording_from_before_is_cleaned_in_the_night(db):
    sound = Recording.objects.create(
        title="Lời nhắn", type="audio", duration=1, file=ContentFile(silence("ogg"), "loi.ogg")
    )
    raw = sound.thumbnail.storage.save("media_thumbnails/cu.jpg", ContentFile(taken("JPEG")))
    Recording.objects.update(thumbnail=raw, is_clean=False)
    ask_for_cleaning(timezone.now())
    drain()
    kept = Recording.objects.get()
    assert (kept.is_clean, kept.thumbnail.name != raw) == (True, True)
    assert SECRET not in kept.thumbnail.read()
    assert not kept.thumbnail.storage.exists(raw)


def test_the_form_says_beside_the_field_what_is_no_recording(db, cast, client_of):
    cast.manager.is_superuser = cast.manager.is_staff = True
    cast.manager.save()
    editor = client_of(cast.manager)
    fields = {"title": "Lời", "duration": "1", "language": "vi", "transcript": "Lời.", "credit": "", "consent": ""}
    broken = editor.post(
        "/cms/media/audio/add/", {**fields, "file": SimpleUploadedFile("a.mp3", b"x" * 90)}, follow=True
    )
    assert str(BROKEN_RECORDING) in broken.content.decode()
    good = SimpleUploadedFile("a.mp3", silence("mp3", tags=True))
    assert editor.post("/cms/media/audio/add/", {**fields, "file": good}).status_code == 302
    assert SECRET not in Recording.objects.get().file.read()
