"""Somebody in a file agrees no more: it leaves every page at once, and comes back only by who may change it."""

from datetime import date, datetime, timedelta
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import make_page
from telephones import of_bytes, taken
from wagtail.images.models import SourceImageIOError

from campaigns.communes.notices import NoticePage
from campaigns.messages import voices
from campaigns.messages.message import MessageRecording
from config.retention import RETENTION
from media.consents.ended import EndedConsent
from media.consents.ending import NotTakenBack, end, end_what_is_over, forget, take_back
from media.models import DocumentFile, Picture, Recording, UnitCollection
from media.replacing.replacement import Replacement, ReplacementState
from media.replacing.waiting import set_aside
from outbox.draining import drain
from pages.serving import version
from pages.sharing.pictures import picture_of

pytestmark = pytest.mark.django_db
WORDS = {"title": "Lễ hội", "description": "Người đứng trước nhà", "credit": "Xã", "consent": "Ông A, 3/5, giấy"}
NOW = datetime.fromisoformat("2026-12-01T08:00:00+07:00")


@pytest.fixture(autouse=True)
def no_second_step(settings):
    settings.SECOND_STEP_REQUIRED = False


@pytest.fixture
def shown(communes):
    """A live notice of Tây Giang with a picture of a person."""
    collection = UnitCollection.objects.get(unit=communes.units.tay_giang).collection
    picture = Picture.objects.create(file=ContentFile(taken("PNG"), "nguoi.png"), collection=collection, **WORDS)
    drain()
    page = make_page(communes.tay_giang, NoticePage, "Phát quà", text="<p>Mời bà con.</p>", picture=picture)
    page.save_revision(user=communes.cast.editor).publish(user=communes.cast.unit_head, skip_permission_checks=True)
    communes.picture, communes.notice, communes.collection = picture, NoticePage.objects.get(pk=page.pk), collection
    return communes


def public_files(picture) -> list[str]:
    return [picture.file.name, *picture.renditions.values_list("file", flat=True)]


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def again(row):
    return type(row).objects.get(pk=row.pk)


# --- what is gone


def test_a_picture_leaves_the_page_its_addresses_and_the_kept_pages(shown, client, committed):
    names, before = public_files(shown.picture), version.current()
    assert len(names) > 3
    assert "<picture>" in client.get(shown.notice.url).content.decode()
    with committed():
        assert end(shown.picture, NOW, by=shown.cast.editor)
    picture = again(shown.picture)
    assert [name for name in names if default_storage.exists(name)] == []
    assert default_storage.exists(picture.file.name)
    assert client.get(f"/tep/{picture.file.name}").status_code == 404
    page = client.get(shown.notice.url).content.decode()
    assert "<picture>" not in page
    assert WORDS["description"] not in page
    assert version.current() != before
    assert not picture.renditions.exists()
    with pytest.raises(SourceImageIOError):
        picture.get_rendition("width-400|format-webp")
    drain()
    assert not picture.renditions.exists()


def test_it_ends_once_and_is_taken_back_while_the_bytes_are_kept(shown, client, committed):
    name = shown.picture.file.name
    with committed():
        assert end(shown.picture, NOW)
        assert end(shown.picture, NOW) is None
    with committed():
        take_back(shown.picture, shown.cast.editor, NOW)
    drain()
    picture = again(shown.picture)
    assert (picture.file.name, picture.consent_ended) == (name, False)
    assert "<picture>" in client.get(shown.notice.url).content.decode()
    with pytest.raises(NotTakenBack):
        take_back(picture, shown.cast.editor, NOW)
    with committed():
        assert end(picture, NOW)
    assert EndedConsent.objects.count() == 2


def test_the_bytes_go_for_good_after_a_month(shown, committed):
    with committed():
        end(shown.picture, NOW)
    kept = again(shown.picture).file.name
    forget(NOW + RETENTION["ended_consents"])
    assert default_storage.exists(kept)
    forget(NOW + RETENTION["ended_consents"] + timedelta(minutes=1))
    assert not default_storage.exists(kept)
    with pytest.raises(NotTakenBack, match="xóa hẳn"):
        take_back(shown.picture, shown.cast.editor, NOW)


