"""Every template that another names is there: a name that is gone shows only on the page that few open."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

TEMPLATES = sorted((Path(settings.BASE_DIR) / "site" / "templates").rglob("*.*"))
NAMED = re.compile(r"{%\s*(?:include|extends)\s+\"([^\"]+)\"")


def test_the_templates_are_found():
    assert len(TEMPLATES) > 100


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: "/".join(path.parts[-2:]))
def test_what_a_template_includes_or_extends_is_there(path):
    for name in NAMED.findall(path.read_text(encoding="utf-8")):
        get_template(name)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: "/".join(path.parts[-2:]))
def test_a_template_compiles_by_itself_so_what_it_says_and_asks_is_loaded(path):
    """One that only others include is compiled when somebody opens the page."""
    get_template(str(path.relative_to(Path(settings.BASE_DIR) / "site" / "templates")))
