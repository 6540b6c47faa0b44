"""A document is what its name says, whichever way it comes in; one from before stays and is listed."""

import io
import zipfile

import pytest
from django.conf import settings as project
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from offices import OFFICE, OPEN, PDF, document, office, open_document, zipped

from media.checking.scanning import ask_for_all
from media.contents import containers
from media.contents.kinds import why_not
from media.models import DocumentFile
from outbox.draining import drain
from outbox.effects import Effect

KINDS = project.WAGTAILDOCS_EXTENSIONS


def said(name: str, content: bytes) -> str:
    return str(why_not(name, io.BytesIO(content)))


@pytest.mark.parametrize("ending", KINDS)
def test_each_kind_is_taken_as_what_it_is_and_as_nothing_else(ending):
    assert said(f"a.{ending.upper()}", document(ending)) == ""
    # any zip is a zip, and a text has no mark
    others = [other for other in KINDS if other not in (ending, "zip")]
    if ending in (*OFFICE, *OPEN, "zip", "pdf", "mp3"):
        assert [other for other in others if not said(f"a.{other}", document(ending))] == []


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00" + bytes(300),
        b"\x7fELF" + bytes(60),
        b"<!doctype html><script>alert(1)</script>",
        b"x",
        b"",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    ],
    ids=["program", "elf", "page", "a letter", "nothing", "old office"],
)
@pytest.mark.parametrize("ending", [one for one in KINDS if one != "txt"])
def test_what_is_something_else_is_refused_in_one_sentence(ending, content):
    assert said(f"a.{ending}", content).strip()


@pytest.mark.parametrize(
    ("content", "comes_in"),
    [
        ("Xin chào bà con".encode(), True),
        ("BM: biên bản".encode(), True),
        ("\ufeffThư mời".encode("utf-16"), True),
        ("Thư".encode("cp1258", "ignore"), True),
        (b"a\x00b", False),
        (b"MZ\x90\x00\x03", False),
        (b"\xff\xfea\x00\x00\x00", False),
        (b"\xff\xfea", False),
        (b"  <html><script>1</script>", False),
        (b"\xef\xbb\xbf<!DOCTYPE html>", False),
        (b"<?php echo 1;", False),
        (b"#!/bin/sh\nls", False),
        (b"{\\rtf1 a}", False),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", False),
    ],
)
def test_a_text_is_text_to_the_end_and_runs_nowhere(content, comes_in):
    assert (said("a.txt", content) == "") is comes_in


def test_a_name_of_another_kind_is_refused_naming_those_that_are_taken():
    assert "docx" in said("a.exe", PDF)
    assert said("a", PDF)


@pytest.mark.parametrize(
    "content",
    [
        office("docx", ("word/vbaProject.bin", b"a")),
        zipped(("[Content_Types].xml", b"application/vnd.ms-word.document.macroEnabled.main+xml")),
        open_document("odt", ("Basic/Standard/Module1.xml", b"a")),
    ],
    ids=["vba", "types", "basic"],
)
@pytest.mark.parametrize("ending", ["docx", "odt", "zip"])
def test_what_carries_a_program_is_refused_under_any_name(ending, content):
    assert "macro" in said(f"a.{ending}", content)


# --- hostile containers


def test_of_a_container_no_more_is_unpacked_than_says_what_it_is(monkeypatch):
    content, opened, first = office("docx", ("word/media/a.png", bytes(10**6))), [], zipfile.ZipFile.open

    def noted(self, entry, *rest, **more):
        opened.append(entry)
        return first(self, entry, *rest, **more)

    monkeypatch.setattr(zipfile.ZipFile, "open", noted)
    assert said("a.docx", content) == ""
    assert opened == ["[Content_Types].xml"]


