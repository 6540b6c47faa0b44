"""One package for broadcasters and press: approved words, voices that may be broadcast, pictures; numbered, with an
end, withdrawn at its address.
"""

import zipfile
from datetime import timedelta
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from sharing import shared

from campaigns.loudspeakers import package_making, reading_out
from campaigns.loudspeakers.package import Package
from campaigns.messages.message import MessageRecording
from campaigns.press.contents import DAYS, contents_of, offered
from campaigns.press.holding import press_packages
from campaigns.press.making import EFFECT, bring_in_step, forget
from campaigns.press.press_package import PressPackage, note_withdrawn, withdrawn
from campaigns.renderings.pictures import MessagePicture
from campaigns.renderings.sheets import Withdrawal
from campaigns.renderings.texts import approving
from campaigns.renderings.texts.passages import OpenPoint, passages_of
from campaigns.translating.deciding import said_wrong
from campaigns.translating.sentences import SourceSentence
from media.consents.ending import end
from media.consents.reach import packages_with
from media.models import Recording
from outbox.draining import drain
from outbox.effects import Effect
from outbox.private_files import private_files
from people.times import today

pytestmark = pytest.mark.django_db


@shared
def pressed(approved):
    """The message of the prints with a voice that may be broadcast and one picture to post."""
    message = approved.message
    message.summary, message.truth = "Hỏi trước, đi sau.", "Ai cũng có thể bị lừa."
    message.save_revision().publish()
    message.refresh_from_db()
    voice = Recording(title="Giọng đọc", type="audio", duration=30, language="vi", is_clean=True)
    voice.consent_for, voice.transcript = ["site", "broadcast"], "Lời của bài."
    voice.file.name = "media/giong.wav"
    Recording.objects.bulk_create([voice])
    voice = Recording.objects.get(title="Giọng đọc")
    MessageRecording.objects.create(message=message, language="vi", recording=voice)
    picture = {"message": message, "slot": "card.1", "size": "vuong", "made_of": "x", "alt": "Con đường chia hai ngả."}
    MessagePicture.objects.create(**picture, file="images/post/the.png")
    return SimpleNamespace(**vars(approved), voice=voice)


@pytest.fixture
def it(pressed, monkeypatch):
    monkeypatch.setattr(
        package_making, "mp3_apart", lambda source, path: path.write_bytes(b"mp3" + source.read_bytes())
    )
    for name, content in (("media/giong.wav", b"RIFF"), ("images/post/the.png", b"PNG")):
        default_storage.delete(name)
        default_storage.save(name, ContentFile(content))
    pressed.address = f"/bao-chi/{pressed.message.pk}/"
    return pressed


def made(it) -> PressPackage:
    bring_in_step(timezone.now())
    drain()
    return PressPackage.objects.filter(number=it.message.pk).first()


def contents(it):
    return contents_of(next(iter(offered().filter(pk=it.message.pk))))


def opened(row) -> zipfile.ZipFile:
    return zipfile.ZipFile(BytesIO(private_files.open(row.file).read()))


def text(archive, name) -> str:
    return archive.read(name).decode("utf-8-sig").replace("\r\n", "\n")


def test_a_package_has_words_sound_and_pictures_with_number_version_and_end(it, client):
    row = made(it)
    assert (row.number, row.version, row.use_until) == (it.message.pk, 1, today() + DAYS)
    with opened(row) as archive:
        names = archive.namelist()
        assert {"loi/vi.txt", "tieng/vi.mp3", "tieng/vi.txt", "hinh/card.1-vuong.png"} <= set(names)
        assert all(name.isascii() for name in names)
        said = text(archive, "loi/vi.txt")
        assert "Ai cũng có thể bị lừa." in said
        assert passages_of(it.message)["loud.30"].text in said
        assert archive.read("tieng/vi.mp3") == b"mp3RIFF"
        assert text(archive, "hinh/LOI-TA-HINH.txt").startswith("card.1-vuong.png: Con đường chia hai ngả.")
        told = text(archive, "DOC-TRUOC.txt")
    assert f"số {row.number}, bản 1" in told
    assert f"{row.use_until:%d/%m/%Y}" in told
    assert f"/bao-chi/{row.number}/" in told
    assert "111" in told
    page = client.get(it.address)
    assert not page.cookies
    answer = client.get(f"{it.address}1/tep/")
    assert answer["Content-Disposition"] == f'attachment; filename="{row.file_name}"'
    assert b"".join(answer.streaming_content)[:2] == b"PK"
    assert row.title in client.get("/bao-chi/").content.decode()


