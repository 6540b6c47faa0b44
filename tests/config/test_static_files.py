"""Static files are stored compressed: what everybody loads as small as can be, the editors' own quickly."""

import brotli
import pytest

from config.static_files import CollectedOrPlain

TEXT = b"".join(b".nut-%d { color: var(--muc-%d); padding: %dpx }\n" % (n, n % 7, n % 23) for n in range(900))


@pytest.fixture
def stored(tmp_path):
    """name -> the file as stored with Brotli."""
    names = ("css/site.css", "surface/site.css", "favicon.svg", "wagtailadmin/css/core.css")
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_bytes(TEXT)
    made = list(CollectedOrPlain(location=tmp_path).compress_files(names))
    assert sorted(made) == sorted((name, name + ending) for name in names for ending in (".br", ".gz"))
    return {name: (tmp_path / f"{name}.br").read_bytes() for name in names}


def test_every_file_is_stored_by_gzip_and_brotli_and_opens_to_itself(stored):
    assert {brotli.decompress(packed) for packed in stored.values()} == {TEXT}


def test_only_what_wagtail_brings_is_packed_quickly(stored):
    editors = stored.pop("wagtailadmin/css/core.css")
    assert set(stored.values()) == {brotli.compress(TEXT)}
    assert editors == brotli.compress(TEXT, quality=9)
    assert len(editors) > len(brotli.compress(TEXT))
