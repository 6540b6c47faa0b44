"""Chains through voices: translator and voice approve what is theirs by no entrance; of another language or another
commune nobody sees, hears or fetches anything; what is private stays so, and what a consent ended is found nowhere.

The language is one that there is not (tests/nonsense.py), its words are ours, its sounds are tones.
"""

import json
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from factories import make_person
from nonsense import NOW, THU, speakers, thu, written
from voices_of_tests import FIRST, SECOND, lines, make_speaker, send, tone, words_for

from campaigns.messages.message import MessagePage, MessageRecording
from campaigns.speaking.consents import end_speaker
from campaigns.speaking.speaker import Speaker
from campaigns.speaking.takes import MessageVoice, Sound, Take
from campaigns.translating.sentences import SentenceTranslation
from media.models import Recording
from media.recordings import SMALL
from media.sounds.apart import Joined, Mastered
from outbox.draining import drain
from outbox.private_files import private_files
from people.rights.languages import Does, give_works
from people.rights.roles import Role, RoleKind, end, give
from people.times import today

__all__ = ["speakers", "thu", "written"]
pytestmark = pytest.mark.django_db
ALL = [Does.TRANSLATES, Does.SPEAKS, Does.APPROVES]
# who knows another language, who works for a commune, who reads along
OTHERS = ["other_language", "editor", "unit_head", "trainer", "learner", "observer", "teacher", "no_language"]


@pytest.fixture(autouse=True)
def quick(monkeypatch, settings):
    """No sound is encoded."""
    settings.SECOND_STEP_REQUIRED = False

    def joined(pieces, path, form):
        path.write_bytes(tone("m4a").read())
        return Joined(float(len(pieces)), [(n * 1.4, n * 1.4 + 1) for n in range(len(pieces))])

    def mastered(source, folder):
        for ending in SMALL.values():
            (folder / f"voice.{ending}").write_bytes(tone(ending).read())
        return Mastered(1.0, dict.fromkeys(SMALL.values(), -16.0))

    monkeypatch.setattr("campaigns.speaking.hearing.joined_apart", joined)
    monkeypatch.setattr("media.sounds.making.mastered_apart", mastered)


@pytest.fixture
def it(speakers, thu):
    """Approved words of two sentences, spoken by `voice`, waiting for `ear`; `everything_hers` does all three works."""
    people = {
        "voice": [(THU, Does.SPEAKS)],
        "ear": [(THU, Does.APPROVES)],
        "everything_hers": [(THU, does) for does in ALL],
        "other_language": [("lo", does) for does in ALL],
    }
    for name, works in people.items():
        setattr(speakers, name, make_person(f"Người {name}", f"NT-{name[:8]}"))
        give_works(getattr(speakers, name), speakers.units.da_nang, works)
    speakers.no_language = make_person("Người Dịch Không Tiếng", "NT-khong")
    give(speakers.no_language, RoleKind.TRANSLATOR, speakers.units.da_nang)
    page = MessagePage.objects.get(pk=speakers.message.pk)
    page.spoken = f"{FIRST} {SECOND}"
    page.save_revision().publish()
    speakers.now, speakers.key = NOW, page.translation_key
    speakers.speaker = make_speaker(speakers.voice)
    words_for(speakers, "Zu ka.", "Ro.")
    return speakers


@pytest.fixture
def spoken(it):
    for line in lines(it):
        send(it, line)
    drain()
    it.takes = [line.take for line in lines(it)]
    it.at = addresses(it)
    return it


@pytest.fixture
def heard(spoken, client_of, django_capture_on_commit_callbacks):
    """On the page."""
    it = spoken
    with django_capture_on_commit_callbacks(execute=True):
        client_of(it.ear).post(it.at.listen, {f"pick-{take.pk}": "1" for take in it.takes})
    drain()
    it.recording = MessageVoice.objects.get().recording
    return it


def addresses(it) -> SimpleNamespace:
    base = f"/tieng-noi/{THU}/"
    return SimpleNamespace(
        listen=f"{base}nghe/{it.message.pk}/",
        record=f"{base}thu/{it.message.pk}/",
        send=f"/tieng-noi/gui/{THU}/{it.message.pk}/",
        people=f"{base}nguoi-doc/",
        end=f"{base}nguoi-doc/{it.speaker.pk}/thoi/",
        withdraw=f"{base}nghe/{it.message.pk}/rut/",
        sentences=[f"{base}cau/{take.pk}/" for take in Take.objects.order_by("pk")],
        queue=base,
    )


def person_of(it, name):
    return getattr(it, name, None) or getattr(it.cast, name)


def everything() -> list:
    """All that a chain could have changed."""
    models = (Take, Sound, Speaker, MessageVoice, MessageRecording, SentenceTranslation, Role)
    return [*(list(model.objects.order_by("pk").values()) for model in models), Recording.objects.count()]


