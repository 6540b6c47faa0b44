"""Workers and the clock know each effect and each job, also in a process that no request has made load its screens."""

import ast
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = [ROOT / name for name in ("campaigns", "courses", "media", "site")]
REGISTERING = {"effect", "daily", "every"}
LOADED = """
import sys
import django
django.setup()
print(*sys.modules)
"""


def registering_modules() -> set[str]:
    """Those in which a function stands below `@effect(…)`, `@daily(…)` or `@every(…)`."""
    found = set()
    for folder in FOLDERS:
        # the site's packages are imported without its name
        root = folder if folder.name == "site" else ROOT
        for path in folder.rglob("*.py"):
            calls = (
                decorator.func.id
                for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
                if isinstance(node, ast.FunctionDef)
                for decorator in node.decorator_list
                if isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Name)
            )
            if REGISTERING & set(calls):
                found.add(".".join(path.relative_to(root).with_suffix("").parts))
    return found


def test_every_effect_and_job_is_known_without_the_screens(tmp_path):
    environment = {
        **os.environ,
        "INSECURE_HTTP": "1",
        "DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
    }
    environment.pop("DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-c", LOADED], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    modules = registering_modules()
    assert len(modules) > 50
    assert modules - set(done.stdout.split()) == set()