def test_it_is_made_once_and_anew_when_something_changes_or_its_days_are_over(it):
    row = made(it)
    assert made(it) == row
    assert Effect.objects.filter(kind=EFFECT).count() == 1
    it.message.truth = "Không ai đáng bị lừa."
    it.message.save_revision().publish()
    second = made(it)
    assert (second.version, withdrawn([row, second])) == (2, {})
    PressPackage.objects.filter(pk=second.pk).update(use_until=today() - timedelta(days=1))
    assert made(it).version == 3


def test_what_is_not_approved_is_left_out_and_named(it, client):
    first = made(it)
    passage = passages_of(it.message)["loud.60"]
    approving.rewrite(passage, "", "Câu vừa viết, chưa ai duyệt.", it.cast.manager, timezone.now())
    waiting = client.get(it.address).content.decode()
    assert "Bản mới đang được làm" in waiting
    assert client.get(f"{it.address}1/tep/").status_code == 302, "what is not approved any more is not handed out"
    row = made(it)
    assert row.pk != first.pk
    assert "Loa 60 giây: chưa duyệt, để ngoài." in row.notes
    with opened(row) as archive:
        assert "chưa ai duyệt" not in text(archive, "loi/vi.txt")
        assert "Loa 60 giây: chưa duyệt" in text(archive, "DOC-TRUOC.txt")
    assert "Loa 60 giây: chưa duyệt" in client.get(it.address).content.decode()


def test_a_sentence_with_an_open_point_is_in_no_package(it):
    it.message.truth, it.message.act = "Gọi số ấy †.", "Gọi 111."
    it.message.save_revision().publish()
    passage = passages_of(it.message)["share"]
    OpenPoint.objects.create(passage=passage, sentence=passage.text, what="câu này", office="Công an tỉnh")
    found = contents(it)
    said = " ".join(words for _label, words in found.texts["vi"])
    assert "†" not in said
    assert "Gọi số ấy" not in said
    assert "Gọi 111." in said
    assert passage.text not in said
    assert sum("để ngoài" in one for one in found.notes) == 2


@pytest.mark.parametrize("uses", [[], ["site"], ["site", "loudspeaker"]], ids=["none", "site", "loudspeaker"])
def test_a_voice_that_may_not_be_broadcast_is_left_out(it, uses):
    Recording.objects.filter(pk=it.voice.pk).update(consent_for=uses)
    found = contents(it)
    assert found.voices == {}
    assert "Bản đọc bằng tiếng Việt: người nói chưa đồng ý cho đài, báo, để ngoài." in found.notes


def test_it_ends_no_later_than_its_voices_and_its_alert(it, monkeypatch):
    Recording.objects.filter(pk=it.voice.pk).update(consent_until=today() + timedelta(days=9))
    assert contents(it).until(today()) == today() + timedelta(days=9)
    key = it.message.translation_key
    monkeypatch.setattr(reading_out, "_ENDS", [lambda keys: {key: (today() + timedelta(days=4), "")}])
    assert contents(it).until(today()) == today() + timedelta(days=4)


def unpublish(it):
    it.message.unpublish()


def end_the_voice(it):
    default_storage.delete("media/giong.wav")
    default_storage.save("media/giong.wav", ContentFile(b"RIFF"))
    end(it.voice, timezone.now())


