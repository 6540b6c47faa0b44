"""From a sentence that is spoken to a voice on the page, and off it again."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from telephones import silence
from voices_of_tests import lines, make_speaker, send, tone, words_for

from campaigns.messages.message import MessagePage, MessageRecording
from campaigns.messages.voices import voice_in
from campaigns.renderings.texts.approving import leave_open, reopen, rewrite, settle
from campaigns.renderings.texts.passages import Passage
from campaigns.speaking import consents
from campaigns.speaking.consents import end_speaker, forget
from campaigns.speaking.deciding import approve, send_back
from campaigns.speaking.publishing import heard_in
from campaigns.speaking.rules import Piece
from campaigns.speaking.script import TITLE, script_of
from campaigns.speaking.settling import unsettled
from campaigns.speaking.speaker import Speaker
from campaigns.speaking.takes import Sound, Take
from campaigns.speaking.taking_in import Sent, take_in
from campaigns.speaking.titles import for_loudspeakers, gone
from campaigns.speaking.told.board import voices
from campaigns.translating.deciding import approve as approve_words
from campaigns.translating.deciding import say_same, say_wrong
from campaigns.translating.refusing import Refused
from campaigns.translating.sentences import SentenceTranslation, SourceSentence
from campaigns.translating.working import Typed, seal, write
from media.consents.ending import end, end_what_is_over, take_back
from media.models import Recording
from media.sounds.captions import cues_of
from outbox.draining import drain
from outbox.effects import Effect
from outbox.private_files import private_files
from people.rights.languages import Does, give_works
from people.times import today

pytestmark = pytest.mark.django_db
THU = "qaa-x-thu"


def approve_all(it, by=None):
    picked = [line.take.pk for line in lines(it) if line.state == "awaiting"]
    return approve(by or it.ear, it.key, THU, picked, it.now)


def state(it):
    return voices([THU], [it.message])[THU][0].state


def public(it):
    """What a reader of the Vietnamese page hears in the language."""
    page = MessagePage.objects.get(pk=it.message.pk)
    return voice_in(page, THU).recording


@pytest.fixture
def heard(it, quick, django_capture_on_commit_callbacks):
    """Both sentences spoken, approved, joined, on the page."""
    words_for(it, "Zu ka.", "Ro.")
    with django_capture_on_commit_callbacks(execute=True):
        for line in lines(it):
            send(it, line)
    drain()
    with django_capture_on_commit_callbacks(execute=True):
        approve_all(it)
    drain()
    it.recording = public(it)
    return it


def test_from_an_empty_message_to_a_voice_on_its_page(it, django_capture_on_commit_callbacks):
    assert [line.source.text for line in lines(it)] == ["Một câu để đọc.", "Gọi số ấy."], "the bulletin is read"
    assert state(it) == "missing"
    words_for(it, "Zu ka.", "Ro.")
    assert state(it) == "speaker"
    for line in lines(it):
        send(it, line)
    assert state(it) == "awaiting"
    drain()
    assert all(take.heard and take.seconds for take in Take.objects.all())
    with django_capture_on_commit_callbacks(execute=True):
        assert approve_all(it) == 2
    assert state(it) == "joining"
    assert public(it) is None
    drain()
    voice = public(it)
    assert state(it) == "published"
    assert voice.loudness == pytest.approx(-16, abs=1)
    assert voice.has_small_forms
    first, second = cues_of(voice.captions)
    assert (first.text, second.text) == ("Zu ka.", "Ro.")
    assert first.ends < second.begins
    assert voice.transcript == "Zu ka.\nRo."
    assert voice.consent_for == ["site"]
    assert not voice.may_be_named
    rows = MessageRecording.objects.filter(language=THU)
    assert {row.message.locale.language_code for row in rows} == {"vi", THU}, "the same on its translation"


def test_sent_twice_over_a_broken_line_is_sent_once(it):
    words_for(it, "Zu ka.")
    number, line = uuid4(), lines(it)[0]
    assert not send(it, line, number=number).again
    assert send(it, line, number=number).again
    assert send(it, line).again, "the same sound under another number"
    assert Take.objects.count() == Sound.objects.count() == 1
    assert len(private_files.listdir("voices")[1]) == 1


def test_the_same_sound_approved_twice_is_one_approval(it):
    words_for(it, "Zu ka.", "Ro.")
    for line in lines(it):
        send(it, line)
    picked = [line.take.pk for line in lines(it)]
    assert approve(it.ear, it.key, THU, picked, it.now) == 2
    assert approve(it.approver, it.key, THU, picked, it.now) == 0
    assert Effect.objects.filter(kind="voice_joined").count() == 1
    assert set(Take.objects.values_list("approver", flat=True)) == {it.ear.pk}


def test_neither_voice_nor_translator_approves_nor_who_speaks_no_word_of_it(it):
    words_for(it, "Zu ka.")
    line = lines(it)[0]
    send(it, line)
    take = lines(it)[0].take
    for person in (it.voice, it.writer, it.other):
        with pytest.raises(Refused, match="người bản ngữ khác"):
            approve(person, it.key, THU, [take.pk], it.now)
        with pytest.raises(Refused, match="người bản ngữ khác"):
            send_back(person, it.key, THU, {take.pk: "Nhỏ quá."}, it.now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Take.objects.filter(pk=take.pk).update(approver=it.voice, state="approved", decided_at=it.now)


def test_whose_telephone_it_was_approves_it_neither(it):
    """The speaker has no account."""

    give_works(it.voice, it.units.da_nang, [(THU, Does.SPEAKS), (THU, Does.APPROVES)])
    words_for(it, "Zu ka.")
    send(it, lines(it)[0], speaker=make_speaker(it.voice, person=None, how="paper"))
    with pytest.raises(Refused, match="người bản ngữ khác"):
        approve(it.voice, it.key, THU, [lines(it)[0].take.pk], it.now)


def test_who_spoke_a_sentence_does_not_approve_its_words(it):
    """Words that were approved and spoken, outdated by a correction, and handed over again as they are."""

    words_for(it, "Zu ka.")
    send(it, lines(it)[0], speaker=make_speaker(it.voice, person=it.approver))
    page = MessagePage.objects.get(pk=it.message.pk)
    page.spoken = page.spoken.replace("để đọc", "để mà đọc")
    page.save_revision().publish()
    source = lines(it)[0].source
    row = SentenceTranslation.objects.get(source=source)
    write(
        it.writer,
        it.orthography,
        it.key,
        [Typed(source.pk, "Zu ka.", seal(source, row))],
        it.now,
        hand_over=[source.pk],
    )
    row.refresh_from_db()
    with pytest.raises(Refused, match="hoặc đọc"):
        approve_words(it.approver, it.orthography, it.key, {source.pk: seal(source, row)}, it.now)
    assert approve_words(it.ear, it.orthography, it.key, {source.pk: seal(source, row)}, it.now) == 1


def test_what_is_sent_back_says_why_and_is_recorded_again(it):
    words_for(it, "Zu ka.")
    send(it, lines(it)[0])
    with pytest.raises(Refused, match="ghi cần sửa gì"):
        send_back(it.ear, it.key, THU, {lines(it)[0].take.pk: " "}, it.now)
    send_back(it.ear, it.key, THU, {lines(it)[0].take.pk: "Có tiếng ồn."}, it.now)
    line = lines(it)[0]
    assert (line.state, line.take.word) == ("back", "Có tiếng ồn.")
    with pytest.raises(Refused, match="gửi lại"):
        approve(it.ear, it.key, THU, [line.take.pk], it.now)
    send(it, line, tone(loud=4000))
    assert lines(it)[0].state == "awaiting"


def test_a_whole_recording_is_cut_into_its_sentences(it, django_capture_on_commit_callbacks):

    words_for(it, "Zu ka.", "Ro.")
    first, second = lines(it)
    pieces = [Piece(first.source.pk, first.seal, 0, 2), Piece(second.source.pk, second.seal, 2, None)]
    with django_capture_on_commit_callbacks(execute=True):
        take_in(it.voice, it.key, THU, Sent(uuid4(), it.speaker, tone("m4a", seconds=3), pieces), it.now)
    drain()
    long, short = Take.objects.order_by("begins_at")
    assert long.seconds == pytest.approx(2, abs=0.2)
    assert short.seconds == pytest.approx(1, abs=0.2)
    assert Sound.objects.count() == 1


def test_a_corrected_sentence_asks_for_its_own_sound_alone(heard, django_capture_on_commit_callbacks):
    it = heard
    page = MessagePage.objects.get(pk=it.message.pk)
    page.spoken = "Một câu mới để đọc. Gọi số ấy."
    page.save_revision().publish()
    say_same(it.cast.manager, [lines(it)[0].source.pk], it.now)
    assert [line.state for line in lines(it)] == ["outdated", "approved"]
    assert state(it) == "outdated"
    assert public(it) == it.recording, "the same meaning: the voice stays until there is a new one"
    words_for(it, "Zu ka mo.")
    with django_capture_on_commit_callbacks(execute=True):
        send(it, lines(it)[0], tone(loud=5000, seconds=2))
    drain()
    with django_capture_on_commit_callbacks(execute=True):
        approve_all(it)
    drain()
    assert state(it) == "published"
    assert public(it) != it.recording
    assert public(it).transcript == "Zu ka mo.\nRo."
    assert not Recording.objects.filter(pk=it.recording.pk).exists()
    assert Take.objects.filter(state="approved").count() == 2


def test_what_was_wrong_is_heard_no_more_in_any_language(heard, django_capture_on_commit_callbacks):
    it = heard
    name = it.recording.small_aac.name
    with django_capture_on_commit_callbacks(execute=True):
        say_wrong(it.cast.manager, [lines(it)[0].source.pk], it.now)
    assert public(it) is None
    assert state(it) == "withdrawn"
    assert not default_storage.exists(name)
    assert [line.state for line in lines(it)] == ["withdrawn", "approved"]


def test_a_recording_of_the_library_from_before_the_correction_stops_too(it):
    row = Recording.objects.create(title="Lời", type="audio", duration=1, file=tone())
    page = MessagePage.objects.get(pk=it.message.pk)
    page.recordings.add(MessageRecording(language="lo", recording=row))
    page.save_revision().publish()
    draft = page.save_revision()
    words_for(it, "Zu.")
    page.spoken = "Một câu khác. Gọi số ấy."
    page.save_revision().publish()
    source = SourceSentence.objects.of(it.key).get(text="Một câu khác.")
    say_wrong(it.cast.manager, [source.pk], it.now)
    stored = MessagePage.objects.get(pk=page.pk)
    assert voice_in(stored, "lo").recording is None
    draft.publish()
    assert voice_in(MessagePage.objects.get(pk=page.pk), "lo").recording is None, "no draft brings it back"


def test_a_draft_from_before_the_voice_does_not_take_it_away(it, quick, django_capture_on_commit_callbacks):
    draft = MessagePage.objects.get(pk=it.message.pk).save_revision()
    words_for(it, "Zu ka.", "Ro.")
    for line in lines(it):
        send(it, line)
    with django_capture_on_commit_callbacks(execute=True):
        approve_all(it)
    drain()
    assert public(it)
    draft.publish()
    assert public(it)


# --- voice first


def test_a_language_without_any_text_is_spoken_first(it, quick, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for line in lines(it):
            assert line.is_vietnamese
            send(it, line)
    drain()
    with django_capture_on_commit_callbacks(execute=True):
        approve_all(it)
    drain()
    voice = public(it)
    assert [(cue.text, cue.language) for cue in cues_of(voice.captions)] == [
        ("Một câu để đọc.", "vi"),
        ("Gọi số ấy.", "vi"),
    ], "its Vietnamese script stands beside"
    words_for(it, "Zu ka.")
    assert state(it) == "published", "words that are written down later leave the voice as it is"


def test_what_is_only_heard_is_asked_about_too_and_stops_where_it_was_wrong(
    it, quick, client_of, django_capture_on_commit_callbacks, django_assert_num_queries
):
    with django_capture_on_commit_callbacks(execute=True):
        for line in lines(it):
            send(it, line)
    drain()
    with django_capture_on_commit_callbacks(execute=True):
        approve_all(it)
    drain()
    assert public(it)
    page = MessagePage.objects.get(pk=it.message.pk)
    page.spoken = page.spoken.replace("Một câu để đọc.", "Một câu khác để đọc.")
    page.save_revision().publish()
    source = SourceSentence.objects.of(it.key).get(text="Một câu khác để đọc.")
    assert source.change == "unsaid", "nobody wrote it in that language, and it is heard there"
    client = client_of(it.cast.manager)
    assert "Đang nghe được bằng: Tiếng thử" in client.get("/dich/cau-da-sua/").content.decode()
    client.post("/dich/cau-da-sua/", {"act": "wrong", "cau": source.pk})
    assert public(it) is None
    # a recording that was chosen by hand reads the message, in whatever language
    row = Recording.objects.create(title="Lời", type="audio", duration=1, file=tone())
    page.recordings.add(MessageRecording(language="lo", recording=row))
    page.spoken = page.spoken.replace("Gọi số ấy.", "Gọi số kia.")
    page.save_revision().publish()
    other = SourceSentence.objects.of(it.key).get(text="Gọi số kia.")
    with django_assert_num_queries(2):
        assert heard_in([source, other]) == {source.pk: {"lo"}, other.pk: {"lo", THU}}


def test_a_sentence_that_an_office_has_to_settle_is_in_no_voice(
    it, quick, client_of, django_capture_on_commit_callbacks, django_assert_num_queries
):
    page = MessagePage.objects.get(pk=it.message.pk)
    passage = Passage.objects.create(message=page, slot="loud.30", text=page.spoken, written_at=it.now)
    point = leave_open(passage, "Gọi số ấy.", "Số nào", "Công an")
    with django_capture_on_commit_callbacks(execute=True):
        for line in lines(it):
            send(it, line)
    drain()
    takes = {line.source.text: line.take for line in lines(it)}
    shown = client_of(it.approver).get(f"/tieng-noi/{THU}/nghe/{page.pk}/").content.decode()
    assert shown.count("† chờ cơ quan xác nhận") == 1
    assert f'name="pick-{takes["Gọi số ấy."].pk}"' not in shown
    with pytest.raises(Refused, match="Gọi số ấy"):
        approve_all(it)
    assert approve(it.approver, it.key, THU, [takes["Một câu để đọc."].pk], it.now) == 1
    settle(point, "Trực ban", it.now.date(), "Công văn 1", it.cast.manager, it.now)
    with django_capture_on_commit_callbacks(execute=True):
        approve(it.approver, it.key, THU, [takes["Gọi số ấy."].pk], it.now)
    drain()
    assert public(it)
    # what was settled is open again: nobody hears it until then
    with django_capture_on_commit_callbacks(execute=True):
        reopen(point, it.cast.manager, it.now)
    assert public(it) is None
    assert [line.state for line in lines(it)] == ["approved", "awaiting"]
    # the sentence on paper is rewritten and the point is about all of it: what the page reads is not settled by that
    rewrite(passage, "", "Hỏi rồi hãy gọi.", it.cast.manager, it.now)
    those = [line.source for line in lines(it)]
    with django_assert_num_queries(1):
        assert unsettled(those) == {source.pk for source in those}
    assert state(it) != "published"


# --- what is no voice


def test_what_is_no_recording_says_so(it):
    words_for(it, "Zu ka.")
    line = lines(it)[0]
    for content in (b"#EXTM3U\nhttp://127.0.0.1/\n", b"", b"%PDF-1.7 ............"):
        with pytest.raises(Refused, match="không phải bản thu"):
            send(it, line, ContentFile(content, name="thu.mp3"))
    assert not Sound.objects.exists()
    assert private_files.exists("voices") is False or private_files.listdir("voices")[1] == []


def test_silence_comes_back_to_who_recorded_it(it, django_capture_on_commit_callbacks):
    words_for(it, "Zu ka.")
    with django_capture_on_commit_callbacks(execute=True):
        send(it, lines(it)[0], ContentFile(silence("wav"), name="thu.wav"))
    drain()
    line = lines(it)[0]
    assert line.state == "back"
    assert "Không nghe thấy tiếng" in line.take.word


def test_words_that_changed_while_it_waited_on_the_device_are_asked_for_again(it):
    words_for(it, "Zu ka.")
    old = lines(it)[0]
    words_for(it, "Zu mo.")
    taken = send(it, old)
    assert taken.old == [old.source.pk]
    line = lines(it)[0]
    assert line.state == "back"
    assert "đã sửa" in line.take.word


# --- consent


def test_nobody_is_recorded_who_did_not_agree(it):
    words_for(it, "Zu ka.")
    over = make_speaker(it.voice, until=it.now.date() - timedelta(days=1))
    with pytest.raises(Refused, match="không còn đồng ý"):
        send(it, lines(it)[0], speaker=over)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_speaker(it.voice, is_minor=True)


def test_what_several_agreed_to_is_the_least_of_it(it, quick, django_capture_on_commit_callbacks):
    words_for(it, "Zu ka.", "Ro.")
    child = make_speaker(
        it.voice,
        person=None,
        how="paper",
        uses=["site"],
        until=it.now.date() + timedelta(days=900),
        is_minor=True,
        representative_agreed=True,
        name="Bé Thử",
    )
    Speaker.objects.filter(pk=it.speaker.pk).update(uses=["site", "loudspeaker"])
    it.speaker.refresh_from_db()
    first, second = lines(it)
    send(it, first)
    send(it, second, speaker=child)
    with django_capture_on_commit_callbacks(execute=True):
        approve_all(it)
    drain()
    row = public(it)
    assert (row.consent_for, row.consent_until) == (["site"], child.until)
    assert row.shows_minor
    assert row.representative_agreed
    assert (row.may_be_named, row.credit) == (False, "")


def test_who_asks_is_heard_nowhere_any_more_and_a_mistake_is_taken_back(heard, django_capture_on_commit_callbacks):
    it, names = heard, [heard.recording.file.name, heard.recording.small_aac.name, heard.recording.small_opus.name]
    with django_capture_on_commit_callbacks(execute=True):
        assert end_speaker(it.speaker, it.now, by=it.voice) == 1
    assert public(it) is None
    assert not any(default_storage.exists(name) for name in names)
    assert state(it) == "speaker", "it asks for another voice"
    row = Recording.objects.get(pk=it.recording.pk)
    with django_capture_on_commit_callbacks(execute=True):
        take_back(row, it.cast.manager, it.now)
    assert public(it) == row
    assert state(it) == "published"


def test_an_end_in_the_library_ends_it_at_the_desk(heard, django_capture_on_commit_callbacks):

    with django_capture_on_commit_callbacks(execute=True):
        end(heard.recording, heard.now, by=heard.cast.editor)
    heard.speaker.refresh_from_db()
    assert heard.speaker.ended_at


def test_its_day_ends_it_within_a_minute(heard, django_capture_on_commit_callbacks):
    Recording.objects.filter(pk=heard.recording.pk).update(consent_until=heard.now.date())
    with django_capture_on_commit_callbacks(execute=True):
        assert end_what_is_over(heard.now + timedelta(days=1)) == 1
    assert public(heard) is None


def test_originals_go_when_nothing_can_be_taken_back_any_more(heard, settings):
    end_speaker(heard.speaker, heard.now)
    files = [sound.file for sound in Sound.objects.all()]
    forget(heard.now + settings.RETENTION["ended_consents"] - timedelta(days=1))
    assert all(private_files.exists(name) for name in files)
    forget(heard.now + settings.RETENTION["ended_consents"] + timedelta(days=1))
    assert not any(private_files.exists(name) for name in files)
    assert private_files.listdir("voices")[1] == []


def test_another_voice_takes_the_place_of_one_that_agrees_no_more(heard, django_capture_on_commit_callbacks):
    it = heard
    with django_capture_on_commit_callbacks(execute=True):
        end_speaker(it.speaker, it.now)
    other = make_speaker(it.voice, person=None, how="paper")
    with django_capture_on_commit_callbacks(execute=True):
        for line in lines(it):
            send(it, line, tone(loud=6000 + line.source.pk), speaker=other)
    drain()
    with django_capture_on_commit_callbacks(execute=True):
        approve_all(it)
    drain()
    assert public(it) not in (None, it.recording)
    assert Recording.objects.filter(pk=it.recording.pk, consent_ended=True).exists(), "that it ended stays known"


def test_an_erased_person_is_heard_no_more(heard):
    consents._erased(None, heard.voice, now=heard.now)
    assert public(heard) is None
    heard.speaker.refresh_from_db()
    assert heard.speaker.person is None


def test_a_page_that_is_kept_lets_go_of_a_voice_whose_consent_ended(heard, client, django_capture_on_commit_callbacks):
    address = f"/{THU}/ngay-30-7/di-lam-xa/"
    name = heard.recording.small_aac.url
    for _visit in (1, 2):
        assert name in client.get(address).content.decode()
    sound = client.get(name)
    assert sound.headers["Cache-Control"] == "public, no-cache"
    with django_capture_on_commit_callbacks(execute=True):
        end_speaker(heard.speaker, heard.now)
    assert name not in client.get(address).content.decode()
    assert client.get(name).status_code == 404


def test_the_board_asks_a_constant_number_of_questions(it, django_assert_num_queries):
    words_for(it, "Zu ka.")
    send(it, lines(it)[0])
    # pages, sentences, words, sounds, what is public, what was withdrawn, who speaks, who translates
    with django_assert_num_queries(8):
        assert len(voices([THU, "lo", "ktv"])[THU]) == 1


# --- the title, for loudspeakers


def test_a_title_is_recorded_like_any_sentence_and_is_no_part_of_the_voice(it, quick):
    sentences = script_of(it.key, THU, TITLE)
    assert " ".join(line.source.text for line in sentences) == it.message.heading
    assert not any(line.is_title for line in lines(it))
    loud = make_speaker(it.voice, uses=["site", "loudspeaker"])
    for number, line in enumerate(sentences):
        send(it, line, tone(loud=3000 + number), speaker=loud)
    drain()
    assert for_loudspeakers([it.key], THU) == {}, "nobody approved it yet"
    assert state(it) == "missing", "the voice does not wait for it, nor is it there with it"
    picked = [line.take.pk for line in script_of(it.key, THU, TITLE)]
    approve(it.ear, it.key, THU, picked, it.now)
    title = for_loudspeakers([it.key], THU)[it.key]
    assert title.takes == set(picked)
    assert gone(picked) == set()
    assert not Effect.objects.filter(kind="voice_joined").exists()
    # who did not agree to loudspeakers is not heard there
    Speaker.objects.filter(pk=loud.pk).update(uses=["site"])
    assert for_loudspeakers([it.key], THU) == {}
    Speaker.objects.filter(pk=loud.pk).update(uses=["site", "loudspeaker"], until=today() + timedelta(days=2))
    assert for_loudspeakers([it.key], THU)[it.key].until == today() + timedelta(days=2)
    say_wrong(it.cast.manager, [sentences[0].source.pk], it.now)
    assert for_loudspeakers([it.key], THU) == {}
    assert gone(picked) == {picked[0]}
    end_speaker(loud, it.now)
    assert gone(picked) == set(picked)
