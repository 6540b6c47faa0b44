"""A recording or document is kept once in the collections that somebody may add to; captions say what is wrong."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from tones import spoken
from wagtail.documents.forms import get_document_form
from wagtail.models import Collection
from wagtailmedia.forms import get_media_form

from media.consents.ending import end
from media.models import DocumentFile, Recording

pytestmark = pytest.mark.django_db
SOUND = spoken("ogg", seconds=1, quiet=0)


def form_of(model, user, name, content, **more):
    base = get_media_form(Recording) if model is Recording else get_document_form(DocumentFile)
    data = {"title": "Lần hai", "collection": Collection.get_first_root_node().pk, "duration": "1", **more}
    instance = Recording(type="audio") if model is Recording else None
    return base(data, {"file": SimpleUploadedFile(name, content)}, instance=instance, user=user)


@pytest.mark.parametrize(
    ("model", "name", "content"),
    [(Recording, "loi.ogg", SOUND), (DocumentFile, "so-tay.txt", "Một hai ba.".encode())],
    ids=["recording", "document"],
)
def test_the_same_content_is_kept_once(cast, model, name, content, django_capture_on_commit_callbacks):
    first = form_of(model, cast.administrator, name, content, title="Lần đầu")
    assert first.is_valid(), first.errors
    row = first.save()
    if model is DocumentFile:
        row._set_document_file_metadata()
        row.save()
    assert row.file_hash
    again = form_of(model, cast.administrator, f"khac-{name}", content)
    assert not again.is_valid()
    assert "tên là “Lần đầu”" in str(again.errors["file"])
    # its people agree no more: a new one comes with an agreement of its own
    with django_capture_on_commit_callbacks(execute=True):
        end(row, timezone.now())
    assert form_of(model, cast.administrator, name, content).is_valid()


def test_what_is_no_captions_is_said_beside_the_field(cast):
    form = form_of(Recording, cast.administrator, "loi.ogg", SOUND, captions="Một câu không có giờ")
    assert not form.is_valid()
    assert "WEBVTT" in str(form.errors["captions"])
