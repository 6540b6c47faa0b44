"""What a sentence's sound and a voice are in."""

import pytest

from campaigns.speaking import rules
from campaigns.speaking.hearing import _by_name
from campaigns.speaking.rules import Piece, is_of, pieces_fit, voice_state
from campaigns.speaking.speaker import Speaker
from media.sounds.captions import Cue, cues_of, why_not, written


@pytest.mark.parametrize(
    ("states", "is_public", "was_withdrawn", "may_begin", "found"),
    [
        ([], False, False, True, "missing"),
        (["missing", "missing"], False, False, False, "missing"),
        (["missing", "missing"], False, False, True, "speaker"),
        (["missing", "approved"], False, False, False, "speaker"),
        (["back", "approved"], False, False, True, "speaker"),
        (["awaiting", "approved"], False, False, True, "awaiting"),
        (["approved"], False, False, True, "joining"),
        (["approved", "approved"], True, False, True, "published"),
        (["approved", "outdated"], True, False, True, "outdated"),
        (["approved", "awaiting"], True, False, True, "outdated"),
        (["withdrawn", "approved"], False, True, True, "withdrawn"),
    ],
)
def test_where_a_voice_stands(states, is_public, was_withdrawn, may_begin, found):
    said = {"is_public": is_public, "was_withdrawn": was_withdrawn, "may_begin": may_begin}
    assert voice_state(states, **said) == found
    assert found in rules.LABELS


@pytest.mark.parametrize(
    ("take", "now", "fits"),
    [
        (("Zu.", "Một."), ("Zu.", "Một."), True),
        (("Zu.", "Một."), ("Ka.", "Một."), False),
        (("Zu.", "Một."), ("Zu.", "Hai."), False),
        # spoken before anybody wrote it down
        (("", "Một."), ("", "Một."), True),
        (("", "Một."), ("Zu.", "Một."), True),
        (("", "Một."), ("", "Hai."), False),
        # withdrawn words are no words
        (("Zu.", "Một."), ("", "Một."), False),
    ],
)
def test_whether_a_sound_says_what_stands_there(take, now, fits):
    assert is_of(*take, *now) is fits


def piece(source=1, begins=0.0, ends=None):
    return Piece(source, "", begins, ends)


@pytest.mark.parametrize(
    ("pieces", "fit"),
    [
        ([piece()], True),
        ([piece(1, 0, 2), piece(2, 2, None)], True),
        ([], False),
        ([piece(1), piece(1)], False),
        ([piece(1, 0, None), piece(2, 2, 3)], False),
        ([piece(1, 0, 3), piece(2, 2, 4)], False),
        ([piece(1, 2, 2.1)], False),
        ([piece(1, -1, 2)], False),
        ([piece(1, 0, 10_000)], False),
        ([piece(1, float("nan"), None)], False),
        ([piece(n, n, n + 1) for n in range(rules.MOST_PIECES + 1)], False),
    ],
)
def test_sentences_within_a_recording(pieces, fit):
    assert pieces_fit(pieces) is fit


def test_captions_come_back_as_they_were_written():
    cues = [Cue(0, 2.4, "Zu <ka> & ro.", "qaa-x-thu"), Cue(3661.05, 3663.1, "Gọi 111.", "vi")]
    text = written(cues, "qaa-x-thu")
    assert text.startswith("WEBVTT\n\n00:00.000 --> 00:02.400\nZu &lt;ka&gt; &amp; ro.\n")
    assert "01:01:01.050 --> 01:01:03.100\n<lang vi>Gọi 111.</lang>" in text
    assert cues_of(text) == [Cue(0, 2.4, "Zu <ka> & ro."), cues[1]]
    assert why_not(text) == why_not("") == ""


@pytest.mark.parametrize("text", ["Gọi 111.", "WEBVTT", "WEBVTT\n\n00:03.000 --> 00:01.000\nSai giờ", "\x00" * 9])
def test_what_is_no_captions_says_what_to_do(text):
    assert why_not(text)
    assert isinstance(cues_of(text), list)


def test_who_reads_stands_in_the_credit_by_given_name():
    names = ["Bùi Đạt", "Zơrâm Dũng", "Nguyễn Thị Ánh"]
    assert _by_name(Speaker(name=name) for name in names) == ["Nguyễn Thị Ánh", "Zơrâm Dũng", "Bùi Đạt"]
