"""A recording on a page: silence cut at its ends, −16 LUFS after encoding, small; the original stays as it came."""

import math
import wave
from array import array
from datetime import datetime

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from telephones import id3, silence
from tones import spoken

from campaigns.messages.voices import Voice
from media.cleaning.demuxers import demuxer_of
from media.consents.ending import end, take_back
from media.models import Recording
from media.sounds import mastering
from media.sounds.apart import NotMastered, Silent, joined_apart, mastered_apart
from media.sounds.making import make_small
from outbox.draining import drain
from outbox.effects import Effect

NOW = datetime.fromisoformat("2026-12-01T08:00:00+07:00")


@pytest.mark.parametrize("loud", [300, 1500, 32_000])
def test_however_loud_it_came_it_leaves_alike(tmp_path, loud):
    source = tmp_path / "a.wav"
    source.write_bytes(spoken(loud=loud))
    made = mastering.master(source, tmp_path)
    # the silence went, a breath of it stays
    assert 3 <= made.seconds <= 3.7
    for _ending, _container, _codec, bits, _options in mastering.FORMS:
        path = tmp_path / f"voice.{_ending}"
        said = mastering.measured(mastering.frames_of(path))
        assert said["input_i"] == pytest.approx(-16, abs=1)
        assert said["input_tp"] <= -1.0
        assert path.stat().st_size < made.seconds * bits / 8 * 1.3 + 2000


def test_half_a_minute_goes_with_its_page_over_a_weak_line(tmp_path):
    """30 s and the page, 14 KB, within 150 KB."""
    source = tmp_path / "a.wav"
    source.write_bytes(spoken(seconds=30))
    mastering.master(source, tmp_path)
    assert max((tmp_path / f"voice.{ending}").stat().st_size for ending in ("webm", "m4a")) <= 136 * 1024


@pytest.mark.parametrize("kind", ["wav", "m4a", "ogg"])
def test_the_kinds_in_which_recordings_come(tmp_path, kind):
    source = tmp_path / "a"
    source.write_bytes(spoken(kind))
    assert mastered_apart(source, tmp_path).seconds > 2.5


def test_what_says_nothing_and_what_is_none(tmp_path):
    source = tmp_path / "a"
    source.write_bytes(silence("wav"))
    with pytest.raises(Silent):
        mastered_apart(source, tmp_path)
    for content in (b"", b"#EXTM3U\nhttp://127.0.0.1/\n", spoken()[:30]):
        source.write_bytes(content)
        with pytest.raises(NotMastered):
            mastered_apart(source, tmp_path)


@pytest.mark.parametrize(
    ("head", "reader"),
    [(b"ID3\x04", "mp3"), (b"\xff\xfb\x90\x00", "mp3"), (b"\xff\xf1\x50\x80", "aac"), (b"OggS", "ogg"),
     (b"\x00\x00\x00\x20ftypisom", "mov"), (b"RIFF1234WAVEfmt ", "wav"), (b"\x1a\x45\xdf\xa3", "matroska")],
)  # fmt: skip
def test_the_reader_of_a_head(head, reader):
    assert demuxer_of(head) == reader


def test_a_tag_in_front_hides_nothing_of_the_sound(tmp_path):
    path, counts = tmp_path / "thu.aac", []
    for tag in (b"", id3(3)):
        path.write_bytes(tag + silence("aac"))
        counts.append(sum(frame.samples for frame in mastering.frames_of(path)))
    assert counts[0] == counts[1] > 0


# --- in the library


@pytest.fixture
def voice(db):
    row = Recording.objects.create(title="Lời", type="audio", duration=5, file=ContentFile(spoken(), "loi.wav"))
    drain()
    row.refresh_from_db()
    return row


def test_a_page_offers_the_small_forms_and_the_original_until_they_are_made(db, django_capture_on_commit_callbacks):
    row = Recording.objects.create(title="Lời", type="audio", duration=5, file=ContentFile(spoken(), "loi.wav"))
    assert (row.page_file, row.opus_url) == (row.file, "")
    drain()
    row.refresh_from_db()
    assert row.page_file == row.small_aac
    assert row.loudness == pytest.approx(-16, abs=1)
    drawn = render_to_string("campaigns/_voice.html", {"voice": Voice(row, "vi", "vi")})
    assert f'href="{row.small_aac.url}"' in drawn
    assert f'data-opus="{row.small_opus.url}"' in drawn
    # another file: its own is offered until the forms of it are made, then those of before are gone
    old = [row.small_aac.name, row.small_opus.name]
    row.file = ContentFile(spoken("ogg", seconds=2), "khac.ogg")
    row.save()
    assert row.page_file == row.file
    with django_capture_on_commit_callbacks(execute=True):
        drain()
    row.refresh_from_db()
    assert row.page_file == row.small_aac
    assert [name for name in old if default_storage.exists(name)] == []


