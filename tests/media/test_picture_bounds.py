"""A picture larger than the bounds is refused by its head; one that is not small is worked on apart, and is shown to
nobody until it is clean.
"""

import re
import time
import zlib
from io import BytesIO

import pytest
from costs import slower
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from telephones import SECRET, taken
from wagtail.images.models import SourceImageIOError

from media.cleaning import apart, bounds
from media.cleaning.apart import TOO_MUCH, cleaned_apart
from media.cleaning.bounds import MILLION, Measure, measured, why_too_large
from media.illustrations import refuse_unstated
from media.models import Picture
from outbox.draining import drain
from outbox.effects import Effect, EffectState

# a picture of more than two million dots, as a telephone takes it
LARGE = (2000, 1500)


def stored(content: bytes, name="anh.jpg") -> Picture:
    words = {"description": "Nhà", "credit": "Sở", "consent": "không có người"}
    return Picture.objects.create(title="Hình", file=ContentFile(content, name=name), **words)


@pytest.mark.parametrize(
    ("kind", "width", "height", "frames", "comes_in"),
    [
        ("JPEG", 8192, 6144, 1, True),
        ("MPO", 12000, 9000, 1, True),
        ("JPEG", 12000, 10000, 1, False),
        ("PNG", 6000, 4000, 1, True),
        ("PNG", 6001, 4000, 1, False),
        ("WEBP", 16000, 16000, 1, False),
        ("GIF", 500, 500, 400, True),
        ("GIF", 2000, 2000, 200, False),
        ("PNG", 10_000_000, 1, 1, True),
        ("AVIF", 4000, 4000, 7, False),
    ],
)
def test_what_comes_in_goes_by_dots_and_frames(kind, width, height, frames, comes_in):
    assert (why_too_large(Measure(kind, width, height, frames)) == "") is comes_in


def moving(size, frames: int) -> bytes:
    out = BytesIO()
    first, *rest = [Image.new("1", size, number % 2) for number in range(frames)]
    first.save(out, "GIF", save_all=True, append_images=rest, duration=50)
    return out.getvalue()


def bomb() -> bytes:
    """A PNG of 600 million dots whose head is all that there is."""
    out = bytearray(taken("PNG"))
    head = out.index(b"IHDR") + 4
    out[head : head + 8] = (30_000).to_bytes(4, "big") + (20_000).to_bytes(4, "big")
    out[head + 13 : head + 17] = zlib.crc32(bytes(out[head - 4 : head + 13])).to_bytes(4, "big")
    return bytes(out)


@pytest.mark.parametrize("content", [moving((2000, 2000), 30), bomb()], ids=["moving", "bomb"])
def test_a_hostile_picture_is_refused_by_its_head_without_unpacking_it(content, monkeypatch):
    monkeypatch.setattr(Image.Image, "load", lambda self: pytest.fail("unpacked"))
    with pytest.raises(ValidationError) as refused:
        measured(ContentFile(content, name="a"))
    assert len(refused.value.messages) == 1


def test_a_refused_picture_is_said_in_the_form_and_not_kept(cast, client_of):
    cast.manager.is_superuser = cast.manager.is_staff = True
    cast.manager.save()
    file = SimpleUploadedFile("dong.gif", moving((2000, 2000), 30))
    answer = client_of(cast.manager).post("/cms/images/add/", {"title": "a", "description": "b", "file": file})
    assert answer.context["form"].errors["file"]
    assert not Picture.objects.exists()


@pytest.mark.django_db
def test_a_script_that_stores_it_is_refused_too():
    with pytest.raises(ValidationError):
        stored(moving((2000, 2000), 30), "dong.gif")


# --- in the background


@pytest.mark.django_db
def test_a_large_picture_is_cleaned_in_the_background_and_then_shown():
    picture = stored(taken("JPEG", LARGE))
    assert not picture.is_clean
    drain()
    picture = Picture.objects.get()
    assert picture.is_clean
    assert SECRET not in picture.file.read()
    assert (picture.width, picture.height) == (1500, 2000)
    assert picture.renditions.count() == 6


@pytest.mark.django_db
def test_until_it_is_clean_it_is_shown_to_nobody(cast, client_of):
    cast.manager.is_superuser = cast.manager.is_staff = True
    cast.manager.save()
    picture, editor = stored(taken("JPEG", LARGE)), client_of(cast.manager)
    with pytest.raises(SourceImageIOError):
        picture.get_rendition("width-100")
    address = f"/tep/{picture.file.name}"
    assert editor.get(address).status_code == 404
    assert "đang được xóa nơi chụp" in editor.get(f"/cms/images/{picture.pk}/").content.decode()
    assert editor.get("/cms/images/").status_code == 200
    assert not picture.renditions.exists()
    drain()
    picture.refresh_from_db()
    assert editor.get(f"/tep/{picture.file.name}").status_code == 200
    assert not picture.file.storage.exists(address.removeprefix("/tep/"))


