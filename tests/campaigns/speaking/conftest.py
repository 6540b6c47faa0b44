"""Voices of the message in the language that there is not (tests/nonsense.py); sounds are tones that we make."""

import pytest
from factories import make_person
from nonsense import NOW, THU, speakers, thu, written
from voices_of_tests import FIRST, SECOND, make_speaker, tone

from media.sounds.apart import Joined, Mastered
from people.rights.languages import Does, give_works

__all__ = ["speakers", "thu", "written"]


@pytest.fixture
def quick(monkeypatch):
    """Sounds are not encoded: what is made of them stands there in no time, each sentence a second long."""

    def joined(pieces, path, form):
        path.write_bytes(tone("m4a").read())
        return Joined(float(len(pieces)), [(n * 1.4, n * 1.4 + 1) for n in range(len(pieces))])

    def mastered(source, folder):
        for ending in ("webm", "m4a"):
            (folder / f"voice.{ending}").write_bytes(tone(ending).read())
        return Mastered(1.0, {"webm": -16.0, "m4a": -16.0})

    monkeypatch.setattr("campaigns.speaking.hearing.joined_apart", joined)
    monkeypatch.setattr("media.sounds.making.mastered_apart", mastered)


@pytest.fixture
def it(speakers, thu, settings):
    """Two sentences to read on the loudspeaker, in words that are approved; `voice` speaks, `ear` approves."""
    settings.SECOND_STEP_REQUIRED = False
    speakers.voice, speakers.ear = make_person("Người Đọc", "NT-voice"), make_person("Người Nghe", "NT-ear")
    give_works(speakers.voice, speakers.units.da_nang, [(THU, Does.SPEAKS)])
    give_works(speakers.ear, speakers.units.da_nang, [(THU, Does.APPROVES)])
    speakers.message.spoken = f"{FIRST} {SECOND}"
    speakers.message.save_revision().publish()
    speakers.now, speakers.key = NOW, speakers.message.translation_key
    speakers.speaker = make_speaker(speakers.voice)
    return speakers
