"""The shape of the code: which package may import which, what nothing may be called, what no template may hold."""

import ast
import re
import sys
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command, get_commands, load_command_class
from importlinter.cli import lint_imports

ROOT = Path(settings.BASE_DIR)
SITE = ROOT / "site"
FOLDERS = {name: SITE / name for name in ("config", "letters", "outbox", "printing", "tabular", "people", "pages")}
FOLDERS |= {name: ROOT / name for name in ("courses", "campaigns", "media")}

DRAWERS = {"utils", "util", "helpers", "helper", "services", "service", "common", "core", "misc", "tools", "lib"}
LONGEST_FILE = 300
MOST_MODULES = 16
# one list that is read from top to bottom
LONG = {"site/config/settings.py"}


def sources(name: str) -> list[Path]:
    return [path for path in sorted(FOLDERS[name].rglob("*.py")) if "migrations" not in path.parts]


ALL = [path for name in FOLDERS for path in sources(name)]
TEMPLATES = sorted((SITE / "templates").rglob("*.html"))


def test_imports_go_down_the_floors_and_never_round(capsys):
    """The floors are in pyproject.toml, under tool.importlinter: between the apps, between their rooms, no circle."""
    broken = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_logo=True, no_cache=True)
    assert not broken, capsys.readouterr().out


def hidden_imports(path: Path) -> list[str]:
    """Imports inside functions without a comment above that says why they stand there."""
    text = path.read_text(encoding="utf-8")
    lines, wrong = text.splitlines(), []
    for function in ast.walk(ast.parse(text)):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        rows = {node.lineno for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom)}
        for row in sorted(rows):
            above = row - 1
            while above in rows:
                above -= 1
            if not lines[above - 1].strip().startswith("#"):
                wrong.append(f"{path.relative_to(ROOT)}:{row}")
    return wrong


def test_an_import_inside_a_function_says_why():
    assert [place for path in ALL for place in hidden_imports(path)] == []


def test_no_folder_holds_more_modules_than_a_reader_can_look_over():
    folders = Counter(path.parent for path in ALL if path.name != "__init__.py")
    assert {str(folder.relative_to(ROOT)): n for folder, n in folders.items() if n > MOST_MODULES} == {}


def test_no_package_bears_a_name_of_the_standard_library():
    names = {path.stem for path in SITE.iterdir() if path.suffix == ".py" or any(path.glob("*.py"))} | set(FOLDERS)
    assert names & set(sys.stdlib_module_names) == set()


def test_there_are_no_drawers():
    assert [str(path.relative_to(ROOT)) for path in ALL if {path.stem, path.parent.name} & DRAWERS] == []


def test_files_stay_short():
    long = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in ALL}
    assert {name: lines for name, lines in long.items() if lines > LONGEST_FILE and name not in LONG} == {}


@pytest.mark.parametrize("name", FOLDERS)
def test_models_only_imports(name):
    path = FOLDERS[name] / "models.py"
    if path.exists():
        body = ast.parse(path.read_text(encoding="utf-8")).body
        assert all(isinstance(node, ast.Import | ast.ImportFrom | ast.Assign | ast.Expr) for node in body)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SITE / "templates")))
def test_a_template_holds_no_style_and_no_script_of_its_own(path):
    """Wagtail's own pages under /cms/ have another policy."""
    if path.relative_to(SITE / "templates").parts[0].startswith("wagtail"):
        return
    text = re.sub(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    tags = re.findall(r"<[a-z][^>]*>", text, flags=re.IGNORECASE)
    assert [tag for tag in tags if re.search(r"\s(style|on[a-z]+)\s*=", tag)] == []
    assert "<style" not in text
    scripts = [tag for tag in tags if tag.startswith("<script")]
    assert [tag for tag in scripts if "src=" not in tag and 'type="application/json"' not in tag] == []


def test_nothing_is_fetched_from_elsewhere():
    """Links may lead away; pictures, styles, scripts and fonts may not come from there."""
    for path in [*TEMPLATES, *(SITE / "static").rglob("*.css"), *(SITE / "static").rglob("*.js")]:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"""(?:src|srcset|poster)=["'](?:https?:)?//""", text), path
        assert not re.search(r"""(?:url\(|@import|fetch\()\s*["']?(?:https?:)?//""", text), path


OURS = sorted(name for name, app in get_commands().items() if app in FOLDERS)


@pytest.mark.parametrize("name", OURS)
def test_every_command_explains_itself(name, capsys):
    assert load_command_class(get_commands()[name], name).help
    with pytest.raises(SystemExit) as ended:
        call_command(name, "--help")
    assert ended.value.code == 0
    assert "usage" in capsys.readouterr().out


@pytest.mark.django_db
@pytest.mark.parametrize(
    "arguments",
    [
        *([name, "/khong/co/tep.csv"] for name in OURS if name.startswith("import_")),
        ["coverage", "yeu-cau-khong-co"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_bad_input_gets_one_clear_sentence(arguments, capsys):
    with pytest.raises((CommandError, SystemExit)) as ended:
        call_command(*arguments)
    said = str(ended.value) if isinstance(ended.value, CommandError) else capsys.readouterr().err
    assert len(said.strip().splitlines()) == 1
    assert re.search(r"[àáảãạăâđèéẻẽẹêìíỉĩịòóỏõọôơùúủũụưỳýỷỹỵ]", said.lower())
