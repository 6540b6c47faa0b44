"""A new file of a picture, a document or a recording on a live page waits beside the old one until a reviewer of the
page decides.
"""

from datetime import timedelta
from io import BytesIO

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from factories import make_page, make_person, make_posting
from offices import PDF
from PIL import Image
from scanners import EICAR, scanner_running
from telephones import SECRET, silence, taken
from wagtail.models import Revision

from campaigns.communes.notices import NoticePage
from media.holdings import UnitCollection
from media.models import DocumentFile, Picture, Recording, Replacement, ScheduledFile
from media.replacing.deciding import (
    NotDecided,
    approve,
    forget_old_bytes,
    place_what_no_page_shows,
    refuse,
    take_back,
    waiting_for,
)
from media.replacing.replacement import ReplacementState
from media.replacing.scheduled import note_scheduled
from media.replacing.waiting import set_aside
from outbox.draining import drain
from pages.serving import version
from people.rights.roles import RoleKind, give

pytestmark = pytest.mark.django_db
LIST = "/cms/tep-thay/"


@pytest.fixture(autouse=True)
def no_second_step(settings):
    settings.SECOND_STEP_REQUIRED = False


def png(colour: str, size=(80, 60)) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return out.getvalue()


def colour_of(file) -> tuple:
    with file.open("rb") as content, Image.open(content) as picture:
        return picture.convert("RGB").getpixel((0, 0))


RED, BLUE = (255, 0, 0), (0, 0, 255)
WORDS = {"title": "Nhà", "description": "Ngôi nhà", "credit": "Xã", "consent": "không có người"}


@pytest.fixture
def shown(communes):
    """A notice of Tây Giang that is live with a red picture of the commune, approved by its head."""
    collection = UnitCollection.objects.get(unit=communes.units.tay_giang).collection
    picture = Picture.objects.create(file=ContentFile(png("red"), "nha.png"), collection=collection, **WORDS)
    drain()
    page = make_page(communes.tay_giang, NoticePage, "Phát quà", text="<p>Mời bà con.</p>", picture=picture)
    page.save_revision(user=communes.cast.editor).publish(user=communes.cast.unit_head, skip_permission_checks=True)
    communes.picture, communes.notice, communes.collection = picture, NoticePage.objects.get(pk=page.pk), collection
    return communes


def swap(client, picture, colour="blue", **fields):
    file = SimpleUploadedFile("moi.png", png(colour))
    return client.post(
        f"/cms/images/{picture.pk}/", {**WORDS, "collection": picture.collection_id, "file": file, **fields}
    )


def replacement() -> Replacement:
    return Replacement.objects.get(state=ReplacementState.WAITING)


def picture_of(shown) -> Picture:
    return Picture.objects.get(pk=shown.picture.pk)


def decide(client, row, act, **fields):
    return client.post(f"{LIST}{row.pk}/quyet-dinh/", {"act": act, **fields})


# --- the chain: an editor changes what another approved


def test_an_editor_swaps_no_picture_on_a_page_that_another_approved(shown, client_of, client):
    cast, before = shown.cast, version.current()
    made = set(shown.picture.renditions.values_list("file", flat=True))
    body = client.get(shown.notice.url).content
    answer = swap(client_of(cast.editor), shown.picture)
    assert answer.status_code == 302
    assert any("người duyệt" in str(one) for one in get_messages(answer.wsgi_request))
    picture = picture_of(shown)
    assert picture.file.name == shown.picture.file.name
    assert colour_of(picture.file) == RED
    assert set(picture.renditions.values_list("file", flat=True)) == made
    assert all(picture.file.storage.exists(name) for name in made)
    assert client.get(shown.notice.url).content == body
    row = replacement()
    assert (row.by, row.target) == (cast.editor, picture)
    # nobody who is no reviewer of the page gets at it, and the new bytes have no public address
    assert client.get(f"/tep/{row.file.name}").status_code == 404
    for other in (cast.other_editor, cast.trainer, cast.local if hasattr(cast, "local") else cast.translator):
        answer = client_of(other).get(f"{LIST}{row.pk}/tep/moi/")
        assert answer.status_code in (302, 404)
        assert decide(client_of(other), row, "approve").status_code in (302, 404)
    # nor does she who brought it decide
    editor = client_of(cast.editor)
    assert editor.get(f"{LIST}{row.pk}/tep/moi/").status_code == 200
    decide(editor, row, "approve")
    assert replacement() == row
    head = client_of(cast.unit_head)
    assert "Phát quà" in head.get("/cms/").content.decode()
    decide(head, row, "approve")
    picture = picture_of(shown)
    assert colour_of(picture.file) == BLUE
    assert version.current() != before
    drain()
    assert picture.renditions.count() == 6
    assert not made & set(picture.renditions.values_list("file", flat=True))