def sound_form(it, speaker, **more) -> dict:
    line = lines(it)[0]
    pieces = [{"source": line.source.pk, "seal": line.seal, "begins_at": 0, "ends_at": None}]
    return {"number": str(uuid4()), "speaker": speaker.pk, "pieces": json.dumps(pieces), "sound": tone("m4a"), **more}


def shut(answer) -> bool:
    return answer.status_code in (302, 403, 404, 405)


# --- translator and voice do not approve


@pytest.mark.parametrize("name", ["voice", "writer", "other_language", "no_language"])
def test_neither_voice_nor_translator_nor_who_knows_another_language_decides(spoken, client_of, name):
    client, before = client_of(person_of(spoken, name)), everything()
    for take in spoken.takes:
        client.post(spoken.at.listen, {f"pick-{take.pk}": "1"})
        client.post(spoken.at.listen, {f"back-{take.pk}": "Nhỏ quá."})
        client.post(f"/tieng-noi/lo/nghe/{spoken.message.pk}/", {f"pick-{take.pk}": "1"})
    assert everything() == before


def test_who_does_all_three_works_approves_nothing_of_hers_by_any_entrance(it, client_of):
    """Hers is what she wrote, what she spoke, what another spoke on her telephone."""
    she = it.everything_hers
    for speaker in (make_speaker(she), make_speaker(she, person=None, how="paper")):
        send(it, lines(it)[0], tone(loud=3000 + speaker.pk), by=she, speaker=speaker)
        drain()
        take = lines(it)[0].take
        client, before = client_of(she), everything()
        client.post(addresses(it).listen, {f"pick-{take.pk}": "1"})
        client.post(addresses(it).listen, {f"back-{take.pk}": "Nhỏ."})
        # the words that she spoke, at the other desk
        row = SentenceTranslation.objects.get(source=lines(it)[0].source)
        desk = f"/dich/{THU}/bai/{it.message.pk}/"
        client.post(desk, {"act": "approve", f"pick-{row.source_id}": "1", f"seen-{row.source_id}": "x"})
        assert everything() == before
    # her role ends and she has another one: whose sound it is has not changed
    for role in Role.objects.current().filter(user=she):
        end(role)
    give_works(she, it.units.da_nang, [(THU, Does.APPROVES)])
    client_of(she).post(addresses(it).listen, {f"pick-{take.pk}": "1"})
    take.refresh_from_db()
    assert (take.state, take.approver) == ("awaiting", None)


def test_who_wrote_the_words_approves_no_sound_of_them_even_if_another_spoke(it, client_of):
    give_works(it.writer, it.units.da_nang, [(THU, Does.TRANSLATES), (THU, Does.APPROVES)])
    send(it, lines(it)[0])
    drain()
    take = lines(it)[0].take
    client_of(it.writer).post(addresses(it).listen, {f"pick-{take.pk}": "1"})
    take.refresh_from_db()
    assert take.state == "awaiting"


def test_no_voice_goes_out_by_the_editors_screens_before_it_is_approved(spoken, client_of):
    client, page = client_of(spoken.voice), MessagePage.objects.get(pk=spoken.message.pk)
    translated = MessagePage.objects.filter(translation_key=spoken.key).exclude(pk=page.pk).first()
    for pk in [page.pk, *([translated.pk] if translated else [])]:
        client.post(f"/cms/pages/{pk}/edit/", {"title": "x", "action-publish": "1", "recordings-TOTAL_FORMS": "1"})
    assert not MessageRecording.objects.exists()
    assert not Recording.objects.exists()


# --- another language, another commune, the public


@pytest.mark.parametrize("name", OTHERS)
def test_who_has_no_part_in_the_language_sees_hears_sends_and_ends_nothing(spoken, client_of, name):
    it, client, before = spoken, client_of(person_of(spoken, name)), everything()
    here = it.at
    for path in (here.listen, here.record, here.people, here.queue, *here.sentences):
        answer = client.get(path)
        assert shut(answer), path
    for path in (here.listen, here.people, here.end, here.withdraw):
        assert shut(client.post(path, {"act": "withdraw", "who": "me", "how": "self", "uses": ["site"]})), path
    assert shut(client.post(here.send, sound_form(it, it.speaker)))
    # the number of a sound of one language under the address of hers
    for take in it.takes:
        assert shut(client.get(f"/tieng-noi/lo/cau/{take.pk}/"))
        assert shut(client.post(f"/tieng-noi/lo/nguoi-doc/{it.speaker.pk}/thoi/"))
    assert everything() == before


def test_a_colleague_records_in_nobody_elses_name_and_ends_no_consent_that_is_not_hers(spoken, client_of):
    it, client, before = spoken, client_of(spoken.everything_hers), everything()
    for accept in ("text/html", "application/json"):
        answer = client.post(it.at.send, sound_form(it, it.speaker), HTTP_ACCEPT=accept)
        assert answer.status_code in (302, 422)
    assert client.post(it.at.end).status_code == 404
    assert it.speaker.uses_in_words[0] not in client.get(it.at.people).content.decode().partition("<form")[0]
    assert everything() == before


