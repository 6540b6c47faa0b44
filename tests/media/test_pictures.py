"""A picture of the library does not tell where it was taken, is whole, has its words, and is made light afterwards."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image, ImageCms
from telephones import SECRET, taken
from wagtail.models import UploadedFile

from media.cleaning.bounds import BROKEN
from media.cleaning.left_uploads import drop_left
from media.cleaning.pictures import cleaned
from media.models import Picture
from media.stored import ask_for_cleaning
from outbox.draining import drain
from outbox.effects import Effect


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_nothing_but_the_picture_is_kept(kind):
    raw = taken(kind)
    assert SECRET in raw
    kept = cleaned(ContentFile(raw, name=f"anh.{kind.lower()}")).read()
    assert SECRET not in kept
    assert b"Exif" not in kept
    with Image.open(BytesIO(kept)) as picture:
        assert not picture.getexif()
        assert not {"exif", "xmp", "comment", "Comment", "icc_profile", "photoshop"} & set(picture.info)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_taken_on_its_side_stands_upright(kind):
    with Image.open(cleaned(ContentFile(taken(kind), name="anh"))) as picture:
        assert picture.size == (40, 60)


def test_colours_of_another_space_are_brought_into_srgb():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    out = BytesIO()
    Image.new("CMYK", (8, 8), (0, 255, 255, 0)).save(out, "JPEG", icc_profile=profile)
    with Image.open(cleaned(ContentFile(out.getvalue(), name="a.jpg"))) as picture:
        assert picture.mode == "RGB"
        assert "icc_profile" not in picture.info


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_of_a_picture_that_moves_the_first_frame_is_kept(kind):
    out = BytesIO()
    frames = [Image.new("RGB", (10, 10), colour) for colour in ("red", "green", "blue")]
    more = {} if kind == "PNG" else {"comment": SECRET} if kind == "GIF" else {"lossless": True}
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=80, loop=0, **more)
    kept = cleaned(ContentFile(out.getvalue(), name="a")).read()
    assert SECRET not in kept
    with Image.open(BytesIO(kept)) as picture:
        assert (getattr(picture, "n_frames", 1), "duration" in picture.info) == (1, False)
        red, *others = picture.convert("RGB").getpixel((0, 0))
        assert red > 250
        assert max(others) < 5


def test_a_clear_background_stays_clear():
    out = BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(out, "PNG")
    with Image.open(cleaned(ContentFile(out.getvalue(), name="a.png"))) as picture:
        assert picture.convert("RGBA").getpixel((0, 0))[3] == 0


def test_a_telephones_heic_becomes_a_jpeg_that_every_browser_shows():
    pillow_heif = pytest.importorskip("pillow_heif")
    out = BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (64, 64), "red")).save(out)
    file = cleaned(ContentFile(out.getvalue(), name="IMG_1.heic"))
    assert file.name == "IMG_1.jpg"
    with Image.open(file) as picture:
        assert picture.format == "JPEG"


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n", b"not a picture", taken("PNG", (300, 300))[:-120]])
def test_what_is_no_whole_picture_is_refused_in_one_sentence(content):
    with pytest.raises(ValidationError) as refused:
        cleaned(ContentFile(content, name="a.png"))
    assert refused.value.messages == [str(BROKEN)]


# --- in the library


@pytest.fixture
def editor(cast, client_of):
    cast.manager.is_superuser = cast.manager.is_staff = True
    cast.manager.save()
    return client_of(cast.manager)


def upload(client, content: bytes, name="anh.png", **fields):
    data = {"title": "Hình", "description": "Ngôi nhà của làng", "file": SimpleUploadedFile(name, content), **fields}
    return client.post("/cms/images/add/", data)


def test_a_truncated_picture_is_reported_in_the_form_and_not_kept(editor):
    for cut in (40, 150, -120):
        response = upload(editor, taken("PNG", (300, 300))[:cut])
        assert response.status_code == 200
        assert response.context["form"].errors["file"]
    assert not Picture.objects.exists()


def test_a_picture_needs_words_unless_it_is_decoration(editor):
    bare = upload(editor, taken("PNG"), description="")
    assert "Tả hình bằng lời, hoặc đánh dấu là hình chỉ để trang trí." in bare.content.decode()
    assert upload(editor, taken("PNG"), description="", is_decoration="on").status_code == 302
    assert Picture.objects.get().default_alt_text == ""


def test_what_comes_in_through_the_form_is_clean(editor):
    assert upload(editor, taken("JPEG"), "anh.jpg").status_code == 302
    picture = Picture.objects.get()
    assert SECRET not in picture.file.read()
    assert (picture.width, picture.height) == (40, 60)


def test_what_comes_in_any_other_way_is_clean_too(db):
    picture = Picture.objects.create(title="a", description="b", file=ContentFile(taken("JPEG"), name="a.jpg"))
    assert SECRET not in picture.file.read()


def test_a_picture_of_too_many_dots_is_refused(editor, settings):
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 1000
    assert upload(editor, taken("PNG")).context["form"].errors["file"]


# --- on pages


@pytest.fixture
def picture(db):
    content = ContentFile(taken("JPEG", (1200, 900)), name="a.jpg")
    return Picture.objects.create(title="a", description="Ngôi nhà", file=content)


def drawn(picture, tag='{% photo picture "photo" %}') -> str:
    return Template("{% load photos %}" + tag).render(Context({"picture": picture}))


def test_until_it_is_made_a_page_shows_the_words_and_makes_nothing(picture):
    assert drawn(picture) == '<span class="photo-to-come">Ngôi nhà</span>'
    assert not picture.renditions.exists()


def test_the_formats_are_made_in_the_background(picture):
    assert Effect.objects.get(kind="renditions").payload == {"picture": picture.pk}
    drain()
    html = drawn(picture)
    assert html.index("image/avif") < html.index("image/webp") < html.index("<img")
    assert 'width="800" height="1066" alt="Ngôi nhà" class="photo" loading="lazy"' in html
    assert "400w, " in html
    assert "original_images" not in html
    assert 'alt="Khác"' in drawn(picture, '{% photo picture alt="Khác" lazy=False %}')
    assert "loading" not in drawn(picture, '{% photo picture alt="Khác" lazy=False %}')


def test_a_picture_costs_a_page_one_query_and_none_when_fetched_before(picture):
    drain()
    with CaptureQueriesContext(connection) as seen:
        drawn(Picture.objects.get(pk=picture.pk))
    assert len(seen) == 2
    fetched = Picture.objects.prefetch_related("renditions").get(pk=picture.pk)
    with CaptureQueriesContext(connection) as seen:
        drawn(fetched)
    assert len(seen) == 0


def test_a_picture_in_formats_for_pages_is_a_tenth_of_what_the_telephone_made(picture):
    drain()
    avif = picture.renditions.get(filter_spec="width-800|format-avif")
    with Image.open(avif.file) as image:
        assert image.format == "AVIF"
    assert avif.file.size < picture.file.size


# --- whatever the way in


def deep_grey() -> bytes:
    """Sixteen bits of grey, from black to white."""
    out = BytesIO()
    ramp = Image.new("I;16", (256, 4))
    for x in range(256):
        for y in range(4):
            ramp.putpixel((x, y), x * 257)
    ramp.save(out, "PNG")
    return out.getvalue()


def in_mode(mode: str, kind: str) -> bytes:
    out = BytesIO()
    picture = Image.new("RGB", (8, 8), (0, 128, 255)).convert(mode)
    picture.save(out, kind)
    return out.getvalue()


def test_sixteen_bits_of_grey_keep_their_greys():
    with Image.open(cleaned(ContentFile(deep_grey(), name="a.png"))) as picture:
        assert picture.mode == "L"
        assert [picture.getpixel((x, 0)) for x in (0, 64, 128, 255)] == [0, 64, 128, 255]


@pytest.mark.parametrize(
    ("mode", "kind"), [("CMYK", "JPEG"), ("P", "PNG"), ("1", "PNG"), ("LA", "PNG"), ("F", "TIFF"), ("YCbCr", "JPEG")]
)
def test_every_way_of_colours_becomes_one_from_which_each_size_can_be_made(db, mode, kind):
    file = ContentFile(in_mode(mode, kind), name=f"a.{kind.lower()}")
    picture = Picture.objects.create(title="a", description="b", file=file)
    drain()
    assert picture.renditions.count() == 6
    with Image.open(picture.file) as kept:
        assert kept.mode in ("RGB", "RGBA", "L")


def test_what_is_added_several_at_once_is_clean(editor):
    added = editor.post(
        "/cms/images/multiple/add/",
        {"files[]": SimpleUploadedFile("nha.jpg", taken("JPEG")), "title": "Nhà"},
        headers={"X-Requested-With": "XMLHttpRequest"},
    ).json()
    if "uploaded_file_id" in added:
        number = added["uploaded_file_id"]
        fields = {f"uploaded-image-{number}-title": "Nhà", f"uploaded-image-{number}-description": "Ngôi nhà"}
        editor.post(
            f"/cms/images/multiple/create_from_uploaded_image/{number}/",
            fields,
            headers={"X-Requested-With": "XMLHttpRequest"},
        )
    picture = Picture.objects.get()
    assert SECRET not in picture.file.read()
    assert picture.is_clean
    assert (picture.width, picture.height) == (40, 60)
    assert picture.file_size == picture.file.size


def test_an_upload_that_nobody_finished_goes_after_a_day(editor, django_capture_on_commit_callbacks):
    """It lies as it came until its words are written."""
    fields = {"files[]": SimpleUploadedFile("nha.jpg", taken("JPEG")), "title": ""}
    editor.post("/cms/images/multiple/add/", fields, headers={"X-Requested-With": "XMLHttpRequest"})
    left = UploadedFile.objects.get()
    storage, name = left.file.storage, left.file.name
    assert SECRET in left.file.read()
    left.file.close()
    assert drop_left(timezone.now()) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert drop_left(timezone.now() + timedelta(days=1, minutes=1)) == 1
    assert not UploadedFile.objects.exists()
    assert not storage.exists(name)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG", "AVIF"])
def test_a_picture_that_moves_comes_in_by_the_form_as_its_first_frame(editor, kind):
    """Willow takes a PNG that moves for another kind of file, which it does not know."""
    out = BytesIO()
    frames = [Image.new("RGB", (64, 40), colour) for colour in ("red", "green")]
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=80)
    file = SimpleUploadedFile(f"dong.{kind.lower()}", out.getvalue())
    assert editor.post("/cms/images/add/", {"title": "a", "description": "b", "file": file}).status_code == 302
    with Image.open(Picture.objects.get().file) as picture:
        assert getattr(picture, "n_frames", 1) == 1
        assert picture.convert("RGB").getpixel((0, 0))[0] > 240


def test_a_file_that_is_replaced_is_clean(editor):
    upload(editor, taken("PNG"))
    picture = Picture.objects.get()
    fields = {"title": "Hình", "description": "Khác", "file": SimpleUploadedFile("khac.jpg", taken("JPEG"))}
    assert editor.post(f"/cms/images/{picture.pk}/", fields).status_code == 302
    assert SECRET not in Picture.objects.get().file.read()


def test_what_was_stored_before_is_cleaned_once_with_all_that_was_made_of_it(db):
    picture = Picture.objects.create(title="a", description="b", file=ContentFile(taken("PNG"), name="a.png"))
    raw = taken("JPEG")
    storage = picture.file.storage
    old = storage.save("original_images/cu.jpg", ContentFile(raw))
    Picture.objects.filter(pk=picture.pk).update(file=old)
    made = Picture.objects.get(pk=picture.pk).get_rendition("width-20").file.name
    Picture.objects.update(is_clean=False)
    ask_for_cleaning(timezone.now())
    drain()
    picture = Picture.objects.get()
    assert picture.is_clean
    assert SECRET not in picture.file.read()
    assert not storage.exists(old)
    assert not storage.exists(made)
    assert (picture.width, picture.height, picture.file_size) == (40, 60, picture.file.size)
    assert picture.renditions.count() == 6
    name = picture.file.name
    ask_for_cleaning(timezone.now())
    drain()
    assert Picture.objects.get().file.name == name


def test_a_stored_file_that_cannot_be_read_stays_and_is_tried_once(db):
    picture = Picture.objects.create(title="a", description="b", file=ContentFile(taken("PNG"), name="a.png"))
    storage = picture.file.storage
    Picture.objects.update(file=storage.save("original_images/hong.png", ContentFile(b"x")), is_clean=False)
    for _night in range(2):
        ask_for_cleaning(timezone.now())
    assert Effect.objects.filter(kind="clean_stored").count() == 1