def test_both_stand_side_by_side_and_the_list_is_within_reach(shown, client_of):
    swap(client_of(shown.cast.editor), shown.picture)
    row = replacement()
    head = client_of(shown.cast.unit_head)
    text = head.get(f"{LIST}{row.pk}/").content.decode()
    for side, colour in (("moi", BLUE), ("cu", RED)):
        assert f"{LIST}{row.pk}/tep/{side}/" in text
        answer = head.get(f"{LIST}{row.pk}/tep/{side}/")
        with Image.open(BytesIO(b"".join(answer.streaming_content))) as picture:
            assert picture.convert("RGB").getpixel((0, 0)) == colour
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in answer.headers["Cache-Control"]
    assert "Phát quà" in head.get(LIST).content.decode()
    own = client_of(shown.cast.editor).get(LIST).content.decode()
    assert "chờ duyệt" in own
    assert "anh chị duyệt" not in client_of(shown.cast.other_editor).get("/cms/").content.decode()
    assert head.get(f"{LIST}{row.pk}/tep/khac/").status_code == 404


def test_a_refusal_needs_a_reason_and_who_brought_it_reads_it(shown, client_of):
    swap(client_of(shown.cast.editor), shown.picture)
    row, head = replacement(), client_of(shown.cast.unit_head)
    answer = decide(head, row, "refuse", reason=" ")
    assert (answer.status_code, "vì sao không duyệt" in answer.content.decode()) == (422, True)
    decide(head, row, "refuse", reason="Hình này mờ.")
    assert colour_of(picture_of(shown).file) == RED
    assert "Hình này mờ." in client_of(shown.cast.editor).get(LIST).content.decode()
    decide(head, row, "approve")
    assert colour_of(picture_of(shown).file) == RED


def test_what_no_live_page_shows_is_replaced_at_once(shown, client_of):
    shown.notice.unpublish()
    swap(client_of(shown.cast.editor), shown.picture)
    assert colour_of(picture_of(shown).file) == BLUE
    assert not Replacement.objects.exists()


def test_taking_a_page_down_to_swap_its_picture_is_no_way_round(shown, client_of):
    editor = client_of(shown.cast.editor)
    editor.post(f"/cms/pages/{shown.notice.pk}/unpublish/")
    assert not NoticePage.objects.get(pk=shown.notice.pk).live
    swap(editor, shown.picture)
    editor.post(f"/cms/trang-xa/dang-lai/{shown.notice.pk}/")
    assert not NoticePage.objects.get(pk=shown.notice.pk).live


def test_a_page_taken_down_and_put_up_again_unchanged_needs_no_reviewer(shown, client_of):
    editor = client_of(shown.cast.editor)
    editor.post(f"/cms/pages/{shown.notice.pk}/unpublish/")
    editor.post(f"/cms/trang-xa/dang-lai/{shown.notice.pk}/")
    assert NoticePage.objects.get(pk=shown.notice.pk).live


# --- the store


def test_a_script_is_set_aside_as_well(shown):
    picture = picture_of(shown)
    picture.file.save("khac.png", ContentFile(png("blue")))
    assert colour_of(picture_of(shown).file) == RED
    assert (picture.width, picture.height) == (80, 60)
    other = picture_of(shown)
    other.file = ContentFile(png("blue", (10, 10)), "khac2.png")
    other.save()
    kept = picture_of(shown)
    assert (colour_of(kept.file), kept.width, kept.is_clean) == (RED, 80, True)
    assert replacement().by is None
    with pytest.raises(ValidationError):
        picture.file.save("khac.png", ContentFile(b"x"))


