"""One stylesheet a surface, put together from the components in `static/css/` without a bundler.

A surface is a group of pages that share a stylesheet, so a page costs one request and carries no other surface's rules.
`SurfaceFinder` builds `surface/<name>.css` whenever it is asked for one, so `collectstatic` stores it hashed and
compressed like any other file and a development server shows an edit at once.
"""

import os
import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage
from rcssmin import cssmin

COMPONENTS = [
    "tokens",
    "elements",
    "layout",
    "button",
    "form",
    "table",
    "progress",
    "notice",
    "rows",
    "disclosure",
    "header",
    "staff",
    "footer",
    "play",
    "hotline",
]
# the components that a public page needs to be read, heard, shared and printed
READ = ["tokens", "elements", "layout", "button", "notice", "rows", "header", "footer", "play", "hotline"]
# lessons are long, so their stylesheet has only the rules that they need
SCHOOL = [
    *["tokens", "elements", "layout", "button", "notice", "rows", "header", "footer", "disclosure"],
    *["text", "share", "print", "school"],
]
SURFACES = {
    "campaign": [
        *READ,
        *["hero", "languages", "speech", "message", "share", "disclosure", "photo", "scenes", "print", "leaflet"],
    ],
    "places": [*READ, *["form", "places", "print"]],
    # in a frame of another site
    "card": ["tokens", "elements", "button", "framed"],
    "shown": [*READ, *["progress", "shown", "print"]],
    "school": SCHOOL,
    "text": [*SCHOOL, "languages"],
    # a lesson that is taught from the screen
    "run": ["tokens", "elements", "layout", "button", "notice", "text", "print", "school", "run"],
    # a class quiz on a projector
    "wall": ["tokens", "elements", "layout", "button", "progress", "run", "classquiz", "wall"],
    "search": [*READ, "form", "search", "print"],
    "pulse": [*READ, "form", "progress", "pulse", "classquiz", "print"],
    "public": [*COMPONENTS, *["hero", "languages", "speech", "pack", "account", "certificate", "print"]],
    "learn": [
        *COMPONENTS,
        *[
            "languages",
            "speech",
            "modules",
            "outline",
            "lesson",
            "search",
            "keeping",
            "choosing",
            "scenes",
            "talk",
            "quiz",
            "result",
            "due",
            "certificate",
            "print",
        ],
    ],
    "observed": [*COMPONENTS, *["quiz", "observed", "print"]],
    "prints": [*COMPONENTS, *["filters", "prints", "places", "print"]],
    "classes": [*COMPONENTS, *["quiz", "filters", "classes", "print"]],
    "desk": [*COMPONENTS, *["filters", "desk", "takes", "print"]],
    "data": [
        *COMPONENTS,
        *["filters", "figure", "tiles", "report", "movement", "import", "places", "classquiz", "print", "slips"],
    ],
}
SOURCE = Path(settings.SITE_DIR) / "static" / "css"
BUILT = Path(settings.DATA_DIR) / "surfaces"


def stylesheet(surface: str) -> str:
    """The rules of a surface in the order of its components, without comments and indentation."""
    rules = "\n".join((SOURCE / f"{component}.css").read_text() for component in SURFACES[surface])
    return _without_unused_tokens(cssmin(rules)).strip() + "\n"


def _without_unused_tokens(rules: str) -> str:
    """Removes the tokens that no component of the surface uses, in each of the colour schemes. The pictures that are
    drawn into a page use those of the scenes.
    """
    unused = set(re.findall(r"(--(?!s-)[\w-]+):", rules)) - set(re.findall(r"var\((--[\w-]+)", rules))
    for name in sorted(unused):
        rules = re.sub(rf"(?<=[{{;]){name}:[^;}}]*(;|(?=}}))", "", rules)
    return rules.replace(";}", "}")


def build(surface: str) -> Path:
    """Writes the stylesheet of a surface if it changed; several processes may build at once."""
    path = BUILT / "surface" / f"{surface}.css"
    text = stylesheet(surface)
    if not path.exists() or path.read_text() != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(f".{os.getpid()}")
        unfinished.write_text(text)
        unfinished.replace(path)
    return path


class SurfaceFinder(BaseFinder):
    """Lets staticfiles find `surface/<name>.css`, building it from its components."""

    def check(self, **kwargs):
        return []

    def find(self, path, find_all=False, **kwargs):
        folder, _, name = path.partition("/")
        surface = name.removesuffix(".css")
        if folder != "surface" or surface not in SURFACES:
            return []
        built = str(build(surface))
        return [built] if find_all or kwargs.get("all") else built

    def list(self, ignore_patterns):
        storage = FileSystemStorage(location=BUILT)
        for surface in SURFACES:
            build(surface)
            yield f"surface/{surface}.css", storage