def test_the_public_gets_no_original_and_no_sentence(heard):
    public = Client()
    for path in heard.at.sentences:
        assert shut(public.get(path))
    names = [*Sound.objects.values_list("file", flat=True), *Take.objects.values_list("heard", flat=True)]
    assert len(names) == 4
    for name in names:
        assert private_files.exists(name)
        assert not default_storage.exists(name)
        for path in (f"/media/{name}", f"/tep/{name}", f"/tep/media/{name}", f"/tep-rieng/{name}"):
            assert public.get(path, follow=True).status_code == 404, path


def test_no_screen_of_the_library_shows_originals_or_what_waits(spoken, client_of):
    """What lies in the library is what was joined and approved, nothing before."""
    call_command("update_index", verbosity=0)
    for person in (spoken.cast.editor, spoken.cast.other_editor, spoken.cast.manager, spoken.cast.administrator):
        client = client_of(person)
        for path in ("/cms/media/", "/cms/media/chooser/", "/cms/media/chooser/audio/", "/cms/dong-y/"):
            said = client.get(path, {"q": spoken.message.title}).content.decode()
            assert "voices/" not in said
            assert "Zu ka." not in said
    assert not Recording.objects.exists()


# --- once a consent has ended


def test_what_a_consent_ended_is_found_nowhere(heard, client_of, django_capture_on_commit_callbacks):
    it, row = heard, heard.recording
    public, editor = Client(), client_of(heard.cast.editor)
    stored = [row.file.name, row.small_aac.name, row.small_opus.name]
    addresses_of = [row.file.url, row.small_aac.url, row.small_opus.url]
    captions = f"/tep/phu-de/{row.pk}.vtt"
    assert public.get(captions).status_code == 200
    page = f"/{THU}/ngay-30-7/di-lam-xa/"
    assert row.small_aac.url in public.get(page).content.decode()
    call_command("update_index", verbosity=0)
    with django_capture_on_commit_callbacks(execute=True):
        client_of(it.voice).post(it.at.end)
    row.refresh_from_db()
    assert row.consent_ended
    assert not any(default_storage.exists(name) for name in stored)
    for address in addresses_of:
        assert public.get(address).status_code == 404
    assert public.get(captions).status_code == 404
    for path in (page, it.message.url, "/tin.json", "/tin.rss", "/tin.atom"):
        said = public.get(path).content.decode()
        assert not any(address in said for address in addresses_of), path
    for path in ("/cms/media/chooser/", "/cms/media/chooser/audio/"):
        assert f'"{row.pk}"' not in editor.get(path, {"q": row.title}).content.decode()
    for path in (f"/cms/media/chooser/{row.pk}/",):
        assert shut(editor.get(path)) or row.file.url not in editor.get(path).content.decode()
    # the sentences too: nobody at the desk hears them any more
    for path in it.at.sentences:
        for person in (it.ear, it.voice, it.cast.manager):
            assert client_of(person).get(path).status_code == 404


def test_by_its_day_a_consent_ends_for_the_desk_as_well(spoken, client_of):
    Speaker.objects.filter(pk=spoken.speaker.pk).update(until=today() - timedelta(days=1))
    for path in spoken.at.sentences:
        assert client_of(spoken.ear).get(path).status_code == 404
    before = everything()
    client_of(spoken.ear).post(spoken.at.listen, {f"pick-{take.pk}": "1" for take in spoken.takes})
    client_of(spoken.voice).post(spoken.at.send, sound_form(spoken, spoken.speaker))
    assert everything() == before


def test_a_colleague_of_the_other_language_ends_no_voice_and_no_commune_does(heard, client_of):
    before = everything()
    for name in OTHERS:
        client = client_of(person_of(heard, name))
        client.post(heard.at.withdraw, {"act": "withdraw"})
        client.post(heard.at.end)
        client.post(f"/cms/media/delete/{heard.recording.pk}/")
        client.post(f"/cms/media/edit/{heard.recording.pk}/", {"title": "Của tôi", "language": THU})
    assert everything() == before
    heard.recording.refresh_from_db()
    assert (heard.recording.title, heard.recording.consent_ended) == (heard.message.title, False)


def test_a_withdrawn_voice_comes_back_by_who_leads_alone_and_never_without_consent(heard, client_of):
    client_of(heard.cast.manager).post(heard.at.withdraw, {"act": "withdraw"})
    assert MessageVoice.objects.get().recording is None
    before = everything()
    for name in ("voice", "ear", "everything_hers", "writer"):
        assert client_of(person_of(heard, name)).post(heard.at.withdraw, {"act": "again"}).status_code == 403
    assert everything() == before
    end_speaker(heard.speaker, timezone.now())
    client_of(heard.cast.manager).post(heard.at.withdraw, {"act": "again"})
    drain()
    assert MessageVoice.objects.get().recording is None
    assert not MessageRecording.objects.exists()
