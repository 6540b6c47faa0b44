"""Files in a storage that speaks S3, tried against a server that others wrote (moto); without it these tests say so."""

import io
from datetime import timedelta
from importlib.util import find_spec

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.test import override_settings
from django.utils import timezone

from config.backup import stores
from outbox import private_files

pytestmark = [
    pytest.mark.skipif(
        not (find_spec("moto") and find_spec("storages")), reason="moto or django-storages is missing: S3 was NOT tried"
    ),
    pytest.mark.one_database,
]
BACKEND = "outbox.shared_files.SharedFiles"


@pytest.fixture(scope="module")
def server():
    from moto.server import ThreadedMotoServer

    one = ThreadedMotoServer("127.0.0.1", port=0)
    one.start()
    host, port = one.get_host_and_port()
    yield f"http://{host}:{port}"
    one.stop()


@pytest.fixture(scope="module")
def options(server):
    import boto3

    said = {"access_key": "khoa", "secret_key": "bi-mat", "region_name": "us-east-1", "endpoint_url": server}
    boto3.client(
        "s3", aws_access_key_id="khoa", aws_secret_access_key="bi-mat", region_name="us-east-1", endpoint_url=server
    ).create_bucket(Bucket="la-chan")
    return {**said, "bucket_name": "la-chan"}


@pytest.fixture
def shared(options, settings):
    """All files of the site lie in the storage; returns the public ones."""
    public = {"BACKEND": BACKEND, "OPTIONS": {**options, "location": "uploads"}}
    private = {"BACKEND": BACKEND, "OPTIONS": {**options, "location": "private", "has_addresses": False}}
    with override_settings(STORAGES={**settings.STORAGES, "default": public, "private": private}):
        yield storages["default"]
        for storage in (storages["default"], storages["private"]):
            for name in [*private_files.names(storage)]:
                storage.delete(name)


@pytest.fixture
def private(shared, monkeypatch):
    """As a process that started with these settings has it."""
    files = private_files.chosen()
    monkeypatch.setattr(private_files, "private_files", files)
    return files


def test_a_file_comes_back_and_its_address_is_ours(shared):
    name = shared.save("images/ảnh một.jpg", ContentFile(b"mot hai ba"))
    assert shared.open(name).read() == b"mot hai ba"
    assert shared.size(name) == 10
    assert shared.url(name) == "/tep/images/%E1%BA%A3nh%20m%E1%BB%99t.jpg"
    again = shared.save("images/ảnh một.jpg", ContentFile(b"khac"))
    assert again != name
    assert shared.open(name).read() == b"mot hai ba"


def test_the_site_passes_on_what_is_public_and_nothing_else(shared, client, db):
    for name in ("images/a.jpg", "original_images/a.jpg", "documents/a.pdf"):
        shared.save(name, ContentFile(b"0123456789"))
    answer = client.get("/tep/images/a.jpg")
    assert (answer.status_code, b"".join(answer)) == (200, b"0123456789")
    assert "Location" not in answer.headers
    for name in ("original_images/a.jpg", "documents/a.pdf", "images/b.jpg", "private/a", "images/../documents/a.pdf"):
        assert client.get(f"/tep/{name}").status_code == 404


@pytest.mark.parametrize(
    ("asked", "status", "content"),
    [("bytes=2-4", 206, b"234"), ("bytes=7-", 206, b"789"), ("bytes=-3", 206, b"789"), ("bytes=10-", 416, b"")],
)
def test_a_player_gets_the_part_that_it_asks_for(shared, client, db, monkeypatch, asked, status, content):
    shared.save("media/a.mp3", ContentFile(b"0123456789"))
    fetched = []
    whole = type(shared)._open

    def counted(self, name, mode="rb"):
        handle = whole(self, name, mode)
        monkeypatch.setattr(handle, "_get_file", lambda: fetched.append(name))
        return handle

    monkeypatch.setattr(type(shared), "_open", counted)
    answer = client.get("/tep/media/a.mp3", headers={"Range": asked})
    assert (answer.status_code, b"".join(answer)) == (status, content)
    assert fetched == []


def test_private_files_have_no_address_and_lie_apart(shared, private):
    name = private.save("exports/a.csv", ContentFile(b"ma;ten"))
    with pytest.raises(ValueError, match="not accessible"):
        private.url(name)
    assert not shared.exists(name)
    with private_files.on_disk(name) as path:
        assert path.read_bytes() == b"ma;ten"
        assert path.suffix == ".csv"
    assert not path.exists()


def test_private_files_go_by_age(private):
    private.save("exports/a.csv", ContentFile(b"a"))
    private.save("roster/b.csv", ContentFile(b"b"))
    now = timezone.now()
    assert private_files.remove_old(now, timedelta(days=1)) == 0
    assert private_files.remove_old(now + timedelta(days=2), timedelta(days=1), "exports") == 1
    assert [*private_files.names(private)] == ["roster/b.csv"]


def test_a_backup_walks_through_all_of_them(shared, private):
    shared.save("images/a.jpg", ContentFile(b"a"))
    shared.save("images/b/c.jpg", ContentFile(b"c"))
    shared.save("readyz/passing", ContentFile(b"ok"))
    private.save("exports/a.csv", ContentFile(b"a"))
    assert {store: [*stores.names(storage)] for store, storage in stores.stores().items()} == {
        "uploads": ["images/a.jpg", "images/b/c.jpg"],
        "private": ["exports/a.csv"],
    }


def test_a_picture_and_its_sizes_live_there(shared, db):
    from PIL import Image
    from wagtail.images import get_image_model

    written = io.BytesIO()
    Image.new("RGB", (900, 600), "teal").save(written, "JPEG")
    picture = get_image_model().objects.create(title="Núi", file=ContentFile(written.getvalue(), "nui.jpg"))
    size = picture.get_rendition("width-320|format-webp")
    assert size.url.startswith("/tep/images/")
    assert Image.open(shared.open(size.file.name)).size == (320, 213)


def test_a_storage_that_is_away_is_said_and_no_file_is_called_missing(options, settings, client, db):
    away = {"BACKEND": BACKEND, "OPTIONS": {**options, "location": "uploads", "endpoint_url": "http://127.0.0.1:9"}}
    with override_settings(STORAGES={**settings.STORAGES, "default": away}):
        assert client.get("/tep/images/a.jpg").status_code == 503
        assert client.get("/readyz").json()["storage"] == "away"