@pytest.mark.django_db
def test_one_that_breaks_a_limit_is_refused_with_a_sentence_and_not_tried_again(cast, client_of, monkeypatch):
    cast.manager.is_superuser = cast.manager.is_staff = True
    cast.manager.save()
    monkeypatch.setattr(apart, "MOST_WAITING", 0.001)
    picture = stored(taken("JPEG", LARGE))
    drain()
    drain()
    effect = Effect.objects.get(kind="clean_stored")
    assert (effect.state, effect.attempts) == (EffectState.FAILED, 1)
    picture.refresh_from_db()
    assert (picture.is_clean, picture.why_refused) == (False, str(TOO_MUCH))
    assert str(TOO_MUCH) in client_of(cast.manager).get(f"/cms/images/{picture.pk}/").content.decode()
    picture.title = "Khác"
    picture.save()
    assert Effect.objects.filter(kind="clean_stored").count() == 1
    with pytest.raises(ValidationError):
        refuse_unstated(picture)
    # another file begins anew
    monkeypatch.undo()
    picture.file.save("khac.jpg", ContentFile(taken("JPEG", LARGE)))
    drain()
    picture.refresh_from_db()
    assert (picture.is_clean, picture.why_refused) == (True, "")


@pytest.mark.django_db
def test_a_file_replaced_while_the_first_is_cleaned_stays(monkeypatch):
    picture = stored(taken("JPEG", LARGE))

    def meanwhile(content):
        other = Picture.objects.get(pk=picture.pk)
        other.file.save("khac.png", ContentFile(taken("PNG", (40, 20))))
        return cleaned_apart(content)

    monkeypatch.setattr("media.stored.cleaned_apart", meanwhile)
    drain()
    picture.refresh_from_db()
    assert "khac" in picture.file.name
    assert picture.is_clean


# --- the limits of the process


def test_a_process_that_needs_too_much_memory_ends_with_a_sentence_and_nobody_with_it(monkeypatch):
    code = "import sys; from media.cleaning import apart; apart.MOST_BYTES = 40 << 20; sys.exit(apart.main('a.png'))"
    run = apart.subprocess.run
    monkeypatch.setattr(apart.subprocess, "run", lambda command, **more: run([command[0], "-c", code], **more))
    with pytest.raises(ValidationError) as refused:
        cleaned_apart(ContentFile(large_png(), name="a.png"))
    assert refused.value.messages == [str(TOO_MUCH)]


def large_png() -> bytes:
    out = BytesIO()
    Image.new("RGB", (6000, 4000), "navy").save(out, "PNG", compress_level=1)
    return out.getvalue()


@pytest.mark.parametrize(
    "content", [b"", b"not a picture", taken("JPEG", LARGE)[:-4000]], ids=["nothing", "text", "cut"]
)
def test_what_is_no_whole_picture_is_refused_as_when_it_is_small(content):
    with pytest.raises(ValidationError) as refused:
        cleaned_apart(ContentFile(content, name="a.jpg"))
    assert refused.value.messages == [str(bounds.BROKEN)]


def telephone(progressive: bool) -> bytes:
    """Fifty million dots with the noise of a dark room."""
    out = BytesIO()
    noise = Image.effect_noise((1024, 768), 60).resize((8192, 6144)).convert("RGB")
    noise.save(out, "JPEG", quality=85, progressive=progressive)
    return out.getvalue()


@pytest.mark.soak
@pytest.mark.parametrize("progressive", [False, True])
def test_a_telephone_of_fifty_million_dots_goes_in_within_the_limits(progressive, figure, monkeypatch, tmp_path):
    content = telephone(progressive)
    assert measured(ContentFile(content)).dots > 50 * MILLION
    said = tmp_path / "status"
    code = (
        "import shutil; from media.cleaning import apart; apart.main('a.jpg');"
        f"shutil.copy('/proc/self/status', {str(said)!r})"
    )
    run = apart.subprocess.run
    monkeypatch.setattr(apart.subprocess, "run", lambda command, **more: run([command[0], "-c", code], **more))
    begun = time.monotonic()
    kept = cleaned_apart(ContentFile(content, name="IMG.jpg"))
    took, most = time.monotonic() - begun, int(re.search(r"VmHWM:\s+(\d+)", said.read_text())[1]) / 1024
    kind = "progressive" if progressive else "baseline"
    figure(f"a telephone's JPEG of 50 million dots, {kind}: {took:.1f} s, {most:.0f} MB in its process")
    with Image.open(kept) as picture:
        assert max(picture.size) == 4096
    assert most < 256
    assert took < 10 * slower()