def test_who_brought_it_never_decides_whatever_her_role(shown):
    cast = shown.cast
    cast.unit_head.is_superuser = True
    cast.unit_head.save()
    row = set_aside(shown.picture, "file", "moi.png", ContentFile(png("blue")), by=cast.unit_head)
    assert waiting_for(cast.unit_head) == []
    for act in (
        lambda: approve(row, cast.unit_head, timezone.now()),
        lambda: refuse(row, "a", cast.unit_head, timezone.now()),
    ):
        with pytest.raises(NotDecided):
            act()
    with pytest.raises(IntegrityError), transaction.atomic():
        Replacement.objects.update(state="approved", decided_by=cast.unit_head, decided_at=timezone.now())
    # the next above does
    assert [one.row for one in waiting_for(cast.manager)] == [row]
    approve(row, cast.manager, timezone.now())


def test_a_newer_file_supersedes_the_one_that_waits_and_nothing_is_deleted(shown, client_of):
    editor = client_of(shown.cast.editor)
    swap(editor, shown.picture, "green")
    first = replacement()
    swap(editor, shown.picture)
    assert replacement() != first
    first.refresh_from_db()
    assert first.state == ReplacementState.SUPERSEDED
    assert first.file.storage.exists(first.file.name)
    with pytest.raises(NotDecided):
        approve(first, shown.cast.unit_head, timezone.now())
    approve(replacement(), shown.cast.unit_head, timezone.now())
    picture = picture_of(shown)
    assert colour_of(picture.file) == BLUE
    assert picture.file.storage.exists(shown.picture.file.name)


def test_an_approval_is_taken_back_while_the_old_bytes_are_kept(shown, client_of):
    swap(client_of(shown.cast.editor), shown.picture)
    row, head, now = replacement(), shown.cast.unit_head, timezone.now()
    approve(row, head, now)
    decide(client_of(shown.cast.editor), row, "take_back")
    assert colour_of(picture_of(shown).file) == BLUE
    assert "Rút lại" in client_of(head).get(f"{LIST}{row.pk}/").content.decode()
    decide(client_of(head), row, "take_back")
    picture = picture_of(shown)
    assert (colour_of(picture.file), picture.file.name) == (RED, shown.picture.file.name)
    row.refresh_from_db()
    assert (row.state, row.decided_by, row.taken_back_by) == (ReplacementState.TAKEN_BACK, head, head)
    with pytest.raises(NotDecided):
        take_back(row, head, now)


def test_old_bytes_go_after_their_time_and_what_is_shown_stays(shown):
    now, head = timezone.now(), shown.cast.unit_head
    approved = set_aside(shown.picture, "file", "moi.png", ContentFile(png("blue")))
    approve(approved, head, now)
    refused = set_aside(picture_of(shown), "file", "khac.png", ContentFile(png("green")))
    refuse(refused, "Mờ.", head, now)
    storage, old = shown.picture.file.storage, shown.picture.file.name
    forget_old_bytes(now + timedelta(days=59))
    assert storage.exists(old)
    forget_old_bytes(now + timedelta(days=61))
    assert not storage.exists(old)
    assert not storage.exists(refused.file.name)
    assert colour_of(picture_of(shown).file) == BLUE
    with pytest.raises(NotDecided):
        take_back(approved, head, now)
    assert Replacement.objects.count() == 2


def test_where_the_page_goes_away_meanwhile_the_new_file_takes_its_place_by_itself(shown, client_of):
    swap(client_of(shown.cast.editor), shown.picture)
    place_what_no_page_shows(timezone.now())
    assert replacement()
    shown.notice.unpublish()
    place_what_no_page_shows(timezone.now())
    picture = picture_of(shown)
    assert (colour_of(picture.file), picture.replaced_at is not None) == (BLUE, True)
    assert Replacement.objects.get().state == ReplacementState.PLACED


def test_the_rows_go_with_the_picture_and_so_do_their_bytes(shown, django_capture_on_commit_callbacks):
    row = set_aside(shown.picture, "file", "moi.png", ContentFile(png("blue")))
    with django_capture_on_commit_callbacks(execute=True):
        picture_of(shown).delete()
    assert not row.file.storage.exists(row.file.name)


# --- what is not ready is shown to nobody


