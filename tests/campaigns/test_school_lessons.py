"""Lessons for schools: read, printed sheet by sheet, edited in /cms/; word for word what the starter text says."""

import gzip

import pytest

from campaigns.lesson_blocks import lesson_body
from campaigns.lesson_blocks.sheets import FaceBlock
from campaigns.schools import SchoolLessonPage
from campaigns.starter.lessons import create_schools
from pages.home import create_home
from pages.surfaces import stylesheet
from pages.text_blocks import QuoteBlock, TableBlock

BLOCKS = {**dict(lesson_body()), **FaceBlock().child_blocks, "quote": QuoteBlock(), "table": TableBlock()}
LIMIT = 14 * 1024


@pytest.fixture
def schools(db):
    return create_schools(create_home(), lambda line: None)


@pytest.fixture
def lessons(schools):
    return list(SchoolLessonPage.objects.order_by("path"))


def words(response) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_smoke(schools, lessons, client):
    for page in (schools, *lessons):
        html = client.get(page.url).content
        size = len(gzip.compress(html, 6)), len(gzip.compress(stylesheet("school").encode(), 6))
        print(page.url, size, sum(size))
