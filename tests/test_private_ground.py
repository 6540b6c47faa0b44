"""An upgrade that moves what we rely on without it being promised fails here, by name, before a screen fails."""

import ast
import hashlib
import importlib
import inspect
import re
from functools import reduce
from pathlib import Path

import pytest
import wagtail
from private_ground import GROUND, TEMPLATES
from private_ground_scan import (
    private_attributes,
    private_overrides,
    signature,
    sources,
    undocumented_imports,
)

INSTALLED = Path(wagtail.__file__).parents[1]
NAMES = {name: said for ground in GROUND for name, said in ground.names.items()}
REPLACED = {name: digest for ground in GROUND for name, digest in ground.replaced.items()}
HUNG = {attribute: name for ground in GROUND for attribute, name in ground.hung.items()}


def resolved(name: str):
    """Theirs, where ours has taken its place: ours wraps it."""
    module, path = name.split(":")
    return reduce(getattr, path.split("."), importlib.import_module(module))


def digest(content: str | bytes) -> str:
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()[:12]


@pytest.mark.parametrize("name", NAMES)
def test_it_stands_where_we_rely_on_it_and_is_called_as_we_call_it(name):
    there = resolved(name)
    assert not NAMES[name] or signature(there) == NAMES[name]


@pytest.mark.parametrize("name", REPLACED)
def test_what_ours_stands_for_is_what_it_was(name):
    """Read what changed, change ours where it is wanted, then note the new digest."""
    assert digest(inspect.getsource(resolved(name))) == REPLACED[name]


@pytest.mark.parametrize("path", TEMPLATES)
def test_a_template_that_ours_stands_for_is_what_it_was(path):
    assert digest((INSTALLED / path).read_bytes()) == TEMPLATES[path]


@pytest.mark.parametrize("attribute", HUNG)
def test_what_we_hang_on_their_objects_is_looked_for_there(attribute):
    there = resolved(HUNG[attribute])
    there = getattr(there, "fget", None) or getattr(there, "func", None) or there
    assert re.search(rf"\b{attribute}\b", inspect.getsource(there))


def test_our_code_stands_on_no_other_private_ground():
    imports = {name for path in sources() for name in undocumented_imports(ast.parse(path.read_text(encoding="utf-8")))}
    assert imports - set(NAMES) == set()
    assert private_overrides() - set(NAMES) == set()
    assert private_attributes() - {name.rpartition(".")[2].rpartition(":")[2] for name in NAMES} - set(HUNG) == set()


def test_the_list_names_nothing_that_we_left():
    ours = "\n".join(path.read_text(encoding="utf-8") for path in sources())
    last = {re.split("[:.]", name)[-1] for name in NAMES} | set(HUNG)
    # what is called by making an object, and classes of which we use a method by its name
    unsaid = {"__init__"} | {name for name in last if name == "FieldFile"}
    assert {name for name in last - unsaid if not re.search(rf"\b{name}\b", ours)} == set()


def test_every_template_of_wagtails_that_ours_replaces_is_in_the_list():
    ours = {path.relative_to(INSTALLED).as_posix() for path in _replaced_templates()}
    assert ours == set(TEMPLATES)


def _replaced_templates() -> list[Path]:
    from django.conf import settings

    folder = Path(settings.BASE_DIR) / "site/templates"
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*.html")]
    theirs = [
        path
        for vendor in ("wagtail", "wagtail_localize", "wagtailmedia")
        for name in names
        if name.startswith("wagtail")
        for path in (INSTALLED / vendor).rglob(f"templates/{name}")
    ]
    return [path for path in theirs if "test" not in path.parts]


@pytest.mark.parametrize("ground", GROUND, ids=lambda ground: ground.why[:40])
def test_each_has_its_reason(ground):
    assert ground.why.endswith(".")
    assert ground.names or ground.hung
