"""What a file is, its content says: one named as another kind goes in, whichever way, and is called what it is."""

from io import BytesIO

import av
import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from factories import make_person
from PIL import Image
from telephones import silence, taken
from wagtail.images.forms import get_image_form
from wagtail.models import Collection

from media.cleaning.bounds import BROKEN
from media.cleaning.recordings import BROKEN_RECORDING, untagged
from media.models import Picture, Recording

RED, BLUE = (255, 0, 0), (0, 0, 255)


def drawn(kind: str, mode="RGB", frames=1) -> bytes:
    out = BytesIO()
    first, *more = [Image.new("RGB", (30, 20), colour).convert(mode) for colour in (RED, BLUE)[:frames]]
    first.save(out, kind, **({"save_all": True, "append_images": more, "duration": 80} if more else {}))
    return out.getvalue()


# what came: what is stored
PICTURES = {
    "dong.png": (drawn("PNG", frames=2), "dong.png", "PNG"),
    "dong.avif": (drawn("AVIF", frames=2), "dong.avif", "AVIF"),
    "quet.jp2": (drawn("JPEG2000"), "quet.jpg", "JPEG"),
    "quet.jpg": (drawn("JPEG2000"), "quet.jpg", "JPEG"),
    "quet.tif": (drawn("TIFF"), "quet.jpg", "JPEG"),
    "quet-nhieu-trang.tiff": (drawn("TIFF", frames=2), "quet-nhieu-trang.jpg", "JPEG"),
    "in.tif": (drawn("TIFF", "CMYK"), "in.jpg", "JPEG"),
    "cu.bmp": (drawn("BMP"), "cu.jpg", "JPEG"),
    "zalo.jpg": (drawn("WEBP"), "zalo.webp", "WEBP"),
    "chup.jpeg": (drawn("PNG"), "chup.png", "PNG"),
    "chup.png": (drawn("JPEG"), "chup.jpg", "JPEG"),
    "chup.JPG": (drawn("JPEG"), "chup.JPG", "JPEG"),
    "dong.jpg": (drawn("PNG", frames=2), "dong.png", "PNG"),
    "khong-duoi": (drawn("PNG"), "khong-duoi.png", "PNG"),
}


def _is_red(picture: Picture, name: str, kind: str) -> bool:
    picture.refresh_from_db()
    assert picture.file.name == f"original_images/{name}"
    assert (picture.width, picture.height, picture.is_clean) == (30, 20, True)
    with picture.file.open() as file, Image.open(file) as kept:
        red, *others = kept.convert("RGB").getpixel((5, 5))
        return (kept.format, getattr(kept, "n_frames", 1)) == (kind, 1) and red > 235 and max(others) < 30


@pytest.mark.django_db
@pytest.mark.parametrize("came", PICTURES)
def test_a_picture_is_stored_as_what_it_is(came):
    content, name, kind = PICTURES[came]
    by_script = Picture.objects.create(title="a", file=ContentFile(content, came))
    assert _is_red(by_script, name, kind)
    assert by_script.get_rendition("width-10|format-jpeg").file.name.endswith(".jpg")
    by_script.file.save(came, ContentFile(content))
    assert by_script.width == 30


@pytest.mark.django_db
@pytest.mark.parametrize("came", PICTURES)
def test_the_form_takes_a_picture_by_what_it_is(came):
    content, name, kind = PICTURES[came]
    admin = make_person("Hồ Văn Ba", "A1")
    admin.is_superuser = True
    admin.save()
    words = {"title": "x", "description": "d", "collection": Collection.get_first_root_node().pk, "tags": ""}
    form = get_image_form(Picture)(words, {"file": SimpleUploadedFile(came, content)}, user=admin)
    assert form.is_valid(), form.errors
    assert _is_red(form.save(), name, kind)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content", [b"", b"xin chao", b"%PDF-1.4\n", drawn("PCX"), drawn("EPS"), drawn("JPEG2000")[:90]]
)
def test_what_is_no_picture_is_refused_by_a_sentence_not_by_an_accident(content):
    with pytest.raises(ValidationError) as refused:
        Picture.objects.create(title="a", file=ContentFile(content, "a.jpg"))
    assert refused.value.messages == [str(BROKEN)]
    assert not Picture.objects.exists()


# what came, under which names: what it is called then
RECORDINGS = [
    ("aac", "thu.mp3", "thu.aac", "aac"),
    ("m4a", "thu.mp3", "thu.m4a", "mov"),
    ("mp4", "ghi.mp3", "ghi.m4a", "mov"),
    ("ogg", "zalo.mp3", "zalo.ogg", "ogg"),
    ("opus", "zalo.m4a", "zalo.ogg", "ogg"),
    ("wav", "thu.mp3", "thu.wav", "wav"),
    ("aiff", "thu.mp3", "thu.aiff", "aiff"),
    ("flac", "thu.mp3", "thu.flac", "flac"),
    ("mp3", "thu.wav", "thu.mp3", "mp3"),
    ("aac", "thu.wav", "thu.aac", "aac"),
    ("mp3", "thu.aac", "thu.mp3", "mp3"),
    ("m4a", "thu.aac", "thu.m4a", "mov"),
    ("webm", "thu.mp3", "thu.ogg", "ogg"),
    ("webm", "thu.webm", "thu.webm", "matroska"),
    ("mp3", "Thu.MP3", "Thu.MP3", "mp3"),
    ("m4a", "thu.m4a", "thu.m4a", "mov"),
    ("opus", "thu.opus", "thu.opus", "ogg"),
]


@pytest.mark.parametrize(("kind", "came", "called", "reader"), RECORDINGS)
def test_a_recording_is_taken_and_called_what_it_is(kind, came, called, reader):
    raw = silence(kind)
    kept = untagged(ContentFile(raw, came))
    assert kept.name == called
    with av.open(BytesIO(kept.read())) as found, av.open(BytesIO(raw)) as before:
        assert reader in found.format.name.split(",")
        codecs = [one.streams.audio[0].codec_context.name for one in (found, before)]
        assert codecs[0] == codecs[1]
        samples = [sum(frame.samples for frame in one.decode(audio=0)) for one in (found, before)]
    assert samples[0] == pytest.approx(samples[1], abs=2400)


@pytest.mark.django_db
def test_the_store_calls_a_recording_what_it_is():
    sound = Recording.objects.create(title="a", type="audio", duration=1, file=ContentFile(silence("aac"), "loi.mp3"))
    assert sound.file.name == "media/loi.aac"


@pytest.mark.parametrize("came", ["a.mp3", "a.m4a", "a.wav"])
def test_what_is_no_sound_is_still_refused(came):
    for content in (b"<html></html>", taken("JPEG"), silence("m4a")[:60], silence("aac")[:5]):
        with pytest.raises(ValidationError) as refused:
            untagged(ContentFile(content, name=came))
        assert refused.value.messages == [str(BROKEN_RECORDING)]