def test_a_large_picture_is_cleaned_before_anybody_sees_or_approves_it(shown, client_of):
    raw = taken("JPEG", (2000, 1500))
    assert SECRET in raw
    file = SimpleUploadedFile("moi.jpg", raw)
    client_of(shown.cast.editor).post(
        f"/cms/images/{shown.picture.pk}/", {**WORDS, "collection": shown.collection.pk, "file": file}
    )
    row, head = replacement(), client_of(shown.cast.unit_head)
    assert not row.is_ready
    assert head.get(f"{LIST}{row.pk}/tep/moi/").status_code == 404
    with pytest.raises(NotDecided):
        approve(row, shown.cast.unit_head, timezone.now())
    drain()
    row.refresh_from_db()
    assert row.is_ready
    assert SECRET not in row.file.read()
    approve(row, shown.cast.unit_head, timezone.now())
    picture = picture_of(shown)
    assert (picture.is_clean, picture.width, picture.file_size) == (True, 1500, picture.file.size)


@pytest.fixture
def downloaded(shown):
    """The notice also links a document."""
    document = DocumentFile.objects.create(
        title="Phiếu", file=ContentFile(PDF, "phieu.pdf"), collection=shown.collection
    )
    shown.notice.text = f'<p><a linktype="document" id="{document.pk}">Phiếu</a></p>'
    shown.notice.save_revision(user=shown.cast.editor).publish(skip_permission_checks=True)
    shown.document = document
    return shown


def bring_document(client, shown, content: bytes):
    file = SimpleUploadedFile("moi.pdf", content)
    return client.post(
        f"/cms/documents/edit/{shown.document.pk}/",
        {"title": "Phiếu", "collection": shown.collection.pk, "file": file},
    )


def test_a_document_waits_as_well_and_is_scanned_first(downloaded, client_of, settings):
    editor, head = client_of(downloaded.cast.editor), downloaded.cast.unit_head
    assert bring_document(editor, downloaded, b"MZ" + bytes(90)).status_code == 200
    with scanner_running() as scanner:
        settings.CLAMAV_URL = scanner.address
        assert bring_document(editor, downloaded, PDF + EICAR).status_code == 302
        assert not replacement().is_ready
        drain()
        assert "virus" in replacement().why_not_ready
        with pytest.raises(NotDecided):
            approve(replacement(), head, timezone.now())
        bring_document(editor, downloaded, PDF + b"moi")
        drain()
    document = DocumentFile.objects.get()
    assert (document.file.read(), document.is_withheld) == (PDF, False)
    approve(replacement(), head, timezone.now())
    document = DocumentFile.objects.get()
    assert document.file.read() == PDF + b"moi"
    assert (document.file_size, document.is_withheld) == (document.file.size, False)


def test_a_recording_and_its_picture_wait_each_by_itself(shown, client_of):
    sound = ContentFile(silence("mp3"), "a.mp3")
    recording = Recording.objects.create(
        title="Lời", type="audio", duration=1, file=sound, transcript="Lời.", collection=shown.collection
    )
    recording.thumbnail.save("a.png", ContentFile(png("red")))
    from wagtail.models import Page, ReferenceIndex

    row = ReferenceIndex.get_references_to(shown.picture).first()
    row.pk, row.to_object_id = None, str(recording.pk)
    row.to_content_type = type(row.to_content_type).objects.get_for_model(Recording)
    row.content_path_hash = "00000000-0000-0000-0000-000000000001"
    row.save()
    assert Page.objects.filter(pk=row.object_id, live=True).exists()
    fields = {"title": "Lời", "collection": shown.collection.pk, "duration": "1", "transcript": "Lời.", "credit": ""}
    editor = client_of(shown.cast.editor)
    new, picture = SimpleUploadedFile("b.ogg", silence("ogg")), SimpleUploadedFile("b.jpg", taken("JPEG"))
    answer = editor.post(f"/cms/media/edit/{recording.pk}/", {**fields, "file": new, "thumbnail": picture})
    assert answer.status_code == 302
    kept = Recording.objects.get()
    assert kept.file.name.endswith(".mp3")
    assert kept.file.storage.exists(kept.file.name)
    assert colour_of(kept.thumbnail) == RED
    waiting = {one.field: one for one in Replacement.objects.filter(state=ReplacementState.WAITING)}
    assert set(waiting) == {"file", "thumbnail"}
    assert SECRET not in waiting["thumbnail"].file.read()
    for one in waiting.values():
        approve(one, shown.cast.unit_head, timezone.now())
    kept = Recording.objects.get()
    assert (kept.file.name.endswith(".ogg"), kept.thumbnail.name.endswith(".jpg"), kept.is_clean) == (True, True, True)


# --- words


