"""What the docs say of places is true: every file and module that they name is there."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
DOCS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
# a path is said from the top, from the project's own folders, or from the folder of the docs
FROM = ["", "site", "site/static", "site/templates", "docs", "tests"]
FILE = re.compile(r"`((?:[\w.-]+/)+[\w-]+\.(?:py|toml|conf|css|js|md|typ|table|csv))`")
APPS = "campaigns|config|courses|letters|media|outbox|pages|people|printing|tabular"
MODULE = re.compile(rf"`((?:{APPS})(?:\.[a-z_]\w*)+)`")


def is_there(path: str) -> bool:
    return any((ROOT / start / path).exists() for start in FROM)


def is_module(name: str) -> bool:
    """The name of a module, or of something in one."""
    path = name.replace(".", "/")
    return any(is_there(f"{part}{end}") for part in (path, path.rpartition("/")[0]) for end in (".py", "/__init__.py"))


@pytest.mark.parametrize("doc", DOCS, ids=lambda doc: doc.name)
def test_every_place_that_a_page_names_is_there(doc):
    text = doc.read_text(encoding="utf-8")
    gone = [path for path in FILE.findall(text) if not is_there(path)]
    gone += [name for name in MODULE.findall(text) if not is_module(name)]
    assert gone == []