@pytest.mark.parametrize(
    "content",
    [
        zipped(("a", bytes(1200 * containers.MOST_TIMES * 1000 // 1000)), *[(f"{n}", bytes(10**6)) for n in range(9)]),
        zipped(("[Content_Types].xml", b"a" * (containers.MOST_OF_ENTRY + 1))),
        office("docx")[:-30],
        office("docx")[30:],
        b"PK\x03\x04" + bytes(400),
    ],
    ids=["bomb", "long entry", "cut", "no head", "no list"],
)
def test_a_hostile_or_broken_container_is_refused(content):
    assert said("a.docx", content)
    assert said("a.zip", content) or containers.kind_of(io.BytesIO(content)) == "zip"


def test_a_list_of_entries_beyond_the_bound_is_never_read(monkeypatch):
    monkeypatch.setattr(containers, "MOST_OF_LIST", 60)
    content = io.BytesIO(office("docx"))
    monkeypatch.setattr(zipfile, "ZipFile", lambda *a: pytest.fail("read"))
    with pytest.raises(containers.NotReadable):
        containers.kind_of(content)


# --- in the library


@pytest.fixture
def editor(cast, client_of):
    cast.manager.is_superuser = cast.manager.is_staff = True
    cast.manager.save()
    return client_of(cast.manager)


PROGRAM = b"MZ\x90\x00" + bytes(300)


def test_the_form_says_it_beside_the_field_and_keeps_what_was_typed(editor):
    fields = {"title": "Mẫu phiếu", "file": SimpleUploadedFile("a.docx", PROGRAM), "credit": "Sở"}
    answer = editor.post("/cms/documents/add/", fields)
    assert "như tên gọi" in answer.context["form"].errors["file"][0]
    assert 'value="Mẫu phiếu"' in answer.content.decode()
    assert not DocumentFile.objects.exists()
    fields["file"] = SimpleUploadedFile("a.docx", office("docx"))
    assert editor.post("/cms/documents/add/", fields).status_code == 302
    assert DocumentFile.objects.get().is_looked_at


def test_several_at_once_and_the_chooser_are_no_way_round(editor):
    ajax = {"X-Requested-With": "XMLHttpRequest"}
    file = SimpleUploadedFile("a.pdf", PROGRAM)
    several = editor.post("/cms/documents/multiple/add/", {"files[]": file, "title": "a"}, headers=ajax).json()
    assert not several.get("success")
    file = SimpleUploadedFile("a.pdf", PROGRAM)
    fields = {"document-chooser-upload-title": "a", "document-chooser-upload-file": file}
    editor.post("/cms/documents/chooser/create/", fields, headers=ajax)
    assert not DocumentFile.objects.exists()


def test_nor_is_a_replacement_or_a_script(editor):
    row = DocumentFile.objects.create(title="a", file=ContentFile(PDF, "a.pdf"))
    fields = {"title": "a", "file": SimpleUploadedFile("b.pdf", PROGRAM)}
    assert "như tên gọi" in editor.post(f"/cms/documents/edit/{row.pk}/", fields).context["form"].errors["file"][0]
    with pytest.raises(ValidationError):
        row.file.save("c.pdf", ContentFile(PROGRAM))
    with pytest.raises(ValidationError):
        DocumentFile.objects.create(title="b", file=ContentFile(PROGRAM, "b.pdf"))
    assert DocumentFile.objects.get().file.read() == PDF


# --- what was there before


def from_before(name: str, content: bytes, **fields) -> DocumentFile:
    row = DocumentFile.objects.create(title=name, file=ContentFile(document("txt"), "a.txt"), **fields)
    stored = row.file.storage.save(f"documents/{name}", ContentFile(content))
    DocumentFile.objects.filter(pk=row.pk).update(file=stored, is_looked_at=False)
    return DocumentFile.objects.get(pk=row.pk)


def test_a_document_from_before_is_looked_at_once_and_stays_whatever_it_is(editor, client, monkeypatch, cast):
    wrong, right = from_before("sai.pdf", PROGRAM), from_before("dung.pdf", PDF)
    assert (wrong.content_disposition != "inline", right.content_disposition != "inline") == (True, True)
    ask_for_all(timezone.now())
    drain()
    wrong.refresh_from_db()
    right.refresh_from_db()
    assert (right.is_looked_at, right.doubt) == (True, "")
    assert wrong.is_looked_at
    assert "như tên gọi" in wrong.doubt
    ask_for_all(timezone.now())
    assert Effect.objects.filter(kind="look_at_document").count() == 2
    assert (wrong.content_disposition != "inline", right.content_disposition) == (True, "inline")
    assert wrong.content_type == "application/octet-stream"
    shown = editor.get("/cms/tai-lieu-can-xem/").content.decode()
    assert "sai.pdf" in shown
    assert "dung.pdf" not in shown
    assert "như tên gọi" in editor.get(f"/cms/documents/edit/{wrong.pk}/").content.decode()


def test_the_list_costs_the_same_for_one_and_for_many(editor, django_assert_max_num_queries):
    for number in range(3):
        from_before(f"sai{number}.pdf", PROGRAM)
    DocumentFile.objects.update(doubt="Sai.")
    editor.get("/cms/tai-lieu-can-xem/")
    with django_assert_max_num_queries(20) as few:
        editor.get("/cms/tai-lieu-can-xem/")
    for number in range(5):
        from_before(f"them{number}.pdf", PROGRAM)
    DocumentFile.objects.update(doubt="Sai.")
    with django_assert_max_num_queries(len(few)):
        editor.get("/cms/tai-lieu-can-xem/")


@pytest.fixture
def on_disk(settings):
    """Wagtail hands documents out from the disk."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    }


@pytest.mark.parametrize(("ending", "opens"), [("pdf", True), ("docx", False), ("txt", False), ("zip", False)])
def test_only_a_pdf_opens_in_the_browser(db, client, on_disk, ending, opens):
    row = DocumentFile.objects.create(title="a", file=ContentFile(document(ending), f"phieu.{ending}"))
    answer = client.get(row.url)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("inline" if opens else "attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert b"".join(answer.streaming_content) == document(ending)
    assert client.get(f"/tep/{row.file.name}").status_code == 404
