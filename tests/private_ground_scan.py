"""Finds where our code stands on private ground: what other packages do not document, or mark as their own."""

import ast
import importlib
import inspect
import pkgutil
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from types import FunctionType

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
PACKAGES = ("config", "letters", "outbox", "printing", "tabular", "people", "media", "pages", "courses", "campaigns")
VENDORS = {
    *("wagtail", "wagtail_localize", "wagtailmedia", "allauth", "django_tasks", "django_tasks_db"),
    *("modelcluster", "taggit", "treebeard", "csp", "gunicorn", "whitenoise"),
}
# modules that their own documentation describes; what lies below them too
DOCUMENTED = {
    *("wagtail.hooks", "wagtail.blocks", "wagtail.models", "wagtail.fields", "wagtail.search", "wagtail.signals"),
    *("wagtail.log_actions", "wagtail.url_routing", "wagtail.urls", "wagtail.query", "wagtail.permissions"),
    *("wagtail.permission_policies", "wagtail.documents", "wagtail.images", "wagtail.snippets"),
    *("wagtail.contrib.redirects", "wagtail.admin.action_menu", "wagtail.admin.filters", "wagtail.admin.menu"),
    *("wagtail.admin.messages", "wagtail.admin.panels", "wagtail.admin.ui", "wagtail.admin.urls"),
    # since Wagtail 7.1: docs, "How StreamField widgets work in the client"
    *("wagtail.admin.telepath",),
    *("wagtail.admin.viewsets", "wagtail.admin.views.generic", "wagtail.admin.widgets"),
    *("wagtail_localize.fields", "wagtailmedia.models", "wagtailmedia.blocks", "wagtailmedia.edit_handlers"),
    *("allauth.account.adapter", "allauth.account.auth_backends", "allauth.account.forms", "allauth.account.signals"),
    *("allauth.mfa.adapter", "allauth.mfa.base.forms", "allauth.mfa.totp.forms", "allauth.mfa.webauthn.forms"),
    *("allauth.socialaccount.adapter", "allauth.core.exceptions"),
    *("django_tasks", "modelcluster", "taggit", "csp", "gunicorn.glogging", "whitenoise.storage"),
}
# documented itself, what lies below it not
DOCUMENTED_ALONE = {"wagtail.admin.forms", "wagtail.admin.forms.models", "wagtail.admin.forms.pages"}
# of Django's models, and of named tuples
DOCUMENTED_ATTRIBUTES = {"_meta", "_state", "_base_manager", "_default_manager", "_replace"}


def sources() -> list[Path]:
    folders = [ROOT / "site", ROOT / "courses", ROOT / "campaigns", ROOT / "media"]
    return [path for folder in folders for path in sorted(folder.rglob("*.py")) if "migrations" not in path.parts]


def is_documented(module: str) -> bool:
    if module in DOCUMENTED_ALONE:
        return True
    parts = module.split(".")
    marked = any(part.startswith("_") or part == "internal" for part in parts)
    return not marked and any(".".join(parts[:n]) in DOCUMENTED for n in range(1, len(parts) + 1))


def _is_module(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:
        return False


def undocumented_imports(tree: ast.AST) -> set[str]:
    """ "module:name" of what is imported from modules that are not documented; of a module, what is used of it."""
    names, modules = set(), {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] in VENDORS:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                if _is_module(whole):
                    if not is_documented(whole):
                        modules[alias.asname or alias.name] = whole
                elif not is_documented(node.module) or alias.name.startswith("_"):
                    names.add(f"{node.module}:{alias.name}")
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules:
            names.add(f"{modules[node.value.id]}:{node.attr}")
    return names


def _is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def _bound(trees: list[ast.AST]) -> set[str]:
    """Names with an underscore that our own code makes: definitions, fields, what it sets on its own objects."""
    bound = set()
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                bound.add(node.name)
            if isinstance(node, ast.ClassDef) and node.decorator_list:  # fields of a dataclass
                fields = (part.target for part in node.body if isinstance(part, ast.AnnAssign))
                bound |= {name for target in fields for name in _made_by(target)}
            elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                bound |= {name for target in targets for name in _made_by(target)}
            elif isinstance(node, ast.keyword) and node.arg:
                bound.add(node.arg)
    return {name for name in bound if _is_private(name)}


def _made_by(target: ast.AST) -> set[str]:
    """Names of a module or class, and attributes of `self`."""
    if isinstance(target, ast.Name):
        return {target.id}
    own = isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name) and target.value.id == "self"
    return {target.attr} if own and isinstance(target, ast.Attribute) else set()


def private_attributes() -> set[str]:
    """Attributes with an underscore that our code asks of the objects of others, or hangs on them for others to read.

    What we hang on them and read again ourselves is ours.
    """
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in sources()]
    used = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    read = {node.attr for node in used if isinstance(node.ctx, ast.Load)}
    hung = {node.attr for node in used if isinstance(node.ctx, ast.Store)}
    theirs = {name for name in read ^ hung if _is_private(name)} - _bound(trees)
    return theirs - DOCUMENTED_ATTRIBUTES


def own_classes() -> list[type]:
    names = []
    for package in PACKAGES:
        root = importlib.import_module(package)
        for info in pkgutil.walk_packages(root.__path__, package + "."):
            if ".migrations" in info.name or info.name in ("config.wsgi", "config.gunicorn_conf"):
                continue
            module = importlib.import_module(info.name)
            names += [one for one in vars(module).values() if inspect.isclass(one) and one.__module__ == info.name]
    return names


def private_overrides() -> set[str]:
    """ "module:Class.name" of what our classes say anew: anything of a class that is not documented, and whatever
    bears an underscore in a class of another package.
    """
    names = set()
    for ours in own_classes():
        bases = [base for base in ours.__mro__ if base.__module__.split(".")[0] in VENDORS | {"django"}]
        said = {name for part in ours.__mro__ if part.__module__.split(".")[0] in PACKAGES for name in _written(part)}
        for name in said:
            nearest = next((base for base in bases if name in vars(base)), None)
            if nearest and (_is_private(name) or not _is_known(nearest)):
                names.add(f"{nearest.__module__}:{nearest.__qualname__}.{name}")
    return names


def _written(part: type) -> set[str]:
    """Methods and properties, without what metaclasses add."""
    kinds = (FunctionType, property, classmethod, staticmethod, cached_property)
    names = {name for name, value in vars(part).items() if isinstance(value, kinds)}
    return {name for name in names if not name.startswith("__") and not name.endswith("_") and name != "media"}


def _is_known(base: type) -> bool:
    return base.__module__.split(".")[0] == "django" or is_documented(base.__module__)


def signature(function) -> str:
    """Names and kinds of the parameters, without annotations, which say nothing about how it is called."""
    full = inspect.signature(function)
    bare = [one.replace(annotation=inspect.Parameter.empty) for one in full.parameters.values()]
    return str(full.replace(parameters=bare, return_annotation=inspect.Signature.empty))