def take_the_voice_off(it):
    MessageRecording.objects.all().delete()


def delete_the_voice(it):
    it.voice.delete()


def withdraw_the_prints(it):
    Withdrawal.objects.create(message=it.message, why="Số trên tờ sai.", at=timezone.now() + timedelta(minutes=1))


def say_a_sentence_was_wrong(it):
    same = {"path": "truth", "text": "x", "place": 900, "changed_at": timezone.now()}
    source = SourceSentence.objects.create(page_key=it.message.translation_key, **same)
    assert press_packages(source)[0].count == 1
    said_wrong.send(SourceSentence, sources=[source], by=None, at=timezone.now())


@pytest.mark.parametrize(
    ("becomes", "why"),
    [
        (unpublish, "Thông điệp này đã rút."),
        (end_the_voice, "Một tiếng nói trong gói này đã rút."),
        (take_the_voice_off, "Một tiếng nói trong gói này đã rút."),
        (delete_the_voice, "Một tiếng nói trong gói này đã rút."),
        (withdraw_the_prints, "Số trên tờ sai."),
        (say_a_sentence_was_wrong, "Một câu trong gói này trước đây sai, đã sửa."),
    ],
)
def test_what_is_withdrawn_says_so_at_once_and_is_handed_out_no_more(it, client, becomes, why):
    row = made(it)
    becomes(it)
    answer = client.get(f"{it.address}1/")
    assert answer.status_code == 410
    said = answer.content.decode()
    assert "Gói này đã rút, hãy gỡ" in said
    assert why in said
    assert client.get(f"{it.address}1/tep/").status_code == 302
    assert why in client.get("/bao-chi/").content.decode(), "named before anybody noted it"
    note_withdrawn(timezone.now())
    row.refresh_from_db()
    assert (row.why, bool(row.withdrawn_at)) == (why, True)
    forget(timezone.now())
    row.refresh_from_db()
    assert row.file == ""
    assert why in client.get(f"{it.address}1/").content.decode()


def test_a_withdrawn_version_leads_to_the_one_that_replaces_it_and_is_named_in_it(it, client):
    made(it)
    say_a_sentence_was_wrong(it)
    second = made(it)
    assert second.version == 2
    assert f'href="{it.address}2/"' in client.get(f"{it.address}1/").content.decode()
    with opened(second) as archive:
        told = text(archive, "DOC-TRUOC.txt")
    assert "ĐÃ RÚT, HÃY GỠ" in told
    assert f"Gói số {second.number}, bản 1" in told
    assert client.get(f"{it.address}9/").status_code == 404
    assert client.get("/bao-chi/99999999999999999999/").status_code == 404


def test_who_ends_the_consent_for_a_voice_reads_which_packages_hold_it(it, client_of):
    row = made(it)
    week = {"monday": today(), "use_until": today(), "asked_at": timezone.now(), "language": "vi"}
    stick = Package.objects.create(commune=it.cast.units.tay_giang, **week)
    stick.recordings.set([it.voice])
    shown = client_of(it.cast.manager).get(f"/cms/dong-y/recording/{it.voice.pk}/").content.decode()
    assert f"gói số {row.number}, bản 1" in shown
    assert f"gói âm thanh số {stick.pk}" in shown
    assert packages_with(Recording(pk=0)) == []


def test_the_list_asks_as_often_for_one_as_for_many(it, client):
    row = made(it)

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get("/bao-chi/")
        return len(queries)

    client.get("/bao-chi/")
    one = asked()
    for number in range(1, 6):
        same = {"number": 90_000 + number, "version": 1, "title": "Khác", "made_of": "x", "use_until": today()}
        other = PressPackage.objects.create(message=it.message, made_at=row.made_at, spoken=["vi"], **same)
        other.recordings.set([it.voice])
    assert asked() == one
