"""Where a scanner is set a new document is public once it was found clean, and an infected one is public to nobody."""

import io

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.utils import timezone
from offices import PDF
from scanners import EICAR, scanner_running

from media.checking.scanning import ask_for_all
from media.contents import clamd
from media.documents import Scan
from media.models import DocumentFile
from outbox.draining import drain
from outbox.effects import Effect, EffectState

pytestmark = pytest.mark.django_db
NOBODY = "tcp://127.0.0.1:9"


@pytest.fixture
def scanner(settings):
    with scanner_running() as running:
        settings.CLAMAV_URL = running.address
        yield running


@pytest.fixture(autouse=True)
def on_disk(settings):
    """Wagtail hands documents out from the disk."""
    disk = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    settings.STORAGES = {**settings.STORAGES, "default": disk}


def brought(content: bytes = PDF, **fields) -> DocumentFile:
    return DocumentFile.objects.create(title="Mẫu phiếu", file=ContentFile(content, "phieu.pdf"), **fields)


def test_the_daemon_is_asked_by_a_real_socket(scanner):
    assert clamd.answers(scanner.address)
    assert clamd.infection(scanner.address, io.BytesIO(PDF * 20_000)) == ""
    assert scanner.given == [PDF * 20_000]
    assert clamd.infection(scanner.address, io.BytesIO(PDF + EICAR)) == "Eicar-Signature"


@pytest.mark.parametrize("says", [b"", b"stream: lstat() failed. ERROR\0", b"OK\0"])
def test_what_is_no_answer_is_no_verdict(scanner, says):
    scanner.says = says
    scanner.most = 10
    with pytest.raises(clamd.Away):
        clamd.infection(scanner.address, io.BytesIO(bytes(1 << 20)))
    with pytest.raises(clamd.Away):
        clamd.infection(NOBODY, io.BytesIO(b"a"))
    with pytest.raises(clamd.Away):
        clamd.answers("unix:///khong/co")


def test_without_a_scanner_nothing_changes(client):
    row = brought()
    assert (row.scan, row.is_withheld) == (Scan.NOT_ASKED, False)
    assert not Effect.objects.filter(kind="scan_document").exists()
    assert client.get(row.url).status_code == 200


def test_a_new_document_is_public_once_it_was_scanned(scanner, client):
    row = brought()
    assert client.get(row.url).status_code == 404
    drain()
    row.refresh_from_db()
    assert row.scan == Scan.CLEAN
    assert client.get(row.url).status_code == 200
    assert scanner.given == [PDF]


def test_an_infected_one_never_is_and_who_brought_it_is_told(scanner, client, client_of, cast):
    cast.manager.email, cast.manager.is_superuser, cast.manager.is_staff = "ql@example.vn", True, True
    cast.manager.save()
    row = brought(PDF + EICAR, uploaded_by_user=cast.manager)
    drain()
    drain()
    row.refresh_from_db()
    assert row.scan == Scan.INFECTED
    assert client.get(row.url).status_code == 404
    (letter,) = mail.outbox
    assert letter.to == ["ql@example.vn"]
    assert "virus" in letter.subject
    assert "phieu" not in letter.body
    editor = client_of(cast.manager)
    answer = editor.get(row.url)
    assert (answer.status_code, "virus" in answer.content.decode()) == (404, True)
    assert "có virus" in editor.get(f"/cms/documents/edit/{row.pk}/").content.decode()
    assert "có virus" in editor.get("/cms/tai-lieu-can-xem/").content.decode()
    ask_for_all(timezone.now())
    drain()
    row.refresh_from_db()
    assert row.scan == Scan.INFECTED


def test_while_it_does_not_answer_documents_wait_and_are_asked_about_again(settings, client, client_of, cast):
    settings.CLAMAV_URL = NOBODY
    row = brought()
    drain()
    row.refresh_from_db()
    effect = Effect.objects.get(kind="scan_document")
    assert (row.scan, effect.state) == (Scan.WAITING, EffectState.WAITING)
    assert client.get(row.url).status_code == 404
    cast.manager.is_superuser = cast.manager.is_staff = True
    cast.manager.save()
    assert "đang được quét" in client_of(cast.manager).get(row.url).content.decode()
    with scanner_running() as running:
        settings.CLAMAV_URL = running.address
        Effect.objects.update(available_at=timezone.now())
        drain()
    row.refresh_from_db()
    assert row.scan == Scan.CLEAN


def test_one_that_was_given_up_is_taken_up_again_in_the_night(settings, scanner):
    row = brought()
    Effect.objects.update(state=EffectState.FAILED, finished_at=timezone.now())
    ask_for_all(timezone.now())
    drain()
    row.refresh_from_db()
    assert row.scan == Scan.CLEAN


def test_what_was_there_before_the_scanner_stays_public_unless_something_is_found(settings, scanner, client):
    settings.CLAMAV_URL = ""
    clean, infected = brought(), brought(PDF + EICAR)
    settings.CLAMAV_URL = scanner.address
    assert client.get(clean.url).status_code == 200
    ask_for_all(timezone.now())
    assert client.get(clean.url).status_code == 200
    drain()
    assert client.get(clean.url).status_code == 200
    assert client.get(infected.url).status_code == 404


def test_a_scanner_that_was_taken_away_holds_nothing_back(settings, scanner, client):
    row = brought()
    settings.CLAMAV_URL = ""
    drain()
    assert client.get(row.url).status_code == 200


def test_a_file_replaced_while_it_is_scanned_is_judged_by_itself(scanner, monkeypatch):
    row = brought()
    ask = clamd.infection

    def meanwhile(address, file):
        monkeypatch.undo()
        DocumentFile.objects.get(pk=row.pk).file.save("khac.pdf", ContentFile(PDF + EICAR))
        return ask(address, file)

    monkeypatch.setattr("media.checking.scanning.clamd.infection", meanwhile)
    drain()
    row.refresh_from_db()
    assert row.scan == Scan.INFECTED


def test_readyz_says_that_the_scanner_is_away_and_the_site_is_ready_all_the_same(client, settings):
    settings.CLAMAV_URL = NOBODY
    told = client.get("/readyz").json()
    assert told["scanner"] == "away"
    with scanner_running() as running:
        settings.CLAMAV_URL = running.address
        told = client.get("/readyz").json()
        assert told["scanner"] == "ok"
        settings.CLAMAV_URL = NOBODY
        from config.serving import health

        assert health.PARTS.keys() & told.keys() == health.PARTS.keys()