def reword(client, picture, **fields):
    return client.post(f"/cms/images/{picture.pk}/", {**WORDS, "collection": picture.collection_id, **fields})


def test_what_a_picture_is_said_to_show_waits_like_its_file(shown, client_of, client):
    body = client.get(shown.notice.url).content
    answer = reword(client_of(shown.cast.editor), shown.picture, description="Nhà của kẻ lừa", title="Nhà rông")
    assert any("người duyệt" in str(one) for one in get_messages(answer.wsgi_request))
    picture, row = picture_of(shown), replacement()
    assert (picture.description, picture.title) == ("Ngôi nhà", "Nhà")
    assert client.get(shown.notice.url).content == body
    words = {"title": "Nhà rông", "description": "Nhà của kẻ lừa"}
    assert (row.by, row.field, row.words) == (shown.cast.editor, "words", words)
    assert decide(client_of(shown.cast.other_editor), row, "approve").status_code in (302, 404)
    decide(client_of(shown.cast.editor), row, "approve")
    head = client_of(shown.cast.unit_head)
    assert "Phát quà" in head.get("/cms/").content.decode()
    text = head.get(f"{LIST}{row.pk}/").content.decode()
    assert all(words in text for words in ("Ngôi nhà", "Nhà của kẻ lừa", "Nhà rông"))
    assert picture_of(shown).description == "Ngôi nhà"
    decide(head, row, "approve")
    picture = picture_of(shown)
    assert (picture.description, picture.title) == ("Nhà của kẻ lừa", "Nhà rông")
    assert "Nhà của kẻ lừa" in client.get(shown.notice.url).content.decode()
    decide(head, row, "take_back")
    assert picture_of(shown).description == "Ngôi nhà"


def test_words_are_refused_and_superseded_like_files(shown, client_of):
    editor, head = client_of(shown.cast.editor), client_of(shown.cast.unit_head)
    reword(editor, shown.picture, description="Một")
    first = replacement()
    assert "đang chờ người duyệt" in editor.get(f"/cms/images/{shown.picture.pk}/").content.decode()
    reword(editor, shown.picture, description="Hai")
    first.refresh_from_db()
    assert first.state == ReplacementState.SUPERSEDED
    decide(head, replacement(), "refuse", reason="Lời tả sai.")
    assert picture_of(shown).description == "Ngôi nhà"
    assert "Lời tả sai." in editor.get(LIST).content.decode()


def test_file_and_words_wait_each_by_itself(shown, client_of):
    swap(client_of(shown.cast.editor), shown.picture, description="Nhà xanh")
    rows = {row.field: row for row in Replacement.objects.all()}
    assert set(rows) == {"file", "words"}
    approve(rows["file"], shown.cast.unit_head, timezone.now())
    picture = picture_of(shown)
    assert (colour_of(picture.file), picture.description) == (BLUE, "Ngôi nhà")
    approve(rows["words"], shown.cast.unit_head, timezone.now())
    assert picture_of(shown).description == "Nhà xanh"