@pytest.mark.parametrize(("now", "ends"), [("2026-12-01T23:59:00+07:00", False), ("2026-12-02T00:00:00+07:00", True)])
def test_the_last_day_counts_whole_in_vietnam(shown, committed, now, ends):
    Picture.objects.update(consent_until=date(2026, 12, 1))
    with committed():
        assert end_what_is_over(datetime.fromisoformat(now)) == ends
    assert again(shown.picture).consent_ended == ends
    if ends:
        assert EndedConsent.objects.get().by_its_date
        with pytest.raises(NotTakenBack, match="Ngày cuối đã qua"):
            take_back(shown.picture, shown.cast.editor, datetime.fromisoformat(now))


def test_what_waited_to_replace_it_and_what_it_replaced_go_as_well(shown, committed):
    waiting = set_aside(shown.picture, "file", "moi.png", ContentFile(taken("PNG")), by=shown.cast.editor)
    old = default_storage.save("media/cu.png", ContentFile(b"x"))
    Replacement.objects.create(
        picture=shown.picture, file="replacing/da-dung.png", old=old, state=ReplacementState.APPROVED, at=NOW,
        decided_at=NOW, is_clean=True,
    )  # fmt: skip
    with committed():
        end(shown.picture, NOW)
    assert not default_storage.exists(waiting.file.name)
    assert not default_storage.exists(old)
    assert again(waiting).state == ReplacementState.SUPERSEDED


def test_no_other_file_takes_its_place(shown, client_of, committed):
    with committed():
        end(shown.picture, NOW)
    picture = again(shown.picture)
    with pytest.raises(ValidationError):
        picture.file.save("khac.png", ContentFile(taken("PNG")))
    editor, file = client_of(shown.cast.editor), SimpleUploadedFile("moi.png", taken("PNG"))
    answer = editor.post(f"/cms/images/{picture.pk}/", {**WORDS, "collection": shown.collection.pk, "file": file})
    assert "Sự đồng ý cho tệp này đã hết" in answer.content.decode()


def test_a_voice_is_none_any_more_and_its_address_is_gone(communes, client, committed):
    message = communes.message
    sound = Recording.objects.create(title="Lời", type="audio", duration=9, file=of_bytes(9, "loi.mp3"))
    MessageRecording.objects.create(message=message, language="vi", recording=sound)
    address = sound.url
    assert address in client.get(message.url).content.decode()
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "public, no-cache")
    with committed():
        end(sound, NOW)
    page = again(message)
    assert voices.recordings_of(page) == {}
    assert page.spoken_languages == set()
    assert address not in client.get(message.url).content.decode()
    assert client.get(address).status_code == 404


def test_a_document_is_handed_to_nobody(shown, client, client_of, committed, settings):
    # Wagtail hands documents out from a disk
    disk = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    settings.STORAGES = {**settings.STORAGES, "default": disk}
    document = DocumentFile.objects.create(title="Đơn", file=ContentFile(b"x", "don.txt"))
    assert client.get(document.url).status_code == 200
    with committed():
        end(document, NOW)
    assert client.get(document.url).status_code == 404
    DocumentFile.objects.update(collection=shown.collection)
    told = client_of(shown.cast.editor).get(document.url)
    assert told.status_code == 404
    assert "không còn đồng ý" in told.content.decode()


def test_a_share_picture_gives_way_to_a_card_of_words(shown, committed):
    shown.notice.share_picture = shown.picture
    shown.notice.save_revision().publish()
    drain()
    assert picture_of(again(shown.notice))
    with committed():
        end(shown.picture, NOW)
    drain()
    card = picture_of(again(shown.notice))
    assert card
    assert "share" in card.url


