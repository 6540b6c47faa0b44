"""Every page of the sitemap of a whole seeded province: light, valid, and neither asking nor keeping anything.

A sample of them is walked in the browser (tests/browser/test_page_weight.py).
"""

import gzip
import html
import re
from functools import cache
from io import StringIO
from xml.etree import ElementTree

import html5lib
import pytest
from django.core.management import call_command

from campaigns.communes.commune import CommuneSpacePage
from pages.shell.surfaces import stylesheet

pytestmark = pytest.mark.django_db

# HTML + CSS, gzip
BUDGET = 14 * 1024
FETCHED = [
    r'<(?:img|script|source|audio|video|iframe|embed|input)\b[^>]*\bsrc="([^"]+)"',
    r'<(?:img|source)\b[^>]*\bsrcset="([^"]+)"',
    r'<video\b[^>]*\bposter="([^"]+)"',
    r'<link\b(?=[^>]*rel="(?:stylesheet|icon|apple-touch-icon|preload|manifest|modulepreload)")[^>]*href="([^"]+)"',
]
INLINE = r"<script(?![^>]*\bsrc=)|<style\b|\sstyle\s*=|<[^>]*\son[a-z]+\s*=|javascript:"


@cache
def weight_of_styles(surface: str) -> int:
    return len(gzip.compress(stylesheet(surface).encode(), 6))


def paths_of(client) -> list[str]:
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)
    return [re.sub(r"^https?://[^/]+", "", place.text) for place in root.iter() if place.tag.endswith("}loc")]


def weight(answer, text: str) -> int:
    return len(gzip.compress(answer.content, 6)) + sum(map(weight_of_styles, re.findall(r"surface/(\w+)\.css", text)))


def faults(answer, text: str) -> list[str]:
    """What is wrong with one public page."""
    fetched = [html.unescape(address) for pattern in FETCHED for address in re.findall(pattern, text)]
    parser = html5lib.HTMLParser()
    parser.parse(text)
    wrong = {
        f"status {answer.status_code}": answer.status_code != 200,
        f"{weight(answer, text)} bytes": weight(answer, text) > BUDGET,
        "sets a cookie": bool(answer.cookies),
        f"inline code: {re.findall(INLINE, text)[:2]}": re.search(INLINE, text),
        f"asks somebody else: {fetched}": any(not re.match(r"/(?!/)", address) for address in fetched),
        f"referrer: {answer.headers.get('Referrer-Policy')}": answer.headers.get("Referrer-Policy") != "no-referrer",
        "not one h1": len(re.findall(r"<h1\b", text)) != 1,
        "no language": not re.search(r'<html lang="[a-z]{2,3}', text),
        "not one title": len(re.findall(r"<title>[^<]+</title>", text)) != 1,
        f"not valid: {parser.errors[:3]}": parser.errors,
    }
    return [problem for problem, is_so in wrong.items() if is_so]


def test_every_page_of_the_sitemap_is_light_valid_and_asks_and_keeps_nothing(client, figure):
    call_command("seed", stdout=StringIO())
    paths = paths_of(client)
    spaces = CommuneSpacePage.objects.filter(live=True, locale__language_code="vi")
    assert {space.url for space in spaces} <= set(paths)
    assert spaces.count() == 94
    problems, weighed = [], []
    for path in paths:
        answer = client.get(path)
        text = answer.content.decode()
        weighed.append((weight(answer, text), path))
        problems += [f"{path}: {problem}" for problem in faults(answer, text)]
    figure(f"{len(paths)} pages of the sitemap; the heaviest, bytes: {sorted(weighed, reverse=True)[:3]}")
    assert not problems, "\n".join(problems)