def test_words_of_a_script_wait_and_what_nobody_reads_does_not(shown):
    picture = picture_of(shown)
    picture.description, picture.consent = "Khác", "Có giấy"
    picture.save()
    assert (picture_of(shown).description, picture_of(shown).consent) == ("Ngôi nhà", "Có giấy")
    other = picture_of(shown)
    other.credit = "Người khác"
    other.save(update_fields=["credit"])
    assert picture_of(shown).credit == "Xã"
    row = replacement()
    assert row.words == {"credit": "Người khác"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Replacement.objects.filter(pk=row.pk).update(file="replacing/a.png")


def test_words_of_what_no_live_page_shows_change_at_once_and_the_page_is_reviewed_again(shown, client_of):
    editor = client_of(shown.cast.editor)
    editor.post(f"/cms/pages/{shown.notice.pk}/unpublish/")
    reword(editor, shown.picture, description="Khác")
    assert picture_of(shown).description == "Khác"
    assert not Replacement.objects.exists()
    editor.post(f"/cms/trang-xa/dang-lai/{shown.notice.pk}/")
    assert not NoticePage.objects.get(pk=shown.notice.pk).live


def test_words_take_their_place_where_the_page_goes_away_and_are_forgotten_after_their_time(shown, client_of):
    editor = client_of(shown.cast.editor)
    reword(editor, shown.picture, description="Khác")
    NoticePage.objects.get(pk=shown.notice.pk).unpublish()
    place_what_no_page_shows(timezone.now())
    assert picture_of(shown).description == "Khác"
    row = Replacement.objects.get()
    assert (row.state, row.old_words) == (ReplacementState.PLACED, {"description": "Ngôi nhà"})
    forget_old_bytes(timezone.now() + timedelta(days=400))
    row.refresh_from_db()
    assert (row.words, row.old_words) == ({}, {})
    assert "Chữ này không còn được giữ." in editor.get(f"{LIST}{row.pk}/").content.decode()


# --- a page whose day is set


@pytest.fixture
def scheduled(shown):
    """A notice that its head approved for the day after tomorrow, with a red picture of its own."""
    picture = Picture.objects.create(file=ContentFile(png("red"), "mai.png"), collection=shown.collection, **WORDS)
    drain()
    page = NoticePage(title="Mai họp", slug="mai-hop", text="<p>Mời bà con.</p>", live=False)
    shown.tay_giang.add_child(instance=page)
    page.picture, page.go_live_at = picture, timezone.now() + timedelta(days=2)
    revision = page.save_revision(user=shown.cast.editor)
    revision.publish(user=shown.cast.unit_head, skip_permission_checks=True)
    shown.picture, shown.coming, shown.revision = picture, page, revision
    return shown


def test_a_page_whose_day_is_set_holds_its_files_like_a_live_one(scheduled, client_of):
    assert not NoticePage.objects.get(pk=scheduled.coming.pk).live
    swap(client_of(scheduled.cast.editor), scheduled.picture, description="Khác")
    picture = picture_of(scheduled)
    assert (colour_of(picture.file), picture.description) == (RED, "Ngôi nhà")
    head = client_of(scheduled.cast.unit_head)
    assert "Mai họp" in head.get(LIST).content.decode()
    row = Replacement.objects.get(field="file")
    assert "Mai họp (đã hẹn ngày đăng)" in head.get(f"{LIST}{row.pk}/").content.decode()
    place_what_no_page_shows(timezone.now())
    assert colour_of(picture_of(scheduled).file) == RED
    decide(head, row, "approve")
    assert colour_of(picture_of(scheduled).file) == BLUE


def test_a_day_that_is_taken_back_holds_nothing(scheduled, client_of):
    Revision.objects.filter(pk=scheduled.revision.pk).update(approved_go_live_at=None)
    swap(client_of(scheduled.cast.editor), scheduled.picture)
    assert colour_of(picture_of(scheduled).file) == BLUE


def test_days_that_were_set_before_this_was_noted_are_noted_in_the_night(scheduled, client_of):
    ScheduledFile.objects.all().delete()
    note_scheduled(timezone.now())
    note_scheduled(timezone.now())
    swap(client_of(scheduled.cast.editor), scheduled.picture)
    assert colour_of(picture_of(scheduled).file) == RED


# --- cost


def test_the_list_and_the_panel_cost_the_same_for_one_and_for_many(shown, client_of, django_assert_max_num_queries):
    def bring(number: int):
        picture = Picture.objects.create(file=ContentFile(png("red"), f"{number}.png"), **WORDS)
        page = make_page(shown.tay_giang, NoticePage, f"Tin {number}", text="<p>a</p>", picture=picture)
        page.save_revision().publish(skip_permission_checks=True)
        brought_by = make_person(f"Người {number}")
        make_posting(brought_by, shown.units.tay_giang)
        set_aside(picture, "file", "a.png", ContentFile(png("blue")), by=brought_by)

    bring(1)
    head = client_of(shown.cast.unit_head)
    for address in (LIST, "/cms/"):
        head.get(address)
        with django_assert_max_num_queries(60) as few:
            head.get(address)
        for number in range(2):
            bring(hash((address, number)))
        with django_assert_max_num_queries(len(few)):
            head.get(address)


def test_the_province_decides_where_there_is_no_head(shown):
    give(shown.cast.other_learner, RoleKind.UNIT_HEAD, shown.units.thanh_my)
    row = set_aside(shown.picture, "file", "a.png", ContentFile(png("blue")), by=shown.cast.editor)
    assert waiting_for(shown.cast.other_learner) == []
    assert [one.row for one in waiting_for(shown.cast.unit_head)] == [row]