def test_a_consent_ends_once_in_the_database_too(shown):
    EndedConsent.objects.create(picture=shown.picture, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        EndedConsent.objects.create(picture=shown.picture, at=NOW)


# --- who


def test_whoever_enters_the_cms_ends_what_a_page_shows_and_takes_back_only_her_own(shown, client_of, client, committed):
    address = f"/cms/dong-y/picture/{shown.picture.pk}/"
    cast = shown.cast
    assert client.get(address).status_code == 302
    assert client_of(cast.learner).get(address).status_code in (302, 403, 404)
    other = client_of(cast.other_editor)
    page = other.get(address)
    assert page.status_code == 200
    assert "Ông A" not in page.content.decode()
    call_command("update_index", stdout=StringIO(), verbosity=0)
    assert "Lễ hội" in other.get("/cms/dong-y/", {"q": "le hoi"}).content.decode()
    with committed():
        other.post(f"{address}doi/", {"act": "end"})
    assert again(shown.picture).consent_ended
    assert EndedConsent.objects.get().by == cast.other_editor
    assert other.post(f"{address}doi/", {"act": "take_back"}).status_code == 404
    assert again(shown.picture).consent_ended
    own = client_of(cast.editor)
    assert "Lễ hội" in own.get("/cms/dong-y/").content.decode()
    assert "Ông A" in own.get(address).content.decode()
    with committed():
        own.post(f"{address}doi/", {"act": "take_back"})
    assert not again(shown.picture).consent_ended


def test_a_file_that_no_page_shows_is_only_for_its_own(shown, client_of):
    shown.notice.unpublish()
    assert client_of(shown.cast.other_editor).get(f"/cms/dong-y/picture/{shown.picture.pk}/").status_code == 404
    for address in ("/cms/dong-y/banana/1/", "/cms/dong-y/picture/999999/"):
        assert client_of(shown.cast.editor).get(address).status_code == 404


def test_the_list_costs_the_same_however_much_it_lists(shown, client_of, committed):
    client = client_of(shown.cast.editor)

    def queries():
        with CaptureQueriesContext(connection) as spent:
            assert client.get("/cms/dong-y/", {"q": "lễ hội"}).status_code == 200
        return len(spent)

    queries()
    few = queries()
    for number in range(4):
        more = Picture.objects.create(
            **{**WORDS, "title": f"Lễ hội {number}"}, file=ContentFile(taken("PNG"), f"{number}.png"),
            collection=shown.collection, consent_until=timezone.localdate() + timedelta(days=number),
        )  # fmt: skip
        if number % 2:
            end(more, NOW)
    assert queries() == few


# --- the form


FIELDS = {**WORDS, "language": "", "licence": "own"}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"consent_for": ["loudspeaker"]}, "Tệp trong thư viện hiện trên trang này"),
        ({"shows_minor": "on"}, "phải có cả người đại diện đồng ý"),
        ({"consent_until": "hôm nào đó"}, "consent_until"),
        ({"consent_for": ["banana"]}, "banana"),
    ],
)
def test_what_a_form_refuses_beside_the_field(shown, client_of, fields, said):
    answer = client_of(shown.cast.editor).post(
        f"/cms/images/{shown.picture.pk}/", {**FIELDS, "collection": shown.collection.pk, **fields}
    )
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert again(shown.picture).licence == ""


def test_what_a_form_keeps(shown, client_of):
    fields = {
        "consent_for": ["site", "school"], "consent_until": "31/12/2027", "may_be_named": "on", "shows_minor": "on",
        "representative_agreed": "on",
    }  # fmt: skip
    client = client_of(shown.cast.editor)
    answer = client.post(f"/cms/images/{shown.picture.pk}/", {**FIELDS, "collection": shown.collection.pk, **fields})
    assert answer.status_code == 302
    row = again(shown.picture)
    assert (row.consent_for, row.consent_until, row.licence) == (["site", "school"], date(2027, 12, 31), "own")
    assert row.may_be_named
    assert row.shows_minor
    assert row.representative_agreed
    page = client.get(f"/cms/images/{shown.picture.pk}/").content.decode()
    assert "31/12/2027" in page
    assert f"/cms/dong-y/picture/{row.pk}/" in page


# --- after a restore


def test_what_was_withdrawn_after_the_backup_is_ended_again_from_a_list(shown, tmp_path, committed):
    with committed():
        end(shown.picture, NOW)
    listed = StringIO()
    call_command("ended_consents", stdout=listed)
    with committed():
        take_back(shown.picture, None, NOW)
    path = tmp_path / "da-het.csv"
    path.write_text(listed.getvalue(), encoding="utf-8")
    said = StringIO()
    with committed():
        call_command("ended_consents", "--end", str(path), stdout=said)
    assert again(shown.picture).consent_ended
    assert "1" in said.getvalue()
