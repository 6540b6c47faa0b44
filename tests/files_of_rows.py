"""Files that belong to shared rows: rows outlive a test, the storages of the tests do not.

it.files = read_files()      # where the rows are made
put_back(it.files)           # in each test that asks for one of the files
"""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

# uploads too: Wagtail looks for some files on the disk
ON_DISK = ("PRIVATE_ROOT", "MEDIA_ROOT")
# {where: {name: content}}
Files = dict[str, dict[str, bytes]]


def _uploads(folder: str = "") -> Iterator[str]:
    folders, names = default_storage.listdir(folder)
    yield from (f"{folder}{name}" for name in names)
    for below in folders:
        yield from _uploads(f"{folder}{below}/")


def read_files() -> Files:
    found = {"": {name: default_storage.open(name).read() for name in _uploads()}}
    for where in ON_DISK:
        root = Path(getattr(settings, where))
        found[where] = {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}
    return found


def put_back(files: Files) -> None:
    for name, content in files[""].items():
        default_storage.save(name, ContentFile(content))
    for where in ON_DISK:
        for name, content in files[where].items():
            path = Path(getattr(settings, where)) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