def test_of_two_that_make_the_same_forms_the_second_takes_none_away(voice, django_capture_on_commit_callbacks):
    """The worker and a command, or two workers: each read the recording before the other was done."""
    stale = Recording.objects.get(pk=voice.pk)
    stale.mastered_of = ""
    names = [voice.small_aac.name, voice.small_opus.name]
    with django_capture_on_commit_callbacks(execute=True):
        make_small(stale)
    voice.refresh_from_db()
    assert [voice.small_aac.name, voice.small_opus.name] == names
    assert [name for name in names if default_storage.exists(name)] == names


def test_who_speaks_agrees_no_more(voice, django_capture_on_commit_callbacks):
    names = [voice.small_aac.name, voice.small_opus.name, voice.file.name]
    with django_capture_on_commit_callbacks(execute=True):
        end(voice, NOW)
    drain()
    assert [name for name in names if default_storage.exists(name)] == []
    voice.refresh_from_db()
    assert not voice.small_aac
    with django_capture_on_commit_callbacks(execute=True):
        take_back(voice, None, NOW)
    drain()
    voice.refresh_from_db()
    assert voice.page_file == voice.small_aac


def test_a_silent_recording_says_so_to_its_editors(db):
    row = Recording.objects.create(title="Lời", type="audio", duration=1, file=ContentFile(silence("wav"), "a.wav"))
    drain()
    row.refresh_from_db()
    assert "không có tiếng" in row.sound_fault
    assert row.page_file == row.file


def test_films_are_left_alone(db):
    Recording.objects.create(title="Phim", type="video", duration=1, file=ContentFile(spoken("m4a"), "a.m4a"))
    assert not Effect.objects.filter(kind="sounds").exists()


def test_the_forms_go_with_the_recording(voice, django_capture_on_commit_callbacks):
    names = [voice.small_aac.name, voice.small_opus.name]
    with django_capture_on_commit_callbacks(execute=True):
        voice.delete()
    assert [name for name in names if default_storage.exists(name)] == []


# --- sentences joined to a voice


def test_sentences_are_joined_with_their_times_however_loud_each_was(tmp_path):
    """One as a telephone sent it, one cut from the middle of a longer recording."""
    first, long = tmp_path / "a.ogg", tmp_path / "b.m4a"
    first.write_bytes(spoken("ogg", loud=400, seconds=2))
    long.write_bytes(spoken("m4a", loud=20_000, quiet=2, seconds=6))
    pieces = [{"path": str(first)}, {"path": str(long), "begins_at": 3, "ends_at": 6}]
    out = tmp_path / "whole.m4a"
    made = joined_apart(pieces, out, "whole")
    (begins, ends), (second_begins, second_ends) = made.times
    assert begins == 0
    # a breath of a fifth of a second stays at each end
    assert ends == pytest.approx(2.4, abs=0.1)
    assert second_begins == pytest.approx(ends + 0.4, abs=0.01)
    assert second_ends - second_begins == pytest.approx(3, abs=0.1)
    assert made.seconds == pytest.approx(second_ends, abs=0.1)
    said = mastering.measured(mastering.frames_of(out))
    assert said["input_i"] == pytest.approx(-16, abs=1)
    assert said["input_tp"] <= -1.5


def test_a_sentence_in_which_nobody_speaks_joins_nothing(tmp_path):
    (tmp_path / "a").write_bytes(silence("wav"))
    with pytest.raises(Silent):
        joined_apart([{"path": str(tmp_path / "a")}], tmp_path / "heard.m4a", "heard")


def test_what_is_measured_twice_is_the_same(tmp_path):
    """FFmpeg says it in the log, in which a line that is said twice is easily left out: what came second was not read,
    or bore the figures of another sound.
    """
    paths = []
    for loud in (300, 32_000):
        paths.append(tmp_path / f"{loud}.wav")
        paths[-1].write_bytes(spoken(loud=loud, seconds=1, quiet=0))
    first, other = (mastering.measured(mastering.frames_of(path))["input_i"] for path in paths)
    assert first < other - 10
    for path, expected in ((paths[1], other), (paths[1], other), (paths[0], first), (paths[0], first)):
        assert mastering.measured(mastering.frames_of(path))["input_i"] == expected


def test_a_word_among_silence_that_stays_too_quiet_whatever_is_done_is_kept(tmp_path):
    """Its peaks keep it from the aim, so that both tries come to the same."""
    source, rate = tmp_path / "a.wav", 16_000
    with wave.open(str(source), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        beep = array("h", [int(30_000 * math.sin(2 * math.pi * 440 * i / rate)) for i in range(rate // 25)])
        out.writeframes((beep + array("h", bytes(2 * rate))).tobytes() * 3)
    made = joined_apart([{"path": str(source), "begins_at": 0, "ends_at": None}], tmp_path / "b.m4a", "heard")
    assert made.seconds > 1
