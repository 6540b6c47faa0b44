"""Pages of the site as pages among files: links lead to files, or to the site for what it alone has. Pure."""

import posixpath
import re
from collections.abc import Mapping
from html import escape, unescape
from urllib.parse import urlsplit

LINK = re.compile(r'(?<=\s)(href|src)="([^"]*)"')
# modules are not read from files
MODULE = re.compile(r'<script type="module" src="([^"]*)"></script>')
# these need the site: its manifest, keeping on the device, what is sent
OF_THE_SITE = re.compile(r'<link rel="manifest"[^>]*>|<meta name="robots"[^>]*>')
NEEDS_THE_SITE = re.compile(r"/(keep|log|share)(\.\w+)?\.js$")
MAIN = re.compile(r"<main[^>]*>")


def addresses_in(html: str) -> list[str]:
    """Of the site itself that the page draws or plays: styles, scripts, pictures, sounds."""
    tags = re.findall(r"<(?:link|script|img|source|audio)\b[^>]*>", html) + re.findall(r'<a class="play[^>]*>', html)
    found = [unescape(value) for tag in tags for _name, value in LINK.findall(tag)]
    return [one for one in dict.fromkeys(found) if one.startswith("/") and not NEEDS_THE_SITE.search(one)]


def relative(target: str, at: str) -> str:
    return posixpath.relpath(target, posixpath.dirname(at) or ".")


def rewrite(html: str, at: str, files: Mapping[str, str], site: str, told: str = "") -> str:
    """`at` is the file's own name, `files` {address: file, or file#place}, `site` the site's address without a slash at
    its end; `told` is HTML that stands first in <main>.
    """

    def led(match: re.Match) -> str:
        name, value = match[1], unescape(match[2])
        if not value.startswith("/") or value.startswith("//"):
            return match[0]
        parts = urlsplit(value)
        if parts.path not in files:
            return f'{name}="{escape(site + value)}"'
        file, _sign, place = files[parts.path].partition("#")
        mark = parts.fragment or place
        return f'{name}="{escape(relative(file, at) + (f"#{mark}" if mark else ""))}"'

    def read(match: re.Match) -> str:
        return "" if NEEDS_THE_SITE.search(match[1]) else f'<script defer src="{match[1]}"></script>'

    whole = MAIN.sub(lambda main: main[0] + told, html, count=1)
    return LINK.sub(led, MODULE.sub(read, OF_THE_SITE.sub("", whole)))


def apart(script: str) -> str:
    """A module among other scripts of one page: its names stay its own."""
    return "(function () {\n" + script + "\n})();\n"
