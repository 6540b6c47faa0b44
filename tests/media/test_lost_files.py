"""What is written about a file that is gone from the disk can still be corrected, and the file replaced."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from telephones import silence, taken

from media.documents import DocumentFile
from media.models import Recording
from media.pictures import Picture

NOTE = b"Hai trang ve ngay 30/7."
# screen, row, what its form needs, another file of the kind
LIBRARY = {
    "picture": (
        "/cms/images/{pk}/",
        lambda: Picture(title="a", description="b", file=ContentFile(taken("PNG"), name="mat.png")),
        {"description": "Ngôi nhà"},
        lambda: SimpleUploadedFile("khac.png", taken("PNG", (30, 20))),
    ),
    "document": (
        "/cms/documents/edit/{pk}/",
        lambda: DocumentFile(title="a", file=ContentFile(NOTE, name="mat.txt")),
        {},
        lambda: SimpleUploadedFile("khac.txt", NOTE * 2),
    ),
    "recording": (
        "/cms/media/edit/{pk}/",
        lambda: Recording(title="a", type="audio", duration=1, file=ContentFile(silence("mp3"), name="mat.mp3")),
        {"duration": "1"},
        lambda: SimpleUploadedFile("khac.mp3", silence("mp3") * 2),
    ),
}


@pytest.mark.parametrize("kind", LIBRARY)
def test_it_is_renamed_and_replaced(cast, client_of, settings, kind):
    settings.SECOND_STEP_REQUIRED = False
    cast.manager.is_superuser = cast.manager.is_staff = True
    cast.manager.save()
    editor = client_of(cast.manager)
    screen, make, needed, another = LIBRARY[kind]
    row = make()
    row.save()
    row.file.storage.delete(row.file.name)
    address = screen.format(pk=row.pk)
    assert editor.get(address).status_code == 200

    refused = editor.post(address, {"title": "Tên mới", "consent_until": "31/2/2026", **needed})
    assert refused.status_code == 200
    assert "Tên mới" in refused.content.decode()

    assert editor.post(address, {"title": "Tên mới", **needed}).status_code == 302
    row = type(row).objects.get()
    assert row.title == "Tên mới"

    assert editor.post(address, {"title": "Tên mới", "file": another(), **needed}).status_code == 302
    row = type(row).objects.get()
    assert row.file.storage.exists(row.file.name)
    if kind == "picture":
        assert (row.width, row.height) == (20, 30)
